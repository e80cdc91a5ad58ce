"""Records src/viz/rms_vs_layernorm/example.json: eight numbers and what both norms make of them.

The numbers are drawn with seed 0 and rounded to tenths. RMSNorm is `nanochat.gpt.norm` itself,
LayerNorm is torch's without weights. Run again, it writes the same file.
"""

import inspect
import json
from pathlib import Path

import torch
from torch.nn.functional import layer_norm

from nanochat.gpt import norm

WIDTH = 8
# (shift, times, outlier): the outlier takes the place of the last number
CASES = [
    (0, 1, None),
    (2, 1, None),
    (-5, 1, None),
    (0, 10, None),
    (0, 0.1, None),
    (1.5, 3, None),
    (0, 1, 6.0),
    (2, 10, -6.0),
]

torch.manual_seed(0)
x = (torch.randn(WIDTH) * 10).round() / 10
rms_eps = torch.finfo(torch.float32).eps
layer_eps = inspect.signature(layer_norm).parameters["eps"].default

tiny = torch.full((WIDTH,), 1e-4)  # so small that a wrong eps would be seen
assert torch.allclose(norm(tiny), tiny / (tiny.pow(2).mean() + rms_eps).sqrt())
assert torch.allclose(
    layer_norm(x * 1e-3, (WIDTH,)),
    (x - x.mean()) * 1e-3 / ((x * 1e-3).var(correction=0) + layer_eps).sqrt(),
)


def plain(values: torch.Tensor) -> list[float]:
    return [float(f"{value:.7g}") for value in values.tolist()]


def case(shift: float, times: float, outlier: float | None) -> dict:
    given = x.clone()
    if outlier is not None:
        given[-1] = outlier
    moved = given * times + shift
    return {
        "shift": shift,
        "times": times,
        "x": plain(given),
        "rms_norm": plain(norm(moved)),
        "layer_norm": plain(layer_norm(moved, (WIDTH,))),
        "length": float(f"{norm(moved).norm().item():.7g}"),
    }


example = {
    "x": plain(x),
    "rms_eps": rms_eps,
    "layer_eps": layer_eps,
    "golden": [case(*row) for row in CASES],
}
Path("src/viz/rms_vs_layernorm/example.json").write_text(json.dumps(example, indent=2) + "\n")
