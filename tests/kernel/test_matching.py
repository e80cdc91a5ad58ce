"""Whether a guess is what the kernel read."""

from __future__ import annotations

import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st

from nanochat_learn.kernel.matching import as_text, same


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (torch.ones(4, 8).shape, "(4, 8)"),
        (torch.tensor(0.25), "0.25"),
        (torch.tensor([1, 2]), "[1, 2]"),
        ((3,), "(3,)"),
        (1 / 3, "0.3333"),
        (7, "7"),
        (True, "True"),
        (None, "None"),
        ([0.5, "a"], "[0.5, a]"),
        (" the", " the"),
    ],
)
def test_the_truth_as_a_learner_reads_it(value, text):
    assert as_text(value) == text


@pytest.mark.parametrize(
    ("guess", "truth"),
    [
        ("(4,4)", "(4, 4)"),
        ("4 x 4", "(4, 4)"),
        ("4 × 4", "(4, 4)"),
        ("[4, 4]", "(4, 4)"),
        ("4", "(4,)"),
        ("0.25", "0.2512"),
        ("25%", "0.25"),
        ("1,000,000", "1000000"),
        ("1 000", "1000"),
        ("-1", "−1"),
        ("'the'", " the"),
        ("True", "true"),
        ("1e3", "1000"),
    ],
)
def test_written_another_way_it_is_the_same(guess, truth):
    assert same(guess, truth)


@pytest.mark.parametrize(
    ("guess", "truth"),
    [
        ("(4, 8)", "(4, 4)"),
        ("(100, 100)", "(100, 101)"),
        ("4", "(4, 4)"),
        ("0.26", "0.25"),
        ("row 4", "4"),
        ("", "4"),
        ("the cat", "the hat"),
        ("-1", "1"),
    ],
)
def test_another_value_is_not(guess, truth):
    assert not same(guess, truth)


def test_a_question_may_allow_more_or_less():
    assert same("0.3", "0.25", tolerance=0.25)
    assert not same("0.2501", "0.25", tolerance=0)
    assert same("(90, 100)", "(100, 100)", tolerance=0.2)


@given(st.one_of(st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()))
def test_whatever_it_is_it_is_the_same_as_itself(value):
    assert same(as_text(value), as_text(value))


@given(st.lists(st.integers(0, 5000), min_size=2, max_size=4), st.integers(1, 9), st.integers(0, 3))
def test_a_shape_must_be_exact(sizes, off, place):
    other = list(sizes)
    other[place % len(sizes)] += off
    assert not same(str(tuple(other)), str(tuple(sizes)))


@given(st.floats(0.001, 1e6), st.floats(0.02, 5))
def test_a_number_far_off_is_not_the_same(truth, part):
    assume(as_text(truth) != as_text(truth * (1 + part)))
    assert not same(f"{truth * (1 + part):.6f}", f"{truth:.6f}")
