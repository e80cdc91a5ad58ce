"""The shares of attention that a fused call never shows, from the queries and keys it was given."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch
    from torch import Tensor


BLOCK = 64
"""Queries worked on at a time: none of them needs the keys behind the block."""


def pattern(q: Tensor, k: Tensor, window: int, scale: float, positions: Tensor) -> Tensor:
    """Queries (B, H, T, D) and keys (B, Hk, n, D) → (B, H, T, S) in float32.

    ``positions``: (n,), where in the text each key stands: n places side by side, in any order.
    The queries stand at the last T of them. S counts from the beginning of the text: where a window
    keeps no key any more, the share is 0, as it is without a cache.
    """
    import torch

    B, H, T, D = q.shape  # noqa: N806 (the field's names for shapes)
    n, S = k.size(2), int(positions.max()) + 1  # noqa: N806
    if n > 1 and bool((positions[1:] < positions[:-1]).any()):
        k = k.index_select(2, positions.argsort().to(k.device))
    queries = q.float().reshape(B * H, T, D)
    keys = k.repeat_interleave(H // k.size(1), dim=1) if k.size(1) < H else k
    keys = keys.float().reshape(B * H, n, D).mT
    mask = _mask(T, n, window, q.device)
    whole = q.new_zeros((B * H, T, S), dtype=torch.float32)
    shares = whole[:, :, S - n :]
    for begin in range(0, T, BLOCK):
        end = min(begin + BLOCK, T)
        seen = n - T + end
        here, before = slice(begin, end), slice(0, seen)
        scores = torch.baddbmm(mask[here, before], queries[:, here], keys[..., before], alpha=scale)
        shares[:, here, before] = scores.softmax(dim=-1)
    return whole.view(B, H, T, S)


@functools.lru_cache(maxsize=8)
def _mask(queries: int, keys: int, window: int, device: torch.device) -> Tensor:
    """(T, n) of 0 where a query may look and minus infinity where not."""
    import torch

    query = torch.arange(keys - queries, keys, device=device)[:, None]
    key = torch.arange(keys, device=device)[None, :]
    hidden = (key > query) | (key <= query - window)
    return torch.zeros(queries, keys, device=device).masked_fill_(hidden, float("-inf"))


def newest(x: Tensor, positions: Tensor, count: int) -> Tensor:
    """Keys or values (B, Hk, n, D) → those of the last ``count`` positions, in their order."""
    if count == x.size(2):
        return x
    order = positions.argsort()[-count:]
    first = int(order[0])
    if int(order[-1]) - first == count - 1:
        return x.narrow(2, first, count)
    return x.index_select(2, order.to(x.device))


def positions_in(cache: Any, layer: int, length: int, keys: Tensor) -> Tensor:
    """(n,): where the keys stand that a layer of nanochat looks at, asked from within a tap."""
    import torch

    if cache is None:
        return torch.arange(keys.size(2))
    positions: Tensor = cache.positions(layer, length)
    return positions
