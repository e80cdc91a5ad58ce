"""Records src/viz/tensor_shapes/example.json: shapes, strides and places, as torch has them.

``model`` holds the shapes inside a real forward pass of the default model: the list of each
token before it is cut, and the queries that come out. Run again, it writes the same file.
"""

import json
from pathlib import Path

import torch
from torch.overrides import TorchFunctionMode

from nanochat.config import GPTConfig
from nanochat.gpt import CausalSelfAttention, rotary_tables

# B, T, C, H
SIZES = [(2, 3, 4, 2), (1, 1, 1, 1), (3, 4, 8, 4), (2, 2, 6, 3), (1, 4, 8, 1)]


class Watch(TorchFunctionMode):
    """Keeps the shape of the queries that attention gets."""

    def __torch_function__(self, func, types, args=(), kwargs=None):
        if getattr(func, "__name__", "") == "scaled_dot_product_attention":
            self.query = list(args[0].shape)
        return func(*args, **(kwargs or {}))


def described(x: torch.Tensor, places: list[int]) -> dict:
    return {
        "sizes": list(x.shape),
        "strides": list(x.stride()),
        "indices": [(x == place).nonzero()[0].tolist() for place in places],
    }


def case(texts: int, tokens: int, width: int, heads: int) -> dict:
    memory = torch.arange(texts * tokens * width)
    count = memory.numel()
    places = sorted({0, width - 1, count // 2, (count * 2) // 3, count - 1})
    stack = memory.view(texts, tokens, width)
    view = stack.view(texts, tokens, heads, width // heads)
    swapped = view.transpose(1, 2)
    assert swapped.data_ptr() == memory.data_ptr()  # no number was copied
    layouts = [memory[:width], memory[: tokens * width].view(tokens, width), stack, view, swapped]
    return {
        "B": texts,
        "T": tokens,
        "C": width,
        "H": heads,
        "places": places,
        "layouts": [
            described(x, [place for place in places if place < x.numel()]) for x in layouts
        ],
    }


config = GPTConfig()
T, C = config.sequence_len, config.n_embd
with Watch() as watch, torch.inference_mode():
    tables = rotary_tables(T, config.head_width, config.rope_base)
    CausalSelfAttention(config, layer=0)(torch.zeros(1, T, C), *tables, None)

example = {
    "model": {
        "n_embd": config.n_embd,
        "n_head": config.n_head,
        "sequence_len": config.sequence_len,
        "before": [1, T, C],
        "query": watch.query,
    },
    "golden": [case(*sizes) for sizes in SIZES],
}
Path("src/viz/tensor_shapes/example.json").write_text(json.dumps(example, indent=2) + "\n")
