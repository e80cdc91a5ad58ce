"""AdamW: each weight gets a step of its own size. Used for the tables of words.

The rule only; which weights it moves, and when, is in ``optimizer.py``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from torch import Tensor


# @learn:optimization.adamw
# @viz:optimizer_race
@dataclass
class AdamW:
    """Follow the mean slope of each weight, divided by how large its slopes usually are.

    So a weight whose slopes agree moves by about ``lr`` a step, whether they are large or small,
    and one whose slopes change sign hardly moves. Source: Kingma and Ba, Adam, 2014; Loshchilov and
    Hutter, Decoupled weight decay regularization, 2017.
    """

    lr: float
    betas: tuple[float, float] = (0.8, 0.95)
    eps: float = 1e-10  # only to avoid a division by zero
    weight_decay: float = 0.0
    stacks: bool = False  # any table is worked on alone

    # @learn:optimization.adamw
    def direction(self, slope: Tensor, state: dict[str, Tensor], step: int) -> Tensor:
        """Where to go, before the learning rate: the shape of ``slope``. ``step`` counts from 1.

        ``state`` keeps two running means: of the slopes, ``m``, and of their squares, ``v``.
        """
        if not state:
            state["m"], state["v"] = slope.new_zeros(slope.shape), slope.new_zeros(slope.shape)
        beta1, beta2 = self.betas
        state["m"].lerp_(slope, 1 - beta1)  # m ← β₁·m + (1 − β₁)·slope
        state["v"].mul_(beta2).addcmul_(slope, slope, value=1 - beta2)
        # Both began at 0, so early on they are too small, by a factor that is known.
        m_share, v_share = 1 - beta1**step, 1 - beta2**step
        size = state["v"].sqrt().div_(math.sqrt(v_share)).add_(self.eps)
        return (state["m"] / size).div_(m_share)

    # @learn:optimization.adamw
    def apply(self, weights: Tensor, direction: Tensor, lr: float) -> None:
        """Move ``weights`` in place. The decay is decoupled: it does not pass through the means."""
        if self.weight_decay:
            weights.mul_(1 - lr * self.weight_decay)
        weights.sub_(direction, alpha=lr)
