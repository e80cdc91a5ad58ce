"""Fixtures shared by all Python tests."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest_plugins = ("pytest_jupyter.jupyter_server",)


@pytest.fixture(autouse=True)
def _no_outer_workspace(monkeypatch: pytest.MonkeyPatch, tmp_path_factory) -> None:
    """No test may see the workspace or the data folder of whoever runs it."""
    monkeypatch.delenv("NANOCHAT_LEARN_WORKSPACE", raising=False)
    monkeypatch.delenv("NANOCHAT_LEARN_ASK_ABOVE", raising=False)
    monkeypatch.setenv("NANOCHAT_LEARN_EMBEDDER", "fake")  # no test loads a model by accident
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))


@pytest.fixture
def tagged(tmp_path: Path) -> Path:
    """A small workspace with one tagged module, indexed by nobody yet."""
    from nanochat_learn.shipping import prepare

    root = tmp_path / "course"
    prepare(root, lessons=False)
    (root / "pkg").mkdir()
    (root / "pkg" / "model.py").write_text(
        '"""A model."""\n\n\n'
        "# @learn:attention.rope\n"
        "# @viz:rope_dials\n"
        "def turn(x):\n"
        '    """Turn x."""\n'
        "    return x\n\n\n"
        "class Net:\n"
        '    """A net."""\n\n'
        "    def forward(self, x):\n"
        "        return turn(x)\n",
        encoding="utf-8",
    )
    return root
