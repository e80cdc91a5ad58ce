"""The note on RoPE: every number in it is worked out again here, by the code it speaks about."""

from __future__ import annotations

import ast
import inspect
import math
import re
from pathlib import Path

import pytest
import torch
import yaml

from nanochat import gpt
from nanochat.gpt import GPTConfig, apply_rotary_emb, rotary_tables
from nanochat_learn.graph import checked_hash

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/knowledge_base/attention.rope.md").read_text(encoding="utf-8")
_, FRONT, BODY = TEXT.split("---\n", 2)
HEADER = yaml.safe_load(FRONT)
BASE = GPTConfig().rope_base


def section(title: str) -> str:
    return BODY.split(f"## {title}\n")[1].split("\n## ")[0]


def turned(pair: tuple[float, float], position: int) -> torch.Tensor:
    cos, sin = rotary_tables(position + 1, 2, BASE)
    x = torch.tensor([pair], dtype=torch.float32).repeat(position + 1, 1)
    return apply_rotary_emb(x, cos, sin)[position]


def score(m: int, n: int) -> float:
    return (turned((1, 0), m) @ turned((1, 0), n)).item()


def written(number: float, digits: int = 2) -> str:
    """As the note writes it: a true minus sign, no minus before a zero."""
    text = f"{number:.{digits}f}"
    return text.replace("-", "−") if float(text) else f"{0:.{digits}f}"


def rates(width: int) -> torch.Tensor:
    cos, sin = rotary_tables(2, width, BASE)
    return torch.atan2(sin[1].double(), cos[1].double())


def test_the_table_of_turned_pairs() -> None:
    rows = re.findall(r"^\| (\d) \| \((.+), (.+)\) \|$", section("How it works"), re.M)
    assert [int(position) for position, *_ in rows] == [0, 1, 2, 3]
    for position, *pair in rows:
        assert pair == [written(number) for number in turned((1, 0), int(position)).tolist()]


def test_the_scores() -> None:
    text = section("How it works").replace("−", "-")
    sums = re.search(
        r"Query at 3, key at 1: \$(\S+) \\cdot (\S+) \+ (\S+) \\cdot (\S+) = (\S+)\$", text
    )
    assert sums
    q, k = turned((1, 0), 3), turned((1, 0), 1)
    parts = [q[0], k[0], q[1], k[1], score(3, 1)]
    assert [float(part) for part in sums.groups()] == [round(float(p), 2) for p in parts]
    a, b, c, d, total = (float(part) for part in sums.groups())
    assert round(a * b + c * d, 2) == total  # the rounded numbers give the rounded sum as well
    assert f"Query at 7, key at 5: again ${score(7, 5):.2f}$" in text
    assert f"at 3 and 2: ${score(3, 2):.2f}$" in text
    asked = section("Check yourself")
    assert "Query at 10, key at 9" in asked
    assert f"1. ${score(10, 9):.2f}$" in asked
    assert score(10, 9) == pytest.approx(score(3, 2), abs=1e-6)


def test_the_speeds_of_the_dials() -> None:
    text = section("How it works")
    assert rates(2).tolist() == [pytest.approx(1.0)]
    assert f"$\\theta = 1$ radian per place (about {math.degrees(rates(2)[0]):.0f} degrees)" in text
    width = GPTConfig().head_width
    dials = rates(width)
    assert f"a head {width} wide there are {len(dials)}" in text
    assert f"a full turn every {math.tau / dials[0]:.2f} places" in text
    slowest = math.tau / dials[-1].item()
    assert f"about {round(slowest, -3):,.0f} places" in text
    assert f"\\theta_i = {BASE:.0f}^{{-2i/D}}" in text
    assert torch.allclose(
        dials, BASE ** (-2 * torch.arange(len(dials)).double() / width), rtol=1e-5
    )


def test_the_shapes() -> None:
    T, D = GPTConfig().sequence_len, GPTConfig().head_width
    cos, sin = rotary_tables(T, D, BASE)
    assert cos.shape == sin.shape
    shown = f"For {T} positions and heads {D} wide they are ${tuple(cos.shape)}$"
    assert shown in section("In this code")
    x = torch.ones(2, 3, T, D)  # (B, H, T, D)
    assert apply_rotary_emb(x, cos, sin).shape == x.shape
    assert torch.equal(apply_rotary_emb(x, cos, sin)[:, :, 0], x[:, :, 0])  # the first: not turned
    asked = section("Check yourself")
    assert "for 6 positions and heads 8 wide" in asked
    assert f"2. ${tuple(rotary_tables(6, 8, BASE)[0].shape)}$" in asked


def test_the_block_prints_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    [block] = re.findall(r"^```python\n(.*?)^```$", BODY, re.M | re.S)
    assert block in section("In this code")
    assert f"base={BASE:_.0f})" in block
    exec(compile(block, "attention.rope.md", "exec"), {})
    shown = re.findall(r"\[ *(-?\d\.\d{4}), +(-?\d\.\d{4})\]", capsys.readouterr().out)
    rows = re.findall(r"^\| \d \| \((.+), (.+)\) \|$", section("How it works"), re.M)
    assert [tuple(written(float(n)) for n in row) for row in shown] == rows
    assert len(rows) == 4


def test_the_convention() -> None:
    """Halves are paired, and a positive angle turns counter-clockwise."""
    cos, sin = rotary_tables(2, 4, BASE)
    out = apply_rotary_emb(torch.tensor([[1.0, 0, 0, 0]] * 2), cos, sin)[1]
    assert (out != 0).tolist() == [True, False, True, False]
    assert out[2] > 0
    assert "counter-clockwise" in section("In this code")


def test_no_number_stands_in_the_note_without_being_worked_out_above() -> None:
    body = re.sub(r"^```python\n.*?^```$", "", BODY, flags=re.M | re.S)  # run above
    body = re.sub(r"\[\[.*?\]\]|arXiv:\S+|2021|`.*?`|^\d\. ", "", body, flags=re.M)
    body = body.replace("100000^{-2i/D}", "").replace("D/2", "")
    body = re.sub(r"\(m - n\)|_\{?\w\}?", "", body)
    found = {n.replace(",", "") for n in re.findall(r"\d[\d,]*(?:\.\d+)?(?!\w)", body)}
    bound = {written(abs(v)) for p in range(4) for v in turned((1, 0), p).tolist()}
    bound |= {written(abs(score(3, 1))), written(score(3, 2)), "57", "64", "32", "6.28", "438000"}
    bound |= {"0", "1", "2", "3", "5", "7", "9", "10"}  # positions, and the pair (1, 0)
    bound |= {"256", "6", "8", "4"}
    assert {n.rstrip(",") for n in found} == bound


def test_the_note_keeps_the_contract() -> None:
    assert re.findall(r"^## (.+)$", BODY, re.M) == [
        "In one sentence",
        "Why it exists",
        "How it works",
        "In this code",
        "See it",
        "Common confusions",
        "Check yourself",
        "Go further",
    ]
    prose = re.sub(r"^```.*?^```$", "", BODY, flags=re.M | re.S)
    assert 300 <= len(prose.split()) <= 700
    assert not re.search(r"\b(simply|just|obviously|easy|color)\b|!", BODY, re.I)
    for fold in re.finditer(r"<details>\n<summary>.+</summary>\n(.*\n)", BODY):
        assert fold.group(1) == "\n"  # else the Markdown inside is shown raw
    assert BODY.count("<details>") == BODY.count("</details>\n") == 2
    assert HEADER["id"] == "attention.rope"


def test_the_note_was_read_beside_this_code() -> None:
    source = inspect.getsource(gpt)
    found = {
        node.name: node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)
    }
    texts = []
    for symbol in HEADER["symbols"]:
        path, name = symbol.split(":")
        assert (ROOT / path).samefile(inspect.getfile(gpt))
        node = found[name]
        texts.append("\n".join(source.split("\n")[node.lineno - 1 : node.end_lineno]))
    assert HEADER["checked"] == checked_hash(texts), (
        "The code of the note's symbols has changed: read both again, then write "
        f'checked: "{checked_hash(texts)}"'
    )
