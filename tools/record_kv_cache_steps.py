"""Records src/viz/kv_cache_steps/: the sizes of nanochat's cache, and that it changes nothing.

A nanochat model of the default sizes is trained on made-up sentences for some seconds, once for
every number of key/value heads that fits, and reads one sentence with and without a cache. What
is kept is the largest difference between the two sets of scores, over every length of the
prompt, and the bytes that the real cache takes. Run again, it writes the same files.
"""

from __future__ import annotations

import json
from pathlib import Path

import small_model
import torch

from nanochat.cache import KVCache
from nanochat.config import GPTConfig
from nanochat.gpt import GPT

FOLDER = Path("src/viz/kv_cache_steps")
TEXT = small_model.SENTENCE
POSITIONS = [1, 4, 10, GPTConfig().sequence_len]


@torch.inference_mode()
def largest_difference(model: GPT) -> float:
    """Between the scores with and without a cache, over all prompts and all steps after them."""
    ids = small_model.ids(TEXT)
    worst = 0.0
    for prompt in range(1, len(TEXT)):
        cache = KVCache(model.config, 1, len(TEXT))
        for end in range(prompt, len(TEXT) + 1):
            cached = model(ids[:, cache.pos : end], kv_cache=cache, last_only=True)
            plain = model(ids[:, :end], last_only=True)
            worst = max(worst, float((cached - plain).abs().max()))
    return worst


@torch.inference_mode()
def largest_score(model: GPT) -> float:
    return float(model(small_model.ids(TEXT)).abs().max())


@torch.inference_mode()
def written(model: GPT) -> list[str]:
    """What the model writes from the opening mark on, always the likeliest word."""
    ids = small_model.ids(TEXT[:1])
    for _ in TEXT:
        ids = torch.cat([ids, model(ids, last_only=True)[:, -1:].argmax(-1)], dim=1)
    return [small_model.WORDS[i] for i in ids[0]]


def bytes_kept(kv_heads: int, positions: int) -> int:
    cache = KVCache(GPTConfig(n_kv_head=kv_heads), rows=1, capacity=positions)
    return sum(kept.nbytes for kept in (*cache.k, *cache.v))


heads = GPTConfig().n_head
fitting = [n for n in range(heads, 0, -1) if heads % n == 0]
agreement = []
for kv_heads in fitting:
    trained = small_model.train(0, 60, 1e-3, n_kv_head=kv_heads)
    assert written(trained.model) == [*TEXT, TEXT[0]], written(trained.model)
    agreement.append(
        {
            "kv_heads": kv_heads,
            "difference": float(f"{largest_difference(trained.model):.2g}"),
            "largest": round(largest_score(trained.model), 1),
        }
    )

config = trained.model.config
example = {
    "tokens": TEXT,
    "then": written(trained.model)[-1],
    "steps": trained.steps,
    "layers": config.n_layer,
    "heads": config.n_head,
    "kv_heads": heads,
    "head_width": config.head_width,
    "number_bytes": KVCache(config, 1, 1).k[0].element_size(),
    "sequence_len": config.sequence_len,
    "agreement": agreement,
}
golden = [
    {"kv_heads": kv_heads, "positions": positions, "bytes": bytes_kept(kv_heads, positions)}
    for kv_heads in fitting
    for positions in POSITIONS
]
FOLDER.mkdir(exist_ok=True)
for name, content in (("example", example), ("golden", golden)):
    (FOLDER / f"{name}.json").write_text(json.dumps(content) + "\n")
