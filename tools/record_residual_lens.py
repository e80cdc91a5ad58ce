"""Records src/viz/residual_lens/example.json: what each layer of the shipped model would write.

The stream after the table of tokens and after every layer goes through the model's last steps, as
``TraceContext(model, "lens")`` reads it; kept are the ten likeliest tokens. Run again, it writes
the same file.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import torch

from nanochat.checkpoint import load_model
from nanochat_learn.kernel import TraceContext

TEXT = "Tom had a red ball. Tom lost the red"

torch.set_num_threads(1)
model, tokenizer, _ = load_model("stories-base")
ids = [tokenizer.get_bos_token_id(), *tokenizer.encode(TEXT)]
with (
    tempfile.TemporaryDirectory() as folder,
    torch.inference_mode(),
    TraceContext(model, "lens", folder=folder, tokenizer=tokenizer) as trace,
):
    model(torch.tensor([ids]))
    names = ["embed", *(f"blocks.{layer}" for layer in range(model.config.n_layer))]
    shares = [trace[f"{name}.lens"][0, -1].tolist() for name in names]
    best = [trace[f"{name}.lens.index"][0, -1].tolist() for name in names]
example = {
    "model": "stories-base",
    "tokens": [tokenizer.decode([token]) for token in ids],
    "shares": [[float(f"{share:.4g}") for share in row] for row in shares],
    "ids": best,
    "names": [[tokenizer.decode([token]) for token in row] for row in best],
}
target = Path("src/viz/residual_lens/example.json")
target.write_text(json.dumps(example, ensure_ascii=False) + "\n", encoding="utf-8")
