"""A real Jupyter server with a workspace in a subfolder of its root, and a client that asks it."""

from __future__ import annotations

from pathlib import Path

import pytest

from nanochat_learn import workspace as verbs
from nanochat_learn.places import open_workspace
from nanochat_learn.shipping import prepare

API = "nanochat-learn/api"
MODEL = '# @learn:attention.rope\ndef turn(x):\n    """Turn x."""\n    return x\n'


@pytest.fixture
def jp_server_config():
    return {
        "ServerApp": {
            "jpserver_extensions": {"nanochat_learn": True},
            "allow_unauthenticated_access": False,
        }
    }


@pytest.fixture
def course(jp_root_dir: Path) -> Path:
    """A workspace in a subfolder of Jupyter's root: the lab was started in its parent."""
    root = jp_root_dir / "course"
    prepare(root, lessons=False)
    (root / "pkg").mkdir()
    (root / "pkg/model.py").write_text(MODEL)
    return root


@pytest.fixture
def indexed(course: Path) -> Path:
    verbs.index(open_workspace(course))
    return course


@pytest.fixture
def ask(jp_fetch):
    async def _ask(route: str, document: str = "course/pkg/model.py", **more):
        params = {"document": document} | more.pop("params", {})
        return await jp_fetch(*API.split("/"), *route.split("/"), params=params, **more)

    return _ask
