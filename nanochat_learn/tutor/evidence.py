"""Numbers and shapes that an answer says about the learner's run, and that nothing supports.

Supported is what stands in what was sent (the question, the code, the notes, the output) or in
a record of a run, where a number may also be rounded. A sentence that gives a shape to a recorded
tensor of the learner's must give one that it had: a note that happens to hold the same shape is
no support. What an answer marks as an example is no statement about a run; nor is anything in a
block of code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_BLOCK = re.compile(r"^ {0,3}(```|~~~).*?(?:^ {0,3}\1|\Z)", re.M | re.S)
_SHAPE = re.compile(
    r"[(\[] ?\d{1,9}(?: ?, ?\d{1,9}){1,9} ?,? ?[)\]]"
    r"|\b\d{1,9}(?: ?[×✕] ?\d{1,9}){1,9}\b|\b\d{1,9}(?: x \d{1,9}){1,9}\b"
)
_OF_THE_LEARNER = re.compile(
    r"\b(?:your|the recorded|the traced)\b"
    r"|\byou (?:have|had|got|get|see|saw|lost|reached|used|ran|trained|traced|recorded)\b",
    re.I,
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
_NAMED = re.compile(
    r"`([\w.]{1,80})`|\b(\w{1,40}(?:\.\w{1,40}){1,6})\b"
    r"|\b(\w{1,40}) (?:has|had) (?:a |the )?shape\b|\bshape of (?:the |your )?(\w{1,40})\b"
)
MOST = 20


@dataclass(frozen=True, slots=True)
class RunRecord:
    """What a run says of one thing: a tensor, an assigned variable, a setting."""

    name: str
    """``blocks.0.attn.q``; also its last parts name it: ``attn.q``, and ``q`` in code style."""
    shapes: tuple[tuple[int, ...], ...] = ()
    numbers: tuple[float, ...] = ()


def unsupported(answer: str, sent: str, records: Sequence[RunRecord] = ()) -> tuple[str, ...]:
    """The doubtful pieces, word by word as they stand in ``answer``, at most ``MOST``."""
    run = _Run(records)
    shapes = {_digits(match[0]) for match in _SHAPE.finditer(sent)} | run.shapes
    numbers = {_value(match[0]) for match in _NUMBER.finditer(sent)}
    doubtful: dict[str, None] = {}
    for sentence in _SENTENCE.split(_BLOCK.sub("\n", answer)):
        if _EXAMPLE.search(sentence):
            continue
        had = run.shapes_named_in(sentence) if _OF_THE_LEARNER.search(sentence) else None
        for match in _SHAPE.finditer(sentence):
            if _digits(match[0]) not in (shapes if had is None else had):
                doubtful[match[0]] = None
        shapes_here = [match.span() for match in _SHAPE.finditer(sentence)]
        for match in _OF_THE_LEARNER.finditer(sentence):
            for number in _NUMBER.finditer(sentence, match.end(), match.end() + _REACH):
                in_shape = any(a <= number.start() < b for a, b in shapes_here)
                value = _value(number[0])
                if not in_shape and value not in numbers and not run.has(value):
                    doubtful[sentence[match.start() : number.end()]] = None
                    break  # one mark for each statement
    return tuple(doubtful)[:MOST]


class _Run:
    """Records, to be asked quickly."""

    def __init__(self, records: Iterable[RunRecord]) -> None:
        self.shapes: set[tuple[str, ...]] = set()
        self._numbers: list[float] = []
        self._by_name: dict[str, set[tuple[str, ...]]] = {}
        for record in records:
            shapes = {tuple(map(str, shape)) for shape in record.shapes}
            self.shapes |= shapes
            self._numbers += map(abs, record.numbers)
            parts = record.name.split(".")
            for first in range(len(parts) if shapes else 0):
                self._by_name.setdefault(".".join(parts[first:]), set()).update(shapes)

    def has(self, value: str) -> bool:
        """Whether a recorded number is this one, or is rounded to it. Whole numbers are not
        taken for rounded ones: too much lies near them."""
        _, point, decimals = value.partition(".")
        reach = 0.5 * 10.0 ** -len(decimals) if point else 0.0
        there = float(value)
        return any(abs(number - there) <= reach * (1 + 1e-9) for number in self._numbers)

    def shapes_named_in(self, sentence: str) -> set[tuple[str, ...]] | None:
        """All shapes of the recorded tensors that a sentence names; None when it names none."""
        named = [
            self._by_name[name]
            for match in _NAMED.finditer(sentence)
            for name in match.groups()
            if name in self._by_name
        ]
        return set().union(*named) if named else None


def _digits(shape: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\d+", shape))


def _value(number: str) -> str:
    """``1,024`` and ``1024``, ``0.50`` and ``0.5`` are the same number."""
    plain = number.replace(",", "").replace("_", "")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
