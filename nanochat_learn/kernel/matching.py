"""Whether a guess and what the kernel read are the same. Pure."""

from __future__ import annotations

import math
import re
from typing import Any

NEAR = 0.01
"""How far a number may be off where the question does not say: a part of the truth."""

_NUMBER = re.compile(r"[-+−]?(?:\d+(?:[_ ]\d{3})+|\d+)?\.?\d+(?:[eE][-+]?\d+)?%?")
_BETWEEN = re.compile(r"[\s,;()\[\]x×*·]*")


def as_text(value: Any) -> str:
    """The truth as a learner reads it: ``(4, 4)``, ``0.25``, ``the``."""
    if isinstance(value, str):
        return value
    if hasattr(value, "item") and hasattr(value, "shape"):  # a tensor, an array, a number of numpy
        value = value.item() if math.prod(value.shape) == 1 else value.tolist()
    if isinstance(value, bool | int) or value is None:
        return str(value)
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, tuple) and all(isinstance(part, int) for part in value):
        return str(tuple(value))  # also a torch.Size
    if isinstance(value, list | tuple):
        inside = ", ".join(as_text(part) for part in value)
        return f"[{inside}]" if isinstance(value, list) else f"({inside})"
    return str(value)


def same(guess: str, truth: str, tolerance: float | None = None) -> bool:
    """As text without white space, quotes and case; numbers within ``tolerance`` of the truth.

    A list of numbers is compared number by number, whatever stands between them: ``4 x 4`` is
    ``(4, 4)``. Whole numbers in a list are sizes or places: each must be exact, unless the question
    says how far it may be off.
    """
    if _bare(guess) == _bare(truth):
        return True
    mine, right = _numbers(guess), _numbers(truth)
    if mine is None or right is None or len(mine) != len(right):
        return False
    sizes = len(right) > 1 and all(n == int(n) for n in right)
    near = tolerance if tolerance is not None else 0.0 if sizes else NEAR
    return all(
        math.isclose(a, b, rel_tol=0, abs_tol=near * abs(b) + 1e-9)
        for a, b in zip(mine, right, strict=True)
    )


def _bare(text: str) -> str:
    return re.sub(r"[\s'\"`“”‘’]", "", text).casefold().replace("−", "-")


def _numbers(text: str) -> list[float] | None:
    """All numbers of a text that has nothing else in it; None when it has words."""
    text = text.strip().replace("−", "-")
    if re.fullmatch(r"\d{1,3}(,\d{3})+", text):
        text = text.replace(",", "")
    found = _NUMBER.findall(text)
    if not found or not _BETWEEN.fullmatch(_NUMBER.sub("", text)):
        return None
    return [_value(piece) for piece in found]


def _value(piece: str) -> float:
    part = piece.endswith("%")
    value = float(re.sub(r"[_ %]", "", piece))
    return value / 100 if part else value
