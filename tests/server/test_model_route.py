"""The files of small models over HTTP: the very bytes, once; nothing outside their folders."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tornado.httpclient import HTTPClientError

from nanochat_learn.places import content
from nanochat_learn.workspace import modelling

SHIPPED = content("nanochat") / "checkpoints/stories-base"


def put(folder: Path, text: str) -> None:
    folder.mkdir(parents=True)
    for file in modelling.FILES:
        (folder / file).write_text(f"{file} of {text}")


async def refused(asking) -> tuple[int, dict[str, str]]:
    with pytest.raises(HTTPClientError) as caught:
        await asking
    failure = json.loads(caught.value.response.body)
    assert set(failure) == {"code", "sentence", "hint"}
    return caught.value.code, failure


@pytest.mark.parametrize("document", ["course/pkg/model.py", ""])
async def test_a_shipped_model_comes_whole_in_a_workspace_and_outside(ask, course, document):
    for file in modelling.FILES:
        response = await ask(f"models/stories-base/{file}", document)
        assert response.body == (SHIPPED / file).read_bytes()
        assert int(response.headers["Content-Length"]) == len(response.body)
        assert response.headers["Content-Type"] == "application/octet-stream"


async def test_what_the_browser_has_is_not_sent_again_until_it_changes(ask, course):
    put(course / "nanochat/checkpoints/mine", "first")
    route = "models/mine/model.safetensors"
    first = await ask(route)
    assert "no-cache" in first.headers["Cache-Control"]
    known = {"If-None-Match": first.headers["Etag"]}
    with pytest.raises(HTTPClientError) as caught:
        await ask(route, headers=known)
    assert caught.value.code == 304
    (course / "nanochat/checkpoints/mine/model.safetensors").write_text("second")
    assert (await ask(route, headers=known)).body == b"second"


async def test_own_models_come_first_and_the_newest_of_a_training(ask, course):
    put(course / "nanochat/checkpoints/stories-base", "a copy")
    put(course / "runs/tiny/checkpoints/step-000200", "step 200")
    put(course / "runs/tiny/checkpoints/step-001000", "step 1000")
    put(course / "lessons/runs/mine/checkpoints/step-000050", "a lesson")
    assert (await ask("models/stories-base/meta.json")).body == b"meta.json of a copy"
    assert (await ask("models/mine/meta.json")).body == b"meta.json of a lesson"
    assert (await ask("models/tiny/meta.json")).body == b"meta.json of step 1000"
    code, _ = await refused(ask("models/tiny/meta.json", ""))  # not of another workspace
    assert code == 404


@pytest.mark.parametrize(
    "route",
    [
        "models/no-such/meta.json",
        "models/../meta.json",
        "models/%2e%2e/meta.json",
        "models/..%2f..%2fpkg/meta.json",
        "models/stories-base/..%2fREADME.md",
        "models/stories-base/optimizer.safetensors",
        "models/stories-base/%2fetc%2fpasswd",
        "models/.hidden/meta.json",
        "models/leaving/meta.json",
        "models/half/model.safetensors",
    ],
)
async def test_anything_else_is_a_sentence(
    course, route, jp_base_url, http_server_client, jp_auth_header
):
    checkpoints = course / "nanochat/checkpoints"
    put(course / "secret", "elsewhere")
    put(checkpoints / ".hidden", "hidden")
    (checkpoints / "leaving").symlink_to(course / "secret")
    put(checkpoints / "half", "a half")
    (checkpoints / "half/model.safetensors").unlink()
    # as it is written: a client that tidies addresses would never send some of these
    url = f"{jp_base_url}nanochat-learn/api/{route}?document=course/pkg/model.py"
    with pytest.raises(HTTPClientError) as caught:
        await http_server_client.fetch(url, headers=jp_auth_header)
    assert caught.value.code == 404
    assert b"elsewhere" not in caught.value.response.body


async def test_the_sentence_names_the_models_that_there_are(ask, course):
    put(course / "runs/tiny/checkpoints/step-000200", "mine")
    code, failure = await refused(ask("models/stories/meta.json"))
    assert code == 404
    assert failure["sentence"] == "There is no model 'stories'."
    assert "stories-base" in failure["hint"] and "tiny" in failure["hint"]


async def test_weights_too_large_for_a_page_are_refused(ask, course, monkeypatch):
    put(course / "nanochat/checkpoints/large", "x" * 100)
    monkeypatch.setattr(modelling, "MOST_BYTES", 100)
    code, failure = await refused(ask("models/large/model.safetensors"))
    assert code == 400
    assert "load_model" in failure["hint"]
