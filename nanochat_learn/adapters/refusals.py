"""What a provider says instead of an answer → an error with a next step, and what to try.

Words of the provider are quoted short, on one line, and never with the key in them.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from nanochat_learn.errors import (
    BrokenStream,
    ModelError,
    NeedsKey,
    NoCredit,
    Offline,
    RateLimited,
)
from nanochat_learn.provider import Provider

QUOTED = 200
"""Characters of the provider's own words."""

HIDDEN = "•••"
"""Stands where a server repeats the key."""

OTHER = "Choose another model."
EXTRACT = "Without a key you still get an answer put together from the notes and the code."


@dataclass(frozen=True, slots=True)
class Refusal:
    """``then``: whether another model, or the same one without tools, may still answer.
    ``wait``: seconds after which the provider wants to be asked again, where it says so."""

    error: ModelError
    then: Literal["stop", "next", "without-tools"] = "stop"
    wait: float | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Who was asked for what: enough to word a sentence."""

    whom: Provider
    model: str
    key: str = ""
    tools: bool = False

    def quote(self, words: object) -> str:
        text = " ".join(str(words or "").split())
        if self.key:
            text = text.replace(self.key, HIDDEN)
        text = text.rstrip(".")
        return text if len(text) <= QUOTED else text[: QUOTED - 1] + "…"


def of_exception(error: Exception, asked: Asked) -> Refusal:
    """Anything that asking or reading the stream has raised."""
    import openai

    match error:
        case openai.APIStatusError():
            return of_status(error.status_code, _message(error.body), error.response.headers, asked)
        case openai.APITimeoutError():
            slow = f"{asked.whom.name} has not answered in time."
            return Refusal(Offline(slow, "Try again, or choose another model."), "next")
        case openai.APIConnectionError():
            return Refusal(_unreachable(asked))
        case openai.APIError():  # an error object inside the stream
            code = _code(error.body)
            if code is not None:
                return of_status(code, error.message, {}, asked)
            sentence = f"{asked.model} broke off: {asked.quote(error.message)}."
            return Refusal(broken(sentence), "next")
        case _:  # not JSON, or JSON of another shape: what exactly depends on the place
            sentence = f"{asked.whom.name} sent something that cannot be read."
            return Refusal(broken(sentence), "next")


def of_status(status: int, message: object, headers: Mapping[str, str], asked: Asked) -> Refusal:
    """An HTTP status, or the same number inside a stream (OpenRouter sends them there too)."""
    name, model, words = asked.whom.name, asked.model, asked.quote(message)
    said = f" It says: {words}." if words else ""
    low = words.lower()
    if asked.tools and status in (400, 404, 422, 500, 501) and ("tool" in low or "function" in low):
        error = ModelError(f"{model} cannot look things up by itself.", OTHER)
        return Refusal(error, "without-tools")
    match status:
        case 401:
            sentence = f"{name} does not accept the key.{said}"
            return Refusal(NeedsKey(sentence, f"Sign in again or enter another key. {EXTRACT}"))
        case 402:
            sentence = f"The account at {name} has not enough credit for {model}.{said}"
            return Refusal(NoCredit(sentence, f"Choose a free model, or add credit at {name}."))
        case 403:
            sentence = f"{name} refuses this request to {model}.{said}"
            return Refusal(ModelError(sentence, "Choose another model, or ask in other words."))
        case 429:
            wait = _seconds(headers)
            hint = "Try again later, or choose another model."
            if wait:
                hint = f"Try again in {_in_words(wait)}, or choose another model."
            sentence = f"{model} has too many requests at the moment.{said}"
            return Refusal(RateLimited(sentence, hint), "next", wait)
        case 413 | 400 | 422 if status == 413 or "context" in low or "too long" in low:
            sentence = f"The question with all that goes along is too long for {model}.{said}"
            hint = "Choose a model with a larger context, or begin a new conversation."
            return Refusal(ModelError(sentence, hint))
        case 400 | 404 | 422:
            sentence = f"{model} is not to be had at {name}.{said}"
            return Refusal(ModelError(sentence, OTHER), "next")
        case _ if 300 <= status < 400:
            sentence = f"{name} sends us to another address. The key stays here."
            return Refusal(ModelError(sentence, "Check the base URL: some end in /v1."))
        case 408:
            sentence = f"{model} has not answered in time.{said}"
            return Refusal(Offline(sentence, "Try again, or choose another model."), "next")
        case _:
            sentence = f"{model} does not work at the moment (error {status}).{said}"
            hint = "Try again in a minute, or choose another model."
            return Refusal(ModelError(sentence, hint), "next", _seconds(headers))


def broken(sentence: str) -> BrokenStream:
    return BrokenStream(sentence, "Press retry; if it happens again, choose another model.")


def _unreachable(asked: Asked) -> Offline:
    if asked.whom.local:
        hint = "Start the server of the model on this machine, or choose another base URL."
        return Offline(f"Nothing answers at {asked.whom.base_url}.", hint)
    return Offline(
        f"{asked.whom.name} cannot be reached.",
        "Check the connection to the internet. Search and the answer from notes and code "
        "work without it.",
    )


def _message(body: object) -> object:
    """The words in an error's body; providers nest them in different depths."""
    while isinstance(body, Mapping):
        raw = body.get("metadata")
        if isinstance(raw, Mapping) and isinstance(raw.get("raw"), str):
            return raw["raw"]  # OpenRouter: what the model's own provider said
        body = body.get("error") or body.get("message")
    return body if isinstance(body, str) and not body.lstrip().startswith("<") else ""


def _code(body: object) -> int | None:
    code: Any = body.get("code") if isinstance(body, Mapping) else None
    try:
        number = int(code)
    except (TypeError, ValueError):
        return None
    return number if 400 <= number < 600 else None


def _seconds(headers: Mapping[str, str]) -> float | None:
    """From ``Retry-After`` (seconds or a date) or OpenRouter's ``X-RateLimit-Reset``."""
    from email.utils import parsedate_to_datetime

    after = headers.get("retry-after", "").strip()
    reset = headers.get("x-ratelimit-reset", "").strip()
    seconds: float | None = None
    try:
        if after:
            number = json.loads(after) if after.replace(".", "", 1).isdecimal() else None
            seconds = (
                float(number)
                if number is not None
                else parsedate_to_datetime(after).timestamp() - time.time()
            )
        elif reset.isdecimal():
            seconds = int(reset) / 1000 - time.time()
    except (ValueError, OverflowError):
        return None
    return seconds if seconds is not None and 0 < seconds < 7 * 86_400 else None


def _in_words(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} seconds"
    if seconds < 5_400:
        return f"{round(seconds / 60)} minutes"
    return f"{round(seconds / 3_600)} hours"
