"""Verdicts speak of the learner's own object, and never give the answer away."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from nanochat_learn.kernel import guarding
from nanochat_learn.kernel.exercise import (
    NotYet,
    Wrong,
    blank,
    expect_close,
    expect_function,
    expect_list,
    expect_number,
    expect_same,
    expect_tensor,
    expect_text,
)

TRUTH = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]])


def said(expect, *args, **named) -> str:
    with pytest.raises(Wrong) as wrong:
        expect(*args, **named)
    return str(wrong.value)


@pytest.mark.parametrize(
    "expect",
    [expect_tensor, expect_number, expect_function, expect_text, expect_list],
)
def test_what_was_left_as_it_was_is_no_attempt(expect):
    for untouched in (None, ...):
        with pytest.raises(NotYet, match="as you found it"):
            expect(untouched)


@pytest.mark.parametrize(
    ("answer", "fragment"),
    [
        ([[1.0]], "a list ([[1.0]]). It should be a tensor. Wrap it: `torch.tensor(...)`."),
        ((1.0, 2.0), "a tuple"),
        (np.ones(2), "a ndarray. It should be a tensor. Turn it into one: `torch.from_numpy"),
        (3.5, "one number (3.5). It should be a tensor. One number is not enough"),
        ("x", "text ('x'). It should be a tensor. Leave the quotes away."),
        (math.sqrt, "Call it, with brackets"),
        (lambda: 1, "Call the function, with brackets"),
        (torch.ones(3, 2), "shape (3, 2). It should have shape (2, 3). Rows and columns are swap"),
        (torch.ones(6), "It has 1 axis, not 2."),
        (torch.ones(1, 6), "It holds the right count of numbers, in another order of axes."),
        (torch.full((2, 3), math.nan), "NaN (“not a number”), first at row 0, column 0."),
    ],
)
def test_a_tensor_of_another_kind(answer, fragment):
    assert fragment in said(expect_tensor, answer, shape=(2, 3))


def test_any_size_and_masks_are_fine():
    assert expect_tensor(torch.ones(9, 3), shape=(-1, 3)).shape == (9, 3)
    assert expect_tensor(torch.full((2,), -math.inf), like=torch.ones(2)).shape == (2,)
    assert "shape (any, 4)" in said(expect_tensor, torch.ones(9, 3), shape=(-1, 4))
    assert "whole numbers (int64)" in said(expect_tensor, torch.ones(2).long(), like=torch.ones(2))


@pytest.mark.parametrize(
    ("answer", "fragment"),
    [
        (TRUTH * 2, "All your numbers are 2 times what they should be."),
        (-TRUTH, "All your numbers have the wrong sign."),
        (TRUTH - 0.5, "All your numbers are too small, by the same amount: 0.5."),
        (
            TRUTH + torch.eye(2, 3),
            "At row 0, column 0 (counted from 0) your tensor has 2. That is ",
        ),
    ],
)
def test_one_mistake_in_all_numbers_is_one_sentence(answer, fragment):
    assert fragment in said(expect_close, answer, TRUTH)


def test_the_first_wrong_place_is_named_and_the_right_value_is_not():
    mine = TRUTH.clone()
    mine[1, 2] = 6.25
    told = said(expect_close, mine, TRUTH, what="the token {row} that looks at {column}")
    assert told.startswith("At the token 1 that looks at 2 (counted from 0) your tensor has 6.25.")
    assert told.endswith("That is too small.")
    assert "7" not in told
    mine[0, 1] = -2.0
    assert "has −2. That has the wrong sign. 2 of 6 numbers" in said(expect_close, mine, TRUTH)
    square = torch.tensor([[0.0, 1.0], [5.0, 2.0]])
    assert "rows and columns swapped" in said(expect_close, square.T.contiguous(), square)
    masked = torch.tensor([1.0, -math.inf])
    assert expect_close(masked, masked) is masked
    assert "At place 1 " in said(expect_close, torch.tensor([1.0, 0.0]), masked)
    assert "its only number" in said(expect_close, torch.tensor(1.0), torch.tensor(2.0))
    assert "[0, 0, 0]" in said(expect_close, torch.ones(1, 1, 2), torch.tensor([[[2.0, 1.0]]]))
    low = (TRUTH + 0.001).bfloat16()
    assert expect_close(low, TRUTH, tolerance=0.01) is low


@given(
    st.lists(st.floats(-100, 100, width=32), min_size=1, max_size=12),
    st.floats(0.01, 50),
    st.integers(0, 11),
)
def test_right_passes_and_whatever_differs_does_not(numbers, off, place):
    truth = torch.tensor(numbers)
    assert expect_close(truth.clone(), truth) is not None
    mine = truth.clone()
    mine[place % len(numbers)] += off + abs(truth[place % len(numbers)]) * 0.01
    assert said(expect_close, mine, truth)


@pytest.mark.parametrize("answer", [3, 3.0, np.float32(3), torch.tensor(3), torch.tensor([[3.0]])])
def test_a_number_of_any_make(answer):
    assert expect_number(answer, truth=3.0001) == 3.0


@pytest.mark.parametrize(
    ("answer", "named", "fragment"),
    [
        ("3", {}, "text ('3'). It should be one number. Leave the quotes away."),
        (True, {}, "a truth value (True). It should be one number."),
        (torch.tensor(True), {}, "a tensor of shape ()."),
        (torch.ones(2), {}, "Take one number out of it"),
        (math.nan, {}, "NaN"),
        (2.0, {"truth": 4.0}, "Your number is 2. That is too small."),
        (-4.0, {"truth": 4.0}, "That has the wrong sign."),
        (1.5, {"low": 0, "high": 1}, "It can only be at least 0 and at most 1."),
        (0.00002, {"truth": 0.00001}, "too large"),
        (0.01, {"truth": 0.0}, "too large"),
    ],
)
def test_a_number_that_is_none_or_wrong(answer, named, fragment):
    assert fragment in said(expect_number, answer, **named)


def test_functions_run_under_a_limit_and_their_faults_are_sentences(monkeypatch):
    monkeypatch.setattr(guarding, "SECONDS", 0.2)

    def forever(x):
        while True:
            try:
                x += 1
            except Exception:
                continue

    def falls(x):
        return x / 0

    def deep(x):
        return deep(x)

    def leaves(x):
        raise SystemExit

    assert "`forever` ran for more than 0.2 seconds" in said(expect_function(forever), 1)
    assert "`falls` stopped with ZeroDivisionError: division by zero." in said(
        expect_function(falls), 1
    )
    assert "calls itself without an end" in said(expect_function(deep), 1)
    assert "called `exit()`" in said(expect_function(leaves), 1)
    assert expect_function(lambda x: x + 1, arguments=1)(1) == 2
    assert "called with 2 values, and Python says: too many" in said(
        expect_function, lambda x: x, arguments=2
    )
    assert "It should be a function" in said(expect_function, torch.ones(2))
    assert expect_function(print, arguments=1) is not None


def test_a_function_without_a_body_is_untouched():
    def dots(x): ...

    def words(x):
        """Give twice x."""

    def nothing(x):
        pass

    def name(x):
        return x

    for function in (dots, words, nothing):
        with pytest.raises(NotYet):
            expect_function(function)
    assert not blank(name)
    assert not blank(len)
    assert not blank(lambda: 3)


def test_lists_and_texts():
    assert expect_list((1, 2), length=2, of=int) == [1, 2]
    assert expect_same(range(3), [0, 1, 2]) == [0, 1, 2]
    assert expect_text("a") == "a"
    assert "one number (3). It should be text" in said(expect_text, 3)
    assert "Make it one with `.tolist()`" in said(expect_list, torch.ones(2))
    assert "in square brackets" in said(expect_list, "abc")
    assert "has 2 entries. It should have 3." in said(expect_list, [1, 2], length=3)
    assert "Entry 1 of your list (counted from 0) is 'b'" in said(expect_list, [1, "b"], of=int)
    told = said(expect_same, [1, 9], [1, 2], what="token {place}")
    assert told == "At token 1 (counted from 0) you have 9. That is not right."
    assert "are right, but your list is too short" in said(expect_same, [1], [1, 2])


class Hostile:
    """Answers every question with another error."""

    def __getattr__(self, name):
        raise RuntimeError(name)

    def __repr__(self):
        raise ValueError("no words")


@pytest.mark.parametrize("expect", [expect_tensor, expect_number, expect_function, expect_text])
def test_an_object_that_answers_nothing_is_still_a_sentence(expect):
    assert "Hostile" in said(expect, Hostile())
    with pytest.raises(Wrong):
        expect_list(Hostile())
