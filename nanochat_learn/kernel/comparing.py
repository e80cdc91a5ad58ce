"""``compare(toy, real, …)``: two ways to compute the same, on the same tensors."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from typing import Any

from nanochat_learn.errors import BadInput
from nanochat_learn.kernel.answer_words import kind, number, place
from nanochat_learn.kernel.cell_events import out_of_order
from nanochat_learn.kernel.guarding import in_words
from nanochat_learn.kernel.shown import Shown, says
from nanochat_learn.schema.learner import CompareResult
from nanochat_learn.svg import GREEN, ORANGE, words_card


@says("compare(toy_softmax, real_softmax, x)")
def compare(toy: Any, real: Any, /, *args: Any, tolerance: float = 1e-5) -> Shown:
    """Call both on ``args`` (or take them as they are, when they are tensors) and say how far apart
    they are. ``tolerance`` is the largest absolute difference at which they agree."""
    names = _name_of(toy, "the first"), _name_of(real, "the second")
    one, two = (
        _tensor(_value(what, name, args), name)
        for what, name in zip((toy, real), names, strict=True)
    )
    body = CompareResult(
        toy=names[0], real=names[1], tolerance=tolerance, **_apart(one, two, names, tolerance)
    )
    title, colour = ("They agree", GREEN) if body.agree else ("They differ", ORANGE)
    if not body.agree and (first := out_of_order()):
        body = body.model_copy(update={"message": f"{body.message} {first}"})
    return Shown(body, body.message, words_card(title, body.message, colour))


def _value(what: Any, name: str, args: tuple[Any, ...]) -> Any:
    if not callable(what):
        return what
    if not args:
        raise BadInput(
            f"{name} is a function, and it was given nothing to compute with.",
            "Hand over what both are called with: compare(toy, real, x).",
        )
    try:
        return what(*args)
    except Exception as error:
        raise BadInput(in_words(error, name)) from error


def _tensor(value: Any, name: str) -> Any:
    import torch

    if isinstance(value, torch.Tensor):
        return value.detach().cpu()
    try:
        return torch.as_tensor(value)
    except (TypeError, ValueError, RuntimeError):
        raise BadInput(
            f"{name} gives a {kind(value)}, which has no numbers to compare.",
            "Compare two tensors, two numbers, or two functions that give such.",
        ) from None


def _apart(one: Any, two: Any, names: tuple[str, str], tolerance: float) -> dict[str, Any]:
    """The fields of the result that come from the numbers."""
    import torch

    toy, real = names
    shapes = tuple(one.shape), tuple(two.shape)
    if shapes[0] != shapes[1]:
        raise BadInput(
            f"{toy} has shape {shapes[0]}, {real} has shape {shapes[1]}.",
            "Only tensors of one shape can be compared number by number.",
        )
    shape = {"shape": shapes[0]}
    if not one.numel():
        return {**shape, "difference": 0.0, "agree": True, "message": "Both are empty."}
    a, b = one.double(), two.double()
    same = (a == b) | (a.isnan() & b.isnan())  # also both −∞
    difference = torch.where(same, torch.zeros_like(a), (a - b).abs())
    largest = int(difference.nan_to_num(math.inf, math.inf).argmax())
    at = tuple(int(i) for i in torch.unravel_index(torch.tensor(largest), one.shape))
    worst = float(difference.flatten()[largest])
    agree = worst <= tolerance
    how = f"The largest difference is {_small(worst)}"
    if agree:
        how += "." + " That is rounding: the same, added up in another order." * bool(worst)
    else:
        here, there = number(float(a[at])), number(float(b[at]))
        how += f", at {place(at)} (counted from 0): {here} and {there}."
    said = "give the same numbers" if agree else "do not give the same numbers"
    count = f"{one.numel():,} number{'s' * (one.numel() != 1)}"
    if one.dim() > 1:
        count += f" of shape {shapes[0]}"
    message = f"{toy} and {real} {said} ({count}). {how}"
    finite = worst if math.isfinite(worst) else sys.float_info.max
    return {**shape, "difference": finite, "agree": agree, "message": message}


def _small(difference: float) -> str:
    """``0.00000006`` tells a learner more than ``6e-08``; a bound tells the same in fewer signs."""
    if not 0 < difference < 1e-4:
        return number(difference)
    digits = min(-math.floor(math.log10(difference)) - 1, 12)
    return f"less than {10.0**-digits:.{digits}f}"


def _name_of(what: Any, otherwise: str) -> str:
    """The function's own name, else the name that the notebook has for it."""
    own = getattr(what, "__name__", None) if callable(what) else None
    if isinstance(own, str) and own != "<lambda>":
        return own
    if callable(what) and hasattr(what, "named_parameters"):
        own = type(what).__name__
    main: Callable[[], dict[str, Any]] = vars(sys.modules["__main__"]).copy
    found = (name for name, value in main().items() if value is what and name[0] != "_")
    return next(found, own if isinstance(own, str) and own != "<lambda>" else otherwise)
