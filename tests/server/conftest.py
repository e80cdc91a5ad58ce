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


@pytest.fixture
def found(monkeypatch):
    """A search that finds the one function, so that these tests are about the routes."""
    from nanochat_learn.schema.search import SearchAnswer, SearchHit
    from nanochat_learn.workspace import asking

    hit = SearchHit(
        id="pkg/model.py:turn",
        score=1.0,
        type="function",
        label="turn",
        file_path="pkg/model.py",
        line=2,
    )

    def search(_workspace):
        return lambda question: SearchAnswer(
            query=question, results=(hit,), intent="open", ways=("words",)
        )

    monkeypatch.setattr(asking, "_search", search)


@pytest.fixture
def tutored(fake, indexed, found, monkeypatch):
    """An indexed workspace whose tutor asks the fake server."""
    monkeypatch.setenv("NANOCHAT_LEARN_BASE_URL", fake.base_url)
    return indexed


@pytest.fixture
def as_openrouter(fake, monkeypatch):
    """The fake server stands at OpenRouter's addresses."""
    from nanochat_learn import keys, provider
    from nanochat_learn.workspace import choosing, signing_in

    for module in (provider, keys, choosing):
        monkeypatch.setattr(module, "OPENROUTER", fake.base_url)
    monkeypatch.setattr(signing_in, "OPENROUTER_SIGN_IN", f"{fake.origin}/auth")
