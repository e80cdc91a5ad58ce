"""A small workspace with a note, searched by plain words: the tutor's tests stand on no index."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from small_course import CODE, all_of, run, word_search

from nanochat_learn import workspace as verbs
from nanochat_learn.places import Workspace, open_workspace
from nanochat_learn.schema.base import NodeId
from nanochat_learn.schema.tutor import AskEvent, AskRequest
from nanochat_learn.shipping import prepare
from nanochat_learn.sources import Sources
from nanochat_learn.tutor import Material
from nanochat_learn.workspace.known import knowledge


@pytest.fixture
def course(tmp_path: Path) -> Workspace:
    """A workspace with `memory.py`, indexed; our notes explain its cache."""
    root = tmp_path / "course"
    prepare(root, lessons=False)
    (root / "pkg").mkdir()
    (root / "pkg" / "memory.py").write_text(CODE, encoding="utf-8")
    workspace = open_workspace(root)
    verbs.index(workspace)
    return workspace


@pytest.fixture
def material(course: Workspace) -> Material:
    index = verbs.graph_index(course)
    notes = {NodeId(f"concept:{n.header.id}"): n.body for n in knowledge(course).notes}
    return Material(
        name=course.name,
        index=index,
        code_of=Sources(course.root).lines,
        notes={id: body for id, body in notes.items() if id in index.nodes},
        search=word_search(course),
    )


Asker = Callable[..., list[AskEvent]]


@pytest.fixture
def ask(course: Workspace) -> Asker:
    """Ask the course and wait for all events."""

    def asked(question: str, model: Any = None, **more: Any) -> list[AskEvent]:
        chosen = model.chosen() if hasattr(model, "chosen") else model
        request = AskRequest(question=question, **more)
        return run(all_of(verbs.ask(course, request, chosen, search=word_search(course))))

    return asked
