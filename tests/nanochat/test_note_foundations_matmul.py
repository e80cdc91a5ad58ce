"""The note on matrix multiplication: its tables and counts, worked out by torch and our layer."""

from __future__ import annotations

import pytest
import torch
from note_checks import Claim, shape

from nanochat.gpt import MLP, GPTConfig, Linear

WHY, HOW, HERE = "Why it exists", "How it works", "In this code"
DOUBTS, ASK = "Common confusions", "Check yourself"
PEOPLE = torch.tensor([[1, 1, 1], [2, 0, 1]])
PRICES = torch.tensor([[1, 2], [2, 1], [1, 3]])
GOODS = ("bread", "milk", "eggs")


def listed(numbers: torch.Tensor) -> str:
    *first, last = map(str, numbers.tolist())
    return f"{', '.join(first)} and {last}"


def bare(numbers: torch.Tensor) -> str:
    return ", ".join(map(str, numbers.tolist()))


def multiplications(X: torch.Tensor, W: torch.Tensor) -> int:
    """Counted while the cells are filled one by one."""
    count = 0
    for row in X:
        for column in W.T:
            for _ in zip(row, column, strict=True):
                count += 1
    return count


def claims() -> list[Claim]:
    paid = PEOPLE @ PRICES
    (N, K), M = PEOPLE.shape, PRICES.size(1)
    config = GPTConfig()
    c_fc = MLP(config).c_fc
    x = torch.zeros(2, 3, config.n_embd)
    letters = {"B": 2, "T": 3, "256": 256, "1024": 1024}
    third, (five, seven) = torch.tensor([0, 1, 2]), (torch.zeros(5, 3), torch.zeros(3, 7))
    row, column = PEOPLE[1], PRICES[:, 1]
    with pytest.raises(RuntimeError):
        seven @ five
    return [
        Claim(WHY, f"One buys {listed(PEOPLE[0])} of them, the other {listed(PEOPLE[1])}."),
        Claim(WHY, f"For {N} people and {M} shops there are {paid.numel()}."),
        Claim(
            HOW,
            r"$$y_{ij} = x_{i1} w_{1j} + x_{i2} w_{2j} + \dots + x_{iK} w_{Kj}.$$",
            "formula",
        ),
        Claim(HOW, "The prices:\n\n| | shop 1 | shop 2 |"),
        *(
            Claim(HOW, f"| {good} | {PRICES[n, 0]} | {PRICES[n, 1]} |")
            for n, good in enumerate(GOODS)
        ),
        Claim(HOW, "What they pay:\n\n| | shop 1 | shop 2 |"),
        *(Claim(HOW, f"| {bare(PEOPLE[n])} | {paid[n, 0]} | {paid[n, 1]} |") for n in range(2)),
        Claim(
            HOW,
            "lower right: $"
            + " + ".join(f"{a} \\cdot {b}" for a, b in zip(row, column, strict=True))
            + f" = {paid[1, 1]}$.",
        ),
        Claim(HOW, f"${shape(PEOPLE)}$ times ${shape(PRICES)}$ gives ${shape(paid)}$:", "shape"),
        Claim(
            HOW,
            f"Each cell takes {K} multiplications, so all {paid.numel()} take "
            f"{multiplications(PEOPLE, PRICES)}.",
        ),
        Claim(
            HOW,
            "With $X$ of shape $(N, K)$ and $W$ of shape $(K, M)$, $Y = X W$ has the shape "
            f"${shape(torch.zeros(2, 5) @ torch.zeros(5, 7), {'N': 2, 'K': 5, 'M': 7})}$ and "
            "takes $N K M$ multiplications.",
            "shape",
        ),
        Claim(HOW, r"$(X A) B = X (A B)$.", "formula"),
        Claim(HOW, r"$(X W)^\top = W^\top X^\top$.", "formula"),
        Claim(HOW, r"$$g\,W^\top \quad\text{and}\quad X^\top g.$$", "formula"),
        Claim(HERE, "An input of shape $(B, T, C)$ is a table", "shape"),
        Claim(
            HERE,
            f"weights of shape ${shape(c_fc.weight)}$. That is {c_fc.weight.numel():,} weights, "
            f"each used once for every token: ${shape(x, letters)}$ goes in, "
            f"${shape(c_fc(x), letters)}$ comes out.",
            "shape",
        ),
        Claim(DOUBTS, "**“mat1 and mat2 shapes cannot be multiplied”?**"),
        Claim(ASK, f"1. Somebody buys {listed(third)}. What do they pay in shop 1 and in shop 2?"),
        Claim(ASK, f"2. Which shape has ${shape(five)}$ times ${shape(seven)}$, and", "shape"),
        Claim(ASK, f"3. Can ${shape(seven)}$ be multiplied by ${shape(five)}$?", "shape"),
        Claim(ASK, f"1. {listed(third @ PRICES)}."),
        Claim(
            ASK,
            f"2. ${shape(five @ seven)}$, and {multiplications(five, seven)}: three for each of "
            f"{(five @ seven).numel()} cells.",
            "shape",
        ),
        Claim(ASK, f"3. No: {seven.size(1)} and {five.size(0)} differ."),
    ]


def test_a_layer_of_ours_is_the_dot_product_of_each_row_with_each_row_of_weights() -> None:
    torch.manual_seed(0)
    layer, x = Linear(4, 3), torch.randn(2, 5, 4)
    y = layer(x)
    assert y.shape == (2, 5, 3) and layer.weight.shape == (3, 4)
    for b, t, o in ((b, t, o) for b in range(2) for t in range(5) for o in range(3)):
        assert torch.isclose(y[b, t, o], x[b, t] @ layer.weight[o], atol=1e-6)


def test_no_token_hears_of_another() -> None:
    torch.manual_seed(0)
    layer, x = Linear(4, 3), torch.randn(1, 5, 4)
    changed = x.clone()
    changed[0, 2] += 1
    moved = (layer(x) != layer(changed)).any(dim=-1)[0]
    assert moved.tolist() == [False, False, True, False, False]


def test_the_rules_of_the_fold() -> None:
    torch.manual_seed(0)
    X, A, B = (torch.randn(*s, dtype=torch.float64) for s in ((2, 3), (3, 4), (4, 5)))
    assert torch.allclose((X @ A) @ B, X @ (A @ B))
    assert torch.allclose((X @ A).T, A.T @ X.T)
    one, other = A[:, :3], torch.randn(3, 3, dtype=torch.float64)
    assert not torch.allclose(one @ other, other @ one)
    X.requires_grad_(), A.requires_grad_()
    g = torch.randn(2, 4, dtype=torch.float64)
    ((X @ A) * g).sum().backward()
    assert torch.allclose(X.grad, g @ A.T) and torch.allclose(A.grad, X.T @ g)


def test_the_message_is_the_one_that_torch_gives() -> None:
    with pytest.raises(RuntimeError, match="mat1 and mat2 shapes cannot be multiplied"):
        PEOPLE.float() @ PEOPLE.float()
    assert (PEOPLE * PEOPLE).shape == PEOPLE.shape
