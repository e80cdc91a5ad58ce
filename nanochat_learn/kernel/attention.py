"""The shares of attention that a fused call never shows, from the queries and keys it was given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import Tensor


def pattern(q: Tensor, k: Tensor, window: int, scale: float, positions: Tensor) -> Tensor:
    """Queries (B, H, T, D) and keys (B, Hk, n, D) → (B, H, T, S) in float32.

    ``positions``: (n,), where in the text each key stands; the last T of them, in order, are where
    the queries stand. S counts from the beginning of the text: where a window keeps no key any
    more, the share is 0, as it is without a cache.
    """
    import torch

    newest = int(positions.max())
    scores = torch.matmul(q.float(), _shared(k, q.size(1)).float().mT) * scale  # (B, H, T, n)
    query = torch.arange(newest - q.size(2) + 1, newest + 1, device=q.device)[:, None]
    key = positions.to(q.device)[None, :]
    hidden = (key > query) | (key <= query - window)  # (T, n)
    shares = scores.masked_fill_(hidden, float("-inf")).softmax(dim=-1)
    S = newest + 1  # noqa: N806 (the field's name for it)
    if k.size(2) == S and bool((positions[1:] > positions[:-1]).all()):
        return shares
    whole = shares.new_zeros((*shares.shape[:3], S))
    return whole.index_copy_(3, positions.to(q.device), shares)


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


def _shared(k: Tensor, heads: int) -> Tensor:
    return k if k.size(1) == heads else k.repeat_interleave(heads // k.size(1), dim=1)
