"""Whom the tutor asks: base URL, key, model; the list of models. No verb here takes a workspace's
word for any of it: choice and list lie in Jupyter's data folder, beside the key.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from nanochat_learn import keys
from nanochat_learn.adapters import model_list
from nanochat_learn.adapters.choosing import WORDS
from nanochat_learn.adapters.openrouter import OpenRouter
from nanochat_learn.durable import replace_file
from nanochat_learn.errors import BadInput, CannotRead, CannotWrite, LearnError, ModelError, Offline
from nanochat_learn.keys import ServerConfig, own_folder
from nanochat_learn.places import Workspace
from nanochat_learn.ports import ChatPiece, ChatRequest
from nanochat_learn.provider import OPENROUTER, Provider, provider
from nanochat_learn.schema.base import Frozen
from nanochat_learn.schema.tutor import ModelInfo, ModelList, TutorChoice, TutorState
from nanochat_learn.schema.wire import Failure
from nanochat_learn.settings import read_settings
from nanochat_learn.tutor.chosen import ChosenModel
from nanochat_learn.workspace.asking import policy
from nanochat_learn.workspace.embedding import retrieval_state

CHOICE, LIST = "tutor.json", "models.json"
LIST_WITHIN = 15.0
"""Seconds for the list of models: the one kept from before is better than a long wait."""
VARIABLE = "NANOCHAT_LEARN_BASE_URL"


class KeptList(Frozen):
    """The file ``models.json``: what the provider listed, and when."""

    base_url: str
    fetched: str
    """ISO 8601, UTC."""
    models: tuple[ModelInfo, ...]


class Choice(Frozen):
    """What is in force now."""

    base_url: str
    model: str
    """Empty where none was chosen and no list is known."""
    fallbacks: tuple[str, ...]


def whom(config: ServerConfig | None = None) -> Provider:
    """The provider that is asked. Raises ``BadInput`` for one that cannot be, ``CannotRead``."""
    fixed = _fixed(config)
    if fixed is not None:
        return fixed
    choice = _choice()
    return provider(choice.base_url) if choice else provider(OPENROUTER)


def choice(config: ServerConfig | None = None) -> Choice:
    """Provider, model and fallbacks in force: what was chosen, else what we would take."""
    asked = whom(config)
    made = _choice()
    if made and made.model and provider(made.base_url) == asked:
        return Choice(base_url=asked.base_url, model=made.model, fallbacks=made.fallbacks)
    model, *fallbacks = model_list.preferred(_known(asked), asked) or ("",)
    return Choice(base_url=asked.base_url, model=model, fallbacks=tuple(fallbacks))


def choose(wanted: TutorChoice, config: ServerConfig | None = None) -> None:
    """Ask ``wanted`` from now on; an empty model means ours. Raises ``BadInput``, ``CannotWrite``.

    The kept keys stay where they are: each belongs to its base URL.
    """
    asked = provider(wanted.base_url)
    fixed = _fixed(config)
    if fixed is not None and asked != fixed:
        raise BadInput(
            f"The base URL is set to {fixed.base_url} where this Jupyter was started.",
            f"Change or remove {VARIABLE} (or the setting in Jupyter's configuration), then "
            "start Jupyter again.",
        )
    models = tuple(dict.fromkeys(name.strip() for name in (wanted.model, *wanted.fallbacks)))
    if any(len(name) > 200 or not name.isprintable() for name in models):
        raise BadInput("This is not the name of a model.", "Choose one from the list of models.")
    kept = TutorChoice(
        base_url=asked.base_url,
        model=models[0],
        fallbacks=tuple(name for name in models[1:] if name),
    )
    replace_file(own_folder() / CHOICE, kept.model_dump_json(indent=1).encode())


async def models(config: ServerConfig | None = None) -> ModelList:
    """The provider's list; without a connection the one kept from before, or our own short one."""
    asked = await asyncio.to_thread(whom, config)
    key = await asyncio.to_thread(_key_or_none, asked, config)
    model = OpenRouter(asked, key)
    try:
        async with asyncio.timeout(LIST_WITHIN):
            listed = model_list.read(await model.models(), asked)
    except (ModelError, TimeoutError) as error:
        failure = _failure(error, asked)
        kept = await asyncio.to_thread(_kept, asked)
        if kept is not None:
            return ModelList(models=kept.models, source="kept", failure=failure)
        return ModelList(models=_known(asked), source="built-in", failure=failure)
    finally:
        await model.close()
    now = datetime.now(UTC).isoformat(timespec="seconds")
    fresh = KeptList(base_url=asked.base_url, fetched=now, models=listed)
    with contextlib.suppress(CannotWrite):  # a list that is not kept is fetched again
        file = own_folder() / LIST
        await asyncio.to_thread(replace_file, file, fresh.model_dump_json().encode())
    return ModelList(models=listed, source="live")


@asynccontextmanager
async def chosen_model(
    config: ServerConfig | None = None, model: str | None = None
) -> AsyncIterator[ChosenModel]:
    """The model to ask, its connections closed at the end. ``model`` asks another one this time,
    without fallbacks. Where nobody can be asked, its stream raises the reason."""
    try:
        asked = await asyncio.to_thread(whom, config)
        now = await asyncio.to_thread(choice, config)
        if model:
            now = now.model_copy(update={"model": model, "fallbacks": ()})
        elif not now.model:  # a server of one's own, whose models nobody has asked for yet
            now = await _first_listed(asked, config)
        info = await asyncio.to_thread(_info, asked, now.model)
        key = await asyncio.to_thread(keys.key_for, asked, config)
    except LearnError as error:
        yield _nobody(error)
        return
    chat = OpenRouter(asked, key)
    try:
        yield ChosenModel(chat, asked.base_url, info, now.fallbacks)
    finally:
        await chat.close()


async def _first_listed(asked: Provider, config: ServerConfig | None) -> Choice:
    listed = await models(config)
    names = model_list.preferred(listed.models, asked)
    if names:
        return Choice(base_url=asked.base_url, model=names[0], fallbacks=names[1:])
    if listed.failure is not None:
        raise Offline(listed.failure.sentence, listed.failure.hint)
    raise ModelError(f"{asked.name} offers no model.", "Choose another base URL.")


@asynccontextmanager
async def answering_model(
    config: ServerConfig | None = None, model: str | None = None
) -> AsyncIterator[ChosenModel | None]:
    """The same for ``ask``: None while there is no key, so that notes and code answer."""
    async with chosen_model(config, model) as chosen:
        yield None if isinstance(chosen.chat, OpenRouter) and chosen.chat.lacks_key else chosen


def tutor_state(
    workspace: Workspace | None, config: ServerConfig | None = None, *, ceiling: Path | None = None
) -> TutorState:
    """Whom the tutor asks, and how. Blocks on files."""
    asked, now = whom(config), choice(config)
    taught = policy(workspace, ceiling) if workspace else None
    return TutorState(
        base_url=asked.base_url,
        key=_key_or_none(asked, config).source,
        model=now.model,
        fallbacks=now.fallbacks,
        embedder=retrieval_state(workspace).embedder if workspace else WORDS,
        policy="TUTOR.md" if taught and taught.strip() else "ours",
        sign_in=asked.openrouter,
    )


def keep_key(value: str, config: ServerConfig | None = None) -> None:
    """Keep the learner's key for the provider in force. Raises ``BadInput``, ``CannotWrite``."""
    keys.keep(whom(config), value)


def forget_key(config: ServerConfig | None = None) -> None:
    keys.forget(whom(config))


class _Nobody:
    """A ``ChatModel`` that cannot be asked, and says why."""

    def __init__(self, reason: LearnError) -> None:
        self._reason = reason

    async def stream(self, request: ChatRequest) -> AsyncIterator[ChatPiece]:
        if isinstance(self._reason, ModelError):
            raise self._reason
        raise ModelError(self._reason.sentence, self._reason.hint) from self._reason
        yield  # makes this an iterator


def _nobody(reason: LearnError) -> ChosenModel:
    nothing = model_list.unknown("", Provider(""))
    return ChosenModel(_Nobody(reason), "", nothing)


def _fixed(config: ServerConfig | None) -> Provider | None:
    """The base URL that the one who started Jupyter has set."""
    places = (
        (VARIABLE, read_settings().base_url),
        ("base_url in Jupyter's configuration", config.base_url if config else ""),
    )
    for place, base_url in places:
        if base_url:
            try:
                return provider(base_url)
            except BadInput as error:
                raise BadInput(f"{place}: {error.sentence}", error.hint) from error
    return None


def _choice() -> TutorChoice | None:
    file = own_folder() / CHOICE
    try:
        return TutorChoice.model_validate_json(file.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        # falling back to OpenRouter would send elsewhere what was meant to stay
        raise CannotRead(
            f"The file with your choice of a model cannot be read: {file}.",
            "Choose base URL and model again.",
        ) from error


def _kept(asked: Provider) -> KeptList | None:
    try:
        kept = KeptList.model_validate_json((own_folder() / LIST).read_bytes())
    except (OSError, ValidationError):
        return None
    return kept if kept.base_url == asked.base_url else None


def _known(asked: Provider) -> tuple[ModelInfo, ...]:
    """The models we know of without asking."""
    kept = _kept(asked)
    if kept is not None:
        return kept.models
    return model_list.BUILT_IN if asked.openrouter else ()


def _info(asked: Provider, id: str) -> ModelInfo:
    return next((m for m in _known(asked) if m.id == id), model_list.unknown(id, asked))


def _key_or_none(asked: Provider, config: ServerConfig | None) -> keys.Key:
    """For what works without a key, too."""
    try:
        return keys.key_for(asked, config)
    except CannotRead:
        return keys.Key("none")


def _failure(error: Exception, asked: Provider) -> Failure:
    if isinstance(error, LearnError):
        return Failure(code=error.code, sentence=error.sentence, hint=error.hint)
    sentence = f"{asked.name} has not sent its list of models in time."
    return Failure(code="offline_model", sentence=sentence, hint="Try again in a minute.")
