"""The logit lens: what a model would write if it stopped after a layer.

The stream after the layer goes through the last steps of the model, as the stream after the last
layer does: norm, scores, softcap. Raw, because the layers that are left out have not worked on it,
and nothing was trained to be read there. Source: nostalgebraist, interpreting GPT: the logit lens,
2020.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import Tensor

RANKS = 10
"""Tokens that are kept of each position."""
LENS = "lens"
MOST_NAMED = 8_192
"""A larger vocabulary is not written into the manifest."""


def lens_after(point: str) -> str:
    """The name of the lens that reads the stream at a place; "" for a place that it does not."""
    begin, dot, end = point.rpartition(".")
    if point == "embed":
        return f"{point}.{LENS}"
    return f"{begin}.{LENS}" if dot and end == "resid_post" else ""


def shares(model: Any, x: Tensor) -> Tensor:
    """The stream of a nanochat model, (B, T, C) → shares of all tokens, (B, T, V) in float32.

    ``norm`` and ``softcap`` are those of the model's own code.
    """
    import torch
    from torch.nn import functional as F  # noqa: N812 (the field's name for it)

    code = sys.modules[type(model).__module__]
    with torch.no_grad():
        raw = F.linear(code.norm(x.detach()), model.lm_head.weight.to(x.dtype)).float()
        capped: Tensor = code.softcap(raw, model.config.logit_softcap)
        return capped.softmax(dim=-1)
