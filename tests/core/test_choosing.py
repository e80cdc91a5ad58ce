"""Whom the tutor asks: what is in force, what was chosen, what was listed before."""

from __future__ import annotations

import pytest

from nanochat_learn.adapters.model_list import BUILT_IN
from nanochat_learn.errors import BadInput, CannotRead, ModelError, NeedsKey
from nanochat_learn.keys import ServerConfig, keep, own_folder
from nanochat_learn.ports import ChatRequest
from nanochat_learn.provider import OPENROUTER, provider
from nanochat_learn.schema.tutor import TutorChoice
from nanochat_learn.workspace import choosing

OTHER = "https://models.example/v1"


def wanted(base_url: str = OPENROUTER, model: str = "m", *fallbacks: str) -> TutorChoice:
    return TutorChoice(base_url=base_url, model=model, fallbacks=fallbacks)


def test_free_models_of_openrouter_where_nothing_was_chosen():
    now = choosing.choice()
    assert now.base_url == OPENROUTER
    assert now.model.endswith(":free")
    assert now.fallbacks
    assert {now.model, *now.fallbacks} <= {model.id for model in BUILT_IN}


def test_a_choice_is_kept_and_an_empty_one_means_ours():
    choosing.choose(wanted(OTHER, " m ", "a", "m", "", "a"))
    now = choosing.choice()
    assert (now.base_url, now.model, now.fallbacks) == (OTHER, "m", ("a",))
    choosing.choose(wanted(OPENROUTER, ""))
    assert choosing.choice().model.endswith(":free")


def test_environment_before_configuration_before_choice(monkeypatch):
    choosing.choose(wanted(OTHER, "chosen"))
    config = ServerConfig(base_url="https://config.example/v1")
    assert choosing.whom().base_url == OTHER
    assert choosing.whom(config).base_url == "https://config.example/v1"
    assert choosing.choice(config).model == "", "a model of another provider is not asked for"
    monkeypatch.setenv("NANOCHAT_LEARN_BASE_URL", "https://env.example/v1")
    assert choosing.whom(config).base_url == "https://env.example/v1"
    with pytest.raises(BadInput, match=r"env\.example"):
        choosing.choose(wanted(OTHER), config)
    choosing.choose(wanted("https://env.example/v1/", "mine"), config)
    assert choosing.choice(config).model == "mine"


def test_a_variable_that_is_no_base_url_names_itself(monkeypatch):
    monkeypatch.setenv("NANOCHAT_LEARN_BASE_URL", "localhost:8080")
    with pytest.raises(BadInput, match="NANOCHAT_LEARN_BASE_URL"):
        choosing.whom()


@pytest.mark.parametrize("model", ["a\nb", "\x00", "x" * 200 + " y"])
def test_what_is_no_model(model: str):
    with pytest.raises(ValueError if len(model) > 200 else BadInput):
        choosing.choose(wanted(model=model))


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"base_url": "x"}', b"\xff"])
def test_a_damaged_choice_is_told_and_not_passed_over(damage: bytes):
    own_folder().mkdir(parents=True)
    (own_folder() / "tutor.json").write_bytes(damage)
    with pytest.raises(CannotRead):
        choosing.whom()
    choosing.choose(wanted())
    assert choosing.choice().model == "m"


async def test_a_damaged_list_is_as_good_as_none(monkeypatch):
    own_folder().mkdir(parents=True)
    (own_folder() / "models.json").write_text("{")
    assert choosing.choice().model.endswith(":free")


async def test_a_list_of_another_provider_is_not_shown(fake, monkeypatch):
    monkeypatch.setenv("NANOCHAT_LEARN_BASE_URL", fake.base_url)
    assert (await choosing.models()).source == "live"
    monkeypatch.setenv("NANOCHAT_LEARN_BASE_URL", "http://127.0.0.1:9/v1")
    listed = await choosing.models()
    assert (listed.source, listed.models) == ("built-in", ())


async def test_a_folder_that_cannot_be_written_does_not_hide_the_list(fake, monkeypatch):
    monkeypatch.setenv("NANOCHAT_LEARN_BASE_URL", fake.base_url)
    own_folder().parent.mkdir(parents=True, exist_ok=True)
    own_folder().write_text("a file where the folder should be")
    assert (await choosing.models()).source == "live"


async def test_a_model_by_name_and_what_is_known_about_it(fake, monkeypatch):
    monkeypatch.setenv("NANOCHAT_LEARN_BASE_URL", fake.base_url)
    async with choosing.chosen_model(model="fake/no-tools") as chosen:
        assert chosen.info.tools, "nobody has listed it yet"
    await choosing.models()
    async with choosing.chosen_model(model="fake/no-tools") as chosen:
        assert not chosen.info.tools
        assert chosen.fallbacks == ()
        assert chosen.base_url == fake.base_url


async def test_without_a_key_nobody_is_asked_but_a_preview_can_be_made():
    async with choosing.answering_model() as none:
        assert none is None
    async with choosing.chosen_model() as chosen:
        assert chosen.base_url == OPENROUTER
        with pytest.raises(NeedsKey):
            await anext(chosen.chat.stream(ChatRequest("m", [])))


async def test_what_stands_in_the_way_is_said_by_the_model(monkeypatch):
    monkeypatch.setenv("NANOCHAT_LEARN_BASE_URL", "nonsense")
    async with choosing.answering_model() as chosen:
        with pytest.raises(ModelError, match="NANOCHAT_LEARN_BASE_URL"):
            await anext(chosen.chat.stream(ChatRequest("m", [])))


async def test_the_key_of_one_provider_is_not_sent_to_the_next(fake, monkeypatch):
    keep(provider(OPENROUTER), "sk-or-planted-0123456789abcdef")
    choosing.choose(wanted(fake.base_url, "stream"))
    async with choosing.answering_model() as chosen:
        async for _ in chosen.chat.stream(
            ChatRequest("stream", [{"role": "user", "content": "q"}])
        ):
            pass
    assert "authorization" not in fake.asked[0].headers
