"""What do the heads look at? A test on random tokens given twice.

Nothing helps to guess random tokens the first time. The second time they can be copied, by two
heads that work together: one, in an early layer, notes for each token which one stood before it;
another, later, looks for the place where the present token stood before, and one further.
Source: Olsson and others, In-context learning and induction heads, 2022.

Not here: pictures of patterns in real text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from nanochat.gpt import GPT, visible
from nanochat.loss import next_token_loss


@dataclass(frozen=True)
class CopyingScores:
    """Shares of attention, (L, H) each from 0 to 1, and losses in nats per token."""

    previous_token: Tensor  # mean share that goes to the token before
    induction: Tensor  # second time: mean share to the token that followed the first time
    first_copy: float  # mean loss over the tokens given the first time
    second_copy: float  # and the second time, from its second token on

    @property
    def gain(self) -> float:
        """How much cheaper the second copy is, in nats."""
        return self.first_copy - self.second_copy


@torch.no_grad()
def copying_scores(
    model: GPT,
    ids: Sequence[int],
    length: int = 24,
    rows: int = 16,
    opening: Sequence[int] = (),
    seed: int = 0,
) -> CopyingScores:
    """Read ``rows`` rows of ``opening`` + ``length`` random tokens of ``ids``, given twice.

    Raises ``ValueError`` when that is longer than the model reads.
    """
    config, device = model.config, model.wte.weight.device
    before = len(opening)
    T = before + 2 * length
    if config.sequence_len < T:
        raise ValueError(
            f"{length} tokens given twice, with the opening, are {T}, but this model reads at most "
            f"{config.sequence_len}. Choose a smaller length."
        )
    generator = torch.Generator().manual_seed(seed)
    drawn = torch.tensor(list(ids))[torch.randint(len(ids), (rows, length), generator=generator)]
    start = torch.tensor(list(opening), dtype=torch.int64).expand(rows, before)
    idx = torch.cat([start, drawn, drawn], dim=1).to(device)  # (B, T)
    kept: dict[str, Tensor] = {}
    outer, model.tap = model.tap, lambda name, x: kept.update({name: x})
    try:
        logits = model(idx)  # (B, T, V)
    finally:
        model.tap = outer
    nats = next_token_loss(logits[:, :-1], idx[:, 1:], "none")  # (B, T − 1)
    second = torch.arange(before + length, T, device=device)  # places of the second copy
    previous, induction = [], []
    for layer, window in enumerate(config.windows()):
        q, k = kept[f"blocks.{layer}.attn.q"], kept[f"blocks.{layer}.attn.k"]
        p = attention_pattern(q, k, window, config.attention_bound)  # (B, H, T, T)
        previous.append(p.diagonal(-1, 2, 3).mean(dim=(0, 2)))
        # Seen from place t of the second copy, the same token stood at t − length.
        induction.append(p[:, :, second, second - length + 1].mean(dim=(0, 2)))
    return CopyingScores(
        torch.stack(previous).float().cpu(),
        torch.stack(induction).float().cpu(),
        # The loss at place t is for the token at t + 1. What opens the copies is not guessed at.
        nats[:, max(before - 1, 0) : before + length - 1].mean().item(),
        nats[:, before + length :].mean().item(),
    )


# @learn:attention.self_attention
def attention_pattern(q: Tensor, k: Tensor, window: int, bound: float) -> Tensor:
    """The shares that a layer's fused call used, from queries (B, H, T, D) and keys (B, Hk, S, D).

    The answer is (B, H, T, S), worked out in float32.
    """
    H, T, D = q.shape[1:]
    # @learn:attention.gqa
    k = k.repeat_interleave(H // k.size(1), dim=1)  # (B, H, S, D)
    scores = q.float() @ k.float().mT * (bound / D)  # (B, H, T, S)
    hidden = ~visible(T, k.size(2), window, q.device)
    # @learn:attention.causal_mask
    # @learn:foundations.softmax
    return scores.masked_fill(hidden, float("-inf")).softmax(dim=-1)
