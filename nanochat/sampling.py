"""From scores to the next token: temperature, top-k, top-p, and a throw of chance.

Not here: the model that gives the scores, and the loop that writes (``engine.py``).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor

Chance = torch.Generator | Sequence[torch.Generator]
"""Where random numbers come from: one generator for all rows, or one per row."""


# @learn:inference.sampling
@torch.inference_mode()
def sample_next_token(
    logits: Tensor,
    rng: Chance,
    temperature: float = 1.0,
    top_k: int | None = None,
    top_p: float | None = None,
) -> Tensor:
    """Choose one token a row by chance: ``logits`` (B, V) → ids (B, 1).

    ``temperature`` below 1 makes likely tokens likelier; 0 takes the likeliest and uses no
    chance. ``top_k`` keeps only the k best (None or 0: all). ``top_p`` then keeps the best ones
    that together have at least that share (None or 1: all). ``rng`` is one generator for all
    rows, or one per row. Raises ``ValueError`` for settings that mean nothing, and for scores
    that are no numbers.
    """
    check_sampling(temperature, top_k, top_p)
    if temperature == 0:
        return likeliest(logits)
    shares, ids = best_shares(logits, temperature, top_k, top_p)  # (B, k)
    hit = throw(shares, rng)  # (B, 1)
    return hit if ids is None else ids.gather(1, hit)


def likeliest(logits: Tensor) -> Tensor:
    """The token with the highest score in each row, (B, 1); the first one of equals."""
    score, ids = logits.max(dim=-1, keepdim=True)
    _check_numbers(score)
    return ids


# @learn:inference.sampling
def best_shares(
    logits: Tensor, temperature: float, top_k: int | None = None, top_p: float | None = None
) -> tuple[Tensor, Tensor | None]:
    """The tokens that may be chosen, and how often: (shares (B, k) in float64, ids (B, k)).

    The ids are None when all V are there in their own order.
    """
    V = logits.size(-1)
    k = min(top_k or V, V)
    nucleus = top_p is not None and top_p < 1
    # @learn:inference.sampling
    best, ids = logits.topk(k) if k < V or nucleus else (logits, None)  # (B, k), best first
    # Less the maximum first: softmax does not change, and no temperature makes it overflow.
    scores = (best - best.amax(dim=-1, keepdim=True)).double() / temperature
    # @learn:foundations.softmax
    # @viz:softmax_bars
    shares = scores.softmax(dim=-1)  # (B, k): positive, and 1 together
    if nucleus:
        # A token stays if those better than it have not reached top_p yet, so the best one always
        # stays. Source: Holtzman and others, The Curious Case of Neural Text Degeneration, 2020.
        better = shares.cumsum(dim=-1) - shares  # (B, k)
        shares = shares.masked_fill(better >= top_p, 0.0)
        shares = shares / shares.sum(dim=-1, keepdim=True)
    return shares, ids


def all_shares(
    logits: Tensor, temperature: float, top_k: int | None = None, top_p: float | None = None
) -> Tensor:
    """How often each token of the vocabulary would be chosen: (B, V) → (B, V) in float64.

    Temperature 0 gives the likeliest token everything.
    """
    nothing = torch.zeros(logits.shape, dtype=torch.float64, device=logits.device)
    if temperature == 0:
        return nothing.scatter(1, likeliest(logits), 1.0)
    shares, ids = best_shares(logits, temperature, top_k, top_p)
    _check_numbers(shares[:, :1])
    return shares if ids is None else nothing.scatter(1, ids, shares)


# @learn:inference.sampling
# @learn:foundations.probability
# @viz:dice_to_tokens
def throw(shares: Tensor, rng: Chance) -> Tensor:
    """Throw a dart at each row of ``shares`` (B, k); the places that are hit, (B, 1).

    The shares lie end to end; the dart falls anywhere between 0 and their sum, so it hits each
    as often as it is long.
    """
    generators = [rng] * len(shares) if isinstance(rng, torch.Generator) else rng
    darts = torch.stack([torch.rand(1, generator=g, dtype=torch.float64) for g in generators])
    ends = shares.cumsum(dim=-1)  # (B, k)
    whole = ends[:, -1:]
    _check_numbers(whole)
    return torch.searchsorted(ends, darts.to(ends.device) * whole, right=True)  # (B, 1)


def _check_numbers(values: Tensor) -> None:
    if not math.isfinite(float(values.sum())):  # one number that is none spoils the sum
        raise ValueError(
            "The model gave a score that is no number (NaN) or has no end (infinity), so no "
            "token can be chosen. Its weights are broken: load them again, or train anew with a "
            "smaller learning rate."
        )


def check_sampling(
    temperature: float, top_k: int | None = None, top_p: float | None = None
) -> None:
    """Raise ``ValueError`` with a sentence for settings that mean nothing."""
    if not 0 <= temperature < math.inf:
        raise ValueError(
            f"temperature is {temperature}; it must be 0 (always the likeliest token) or more."
        )
    if top_k is not None and top_k < 0:
        raise ValueError(f"top_k is {top_k}; give a number from 1 on, or None for all tokens.")
    if top_p is not None and not 0 < top_p <= 1:
        raise ValueError(
            f"top_p is {top_p}; give a share above 0 and up to 1, or None for all tokens."
        )
