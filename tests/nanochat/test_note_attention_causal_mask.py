"""The note on the causal mask: its triangle, shares and shapes, worked out by our own mask."""

from __future__ import annotations

import math

import pytest
import torch
from note_checks import Claim, shape
from random_models import VOCAB, random_model

from nanochat.gpt import GPT, visible
from nanochat.loss import next_token_loss
from nanochat.probes import attention_pattern

HOW, HERE, DOUBTS, ASK = "How it works", "In this code", "Common confusions", "Check yourself"
WORDS = ("I", "like", "red", "apples")
SCORES = (1.0, 2.0, 1.0, 4.0)  # of "red"
CPU = torch.device("cpu")


def triangle(T: int) -> torch.Tensor:
    return visible(T, T, T, CPU)


def cells(numbers: torch.Tensor, digits: int = 0) -> str:
    return " | ".join(f"{number:.{digits}f}" for number in numbers.tolist())


def shares(last: float) -> torch.Tensor:
    """Of "red", with this score in the last place."""
    return torch.tensor([*SCORES[:-1], last]).softmax(dim=-1)


def claims() -> list[Claim]:
    T = len(WORDS)
    table = triangle(T)
    red = WORDS.index("red")
    hidden = torch.tensor(SCORES).masked_fill(~table[red], -math.inf)
    assert hidden.tolist() == [*SCORES[:-1], -math.inf]
    first = torch.zeros(T).masked_fill(~table[0], -math.inf).softmax(dim=-1)
    letters = {"T": 3, "S": 5}
    cached = visible(2, 6 + 2, 99, CPU)
    return [
        Claim(HOW, "Number the places from 0."),
        Claim(HOW, "that is looked at, 1 for “may look”"),
        *(
            Claim(HOW, f"| **{word}** | {cells(row)} |")
            for word, row in zip(WORDS, table, strict=True)
        ),
        Claim(
            HOW,
            f"A triangle of ones: {table.sum()} of {table.numel()} pairs are left.",
        ),
        Claim(HOW, "A score of 0 is not enough"),
        Claim(HOW, f"then the share is exactly {shares(-math.inf)[3]:.0f}."),
        Claim(
            HOW,
            r"$$m_{ts} = \begin{cases} 0 & \text{if } s \le t \\ -\infty & \text{if } s > t "
            r"\end{cases}$$",
            "formula",
        ),
        Claim(
            HOW,
            "Say “red” has the scores "
            f"{', '.join(f'{score:.0f}' for score in SCORES[:-1])} and, for “apples”, "
            f"{SCORES[-1]:.0f}.",
        ),
        Claim(HOW, f"| {SCORES[-1]:.0f}, not hidden | {cells(shares(SCORES[-1]), 2)} |"),
        Claim(HOW, f"| 0, the wrong way | {cells(shares(0), 2)} |"),
        Claim(HOW, f"| minus infinity | {cells(shares(-math.inf), 2)} |"),
        Claim(HOW, "the shares that remain make 1 by themselves"),
        Claim(HOW, f"both of shape ${shape(visible(3, 5, 9, CPU), letters)}$, the shares", "shape"),
        Claim(HOW, "lower triangular: $p_{ts} = 0$ for $s > t$."),
        Claim(HOW, r"$z_t = \sum_{s \le t} p_{ts}\, v_s$", "formula"),
        Claim(HOW, r"depends on $x_0, \dots, x_t$ alone", "formula"),
        Claim(HOW, r"$$P(x_{t+1} \mid x_0, \dots, x_t).$$", "formula"),
        Claim(HOW, r"$$\frac{T (T + 1)}{2}.$$", "formula"),
        Claim(
            HERE,
            f"makes the table, shape ${shape(visible(3, 5, 9, CPU), letters)}$, of true",
            "shape",
        ),
        Claim(HERE, "then the last 2 of 4 tokens alone"),
        Claim(DOUBTS, "set to 0 after softmax?** Then the others would not make 1,"),
        Claim(ASK, "1. How many pairs are left for a text of 5 tokens?"),
        Claim(ASK, "2. Which places may the token at place 0 see"),
        Claim(ASK, "3. A cache keeps 6 tokens, and 2 new ones are read."),
        Claim(ASK, f"1. {triangle(5).sum()}."),
        Claim(ASK, f"with a share of {first[0]:.0f}."),
        Claim(
            ASK,
            f"3. ${shape(cached)}$: {cached.size(0)} look, and {cached.size(1)} are looked at.",
            "shape",
        ),
    ]


def test_the_rounded_shares_make_one() -> None:
    for last in (SCORES[-1], 0.0, -math.inf):
        assert sum(round(share, 2) for share in shares(last).tolist()) == pytest.approx(1)


@pytest.mark.parametrize("T", [1, 2, 7, 20])
def test_the_formula_counts_the_pairs(T: int) -> None:
    assert triangle(T).sum() == T * (T + 1) // 2


def test_with_a_cache_the_table_is_the_end_of_the_whole_one() -> None:
    assert torch.equal(visible(3, 8, 8, CPU), triangle(8)[5:])
    assert visible(1, 8, 8, CPU).all()
    assert not visible(1, 8, 3, CPU)[0, :5].any() and visible(1, 8, 3, CPU)[0, 5:].all()


def test_the_fused_triangle_is_this_table() -> None:
    torch.manual_seed(0)
    q, k = torch.randn(2, 3, 6, 8), torch.randn(2, 3, 6, 8)
    fused = torch.nn.functional.scaled_dot_product_attention
    v = torch.eye(6).expand(2, 3, 6, 6)
    by_table = fused(q, k, v, attn_mask=triangle(6))
    assert torch.allclose(by_table, fused(q, k, v, is_causal=True), atol=1e-6)
    assert (by_table[..., ~triangle(6)] == 0).all()
    assert torch.allclose(attention_pattern(q, k, 6, 8**0.5).sum(dim=-1), torch.ones(2, 3, 6))


def test_no_guess_of_ours_hears_of_a_later_token() -> None:
    model = random_model()
    text = torch.randint(0, VOCAB, (1, 10), generator=torch.Generator().manual_seed(0))
    changed = text.clone()
    changed[0, 6] = (changed[0, 6] + 1) % VOCAB
    with torch.inference_mode():
        moved = (model(text) - model(changed)).abs().amax(dim=-1)[0] > 1e-4
    assert moved.tolist() == [False] * 6 + [True] * 4


def test_hidden_only_after_softmax_the_rest_makes_less_than_one_and_tells() -> None:
    late = [shares(score)[:3] for score in (3.0, 6.0)]
    assert late[0].sum() < 0.5 and not torch.allclose(late[0], late[1])


def learned(mask: bool) -> float:
    """The loss of a small model after a few steps on random tokens, which nobody can guess."""
    torch.manual_seed(0)
    model = random_model(n_layer=2, n_head=2, n_kv_head=2, vocab_size=12)
    fused = torch.nn.functional.scaled_dot_product_attention
    with pytest.MonkeyPatch.context() as patch:
        if not mask:
            patch.setattr(
                torch.nn.functional,
                "scaled_dot_product_attention",
                lambda q, k, v, is_causal=False, **options: fused(q, k, v, **options),
            )
        steps = torch.optim.Adam(model.parameters(), lr=0.01)
        for _ in range(150):
            text = torch.randint(0, 12, (16, 9))
            loss = next_token_loss(model(text[:, :-1]), text[:, 1:])
            steps.zero_grad()
            loss.backward()
            steps.step()
    assert isinstance(model, GPT)
    return loss.item()


def test_without_the_mask_the_model_copies_what_it_should_guess() -> None:
    """Random tokens cannot be guessed: ln 12 is the best, unless the answer can be seen."""
    honest, copied = learned(mask=True), learned(mask=False)
    assert honest > math.log(12) - 0.15
    assert copied < honest - 0.7
