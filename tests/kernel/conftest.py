"""What every test beside the model has in common."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A workspace with a made-up lesson, which is open in this process; no kernel."""
    from made_up_lesson import LESSON, notebook, workspace

    from nanochat_learn.kernel import opened, set_up

    root = workspace(tmp_path / "course")
    notebook(root)
    monkeypatch.chdir(root / "lessons")
    monkeypatch.setattr(opened, "_open", [])
    monkeypatch.setattr("sys.path", list(sys.path))
    set_up(LESSON)
    yield root


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Traces lie in a folder of the test; models this small are slower on several threads."""
    monkeypatch.chdir(tmp_path)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)
