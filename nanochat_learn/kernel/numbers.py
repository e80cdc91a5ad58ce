"""One tensor of torch → its record and its numbers as numpy. The tensor itself is never changed."""

from __future__ import annotations

import functools
import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nanochat_learn.schema.trace import Kept, StoredType, TensorRecord

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from torch import Tensor

Taken = tuple[TensorRecord, "NDArray[Any] | None"]
LARGEST_FLOAT16 = 65_504.0
_HALF_ENDS, _HALF_MINUS = 0x7C00, 0x8000
"""Bits of float16: from here on, numbers are infinite or none; the sign."""
SMALLEST_KEPT = 65_536
"""Bytes: below, fresh memory is cheap."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How a tensor is kept: see ``TraceContext``."""

    dtype: str = "float16"
    top_k: int | None = None
    statistics: bool = False


class Buffers:
    """Memory for copies of large tensors, used again: fresh memory costs as much as the copy."""

    def __init__(self) -> None:
        self._spare: dict[tuple[tuple[int, ...], str], list[NDArray[Any]]] = {}

    def give_back(self, arrays: list[NDArray[Any]]) -> None:
        """Nobody needs these any more. Only those of the last chunk are kept."""
        if arrays:
            self._spare = {}
        for array in arrays:
            if array.nbytes >= SMALLEST_KEPT:
                self._spare.setdefault((array.shape, array.dtype.char), []).append(array)

    def copy(self, x: Tensor, dtype: Any) -> NDArray[Any]:
        """The numbers of ``x`` in the memory of the processor, C-ordered."""
        import torch

        if x.device.type != "cpu":
            x = x.to(dtype)  # the smaller one travels
        spare = self._spare.get((tuple(x.shape), _char(dtype))) if self._spare else None
        if spare:
            array = spare.pop()
            torch.from_numpy(array).copy_(x)
            return array
        fresh: NDArray[Any] = torch.empty(x.shape, dtype=dtype).copy_(x).numpy()
        return fresh


@functools.cache
def _char(dtype: Any) -> str:
    """numpy's letter for a number format of torch."""
    import torch

    return torch.empty(0, dtype=dtype).numpy().dtype.char


def take(
    name: str, x: Tensor, wish: Wish, buffers: Buffers, signed: bool = True
) -> Iterator[Taken]:
    """The record of a tensor with its numbers, and a second one for the places of its ``top_k``.

    ``x`` asks for no slopes (``detach``). ``signed`` compares by size without the sign. The numbers
    are a copy in the memory of the processor. Float16 cannot hold numbers beyond ±65,504: such a
    tensor is kept in float32. Of what is kept in float16, the range is that of the rounded numbers.
    """
    import torch

    if x.is_complex():
        x = torch.view_as_real(x)
    shape = tuple(x.shape)
    if wish.statistics:
        yield record(name, shape, "statistics", _figures(x, True)), None
        return
    if wish.dtype == "float16" and wish.top_k is None and x.is_floating_point() and x.numel():
        half = buffers.copy(x, torch.float16)
        if (figures := _range_of_half(half)) is not None:
            yield record(name, shape, "values", figures), half
            return
    figures = _figures(x, False)
    kept: Kept = "values"
    if wish.top_k is not None and x.ndim and shape[-1] > wish.top_k:
        places = (x.abs() if signed and x.is_floating_point() else x).topk(wish.top_k).indices
        x, kept, shape = x.gather(-1, places), "top_k", (*shape[:-1], wish.top_k)
        index = buffers.copy(places, torch.int32)
        yield record(f"{name}.index", shape, kept, _figures(places, False), "I32"), index
    dtype = _stored_as(x, wish.dtype, figures)
    stored = torch.float16 if dtype == "F16" else _TORCH()[dtype]
    yield record(name, shape, kept, figures, dtype), buffers.copy(x, stored)


def record(
    name: str,
    shape: tuple[int, ...],
    kept: Kept,
    figures: dict[str, Any],
    dtype: StoredType = "F16",
) -> TensorRecord:
    return TensorRecord(name=name, shape=shape, kept=kept, dtype=dtype, **figures)


def _figures(x: Tensor, more: bool) -> dict[str, Any]:
    """Range (and mean and deviation) of those numbers that are finite, and how many are not."""
    import torch

    if not x.numel():
        return {}
    if x.dtype == torch.bool:
        x = x.to(torch.uint8)
    low, high = (bound.item() for bound in x.aminmax())
    found: dict[str, Any] = {}
    if not (math.isfinite(low) and math.isfinite(high)):
        finite = x[x.isfinite()]
        found["not_finite"] = x.numel() - finite.numel()
        if not finite.numel():
            return found
        x = finite
        low, high = x.min().item(), x.max().item()
    found |= {"min": _short(low), "max": _short(high)}
    if more:
        wide = x.double()
        found |= {"mean": _short(wide.mean().item()), "std": _short(wide.std(correction=0).item())}
    return found


def _range_of_half(half: NDArray[Any]) -> dict[str, Any] | None:
    """Range of float16 numbers; None if one of them is infinite or no number.

    Their bits, read as whole numbers, stand in the same order (from 0 upwards; below 0, where the
    highest bit is set, the other way round). Whole numbers are compared four times as fast.
    """
    plain, signed = half.view("u2"), half.view("i2")
    high, low = int(signed.max()), int(plain.max())
    if high >= _HALF_ENDS or low >= _HALF_ENDS | _HALF_MINUS:
        return None
    if high < 0:  # all are below 0
        high = int(plain.min())
    if low < _HALF_MINUS:  # none is below 0
        low = int(signed.min())
    ends = struct.unpack("<2e", struct.pack("<2H", low, high))
    return {"min": _short(ends[0]), "max": _short(ends[1])}


def _short(number: float) -> float:
    """Six digits, enough for a legend, and no −0."""
    return float(f"{number:.6g}") + 0.0


def _stored_as(x: Tensor, dtype: str, figures: dict[str, Any]) -> StoredType:
    import torch

    kinds: dict[torch.dtype, StoredType] = {
        torch.bool: "BOOL",
        torch.uint8: "U8",
        torch.int8: "I32",
        torch.int16: "I32",
        torch.int32: "I32",
        torch.int64: "I64",
    }
    if x.dtype in kinds:
        return kinds[x.dtype]
    far = max(abs(figures.get("min", 0.0)), abs(figures.get("max", 0.0)))
    return "F32" if dtype == "float32" or far > LARGEST_FLOAT16 else "F16"


def _TORCH() -> dict[str, Any]:  # noqa: N802 (a constant that needs torch)
    import torch

    return {
        "F32": torch.float32,
        "I64": torch.int64,
        "I32": torch.int32,
        "U8": torch.uint8,
        "BOOL": torch.bool,
    }
