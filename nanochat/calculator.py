"""A calculator for the model: reads a sum as text and works it out by itself.

It knows numbers, + − * / // %, parentheses, one comparison, and how often a short text occurs in
another: ``'banana'.count('an')``. It never hands text to Python to run (no ``eval``), so there is
nothing to break out of. Every sum is short, shallow and made of small numbers, so it ends at once,
in any thread and on every system. There are no names, no functions and no powers.

Numbers are exact fractions inside: 0.1 + 0.2 is 0.3, and 1/3*3 is 1.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from decimal import Context, Decimal
from fractions import Fraction

LONGEST = 500  # signs of one question
DEEPEST = 40  # parentheses and signs inside each other
LARGEST = 10**30  # no number, on the way or in the end, is larger; no fraction is finer
DECIMALS = 10  # of an answer that does not come out even, as 1/3

Value = Fraction | bool


class CannotCalculate(ValueError):
    """Why there is no answer, in a sentence."""


_TOKEN = re.compile(
    r"""\s*(?:
        (?P<number>\d{1,3}(?:,\d{3})+(?![\d,])(?:\.\d+)?|\d+(?:\.\d*)?|\.\d+)   # 1,234.5 also
      | (?P<text>'[^'\\\n]*'|"[^"\\\n]*")
      | (?P<count>\.\s*count\b)
      | (?P<sign>\*\*|//|<=|>=|==|!=|[-+*/%()<>])
    )""",
    re.VERBOSE | re.ASCII,
)
_AS_TYPED = str.maketrans({"−": "-", "–": "-", "×": "*", "·": "*", "÷": "/"})

_COMPARISONS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
_SUMS = {"+": operator.add, "-": operator.sub}
_PRODUCTS = {
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
}


# @learn:inference.tool_use
def answer(question: str) -> str | None:
    """The answer as a person would write it, or None where there is none: what the engine asks."""
    try:
        return calculate(question)
    except CannotCalculate:
        return None


# @learn:inference.tool_use
def calculate(question: str) -> str:
    """``"17+25"`` → ``"42"``; ``"5/2"`` → ``"2.5"``; ``"3 > 2"`` → ``"True"``.

    Raises ``CannotCalculate`` with a sentence that says why there is no answer.
    """
    if len(question) > LONGEST:
        raise CannotCalculate(
            f"The sum has {len(question)} signs, but {LONGEST} is the most. Cut it into parts."
        )
    reader = _Reader(_tokens(question))
    value = reader.comparison()
    if reader.kind != "end":
        raise CannotCalculate(f"Nothing fits before {reader.text!r}. Is a sign missing there?")
    return _written(value)


def _tokens(question: str) -> list[tuple[str, str]]:
    """The parts of a sum, each with its kind, and ("end", "") behind them."""
    tokens, at = [], 0
    question = question.rstrip()
    while at < len(question):
        found = _TOKEN.match(question, at) or _TOKEN.match(question.translate(_AS_TYPED), at)
        if found is None:
            raise CannotCalculate(
                f"{question[at:].strip()[0]!r} means nothing here. There are numbers, "
                "+ - * / // % ( ) < > and 'text'.count('x')."
            )
        if found["sign"] == "**":
            raise CannotCalculate("There are no powers here: write 2*2*2 instead of 2**3.")
        tokens.append((str(found.lastgroup), found.group(found.lastgroup or 0)))
        at = found.end()
    return [*tokens, ("end", "")]


class _Reader:
    """Goes through the parts once, from left to right; a method for each strength of binding."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    @property
    def kind(self) -> str:
        return self.tokens[self.at][0]

    @property
    def text(self) -> str:
        return self.tokens[self.at][1]

    def step(self) -> str:
        """Go past one part, and say what it was."""
        passed = self.text
        self.at += 1
        return passed

    def comparison(self) -> Value:
        left = self.sum()
        if self.kind == "sign" and self.text in _COMPARISONS:
            return _COMPARISONS[self.step()](left, self.sum())
        return left

    def sum(self) -> Fraction:
        value = self.product()
        while self.kind == "sign" and self.text in _SUMS:
            value = _checked(_SUMS[self.step()](value, self.product()))
        return value

    def product(self) -> Fraction:
        value = self.signed()
        while self.kind == "sign" and self.text in _PRODUCTS:
            sign = self.step()
            right = self.signed()
            if right == 0 and sign != "*":
                raise CannotCalculate("Nothing can be divided by 0.")
            value = _checked(Fraction(_PRODUCTS[sign](value, right)))
        return value

    def signed(self) -> Fraction:
        if self.kind == "sign" and self.text in _SUMS:
            minus = self.step() == "-"
            value = self.inside(self.signed)
            return -value if minus else value
        return self.single()

    def single(self) -> Fraction:
        """A number, a sum in parentheses, or a count."""
        if self.kind == "number":
            return _checked(Fraction(self.step().replace(",", "").rstrip(".")))
        if self.kind == "text":
            return self.count()
        if self.text == "(":
            self.step()
            value = self.inside(self.sum)
            self.expect(")")
            return value
        raise CannotCalculate(
            f"A number is missing before {self.text!r}."
            if self.text
            else "The sum stops where a number is missing."
        )

    def count(self) -> Fraction:
        """``'text'.count('x')``, as Python counts: without overlaps."""
        where = self.step()[1:-1]
        if self.kind != "count":
            raise CannotCalculate("A text can only be asked for a count: 'text'.count('x').")
        self.step()
        self.expect("(")
        if self.kind != "text":
            raise CannotCalculate("count needs a text in quotation marks: 'text'.count('x').")
        what = self.step()[1:-1]
        self.expect(")")
        return Fraction(where.count(what))

    def inside(self, read: Callable[[], Fraction]) -> Fraction:
        """Read one level deeper, so that no sum can pile up levels without end."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise CannotCalculate(
                f"More than {DEEPEST} parentheses or signs stand inside each other. Simplify it."
            )
        value = read()
        self.depth -= 1
        return value

    def expect(self, sign: str) -> None:
        if self.text != sign:
            raise CannotCalculate(f"A {sign!r} is missing before {self.text or 'the end'!r}.")
        self.step()


def _checked(value: Fraction) -> Fraction:
    if abs(value) > LARGEST or value.denominator > LARGEST:
        raise CannotCalculate(
            "A number has more than 30 digits. This calculator works with smaller ones."
        )
    return value


def _written(value: Value) -> str:
    if isinstance(value, bool):
        return str(value)
    if value.denominator == 1:
        return str(value.numerator)
    # All digits before the point and ten behind it (of a tiny number, the first ten that are not
    # 0); written out (0.00001, not 1E-5) and without zeros at the end.
    before_point = len(str(abs(int(value)))) if abs(value) >= 1 else 0
    precision = Context(prec=before_point + DECIMALS)
    rounded = precision.divide(Decimal(value.numerator), Decimal(value.denominator))
    written = f"{rounded:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written
