"""Scores of different scales → one. Calibrated, not by rank: how far apart two scores are counts.

A signal is measured in standard deviations of its own background: what it gives to the nodes of
this tree for this question. With a given calibration, a larger signal never makes a lower total.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

_LEAST_SPREAD: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Scale:
    """Background of a signal: its mean and standard deviation."""

    mean: float
    spread: float

    @classmethod
    def of(cls, signal: Floats, background: Flags) -> Scale:
        """Calibrated on the nodes of ``background``; values that are missing (NaN) are left out."""
        import numpy as np

        values = signal[background & ~np.isnan(signal)]
        if not len(values):
            return cls(0.0, 1.0)
        spread = float(values.std())
        return cls(float(values.mean()), spread if spread > _LEAST_SPREAD else 1.0)

    def __call__(self, signal: Floats) -> Floats:
        """In standard deviations above the mean; what is missing counts as the mean."""
        import numpy as np

        return np.nan_to_num((signal - self.mean) / self.spread, nan=0.0)


def fuse(signals: Mapping[str, Floats], weights: Mapping[str, float]) -> Floats:
    """The weighted sum of calibrated signals, (n,). Signals without a weight do not count."""
    import numpy as np

    size = len(next(iter(signals.values())))
    total = np.zeros(size)
    for name, signal in signals.items():
        total += weights.get(name, 0.0) * signal
    return total
