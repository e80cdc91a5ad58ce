"""Every route, asked well and badly, by a real client of a real server."""

from __future__ import annotations

import asyncio
import gc
import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tornado.httpclient import HTTPClientError

from nanochat_learn import workspace as verbs
from nanochat_learn.places import open_workspace
from nanochat_learn.server.heap import settle
from nanochat_learn.server.routes import ROUTES
from nanochat_learn.shipping import prepare

API = "nanochat-learn/api"
TURN = "pkg/model.py:turn"
BODILESS = ("GET", "DELETE")


def events(response) -> list[dict]:
    return [json.loads(part[6:]) for part in response.body.decode().split("\n\n") if part]


async def refused(asking) -> tuple[int, dict]:
    with pytest.raises(HTTPClientError) as caught:
        await asking
    failure = json.loads(caught.value.response.body)
    assert set(failure) == {"code", "sentence", "hint"}
    assert "Traceback" not in failure["sentence"]
    return caught.value.code, failure


async def test_status_before_and_after(ask, course: Path):
    before = json.loads((await ask("status")).body)
    assert before["workspace"] == {"prefix": "course", "name": "course", "writable": True}
    assert before["index"] is None
    await ask("index", method="POST", body="{}")
    after = json.loads((await ask("status")).body)
    assert after["index"]["files"] == 1
    assert after["indexing"] is False


async def test_status_outside_any_workspace(ask):
    assert json.loads((await ask("status", document="")).body)["workspace"] is None


async def test_index_streams_progress_then_the_report(ask, course: Path):
    response = await ask("index", method="POST", body="{}")
    assert response.headers["Content-Type"] == "text/event-stream"
    *progress, done = events(response)
    assert all(event["type"] == "progress" for event in progress)
    assert done["type"] == "done"
    assert done["parsed"] == 1


async def test_index_errors_arrive_as_an_event(ask, course: Path, monkeypatch):
    monkeypatch.setenv("NANOCHAT_LEARN_ASK_ABOVE", "1")
    (course / "b.py").write_text("x = 1\n")
    (last,) = events(await ask("index", method="POST", body="{}"))
    assert last["type"] == "error"
    assert "2 Python files" in last["failure"]["sentence"]
    agreed = events(await ask("index", method="POST", body='{"confirmed": true}'))
    assert agreed[-1]["type"] == "done"


async def test_closing_the_request_stops_the_run(ask, course, jp_serverapp, monkeypatch):
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()

    def endless(workspace, *, on_progress, should_stop, confirmed):
        for n in range(1000):
            on_progress(n, 1000, "a.py")
            if should_stop():
                loop.call_soon_threadsafe(stopped.set)
                break
            time.sleep(0.02)
        raise RuntimeError("over")

    monkeypatch.setattr(verbs, "index", endless)
    with pytest.raises(HTTPClientError):
        await ask("index", method="POST", body="{}", request_timeout=0.6)
    await asyncio.wait_for(stopped.wait(), timeout=5)
    while jp_serverapp.web_app.settings["nanochat_learn_runs"].is_running(open_workspace(course)):
        await asyncio.sleep(0.01)


async def test_graph_with_positions_and_etag(ask, indexed: Path):
    body = json.dumps({"positions": {TURN: {"x": 5, "y": -7.5}}})
    assert (await ask("positions", method="PUT", body=body)).code == 204
    response = await ask("graph")
    graph = json.loads(response.body)
    placed = {node["data"]["id"]: node["position"] for node in graph["elements"]["nodes"]}
    assert placed[TURN] == {"x": 5.0, "y": -7.5}
    with pytest.raises(HTTPClientError) as same:
        await ask("graph", headers={"If-None-Match": response.headers["Etag"]})
    assert same.value.code == 304


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "[]",
        '{"positions": {"a": {"x": 1}}}',
        '{"positions": {"a": {"x": 1e9, "y": 0}}}',
        '{"positions": {"a": {"x": NaN, "y": 0}}}',
        '{"other": 1}',
    ],
)
async def test_positions_that_make_no_sense(ask, indexed: Path, body: str):
    code, failure = await refused(ask("positions", method="PUT", body=body))
    assert (code, failure["code"]) == (400, "bad_input")


async def test_source_concepts_and_glossary(ask, indexed: Path):
    source = json.loads((await ask("source", params={"id": TURN})).body)
    assert (source["line"], source["text"].splitlines()[0]) == (2, "def turn(x):")
    concepts = json.loads((await ask("concepts")).body)["concepts"]
    assert "attention.rope" in {concept["id"] for concept in concepts}
    page = json.loads((await ask("concepts/attention.rope")).body)
    assert page["anchors"][0]["node"] == TURN
    glossary = json.loads((await ask("glossary")).body)["terms"]
    assert "tensor" in {entry["term"] for entry in glossary}


async def test_unknown_ids(ask, indexed: Path):
    for asking in (
        ask("concepts/no.such"),
        ask("source", params={"id": "x.py"}),
        ask("pictures/nothing_like_it.js"),
    ):
        code, failure = await refused(asking)
        assert code == 404
        assert failure["sentence"].endswith(".")


async def test_a_workspace_never_indexed(ask, course: Path):
    code, failure = await refused(ask("graph"))
    assert code == 404
    assert "Index" in failure["hint"]


async def test_no_workspace(ask, jp_root_dir: Path):
    code, failure = await refused(ask("graph", document="somewhere/x.py"))
    assert (code, failure["code"]) == (409, "no_workspace")


async def test_prepare_a_workspace(ask, jp_root_dir: Path):
    body = json.dumps({"folder": "mine", "lessons": True})
    status = json.loads((await ask("workspace", method="POST", body=body)).body)
    assert status["workspace"]["prefix"] == "mine"
    assert (jp_root_dir / "mine/lessons/00_start_here.ipynb").is_file()


@pytest.mark.parametrize("path", ["../x", "/etc", "a/../../b", "a\x00b", "..\\x"])
async def test_paths_outside_jupyters_root(ask, course: Path, path: str):
    body = json.dumps({"folder": path, "lessons": False})
    assert (await refused(ask("workspace", method="POST", body=body)))[0] == 400
    if "\x00" not in path:  # tornado takes control characters out of a query by itself
        assert (await refused(ask("status", document=path)))[0] == 400


async def test_a_link_out_of_the_root_is_not_followed(ask, jp_root_dir: Path, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    prepare(outside, lessons=False)
    (jp_root_dir / "link").symlink_to(outside)
    assert (await refused(ask("status", document="link/x.py")))[0] == 400


async def test_a_broken_marker_is_a_sentence(ask, course: Path):
    (course / "nanochat-learn.toml").write_text("format = =")
    code, failure = await refused(ask("status"))
    assert code == 422
    assert "line 1" in failure["sentence"]


async def test_pictures_are_modules(ask, course: Path, monkeypatch, tmp_path: Path):
    from nanochat_learn.server import routes

    (tmp_path / "dials.js").write_text("export default {};")
    monkeypatch.setattr(routes, "PICTURES", tmp_path)
    response = await ask("pictures/dials.js")
    assert response.headers["Content-Type"].startswith("text/javascript")
    with pytest.raises(HTTPClientError) as walked:
        await ask("pictures/..%2Fsecret.js")
    assert walked.value.code == 404


async def test_what_nobody_foresaw_leaks_nothing(ask, indexed: Path, monkeypatch):
    def broken(*_):
        raise RuntimeError("secret detail")

    monkeypatch.setattr(verbs, "glossary", broken)
    code, failure = await refused(ask("glossary"))
    assert code == 500
    assert "secret" not in json.dumps(failure)


def _verbs_of_all_routes() -> list[tuple[str, str]]:
    return [
        (re.sub(r"\([^)]*\)", "x", route).replace("\\", ""), verb.upper())
        for route, handler in ROUTES
        for verb in ("get", "post", "put", "patch", "delete")
        if verb in handler.__dict__
    ]


@pytest.mark.parametrize(("route", "verb"), _verbs_of_all_routes())
async def test_nobody_is_answered_without_a_token(
    http_server_client, jp_base_url, course, route: str, verb: str
):
    body = {} if verb in BODILESS else {"body": "{}"}
    with pytest.raises(HTTPClientError) as caught:
        await http_server_client.fetch(
            f"{jp_base_url}{API}/{route}", method=verb, follow_redirects=False, **body
        )
    assert caught.value.code == 403


@pytest.mark.parametrize(
    ("route", "verb"), [pair for pair in _verbs_of_all_routes() if pair[1] != "GET"]
)
async def test_a_cookie_alone_may_not_write(
    http_server_client, jp_base_url, jp_serverapp, course, route: str, verb: str
):
    """A page of somebody else can send our cookie, but not the XSRF header."""
    token = jp_serverapp.identity_provider.token
    hello = await http_server_client.fetch(f"{jp_base_url}api/status?token={token}")
    cookies = "; ".join(c.split(";")[0] for c in hello.headers.get_list("Set-Cookie"))
    body = {} if verb in BODILESS else {"body": "{}"}
    with pytest.raises(HTTPClientError) as caught:
        await http_server_client.fetch(
            f"{jp_base_url}{API}/{route}", method=verb, headers={"Cookie": cookies}, **body
        )
    assert caught.value.code == 403


def test_importing_the_extension_loads_nothing_heavy():
    probe = (
        "import json, sys, nanochat_learn.server.extension, nanochat_learn.server.routes;"
        "import nanochat_learn.workspace.signing_in, nanochat_learn.server.config;"
        "import nanochat_learn.server.runs, nanochat_learn.server.saves;"
        "heavy = {'torch', 'lancedb', 'sentence_transformers', 'openai'};"
        "print(json.dumps(sorted(heavy & set(sys.modules))))"
    )
    said = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True
    ).stdout
    assert json.loads(said) == []


async def test_what_the_server_has_loaded_is_not_searched_for_garbage(jp_fetch):
    settle.cache_clear()
    gc.unfreeze()
    await jp_fetch("nanochat-learn", "api", "status")
    first = gc.get_freeze_count()
    assert first > 10_000
    await jp_fetch("nanochat-learn", "api", "status")
    assert gc.get_freeze_count() <= first
