"""Models for the tests of capture: nanochat in several shapes, an HF GPT-2, a small MLP."""

from __future__ import annotations

import torch
from torch import nn

from nanochat.gpt import GPT, GPTConfig

SHAPES = {
    "full": {"n_layer": 2, "n_head": 4, "n_kv_head": 4, "n_embd": 32},
    "grouped": {"n_layer": 2, "n_head": 4, "n_kv_head": 2, "n_embd": 64},
    "windows": {"n_layer": 4, "n_head": 4, "n_kv_head": 2, "n_embd": 32, "window_pattern": "SSL"},
}


def nanochat_model(shape: str = "full", **sizes: object) -> GPT:
    """Random everywhere: with the zeros of ``init_weights`` a wrong pattern would look right."""
    settings = {"sequence_len": 64, "vocab_size": 300, **SHAPES[shape], **sizes}
    model = GPT(GPTConfig(**settings))
    generator = torch.Generator().manual_seed(1)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            size = 1.0 if name.startswith("wte") else 2.0 / weight.size(1) ** 0.5
            weight.copy_(torch.randn(weight.shape, generator=generator) * size)
    return model


def gpt2() -> nn.Module:
    from transformers import GPT2Config, GPT2LMHeadModel

    torch.manual_seed(0)
    config = GPT2Config(vocab_size=300, n_positions=64, n_embd=32, n_layer=2, n_head=4)
    return GPT2LMHeadModel(config).eval()


def mlp() -> nn.Module:
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(8, 16), nn.ReLU(inplace=True), nn.Linear(16, 3))


def hooks_of(model: nn.Module) -> list[str]:
    """Everything that somebody left at the model."""
    left = ["tap"] if getattr(model, "tap", None) is not None else []
    for path, module in model.named_modules():
        for kind in (
            "_forward_hooks",
            "_forward_pre_hooks",
            "_forward_hooks_always_called",
            "_forward_hooks_with_kwargs",
            "_forward_pre_hooks_with_kwargs",
            "_backward_hooks",
        ):
            left += [f"{path} {kind}"] * len(getattr(module, kind))
    for name, weight in model.named_parameters():
        left += [f"{name} hook"] * len(weight._post_accumulate_grad_hooks or ())
    return left
