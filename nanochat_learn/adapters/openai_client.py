"""Opens the client of OpenAI's protocol so that it speaks to one server only, and says only what
it must.

No redirect is followed: the key would go with it. Of the headers, those that are needed leave
the machine; what the environment holds for OpenAI (organization, other keys, other headers)
does not. Proxies of the environment (``HTTPS_PROXY``, ``NO_PROXY``) are used, as a network may
let nothing else through, except for servers on this machine.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from nanochat_learn.keys import Key
from nanochat_learn.provider import Provider

if TYPE_CHECKING:
    from openai import AsyncOpenAI

CONNECT, WRITE = 10.0, 30.0
READ, READ_LOCAL = 60.0, 300.0
"""Seconds without a sign of life. A small machine may read a long prompt for minutes."""

HEADERS = frozenset(
    {
        *("host", "accept", "accept-encoding", "connection", "user-agent"),
        *("content-type", "content-length", "transfer-encoding", "x-title"),
    }
)
AGENT = "nanochat-learn"


async def connect(whom: Provider, key: Key) -> AsyncOpenAI:
    """A client for ``whom``. Importing openai and reading the system's certificates
    takes half a second: it happens in a thread."""
    return await asyncio.to_thread(_open, whom, key.value)


def _open(whom: Provider, key: str) -> AsyncOpenAI:
    import openai

    async def only_what_is_needed(request: Any) -> None:
        for name in set(request.headers) - HEADERS:
            del request.headers[name]
        request.headers["User-Agent"] = AGENT
        if key:
            request.headers["Authorization"] = f"Bearer {key}"

    client = openai.AsyncOpenAI(
        api_key=key or "none",  # the client wants one; the hook above decides what is sent
        base_url=whom.base_url,
        max_retries=0,  # fallbacks and pauses are ours, and told
        timeout=openai.Timeout(
            connect=CONNECT, read=READ_LOCAL if whom.local else READ, write=WRITE, pool=CONNECT
        ),
        default_headers={"X-Title": AGENT} if whom.openrouter else {},
        http_client=openai.DefaultAsyncHttpxClient(
            follow_redirects=False,
            trust_env=not whom.local,
            event_hooks={"request": [only_what_is_needed]},
        ),
    )
    _ = client.chat.completions  # imported when first touched: here, not on the event loop
    return client
