"""Notes, clusters, glossary, picture metas and lessons of a workspace, loaded once per state."""

from __future__ import annotations

from functools import lru_cache

from nanochat_learn import knowledge as notes
from nanochat_learn.graph.ideas import OTHER, Sayings, cluster_of
from nanochat_learn.knowledge.listing import is_inside
from nanochat_learn.learner.course import Concept, Course, LessonPlan
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


def course(workspace: Workspace) -> Course:
    """What there is to learn. Needs no index."""
    places = knowledge_places(workspace)
    return _course(places, notes.fingerprint(places))


@lru_cache(maxsize=4)
def _load(places: notes.KnowledgePlaces, _fingerprint: str) -> notes.Knowledge:
    return notes.load(places)


@lru_cache(maxsize=4)
def _course(places: notes.KnowledgePlaces, fingerprint: str) -> Course:
    known = _load(places, fingerprint)
    sayings = Sayings(
        notes={note.header.id: note for note in known.notes},
        planned={entry.id: entry for entry in known.planned},
        tags=[],
    )
    concepts = []
    for id in dict.fromkeys((*sayings.planned, *sayings.notes)):
        said = sayings.notes[id].header if id in sayings.notes else sayings.planned[id]
        cluster = cluster_of(id, known, sayings)
        concepts.append(Concept(id=said.id, title=said.title, cluster=cluster, needs=said.needs))
    stray = any(concept.cluster == OTHER.id for concept in concepts)
    # Who has no lessons of their own has none to open.
    own = places.lessons is not None and is_inside(places.lessons, places.root)
    return Course(
        clusters=(*known.clusters, *((OTHER,) if stray else ())),
        concepts=tuple(concepts),
        lessons=tuple(
            LessonPlan(
                id=lesson.id,
                title=lesson.title,
                concepts=lesson.concepts,
                items=lesson.items,
                needs=lesson.needs,
                minutes=lesson.minutes,
                cluster=lesson.cluster,
                file_path=lesson.path if own else None,
                questions=lesson.quizzes,
            )
            for lesson in sorted(known.lessons, key=lambda one: one.id)
        ),
    )
