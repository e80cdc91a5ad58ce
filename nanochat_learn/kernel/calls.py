"""What can be told about one call of a model before it runs: tokens, phase, position."""

from __future__ import annotations

import functools
import inspect
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nanochat_learn.schema.trace import Phase

if TYPE_CHECKING:
    from torch import Tensor, nn

MOST_IDS = 65_536
CACHES = ("kv_cache", "past_key_values")
TARGETS = ("targets", "labels")


@dataclass(frozen=True, slots=True)
class Call:
    phase: Phase
    position: int
    length: int
    tokens: tuple[tuple[int, ...], ...]
    cache: Any
    """nanochat's ``KVCache`` or None; caches of other libraries only count positions."""
    rows_and_length: tuple[int, int] | None


def describe(model: nn.Module, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Call:
    """``args`` and ``kwargs`` as the model is called with them."""
    import torch

    named = _named(model, args, kwargs)
    idx = next((v for v in named.values() if _are_ids(v)), None)
    cache = next((named[name] for name in CACHES if named.get(name) is not None), None)
    position = _filled(cache)
    targets = any(named.get(name) is not None for name in TARGETS)
    learns = torch.is_grad_enabled() and (targets or (idx is None and model.training))
    phase: Phase = "forward"
    if learns:
        phase = "train"
    elif cache is not None:
        phase = "decode" if position else "prefill"
    if idx is None:
        return Call(phase, position, 0, (), None, None)
    rows = idx.reshape(-1, idx.shape[-1])
    ids = rows[: max(1, MOST_IDS // max(1, rows.shape[1]))].tolist()
    return Call(
        phase,
        position,
        idx.shape[-1],
        tuple(map(tuple, ids)),
        cache if hasattr(cache, "positions") else None,
        (rows.shape[0], idx.shape[-1]),
    )


def tokenizer_nearby(model: nn.Module) -> Any:
    """The tokenizer of whoever is calling the model (nanochat's Engine), or None."""
    frame = sys._getframe(1)
    for _ in range(24):
        here = frame.f_locals.get("self")
        if here is not None and getattr(here, "model", None) is model:
            found = getattr(here, "tokenizer", None)
            if found is not None:
                return found
        if frame.f_back is None:
            return None
        frame = frame.f_back
    return None


def texts_of(tokens: tuple[tuple[int, ...], ...], tokenizer: Any) -> tuple[tuple[str, ...], ...]:
    """Every token as text, or nothing when the tokenizer does not know them."""
    if tokenizer is None:
        return ()
    try:
        return tuple(tuple(str(tokenizer.decode([token])) for token in row) for row in tokens)
    except Exception:  # somebody else's tokenizer: the numbers are still there
        return ()


def _named(model: nn.Module, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
    kind: Any = type(model)
    names = list(_parameters(kind))
    names += [f"argument {n}" for n in range(len(names), len(args))]
    return dict(zip(names, args, strict=False)) | kwargs


@functools.lru_cache(maxsize=64)
def _parameters(kind: Any) -> tuple[str, ...]:
    """Names of what ``forward`` takes."""
    try:
        return tuple(inspect.signature(kind.forward).parameters)[1:]
    except (TypeError, ValueError):
        return ()


def _are_ids(value: Any) -> bool:
    import torch

    return (
        isinstance(value, torch.Tensor)
        and value.dtype in (torch.int64, torch.int32)
        and value.ndim in (1, 2)
        and value.numel() > 0
    )


def _filled(cache: Any) -> int:
    if cache is None:
        return 0
    if isinstance(getattr(cache, "pos", None), int):
        return int(cache.pos)
    try:
        return int(cache.get_seq_length())
    except Exception:  # a cache of an unknown kind
        return 0


def loss_of(output: Any) -> float | None:
    """The loss, when that is what the model answers."""
    import math

    import torch

    loss: Tensor | Any = output if isinstance(output, torch.Tensor) else None
    if loss is None:
        loss = getattr(output, "loss", None)
    if not isinstance(loss, torch.Tensor) or loss.ndim or not loss.is_floating_point():
        return None
    value = float(loss.detach().item())
    return value if math.isfinite(value) else None
