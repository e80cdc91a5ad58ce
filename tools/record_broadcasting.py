"""Records src/viz/broadcasting/golden.json: which shapes fit, and what comes out, by torch.

Every pair of shapes with up to 2 directions of 1 to 3, some pairs with a third direction, and
the sums and products of the note. The model's own sizes go to example.json. Run again, it
writes the same files.
"""

import itertools
import json
from pathlib import Path

import torch

from nanochat.config import GPTConfig
from nanochat.gpt import rotary_tables

FOLDER = Path("src/viz/broadcasting")
small = [shape for n in (1, 2) for shape in itertools.product((1, 2, 3), repeat=n)]
deep = [(4, 3, 2), (1, 3, 2), (4, 1, 2), (4, 1, 1)]


def result(first: tuple[int, ...], second: tuple[int, ...]) -> list[int] | None:
    try:
        return list((torch.zeros(first) + torch.zeros(second)).shape)
    except RuntimeError:
        return None


pairs = [*itertools.product(small, small), *itertools.product(deep, deep + small)]
shapes = [[list(a), list(b), result(a, b)] for a, b in pairs]
prices = torch.tensor([[10, 20, 30], [40, 50, 60]])
tables = torch.arange(24).view(4, 3, 2) * torch.tensor([[1, 10], [20, 30], [40, 50]])
values = {
    "add": (prices + torch.tensor([1, 2, 3])).flatten().tolist(),
    "outer": (torch.tensor([[0], [1], [2]]) * torch.tensor([[1, 10]])).flatten().tolist(),
    "tables": tables.flatten().tolist(),
}
config = GPTConfig()
width = config.n_embd // config.n_head
cos, _ = rotary_tables(config.sequence_len, width, config.rope_base)
model = {"heads": config.n_head, "table": list(cos.shape)}
(FOLDER / "golden.json").write_text(json.dumps({"shapes": shapes, "values": values}) + "\n")
(FOLDER / "example.json").write_text(json.dumps({"model": model}, indent=2) + "\n")
