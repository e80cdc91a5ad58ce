"""Two ways to compute the same, on the same tensors."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from test_exercise_checks import body

from nanochat_learn.kernel import compare
from nanochat_learn.schema.learner import CompareResult

X = torch.tensor([[1.0, 2.0], [3.0, 4.0]])


def toy_softmax(x):
    return x.exp() / x.exp().sum(-1, keepdim=True)


def shouting(x):
    return toy_softmax(x) * 1.5


def result(*args, **named) -> CompareResult:
    return CompareResult.model_validate(body(compare(*args, **named)))


def test_they_agree_and_the_difference_is_rounding():
    told = result(toy_softmax, torch.nn.Softmax(-1), X)
    assert told.agree
    assert (told.toy, told.real, told.shape) == ("toy_softmax", "Softmax", (2, 2))
    assert told.difference < 1e-6
    same = result(X, X.clone())
    assert same.message.endswith("(4 numbers of shape (2, 2)). The largest difference is 0.")
    near = result(X, X.double() + 3e-8)
    assert near.message.endswith(
        "The largest difference is less than 0.0000001. "
        "That is rounding: the same, added up in another order."
    )


def test_they_differ_and_the_place_is_named():
    told = result(toy_softmax, shouting, X)
    assert not told.agree
    assert told.difference == pytest.approx(0.3655, abs=1e-4)
    assert "do not give the same numbers" in told.message
    assert "at row 0, column 1 (counted from 0): 0.7311 and 1.097" in told.message
    assert result(toy_softmax, shouting, X, tolerance=0.5).agree


def test_numbers_lists_whole_numbers_and_infinity():
    assert result(2, 2.0).agree
    assert result([1, 2], torch.tensor([1, 2])).agree
    mask = torch.tensor([0.0, -math.inf])
    assert result(mask, mask.clone()).agree
    told = result(mask, torch.tensor([0.0, 1.0]))
    assert not told.agree
    assert "−∞ and 1" in told.message
    assert not result(torch.tensor(math.nan), torch.tensor(1.0)).agree
    assert result(torch.ones(0), torch.ones(0)).agree


def falls(x):
    return x.no_such_thing


@pytest.mark.parametrize(
    ("call", "fragment"),
    [
        (lambda: compare(X, X[0]), "has shape (2, 2), the second has shape (2,)."),
        (lambda: compare(toy_softmax, shouting), "was given nothing to compute with"),
        (lambda: compare(falls, toy_softmax, X), "falls stopped with AttributeError"),
        (lambda: compare(toy_softmax, falls, X), "falls stopped with AttributeError"),
        (lambda: compare("a", X), "gives a str, which has no numbers to compare"),
        (lambda: compare(X), "It is used like this: `compare(toy_softmax, real_softmax, x)`."),
        (lambda: compare(lambda x: None, toy_softmax, X), "gives a NoneType"),
    ],
)
def test_what_cannot_be_compared_is_a_sentence(call, fragment):
    assert fragment in repr(call())


@given(st.lists(st.floats(width=32), min_size=1, max_size=6))
def test_anything_is_the_same_as_itself(numbers):
    x = torch.tensor(numbers)
    assert result(x, x.clone()).agree
