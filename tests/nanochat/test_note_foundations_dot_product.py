"""The note on the dot product: films, angles and scores, worked out by torch and our attention."""

from __future__ import annotations

import math

import pytest
import torch
from note_checks import Claim, shape, signed

from nanochat.gpt import norm
from nanochat.probes import attention_pattern

WHY, HOW, HERE = "Why it exists", "How it works", "In this code"
DOUBTS, ASK = "Common confusions", "Check yourself"
YOU = torch.tensor([3.0, 1.0])
FILMS = {
    "A": torch.tensor([3.0, 1.0]),
    "B": torch.tensor([-1.0, 3.0]),
    "C": torch.tensor([-3.0, -1.0]),
}
LONG = torch.tensor([6.0, 2.0])


def listed(numbers: torch.Tensor) -> str:
    return ", ".join(signed(number, 0) for number in numbers.tolist())


def in_formula(numbers: torch.Tensor) -> str:
    return f"$({listed(numbers).replace('−', '-')})$"


def claims() -> list[Claim]:
    assert torch.equal(LONG, 2 * FILMS["A"]) and torch.equal(YOU, FILMS["A"])
    one, other = torch.tensor([1.0, 2, 3]), torch.tensor([4.0, 0, -1])
    own = torch.tensor([3.0, 4.0])
    letters = {"B": 2, "H": 4, "T": 5, "S": 7, "D": 8}
    q, k = torch.randn(2, 4, 5, 8), torch.randn(2, 4, 7, 8)
    scores = attention_pattern(q, k, window=7, bound=12.0)
    assert scores.shape == (q @ k.mT).shape
    most = norm(FILMS["A"]) @ norm(YOU)
    assert most.item() == pytest.approx((norm(LONG) @ norm(YOU)).item(), abs=1e-4)
    return [
        Claim(
            WHY,
            f"from −6 to 6: how funny, how scary. Film A has {in_formula(FILMS['A'])}, film B "
            f"{in_formula(FILMS['B'])}, film C {in_formula(FILMS['C'])}. You like funny films, "
            f"and scary ones a little: {in_formula(YOU)} as well.",
        ),
        Claim(HOW, r"$$a \cdot b = a_1 b_1 + a_2 b_2 + \dots + a_D b_D.$$", "formula"),
        Claim(HOW, f"With your taste {in_formula(YOU)}:"),
        *(
            Claim(
                HOW,
                f"| {name} ({listed(film)}) | {listed(film * YOU)} | {signed(film @ YOU, 0)} |",
            )
            for name, film in FILMS.items()
        ),
        Claim(
            HOW,
            f"above 0 for less than a right angle, {FILMS['B'] @ YOU:.0f} at a right angle, "
            "below 0 for more.",
        ),
        Claim(HOW, f"A film D with {in_formula(LONG)} gets {LONG @ YOU:.0f}, although"),
        Claim(HOW, r"$$a \cdot b = |a|\,|b| \cos\alpha.$$", "formula"),
        Claim(
            HOW,
            r"$(a + c) \cdot b = a \cdot b + c \cdot b$ and $(s\,a) \cdot b = s\,(a \cdot b)$.",
            "formula",
        ),
        Claim(HOW, r"$$\frac{\partial (a \cdot b)}{\partial a_i} = b_i.$$", "formula"),
        Claim(
            HERE,
            f"Queries of shape ${shape(q, letters)}$ meet keys ${shape(k, letters)}$:",
            "shape",
        ),
        Claim(HERE, f"So the scores are ${shape(scores, letters)}$.", "shape"),
        Claim(
            HERE, f"A and D are equal: {most:.0f}, the most that two lists of {len(YOU)} numbers"
        ),
        Claim(DOUBTS, "**Does 0 mean that"),
        Claim(ASK, f"1. What is $({listed(one)}) \\cdot {in_formula(other)[1:]}?"),
        Claim(ASK, f"2. What is the dot product of {in_formula(own)} with itself"),
        Claim(ASK, "of 2 texts, 4 heads, 5 queries and 7 keys?"),
        Claim(
            ASK,
            f"1. {one @ other:.0f}: the products are {listed((one * other)[:2])} and "
            f"{listed((one * other)[2:])}.",
        ),
        Claim(ASK, f"2. {own @ own:.0f}, and the length is the root of it, {own.norm():.0f}."),
        Claim(ASK, f"3. ${shape(scores)}$, whatever", "shape"),
    ]


def test_the_angle_decides_the_sign() -> None:
    for degrees in range(0, 360, 15):
        turned = torch.tensor([math.cos(math.radians(degrees)), math.sin(math.radians(degrees))])
        product = (turned.double() @ torch.tensor([1.0, 0.0]).double()).item()
        away = min(degrees, 360 - degrees)
        assert (product > 1e-6, product < -1e-6) == (away < 90, away > 90)


def test_the_formulas_with_length_and_angle() -> None:
    torch.manual_seed(0)
    a, b, c = torch.randn(3, 2, dtype=torch.float64)
    angle = torch.atan2(a[1], a[0]) - torch.atan2(b[1], b[0])
    assert torch.isclose(a @ b, a.norm() * b.norm() * angle.cos())
    assert torch.isclose(a.norm(), (a @ a).sqrt())
    assert torch.isclose((a + c) @ b, a @ b + c @ b) and torch.isclose((3 * a) @ b, 3 * (a @ b))
    assert torch.allclose(torch.autograd.functional.jacobian(lambda x: x @ b, a), b)


def test_after_norm_no_dot_product_leaves_the_number_of_places() -> None:
    torch.manual_seed(0)
    x = norm(torch.randn(200, 2))
    assert (x @ x.T).abs().max().item() == pytest.approx(2, abs=1e-4)


def test_a_score_of_attention_is_one_dot_product() -> None:
    """Two keys: the ratio of their shares tells the difference of their scores."""
    torch.manual_seed(0)
    q, k = torch.randn(1, 1, 1, 8), torch.randn(1, 1, 2, 8)
    shares = attention_pattern(q, k, window=2, bound=8.0)[0, 0, 0]  # a scale of 1
    by_hand = sum(q[0, 0, 0, i] * (k[0, 0, 0, i] - k[0, 0, 1, i]) for i in range(8))
    assert torch.isclose((shares[0] / shares[1]).log(), by_hand, atol=1e-4)


def test_lists_of_different_length_are_refused() -> None:
    with pytest.raises(RuntimeError):
        torch.ones(3) @ torch.ones(2)
