"""A language model behind OpenRouter, or behind any server in OpenAI's chat protocol.

Streams text as it comes, puts tool calls together, moves on to the next model when one
refuses, and says so. Stopping the iteration closes the request upstream. Decides nothing
about prompts, tools or citations.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, Literal

from nanochat_learn.adapters import refusals
from nanochat_learn.adapters.chunks import (
    LONGEST_ANSWER,
    Heard,
    finished,
    judged,
    pieces_of,
    rest_of,
)
from nanochat_learn.adapters.openai_client import connect
from nanochat_learn.adapters.refusals import Asked, Refusal
from nanochat_learn.errors import BrokenStream, LearnError, ModelError, NeedsKey, Offline
from nanochat_learn.keys import Key
from nanochat_learn.ports import ChatPiece, ChatRequest, Moved, TextPiece
from nanochat_learn.provider import Provider

if TYPE_CHECKING:
    from openai import AsyncOpenAI

AT_ONCE = 3
"""Models in OpenRouter's own list of fallbacks: it refuses longer ones."""
LONGEST_WAIT = 10.0
"""Seconds. A provider that wants a longer pause is told to the learner instead."""
LAST_WORD = 5.0
"""Seconds after the end of an answer for the numbers that may still follow."""


class _Refused(Exception):
    def __init__(self, refusal: Refusal) -> None:
        super().__init__()
        self.refusal = refusal


class OpenRouter:
    """A ``ChatModel`` of the event loop that first asks; ``close`` ends its connections."""

    def __init__(self, whom: Provider, key: Key) -> None:
        self._whom = whom
        self._key = key
        self._client: AsyncOpenAI | None = None

    def __repr__(self) -> str:
        return f"OpenRouter({self._whom.base_url})"

    @property
    def lacks_key(self) -> bool:
        return self._key.source == "none"

    async def close(self) -> None:
        if self._client is not None:
            await self._client.close()
            self._client = None

    async def stream(self, request: ChatRequest) -> AsyncIterator[ChatPiece]:
        if self.lacks_key:
            raise NeedsKey(
                f"There is no key for {self._whom.name} yet.",
                f"Sign in, or enter a key. {refusals.EXTRACT}",
            )
        if not request.model:
            raise ModelError("No model is chosen.", "Choose one from the list of models.")
        rounds = self._rounds(request)
        tools, waited, number = bool(request.tools), False, 0
        while True:
            models = rounds[number]
            spoke = False
            try:
                async with aclosing(self._one(models, request, tools)) as pieces:
                    async for piece in pieces:
                        spoke = spoke or isinstance(piece, TextPiece)
                        yield piece
                return
            except _Refused as refused:
                refusal = refused.refusal
            if spoke:  # half an answer: another model would begin another one
                raise _as_broken(refusal.error)
            if refusal.then == "without-tools" and tools:
                tools = False
                yield Moved(models[0], f"{refusal.error.sentence} It is asked without tools.")
            elif refusal.then == "next" and number + 1 < len(rounds):
                number += 1
                following = rounds[number][0]
                yield Moved(following, f"{refusal.error.sentence} {following} is asked instead.")
            elif _worth_waiting(refusal.wait) and not waited:
                waited = True
                pause = float(refusal.wait or 0)
                yield Moved(models[0], f"{models[0]} asks for a pause of {pause:.0f} seconds.")
                await asyncio.sleep(pause)
            else:
                raise refusal.error

    async def models(self) -> list[Mapping[str, Any]]:
        """The provider's list of models as it is. Raises ``ModelError``."""
        said = await self._call("GET", "/models")
        listed = said.get("data") if isinstance(said, Mapping) else None
        if not isinstance(listed, list):
            raise refusals.broken(f"{self._whom.name} sent no list of models.")
        return [one for one in listed if isinstance(one, Mapping)]

    async def exchange(self, code: str, verifier: str) -> str:
        """The last step of OpenRouter's sign-in: a code for a key. Raises ``ModelError``."""
        body = {"code": code, "code_verifier": verifier, "code_challenge_method": "S256"}
        said = await self._call("POST", "/auth/keys", body)
        key = said.get("key") if isinstance(said, Mapping) else None
        if not isinstance(key, str) or not key:
            raise refusals.broken(f"{self._whom.name} sent no key.")
        return key

    async def _call(self, method: Literal["GET", "POST"], path: str, body: Any = None) -> Any:
        client = await self._connected()
        try:
            if method == "GET":
                return await client.get(path, cast_to=object)
            return await client.post(path, cast_to=object, body=body)
        except Exception as error:
            raise refusals.of_exception(error, self._asked("")).error from None

    async def _connected(self) -> AsyncOpenAI:
        if self._client is None:
            self._client = await connect(self._whom, self._key)
        return self._client

    def _asked(self, model: str, tools: bool = False) -> Asked:
        return Asked(self._whom, model or self._whom.name, self._key.value, tools)

    def _rounds(self, request: ChatRequest) -> list[tuple[str, ...]]:
        """Which models each request names. OpenRouter falls back by itself within one."""
        models = tuple(dict.fromkeys((request.model, *request.fallbacks)))
        size = AT_ONCE if self._whom.openrouter else 1
        return [models[at : at + size] for at in range(0, len(models), size)]

    async def _one(
        self, models: tuple[str, ...], request: ChatRequest, tools: bool
    ) -> AsyncGenerator[ChatPiece, None]:
        """One request. Raises ``_Refused`` and nothing else that is an error."""
        asked = self._asked(models[0], tools)
        heard = Heard(model=models[0], secret=self._key.value)
        try:
            client = await self._connected()
            upstream = await client.chat.completions.create(
                **self._body(models, request, tools), stream=True
            )
            async with upstream:  # closed on every way out: this is what stops the model
                while True:
                    try:
                        async with asyncio.timeout(LAST_WORD if heard.reason else None):
                            chunk = await anext(upstream)
                    except (StopAsyncIteration, TimeoutError):
                        break
                    for piece in pieces_of(chunk, models, heard):
                        yield piece
                    if heard.characters >= LONGEST_ANSWER:
                        heard.reason = "length"
                        break
        except LearnError:
            raise
        except Exception as error:
            refusal = None if heard.reason else refusals.of_exception(error, asked)
        else:
            refusal = None
        for piece in rest_of(heard):
            yield piece
        refusal = refusal or judged(heard, asked)
        if refusal is not None:
            raise _Refused(refusal)
        yield finished(heard)

    def _body(self, models: tuple[str, ...], request: ChatRequest, tools: bool) -> dict[str, Any]:
        extra = dict(request.extra)
        if self._whom.openrouter:
            extra["usage"] = {"include": True}
            if len(models) > 1:
                extra["models"] = list(models)
        body: dict[str, Any] = {
            "model": models[0],
            "messages": list(request.messages),
            "max_tokens": request.max_tokens,
            "stream_options": {"include_usage": True},
            "extra_body": extra,
        }
        if tools:
            body["tools"] = list(request.tools)
        return body


def _worth_waiting(seconds: float | None) -> bool:
    return seconds is not None and seconds <= LONGEST_WAIT


def _as_broken(error: ModelError) -> ModelError:
    """The answer had begun: what came is kept, and the learner may retry."""
    if isinstance(error, BrokenStream):
        return error
    if isinstance(error, Offline):
        return refusals.broken("The connection broke in the middle of the answer.")
    return refusals.broken(f"The answer broke off. {error.sentence}")
