"""The note on self-attention: its table, scales and shapes, worked out by torch and our layer."""

from __future__ import annotations

import math

import pytest
import torch
from note_checks import Claim, shape, signed
from torch.nn import functional as F  # noqa: N812 (the field's name for it)

from nanochat.cache import KVCache
from nanochat.gpt import CausalSelfAttention, GPTConfig, norm, rotary_tables

HOW, HERE, DOUBTS, ASK = "How it works", "In this code", "Common confusions", "Check yourself"
TOKENS = ("cup", "fell", "it")
KEYS = torch.tensor([[2.0, 0.0], [0.0, 1.0], [1.0, 0.0]])
VALUES = torch.tensor([[10.0, 0.0], [0.0, 10.0], [5.0, 5.0]])
IT, FELL = torch.tensor([1.0, 0.0]), torch.tensor([0.0, 1.0])


def shares(query: torch.Tensor, seen: int = 3) -> torch.Tensor:
    return (KEYS[:seen] @ query).softmax(dim=-1)


def written(x: torch.Tensor, digits: int = 0) -> str:
    return f"({', '.join(signed(number, digits) for number in x.tolist())})"


def bare(x: torch.Tensor) -> str:
    return written(x).strip("()")


def seen_inside(B: int, T: int, past: int = 0, **sizes: int) -> dict[str, torch.Tensor | float]:
    """What our layer hands to the fused call, and what comes back; ``past`` tokens are cached."""
    config, fused, kept = GPTConfig(**sizes), F.scaled_dot_product_attention, {}

    def watched(q, k, v, **options):
        kept.update(q=q, k=k, v=v, scale=options["scale"], z=fused(q, k, v, **options))
        return kept["z"]

    torch.manual_seed(0)
    layer = CausalSelfAttention(config, layer=0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(F, "scaled_dot_product_attention", watched)
        cos, sin = rotary_tables(past + T, config.head_width, config.rope_base)
        cache = KVCache(config, B, past + T) if past else None
        if cache:
            layer(torch.randn(B, past, config.n_embd), cos[:past], sin[:past], cache)
            cache.advance(past)
        kept["x"] = torch.randn(B, T, config.n_embd)
        kept["y"] = layer(kept["x"], cos[past:], sin[past:], cache)
    return kept


def claims() -> list[Claim]:
    p, config = shares(IT), GPTConfig()
    D, bound = config.head_width, config.attention_bound
    letters = {"B": 2, "T": 5, "C": 48, "H": 6, "H_k": 3, "D": 8}
    inside = seen_inside(2, 5, n_embd=48, n_head=6, n_kv_head=3)
    cached = seen_inside(2, 5, past=2, n_embd=48, n_head=6, n_kv_head=3)
    keys = shape(cached["k"], {"B": 2, "H_k": 3, "S": 2 + 5, "D": 8})
    assert cached["v"].shape == cached["k"].shape and cached["q"].shape == inside["q"].shape
    own = seen_inside(2, 10)
    table = own["q"] @ own["k"].transpose(2, 3)
    fell = shares(FELL, seen=2)
    q, k, out = (2, 5, 8), (2, 7, 8), {"T": 5, "S": 7, "D": 8}
    return [
        Claim(
            HOW,
            r"$$a_{ts} = c\; q_t \cdot k_s$$" + "\n\n"
            r"$$p_{ts} = \frac{e^{a_{ts}}}{\sum_{r \le t} e^{a_{tr}}}$$" + "\n\n"
            r"$$z_t = \sum_{s \le t} p_{ts}\, v_s$$",
            "formula",
        ),
        Claim(
            HOW,
            f"lists of {KEYS.size(1)} numbers, $c = 1$. The query of *it* is ${written(IT)}$.",
        ),
        *(
            Claim(
                HOW,
                f"| {token} | {bare(KEYS[n])} | {KEYS[n] @ IT:.0f} | {p[n]:.2f} | "
                f"{bare(VALUES[n])} |",
            )
            for n, token in enumerate(TOKENS)
        ),
        Claim(
            HOW,
            "The first number of the result is "
            + " + ".join(f"{p[n]:.2f} · {VALUES[n, 0]:.0f}" for n in range(3))
            + f" = {(p @ VALUES)[0]:.1f}, the second "
            + " + ".join(f"{p[n]:.2f} · {VALUES[n, 1]:.0f}" for n in range(3))
            + f" = {(p @ VALUES)[1]:.1f}: mostly",
        ),
        Claim(
            HOW,
            f"a matrix $Q$ of shape ${shape(q[1:], out)}$, and keys and values into $K$ and $V$ of "
            f"shape ${shape(k[1:], out)}$. The mask $M$ of shape "
            f"${shape((torch.zeros(q) @ torch.zeros(k).mT)[0], out)}$ is 0 where",
            "shape",
        ),
        Claim(HOW, r"$$Z = \operatorname{softmax}(c\,Q K^\top + M)\,V,$$", "formula"),
        Claim(HOW, f"row by row, of shape ${shape(q[1:], out)}$", "shape"),
        Claim(
            HOW,
            r"have the length $\sqrt{D}$, so $q \cdot k = D \cos\alpha$ with $\alpha$ the angle "
            f"between them. With $c = {bound:.0f} / D$ the score is ${bound:.0f} \\cos\\alpha$.",
            "formula",
        ),
        Claim(HERE, f"values of `x`, shape ${shape(inside['x'], letters)}$,", "shape"),
        Claim(
            HERE,
            f"`q` has the shape ${shape(inside['q'], letters)}$, `k` and `v` ${keys}$; without",
            "shape",
        ),
        Claim(
            HERE,
            f"Its result `z`, ${shape(inside['z'], letters)}$, becomes "
            f"${shape(inside['y'], letters)}$ again",
            "shape",
        ),
        Claim(DOUBTS, "positive, and 1 together"),
        Claim(
            DOUBTS,
            f"Ours are {D} wide, with queries and keys of length {math.sqrt(D):.0f}, so dot "
            f"products reach ±{D}, and",
        ),
        Claim(DOUBTS, f"divide by $\\sqrt{{D}}$, here {math.sqrt(D):.0f}."),
        Claim(
            DOUBTS,
            f"multiplies by ${own['scale'] * D:.0f} / {D}$, so scores stay within ±{bound:.0f}.",
        ),
        Claim(ASK, f"1. The query of *fell* is ${written(FELL)}$."),
        Claim(ASK, "reads 2 texts of 10 tokens"),
        Claim(
            ASK,
            f"1. Scores {KEYS[0] @ FELL:.0f} with *cup* and {KEYS[1] @ FELL:.0f} with *fell*, "
            f"shares {fell[0]:.2f} and {fell[1]:.2f};",
        ),
        Claim(ASK, f"so that share is {shares(IT, seen=1)[0]:.0f}."),
        Claim(ASK, f"3. ${shape(table)}$: texts, heads, queries, keys.", "shape"),
    ]


def test_the_rounded_numbers_give_the_rounded_result_as_well() -> None:
    p = (shares(IT) * 100).round() / 100
    assert p.sum().item() == pytest.approx(1)
    assert written(p @ VALUES, 1) == written(shares(IT) @ VALUES, 1)


def test_the_formula_is_what_the_layer_does() -> None:
    """Attention by the three sums of the note, one place at a time, in a model of ours."""
    inside = seen_inside(1, 5, n_embd=32, n_head=4, n_kv_head=4)
    q, k, v, c = (inside[name] for name in ("q", "k", "v", "scale"))
    for head in range(4):
        for t in range(5):
            a = [c * (q[0, head, t] @ k[0, head, s]).item() for s in range(t + 1)]
            p = [math.exp(score) / sum(map(math.exp, a)) for score in a]
            z = sum(share * v[0, head, s] for s, share in enumerate(p))
            assert torch.allclose(inside["z"][0, head, t], z, atol=1e-5)


def test_the_matrix_form() -> None:
    inside = seen_inside(1, 5, n_embd=32, n_head=4, n_kv_head=4)
    mask = torch.full((5, 5), -math.inf).triu(1)
    scores = inside["scale"] * inside["q"] @ inside["k"].mT + mask
    assert torch.allclose(scores.softmax(dim=-1) @ inside["v"], inside["z"], atol=1e-5)


def test_no_score_leaves_the_bound() -> None:
    config, inside = GPTConfig(), seen_inside(2, 50)
    assert inside["scale"] * config.head_width == config.attention_bound
    length = inside["q"].norm(dim=-1)
    assert torch.allclose(length, torch.full_like(length, math.sqrt(config.head_width)), atol=1e-3)
    twin = inside["q"] @ inside["q"].mT * inside["scale"]
    assert twin.diagonal(dim1=2, dim2=3).min().item() == pytest.approx(12, abs=1e-2)


def test_scores_of_64_leave_nothing_for_the_others() -> None:
    assert torch.tensor([64.0, 32.0]).softmax(dim=-1)[0] > 0.9999
    assert torch.tensor([64.0, 32.0]).mul(12 / 64).softmax(dim=-1)[1] > 0.001


def test_with_one_list_each_token_fits_itself_best() -> None:
    x = norm(torch.randn(20, 8))
    assert ((x @ x.T).argmax(dim=-1) == torch.arange(20)).all()


def test_the_sentence_of_the_note() -> None:
    words = ["The", "cup", "fell", "and", "it", "broke"]
    assert words.index("it") - words.index("cup") == 3


def test_a_token_sees_itself_and_what_came_before() -> None:
    config = GPTConfig(n_embd=32)
    layer, tables = CausalSelfAttention(config, 0), rotary_tables(6, config.head_width, 1e5)
    x = torch.randn(1, 6, 32)
    changed = x.clone()
    changed[0, 3] += 1
    moved = (layer(x, *tables, None) - layer(changed, *tables, None)).abs().amax(dim=-1)[0] > 1e-6
    assert moved.tolist() == [False] * 3 + [True] * 3
