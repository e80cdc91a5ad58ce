"""Records src/viz/matmul_cells/example.json: the shopping of the note, through our own Linear.

Run again, it writes the same file.
"""

import json
from pathlib import Path

import torch

from nanochat.gpt import Linear

AMOUNTS = [[1.0, 1.0, 1.0], [2.0, 0.0, 1.0]]  # people × goods
PRICES = [[1.0, 2.0], [2.0, 1.0], [1.0, 3.0]]  # goods × shops

layer = Linear(3, 2)
layer.weight.data = torch.tensor(PRICES).T.contiguous()  # torch keeps a row for each result
paid = layer(torch.tensor(AMOUNTS))
generator = torch.Generator().manual_seed(0)
x, w = torch.randn(3, 5, generator=generator), torch.randn(5, 4, generator=generator)


def table(values: torch.Tensor) -> dict:
    return {
        "shape": list(values.shape),
        "data": [round(v, 6) for v in values.detach().flatten().tolist()],
    }


example = {
    "x": table(torch.tensor(AMOUNTS)),
    "w": table(torch.tensor(PRICES)),
    "golden": {
        "paid": table(paid),
        "random": {"x": table(x), "w": table(w), "y": table(x @ w)},
    },
}
Path("src/viz/matmul_cells/example.json").write_text(json.dumps(example, indent=2) + "\n")
