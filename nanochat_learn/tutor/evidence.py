"""Numbers and shapes that an answer says about the learner's run, and that nothing supports.

Supported is what stands in what was sent: the question, the code, the notes, the output. Records
of runs will join it as ``records``. What an answer marks as an example is no statement about
a run; nor is anything in a block of code.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_BLOCK = re.compile(r"^ {0,3}(```|~~~).*?(?:^ {0,3}\1|\Z)", re.M | re.S)
_SHAPE = re.compile(
    r"[(\[] ?\d{1,9}(?: ?, ?\d{1,9}){1,9} ?,? ?[)\]]"
    r"|\b\d{1,9}(?: ?[×✕] ?\d{1,9}){1,9}\b|\b\d{1,9}(?: x \d{1,9}){1,9}\b"
)
_OF_THE_LEARNER = re.compile(
    r"\byour\b|\byou (?:have|had|got|get|see|saw|lost|reached|used|ran|trained)\b", re.I
)
_REACH = 90
"""Signs behind such words in which a number counts as said about the learner's run."""
_EXAMPLE = re.compile(
    r"\b(?:for example|for instance|e\.g\.|say|suppose|imagine|if|would|let us|let's|example"
    r"|picture|think of|take)\b",
    re.I,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")
_NUMBER = re.compile(r"(?<![\w.])\d[\d,_]*(?:\.\d+)?")
MOST = 20


def unsupported(answer: str, sent: str, records: Sequence[str] = ()) -> tuple[str, ...]:
    """The doubtful pieces, word by word as they stand in ``answer``, at most ``MOST``."""
    corpus = "\n".join((sent, *records))
    shapes = {_digits(match[0]) for match in _SHAPE.finditer(corpus)}
    numbers = {_value(match[0]) for match in _NUMBER.finditer(corpus)}
    doubtful: dict[str, None] = {}
    for sentence in _SENTENCE.split(_BLOCK.sub("\n", answer)):
        if _EXAMPLE.search(sentence):
            continue
        for match in _SHAPE.finditer(sentence):
            if _digits(match[0]) not in shapes:
                doubtful[match[0]] = None
        shapes_here = [match.span() for match in _SHAPE.finditer(sentence)]
        for match in _OF_THE_LEARNER.finditer(sentence):
            for number in _NUMBER.finditer(sentence, match.end(), match.end() + _REACH):
                in_shape = any(a <= number.start() < b for a, b in shapes_here)
                if not in_shape and _value(number[0]) not in numbers:
                    doubtful[sentence[match.start() : number.end()]] = None
                    break  # one mark for each statement
    return tuple(doubtful)[:MOST]


def _digits(shape: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\d+", shape))


def _value(number: str) -> str:
    """``1,024`` and ``1024``, ``0.50`` and ``0.5`` are the same number."""
    plain = number.replace(",", "").replace("_", "")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
