"""Muon: a whole matrix moves at once, by the same amount in every direction it can act in.

The rule only; which weights it moves, and when, is in ``optimizer.py``. It is for the matrices
inside the blocks, not for tables of words.

Shapes in comments: N matrices stacked, each R rows and K columns.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor

# Each row is one step X ← a·X + b·(XXᵀ)X + c·(XXᵀ)²X, written as (a, b, c).
# "classic": the same step again and again (Jordan and others, Muon, 2024).
# "polar": every step has its own numbers, the best for what the last one leaves
# (Amsel and others, The Polar Express, 2025).
# @learn:optimization.newton_schulz
COEFFICIENTS = {
    "classic": ((3.4445, -4.7750, 2.0315),) * 5,
    "polar": (
        (8.1566, -22.4833, 15.8788),
        (4.0429, -2.8089, 0.5000),
        (3.8917, -2.7725, 0.5061),
        (3.2858, -2.3681, 0.4645),
        (2.3465, -1.7098, 0.4232),
    ),
}


# @learn:optimization.newton_schulz
# @viz:newton_schulz
def newton_schulz(
    matrices: Tensor, coefficients: str = "polar", dtype: torch.dtype | None = None
) -> Tensor:
    """Make every singular value about 1 and leave the directions alone: (..., R, K) → the same.

    A matrix stretches some directions much and others hardly; afterwards it stretches all alike.
    That could be done exactly with an SVD, which is slow. Instead a polynomial is applied again and
    again that lifts small values, keeps those near 1, and needs nothing but products.
    ``dtype`` is the number format of the products; None keeps that of the matrices.
    Raises ``ValueError`` for ``coefficients`` other than "classic" and "polar".
    """
    if coefficients not in COEFFICIENTS:
        raise ValueError(f"coefficients is {coefficients!r}; choose one of {list(COEFFICIENTS)}.")
    X = matrices.to(dtype or matrices.dtype)
    tall = X.size(-2) > X.size(-1)
    if tall:
        X = X.mT  # the smaller side first: XXᵀ is then as small as it can be
    # No singular value is larger than the root of the sum of all squares, so all are below 1 now.
    X = X / (1.01 * X.norm(dim=(-2, -1), keepdim=True) + 1e-6)
    for a, b, c in COEFFICIENTS[coefficients]:
        # @learn:foundations.matmul
        A = X @ X.mT  # (..., R, R)
        B = _plus(A, A, A, b, c)  # b·A + c·A²
        X = _plus(X, B, X, a, 1.0)  # a·X + B·X
    return (X.mT if tall else X).to(matrices.dtype)


def _plus(base: Tensor, left: Tensor, right: Tensor, beta: float, alpha: float) -> Tensor:
    """``beta``·base + ``alpha``·(left @ right), in one call for a stack of matrices."""
    if base.dim() == 3:
        return torch.baddbmm(base, left, right, beta=beta, alpha=alpha)
    return beta * base + alpha * (left @ right)


# @learn:optimization.muon
# @viz:muon_update
@dataclass
class Muon:
    """Gather speed along the slopes, then even out the step with ``newton_schulz``.

    Plain slopes are dominated by few directions; the rest would hardly learn. After evening out,
    each direction of a matrix learns equally fast.
    Source: Jordan and others, Muon: an optimizer for hidden layers, 2024.
    """

    lr: float
    momentum: float = 0.95
    nesterov: bool = True
    weight_decay: float = 0.0
    coefficients: str = "polar"
    dtype: torch.dtype | None = None  # of the products; see ``optimizer.fast_dtype``
    stacks: bool = True  # matrices of one shape are worked on together

    # @learn:optimization.muon
    def direction(self, slopes: Tensor, state: dict[str, Tensor], step: int) -> Tensor:
        """Where to go, before the learning rate: ``slopes`` (N, R, K) → (N, R, K)."""
        if not state:
            state["m"] = torch.zeros_like(slopes)
        # @learn:optimization.muon
        state["m"].lerp_(slopes, 1 - self.momentum)  # m ← μ·m + (1 − μ)·slope
        # Nesterov: look a step ahead, as if the momentum had already been applied once more.
        ahead = slopes.lerp(state["m"], self.momentum) if self.nesterov else state["m"]
        # @learn:optimization.newton_schulz
        even = newton_schulz(ahead, self.coefficients, self.dtype)
        R, K = slopes.shape[-2:]
        return even * math.sqrt(max(1.0, R / K))  # a tall matrix needs more for the same effect

    def apply(self, weights: Tensor, direction: Tensor, lr: float) -> None:
        """Move ``weights`` (R, K) in place. The decay is cautious: a weight only shrinks where the
        step makes it smaller anyway. Source: Chen and others, Cautious weight decay, 2025.
        """
        if self.weight_decay:
            agrees = (weights * direction) > 0
            weights.sub_(weights * agrees, alpha=lr * self.weight_decay)
        weights.sub_(direction, alpha=lr)
