"""The key over HTTP: kept, forgotten, got by signing in; and never seen again."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from planted import PLANTED
from tornado.httpclient import HTTPClientError

from nanochat_learn.adapters.fake_openai import SIGNED_IN_KEY
from nanochat_learn.errors import BadInput
from nanochat_learn.keys import own_folder
from nanochat_learn.workspace.signing_in import MOST, VALID, SignIns


async def state_of(ask) -> dict:
    return json.loads((await ask("tutor")).body)


async def post_key(ask, key: str):
    return await ask("key", method="POST", body=json.dumps({"key": key}))


async def test_a_key_is_kept_and_forgotten(ask, indexed: Path):
    assert (await state_of(ask))["key"] == "none"
    response = await post_key(ask, PLANTED)
    assert json.loads(response.body)["key"] == "file"
    assert PLANTED.encode() not in response.body
    assert (await state_of(ask))["key"] == "file"
    response = await ask("key", method="DELETE")
    assert json.loads(response.body)["key"] == "none"
    assert not (own_folder() / "key").exists()


async def test_a_key_stays_with_its_base_url(ask, indexed: Path):
    await post_key(ask, PLANTED)
    for base_url, key in (
        ("https://models.example/v1", "none"),
        ("http://models.example/v1", "unneeded"),
        ("http://127.0.0.1:9/v1", "unneeded"),
        ("https://openrouter.ai/api/v1/", "file"),
    ):
        body = json.dumps({"base_url": base_url, "model": "m", "fallbacks": []})
        state = json.loads((await ask("tutor", method="PUT", body=body)).body)
        assert state["key"] == key


@pytest.mark.parametrize("body", ["{}", '{"key": ""}', '{"key": 5}', '{"key": "a b"}', "sk-or-x"])
async def test_what_is_no_key(ask, indexed: Path, body: str):
    with pytest.raises(HTTPClientError) as caught:
        await ask("key", method="POST", body=body)
    assert caught.value.code == 400
    assert "a b" not in caught.value.response.body.decode()
    assert not (own_folder() / "key").exists()


async def test_the_key_works_outside_any_workspace(ask, jp_root_dir: Path):
    response = await ask("key", method="POST", body=json.dumps({"key": PLANTED}), document="")
    assert json.loads(response.body)["key"] == "file"


@pytest.fixture
def signed(ask, fake, indexed, as_openrouter):
    """Press "sign in"; gives OpenRouter's address and the way back, split."""

    async def _signed(**headers: str):
        url = json.loads((await ask("signin", method="POST", body="{}", headers=headers)).body)[
            "url"
        ]
        return url, urlsplit(parse_qs(urlsplit(url).query)["callback_url"][0])

    return _signed


async def agree(client, url: str) -> str:
    """The browser at OpenRouter: everybody agrees; where it is sent back to."""
    with pytest.raises(HTTPClientError) as sent_back:
        await client.fetch(url, follow_redirects=False)
    return sent_back.value.response.headers["Location"]


async def test_signing_in(ask, signed, jp_base_url, http_server_client, jp_auth_header):
    url, back = await signed()
    assert back.path.startswith(f"{jp_base_url}nanochat-learn/api/signin/callback/")
    assert "verifier" not in url
    from tornado.httpclient import AsyncHTTPClient

    location = await agree(AsyncHTTPClient(), url)
    page = await http_server_client.fetch(
        f"{urlsplit(location).path}?{urlsplit(location).query}", headers=jp_auth_header
    )
    text = page.body.decode()
    assert page.headers["Content-Type"].startswith("text/html")
    assert page.headers["Cache-Control"] == "no-store"
    assert "Close this tab" in text
    for secret in (SIGNED_IN_KEY, "fake-code", back.path.rpartition("/")[2]):
        assert secret not in text
    assert SIGNED_IN_KEY in (own_folder() / "key").read_text()
    with pytest.raises(HTTPClientError) as twice:
        await http_server_client.fetch(
            f"{urlsplit(location).path}?{urlsplit(location).query}", headers=jp_auth_header
        )
    assert twice.value.code == 400
    assert "press “Sign in” again" in twice.value.response.body.decode()


async def test_the_way_back_needs_our_state_and_a_person(
    ask, signed, fake, http_server_client, jp_base_url, jp_auth_header
):
    _, back = await signed()
    root = f"{jp_base_url}nanochat-learn/api/signin/callback"
    for path, headers, code in (
        (f"{root}/made-up?code=fake-code", jp_auth_header, 400),
        (f"{root}?code=fake-code", jp_auth_header, 404),
        (f"{back.path}?code=fake-code", {}, 403),
        (f"{back.path}?code=", jp_auth_header, 400),
        (f"{back.path}?code=fake-code", jp_auth_header, 400),  # used up by the line above
    ):
        with pytest.raises(HTTPClientError) as caught:
            await http_server_client.fetch(path, headers=headers, follow_redirects=False)
        assert caught.value.code == code, path
    assert not [one for one in fake.captured if one.path.endswith("/auth/keys")]
    assert not (own_folder() / "key").exists()


async def test_a_wrong_code_is_a_sentence(ask, signed, http_server_client, jp_auth_header):
    _, back = await signed()
    with pytest.raises(HTTPClientError) as caught:
        await http_server_client.fetch(f"{back.path}?code=<script>", headers=jp_auth_header)
    text = caught.value.response.body.decode()
    assert "You are not signed in" in text
    assert "<script>" not in text
    assert not (own_folder() / "key").exists()


@pytest.mark.parametrize(
    ("origin", "scheme", "same"),
    [("https://{host}", "https", True), ("https://evil.example", "http", False)],
)
async def test_the_way_back_is_ours_as_the_browser_sees_it(
    signed, http_server_port, origin: str, scheme: str, same: bool
):
    host = f"127.0.0.1:{http_server_port[1]}"
    try:
        _, back = await signed(Origin=origin.format(host=host), Host=host)
    except HTTPClientError as refused:
        assert not same and refused.code in (403, 404)
        return
    assert back.scheme == scheme
    assert "evil" not in back.netloc


async def test_no_sign_in_elsewhere(ask, tutored: Path):
    assert not (await state_of(ask))["sign_in"]
    with pytest.raises(HTTPClientError) as caught:
        await ask("signin", method="POST", body="{}")
    assert caught.value.code == 400


async def test_sign_ins_end_after_ten_minutes_and_are_few():
    now = [0.0]
    sign_ins = SignIns(clock=lambda: now[0])
    states = [
        parse_qs(urlsplit(sign_ins.begin("http://x/cb").url).query)["callback_url"][0][-32:]
        for _ in range(MOST + 5)
    ]
    assert len(set(states)) == MOST + 5
    with pytest.raises(BadInput):  # pushed out by later ones
        await sign_ins.finish(states[0], "code")
    now[0] = VALID + 1
    with pytest.raises(BadInput, match="too long"):
        await sign_ins.finish(states[-1], "code")


class TestConfig:
    @pytest.fixture
    def jp_server_config(self):
        return {
            "ServerApp": {"jpserver_extensions": {"nanochat_learn": True}},
            "NanochatLearn": {"base_url": "https://models.example/v1/", "api_key": PLANTED},
        }

    async def test_an_administrator_gives_key_and_base_url(self, ask, indexed: Path):
        state = await state_of(ask)
        assert (state["base_url"], state["key"]) == ("https://models.example/v1", "config")
        body = json.dumps(
            {"base_url": "https://openrouter.ai/api/v1", "model": "", "fallbacks": []}
        )
        with pytest.raises(HTTPClientError) as caught:
            await ask("tutor", method="PUT", body=body)
        assert caught.value.code == 400


SESSION = ("stream", "cites", "401", "429", "500", "echo-key", "obeys", "cut", "tools", "no-such")


async def test_a_planted_key_turns_up_nowhere(
    ask, fake, indexed, as_openrouter, found, tmp_path, caplog, jp_auth_header, http_server_client
):
    """A whole session; then every file, every log line and every answer is read."""
    caplog.set_level(logging.DEBUG)
    answers: list[str] = []

    async def say(route: str, **more):
        try:
            response = await ask(route, **more)
        except HTTPClientError as refused:
            response = refused.response
        answers.append(f"{response.headers}\n{response.body.decode()}")
        return answers[-1]

    await say("key", method="POST", body=json.dumps({"key": PLANTED}))
    await say("tutor")
    await say("models")
    for model in SESSION:
        body = json.dumps({"question": "What turns x?", "model": model})
        await say("ask/preview", method="POST", body=body)
        await say("ask", method="POST", body=body)
    listed = await say("conversations")
    for head in json.loads(listed.partition("\n{")[2].join(("{", "")))["conversations"]:
        id = head["id"]
        talk = json.loads((await ask(f"conversations/{id}")).body)
        await say(f"conversations/{id}")
        await say(f"conversations/{id}/export")
        await say(f"conversations/{id}/sent", params={"message": talk["messages"][-1]["id"]})
    choice = {"base_url": "http://user:pw@x.example", "model": PLANTED, "fallbacks": []}
    await say("tutor", method="PUT", body=json.dumps(choice))
    await say("key", method="POST", body=json.dumps({"key": f"{PLANTED} and more"}))
    await say("signin", method="POST", body="{}")
    await say("signin/callback/made-up", params={"code": "x"})
    await say("key", method="POST", body=json.dumps({"key": PLANTED, "more": 1}))

    sent = [one for one in fake.captured if PLANTED in str(one.headers)]
    assert len(sent) >= len(SESSION), "the fake has seen it, so there was something to find"
    assert all(PLANTED not in str(one.body) for one in fake.captured)
    assert all("authorization" in one.headers for one in sent)
    assert PLANTED not in "\n".join(answers)
    assert PLANTED not in caplog.text
    looked = 0
    for folder in (tmp_path, Path(indexed), own_folder().parents[1]):
        for file in folder.rglob("*"):
            if file.is_file() and file != own_folder() / "key":
                looked += 1
                assert PLANTED.encode() not in file.read_bytes(), file
    assert looked > 20
    assert PLANTED in (own_folder() / "key").read_text()
