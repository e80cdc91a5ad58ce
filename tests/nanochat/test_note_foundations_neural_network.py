"""The note on neural networks: the lamp in our own MLP, and one step of learning by autograd."""

from __future__ import annotations

import pytest
import torch
from note_checks import Claim, shape, signed
from torch.nn import functional as F  # noqa: N812 (the field's name for it)

from nanochat.gpt import MLP, GPTConfig

WHY, HOW, HERE, ASK = "Why it exists", "How it works", "In this code", "Check yourself"
SWITCHES = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
LAMP = [0.0, 1.0, 1.0, 0.0]
NEURONS = torch.tensor([[1.0, -1.0], [-1.0, 1.0]])
STEP = 0.25


def mlp_of(neurons: torch.Tensor, output: torch.Tensor) -> MLP:
    """Our MLP with these weights."""
    mlp = MLP(GPTConfig(n_embd=2, n_head=1, n_kv_head=1))
    mlp.c_fc.weight.data, mlp.c_proj.weight.data = neurons, output
    return mlp


@torch.no_grad()
def inside(mlp: MLP, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """(what the neurons hand on, the output)."""
    seen: dict[str, torch.Tensor] = {}
    out = mlp(x, lambda name, numbers: seen.update({name: numbers}))
    return seen["blocks.0.mlp.post"], out


def learn(weight: float) -> tuple[float, float, float, float]:
    """(output, error, slope, weight after the step) for 1, 0, with this output weight."""
    mlp = mlp_of(NEURONS, torch.tensor([[weight, 1.0]]))
    output = mlp(torch.tensor([[1.0, 0.0]])).squeeze()
    error = (output - 1) ** 2
    error.backward()
    slope = mlp.c_proj.weight.grad[0, 0].item()
    return output.item(), error.item(), slope, weight - STEP * slope


def pair(numbers: torch.Tensor) -> str:
    return ", ".join(f"{number:.0f}" for number in numbers.tolist())


def claims() -> list[Claim]:
    handed, out = inside(mlp_of(NEURONS, torch.ones(1, 2)), SWITCHES)
    assert out.flatten().tolist() == LAMP
    output, error, slope, after = learn(0.5)
    _, less, next_slope, last = learn(after)
    config = GPTConfig()
    mlp = MLP(config)
    weights = sum(weight.numel() for weight in mlp.parameters())
    x = torch.zeros(2, 3, config.n_embd)
    assert mlp(x).shape == x.shape
    asked, inputs = torch.tensor([[2.0, -1.0]]), torch.tensor([[1.0, 1.0], [0.0, 3.0]])
    answers = inside(mlp_of(asked, torch.ones(1, 1)), inputs)[0].flatten().tolist()
    sums = (inputs @ asked.T).flatten().tolist()
    on = [pair(x) for x, lamp in zip(SWITCHES, LAMP, strict=True) if lamp]
    off = [pair(x) for x, lamp in zip(SWITCHES, LAMP, strict=True) if not lamp]
    return [
        Claim(WHY, "Write 1 for up, 0 for down."),
        Claim(WHY, f"for {on[0]} and for {on[1]}, but neither for {off[0]} nor for {off[1]}."),
        Claim(
            WHY,
            f"For {on[0]} the second number must be 1, for {on[1]} the first. But then {off[1]} "
            f"gives {SWITCHES[3] @ torch.ones(2):.0f}, not {LAMP[3]:.0f}.",
        ),
        Claim(HOW, "a negative sum becomes 0, a positive one is squared"),
        Claim(HOW, r"$$h = f(a_1 x_1 + a_2 x_2)$$", "formula"),
        Claim(
            HOW,
            f"has the weights {signed(NEURONS[0, 0], 0)} and {signed(NEURONS[0, 1], 0)}: it wakes",
        ),
        Claim(HOW, f"The second has {signed(NEURONS[1, 0], 0)} and {signed(NEURONS[1, 1], 0)}."),
        Claim(HOW, "each with weight 1."),
        *(
            Claim(
                HOW,
                f"| {pair(SWITCHES[n])} | {handed[n, 0]:.0f} | {handed[n, 1]:.0f} | "
                f"{out[n, 0]:.0f} |",
            )
            for n in range(4)
        ),
        Claim(
            HOW,
            f"of the first neuron is still 0.5. For 1, 0 the output is {output}, but should be "
            f"{LAMP[2]:.0f}. Measure the error by its square: $({output} - 1)^2 = {error}$.",
        ),
        Claim(
            HOW,
            f"says how fast: here {signed(slope, 0)}, so it falls as fast as the weight grows. "
            f"Take a step against the slope, say a quarter of it: the weight becomes 0.5 − "
            f"{STEP} · ({signed(slope, 0)}) = {after}, the error {less}.",
        ),
        Claim(HOW, r"this is $B (A x) = (B A)\, x$", "formula"),
        Claim(HOW, r"$$w \leftarrow w - \eta\, \frac{\partial E}{\partial w}.$$", "formula"),
        Claim(
            HOW,
            f"Above, $E = (w - 1)^2$, the slope is $2\\,(w - 1) = {slope:.0f}$ at $w = 0.5$, and "
            f"$\\eta = {STEP}$.",
            "formula",
        ),
        Claim(
            HERE,
            f"of shape ${shape(mlp.c_fc.weight)}$ in our default model, so "
            f"{mlp.c_fc.weight.size(0):,} neurons with {mlp.c_fc.weight.size(1)} weights each.",
            "shape",
        ),
        Claim(
            HERE,
            f"shape ${shape(mlp.c_proj.weight)}$, folds back to {config.n_embd} numbers. Together "
            f"they have {weights:,} weights.",
            "shape",
        ),
        Claim(HERE, f"in our own MLP, {SWITCHES.size(1)} numbers wide"),
        Claim(HERE, "An input of shape $(B, T, C)$ keeps", "shape"),
        Claim(
            ASK,
            f"1. A neuron has the weights {signed(asked[0, 0], 0)} and {signed(asked[0, 1], 0)}. "
            "What does it hand on for the inputs 1 and 1, and for 0 and 3?",
        ),
        Claim(ASK, f"2. After the step, the slope at {after} is {signed(next_slope, 1)}."),
        Claim(ASK, "3. How many weights have 3 neurons with 4 inputs each?"),
        Claim(
            ASK,
            f"1. {answers[0]:.0f} and {answers[1]:.0f}: the sums are {signed(sums[0], 0)} and "
            f"{signed(sums[1], 0)}.",
        ),
        Claim(ASK, f"2. {last}."),
        Claim(ASK, f"3. {torch.zeros(3, 4).numel()}."),
    ]


def test_no_sum_alone_can_light_the_lamp() -> None:
    """The best that fixed numbers can do leaves the lamp wrong; the slope says it is the best."""
    best = torch.linalg.lstsq(SWITCHES, torch.tensor(LAMP)[:, None]).solution
    assert (SWITCHES @ best - torch.tensor(LAMP)[:, None]).abs().max() > 0.3
    # Even with an offset: the two cases that are on and the two that are off have the same sums.
    wide = torch.cat([SWITCHES, torch.ones(4, 1)], dim=1)
    best = torch.linalg.lstsq(wide, torch.tensor(LAMP)[:, None]).solution
    assert torch.allclose(wide @ best, torch.full((4, 1), 0.5), atol=1e-5)


def test_without_the_bend_two_layers_are_one(monkeypatch: pytest.MonkeyPatch) -> None:
    torch.manual_seed(0)
    mlp, x = mlp_of(torch.randn(8, 2), torch.randn(2, 8)), torch.randn(5, 2)
    one = x @ (mlp.c_proj.weight @ mlp.c_fc.weight).T
    assert not torch.allclose(mlp(x), one, atol=1e-4)
    monkeypatch.setattr(F, "relu", lambda wide: wide)
    monkeypatch.setattr(torch.Tensor, "square", lambda wide: wide)
    assert torch.allclose(mlp(x), one, atol=1e-5)


def test_a_little_more_weight_a_little_less_error() -> None:
    assert learn(0.51)[1] < learn(0.5)[1] < learn(0.49)[1]
    rise = (learn(0.5005)[1] - learn(0.4995)[1]) / 0.001
    assert rise == pytest.approx(learn(0.5)[2], abs=1e-3)


def test_repeated_steps_find_the_weight() -> None:
    weight = 0.5
    for _ in range(30):
        weight = learn(weight)[3]
    assert weight == pytest.approx(1)


def test_each_token_goes_through_alone() -> None:
    torch.manual_seed(0)
    mlp, x = MLP(GPTConfig(n_embd=32)), torch.randn(1, 5, 32)
    changed = x.clone()
    changed[0, 2] += 1
    moved = (mlp(x) - mlp(changed)).abs().amax(dim=-1)[0] > 1e-6
    assert moved.tolist() == [False, False, True, False, False]
