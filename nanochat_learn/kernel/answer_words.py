"""How a verdict speaks of a learner's answer: its type, its numbers, a place in it, what is off.

Pure, and without torch until a tensor is there. The verdicts themselves are in ``exercise.py``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import Tensor


def kind(answer: object) -> str:
    """The type in the learner's words."""
    return "tensor" if is_tensor(answer) else type(answer).__name__


def shown(value: object, most: int = 60) -> str:
    """A value as Python writes it, cut."""
    try:
        text = repr(value)
    except Exception:  # a learner's class may do anything
        return f"something of type {type(value).__name__}"
    return text if len(text) <= most else text[:most] + " …"


def number(value: float | None) -> str:
    """``0.5``, ``−∞``, ``3`` …: four digits, as the pictures write them."""
    if value is None or math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    return f"{value:.4g}".replace("-", "−")


def place(index: Sequence[int]) -> str:
    """A place in a tensor, counted from 0."""
    match len(index):
        case 0:
            return "its only number"
        case 1:
            return f"place {index[0]}"
        case 2:
            return f"row {index[0]}, column {index[1]}"
        case _:
            return f"[{', '.join(map(str, index))}]"


def dtype_name(tensor: Any) -> str:
    """The number format in the learner's words."""
    name = str(tensor.dtype).removeprefix("torch.")
    return {"int64": "whole numbers (int64)", "bool": "True and False"}.get(name, name)


def is_tensor(answer: object) -> bool:
    """Without torch, and without asking an object that may answer anything."""
    return hasattr(type(answer), "aminmax")


def is_a(answer: object) -> str:
    """“Your answer is a list ([1]).”"""
    if is_tensor(answer):
        return f"Your answer is a tensor of shape {tuple(answer.shape)}."  # type: ignore[attr-defined]
    name = kind(answer)
    article = "an" if name[:1].lower() in "aeiou" else "a"
    words = {"str": "text", "bool": "a truth value", "float": "one number", "int": "one number"}
    said = words.get(name, f"{article} {name}")
    return f"Your answer is {said}" + (
        f" ({shown(answer)})." if name in (*words, "list", "tuple", "dict") else "."
    )


def axes(count: int) -> str:
    """``1 axis``, ``2 axes``."""
    return f"{count} {'axis' if count == 1 else 'axes'}"


def named(what: str | None, index: tuple[int, ...]) -> str:
    """“At row 0, column 2 (counted from 0)”, or as ``what`` names that place."""
    if what is None:
        return f"At {place(index)} (counted from 0)" if index else "As its only number"
    row = index[-2] if len(index) > 1 else (index[-1] if index else 0)
    column = index[-1] if index else 0
    said = what.format(row=row, column=column, index=index, place=column)
    return f"At {said} (counted from 0)"


def off(value: float, wanted: float) -> str:
    """In which direction a number is wrong; never how far, that would be the answer."""
    if math.isinf(value) or math.isinf(wanted):
        return "That is not right."
    if value and wanted and math.isclose(value, -wanted, rel_tol=1e-4):
        return "That has the wrong sign."
    return "That is too large." if value > wanted else "That is too small."


def whole_in_words(mine: Tensor, right: Tensor, tolerance: float) -> str:
    """One sentence for all numbers at once, when one mistake explains them all."""
    import torch

    if mine.numel() < 2 or not bool(mine.isfinite().all() and right.isfinite().all()):
        return ""

    def alike(other: Tensor) -> bool:
        return torch.allclose(mine, other, rtol=tolerance, atol=tolerance)

    if mine.ndim == 2 and mine.shape[0] == mine.shape[1] and alike(right.T):
        return "Your tensor has rows and columns swapped: it is the right one, turned over."
    largest = int(right.abs().argmax())
    base = float(right.flatten()[largest])
    factor = float(mine.flatten()[largest]) / base if base else 0.0
    if factor and alike(right * factor):
        if math.isclose(factor, -1, rel_tol=1e-3):
            return "All your numbers have the wrong sign."
        if number(factor) != "1":
            return f"All your numbers are {number(factor)} times what they should be."
    shift = float(mine.flatten()[0] - right.flatten()[0])
    if abs(shift) > tolerance and alike(right + shift):
        way = "large" if shift > 0 else "small"
        return f"All your numbers are too {way}, by the same amount: {number(abs(shift))}."
    return ""
