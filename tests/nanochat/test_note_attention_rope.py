"""The note on RoPE: every number in it is worked out again here, by the code it speaks about."""

from __future__ import annotations

import math
import re

import pytest
import torch
from note_checks import Claim, shape, signed
from note_text import NoteText, text_of

from nanochat.gpt import GPTConfig, apply_rotary_emb, rotary_tables

NOTE = NoteText(text_of("attention.rope"), "attention.rope.md")
BASE = GPTConfig().rope_base


def turned(pair: tuple[float, float], position: int) -> torch.Tensor:
    cos, sin = rotary_tables(position + 1, 2, BASE)
    x = torch.tensor([pair], dtype=torch.float32).repeat(position + 1, 1)
    return apply_rotary_emb(x, cos, sin)[position]


def score(m: int, n: int) -> float:
    return (turned((1, 0), m) @ turned((1, 0), n)).item()


def rates(width: int) -> torch.Tensor:
    cos, sin = rotary_tables(2, width, BASE)
    return torch.atan2(sin[1].double(), cos[1].double())


def claims() -> list[Claim]:
    how, here, ask = "How it works", "In this code", "Check yourself"
    config = GPTConfig()
    T, D = config.sequence_len, config.head_width
    q, k, dials = turned((1, 0), 3), turned((1, 0), 1), rates(D)
    rows = [
        Claim(how, f"| {m} | ({', '.join(map(signed, turned((1, 0), m).tolist()))}) |")
        for m in range(4)
    ]
    cos, _ = rotary_tables(T, D, BASE)
    letters = {"B": 2, "H": 3, "T": 5, "D": 8}
    x = torch.ones(2, 3, 5, 8)
    some_cos, some_sin = rotary_tables(5, 8, BASE)
    out = apply_rotary_emb(x, some_cos, some_sin)
    return [
        Claim(
            how,
            r"$$(a\cos\varphi - b\sin\varphi,\;\; a\sin\varphi + b\cos\varphi).$$",
            "formula",
        ),
        Claim(
            how,
            f"turns by $\\theta = {rates(2)[0]:.0f}$ radian per place "
            f"(about {math.degrees(rates(2)[0]):.0f} degrees). Query and key are both $(1, 0)$",
        ),
        *rows,
        Claim(
            how,
            f"Query at 3, key at 1: ${q[0]:.2f} \\cdot {k[0]:.2f} + {q[1]:.2f} \\cdot {k[1]:.2f} "
            f"= {score(3, 1):.2f}$. Query at 7, key at 5: again ${score(7, 5):.2f}$. "
            f"One place apart, at 3 and 2: ${score(3, 2):.2f}$.",
        ),
        Claim(how, f"With a head {D} wide there are {len(dials)}."),
        Claim(how, f"a full turn every {math.tau / dials[0]:.2f} places"),
        Claim(how, f"about {round(math.tau / dials[-1].item(), -3):,.0f} places"),
        Claim(
            how,
            "$$(R_{m\\theta}\\,q) \\cdot (R_{n\\theta}\\,k) = q \\cdot R_{(n-m)\\theta}\\,k = "
            "|q|\\,|k| \\cos\\big(\\delta + (m - n)\\,\\theta\\big),$$",
            "formula",
        ),
        Claim(
            how,
            f"has $D/2$ pairs. Pair $i$, counted from 0, turns by "
            f"$\\theta_i = {BASE:.0f}^{{-2i/D}}$",
            "formula",
        ),
        Claim(here, "two tables of shape $(T, D/2)$", "shape"),
        Claim(here, f"For {T} positions and heads {D} wide they are ${shape(cos)}$", "shape"),
        Claim(here, f"queries and keys of shape ${shape(out, letters)}$", "shape"),
        Claim(here, "Positions count from 0, so the first token is not turned."),
        Claim(ask, "Query and key are both $(1, 0)$. Query at 10, key at 9"),
        Claim(ask, f"1. ${score(10, 9):.2f}$"),
        Claim(ask, "for 6 positions and heads 8 wide"),
        Claim(ask, f"2. ${shape(rotary_tables(6, 8, BASE)[0])}$", "shape"),
    ]


def test_the_rounded_numbers_give_the_rounded_sum_as_well() -> None:
    found = re.search(r"key at 1: \$(\S+) \\cdot (\S+) \+ (\S+) \\cdot (\S+) = (\S+)\$", NOTE.body)
    assert found
    a, b, c, d, total = (float(part) for part in found.groups())
    assert round(a * b + c * d, 2) == total
    assert score(10, 9) == pytest.approx(score(3, 2), abs=1e-6)


def test_the_formulas() -> None:
    """Turned by m and by n, the dot product depends on the angle between and on m − n alone."""
    q, k, m, n = (1.0, 0.5), (-0.3, 2.0), 7, 3
    a, b = q
    turn = (a * math.cos(m) - b * math.sin(m), a * math.sin(m) + b * math.cos(m))
    assert turned(q, m).tolist() == pytest.approx(turn, abs=1e-5)
    delta = math.atan2(q[1], q[0]) - math.atan2(k[1], k[0])
    expected = math.hypot(*q) * math.hypot(*k) * math.cos(delta + (m - n))
    assert (turned(q, m) @ turned(k, n)).item() == pytest.approx(expected, abs=1e-5)


def test_the_speeds_of_the_dials() -> None:
    assert rates(2).tolist() == [pytest.approx(1.0)]
    width = GPTConfig().head_width
    powers = torch.arange(width // 2).double()
    assert torch.allclose(rates(width), BASE ** (-2 * powers / width), rtol=1e-5)


def test_the_first_token_is_not_turned() -> None:
    x = torch.randn(2, 3, 5, 8)
    assert torch.equal(apply_rotary_emb(x, *rotary_tables(5, 8, BASE))[:, :, 0], x[:, :, 0])
    assert rotary_tables(5, 8, BASE)[0].shape == (5, 8 // 2)


def test_the_convention() -> None:
    """Halves are paired, and a positive angle turns counter-clockwise."""
    cos, sin = rotary_tables(2, 4, BASE)
    out = apply_rotary_emb(torch.tensor([[1.0, 0, 0, 0]] * 2), cos, sin)[1]
    assert (out != 0).tolist() == [True, False, True, False]
    assert out[2] > 0
    assert "counter-clockwise" in NOTE.section("In this code")


def test_the_block_prints_the_table() -> None:
    (_, code), (_, quoted) = NOTE.fences
    assert f"base={BASE:_.0f})" in code
    printed = re.findall(r"(-?\d\.\d{4}), +(-?\d\.\d{4})\]", quoted)
    rows = re.findall(r"^\| \d \| \((.+), (.+)\) \|$", NOTE.section("How it works"), re.M)
    assert [tuple(signed(float(n)) for n in row) for row in printed] == rows
