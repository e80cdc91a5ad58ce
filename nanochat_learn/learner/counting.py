"""Which lines of evidence count for one item of a lesson. Not mastery: no judgement here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from nanochat_learn.schema.learner import Evidence


def evidence_in(entries: Iterable[Mapping[str, Any]]) -> tuple[list[Evidence], list[str]]:
    """Lines of a journal → (evidence, oldest first; ids of lines that are of another format)."""
    read: list[Evidence] = []
    strange: list[str] = []
    for entry in entries:
        try:
            read.append(Evidence.model_validate(entry))
        except ValidationError:
            strange.append(str(entry.get("id", "")))
    return sorted(read, key=_when), strange


def each_once(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Oldest first; a line that comes twice counts once. Of two different lines under one id the
    same one counts, whichever was read first."""
    found: dict[str, Evidence] = {}
    for line in evidence:
        other = found.setdefault(line.id, line)
        if other is not line and other != line:
            found[line.id] = min(other, line, key=lambda one: one.model_dump_json())
    return sorted(found.values(), key=_when)


def since_reset(evidence: Iterable[Evidence], lesson: str) -> list[Evidence]:
    """What counts in a lesson, oldest first: everything after it was last begun anew."""
    counted: list[Evidence] = []
    for line in sorted(evidence, key=_when):
        if line.lesson != lesson:
            continue
        if line.kind == "reset":
            counted.clear()
        else:
            counted.append(line)
    return counted


def guess_of(counted: Iterable[Evidence], item: str) -> str | None:
    """The first guess, if it came before the truth was shown; ``counted`` is oldest first."""
    for line in counted:
        if line.item == item and line.kind == "prediction":
            return line.answer
        if line.item == item and line.kind == "reveal":
            return None
    return None


def revealed(counted: Iterable[Evidence], item: str) -> bool:
    return any(line.item == item and line.kind == "reveal" for line in counted)


def attempts_at(counted: Iterable[Evidence], item: str) -> int:
    """Checks of an exercise; one that was left as it was is never written down."""
    return sum(line.item == item and line.kind == "check" for line in counted)


def hints_seen(counted: Iterable[Evidence], item: str) -> int:
    """How far up the ladder. The answer is the hint's number; each counts once."""
    return len({line.answer for line in counted if line.item == item and line.kind == "hint"})


_AT_ONCE = ("reset", "prediction", "reveal", "hint", "check", "solution", "quiz")
"""The order of what happened in the same instant: a guess comes before the truth."""


def _when(line: Evidence) -> tuple[str, int, str]:
    """``…:07Z`` before ``…:07.5Z``: the sign Z sorts behind the point."""
    return line.at.rstrip("Z"), _AT_ONCE.index(line.kind), line.id
