"""The exercises of lesson 5: a network of two layers, and weights for another lamp."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from nanochat_learn.kernel.exercise import (
    Exercise,
    NotYet,
    Wrong,
    expect_close,
    expect_function,
    expect_tensor,
)

SWITCHES = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])


def _mlp(x: Tensor, a: Tensor, b: Tensor) -> Tensor:
    return (x @ a.T).relu().square() @ b.T


def network(answer: object) -> str:
    """``answer(x, A, B)``: (rows, inputs), (neurons, inputs), (outputs, neurons) → (rows,
    outputs)."""
    ask: Callable[..., object] = expect_function(answer, gives_back=True)
    # 3 inputs, 4 neurons, 2 outputs: no two directions are equally long, so a swap shows.
    x = torch.tensor(
        [[1.0, 2.0, 0.0], [0.0, 1.0, 3.0], [2.0, 0.0, 1.0], [1.0, 1.0, 1.0], [0, 0, 0]]
    )
    a = torch.tensor([[1.0, -1, 0], [0, 1, -1], [-1, 0, 1], [1, 1, -3]])
    b = torch.tensor([[1.0, 2, 0, -1], [0, 1, 1, 2]])
    said = ask(x, a, b)
    if said is ... or said is None:
        raise NotYet(
            "Three places still hold `...`. Replace each of them, then run the cell again."
        )
    out = expect_tensor(said, shape=(5, 2))
    sums = x @ a.T
    known = (
        (sums @ b.T, "The second layer got the bare sums of the first: {}. The bend is missing."),
        (sums.relu() @ b.T, "Negative sums became 0, as they should: {}. But nothing was squared."),
        (
            sums.square() @ b.T,
            "Everything was squared, negative sums too: {}. They should become 0.",
        ),
        (
            (sums.relu().square() @ b.T).relu(),
            "The output was bent as well: {}. Only the first layer bends; the second adds up.",
        ),
        (
            (sums.relu().square() @ b.T).relu().square(),
            "The output was bent as well: {}. Only the first layer bends; the second adds up.",
        ),
    )
    for wrong, sentence in known:
        if torch.allclose(out.float(), wrong, atol=1e-4):
            row = int((out - _mlp(x, a, b)).abs().sum(dim=-1).argmax())
            given = f"for the inputs {_row(x[row])} your network gives {_row(out[row])}"
            raise Wrong(sentence.format(given))
    expect_close(out, _mlp(x, a, b), what="Output {column} for row {row} of the inputs")
    lamp = expect_tensor(
        ask(SWITCHES, torch.tensor([[1.0, -1.0], [-1.0, 1.0]]), torch.tensor([[1.0, 1.0]])),
        shape=(4, 1),
    )
    return f"It works for any number of neurons. For the four switches it gives {_row(lamp[:, 0])}."


def both_switches(answer: object, A: Tensor, switches: Tensor) -> str:
    """``answer``: weights of the second layer, (1, neurons), for a lamp that is on for 1, 1 only."""
    if answer is ... or answer is None:
        raise NotYet("B3 still holds three dots. Put a tensor of three weights there.")
    a = expect_tensor(A)
    weights = expect_tensor(answer, shape=(1, len(a)))
    out = _mlp(switches, a.float(), weights.float())[:, 0]
    wanted = (switches.sum(dim=-1) == 2).float()
    for row in range(len(switches)):
        if abs(out[row] - wanted[row]) > 1e-3:
            terms = (switches[row] @ a.T).relu().square().tolist()
            sum_ = " + ".join(f"({w:g}) · {t:g}" for w, t in zip(weights[0], terms, strict=True))
            raise Wrong(
                f"For the switches {_row(switches[row])} the lamp gets {sum_} = {out[row]:g}, but "
                f"it should be {wanted[row]:g}."
            )
    return f"Your lamp gets {_row(out)}: it is on only when both are up."


def _row(numbers: Tensor) -> str:
    return ", ".join(f"{number:g}" for number in numbers.tolist())


EXERCISES = {
    "network": Exercise(
        check=network,
        hints=(
            "You have seen all three steps above, with `switches` in place of `x`.",
            "The sums are a matrix product of `x` with the weights `A`, whose rows have to become "
            "columns first. The second layer does the same with `bent` and `B`.",
            "The bend is `.relu().square()`, and it stands between the two matrix products, not "
            "after the second.",
        ),
        reference=(
            "def network(x, A, B):\n"
            "    wide = x @ A.T\n"
            "    bent = wide.relu().square()\n"
            "    return bent @ B.T\n"
            "\n"
            'check("network", network)\n'
        ),
    ),
    "both_switches": Exercise(
        check=both_switches,
        hints=(
            "Work out what the three neurons hand on for 1, 1, and then for 0, 1.",
            "For 1, 1 only the first neuron is awake, with (1 + 1)² = 4. So which weight makes "
            "that 1?",
            "For 0, 1 the first neuron hands on 1, and the third hands on 1 as well. Together, "
            "each times its weight, they must make 0.",
        ),
        reference=(
            "A3 = torch.tensor([[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0]])\n"
            "B3 = torch.tensor([[0.25, -0.25, -0.25]])\n"
            'check("both_switches", B3, A=A3, switches=switches)\n'
        ),
    ),
}
