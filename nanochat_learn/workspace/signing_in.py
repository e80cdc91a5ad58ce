"""OpenRouter's sign-in (PKCE): an address to open, and what comes back from it.

Verifier and state stay in this process, for ten minutes and one use. The key that is got goes
into the file of keys and nowhere else.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from nanochat_learn import keys
from nanochat_learn.adapters.openrouter import OpenRouter
from nanochat_learn.errors import BadInput
from nanochat_learn.keys import Key, ServerConfig
from nanochat_learn.provider import OPENROUTER_SIGN_IN, Provider
from nanochat_learn.schema.tutor import SignIn
from nanochat_learn.workspace.choosing import whom

VALID = 600.0
"""Seconds from the button to the way back."""
MOST = 20
"""Sign-ins under way; the oldest gives way."""
AGAIN = "Go back to JupyterLab and press “Sign in” again."


@dataclass(frozen=True, slots=True)
class _Pending:
    whom: Provider
    verifier: str
    until: float


class SignIns:
    """The sign-ins under way in one server."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._pending: dict[str, _Pending] = {}
        self._clock = clock

    def begin(self, callback: str, config: ServerConfig | None = None) -> SignIn:
        """``callback`` is our own address; the state becomes its last part. Raises ``BadInput``."""
        asked = whom(config)
        if not asked.openrouter:
            raise BadInput(
                f"{asked.name} offers no sign-in.", "Enter a key, or choose OpenRouter's base URL."
            )
        state, verifier = secrets.token_urlsafe(24), secrets.token_urlsafe(48)
        while len(self._pending) >= MOST:
            del self._pending[next(iter(self._pending))]
        self._pending[state] = _Pending(asked, verifier, self._clock() + VALID)
        digest = hashlib.sha256(verifier.encode()).digest()
        query = {
            "callback_url": f"{callback.rstrip('/')}/{state}",
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        return SignIn(url=f"{OPENROUTER_SIGN_IN}?{urlencode(query)}")

    async def finish(self, state: str, code: str) -> None:
        """Change the code for a key, and keep it. Raises ``BadInput`` for a state that is not
        ours, was used, or is too old; ``ModelError``; ``CannotWrite``."""
        pending = self._pending.pop(state, None)  # whatever comes of it: one use
        if pending is None or pending.until < self._clock():
            raise BadInput("This sign-in was used already, or took too long.", AGAIN)
        if not code:
            raise BadInput("OpenRouter has not agreed to the sign-in.", AGAIN)
        provider = OpenRouter(pending.whom, Key("unneeded"))
        try:
            key = await provider.exchange(code, pending.verifier)
        finally:
            await provider.close()
        await asyncio.to_thread(keys.keep, pending.whom, key)
