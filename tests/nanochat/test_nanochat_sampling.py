"""Choosing one token: temperature, top-k, top-p, chance, and scores that are no numbers."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from nanochat.common import row_generator
from nanochat.sampling import all_shares, sample_next_token, throw


def rng(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def test_shares_are_hit_as_often_as_they_are_long() -> None:
    shares = torch.tensor([0.5, 0.0, 0.3, 0.15, 0.05])
    draws = sample_next_token(shares.log().expand(20_000, 5), rng())[:, 0]
    counts = torch.bincount(draws, minlength=5) / 20_000
    assert counts[1] == 0
    assert (counts - shares).abs().max() < 0.015  # four standard errors


@pytest.mark.parametrize(("temperature", "expected"), [(0.5, 0.9), (1.0, 0.75), (2.0, 0.634)])
def test_temperature_sharpens_and_flattens(temperature: float, expected: float) -> None:
    logits = torch.tensor([math.log(3), 0.0]).expand(20_000, 2)
    share = (sample_next_token(logits, rng(), temperature) == 0).double().mean().item()
    assert share == pytest.approx(expected, abs=0.015)


@given(st.lists(st.floats(-50, 50, width=32), min_size=1, max_size=8), st.integers(1, 10))
def test_top_k_never_leaves_the_k_best(logits: list[float], k: int) -> None:
    scores = torch.tensor([logits])
    allowed = scores[0].sort(descending=True).values[min(k, len(logits)) - 1]
    token = sample_next_token(scores, rng(), 1.0, k)
    assert token.shape == (1, 1)
    assert scores[0, token] >= allowed


@given(
    st.lists(st.integers(-100, 100).map(float), min_size=2, max_size=8, unique=True),
    st.sampled_from([0, 1e-300, 1e-30, 0.01]),
)
def test_a_temperature_near_zero_takes_the_best(logits: list[float], temperature: float) -> None:
    token = sample_next_token(torch.tensor([logits]), rng(), temperature)
    assert logits[token] == max(logits)


@pytest.mark.parametrize(("dart", "token"), [(0.0, 1), (0.4999, 1), (0.5, 3), (1 - 2**-53, 3)])
def test_a_dart_on_an_edge_never_hits_an_empty_share(monkeypatch, dart: float, token: int) -> None:
    logits = torch.tensor([[-math.inf, 0.0, -math.inf, 0.0, -math.inf]])
    thrown = torch.tensor([dart], dtype=torch.float64)
    monkeypatch.setattr(torch, "rand", lambda *_, **__: thrown)
    assert sample_next_token(logits, rng()).tolist() == [[token]]


def test_top_k_none_zero_and_more_than_all_mean_all() -> None:
    logits = torch.randn(50, 7, generator=rng(3))
    every = [sample_next_token(logits, rng(1), 1.0, k) for k in (None, 0)]
    assert torch.equal(*every)
    assert len(sample_next_token(logits, rng(1), 5.0, 99).unique()) == 7


@pytest.mark.parametrize("temperature", [-0.1, math.nan, math.inf])
def test_odd_temperatures_are_refused(temperature: float) -> None:
    with pytest.raises(ValueError, match=r"temperature is .*; it must be 0"):
        sample_next_token(torch.zeros(1, 3), rng(), temperature)


def test_a_negative_top_k_is_refused() -> None:
    with pytest.raises(ValueError, match="top_k is -1"):
        sample_next_token(torch.zeros(1, 3), rng(), 1.0, -1)


def test_row_generators_differ_and_repeat() -> None:
    def draw(seed: int, row: int) -> float:
        return torch.rand((), generator=row_generator(seed, row)).item()

    draws = [draw(seed, row) for seed in range(20) for row in range(20)]
    assert len(set(draws)) == 400
    assert draw(3, 4) == draws[3 * 20 + 4]


SHARES = torch.tensor([0.5, 0.3, 0.15, 0.05])


@pytest.mark.parametrize(
    ("top_p", "kept"),
    [(0.01, 1), (0.5, 1), (0.51, 2), (0.8, 2), (0.81, 3), (0.96, 4), (1.0, 4), (None, 4)],
)
def test_top_p_keeps_the_fewest_that_reach_it(top_p: float | None, kept: int) -> None:
    mixed = torch.tensor([2, 0, 3, 1])  # not in order, as in life
    logits = SHARES.log()[mixed][None]
    shares = all_shares(logits, 1.0, None, top_p)[0]
    expected = torch.where(mixed < kept, SHARES[mixed], 0.0)
    assert torch.allclose(shares.float(), expected / expected.sum(), atol=1e-6)
    drawn = sample_next_token(logits.expand(4000, 4), rng(), 1.0, None, top_p)[:, 0]
    counts = torch.bincount(drawn, minlength=4) / 4000
    assert (counts - shares).abs().max() < 0.035
    assert ((counts > 0) == (shares > 0)).all()


def test_top_p_comes_after_temperature_and_top_k() -> None:
    logits = SHARES.log()[None]
    # of the three best, renormalised, the first two have 0.84
    assert (all_shares(logits, 1.0, 3, 0.84) > 0).sum() == 2
    assert (all_shares(logits, 1.0, None, 0.84) > 0).sum() == 3
    assert (all_shares(logits, 0.25, None, 0.84) > 0).sum() == 1  # sharper: one is enough


@given(
    st.lists(st.floats(-20, 20, width=32), min_size=1, max_size=9),
    st.sampled_from([0, 0.3, 1.0, 3.0]),
    st.one_of(st.none(), st.integers(0, 12)),
    st.one_of(st.none(), st.floats(0.01, 1.0)),
    st.integers(0, 99),
)
def test_what_is_drawn_has_a_share_and_shares_are_one(logits, temperature, k, p, seed) -> None:
    scores = torch.tensor([logits])
    shares = all_shares(scores, temperature, k, p)
    assert shares.shape == scores.shape
    assert shares.sum().item() == pytest.approx(1.0)
    token = sample_next_token(scores, rng(seed), temperature, k, p)
    assert shares[0, token] > 0


@pytest.mark.parametrize("top_p", [0.0, -0.5, 1.01, math.nan])
def test_odd_top_p_is_refused(top_p: float) -> None:
    with pytest.raises(ValueError, match=r"top_p is .* above 0 and up to 1"):
        sample_next_token(torch.zeros(1, 3), rng(), 1.0, None, top_p)


@pytest.mark.parametrize("temperature", [0, 1.0])
@pytest.mark.parametrize("k", [None, 2])
@pytest.mark.parametrize("odd", [math.nan, math.inf])
def test_scores_that_are_no_numbers_are_refused(temperature: float, k, odd: float) -> None:
    logits = torch.tensor([[0.0, 1.0, 2.0], [0.0, odd, 2.0]])
    with pytest.raises(ValueError, match=r"no number \(NaN\).*Its weights are broken"):
        sample_next_token(logits, rng(), temperature, k)
    with pytest.raises(ValueError, match="Its weights are broken"):
        all_shares(logits, temperature, k)
    with pytest.raises(ValueError, match="Its weights are broken"):  # nothing at all to choose
        sample_next_token(torch.full((1, 3), -math.inf), rng(), temperature, k)


def test_each_row_has_a_generator_of_its_own() -> None:
    shares = torch.full((3, 50), 0.02, dtype=torch.float64)
    together = throw(shares, [rng(1), rng(2), rng(1)])[:, 0].tolist()
    assert together[0] == together[2] != together[1]
    assert together[1] == throw(shares[:1], [rng(2)]).item()
