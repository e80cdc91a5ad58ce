"""Records src/viz/attention_heatmap/: queries and keys of the real code, and their shares.

A one-layer nanochat model is trained on made-up sentences for about a second. ``example.json``
holds what its attention is given for one sentence, caught on the way into the fused call;
``golden.json`` holds the shares that PyTorch computes from those very numbers, with the causal
mask and without. Run again, it writes the same files.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import small_model
import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 (the field's name for it)

from nanochat.gpt import visible

FOLDER = Path("src/viz/attention_heatmap")
DIGITS = 5
SIZES = {"sequence_len": 32, "n_layer": 1, "n_head": 4, "n_kv_head": 4, "n_embd": 32}
# A low bound keeps the scores small, so a row has more than one share to see.
SIZES["attention_bound"] = 4

trained = small_model.train(5, 400, 3e-3, **SIZES)
config = trained.model.config
fused = F.scaled_dot_product_attention
caught: list[tuple[Tensor, Tensor, Tensor, Tensor, float]] = []


def catch(q: Tensor, k: Tensor, v: Tensor, scale: float, **how: Any) -> Tensor:
    z = fused(q, k, v, scale=scale, **how)
    caught.append((q[0], k[0], v[0], z[0], scale))
    return z


F.scaled_dot_product_attention = catch
with torch.inference_mode():
    logits = trained.model(small_model.ids(small_model.SENTENCE))[0]
F.scaled_dot_product_attention = fused

q, k, v, z, scale = caught[0]
T = len(small_model.SENTENCE)
past = visible(T, T, config.windows()[0], torch.device("cpu"))


def rounded(x: Tensor) -> list[float]:
    return [round(value, DIGITS) for value in x.flatten().tolist()]


def shaped(x: Tensor) -> dict[str, Any]:
    return {"shape": list(x.shape), "data": rounded(x)}


kept_q = torch.tensor(rounded(q), dtype=torch.float64).view_as(q)
kept_k = torch.tensor(rounded(k), dtype=torch.float64).view_as(k)
scores = kept_q @ kept_k.transpose(-1, -2) * scale  # (H, T, T)
masked = scores.masked_fill(~past, float("-inf")).softmax(-1)
# What the fused call hands on is these shares of the values, so the picture shows what it does.
torch.testing.assert_close((masked @ v.double()).float(), z, atol=1e-3, rtol=0)

it, cat = (small_model.SENTENCE.index(word) for word in ("it", "cat"))
head = int(masked[:, it, cat].argmax())
next_word = small_model.WORDS[int(logits[it].argmax())]
assert next_word == small_model.SENTENCE[it + 1], next_word

example = {
    "tokens": small_model.SENTENCE,
    "asked": it,
    "head": head,
    "scale": scale,
    "window": config.windows()[0],
    "training": {
        "numbers": trained.numbers,
        "steps": trained.steps,
        "sentences": len(small_model.sentences().unique(dim=0)),
        "next": next_word,
        "chance": round(float(logits[it].softmax(-1).max()), 3),
    },
    "q": shaped(q),
    "k": shaped(k),
}
golden = {
    "scores": rounded(scores),
    "masked": rounded(masked),
    "open": rounded(scores.softmax(-1)),
}
FOLDER.mkdir(exist_ok=True)
for name, content in (("example", example), ("golden", golden)):
    (FOLDER / f"{name}.json").write_text(json.dumps(content) + "\n")
