"""Records src/viz/causal_mask/example.json: scores, and their shares under three masks.

The row of “red” is that of the note; the other rows are small numbers chosen beside it. Which
places are later is what ``nanochat.gpt.visible`` says; the shares are torch's, and the hidden way
is compared with the fused call that the model makes. Run again, it writes the same file.
"""

import json
from pathlib import Path

import torch
from torch.nn.functional import scaled_dot_product_attention

from nanochat.gpt import visible

TOKENS = ["I", "like", "red", "apples"]
SCORES = torch.tensor([[2.0, 1, 0, 3], [1, 1, 3, 0], [1, 2, 1, 4], [0, 2, 1, 1]])
T = len(TOKENS)


def plain(x: torch.Tensor) -> list[float]:
    return [float(f"{value:.7g}") for value in x.flatten().tolist()]


def case(rows: int) -> dict:
    """The last ``rows`` of the scores, as when earlier words are kept in a cache."""
    scores = SCORES[-rows:]
    seen = visible(rows, T, T, torch.device("cpu"))
    hidden = scores.masked_fill(~seen, float("-inf")).softmax(-1)
    return {
        "scores": {"shape": list(scores.shape), "data": scores.flatten().tolist()},
        "visible": seen.int().tolist(),
        "hidden": plain(hidden),
        "zero": plain(scores.masked_fill(~seen, 0.0).softmax(-1)),
        "open": plain(scores.softmax(-1)),
    }


golden = [case(T), case(2), case(1)]
# With queries that are the scores, and keys and values that are ones on the diagonal, the fused
# call gives back the shares.
eye = torch.eye(T)[None]
fused = scaled_dot_product_attention(SCORES[None], eye, eye, is_causal=True, scale=1.0)
torch.testing.assert_close(fused.flatten(), torch.tensor(golden[0]["hidden"]))

example = {"tokens": TOKENS, "scores": golden[0]["scores"], "golden": golden}
Path("src/viz/causal_mask/example.json").write_text(json.dumps(example, indent=2) + "\n")
