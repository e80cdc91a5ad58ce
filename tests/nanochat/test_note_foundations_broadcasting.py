"""The note on broadcasting: its tables and shapes, worked out by torch and by our RoPE and mask."""

from __future__ import annotations

import torch
from note_checks import Claim, shape

from nanochat.gpt import apply_rotary_emb, rotary_tables, visible

WHY, HOW, HERE = "Why it exists", "How it works", "In this code"
DOUBTS, ASK = "Common confusions", "Check yourself"
PRICES = torch.tensor([[10, 20, 30], [40, 50, 60]])
CHANGES = torch.tensor([1, 2, 3])
UPRIGHT, FLAT = torch.tensor([0, 1, 2])[:, None], torch.tensor([1, 10])[None, :]


def listed(numbers: torch.Tensor) -> str:
    return ", ".join(map(str, numbers.flatten().tolist()))


def together(*sizes: tuple[int, ...]) -> str:
    """The shape that torch makes of these."""
    return shape(torch.broadcast_shapes(*sizes))


def refused(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    try:
        torch.zeros(one) + torch.zeros(other)
    except RuntimeError:
        return True
    return False


def speeds(head_width: int) -> torch.Tensor:
    """Radians a position of each dial, (D/2,): what the tables hold at position 1."""
    cos, sin = rotary_tables(2, head_width, 100.0)
    return torch.atan2(sin[1], cos[1])


def claims() -> list[Claim]:
    rows, columns = PRICES.shape
    total = PRICES + CHANGES
    product = UPRIGHT * FLAT
    T, half = 6, 5
    letters = {"T": T, "1": 1, "D/2": half}
    position, rate = torch.arange(T)[:, None], speeds(2 * half)[None, :]
    cos = rotary_tables(T, 2 * half, 100.0)[0]
    x = torch.zeros(2, 4, T, 2 * half)
    assert apply_rotary_emb(x, cos, cos).shape == x.shape
    first = x.chunk(2, dim=-1)[0]
    mask = visible(3, 7, 7, torch.device("cpu"))
    per_row = torch.tensor([1, 2])
    assert refused(PRICES.shape, per_row.shape) and not refused(
        PRICES.shape, per_row[:, None].shape
    )
    assert refused((2, 3), (2,))
    return [
        Claim(
            WHY,
            f"{rows} rows for {rows} shelves, {columns} columns for {columns} goods. Today "
            f"everything in the first column gets dearer by {CHANGES[0]}, in the second by "
            f"{CHANGES[1]}, in the third by {CHANGES[2]}.",
        ),
        Claim(
            WHY,
            f"one table has {PRICES.numel()} numbers and the list of changes only "
            f"{CHANGES.numel()}.",
        ),
        Claim(HOW, "put 1 in front of it"),
        Claim(HOW, "one of them is 1: reuse its only entry"),
        Claim(
            HOW,
            f"The prices have the shape ${shape(PRICES)}$, the changes ${shape(CHANGES)}$, which "
            f"counts as ${shape(CHANGES[None])}$.",
            "shape",
        ),
        *(
            Claim(HOW, f"| {listed(PRICES[row])} | {listed(CHANGES)} | {listed(total[row])} |")
            for row in range(rows)
        ),
        Claim(
            HOW,
            f"Stand {UPRIGHT.numel()} numbers upright, shape ${shape(UPRIGHT)}$, lay "
            f"{FLAT.numel()} numbers flat, shape ${shape(FLAT)}$, and multiply.",
            "shape",
        ),
        Claim(HOW, r"$$y_{ij} = a_i \cdot b_j.$$", "formula"),
        Claim(
            HOW,
            f"With {listed(UPRIGHT)} upright and {listed(FLAT)} flat, the result has the shape "
            f"${shape(product)}$:",
            "shape",
        ),
        Claim(HOW, f"| | {FLAT[0, 0]} | {FLAT[0, 1]} |"),
        *(
            Claim(HOW, f"| **{UPRIGHT[i, 0]}** | {product[i, 0]} | {product[i, 1]} |")
            for i in range(3)
        ),
        Claim(HOW, "filled up with 1 in front, be"),
        Claim(HOW, "for each $k$ either $m_k = n_k$ or one of them is 1."),
        Claim(
            HOW,
            r"$$r_k = \begin{cases} n_k & \text{if } m_k = 1 \\ m_k & \text{else.} \end{cases}$$",
            "formula",
        ),
        Claim(HOW, r"$(i_1, \dots, i_d)$ a tensor is read at $i_k$", "formula"),
        Claim(
            HOW,
            "and at 0 where its size is 1. In memory that is a stride of "
            f"{CHANGES.expand(2, 3).stride(0)}:",
        ),
        Claim(HERE, f"stands $T$ positions upright, shape ${shape(position, letters)}$", "shape"),
        Claim(HERE, f"lays $D/2$ speeds flat, shape ${shape(rate, letters)}$.", "shape"),
        Claim(HERE, "a dimension of size 1 there"),
        Claim(HERE, f"is the whole table, ${shape(cos, letters)}$, without", "shape"),
        Claim(
            HERE,
            f"multiplies ${shape(first, {'B': 2, 'H': 4, 'T': T, 'D/2': half})}$ by "
            f"${shape(cos, letters)}$.",
            "shape",
        ),
        Claim(
            HERE,
            "compares $(1, S)$, places that can be looked at, with $(T, 1)$, places that look, "
            f"and gets a table of true and false, ${shape(mask, {'T': 3, 'S': 7})}$.",
            "shape",
        ),
        Claim(HERE, "Above, 5 texts have 4 heads, 3 positions and 2 dials;"),
        Claim(
            DOUBTS,
            f"**I have {len(per_row)} numbers, one for each row, and get an error.** Shape "
            f"${shape(per_row)}$ counts as ${shape(per_row[None])}$, and {len(per_row)} columns "
            f"do not fit {columns}.",
            "shape",
        ),
        Claim(DOUBTS, f"makes ${shape(per_row[:, None])}$.", "shape"),
        Claim(DOUBTS, f"$(3,)$ minus $(3, 1)$ gives ${together((3,), (3, 1))}$:", "shape"),
        Claim(ASK, "1. Which shape comes of $(4, 1)$ plus $(1, 5)$?", "shape"),
        Claim(ASK, "2. Which comes of $(2, 3, 4)$ times $(3, 1)$?", "shape"),
        Claim(ASK, "3. Does $(2, 3)$ fit $(2,)$?", "shape"),
        Claim(ASK, f"1. ${together((4, 1), (1, 5))}$.", "shape"),
        Claim(
            ASK,
            f"2. ${together((2, 3, 4), (3, 1))}$: $(3, 1)$ counts as $(1, 3, 1)$.",
            "shape",
        ),
        Claim(ASK, "in the last dimension 3 meets 2."),
    ]


def fits(m: tuple[int, ...], n: tuple[int, ...]) -> tuple[int, ...] | None:
    """The rule of the note: the sizes of the result, or None."""
    d = max(len(m), len(n))
    m, n = (1,) * (d - len(m)) + m, (1,) * (d - len(n)) + n
    if any(a != b and 1 not in (a, b) for a, b in zip(m, n, strict=True)):
        return None
    return tuple(b if a == 1 else a for a, b in zip(m, n, strict=True))


def test_the_rule_is_the_one_of_torch() -> None:
    some = [(), (1,), (2,), (3,), (1, 2), (2, 1), (2, 3), (3, 2), (3, 1), (2, 3, 4), (4, 1, 2)]
    seen = set()
    for one in some:
        for other in some:
            result = fits(one, other)
            seen.add(result is None)
            assert refused(one, other) == (result is None)
            if result is not None:
                assert (torch.zeros(one) + torch.zeros(other)).shape == result
    assert seen == {True, False}


def test_the_result_is_that_of_copies_and_nothing_is_copied() -> None:
    copied = torch.stack([CHANGES, CHANGES])
    assert torch.equal(PRICES + CHANGES, PRICES + copied)
    stretched = CHANGES.expand(2, 3)
    assert stretched.data_ptr() == CHANGES.data_ptr() and stretched.stride() == (0, 1)


def test_one_table_of_angles_serves_all_heads_of_all_texts() -> None:
    torch.manual_seed(0)
    x, tables = torch.randn(2, 4, 6, 10), rotary_tables(6, 10, 100.0)
    together = apply_rotary_emb(x, *tables)
    for text in range(2):
        for head in range(4):
            assert torch.allclose(together[text, head], apply_rotary_emb(x[text, head], *tables))


def test_every_angle_is_position_times_speed() -> None:
    cos, sin = rotary_tables(6, 10, 100.0)
    angle = torch.arange(6)[:, None] * speeds(10)[None, :]
    assert torch.allclose(angle.cos(), cos, atol=1e-6)
    assert torch.allclose(angle.sin(), sin, atol=1e-6)


def test_the_mask_compares_each_key_with_each_query() -> None:
    query, key = torch.arange(4, 7)[:, None], torch.arange(7)[None, :]
    assert shape(key, {"1": 1, "S": 7}) == "(1, S)" and shape(query, {"T": 3, "1": 1}) == "(T, 1)"
    assert torch.equal(visible(3, 7, 99, torch.device("cpu")), key <= query)
