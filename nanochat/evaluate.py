"""How well a model guesses text it has not learned from: bits per byte.

Loss per token depends on how the text was cut into tokens: longer tokens are harder to guess and
there are fewer of them. Bits per byte does not: it can be compared between vocabularies.

Not here: what single heads do (``probes.py``), whether answers are right.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

import torch
from torch import Tensor

from nanochat.distributed import Ranks
from nanochat.gpt import GPT


# @learn:optimization.bits_per_byte
# @viz:bits_per_byte
@torch.no_grad()
def evaluate_bpb(
    model: GPT,
    batches: Iterable[tuple[Tensor, Tensor, Any]],
    steps: int,
    token_bytes: Sequence[int],
    ranks: Ranks | None = None,
) -> float:
    """Bits the model would need for each byte of text, over ``steps`` batches of (B, T).

    ``token_bytes`` has the length of each token in bytes, 0 for special tokens: they are no text,
    so neither their surprise nor their length counts, and targets of −1 do not count either.
    Infinite when no byte was seen. Sums are kept in float64, over all processes of ``ranks``.
    """
    device = model.wte.weight.device
    lengths = torch.tensor(list(token_bytes), dtype=torch.int64, device=device)  # (V,)
    nats, length = 0.0, 0.0
    for inputs, targets, *_ in islice(batches, steps):
        each = model(inputs.to(device), targets.to(device), loss_reduction="none")  # (B, T)
        # @learn:data.next_token_targets
        right = targets.to(device)
        sizes = torch.where(right >= 0, lengths[right.clamp(min=0)], 0)  # (B, T) in bytes
        # @learn:optimization.loss
        nats += (each * (sizes > 0)).cpu().double().sum().item()
        length += int(sizes.sum())
    nats, length = (ranks or Ranks()).sum([nats, length], device)
    # A nat is 1 / ln 2 bits: about 1.44.
    return nats / (math.log(2) * length) if length else math.inf
