"""Notes, clusters, glossary, picture metas and lessons of a workspace, loaded once per state."""

from __future__ import annotations

from functools import lru_cache

from nanochat_learn import knowledge as notes
from nanochat_learn.places import Workspace, own_or_shipped


def knowledge_places(workspace: Workspace) -> notes.KnowledgePlaces:
    return notes.KnowledgePlaces(
        notes=own_or_shipped(workspace, "knowledge_base"),
        pictures=own_or_shipped(workspace, "viz"),
        lessons=own_or_shipped(workspace, "lessons"),
        root=workspace.root,
    )


def knowledge(workspace: Workspace) -> notes.Knowledge:
    places = knowledge_places(workspace)
    return _load(places, notes.fingerprint(places))


@lru_cache(maxsize=4)
def _load(places: notes.KnowledgePlaces, _fingerprint: str) -> notes.Knowledge:
    return notes.load(places)
