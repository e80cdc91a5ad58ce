"""The note on probability: its rules, darts and surprises, worked out by our sampler and loss."""

from __future__ import annotations

import ast
import math

import pytest
import torch
from note_checks import Claim, run, shape
from note_text import NoteText, text_of

from nanochat.loss import next_token_loss
from nanochat.sampling import throw

WHY, HOW, HERE = "Why it exists", "How it works", "In this code"
DOUBTS, ASK = "Common confusions", "Check yourself"
P = {"blue": 0.5, "grey": 0.3, "green": 0.2}
SHARES = torch.tensor([list(P.values())], dtype=torch.float64)
ENDS = SHARES.cumsum(dim=-1)[0].tolist()


def surprise(p: float) -> float:
    """What our loss says of a token that had this probability."""
    logits = torch.tensor([[[p, 1 - p]]], dtype=torch.float64).log()
    return next_token_loss(logits, torch.tensor([[0]])).item()


def hit(place: float) -> str:
    """The colour that our sampler hits when the dart lands there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(torch, "rand", lambda *_, **__: torch.tensor([place], dtype=torch.float64))
        return list(P)[int(throw(SHARES, torch.Generator()))]


def typical(p: float, n: int) -> float:
    return math.sqrt(p * (1 - p) / n)


def hits_of_blue() -> dict[int, int]:
    """What the note's own block prints: darts thrown, how many of them hit blue."""
    _, code = NoteText(text_of("foundations.probability"), "p.md").fences[0]
    lines = [line.split(" ", 1) for line in run(code).splitlines()]
    return {int(darts): ast.literal_eval(hits)[0] for darts, hits in lines}


def claims() -> list[Claim]:
    blue, grey, green = P.values()
    assert sum(P.values()) == pytest.approx(1)
    drawn = throw(torch.full((2, 5), 0.2, dtype=torch.float64), torch.Generator().manual_seed(0))
    printed = hits_of_blue()
    few, many = min(printed), max(printed)
    return [
        Claim(
            WHY,
            f"blue in {blue * 100:.0f} of 100 cases, grey in {grey * 100:.0f}, green in "
            f"{green * 100:.0f}.",
        ),
        Claim(
            HOW,
            f"0 for never, 1 for always, {1 / 2} for every second time. Exactly one of the results "
            f"will happen, so all the numbers together make {sum(P.values()):.0f}. Blue has "
            f"{blue}, grey {grey}, green {green}.",
        ),
        Claim(HOW, "*Not*: subtract from 1."),
        Claim(
            HOW,
            f"$$P(\\text{{blue or grey}}) = {blue} + {grey} = {blue + grey}$$\n\n"
            f"$$P(\\text{{not green}}) = 1 - {green} = {1 - green}$$\n\n"
            f"$$P(\\text{{green twice}}) = {green} \\cdot {green} = {green * green:.2f}$$",
            "formula",
        ),
        Claim(
            HOW,
            f"on a line from 0 to {ENDS[2]:.0f}. Blue reaches from 0 to {ENDS[0]}, grey from there "
            f"to {ENDS[1]}, green to {ENDS[2]:.0f}.",
        ),
        Claim(HOW, f"At 0.6 it hits {hit(0.6)}."),
        Claim(
            HOW,
            f"blue gets {printed[few]} of {few} darts, a share of {printed[few] / few:.2f}, and "
            f"{printed[many]:,} of {many:,}, a share of {printed[many] / many:.2f}.",
        ),
        Claim(HOW, r"$$-\ln p,$$", "formula"),
        Claim(
            HOW,
            f"Something certain surprises by {surprise(1):.0f}, blue by {surprise(blue):.2f}, "
            f"green by {surprise(green):.2f}.",
        ),
        Claim(HOW, r"$P(A \text{ and } B) = P(A)\,P(B \mid A)$", "formula"),
        Claim(HOW, r"$\ln(p\,q) = \ln p + \ln q$", "formula"),
        Claim(HOW, r"$$\sqrt{\frac{p\,(1 - p)}{n}}.$$", "formula"),
        Claim(
            HOW,
            f"For blue that is {typical(blue, few):.2f} after {few} darts and "
            f"{typical(blue, many):.3f} after {many:,}.",
        ),
        Claim(HERE, "for $B$ texts, shape $(B, k)$.", "shape"),
        Claim(HERE, f"comes back, shape ${shape(drawn, {'B': 2, '1': 1})}$.", "shape"),
        Claim(DOUBTS, f"green has {green} every time"),
        Claim(DOUBTS, f"**The model said {green} and it happened."),
        Claim(DOUBTS, f"to which it gives {green}, about one in five"),
        Claim(DOUBTS, "together they make 1."),
        Claim(ASK, "2. Which colour does a dart at 0.85 hit?"),
        Claim(ASK, f"1. ${blue} \\cdot {blue} \\cdot {blue} = {blue**3}$."),
        Claim(
            ASK,
            f"2. {hit(0.85).capitalize()}: it reaches from {ENDS[1]} to {ENDS[2]:.0f}.",
        ),
        Claim(ASK, f"3. {surprise(green**2):.2f}, twice the surprise of green."),
    ]


def test_the_sampler_multiplies_when_it_throws_twice() -> None:
    rng = torch.Generator().manual_seed(0)
    first, second = (throw(SHARES.expand(40_000, 3), rng).flatten() for _ in range(2))
    both = ((first == 2) & (second == 2)).double().mean().item()
    assert both == pytest.approx(0.04, abs=0.005)
    # The dart does not remember: after green, green comes as often as ever.
    assert (second[first == 2] == 2).double().mean().item() == pytest.approx(0.2, abs=0.02)


@pytest.mark.parametrize("darts", [10, 100])
def test_the_typical_distance_is_what_the_formula_says(darts: int) -> None:
    rng = torch.Generator().manual_seed(0)
    hits = throw(SHARES.expand(3000 * darts, 3), rng).view(3000, darts) == 0
    share = hits.double().mean(dim=1)
    assert share.mean().item() == pytest.approx(0.5, abs=0.01)
    assert share.std().item() == pytest.approx(typical(0.5, darts), rel=0.06)


def test_a_hundred_times_as_many_darts_make_it_ten_times_as_small() -> None:
    assert typical(0.3, 10) / typical(0.3, 1000) == pytest.approx(10)


def test_the_loss_is_the_mean_surprise_of_what_came() -> None:
    logits = SHARES.log().expand(1, 4, 3)
    came = torch.tensor([[0, 2, 2, 1]])
    by_hand = -sum(math.log(SHARES[0, token]) for token in came[0].tolist()) / 4
    assert next_token_loss(logits, came).item() == pytest.approx(by_hand)
    assert surprise(0.2 * 0.2) == pytest.approx(2 * surprise(0.2))


def test_the_same_seed_throws_the_same() -> None:
    def drawn(seed: int) -> list[int]:
        return throw(SHARES.expand(50, 3), torch.Generator().manual_seed(seed)).flatten().tolist()

    assert drawn(3) == drawn(3) != drawn(4)
