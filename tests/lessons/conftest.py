"""A workspace for lessons, and each lesson rehearsed once in this process for each model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import rehearsal
import torch

from nanochat_learn.kernel import guarding
from nanochat_learn.shipping import prepare


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace as `nanochat-learn lab` prepares it."""
    folder = tmp_path_factory.mktemp("course")
    prepare(folder, lessons=True)
    return folder


@pytest.fixture
def in_course(course: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """This process works where the kernel of a lesson would."""
    monkeypatch.chdir(course / "lessons")
    monkeypatch.setenv("NANOCHAT_LEARN_WORKSPACE", str(course))
    monkeypatch.setattr(guarding, "SECONDS", 1.0)  # an endless loop is stopped soon enough
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # models this small are slower on several threads
    yield course
    torch.set_num_threads(threads)


_rehearsed: dict[tuple[str, str], dict[str, dict[str, Any]]] = {}


@pytest.fixture
def scope_before(in_course: Path) -> Callable[..., dict[str, Any]]:
    """``scope_before(exercise, model)``: what a learner's kernel holds when it begins."""

    def of(exercise: rehearsal.Exercise, which: str = "shipped") -> dict[str, Any]:
        key = (exercise.lesson, which)
        if key not in _rehearsed:
            _rehearsed[key] = rehearsal.before(*key)
        # The kit remembers which lesson was set up last: rehearsing another one changes it.
        rehearsal.run(f"set_up({exercise.lesson!r})", scope := _rehearsed[key][exercise.name])
        return scope

    return of
