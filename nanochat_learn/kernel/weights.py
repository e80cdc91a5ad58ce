"""How large slopes and steps are, matrix by matrix: 2-norms of weight, gradient and update."""

from __future__ import annotations

import math
from collections.abc import Iterable
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from nanochat_learn.schema.trace import WeightRecord

if TYPE_CHECKING:
    from torch import Tensor, nn


class WeightWatch:
    """Compares every weight with what it was: holds a second copy of them while it does."""

    def __init__(self, model: nn.Module) -> None:
        self.weights = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
        self._before: dict[str, Tensor] = {}
        self._gradients: dict[str, Tensor] = {}

    def attach(self, stack: ExitStack) -> None:
        """Hear every gradient when it is whole, also when it is forgotten right afterwards."""
        for name, weight in self.weights:
            handle = weight.register_post_accumulate_grad_hook(self._heard(name))  # type: ignore[no-untyped-call]
            stack.callback(handle.remove)

    def begin(self) -> None:
        """Remember the weights as they are now."""
        self._gradients.clear()
        self._before = {name: weight.detach().clone() for name, weight in self.weights}

    def end(self) -> tuple[WeightRecord, ...]:
        """What became of them since."""
        before, self._before = self._before, {}
        records = []
        for name, weight in self.weights:
            if name in before:
                update = norm([weight.detach() - before[name]])
                slope = self._gradients.get(name)
                records.append(
                    WeightRecord(
                        name=name,
                        weight=finite(norm([before[name]])) or 0.0,
                        gradient=finite(slope.item()) if slope is not None else None,
                        update=finite(update) if update else None,
                    )
                )
        return tuple(records)

    def _heard(self, name: str) -> Any:
        def heard(weight: Tensor) -> None:
            if weight.grad is not None:
                self._gradients[name] = weight.grad.detach().float().norm()

        return heard


def norm(tensors: Iterable[Tensor]) -> float:
    """√ of the sum of all squares."""
    return math.sqrt(sum(float(x.float().norm()) ** 2 for x in tensors))


def finite(number: float) -> float | None:
    """Six digits, or None for NaN and infinity."""
    return float(f"{number:.6g}") if math.isfinite(number) else None
