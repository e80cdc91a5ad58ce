"""Our side of OpenAI's protocol, against a server that behaves well, badly and absurdly."""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
import time

import pytest
from planted import PLANTED, SEARCH

from nanochat_learn.adapters import chunks, openrouter
from nanochat_learn.adapters.fake_scripts import ANSWER, FAILING, SCRIPTS
from nanochat_learn.adapters.openrouter import OpenRouter
from nanochat_learn.errors import (
    BrokenStream,
    LearnError,
    ModelError,
    NeedsKey,
    NoCredit,
    Offline,
    RateLimited,
)
from nanochat_learn.keys import Key
from nanochat_learn.ports import ChatRequest, TextPiece
from nanochat_learn.provider import provider


async def refused(asking) -> LearnError:
    with pytest.raises(ModelError) as caught:
        await asking
    assert caught.value.sentence.endswith((".", ".”"))
    assert caught.value.hint.endswith(".")
    assert PLANTED not in str(caught.value)
    return caught.value


async def test_an_answer_streams_and_counts(ask, fake):
    said = await ask("fake/stream:free")
    assert said.text == ANSWER
    assert said.finished.reason == "stop"
    assert said.finished.answer_tokens > 20
    assert said.finished.cost == 0.0
    assert not said.moved
    (request,) = fake.asked
    assert request.headers["authorization"] == f"Bearer {PLANTED}"
    assert request.body["stream_options"] == {"include_usage": True}
    assert "models" not in request.body, "only OpenRouter knows that list"
    assert not request.closed_early


async def test_the_first_words_come_before_the_last_were_made(model):
    request = ChatRequest("slow", [{"role": "user", "content": "q"}])
    stream = model.stream(request)
    first = await anext(stream)
    assert first == TextPiece("word ")
    await stream.aclose()


@pytest.mark.parametrize("how", ["close", "cancel"])
async def test_stopping_closes_the_request_upstream(model, fake, how: str):
    begun = asyncio.Event()

    async def read():
        async for _ in model.stream(ChatRequest("slow", [{"role": "user", "content": "q"}])):
            begun.set()

    if how == "cancel":
        task = asyncio.ensure_future(read())
        await asyncio.wait_for(begun.wait(), 5)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    else:
        stream = model.stream(ChatRequest("slow", [{"role": "user", "content": "q"}]))
        await anext(stream)
        await stream.aclose()
    await over(fake)
    assert fake.asked[0].closed_early


async def test_stopping_before_the_first_word_closes_it_too(model, fake):
    stream = model.stream(ChatRequest("silent", [{"role": "user", "content": "q"}]))
    task = asyncio.ensure_future(anext(stream))
    while not fake.asked:
        await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await over(fake)
    assert fake.asked[0].closed_early


async def over(fake, seconds: float = 2.0) -> None:
    async with asyncio.timeout(seconds):
        while not fake.asked[-1].over:
            await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    ("name", "kind", "word"),
    [
        ("401", NeedsKey, "key"),
        ("402", NoCredit, "credit"),
        ("403", ModelError, "flagged"),
        ("404", ModelError, "not to be had"),
        ("400", ModelError, "too long"),
        ("429-long", RateLimited, "2 hours"),
        ("500", ModelError, "500"),
        ("503", ModelError, "No instances available"),
        ("no-such-model", ModelError, "not a valid model ID"),
        ("redirect", ModelError, "another address"),
        ("page", BrokenStream, "broke off"),
        ("empty", BrokenStream, "empty"),
        ("filtered", ModelError, "holds back"),
        ("strange", BrokenStream, "broke off|cannot be read|empty"),
    ],
)
async def test_refusals_are_sentences_with_a_next_step(ask, name: str, kind: type, word: str):
    error = await refused(ask(name))
    assert type(error) is kind
    assert any(one in str(error) for one in word.split("|"))


@pytest.mark.parametrize("name", ["cut", "ends", "malformed", "error-in-stream"])
async def test_what_came_before_a_break_is_kept(ask, name: str):
    pieces: list = []
    error = await refused(ask(name, "fake/stream", so_far=pieces))
    assert isinstance(error, BrokenStream)
    assert len([piece for piece in pieces if isinstance(piece, TextPiece)]) >= 3
    assert all(isinstance(piece, TextPiece) for piece in pieces), "half an answer is not mixed"


@pytest.mark.parametrize("name", ["429-long", "500", "503", "404", "empty", "page"])
async def test_the_next_model_answers_and_it_is_told(ask, fake, name: str):
    said = await ask(name, "503-too", "fake/stream:free")
    assert said.text == ANSWER
    assert [moved.model for moved in said.moved] == ["503-too", "fake/stream:free"]
    assert "fake/stream:free is asked instead" in said.moved[-1].sentence
    assert said.finished.model == "fake/stream:free"
    assert len(fake.asked) == 3


async def test_when_all_refuse_the_last_one_speaks(ask):
    assert isinstance(await refused(ask("500", "429-long")), RateLimited)


@pytest.mark.parametrize("name", ["401", "402"])
async def test_another_model_would_not_help(ask, fake, name: str):
    await refused(ask(name, "stream"))
    assert len(fake.asked) == 1


async def test_a_short_pause_is_kept_once(ask, fake):
    started = time.monotonic()
    pieces: list = []
    assert isinstance(await refused(ask("429", so_far=pieces)), RateLimited)
    assert 0.9 < time.monotonic() - started < 3
    assert len(fake.asked) == 2
    assert "pause of 1 second" in pieces[0].sentence


async def test_openrouter_gets_the_list_and_its_move_is_told(ask, fake, as_openrouter):
    said = await ask("fake/503", "fake/stream:free", "fake/cites")
    assert said.text == ANSWER
    (request,) = fake.asked
    assert request.body["models"] == ["fake/503", "fake/stream:free", "fake/cites"]
    assert request.body["usage"] == {"include": True}
    assert [moved.model for moved in said.moved] == ["fake/stream:free"]
    assert said.finished.model == "fake/stream:free"


async def test_openrouter_gets_three_at_a_time(ask, fake, as_openrouter):
    said = await ask("500", "503", "429-long", "fake/stream")
    assert said.text == ANSWER
    assert [one.body.get("models") for one in fake.asked] == [["500", "503", "429-long"], None]


async def test_tool_calls_are_put_together(ask):
    said = await ask("tools", tools=[SEARCH])
    (call,) = said.finished.calls
    assert (call.id, call.name) == ("call_1", "search")
    assert call.arguments == '{"query": "keys and values kept"}'
    assert said.finished.reason == "tools"


async def test_arguments_are_handed_on_unread(ask):
    (call,) = (await ask("tools-broken", tools=[SEARCH])).finished.calls
    assert call.name == "write_file"
    assert call.arguments.endswith(", "), "whether it is JSON is for the tutor to find out"


async def test_a_model_without_tools_is_asked_again_without(ask, fake):
    said = await ask("no-tools", tools=[SEARCH])
    assert said.text == ANSWER
    assert "without tools" in said.moved[0].sentence
    assert ["tools" in one.body for one in fake.asked] == [True, False]


async def test_reasoning_is_not_the_answer(ask):
    assert (await ask("thinks")).text == ANSWER


async def test_an_answer_cut_at_its_limit_says_so(ask):
    assert (await ask("length")).finished.reason == "length"


async def test_a_huge_answer_is_bounded_and_closed(ask, fake):
    said = await ask("huge")
    assert len(said.text) == chunks.LONGEST_ANSWER
    assert said.finished.reason == "length"
    await over(fake)
    assert fake.asked[0].closed_early


async def test_a_provider_that_says_nothing(ask, monkeypatch):
    from nanochat_learn.adapters import openai_client

    monkeypatch.setattr(openai_client, "READ_LOCAL", 0.2)
    assert isinstance(await refused(ask("silent")), Offline)


async def test_nobody_there(jp_asyncio_loop):
    nobody = OpenRouter(provider("http://127.0.0.1:9/v1"), Key("unneeded"))
    with pytest.raises(Offline, match="Start the server"):
        await anext(nobody.stream(ChatRequest("m", [])))
    with pytest.raises(Offline):
        await nobody.models()


async def test_no_key_is_told_before_anything_is_sent(fake):
    keyless = OpenRouter(provider(fake.base_url), Key("none"))
    with pytest.raises(NeedsKey, match="Sign in"):
        await anext(keyless.stream(ChatRequest("stream", [])))
    assert not fake.captured


async def test_without_a_key_no_header_is_sent(fake):
    keyless = OpenRouter(provider(fake.base_url), Key("unneeded"))
    await keyless.models()
    async for _ in keyless.stream(ChatRequest("stream", [{"role": "user", "content": "q"}])):
        pass
    assert ["authorization" in one.headers for one in fake.captured] == [False, False]
    await keyless.close()


async def test_only_what_is_needed_leaves_the_machine(ask, fake, monkeypatch, caplog):
    for name in ("OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_API_KEY", "OPENAI_ADMIN_KEY"):
        monkeypatch.setenv(name, "not-for-you")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/elsewhere")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Secret: not-for-you")
    caplog.set_level(logging.DEBUG)
    await ask("stream")
    headers = fake.asked[0].headers
    assert "not-for-you" not in str(headers)
    assert not [name for name in headers if name.startswith("x-")]
    assert headers["user-agent"] == "nanochat-learn"
    assert PLANTED not in caplog.text


async def test_a_proxy_does_not_see_what_is_for_this_machine(ask, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert (await ask("stream")).text == ANSWER


async def test_the_proxy_of_the_network_is_used_for_the_rest(fake, monkeypatch):
    monkeypatch.setenv("http_proxy", fake.origin)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    far = OpenRouter(provider("http://model.example/v1"), Key("unneeded"))
    await far.models()  # the fake answers for everybody who is asked through it
    assert fake.captured[0].path == "http://model.example/v1/models"
    await far.close()


async def test_an_echoed_key_is_not_repeated(ask):
    error = await refused(ask("echo-key"))
    assert "•••" in error.sentence


async def test_a_key_that_the_answer_repeats_is_not_shown(ask):
    """Also in pieces, also in the arguments of a tool."""
    question = f"{PLANTED[:9]} {PLANTED} and {PLANTED}{PLANTED[:5]}"
    said = await ask("echo", question=question)
    assert said.text == f"{PLANTED[:9]} ••• and •••{PLANTED[:5]}"
    assert PLANTED not in (await ask("obeys")).text


async def test_the_list_of_models(model):
    listed = await model.models()
    assert listed[0]["id"] == "fake/cites:free"
    assert len(listed) == len(SCRIPTS)


@pytest.mark.parametrize("name", sorted(set(SCRIPTS) - {"silent", "slow", "late", "clock"}))
async def test_no_way_to_behave_is_a_surprise(ask, name: str):
    """Whatever the server does: an answer, or an error of ours. Never anything else."""
    try:
        said = await ask(name, tools=[SEARCH])
    except ModelError as error:
        assert error.sentence and error.hint
    else:
        assert said.finished is not None
        assert name not in FAILING


async def test_many_at_once_do_not_mix(ask):
    said = await asyncio.gather(*(ask("echo", question=f"question {n}") for n in range(30)))
    assert [one.text for one in said] == [f"question {n}" for n in range(30)]


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7),
        ({"retry-after": "2.5"}, 2.5),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-3"}, None),
        ({"retry-after": "0"}, None),
        ({"retry-after": "99999999"}, None),
        ({"retry-after": "Mon, 01 Jan 2001 00:00:00 GMT"}, None),
        ({"x-ratelimit-reset": "1"}, None),
        ({"x-ratelimit-reset": "9" * 400}, None),
        ({}, None),
    ],
)
def test_how_long_to_wait(headers: dict, seconds: float | None):
    from nanochat_learn.adapters.refusals import _seconds

    assert _seconds(headers) == seconds


def test_importing_the_adapter_does_not_load_openai():
    probe = "import sys, nanochat_learn.adapters.openrouter; print('openai' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_what_it_is_called_never_holds_the_key():
    model = OpenRouter(provider("https://openrouter.ai/api/v1"), Key("file", PLANTED))
    assert PLANTED not in repr(model) + repr(vars(model))
    assert openrouter.AT_ONCE == 3
