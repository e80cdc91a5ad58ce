"""Records src/viz/softmax_bars/example.json: five scores and the shares the real code makes.

``shares`` are the ones `nanochat.engine.sample_next_token` throws its dart at; ``plain`` is the
formula as it stands in books, in torch's float32, where it overflows. Run again, it writes the
same file.
"""

import json
import math
from pathlib import Path

import torch
from torch.overrides import TorchFunctionMode

from nanochat.engine import sample_next_token

# Chosen so that neighbours in size differ by one: each share is e times the next.
LOGITS = [1.0, 3.0, 0.0, 2.0, -1.0]
NAMES = ["A", "B", "C", "D", "E"]
CASES = [
    (0, 1),
    (5, 1),
    (0, 0.5),
    (0, 2),
    (50, 1),
    (85, 1),
    (85.5, 1),
    (86, 1),
    (90, 1),
    (-100, 1),
    (1000, 1),
    (-1000, 1),
    (5, 3),
]


class Watch(TorchFunctionMode):
    """Keeps what softmax answers inside the engine."""

    def __torch_function__(self, func, types, args=(), kwargs=None):
        answer = func(*args, **(kwargs or {}))
        if getattr(func, "__name__", "") == "softmax":
            self.seen = answer
        return answer


def number(value: float) -> float | str:
    """JSON knows no infinity and no NaN."""
    return float(f"{value:.7g}") if math.isfinite(value) else str(value)


def case(add: float, temperature: float) -> dict:
    logits = torch.tensor([LOGITS]) + add
    with Watch() as watch:
        sample_next_token(logits, torch.Generator().manual_seed(0), temperature)
    powers = (logits / temperature).exp()
    total = powers.sum()
    return {
        "add": add,
        "temperature": temperature,
        "shares": [number(v) for v in watch.seen[0].tolist()],
        "float32": [number(v) for v in (logits / temperature).softmax(-1)[0].tolist()],
        "powers": [number(v) for v in powers[0].tolist()],
        "total": number(total.item()),
        "plain": [number(v) for v in (powers / total)[0].tolist()],
    }


example = {"names": NAMES, "logits": LOGITS, "golden": [case(*pair) for pair in CASES]}
Path("src/viz/softmax_bars/example.json").write_text(json.dumps(example, indent=2) + "\n")
