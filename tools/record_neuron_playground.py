"""Records src/viz/neuron_playground/example.json: the lamp of the note, learned by torch.

``starts`` are weights as chance gives them (seeds 0 to 5): for each of eight neurons its two
input weights and its output weight. ``golden`` is what torch's own slopes make of them, step by
step; ``lamp`` is our MLP with the weights of the note. Run again, it writes the same file.
"""

import json
from pathlib import Path

import torch
from torch.nn.functional import relu

from nanochat.config import GPTConfig
from nanochat.gpt import MLP

NEURONS, RATE, STEPS = 8, 0.1, 200
CASES = [(0, 8), (1, 8), (2, 8), (3, 3), (4, 1), (5, 2)]
SWITCHES = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], dtype=torch.float64)
LAMP = torch.tensor([0.0, 1.0, 1.0, 0.0], dtype=torch.float64)


def start(seed: int) -> list[list[float]]:
    weights = torch.randn(NEURONS, 3, generator=torch.Generator().manual_seed(seed)) * 0.5
    return [[round(value, 4) for value in row] for row in weights.tolist()]


starts = [start(seed) for seed in range(6)]


def learned(seed: int, neurons: int) -> dict:
    begun = torch.tensor(starts[seed][:neurons], dtype=torch.float64)
    into, out = begun[:, :2].clone().requires_grad_(), begun[:, 2].clone().requires_grad_()
    losses, after_one = [], []
    for step in range(STEPS + 1):
        loss = ((relu(SWITCHES @ into.T).square() @ out - LAMP) ** 2).mean()
        if step in (0, 1, 10, STEPS):
            losses.append(loss.item())
        if step == 1:
            after_one = torch.cat([into.flatten(), out]).tolist()
        slopes = torch.autograd.grad(loss, (into, out))
        with torch.no_grad():
            into -= RATE * slopes[0]
            out -= RATE * slopes[1]
    return {"start": seed, "neurons": neurons, "losses": losses, "after_one": after_one}


mlp = MLP(GPTConfig(n_embd=2, n_head=1, n_kv_head=1))
mlp.c_fc.weight.data = torch.tensor([[1.0, -1.0], [-1.0, 1.0]])
mlp.c_proj.weight.data = torch.tensor([[1.0, 1.0]])

example = {
    "rate": RATE,
    "starts": starts,
    "lamp": mlp(SWITCHES.float()).flatten().tolist(),
    "golden": [learned(*case) for case in CASES],
}
Path("src/viz/neuron_playground/example.json").write_text(json.dumps(example, indent=2) + "\n")
