"""Saving through Jupyter: its workspace is indexed again, once, and the browsers hear of it."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from pathlib import Path

import pytest
import yaml
from tornado.httpclient import HTTPClientError
from tornado.websocket import WebSocketClientConnection

from nanochat_learn import workspace as verbs
from nanochat_learn.durable import locked
from nanochat_learn.errors import CannotWrite
from nanochat_learn.places import open_workspace
from nanochat_learn.schema.wire import CHANGED_EVENT, Changed
from nanochat_learn.server import saves
from nanochat_learn.server.runs import CHANGED_SCHEMA
from nanochat_learn.shipping import prepare

SOON = 5.0
A_MOMENT = 0.3
"""Seconds. Long enough for a run that must not come: one takes some 20 ms."""


class Bus:
    """A browser's socket on Jupyter's event bus; hears our event only."""

    def __init__(self, socket: WebSocketClientConnection) -> None:
        self._socket = socket

    async def next(self, timeout: float = SOON) -> dict | None:
        try:
            while True:
                said = await asyncio.wait_for(self._socket.read_message(), timeout)
                event = json.loads(said)
                if event.pop("schema_id") == CHANGED_EVENT:
                    return event
        except TimeoutError:
            return None


@pytest.fixture
def bus(jp_ws_fetch, jp_asyncio_loop):
    socket = jp_asyncio_loop.run_until_complete(jp_ws_fetch("api", "events", "subscribe"))
    yield Bus(socket)
    socket.close()


@pytest.fixture
def save(jp_fetch):
    async def _save(path: str, text: str, kind: str = "file") -> None:
        content = json.loads(text) if kind == "notebook" else text
        model = {"type": kind, "format": "text", "content": content}
        if kind == "notebook":
            model["format"] = "json"
        await jp_fetch("api", "contents", *path.split("/"), method="PUT", body=json.dumps(model))

    return _save


@pytest.fixture
def counted(monkeypatch):
    """How many index runs there were, and how many at the same time at most."""
    real, seen, guard = verbs.index, {"runs": 0, "now": 0, "most": 0}, threading.Lock()

    def index(workspace, **wanted):
        with guard:
            seen["runs"] += 1
            seen["now"] += 1
            seen["most"] = max(seen["most"], seen["now"])
        try:
            return real(workspace, **wanted)
        finally:
            with guard:
                seen["now"] -= 1

    monkeypatch.setattr(verbs, "index", index)
    return seen


def state_of(folder: Path):
    return verbs.state(open_workspace(folder))


async def test_a_save_is_announced_with_what_it_changed(save, bus, indexed: Path):
    await save("course/pkg/model.py", "def other(x):\n    return x\n")
    event = await bus.next()
    state = state_of(indexed)
    assert event == {
        "prefix": "course",
        "content_hash": state.content_hash,
        "errors": 0,
        "warnings": state.warnings,
    }
    ids = {node.data.id for node in verbs.graph(open_workspace(indexed)).elements.nodes}
    assert "pkg/model.py:other" in ids


NOTEBOOK = {
    "cells": [
        {
            "cell_type": "code",
            "id": "one",
            "source": "# @lern:attention.rope\nx = 1\n",
            "metadata": {},
            "outputs": [],
            "execution_count": None,
        }
    ],
    "metadata": {},
    "nbformat": 4,
    "nbformat_minor": 5,
}


async def test_notebooks_and_notes_are_followed_too(save, bus, indexed: Path):
    await save("course/book.ipynb", json.dumps(NOTEBOOK), "notebook")
    assert (await bus.next())["errors"] == 1
    (gap,) = [g for g in verbs.gaps(open_workspace(indexed)).gaps if g.severity == "error"]
    assert (gap.file_path, gap.line, gap.cell) == ("book.ipynb", 1, "one")
    (indexed / "docs/knowledge_base").mkdir(parents=True)
    await save("course/docs/knowledge_base/clusters.yaml", "clusters: 5\n")
    assert (await bus.next())["errors"] > 1


async def test_a_broken_file_is_announced_with_its_error(save, bus, indexed: Path):
    await save("course/pkg/model.py", "def turn(:\n")
    assert (await bus.next())["errors"] == 1
    await save("course/pkg/model.py", "def turn(x): return x\n")
    assert (await bus.next())["errors"] == 0


async def test_rename_copy_and_delete_are_followed(jp_fetch, bus, indexed: Path):
    async def contents(path: str, **how) -> None:
        await jp_fetch("api", "contents", *path.split("/"), **how)

    def files() -> set[str]:
        graph = verbs.graph(open_workspace(indexed))
        return {n.data.id for n in graph.elements.nodes if n.data.type == "file"}

    await contents("course/pkg", method="PATCH", body='{"path": "course/lib"}')  # a whole folder
    assert await bus.next()
    assert files() == {"lib/model.py"}
    await contents("course/lib", method="POST", body='{"copy_from": "course/lib/model.py"}')
    assert await bus.next()
    assert files() == {"lib/model.py", "lib/model-Copy1.py"}
    await contents("course/lib/model.py", method="DELETE")
    assert await bus.next()
    assert files() == {"lib/model-Copy1.py"}


async def test_a_file_moved_between_workspaces_changes_both(jp_fetch, bus, indexed, jp_root_dir):
    other = jp_root_dir / "other"
    prepare(other, lessons=False)
    verbs.index(open_workspace(other))
    body = '{"path": "other/model.py"}'
    await jp_fetch("api", "contents", "course", "pkg", "model.py", method="PATCH", body=body)
    heard = [await bus.next(), await bus.next()]
    assert {event["prefix"] for event in heard} == {"course", "other"}


async def test_a_changed_body_is_announced_though_the_graph_is_the_same(save, bus, indexed):
    """The concept page shows the lines themselves."""
    before = (indexed / "pkg/model.py").read_text()
    await save("course/pkg/model.py", before.replace("return x", "return y"))
    assert (await bus.next())["content_hash"]


async def test_what_changes_nothing_is_not_announced(save, bus, indexed: Path, counted):
    text = (indexed / "pkg/model.py").read_text()
    await save("course/pkg/model.py", text + "def more(): pass\n")
    assert await bus.next()
    await save("course/pkg/model.py", text + "def more(): pass\n")
    await save("course/notes.txt", "groceries")
    assert await bus.next(A_MOMENT) is None
    assert counted["runs"] == 2, "a text file is none of ours"


async def test_nothing_is_indexed_unasked(save, bus, course: Path, counted):
    await save("course/pkg/model.py", "x = 1\n")
    await save("elsewhere.py", "x = 1\n")
    assert await bus.next(A_MOMENT) is None
    assert counted["runs"] == 0
    assert state_of(course) is None
    assert not (course / ".nanochat-learn").exists()


async def test_another_workspace_is_left_alone(save, bus, indexed: Path, jp_root_dir: Path):
    other = jp_root_dir / "other"
    prepare(other, lessons=False)
    (other / "a.py").write_text("x = 1\n")
    verbs.index(open_workspace(other))
    kept = other / ".nanochat-learn/knowledge_graph.json"
    before = kept.stat().st_mtime_ns
    (other / "b.py").write_text("y = 1\n")
    await save("course/pkg/model.py", "z = 1\n")
    assert (await bus.next())["prefix"] == "course"
    assert await bus.next(A_MOMENT) is None
    assert kept.stat().st_mtime_ns == before


async def test_many_saves_make_few_runs_and_never_two_at_once(
    save, bus, indexed: Path, monkeypatch
):
    real, started, release, runs = verbs.index, threading.Event(), threading.Event(), []

    def slow(workspace, **wanted):
        runs.append(1)
        started.set()
        release.wait(SOON)
        return real(workspace, **wanted)

    monkeypatch.setattr(verbs, "index", slow)
    for n in range(12):
        await save(f"course/f{n}.py", f"x{n} = 1\n")
    await asyncio.to_thread(started.wait, SOON)
    assert len(runs) == 1
    release.set()
    while await bus.next(A_MOMENT):
        pass
    assert len(runs) == 2, "one was running, one waited for all the rest"
    assert state_of(indexed).files == 13


async def test_the_learners_run_and_a_saves_run_take_turns(ask, save, bus, indexed: Path, counted):
    for n in range(3):
        await asyncio.gather(
            save(f"course/g{n}.py", f"x{n} = 1\n"), ask("index", method="POST", body="{}")
        )
    while await bus.next(A_MOMENT):
        pass
    assert counted["most"] == 1
    assert state_of(indexed).files == 4


async def test_a_run_of_the_learner_is_announced_to_the_other_tabs(ask, bus, course: Path):
    await ask("index", method="POST", body="{}")
    assert (await bus.next())["content_hash"] == state_of(course).content_hash
    await ask("index", method="POST", body="{}")
    assert await bus.next(A_MOMENT) is None


async def test_a_busy_index_is_waited_for(save, bus, indexed: Path, monkeypatch):
    monkeypatch.setattr(saves, "PAUSE", 0.05)
    with locked(open_workspace(indexed).cache / "lock"):
        await save("course/pkg/model.py", "def late(): pass\n")
        assert await bus.next(A_MOMENT) is None
    assert await bus.next()
    ids = {node.data.id for node in verbs.graph(open_workspace(indexed)).elements.nodes}
    assert "pkg/model.py:late" in ids


@pytest.mark.parametrize(
    "fault", [CannotWrite("The disk is full.", "Make room."), RuntimeError("unforeseen")]
)
async def test_a_run_that_fails_is_logged_and_the_next_one_goes(
    save, bus, indexed: Path, monkeypatch, caplog, fault
):
    real = verbs.index

    def failing(*_, **__):
        raise fault

    monkeypatch.setattr(verbs, "index", failing)
    with caplog.at_level(logging.INFO):
        await save("course/pkg/model.py", "x = 1\n")  # the save itself is fine
        assert await bus.next(A_MOMENT) is None
    assert str(fault.args[0]) in caplog.text
    monkeypatch.setattr(verbs, "index", real)
    await save("course/pkg/model.py", "x = 2\n")
    assert await bus.next()


async def test_a_broken_marker_stops_nobody(save, bus, indexed: Path):
    await save("course/nanochat-learn.toml", "format = =\n")
    assert await bus.next(A_MOMENT) is None
    await save("course/nanochat-learn.toml", 'format = 1\nexclude = ["pkg/**"]\n')
    assert await bus.next()
    assert state_of(indexed).files == 0


@pytest.mark.parametrize("path", ["../out/x.py", "/etc/x.py", "a/../../b.py", "C:x.py", ""])
async def test_a_forged_event_reaches_no_other_folder(
    jp_fetch, bus, indexed: Path, tmp_path_factory, jp_root_dir, counted, path: str
):
    """Whoever may post events can name any path."""
    outside = jp_root_dir.parent / "out"
    prepare(outside, lessons=False)
    verbs.index(open_workspace(outside))
    runs = counted["runs"]
    event = {
        "schema_id": saves.CONTENTS_EVENT,
        "version": "1",
        "data": {"action": "rename", "path": path, "source_path": path},
    }
    await jp_fetch("api", "events", method="POST", body=json.dumps(event))
    assert await bus.next(A_MOMENT) is None
    assert counted["runs"] == runs


async def test_the_bus_is_closed_to_strangers(http_server_client, jp_base_url, jp_serverapp):
    with pytest.raises(HTTPClientError) as caught:
        await http_server_client.fetch(
            f"{jp_base_url}api/events/subscribe",
            headers={"Connection": "Upgrade", "Upgrade": "websocket"},
            follow_redirects=False,
        )
    assert caught.value.code in (302, 403), "to the login page, or refused"


def test_the_event_is_the_models():
    """One vocabulary: what the bus checks is what the browser's types say."""
    schema = yaml.safe_load(CHANGED_SCHEMA.read_text())
    assert schema["$id"] == CHANGED_EVENT
    assert set(schema["properties"]) == set(schema["required"]) == set(Changed.model_fields)
