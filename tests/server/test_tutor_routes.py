"""The tutor's routes over real HTTP, with a provider that is a fake on another socket."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPClientError

from nanochat_learn import workspace as verbs
from nanochat_learn.adapters import fake_answering
from nanochat_learn.adapters.fake_scripts import SCRIPTS
from nanochat_learn.places import open_workspace
from nanochat_learn.server import ask_stream

TURN = "pkg/model.py:turn"


def events(response) -> list[dict]:
    parts = response.body.decode().split("\n\n")
    return [json.loads(part[6:]) for part in parts if part.startswith("data: ")]


async def refused(asking) -> tuple[int, dict]:
    with pytest.raises(HTTPClientError) as caught:
        await asking
    failure = json.loads(caught.value.response.body)
    assert set(failure) == {"code", "sentence", "hint"}
    assert failure["sentence"].endswith(".")
    return caught.value.code, failure


@pytest.fixture
def question(ask):
    async def _question(model: str | None = "cites", text: str = "What turns x?", **more):
        body = json.dumps({"question": text, "model": model} | more.pop("body", {}))
        return await ask("ask", method="POST", body=body, **more)

    return _question


async def test_an_answer_as_events(question, tutored: Path):
    response = await question()
    assert response.headers["Content-Type"] == "text/event-stream"
    got = events(response)
    kinds = [event["type"] for event in got]
    assert kinds[0] == "status"
    assert kinds[-1] == "done"
    assert kinds.count("delta") > 3
    assert kinds.index("retrieved") < kinds.index("delta")
    message = got[-1]["message"]
    assert TURN in [citation["id"] for citation in message["citations"]]
    assert TURN in message["focused"]
    assert message["state"] == "whole"
    assert message["usage"]["prompt_tokens"] > 0


async def test_ids_that_a_model_makes_up_do_not_arrive(question, tutored: Path):
    message = events(await question("made-up"))[-1]["message"]
    assert message["struck"] >= 3
    nodes = verbs.graph_index(open_workspace(tutored)).nodes
    assert {citation["id"] for citation in message["citations"]} <= set(nodes)
    for invented in ("no.such_concept", "Invented", "made.up"):
        assert invented not in message["text"]


async def test_without_a_key_the_notes_answer(question, ask, indexed: Path, found):
    assert json.loads((await ask("tutor")).body)["key"] == "none"
    message = events(await question(None))[-1]["message"]
    assert message["extractive"]
    assert message["failure"] is None


async def test_a_refusal_is_told_and_the_notes_answer(question, tutored: Path):
    done = events(await question("401"))[-1]
    assert done["type"] == "done"
    assert done["message"]["extractive"]
    assert done["message"]["failure"]["code"] == "needs_key"


async def test_a_broken_stream_keeps_what_came(question, ask, tutored: Path):
    last = events(await question("cut"))[-1]
    assert last["type"] == "error"
    assert last["message"]["state"] == "broken"
    assert last["message"]["text"].startswith("This answer breaks off")
    (head,) = json.loads((await ask("conversations")).body)["conversations"]
    kept = json.loads((await ask(f"conversations/{head['id']}")).body)
    assert [message["role"] for message in kept["messages"]] == ["learner", "tutor"]


async def test_closing_the_request_stops_the_model(question, ask, tutored, fake, monkeypatch):
    monkeypatch.setattr(fake_answering, "PACE", 0.05)
    with pytest.raises(HTTPClientError):
        await question("slow", request_timeout=1.5)
    async with asyncio.timeout(5):
        while not fake.asked[0].over:
            await asyncio.sleep(0.02)
    assert fake.asked[0].closed_early
    (head,) = json.loads((await ask("conversations")).body)["conversations"]
    async with asyncio.timeout(5):
        while (
            len(said := json.loads((await ask(f"conversations/{head['id']}")).body)["messages"]) < 2
        ):
            await asyncio.sleep(0.02)
    assert said[1]["state"] == "stopped"
    assert said[1]["text"].startswith("word 1")


async def test_a_silent_model_does_not_look_dead(question, tutored, monkeypatch):
    monkeypatch.setattr(ask_stream, "KEEP_ALIVE", 0.2)
    response = await question("late")
    assert response.body.count(b": still at work\n\n") >= 3
    assert events(response)[-1]["type"] == "done"


async def test_what_would_be_sent_is_shown_and_not_sent(ask, tutored: Path, fake):
    body = json.dumps({"question": "What turns x?", "model": "cites"})
    sent = json.loads((await ask("ask/preview", method="POST", body=body)).body)
    assert sent["model"] == "cites"
    assert sent["base_url"] == fake.base_url
    assert any("What turns x?" in part["text"] for part in sent["parts"])
    assert not fake.asked


async def test_what_was_sent_is_what_was_sent(question, ask, tutored: Path, fake):
    done = events(await question())
    conversation, answer = done[0]["conversation"], done[-1]["message"]["id"]
    route = f"conversations/{conversation}/sent"
    sent = json.loads((await ask(route, params={"message": answer})).body)
    captured = [message["content"] for message in fake.asked[0].body["messages"]]
    assert [part["text"] for part in sent["parts"]][: len(captured)] == captured


async def test_conversations_are_renamed_exported_deleted(question, ask, tutored: Path):
    id = events(await question())[0]["conversation"]
    body = json.dumps({"title": "Of turning"})
    renamed = json.loads((await ask(f"conversations/{id}", method="PUT", body=body)).body)
    assert renamed["title"] == "Of turning"
    exported = json.loads((await ask(f"conversations/{id}/export")).body)
    assert exported["markdown"].startswith("# Of turning")
    assert (await ask(f"conversations/{id}", method="DELETE")).code == 204
    assert json.loads((await ask("conversations")).body)["conversations"] == []
    code, failure = await refused(ask(f"conversations/{id}"))
    assert (code, failure["code"]) == (404, "not_found")


@pytest.mark.parametrize("id", ["..", "..%2F..%2Fsecret", "con", "a%00b", "%2e%2e", "x" * 200])
async def test_a_name_cannot_leave_the_folder(ask, tutored: Path, id: str):
    for method, more in (("GET", {}), ("DELETE", {}), ("PUT", {"body": '{"title": "x"}'})):
        with pytest.raises(HTTPClientError) as caught:
            await ask(f"conversations/{id}", method=method, **more)
        assert caught.value.code in (400, 404)


@pytest.mark.parametrize("body", ["{", "[]", "{}", '{"question": 5}', '{"question": "x", "y": 1}'])
async def test_questions_that_make_no_sense(ask, tutored: Path, body: str):
    for route in ("ask", "ask/preview"):
        code, failure = await refused(ask(route, method="POST", body=body))
        assert (code, failure["code"]) == (400, "bad_input")


async def test_a_question_too_long_or_empty(ask, question, tutored: Path, fake):
    long = json.dumps({"question": "x" * 20_001})
    assert (await refused(ask("ask", method="POST", body=long)))[0] == 400
    (last,) = events(await question(text="   "))
    assert last["failure"]["code"] == "bad_input"
    assert not fake.asked


async def test_many_questions_at_once_are_bounded_and_told(
    ask, tutored, http_server_port, jp_base_url, jp_auth_header
):
    client = AsyncHTTPClient(force_instance=True, max_clients=60)
    url = f"http://127.0.0.1:{http_server_port[1]}{jp_base_url}nanochat-learn/api/ask"
    body = json.dumps({"question": "What turns x?", "model": "length"})
    answers = await asyncio.gather(
        *(
            client.fetch(
                f"{url}?document=course/pkg/model.py",
                method="POST",
                body=body,
                headers=jp_auth_header,
                request_timeout=60,
            )
            for _ in range(40)
        )
    )
    client.close()
    last = [events(answer)[-1] for answer in answers]
    failed = [event["failure"] for event in last if event["type"] == "error"]
    assert {event["type"] for event in last} == {"done", "error"}
    assert {failure["code"] for failure in failed} == {"busy"}
    assert len(failed) < len(last)


async def test_no_workspace_and_no_index(ask, question, jp_root_dir: Path, course: Path):
    assert (await refused(question(document="elsewhere/x.py")))[0] == 409
    assert events(await question())[-1]["type"] == "error"


async def test_what_nobody_foresaw_is_an_event_without_detail(question, tutored, monkeypatch):
    from nanochat_learn.workspace import asking

    def broken(_):
        raise RuntimeError("secret detail")

    monkeypatch.setattr(asking, "_search", broken)
    response = await question()
    assert events(response)[-1]["failure"]["code"] == "error"
    assert b"secret" not in response.body


async def test_the_list_of_models_live_kept_and_built_in(ask, tutored, fake, monkeypatch):
    live = json.loads((await ask("models")).body)
    assert live["source"] == "live"
    assert live["models"][0]["id"] == "fake/cites:free"
    assert len(live["models"]) == len(SCRIPTS)
    fake._server.close()
    kept = json.loads((await ask("models")).body)
    assert kept["source"] == "kept"
    assert kept["models"] == live["models"]
    assert kept["failure"]["code"] == "offline_model"
    monkeypatch.setenv("NANOCHAT_LEARN_BASE_URL", "http://127.0.0.1:9/v1")
    none = json.loads((await ask("models")).body)
    assert (none["source"], none["models"]) == ("built-in", [])


async def test_the_first_model_of_a_server_of_ones_own(question, ask, tutored, fake):
    assert json.loads((await ask("tutor")).body)["model"] == ""
    message = events(await question(None))[-1]["message"]
    assert message["usage"]["model"] == "fake/cites:free"
    state = json.loads((await ask("tutor")).body)
    assert state == {
        "base_url": fake.base_url,
        "key": "unneeded",
        "model": "fake/cites:free",
        "fallbacks": [],
        "embedder": state["embedder"],
        "policy": "ours",
        "sign_in": False,
    }


async def test_a_server_that_is_not_there(question, indexed, found, monkeypatch):
    monkeypatch.setenv("NANOCHAT_LEARN_BASE_URL", "http://127.0.0.1:9/v1")
    message = events(await question(None))[-1]["message"]
    assert message["extractive"]
    assert message["failure"]["code"] == "offline_model"


async def test_whom_the_tutor_asks_is_chosen(ask, question, indexed, found, fake):
    choice = {"base_url": f"{fake.base_url}/", "model": "500", "fallbacks": ["stream", "stream"]}
    state = json.loads((await ask("tutor", method="PUT", body=json.dumps(choice))).body)
    assert (state["base_url"], state["model"]) == (fake.base_url, "500")
    assert state["fallbacks"] == ["stream"]
    got = events(await question(None))
    assert got[-1]["message"]["usage"]["model"] == "stream"
    assert any("stream is asked instead" in event.get("sentence", "") for event in got)


@pytest.mark.parametrize(
    "base_url",
    [
        "",
        "file:///etc/passwd",
        "openrouter.ai",
        "https://me:pass@host.example",
        "http://169.254.1.1",
    ],
)
async def test_base_urls_that_are_refused(ask, indexed: Path, base_url: str):
    body = json.dumps({"base_url": base_url, "model": "m", "fallbacks": []})
    code, failure = await refused(ask("tutor", method="PUT", body=body))
    assert (code, failure["code"]) == (400, "bad_input")
    assert "pass" not in failure["sentence"] or "password" in failure["sentence"]
    assert json.loads((await ask("tutor")).body)["base_url"] == "https://openrouter.ai/api/v1"


async def test_a_base_url_that_was_set_for_jupyter_stays(ask, tutored, fake):
    body = json.dumps({"base_url": "https://other.example/v1", "model": "m", "fallbacks": []})
    code, failure = await refused(ask("tutor", method="PUT", body=body))
    assert code == 400
    assert "NANOCHAT_LEARN_BASE_URL" in failure["hint"]


async def test_a_workspace_does_not_choose(ask, question, tutored: Path, fake):
    """A folder from somewhere names a base URL in every file that it could think of."""
    elsewhere = '{"base_url": "http://127.0.0.1:9/v1", "model": "x", "fallbacks": []}'
    for name in ("tutor.json", ".nanochat-learn/tutor.json", "nanochat-learn/tutor.json", ".env"):
        (tutored / name).parent.mkdir(exist_ok=True)
        (tutored / name).write_text(elsewhere)
    marker = tutored / "nanochat-learn.toml"
    marker.write_text(marker.read_text() + '\nbase_url = "http://127.0.0.1:9/v1"\n')
    assert json.loads((await ask("tutor")).body)["base_url"] == fake.base_url
    assert events(await question())[-1]["type"] == "done"


async def test_a_damaged_choice_does_not_send_elsewhere(ask, question, indexed, found, fake):
    from nanochat_learn.keys import own_folder

    own_folder().mkdir(parents=True)
    (own_folder() / "tutor.json").write_text("{")
    assert (await refused(ask("tutor")))[0] == 422
    message = events(await question(None))[-1]["message"]
    assert message["extractive"]
    assert "Choose base URL" in message["failure"]["hint"]
    body = json.dumps({"base_url": fake.base_url, "model": "stream", "fallbacks": []})
    assert json.loads((await ask("tutor", method="PUT", body=body)).body)["model"] == "stream"


async def test_a_policy_of_the_course_is_named(ask, tutored: Path):
    (tutored / "TUTOR.md").write_text("Answer in rhymes.")
    assert json.loads((await ask("tutor")).body)["policy"] == "TUTOR.md"
