"""Fixtures shared by all Python tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

pytest_plugins = ("pytest_jupyter.jupyter_server",)

# How long an example takes says how busy the machine is; speed is measured in bench/.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

OURS = (
    "NANOCHAT_LEARN_WORKSPACE",
    "NANOCHAT_LEARN_ASK_ABOVE",
    "NANOCHAT_LEARN_BASE_URL",
    "NANOCHAT_LEARN_API_KEY",
    "OPENROUTER_API_KEY",
)


@pytest.fixture(autouse=True)
def _no_outer_workspace(monkeypatch: pytest.MonkeyPatch, tmp_path_factory) -> None:
    """No test may see the workspace, the data folders or the key of whoever runs it."""
    for variable in OURS:
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path_factory.mktemp("jupyter")))
    monkeypatch.setenv("NANOCHAT_LEARN_EMBEDDER", "fake")  # no test loads a model by accident
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))


@pytest.fixture
def fake(jp_asyncio_loop, monkeypatch):
    """A provider in OpenAI's protocol, in this process and in a hurry."""
    from nanochat_learn.adapters import fake_answering
    from nanochat_learn.adapters.fake_openai import FakeOpenAI

    monkeypatch.setattr(fake_answering, "PACE", 0.001)
    server = FakeOpenAI()
    jp_asyncio_loop.run_until_complete(server.__aenter__())
    yield server
    jp_asyncio_loop.run_until_complete(server.__aexit__())


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
