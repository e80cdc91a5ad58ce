"""An answer on a terminal, word by word as it comes; or as JSON, one event a line.

Only says what the events say: ``cli.py`` asks and decides the exit code.
"""

from __future__ import annotations

import re
import sys
from collections.abc import AsyncIterator
from typing import TextIO

from nanochat_learn.schema.tutor import AskEvent, Citation, Message
from nanochat_learn.schema.wire import Failure

_CITED = re.compile(r"\[\[([^\[\]]+)\]\]")


async def print_json(events: AsyncIterator[AskEvent], out: TextIO | None = None) -> Failure | None:
    """Each event as it comes. Returns the failure of the last one, if it was one."""
    failure = None
    async for event in events:
        print(event.model_dump_json(), file=out or sys.stdout, flush=True)
        failure = event.failure if event.type == "error" else None
    return failure


async def print_text(
    events: AsyncIterator[AskEvent], progress: TextIO | None = None, out: TextIO | None = None
) -> Failure | None:
    """The text as it streams, then its sources. What is under way goes to ``progress``."""
    out = out or sys.stdout
    known: dict[str, Citation] = {}
    last = ""
    async for event in events:
        match event.type:
            case "status" if progress is not None and not last:
                print(event.sentence, file=progress, flush=True)
            case "citation":
                known[event.citation.id] = event.citation
            case "delta":
                last = event.text
                print(_named(last, known), end="", file=out, flush=True)
            case "error":
                if last:
                    print(file=out)
                return event.failure
            case "done":
                print("" if last.endswith("\n") else "\n", file=out)
                _print_end(event.message, out)
    return None


def _named(text: str, known: dict[str, Citation]) -> str:
    """``[[id]]`` as the name of the thing. A citation never falls apart between two pieces."""

    def name(match: re.Match[str]) -> str:
        return f"[{known[match[1]].label}]" if match[1] in known else match[0]

    return _CITED.sub(name, text)


def _print_end(message: Message, out: TextIO) -> None:
    if message.extractive:
        print("  Put together from notes and code, without a language model.", file=out)
    for citation in message.citations:
        place = citation.file_path or citation.id
        print(
            f"  {citation.label}: {place}{f':{citation.line}' if citation.line else ''}", file=out
        )
    if message.struck:
        print(f"  {message.struck} sources that do not exist were struck.", file=out)
    if message.unsupported:
        print(f"  Not supported by anything: {'; '.join(message.unsupported)}", file=out)
    if message.failure is not None:
        print(f"  {message.failure.sentence} {message.failure.hint}".rstrip(), file=out)
