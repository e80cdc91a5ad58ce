"""The note on tensors: every number and shape in it, worked out by torch and by our layer."""

from __future__ import annotations

import math

import pytest
import torch
from note_checks import Claim, shape

from nanochat.gpt import CausalSelfAttention, GPTConfig

HOW, HERE, DOUBTS, ASK = "How it works", "In this code", "Common confusions", "Check yourself"
NUMBERS = torch.arange(24).view(2, 3, 4)  # the example: 2 texts, 3 tokens, 4 numbers each
CUT = NUMBERS.view(2, 3, 2, 2)
HEADS = CUT.transpose(1, 2)


def place(b: int, t: int, c: int, T: int, C: int) -> int:
    """The formula of the note."""
    return (b * T + t) * C + c


def pair(numbers: torch.Tensor) -> str:
    return ", ".join(str(number) for number in numbers.tolist())


def layer_shapes(B: int, T: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """What stands in the layer: before the cut, after the view, after the transpose."""
    layer = CausalSelfAttention(GPTConfig(), layer=0)
    y = layer.c_qkv(torch.randn(B, T, GPTConfig().n_embd))
    heads = y.view(B, T, -1, layer.head_width)
    return y, heads, heads.transpose(1, 2)


def claims() -> list[Claim]:
    config = GPTConfig()
    B, T, C = NUMBERS.shape
    b, t, c = (int(i) for i in (NUMBERS == 17).nonzero()[0])
    letters = {"B": 2, "T": 3, "C": config.n_embd, "12": 12, "64": 64}
    x = torch.zeros(2, 3, config.n_embd)
    y, viewed, moved = layer_shapes(2, 3)
    own = layer_shapes(5, 7)
    wrong = NUMBERS.view(2, 2, 3, 2)[0, 0]
    return [
        Claim(
            "Why it exists",
            f"You give a model {B} texts. Each has {T} tokens (pieces of text), and each token is "
            f"described by {C} numbers. That makes {NUMBERS.numel()} numbers.",
        ),
        Claim("Why it exists", "does number 17 belong"),
        Claim("Why it exists", f"as {B} sheets of {T} rows and {C} columns"),
        Claim(
            HOW,
            f"A list of {C} numbers has the shape ${shape(NUMBERS[0, 0])}$ (the comma is Python's "
            f"habit), a table of {T} rows and {C} columns ${shape(NUMBERS[0])}$, two such sheets "
            f"${shape(NUMBERS)}$.",
            "shape",
        ),
        Claim(HOW, f"there are: ${B} \\cdot {T} \\cdot {C} = {math.prod(NUMBERS.shape)}$"),
        Claim(HOW, f"the usual shape is ${shape(x, letters)}$", "shape"),
        Claim(HOW, "each counted from 0"),
        Claim(HOW, r"$$(b \cdot T + t) \cdot C + c.$$", "formula"),
        Claim(
            HOW,
            f"With $T = {T}$ and $C = {C}$, the address $({b}, {t}, {c})$ is place "
            f"$({b} \\cdot {T} + {t}) \\cdot {C} + {c} = {place(b, t, c, T, C)}$. So number "
            f"{NUMBERS[b, t, c]} belongs",
        ),
        Claim(
            HOW,
            f"numbers {NUMBERS[0].min()} to {NUMBERS[0].max()}. Cut each token into "
            f"{CUT.size(2)} heads of {CUT.size(3)} numbers",
        ),
        Claim(HOW, "| | token 0 | token 1 | token 2 |"),
        *(
            Claim(HOW, f"| head {head} | {' | '.join(map(pair, HEADS[0, head]))} |")
            for head in range(2)
        ),
        Claim(
            HOW,
            f"from ${shape(NUMBERS)}$ over ${shape(CUT)}$ to ${shape(HEADS)}$.",
            "shape",
        ),
        Claim(HOW, r"$n_1, \dots, n_d$ also keeps strides $s_1, \dots, s_d$", "formula"),
        Claim(HOW, r"$(i_1, \dots, i_d)$ is at place", "formula"),
        Claim(HOW, r"$$i_1 s_1 + i_2 s_2 + \dots + i_d s_d.$$", "formula"),
        Claim(
            HOW,
            r"$s_d = 1$ and $s_k = n_{k+1} \cdots n_d$: for "
            f"${shape(NUMBERS)}$ the strides are ${NUMBERS.stride()}$",
            "formula",
        ),
        Claim(HERE, f"receives `x`, shape ${shape(x, letters)}$", "shape"),
        Claim(
            HERE,
            f"every token's {x.size(2)} numbers {y.size(2)} others: {viewed.size(2)} heads, "
            f"{viewed.size(3)} wide ({config.n_head} for queries, {config.n_kv_head} for keys, "
            f"{config.n_kv_head} for values)",
        ),
        Claim(HERE, "−1 stands for"),
        Claim(HERE, f"then gives ${shape(moved, letters)}$", "shape"),
        Claim("See it", f"step from ${shape(x, letters)}$ through view to transpose", "shape"),
        Claim(
            DOUBTS,
            f"head 0 of the first text would hold {pair(wrong[0])}, then {pair(wrong[1])}, then "
            f"{pair(wrong[2])}: its “token 1” is the rest of token 0.",
        ),
        Claim(DOUBTS, "**Is $(3, 4)$ the same as $(4, 3)$?** Both hold 12 numbers"),
        Claim(DOUBTS, "**Which dimension is number 1?** The second. Counting starts at 0"),
        Claim(DOUBTS, "−1 is the last"),
        Claim(ASK, f"does shape ${shape(moved)}$ hold?", "shape"),
        Claim(ASK, "in head 0, token 2?"),
        Claim(ASK, "Our layer reads 5 texts of 7 tokens."),
        Claim(ASK, f"1. {moved.numel():,}, as many as ${shape(y)}$."),
        Claim(
            ASK,
            f"2. {HEADS[1, 0, 2, 0]} and {HEADS[1, 0, 2, 1]}: its numbers begin at "
            f"{NUMBERS[1].min()}, token 2 at {NUMBERS[1, 2].min()}.",
        ),
        Claim(ASK, f"3. ${shape(own[1])}$, then ${shape(own[2])}$.", "shape"),
    ]


def test_the_formula_finds_every_number() -> None:
    sizes = NUMBERS.shape
    for b, t, c in ((b, t, c) for b in range(2) for t in range(3) for c in range(4)):
        assert place(b, t, c, sizes[1], sizes[2]) == NUMBERS[b, t, c]


@pytest.mark.parametrize("tensor", [NUMBERS, CUT, HEADS], ids=["fresh", "view", "transposed"])
def test_strides_find_every_number(tensor: torch.Tensor) -> None:
    memory = NUMBERS.flatten()
    for address in torch.cartesian_prod(*map(torch.arange, tensor.shape)).tolist():
        at = sum(i * s for i, s in zip(address, tensor.stride(), strict=True))
        assert memory[at] == tensor[tuple(address)]


def test_what_is_said_of_strides() -> None:
    sizes, strides = CUT.shape, CUT.stride()
    assert [math.prod(sizes[k + 1 :]) for k in range(4)] == list(strides)
    assert HEADS.stride() == (strides[0], strides[2], strides[1], strides[3])


def test_view_keeps_the_order_and_transpose_does_not() -> None:
    assert torch.equal(CUT.flatten(), NUMBERS.flatten())
    assert not torch.equal(HEADS.flatten(), NUMBERS.flatten())
    assert torch.equal(HEADS.flatten().sort().values, NUMBERS.flatten())
    direct = NUMBERS.view(2, 2, 3, 2)
    assert direct.shape == HEADS.shape and not torch.equal(direct, HEADS)


def test_view_and_transpose_copy_nothing_and_a_reshape_may() -> None:
    assert CUT.data_ptr() == HEADS.data_ptr() == NUMBERS.data_ptr()
    with pytest.raises(RuntimeError):
        HEADS.view(2, 12)
    assert HEADS.reshape(2, 12).data_ptr() != NUMBERS.data_ptr()


def test_minus_one_is_worked_out_or_the_last() -> None:
    assert NUMBERS.view(2, 3, -1, 2).shape == CUT.shape
    assert NUMBERS.size(-1) == NUMBERS.size(2) == 4
    assert torch.zeros(3, 4).numel() == torch.zeros(4, 3).numel() == 12


def test_the_layer_goes_back_at_the_end() -> None:
    layer = CausalSelfAttention(GPTConfig(), layer=0)
    _, _, moved = layer_shapes(2, 3)
    z = moved[:, : layer.n_head]
    assert z.transpose(1, 2).reshape(2, 3, GPTConfig().n_embd).shape == (2, 3, 256)
