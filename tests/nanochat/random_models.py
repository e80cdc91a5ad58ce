"""Small models whose every weight is random: with the zeros of ``init_weights`` all scores are 0,
and a test of anything that comes before them cannot fail.
"""

from __future__ import annotations

import torch

from nanochat.gpt import GPT, GPTConfig

VOCAB = 300

# Each is a different way through attention: full, grouped, windows, one head, odd layer count.
SHAPES = {
    "full": {"n_layer": 3, "n_head": 4, "n_kv_head": 4, "n_embd": 32, "window_pattern": "L"},
    "grouped": {"n_layer": 2, "n_head": 4, "n_kv_head": 2, "n_embd": 64, "window_pattern": "L"},
    "one_key_head": {"n_layer": 2, "n_head": 6, "n_kv_head": 1, "n_embd": 48},
    "windows": {"n_layer": 4, "n_head": 2, "n_kv_head": 2, "n_embd": 32, "window_pattern": "SL"},
    "grouped_windows": {
        "n_layer": 5,
        "n_head": 4,
        "n_kv_head": 2,
        "n_embd": 64,
        "window_pattern": "SSSL",
    },
}


def randomise(model: GPT, seed: int = 0) -> GPT:
    """Every matrix normal, at a size that keeps the stream lively."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            size = 1.0 if name.startswith("wte") else 2.0 / weight.size(1) ** 0.5
            weight.copy_(torch.randn(weight.shape, generator=generator) * size)
            assert weight.abs().min() < weight.abs().max()
    return model


def random_model(shape: str = "full", **sizes: object) -> GPT:
    """A model of that shape, 64 positions long unless ``sizes`` says otherwise."""
    settings = {"sequence_len": 64, "vocab_size": VOCAB, **SHAPES[shape], **sizes}
    return randomise(GPT(GPTConfig(**settings)))
