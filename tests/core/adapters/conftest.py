"""A fake provider in this process, and our adapter in front of it."""

from __future__ import annotations

from contextlib import aclosing

import pytest
from planted import PLANTED, Said

from nanochat_learn import provider as providers
from nanochat_learn.adapters.openrouter import OpenRouter
from nanochat_learn.keys import Key
from nanochat_learn.ports import ChatRequest
from nanochat_learn.provider import provider


@pytest.fixture
def model(fake, jp_asyncio_loop):
    model = OpenRouter(provider(fake.base_url), Key("file", PLANTED))
    yield model
    jp_asyncio_loop.run_until_complete(model.close())


@pytest.fixture
def as_openrouter(fake, monkeypatch):
    """The fake stands at OpenRouter's address."""
    monkeypatch.setattr(providers, "OPENROUTER", fake.base_url)


@pytest.fixture
def ask(model):
    async def _ask(name: str, *fallbacks: str, question: str = "hello", tools=(), so_far=None):
        messages = [{"role": "system", "content": "s"}, {"role": "user", "content": question}]
        request = ChatRequest(name, messages, fallbacks=fallbacks, tools=tools)
        pieces = [] if so_far is None else so_far
        async with aclosing(model.stream(request)) as stream:
            async for piece in stream:
                pieces.append(piece)
        return Said(pieces)

    return _ask
