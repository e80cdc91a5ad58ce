"""Records src/viz/dice_to_tokens/example.json: shares to roll for, and where darts land.

The first shares are those of the note on probability; the second are what the shipped small
model gives to the tokens after “Tom”. ``golden`` holds darts and the places that
``nanochat.sampling.throw`` says they hit. Run again, it writes the same file.
"""

import json
from pathlib import Path

import torch

from nanochat.checkpoint import load_model
from nanochat.sampling import all_shares, throw

PROMPT, NAMED = "Tom", 5
NOTE = {"blue": 0.5, "grey": 0.3, "green": 0.2}

model, tokenizer, _ = load_model("stories-base")
ids = [tokenizer.get_bos_token_id(), *tokenizer.encode(PROMPT)]
with torch.inference_mode():
    shares = all_shares(model(torch.tensor([ids]))[:, -1], temperature=1.0)[0]
best, at = shares.topk(NAMED)
names = [tokenizer.decode([int(i)]) for i in at]
listed = [round(float(p), 6) for p in best]
others = round(1 - sum(listed), 6)


def darts(all_of_them: list[float], seed: int) -> dict:
    """What `throw` draws from this seed, and what it hits."""
    row = torch.tensor([all_of_them], dtype=torch.float64)
    twin, rng = (torch.Generator().manual_seed(seed) for _ in range(2))
    thrown = [torch.rand(1, generator=twin, dtype=torch.float64).item() for _ in range(40)]
    return {"darts": thrown, "hits": [int(throw(row, rng)) for _ in range(40)]}


dice = [
    {"names": list(NOTE), "shares": list(NOTE.values())},
    {
        "names": names,
        "shares": [*listed, others],
        "prompt": PROMPT,
        "rest": len(shares) - NAMED,
    },
]
example = {"dice": dice, "golden": [darts(die["shares"], 3) for die in dice]}
Path("src/viz/dice_to_tokens/example.json").write_text(
    json.dumps(example, indent=2, ensure_ascii=False) + "\n"
)
