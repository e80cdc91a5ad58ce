"""Vectors and added content over the wire: streams, refusals, stopping."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path

import pytest
from tornado.httpclient import HTTPClientError

from nanochat_learn import workspace as verbs
from nanochat_learn.errors import Stopped
from nanochat_learn.places import open_workspace
from nanochat_learn.workspace import embedders, embedding, stores


@pytest.fixture(autouse=True)
def _fresh(monkeypatch):
    monkeypatch.setattr(embedders, "_model", None)
    monkeypatch.setattr(embedding, "_jobs", {})
    monkeypatch.setattr(stores, "_stores", {})


def events(response) -> list[dict]:
    return [json.loads(part[6:]) for part in response.body.decode().split("\n\n") if part]


def items(*more: dict) -> str:
    page = {"id": "page", "type": "external", "label": "page", "docstring": "About zebras."}
    return json.dumps({"kind": "items", "items": [page, *more]})


async def test_state_before_and_after(ask, course: Path):
    before = json.loads((await ask("retrieval")).body)
    assert before["phase"] == "unindexed"
    await ask("index", method="POST", body="{}")
    waiting = json.loads((await ask("retrieval")).body)
    assert (waiting["phase"], waiting["embedded"]) == ("waiting", 0)
    assert waiting["qwen_bytes"] > 1_000_000_000
    response = await ask("embed", method="POST", body="{}")
    assert response.headers["Content-Type"] == "text/event-stream"
    *progress, done = events(response)
    assert {event["type"] for event in progress} <= {"progress"}
    assert done["type"] == "done"
    assert done["state"]["embedded"] == done["state"]["total"] == waiting["total"]
    assert json.loads((await ask("retrieval")).body)["phase"] == "ready"


async def test_embed_before_index_is_an_event_with_a_next_step(ask, course: Path):
    (failed,) = events(await ask("embed", method="POST", body="{}"))
    assert (failed["type"], failed["failure"]["code"]) == ("error", "not_found")
    assert "Index" in failed["failure"]["hint"]


@pytest.mark.parametrize("body", ["[]", '{"download": "perhaps"}', '{"more": 1}', "{"])
async def test_embed_refuses_what_it_does_not_know(ask, indexed: Path, body: str):
    with pytest.raises(HTTPClientError) as caught:
        await ask("embed", method="POST", body=body)
    assert caught.value.code == 400


async def test_closing_the_request_stops_embedding(ask, indexed, monkeypatch):
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()

    def endless(workspace, *, download, on_progress, should_stop):
        for _ in range(1_000):
            on_progress(verbs.retrieval_state(workspace))
            if should_stop():
                loop.call_soon_threadsafe(stopped.set)
                raise Stopped("Stopped.")
            time.sleep(0.02)

    monkeypatch.setattr(verbs, "embed", endless)
    with pytest.raises(HTTPClientError):
        await ask("embed", method="POST", body="{}", request_timeout=0.6)
    await asyncio.wait_for(stopped.wait(), timeout=5)


async def test_items_are_added_and_found(ask, indexed: Path):
    *_, done = events(await ask("index", method="POST", body=items()))
    assert done["type"] == "done"
    workspace = open_workspace(indexed)
    assert verbs.search(workspace, "zebras", words=True).results[0].id == "page"
    graph = json.loads((await ask("graph")).body)
    (node,) = [n["data"] for n in graph["elements"]["nodes"] if n["data"]["id"] == "page"]
    assert node["type"] == "external"
    again = events(await ask("index", method="POST", body='{"kind": "tree"}'))
    assert again[-1]["state"]["nodes"] == done["state"]["nodes"]


async def test_items_announce_the_change(ask, indexed: Path, jp_serverapp):
    heard: list[dict] = []

    async def listen(logger, schema_id, data):
        heard.append(data)

    from nanochat_learn.schema.wire import CHANGED_EVENT

    jp_serverapp.event_logger.add_listener(schema_id=CHANGED_EVENT, listener=listen)
    *_, done = events(await ask("index", method="POST", body=items()))
    await asyncio.sleep(0.05)
    assert [one["content_hash"] for one in heard] == [done["state"]["content_hash"]]


async def test_an_id_of_the_tree_is_refused_as_an_event(ask, indexed: Path):
    taken = {"id": "pkg/model.py:turn", "type": "function", "label": "turn"}
    (failed,) = events(await ask("index", method="POST", body=items(taken)))
    assert failed["failure"]["code"] == "bad_input"
    assert "pkg/model.py:turn" in failed["failure"]["sentence"]
    assert not (indexed / "added.jsonl").exists()


@pytest.mark.parametrize(
    "body",
    [
        '{"kind": "items"}',
        '{"kind": "items", "items": [{"id": "", "type": "file", "label": "x"}]}',
        '{"kind": "items", "items": [{"id": "a", "type": "planet", "label": "x"}]}',
        '{"kind": "items", "items": [], "confirmed": true}',
        '{"kind": "else"}',
        "[]",
        "{",
        json.dumps({"kind": "items", "items": [{"id": "a", "type": "file", "label": "x" * 400}]}),
    ],
)
async def test_items_that_make_no_sense(ask, indexed: Path, body: str):
    with pytest.raises(HTTPClientError) as caught:
        await ask("index", method="POST", body=body)
    assert caught.value.code == 400
    assert json.loads(caught.value.response.body)["code"] == "bad_input"
