"""Records src/viz/rope_dials/example.json: a query, a key, and what the real code makes of them.

Eight numbers each, drawn with seed 0 and normalised as the model does; turned by
``nanochat.gpt.apply_rotary_emb``. Run again, it writes the same file.
"""

import json
from pathlib import Path

import torch

from nanochat.config import GPTConfig
from nanochat.gpt import apply_rotary_emb, norm, rotary_tables

WIDTH, LENGTH = 8, 64
PLACES = [(0, 0), (1, 0), (7, 3), (12, 8), (3, 7), (63, 20)]

torch.manual_seed(0)
q, k = norm(torch.randn(2, WIDTH)).double()
base = GPTConfig().rope_base
cos, sin = rotary_tables(LENGTH, WIDTH, base)


def turned(x: torch.Tensor, position: int) -> torch.Tensor:
    row = slice(position, position + 1)
    return apply_rotary_emb(x.float()[None, :], cos[row], sin[row])[0]


def plain(x: torch.Tensor) -> list[float]:
    return [round(float(value), 7) for value in x]


golden = [
    {
        "m": m,
        "n": n,
        "q": plain(turned(q, m)),
        "k": plain(turned(k, n)),
        "score": round(float(turned(q, m) @ turned(k, n)), 6),
    }
    for m, n in PLACES
]
example = {"base": base, "q": plain(q), "k": plain(k), "golden": golden}
Path("src/viz/rope_dials/example.json").write_text(json.dumps(example, indent=2) + "\n")
