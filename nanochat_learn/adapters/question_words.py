"""What of a question is looked up in the full text."""

from __future__ import annotations

import re
from typing import Final

_LONGEST: Final = 64
"""Distinct words of a question that are looked up; a whole pasted page would take seconds."""

_WORD = re.compile(r"\w+")
_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\da-zA-Z_]+")
_STOP: Final = frozenset(
    re.findall(
        r"\w+",
        "a an and any are as at be been but by can could did do does for from had has have how i "
        "if in into is it its let me my no not of on or our out so some that the their them then "
        "there these they this to us was we were what when where which who whom whose why will "
        "with would you your",
    )
)


def question_words(question: str) -> list[str]:
    """The words to look for: identifiers whole and in parts, stop words left out unless there
    is nothing else. At most 64."""
    found: dict[str, None] = {}
    for word in _WORD.findall(question):
        parts = _PARTS.findall(word)
        for one in (word, *(parts if len(parts) > 1 else ())):
            found.setdefault(one.lower())
    telling = [word for word in found if word not in _STOP and (len(word) > 1 or word.isdigit())]
    return (telling or list(found))[:_LONGEST]
