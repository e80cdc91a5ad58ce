"""What kind of question is this, and about what? By the wording alone; names are not looked up.

A question whose wording fits no pattern is ``open``. A pattern that fits by accident does no
harm: where the thing asked about is not in the graph, the question is answered as an open one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from nanochat_learn.retrieval.wordings import POLITE, STRICT, THANKS, WORDINGS
from nanochat_learn.schema.search import Intent


@dataclass(frozen=True, slots=True)
class Asked:
    """``subject`` is the phrase that names the thing; the rest as in ``Wording``."""

    intent: Intent
    subject: str
    sure: bool = True
    outward: bool = False
    tests: bool = False
    place: bool = False
    strict: bool = False
    """The verb belongs to code alone ("calls", "inherits from", not "uses" or "makes")."""


_LONGEST_SUBJECT: Final = 120


def parse(question: str) -> list[Asked]:
    """Every reading of the question, the most telling first; the last is always ``open``."""
    text = " ".join(question.split())[: 4 * _LONGEST_SUBJECT]
    text = THANKS.sub("", POLITE.sub("", text).rstrip("?!. ")).strip("?!. ")
    readings = []
    if len(text) <= 2 * _LONGEST_SUBJECT:
        for intent, pattern, sure, outward, tests, place in WORDINGS:
            matched = pattern.match(text)
            if matched and 0 < len(subject := matched["x"].strip()) <= _LONGEST_SUBJECT:
                strict = intent != "symbol" and bool(STRICT.search(text))
                readings.append(Asked(intent, subject, sure, outward, tests, place, strict))
    if text and len(text) <= _LONGEST_SUBJECT:
        readings.append(Asked("symbol", text, sure=False))
    readings.append(Asked("open", question))
    return readings
