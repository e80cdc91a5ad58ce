"""Chunks of OpenAI's chat protocol → pieces of an answer. Trusts no field to be of the type that
the protocol says. Opens no connection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from nanochat_learn.adapters import refusals
from nanochat_learn.adapters.refusals import HIDDEN, Asked, Refusal
from nanochat_learn.errors import ModelError
from nanochat_learn.ports import ChatPiece, Finished, Moved, TextPiece, ToolCall

LONGEST_ANSWER = 400_000
"""Characters. What goes on after that is not an answer."""
MOST_CALLS = 32
"""Tool calls in one answer; further ones are ignored."""


@dataclass
class Call:
    """A tool call that is still coming in."""

    id: str = ""
    name: str = ""
    arguments: str = ""


@dataclass
class Heard:
    """What one request has brought so far."""

    secret: str = field(default="", repr=False)
    """The key: should a server repeat it, the learner and the files do not see it."""
    held: str = ""
    """The end of the text so far, where it may be the beginning of the key."""
    characters: int = 0
    reason: str = ""
    model: str = ""
    calls: dict[int, Call] = field(default_factory=dict)
    usage: Mapping[str, Any] = field(default_factory=dict)


def pieces_of(chunk: Any, models: tuple[str, ...], heard: Heard) -> list[ChatPiece]:
    """Read one chunk."""
    pieces: list[ChatPiece] = []
    model = getattr(chunk, "model", None)
    if isinstance(model, str) and model and model != heard.model:
        if model in models:
            pieces.append(Moved(model, f"{heard.model} is not free; {model} answers instead."))
        heard.model = model
    usage = getattr(chunk, "usage", None)
    if usage is not None and hasattr(usage, "model_dump"):
        heard.usage = usage.model_dump()
    choices = getattr(chunk, "choices", None)
    for choice in (choices if isinstance(choices, list) else [])[:1]:
        delta = getattr(choice, "delta", None)
        text = getattr(delta, "content", None)
        if isinstance(text, str) and text:
            text = text[: LONGEST_ANSWER - heard.characters]
            heard.characters += len(text)
            text = _unsaid(heard, text)
            if text:
                pieces.append(TextPiece(text))
        calls = getattr(delta, "tool_calls", None)
        for part in calls if isinstance(calls, list) else []:
            _add_call(part, heard)
        reason = getattr(choice, "finish_reason", None)
        if isinstance(reason, str) and reason:
            heard.reason = reason
    return pieces


def _unsaid(heard: Heard, text: str) -> str:
    """``text`` without the key, also where the key comes in pieces."""
    if not heard.secret:
        return text
    text = (heard.held + text).replace(heard.secret, HIDDEN)
    most = min(len(text), len(heard.secret) - 1)
    kept = next((n for n in range(most, 0, -1) if heard.secret.startswith(text[-n:])), 0)
    heard.held = text[len(text) - kept :]
    return text[: len(text) - kept]


def rest_of(heard: Heard) -> list[ChatPiece]:
    """What was held back, once the answer is over: it was not the key after all."""
    rest, heard.held = heard.held, ""
    return [TextPiece(rest)] if rest else []


def _add_call(part: Any, heard: Heard) -> None:
    """A piece of a tool call: the first brings id and name, the others more of the arguments."""
    index = getattr(part, "index", None)
    index = index if isinstance(index, int) else len(heard.calls)
    if index not in heard.calls and len(heard.calls) >= MOST_CALLS:
        return
    call = heard.calls.setdefault(index, Call())
    function = getattr(part, "function", None)
    for there, name in ((part, "id"), (function, "name"), (function, "arguments")):
        value = getattr(there, name, None)
        if not isinstance(value, str):
            continue
        if name == "arguments":
            call.arguments = (call.arguments + value)[:LONGEST_ANSWER]
        elif value:
            setattr(call, name, value)


def judged(heard: Heard, asked: Asked) -> Refusal | None:
    """Whether what came is an answer at all."""
    model = asked.model
    match heard.reason:
        case "":
            return Refusal(refusals.broken(f"The answer of {model} broke off."), "next")
        case "error":
            return Refusal(refusals.broken(f"{model} broke off."), "next")
        case "content_filter":
            sentence = f"{model} holds back its answer to this question."
            hint = "Ask in other words, or choose another model."
            return Refusal(ModelError(sentence, hint))
        case _ if heard.characters or heard.calls:
            return None
        case "length":
            sentence = f"{model} used up all it may write before it came to the answer."
            return Refusal(ModelError(sentence, refusals.OTHER), "next")
        case _:
            return Refusal(refusals.broken(f"{model} sent an empty answer."), "next")


def finished(heard: Heard) -> Finished:
    calls = tuple(
        ToolCall(call.id or f"call_{index}", call.name, _hidden(call.arguments, heard.secret))
        for index, call in sorted(heard.calls.items())
        if call.name
    )
    return Finished(
        reason="tools" if calls else "length" if heard.reason == "length" else "stop",
        model=heard.model,
        prompt_tokens=_count(heard.usage.get("prompt_tokens")),
        answer_tokens=_count(heard.usage.get("completion_tokens")),
        cost=_dollars(heard.usage.get("cost")),
        calls=calls,
    )


def _hidden(text: str, secret: str) -> str:
    return text.replace(secret, HIDDEN) if secret else text


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and value >= 0 else None


def _dollars(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and value >= 0 else None
