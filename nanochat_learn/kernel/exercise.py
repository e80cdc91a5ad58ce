"""What ``lessons/checks/NN_slug.py`` is written with: an exercise, its verdicts, its questions.

A check raises ``Wrong`` or ``NotYet``, or returns the sentence that is said when it is right. The
functions ``expect_…`` raise them in words that speak of the learner's own object; each gives the
object back in the form that a check can use. Imports no torch: only the checks need it.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nanochat_learn.kernel.answer_words import (
    axes,
    dtype_name,
    is_a,
    is_tensor,
    kind,
    named,
    number,
    off,
    place,
    shown,
    whole_in_words,
)
from nanochat_learn.kernel.guarding import guarded

if TYPE_CHECKING:
    from torch import Tensor


class NotYet(Exception):
    """The exercise was left as it was. No attempt."""


class Wrong(Exception):
    """What is wrong in the learner's own object, as a sentence. Never the answer."""


@dataclass(frozen=True, slots=True)
class Exercise:
    check: Callable[..., str]
    """``check(answer, **tensors)`` returns what is said when it is right."""
    hints: tuple[str, ...] = ()
    """A ladder: each says more than the one before."""
    reference: str = ""
    """Source of the exercise's cell, solved."""


_TO_TENSOR = {
    "list": "Wrap it: `torch.tensor(...)`.",
    "tuple": "Wrap it: `torch.tensor(...)`.",
    "ndarray": "Turn it into one: `torch.from_numpy(...)`.",
    "float": "One number is not enough here: do not take `.item()`.",
    "int": "One number is not enough here: do not take `.item()`.",
    "function": "Call the function, with brackets, and hand over what it gives back.",
    "method": "Call it, with brackets, and hand over what it gives back.",
    "builtin_function_or_method": "Call it, with brackets, and hand over what it gives back.",
    "str": "Leave the quotes away.",
}
_TO_NUMBER = {
    "tensor": "Take one number out of it, or make one of all: `.sum()`, `.mean()`, `.max()`.",
    "str": "Leave the quotes away.",
    "bool": "Count or measure something instead of asking whether.",
    "list": "Take one entry out of it: `[0]` is the first.",
    "function": "Call the function, with brackets.",
}
UNTOUCHED = "This is still as you found it. Write your lines where the three dots are, then run it."


def expect_tensor(
    answer: object, shape: Sequence[int] | None = None, like: Tensor | None = None
) -> Tensor:
    """The answer, a tensor without NaN; of ``shape``, or of shape and number format as ``like``.

    ``shape`` may have -1 where any size is fine. −∞ and ∞ are allowed: masks have them.
    """
    import torch

    _touched(answer)
    if not isinstance(answer, torch.Tensor):
        raise Wrong(f"{is_a(answer)} It should be a tensor. {_TO_TENSOR.get(kind(answer), '')}")
    wanted = shape if like is None else like.shape
    if wanted is not None:
        _expect_shape(answer, tuple(wanted))
    if like is not None and like.is_floating_point() and not answer.is_floating_point():
        raise Wrong(
            f"Your tensor holds {dtype_name(answer)}, not numbers with a fraction. "
            "Make it one with `.float()`."
        )
    if answer.is_floating_point() and bool(answer.isnan().any()):
        first = tuple(answer.isnan().nonzero()[0].tolist())
        raise Wrong(
            f"Your tensor holds NaN (“not a number”), first at {place(first)}. That comes from "
            "0 / 0, ∞ − ∞ or the square root of a negative number."
        )
    return answer


def expect_close(
    answer: object,
    truth: Tensor,
    what: str | None = None,
    tolerance: float = 1e-4,
) -> Tensor:
    """The answer, if all its numbers are those of ``truth``; else what is wrong where.

    ``what`` names the first place that is wrong; it may use ``{row}``, ``{column}`` (the last two
    places of the index, counted from 0) and ``{index}``. ``tolerance`` is absolute for numbers
    below 1 and relative for those above.
    """
    import torch

    given = expect_tensor(answer, shape=tuple(truth.shape))
    mine, right = given.detach().double().cpu(), truth.detach().double().cpu()
    apart = ~torch.isclose(mine, right, rtol=tolerance, atol=tolerance)
    if not bool(apart.any()):
        return given
    first = tuple(apart.nonzero()[0].tolist())
    whole = whole_in_words(mine, right, tolerance)
    if whole:
        raise Wrong(whole)
    where = named(what, first)
    value, wanted = float(mine[first]), float(right[first])
    count = int(apart.sum())
    many = f" {count} of {mine.numel()} numbers are not right; this is the first." * (count > 1)
    raise Wrong(f"{where} your tensor has {number(value)}. {off(value, wanted)}{many}")


def expect_number(
    answer: object,
    truth: float | None = None,
    tolerance: float = 1e-4,
    low: float | None = None,
    high: float | None = None,
) -> float:
    """The answer as a number: of Python, of numpy, or a tensor that holds one.

    ``tolerance`` is a part of ``truth``; ``low`` and ``high`` are included.
    """
    _touched(answer)
    if isinstance(answer, bool) or not _one_number(answer):
        raise Wrong(f"{is_a(answer)} It should be one number. {_TO_NUMBER.get(kind(answer), '')}")
    given: Any = answer
    value = float(given.item() if hasattr(type(given), "item") else given)
    if math.isnan(value):
        raise Wrong("Your answer is NaN (“not a number”). That comes from 0 / 0 or ∞ − ∞.")
    if (low is not None and value < low) or (high is not None and value > high):
        bounds = f"at least {number(low)}" * (low is not None)
        bounds += " and " * (low is not None and high is not None)
        bounds += f"at most {number(high)}" * (high is not None)
        raise Wrong(f"Your number is {number(value)}. It can only be {bounds}.")
    if truth is not None and not math.isclose(
        value, truth, rel_tol=tolerance, abs_tol=0.0 if truth else tolerance
    ):
        raise Wrong(f"Your number is {number(value)}. {off(value, truth)}")
    return value


def expect_function(
    answer: object, arguments: int | None = None, gives_back: bool = False
) -> Callable[..., Any]:
    """The answer, a function of ``arguments`` values. What comes back calls it under a time limit;
    whatever it raises becomes ``Wrong``. One whose body is still ``...`` is ``NotYet``.

    ``gives_back``: that it gives back nothing is a mistake too, a forgotten ``return``. Not for a
    function that does so as it ships.
    """
    _touched(answer)
    if not callable(answer) or is_tensor(answer):
        raise Wrong(
            f"{is_a(answer)} It should be a function: write `def …` above, and hand over its "
            "name alone, without brackets."
        )
    if blank(answer):
        raise NotYet(UNTOUCHED)
    if arguments is not None:
        try:
            inspect.signature(answer).bind(*range(arguments))
        except TypeError as error:
            raise Wrong(
                f"Your function is called with {arguments} value{'s' * (arguments != 1)}, and "
                f"Python says: {error}. Look at the names in the brackets after `def`."
            ) from None
        except ValueError:  # made in C: it does not tell
            pass
    call = guarded(answer, Wrong)

    def something(*args: Any, **named: Any) -> Any:
        if (given := call(*args, **named)) is None:
            raise Wrong(
                "Your function gives nothing back. What it found must stand after `return`."
            )
        return given

    return something if gives_back else call


def expect_text(answer: object) -> str:
    """The answer, a piece of text."""
    _touched(answer)
    if not isinstance(answer, str):
        raise Wrong(f"{is_a(answer)} It should be text, in quotes.")
    return answer


def expect_list(
    answer: object, length: int | None = None, of: type | tuple[type, ...] | None = None
) -> list[Any]:
    """The answer as a list; tuples and ranges count as lists. ``of``: type of every entry."""
    _touched(answer)
    if hasattr(type(answer), "tolist"):
        raise Wrong(f"{is_a(answer)} It should be a list. Make it one with `.tolist()`.")
    if isinstance(answer, str) or not isinstance(answer, Sequence):
        raise Wrong(f"{is_a(answer)} It should be a list, in square brackets.")
    given = list(answer)
    if length is not None and len(given) != length:
        raise Wrong(f"Your list has {len(given)} entries. It should have {length}.")
    for n, entry in enumerate(given):
        if of is not None and (not isinstance(entry, of) or (of is int and entry is True)):
            names = " or ".join(t.__name__ for t in (of if isinstance(of, tuple) else (of,)))
            raise Wrong(
                f"Entry {n} of your list (counted from 0) is {shown(entry)}, of type "
                f"{kind(entry)}. It should be of type {names}."
            )
    return given


def expect_same(answer: object, truth: Sequence[Any], what: str = "place {place}") -> list[Any]:
    """The answer, if it has the entries of ``truth`` in their order; else the first that differs.

    ``what`` names that entry; it may use ``{place}``, counted from 0.
    """
    given = expect_list(answer)
    for n, (mine, right) in enumerate(zip(given, truth, strict=False)):
        if mine != right:
            where = what.format(place=n)
            raise Wrong(f"At {where} (counted from 0) you have {shown(mine)}. That is not right.")
    if len(given) != len(truth):
        more = "too long" if len(given) > len(truth) else "too short"
        raise Wrong(f"The {len(given)} entries you have are right, but your list is {more}.")
    return given


def blank(function: Callable[..., Any]) -> bool:
    """Whether nothing but a docstring, ``...`` or ``pass`` stands in a function."""
    code = getattr(function, "__code__", None)
    constants = getattr(code, "co_consts", ())
    return (
        code is not None
        and not code.co_names
        and code.co_code in _BLANK
        and all(value is None or isinstance(value, str) for value in constants)
    )


def _nothing() -> None: ...


def _only_words() -> None:
    """A docstring."""


_BLANK = {_nothing.__code__.co_code, _only_words.__code__.co_code}


def _touched(answer: object) -> None:
    if answer is None or answer is ...:
        raise NotYet(UNTOUCHED)


def _one_number(answer: Any) -> bool:
    if hasattr(type(answer), "item") and hasattr(type(answer), "shape"):
        truth_value = str(getattr(answer, "dtype", "")).endswith("bool")
        return math.prod(answer.shape) == 1 and not truth_value
    return isinstance(answer, int | float)


def _expect_shape(tensor: Tensor, wanted: tuple[int, ...]) -> None:
    have = tuple(tensor.shape)
    if len(have) == len(wanted) and all(b in (-1, a) for a, b in zip(have, wanted, strict=True)):
        return
    more = ""
    if len(have) == len(wanted) == 2 and have == wanted[::-1]:
        more = " Rows and columns are swapped."
    elif len(have) != len(wanted):
        more = f" It has {axes(len(have))}, not {len(wanted)}."
    elif math.prod(have) == math.prod(wanted):
        more = " It holds the right count of numbers, in another order of axes."
    sizes = str(wanted).replace("-1", "any")
    raise Wrong(f"Your tensor has shape {have}. It should have shape {sizes}.{more}")
