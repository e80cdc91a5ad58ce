"""The range of float16 numbers, read off their bits, against numpy's own."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from nanochat_learn.kernel.numbers import _range_of_half


@given(arrays("f2", array_shapes(max_side=6)))
def test_the_range_is_that_of_numpy(half: np.ndarray) -> None:
    found = _range_of_half(half)
    if not np.isfinite(half).all():
        assert found is None
        return
    assert found is not None
    assert found["min"] == float(f"{float(half.min()):.6g}")
    assert found["max"] == float(f"{float(half.max()):.6g}")


@given(st.lists(st.floats(-6e4, 6e4, width=16), min_size=1), st.sampled_from((1, -1)))
def test_of_one_sign(numbers: list[float], sign: int) -> None:
    half = sign * np.abs(np.array(numbers, "f2"))
    found = _range_of_half(half)
    assert found is not None
    assert found["min"] <= found["max"]
    assert math.copysign(1, found["max"]) == 1 or found["max"] < 0  # no −0 is shown


@pytest.mark.parametrize("strange", [math.inf, -math.inf, math.nan, -math.nan])
def test_what_is_no_number_is_noticed_among_others(strange: float) -> None:
    assert _range_of_half(np.array([1, -2, strange, 0], "f2")) is None
