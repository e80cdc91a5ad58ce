"""The path over HTTP: evidence from a page and from a kernel, who hears of it, bad files."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
import yaml
from lesson_files import DOT, deed, write_lessons
from tornado.httpclient import HTTPClientError

from nanochat_learn import journal
from nanochat_learn.schema.learner import PROGRESS_EVENT, ProgressChanged
from nanochat_learn.server.progress_news import PROGRESS_SCHEMA

SOON, A_MOMENT = 5.0, 0.3


@pytest.fixture
def lessons(course: Path) -> Path:
    write_lessons(course)
    return course


@pytest.fixture
def heard(jp_ws_fetch, jp_asyncio_loop):
    """The next event about progress, or None."""
    socket = jp_asyncio_loop.run_until_complete(jp_ws_fetch("api", "events", "subscribe"))

    async def next_one(timeout: float = SOON) -> dict | None:
        try:
            while True:
                event = json.loads(await asyncio.wait_for(socket.read_message(), timeout))
                if event.pop("schema_id") == PROGRESS_EVENT:
                    return event
        except TimeoutError:
            return None

    yield next_one
    socket.close()


async def get(ask, route: str) -> dict:
    return json.loads((await ask(route)).body)


async def send(ask, route: str, body: object, method: str = "POST") -> dict:
    text = body if isinstance(body, str) else json.dumps(body)
    return json.loads((await ask(route, method=method, body=text)).body)


async def refused(ask, route: str, body: object, method: str = "POST") -> tuple[int, dict]:
    with pytest.raises(HTTPClientError) as caught:
        await send(ask, route, body, method)
    return caught.value.code, json.loads(caught.value.response.body)


def state_of(found: dict, concept: str) -> str:
    concepts = [one for cluster in found["clusters"] for one in cluster["concepts"]]
    return next(one["state"] for one in concepts if one["id"] == concept)


async def test_evidence_from_a_page_and_from_a_kernel_meet(ask, lessons, heard):
    assert state_of(await get(ask, "progress"), DOT) == "unseen"
    line = deed("03_dot_products", "q1", "quiz", "right")
    assert await send(ask, "evidence", {"evidence": [line, line]}) == {"added": 1, "known": 1}
    assert await heard() == {"prefix": "course"}
    assert await send(ask, "evidence", {"evidence": [line]}) == {"added": 0, "known": 1}
    assert await heard(A_MOMENT) is None, "what is known is no news"

    kernels = deed("03_dot_products", "sums", "check", "right")
    journal.append(lessons / "progress", kernels, writer="4711")
    found = await get(ask, "progress")
    assert state_of(found, DOT) == "understood"
    assert await heard() == {"prefix": "course"}, "other pages hear of what a kernel wrote"
    await get(ask, "progress")
    assert await heard(A_MOMENT) is None


async def test_an_unchanged_path_is_not_sent_again(ask, lessons):
    first = await ask("progress")
    with pytest.raises(HTTPClientError) as caught:
        await ask("progress", headers={"If-None-Match": first.headers["Etag"]})
    assert caught.value.code == 304


async def test_all_of_it_as_a_file_and_back(ask, lessons):
    await send(ask, "evidence", {"evidence": [deed("03_dot_products", "q1", "quiz", "wrong")]})
    file = (await ask("progress/export")).body.decode()
    assert await send(ask, "progress/import", file, "PUT") == {"added": 0, "known": 1}
    status, failure = await refused(ask, "progress/import", file[:-30], "PUT")
    assert (status, failure["code"]) == (400, "bad_input")
    assert "breaks off" in failure["sentence"]
    assert json.loads((await ask("progress/export")).body) == json.loads(file)


async def test_a_lesson_is_begun_anew(ask, lessons, heard):
    await send(ask, "evidence", {"evidence": [deed("03_dot_products", "q1", "quiz", "right")]})
    await heard()
    report = await send(ask, "progress/reset", {"lesson": "03_dot_products"})
    assert report == {"file_path": "lessons/03_dot_products.ipynb", "kept": None}
    assert await heard() == {"prefix": "course"}
    assert state_of(await get(ask, "progress"), DOT) == "unseen"
    status, failure = await refused(ask, "progress/reset", {"lesson": "04_nothing"})
    assert (status, failure["code"]) == (404, "not_found")
    status, _ = await refused(ask, "progress/reset", {"lesson": "../x"})
    assert status == 400


@pytest.mark.parametrize(
    "body",
    [
        {"evidence": []},
        {"evidence": [deed("03_dot_products", None, "quiz", "right")]},
        {"evidence": [deed("03_dot_products", "q1", "quiz", "right")] * 51},
        {"evidence": [deed("dot", "q1", "quiz", "right")]},
        "[",
    ],
)
async def test_evidence_that_cannot_be_used(ask, lessons, body):
    status, failure = await refused(ask, "evidence", body)
    assert status == 400
    assert failure["hint"]
    assert not (lessons / "progress").exists()


async def test_outside_a_workspace(ask, course):
    with pytest.raises(HTTPClientError) as caught:
        await ask("progress", document="elsewhere.py")
    assert caught.value.code == 409


def test_the_event_has_the_shape_of_the_vocabulary():
    schema = yaml.safe_load(PROGRESS_SCHEMA.read_text())
    assert schema["$id"] == PROGRESS_EVENT
    assert set(schema["required"]) == set(ProgressChanged.model_fields)
