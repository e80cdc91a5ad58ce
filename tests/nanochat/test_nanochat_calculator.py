"""The calculator: answers as a person would write them, and nothing that could run away."""

from __future__ import annotations

import re
import sys
import threading
import tracemalloc
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nanochat.calculator import DEEPEST, LONGEST, CannotCalculate, answer, calculate

RIGHT = {
    "17+25": "42",
    "5/2": "2.5",
    "6/2": "3",
    "0.1+0.2": "0.3",
    "1/3*3": "1",
    "1/3": "0.3333333333",
    "2/3": "0.6666666667",
    "2000/3": "666.6666666667",
    "1/80000000000": "0.0000000000125",
    "2+3*4": "14",
    "(2+3)*4": "20",
    "20-5-5": "10",
    "24/4/2": "3",
    "-7//2": "-4",  # as Python: down, not towards 0
    "-7%3": "2",
    "--5": "5",
    "2*-3": "-6",
    "-(1+2)": "-3",
    " 1 +\t1 ": "2",
    "1,234,567+1": "1234568",
    "1,000.5*2": "2001",
    ".5+5.": "5.5",
    "007": "7",
    "3 × 4 − 2": "10",
    "9 ÷ 2": "4.5",
    "3 > 2": "True",
    "1/3 == 2/6": "True",
    "0.1+0.2 != 0.3": "False",
    "2*3 <= 5": "False",
    "'strawberry'.count('r')": "3",
    '"banana".count("an") * 2': "4",
    "'a,b,c'.count(',')": "2",  # a comma in a text is part of the text
    "'a−b×c'.count('−')": "1",
    "''.count('x')": "0",
    "'(1+1'.count('+')": "1",
}

WRONG = {
    "": "stops where a number is missing",
    "1+": "stops where a number is missing",
    "*2": r"number is missing before '\*'",
    "1 2": "Nothing fits before '2'",
    "(1": r"'\)' is missing before 'the end'",
    "1)": r"Nothing fits before '\)'",
    "1/0": "divided by 0",
    "5 % (2-2)": "divided by 0",
    "3//0": "divided by 0",
    "2**10": r"no powers.*2\*2\*2",
    "1 < 2 < 3": "Nothing fits before '<'",
    "(1 < 2)": r"'\)' is missing",
    "1e5": "'e' means nothing",
    "12,34": "',' means nothing",
    "1,2": "',' means nothing",
    "٣+1": "'٣' means nothing",
    "__import__('os')": "'_' means nothing",
    "'a'.zfill(600000000).count('0')": "'.' means nothing",
    "'a'*1000": "only be asked for a count",
    "'a'.count(1)": "needs a text",
    "'a\\n'.count('a')": "means nothing",
    "10000000000000000*10000000000000000": "more than 30 digits",
    "0.0000000000000001/10000000000000000": "more than 30 digits",
    "9" * 31: "more than 30 digits",
    "1+" * LONGEST + "1": "501|1001 signs",
    "(" * (DEEPEST + 1) + "1" + ")" * (DEEPEST + 1): "inside each other",
    "-" * (DEEPEST + 1) + "1": "inside each other",
}


@pytest.mark.parametrize("question", RIGHT)
def test_answers(question: str) -> None:
    assert calculate(question) == RIGHT[question] == answer(question)


@pytest.mark.parametrize("question", WRONG)
def test_refusals_say_why(question: str) -> None:
    with pytest.raises(CannotCalculate, match=WRONG[question]):
        calculate(question)
    assert answer(question) is None


def test_as_deep_as_allowed() -> None:
    assert calculate("(" * DEEPEST + "1" + ")" * DEEPEST) == "1"
    assert calculate("-" * DEEPEST + "1") == "1"


sums = st.recursive(
    st.integers(0, 999).map(str),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "//", "%"]), inner).map("".join),
        inner.map("({})".format),
        inner.map("-{}".format),
    ),
    max_leaves=8,
)


@given(sums)
def test_agrees_with_python_on_exact_numbers(question: str) -> None:
    exact = re.sub(r"\d+", r"Fraction(\g<0>)", question)
    try:
        expected = Fraction(eval(exact))
    except ZeroDivisionError:
        with pytest.raises(CannotCalculate, match="divided by 0"):
            calculate(question)
        return
    if abs(expected) < 10**15:
        try:
            given_answer = Fraction(calculate(question))
        except CannotCalculate as refusal:
            assert "30 digits" in str(refusal)
            return
        assert abs(given_answer - expected) <= abs(expected) * Fraction(1, 10**9)


pieces = st.lists(
    st.one_of(
        st.sampled_from(
            [*"0123456789+-*/%().,<>='\" ", "**", "//", ".count(", "'a'", "1,000", "==", "−", "×"]
        ),
        st.characters(),
    ),
    max_size=60,
).map("".join)


@settings(max_examples=400)
@given(st.one_of(st.text(max_size=600), pieces))
@example("'" * 500)
@example("1," * 250)
@example("1,000" * 100)
@example("9" * 500)
@example("((((" * 125)
@example("'a'.count('')")
@example("\ud800")
def test_whatever_the_text_it_answers_or_refuses_within_a_bound(question: str) -> None:
    """Never another error, and never more than a bounded number of steps of the interpreter."""
    steps = 0

    def count(frame, event, arg):
        nonlocal steps
        steps += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        written = calculate(question)
    except CannotCalculate as refusal:
        written = str(refusal)
    finally:
        sys.settrace(before)
    assert steps <= 40 * LONGEST + 200
    assert len(written) < 200


def test_memory_stays_small() -> None:
    tracemalloc.start()
    for question in [*RIGHT, *WRONG]:
        answer(question)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000


def test_works_in_any_thread() -> None:
    got: list[str | None] = []
    threads = [threading.Thread(target=lambda: got.append(answer("2+2"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == ["4"] * 4
