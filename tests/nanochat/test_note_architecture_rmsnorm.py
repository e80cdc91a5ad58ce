"""The note on RMSNorm: every list in it, rescaled by our ``norm`` and by torch's LayerNorm."""

from __future__ import annotations

import math

import pytest
import torch
from note_checks import Claim, shape, signed
from torch.nn.functional import layer_norm

from nanochat import gpt
from nanochat.gpt import GPT, GPTConfig, norm

WHY, HOW, HERE = "Why it exists", "How it works", "In this code"
DOUBTS, ASK = "Common confusions", "Check yourself"
ONE, LOUD, MOVED = (1.0, 7.0), (100.0, 700.0), (11.0, 17.0)
List = tuple[float, ...]


def rms(x: List) -> float:
    return math.sqrt(sum(number**2 for number in x) / len(x))


def rescaled(x: List) -> List:
    return tuple(norm(torch.tensor(x)).tolist())


def older(x: List) -> List:
    return tuple(layer_norm(torch.tensor(x), (len(x),)).tolist())


def written(x: List, digits: int = 0) -> str:
    return f"({', '.join(signed(number, digits) for number in x)})"


def norms_in_one_pass() -> int:
    """How often the default model calls ``norm`` while it reads a text."""
    calls = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gpt, "norm", lambda x: calls.append(1) or norm(x))
        GPT(GPTConfig())(torch.tensor([[1, 2, 3]]))
    return len(calls)


def claims() -> list[Claim]:
    config, letters = GPTConfig(), {"B": 2, "T": 3, "C": 5}
    squares = [number**2 for number in ONE]
    spike = torch.zeros(config.n_embd)
    spike[3] = 0.5
    eps = torch.finfo(torch.float32).eps
    weights = torch.randn(3, 2, generator=torch.Generator().manual_seed(0))
    times = (weights @ torch.tensor(LOUD) / (weights @ torch.tensor(ONE))).mean()
    ten = tuple(10 * number for number in ONE)
    asked = torch.zeros(2, 3, config.n_embd)
    return [
        Claim(
            WHY,
            f"After 20 layers they are {2**20:,} times as large; after 128, too large for float32",
        ),
        Claim(
            WHY,
            f"the lists ${written(ONE)}$ and ${written(LOUD)}$ have the same pattern, but "
            f"multiplied by the same weights the second gives results {times:.0f} times as large",
        ),
        Claim(HOW, r"$x_1, \dots, x_C$ are the numbers of one token", "formula"),
        Claim(
            HOW,
            r"$$r = \sqrt{\frac{x_1^2 + \dots + x_C^2}{C}}$$" + "\n\n"
            r"$$y_i = \frac{x_i}{r}$$",
            "formula",
        ),
        Claim(
            HOW,
            f"${written(ONE)}$ has the squares {squares[0]:.0f} and {squares[1]:.0f}. Their mean "
            f"is {sum(squares) / 2:.0f}, the root is {rms(ONE):.0f}, and the result is "
            f"${written(rescaled(ONE), 1)}$. For ${written(LOUD)}$ the root is {rms(LOUD):.0f} "
            "and the result the same.",
        ),
        *(
            Claim(HOW, f"| {written(x)} | {written(rescaled(x), 2)} | {written(older(x), 2)} |")
            for x in (ONE, LOUD, MOVED)
        ),
        Claim(
            HOW,
            f"${written(MOVED)}$ is ${written(ONE)}$ with {MOVED[0] - ONE[0]:.0f} added, and for "
            "LayerNorm it is the same list.",
        ),
        Claim(
            HOW,
            r"The length of a list is $|x| = \sqrt{x_1^2 + \dots + x_C^2} = r \sqrt{C}$",
            "formula",
        ),
        Claim(HOW, r"$$y = \sqrt{C}\; \frac{x}{|x|}.$$", "formula"),
        Claim(
            HOW,
            r"$$\frac{\partial y_i}{\partial x_j} = \frac{1}{r}"
            r"\Big(\delta_{ij} - \frac{y_i\,y_j}{C}\Big),$$",
            "formula",
        ),
        Claim(HOW, r"where $\delta_{ij}$ is 1 for $i = j$ and else 0"),
        Claim(HOW, f"a tiny number, about {eps:.8f} in float32"),
        Claim(HERE, f"`x` of shape ${shape(norm(torch.rand(2, 3, 5)), letters)}$ keeps", "shape"),
        Claim(
            HERE,
            f"{norms_in_one_pass()} times in one pass through our default model of "
            f"{config.n_layer} layers.",
        ),
        Claim(DOUBTS, "When the mean is 0 already, both agree."),
        Claim(
            DOUBTS,
            f"**Are the numbers between −1 and 1 afterwards?** No. Their typical size is "
            f"{rms(rescaled(MOVED)):.0f}, but in a list of {len(spike)} a single one can reach "
            f"{norm(spike).max():.0f}.",
        ),
        Claim(ASK, f"1. What does `norm` make of ${written(ten)}$?"),
        Claim(ASK, "2. What do RMSNorm and LayerNorm make of $(5, 5)$?"),
        Claim(ASK, f"`x` of shape ${shape(asked)}$?", "shape"),
        Claim(ASK, f"1. ${written(rescaled(ten), 1)}$: it is ${written(ONE)}$"),
        Claim(
            ASK,
            f"2. RMSNorm ${written(rescaled((5.0, 5.0)))}$; "
            f"LayerNorm ${written(older((5.0, 5.0)))}$:",
        ),
        Claim(ASK, f"3. {asked[..., 0].numel()}, one for each token of each text."),
    ]


def test_the_formula_is_what_the_code_does() -> None:
    x = torch.randn(4, 6, dtype=torch.float64)
    r = x.square().mean(dim=-1, keepdim=True).sqrt()
    assert torch.allclose(norm(x), x / r)
    assert torch.allclose(norm(x), math.sqrt(6) * x / x.norm(dim=-1, keepdim=True))


def test_the_slope() -> None:
    x = torch.randn(5, dtype=torch.float64)
    y, r = norm(x), x.square().mean().sqrt()
    slope = torch.autograd.functional.jacobian(norm, x)
    assert torch.allclose(slope, (torch.eye(5).double() - y[:, None] * y[None, :] / 5) / r)
    assert torch.allclose(slope @ x, torch.zeros(5).double(), atol=1e-9)


def test_the_tiny_number_stands_inside_the_root() -> None:
    x, eps = torch.tensor([1e-4, 3e-4]), torch.finfo(torch.float32).eps
    assert torch.allclose(norm(x), x / (x.square().mean() + eps).sqrt())
    assert not torch.allclose(norm(x), x / x.square().mean().sqrt())
    assert norm(torch.zeros(3)).tolist() == [0, 0, 0]


def test_layernorm_is_the_same_after_subtracting_the_mean() -> None:
    x = torch.randn(4, 6, dtype=torch.float64) + 3
    centred = x - x.mean(dim=-1, keepdim=True)
    assert torch.allclose(layer_norm(x, (6,)), norm(centred), atol=1e-4)
    assert not torch.allclose(layer_norm(x, (6,)), norm(x), atol=0.1)


def test_each_token_is_rescaled_alone() -> None:
    x = torch.randn(2, 3, 5)
    changed = x.clone()
    changed[1, 2] *= -4
    same = (norm(x) == norm(changed)).all(dim=-1)
    assert same.tolist() == [[True] * 3, [True, True, False]]


def test_doubling_leaves_float32_after_128_layers() -> None:
    assert torch.tensor(2.0).pow(127).isfinite() and torch.tensor(2.0).pow(128).isinf()


def test_no_number_of_a_list_can_pass_the_root_of_its_length() -> None:
    C = GPTConfig().n_embd
    assert norm(torch.randn(100, C).pow(9)).abs().max() <= math.sqrt(C) + 1e-4


def test_the_stream_is_not_rescaled() -> None:
    """A block that adds nothing hands its input on as it came."""
    model = GPT(GPTConfig())
    model.init_weights()
    x = 50 * torch.randn(1, 3, 256)
    assert torch.equal(model.blocks[0](x, model.cos[:3], model.sin[:3], None), x)
    assert all(weight.dim() == 2 for weight in model.parameters())  # so norm has none of its own
