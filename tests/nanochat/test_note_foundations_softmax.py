"""The note on softmax: every share, power and temperature in it, worked out by torch."""

from __future__ import annotations

import math

import pytest
import torch
from note_checks import Claim, shape, signed
from torch.nn import functional as F  # noqa: N812 (the field's name for it)

from nanochat.sampling import sample_next_token

WHY, HOW, HERE = "Why it exists", "How it works", "In this code"
DOUBTS, ASK = "Common confusions", "Check yourself"
SCORES = (2.0, 1.0, 0.0)
POWERS = [math.exp(score) for score in SCORES]


def shares(scores: tuple[float, ...] = SCORES, temperature: float = 1.0) -> list[float]:
    return (torch.tensor(scores).double() / temperature).softmax(dim=-1).tolist()


def whole(scores: tuple[float, ...]) -> str:
    *first, last = (signed(score, 0) for score in scores)
    return f"{', '.join(first)} and {last}"


def same_gaps(by: float) -> tuple[float, ...]:
    """The scores moved, after looking that the shares are those of the note's table."""
    moved = tuple(score + by for score in SCORES)
    assert shares(moved) == pytest.approx(shares())
    return moved


def claims() -> list[Claim]:
    e = math.e
    lower = same_gaps(-1)
    assert sum(lower) == 0 and sum(POWERS) == pytest.approx(POWERS[0] / shares()[0])
    cold, hot = 0.5, 2.0
    flat = shares((5.0, 5.0))
    first, second, third = (f"{share:.2f}" for share in shares())
    letters = {"B": 2, "V": 7}
    return [
        Claim(
            WHY,
            f"the scores {whole(SCORES)}. You want shares: how often should each be chosen? "
            f"Dividing by the sum, {sum(SCORES):.0f}, looks right. But lower every score by 1. "
            f"The scores {whole(lower)} say the same thing, the first still leads by one point, "
            f"and yet their sum is {sum(lower):.0f}.",
        ),
        Claim(
            HOW,
            f"raise the number $e \\approx {e:.2f}$ to the power of each score. The result is "
            f"positive, whatever the score. One point more then always means "
            f"{POWERS[1] / POWERS[2]:.2f} times as much.",
        ),
        Claim(HOW, r"$$p_i = \frac{e^{s_i}}{e^{s_1} + e^{s_2} + \dots + e^{s_n}}.$$", "formula"),
        *(
            Claim(HOW, f"| {score:.0f} | {power:.2f} | {share:.2f} |")
            for score, power, share in zip(SCORES, POWERS, shares(), strict=True)
        ),
        Claim(
            HOW,
            f"adds up to {sum(POWERS):.2f}, and ${POWERS[0]:.2f} / {sum(POWERS):.2f} = {first}$. "
            f"With {whole(lower)} you get the same shares.",
        ),
        Claim(
            HOW,
            f"At temperature {cold} they become {whole(tuple(s / cold for s in SCORES))}, the gaps "
            f"are twice as wide, and the first share grows to {shares(temperature=cold)[0]:.2f}. "
            f"At temperature {hot:.0f} the gaps shrink, and it falls to "
            f"{shares(temperature=hot)[0]:.2f}.",
        ),
        Claim(HOW, "$e^{1000}$ is too large for it"),
        Claim(HOW, f"the largest power is $e^0 = {math.exp(0):.0f}$"),
        Claim(
            HOW,
            r"$$\frac{\partial p_i}{\partial s_j} = p_i\,(\delta_{ij} - p_j),$$",
            "formula",
        ),
        Claim(HOW, r"each power becomes $e^{s_i + c} = e^c e^{s_i}$", "formula"),
        Claim(HOW, r"only differences count: $p_i / p_j = e^{s_i - s_j}$", "formula"),
        Claim(HOW, r"where $\delta_{ij}$ is 1 for $i = j$ and else 0."),
        Claim(
            HERE,
            f"in shape ${shape(torch.zeros(2, 7), letters)}$: a row for each text, a column for "
            "each token",
            "shape",
        ),
        Claim(HERE, f"each row adds up to {sum(shares()):.0f}."),
        Claim(HERE, "came up in 1000 draws"),
        Claim(DOUBTS, "negative, or far above 1."),
        Claim(
            DOUBTS,
            "**Why $e$, and not 2?** Any base above 1 would do. Base 2 gives the shares that base "
            f"$e$ gives at temperature {1 / math.log(2):.2f}.",
        ),
        Claim(DOUBTS, "**Can a share be 0?**"),
        Claim(DOUBTS, "minus infinity gets exactly 0;"),
        Claim(ASK, "1. Two scores are both 5."),
        Claim(ASK, f"2. The scores are {whole(same_gaps(10))}."),
        Claim(ASK, f"count $e^2 \\approx {e**2:.2f}$ times as much?"),
        Claim(ASK, f"1. {flat[0]:.2f} each"),
        Claim(ASK, f"2. {first}, {second} and {third}: the same gaps as {whole(SCORES)}."),
        Claim(ASK, f"3. At {1 / math.log(e**2)}, which"),
    ]


def test_the_rounded_numbers_agree_among_themselves() -> None:
    rounded = [round(power, 2) for power in POWERS]
    assert round(sum(rounded), 2) == round(sum(POWERS), 2)
    assert round(rounded[0] / round(sum(POWERS), 2), 2) == round(shares()[0], 2)
    assert sum(round(share, 2) for share in shares()) == pytest.approx(1)


def test_the_formula_and_its_slope() -> None:
    s = torch.tensor(SCORES, dtype=torch.float64)
    p = torch.tensor([power / sum(POWERS) for power in POWERS], dtype=torch.float64)
    assert torch.allclose(p, s.softmax(dim=-1))
    slope = torch.autograd.functional.jacobian(lambda x: x.softmax(dim=-1), s)
    assert torch.allclose(slope, p[:, None] * (torch.eye(3).double() - p[None, :]))
    assert (p[0] / p[2]).item() == pytest.approx(math.exp(SCORES[0] - SCORES[2]))


def test_the_naive_way_fails_and_ours_does_not() -> None:
    large = torch.tensor([[1000.0, 999.0, 998.0]], dtype=torch.float64)
    power = large.exp()
    assert power[0, 0].isinf() and (power / power.sum()).isnan().any()
    rng = torch.Generator().manual_seed(1)
    drawn = sample_next_token(large.float().expand(3000, 3), rng, temperature=0.5)
    often = drawn.flatten().bincount(minlength=3) / 3000
    assert often.tolist() == pytest.approx(shares(temperature=0.5), abs=0.03)


def test_base_two_is_a_temperature() -> None:
    powers = [2.0**score for score in SCORES]
    assert [power / sum(powers) for power in powers] == pytest.approx(
        shares(temperature=1 / math.log(2))
    )


def test_attention_shares_out_and_hides_with_exactly_nothing() -> None:
    """With values that are the unit vectors, what attention returns are its shares."""
    q, k = torch.randn(4, 3, 8), torch.randn(4, 5, 8)  # H, T or S, D
    seen = torch.ones(3, 5, dtype=torch.bool).tril(2)
    out = F.scaled_dot_product_attention(q, k, torch.eye(5).expand(4, 5, 5), attn_mask=seen)
    assert out.shape == (4, 3, 5) and torch.allclose(out.sum(dim=-1), torch.ones(4, 3))
    assert (out[:, ~seen] == 0).all() and (out[:, seen] > 0).all()
    assert torch.tensor([0.0, -math.inf]).softmax(dim=-1).tolist() == [1, 0]
