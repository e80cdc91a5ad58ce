"""What is shown of the tensor that a line assigned: shape, format, range, histogram."""

from __future__ import annotations

import math
from typing import Any

from nanochat_learn.schema.trace import LineValue

BINS, MOST_READ, MOST_SHAPES = 16, 4_096, 8


def readable(value: Any) -> bool:
    """A tensor of torch. Asked of every value that a followed line assigns, so it must be quick."""
    return hasattr(value, "aminmax") and hasattr(value, "is_floating_point")


class Figures:
    """Of one variable in one line, over all times the line ran."""

    __slots__ = ("_dtype", "_histogram", "_range", "_shapes", "name")

    def __init__(self, name: str) -> None:
        self.name = name
        self._shapes: dict[tuple[int, ...], None] = {}
        self._dtype = ""
        self._range: tuple[float | None, float | None, int] = (None, None, 0)
        self._histogram: tuple[int, ...] = ()

    def read(self, value: Any) -> None:
        """As the value is now; it is not kept."""
        shape = tuple(value.shape)
        self._shapes.pop(shape, None)  # the last one stands last
        self._shapes[shape] = None
        self._dtype = str(value.dtype).removeprefix("torch.")
        try:
            self._read_numbers(value.detach())
        except (RuntimeError, NotImplementedError, TypeError):  # sparse, meta, complex …
            self._range, self._histogram = (None, None, 0), ()

    def _read_numbers(self, x: Any) -> None:
        import torch

        self._histogram = ()
        if not x.numel():
            self._range = (None, None, 0)
            return
        if x.dtype == torch.bool:
            x = x.to(torch.uint8)
        with torch.no_grad():
            low, high = (bound.item() for bound in x.aminmax())
            bad = 0
            if not (math.isfinite(low) and math.isfinite(high)):
                finite = x[x.isfinite()]
                bad = x.numel() - finite.numel()
                if not finite.numel():
                    self._range = (None, None, bad)
                    return
                x, low, high = finite, finite.min().item(), finite.max().item()
            self._range = (float(f"{low:.6g}"), float(f"{high:.6g}"), bad)
            if high > low:
                some = x.as_strided((x.numel(),), (1,)) if x.is_contiguous() else x.reshape(-1)
                some = some[:: -(-some.numel() // MOST_READ)].float()
                counts = torch.histc(some, BINS, low, high)
                self._histogram = tuple(int(count) for count in counts.tolist())

    def result(self) -> LineValue:
        shapes = list(self._shapes)
        return LineValue(
            name=self.name,
            shape=shapes[-1],
            dtype=self._dtype,
            min=self._range[0],
            max=self._range[1],
            not_finite=self._range[2],
            histogram=self._histogram,
            shapes=tuple(shapes[-MOST_SHAPES:]),
        )
