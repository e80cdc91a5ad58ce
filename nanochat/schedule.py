"""How strongly to learn at each step: the learning rate's rise and fall, and Muon's momentum.

Pure arithmetic; every answer is defined for every step, also before the first and after the last.
"""

from __future__ import annotations


# @learn:optimization.lr_schedule
# @viz:lr_schedule
def learning_rate_multiplier(
    step: int, steps: int, warmup_steps: int = 0, warmdown_share: float = 0.4, final: float = 0.0
) -> float:
    """What to multiply every learning rate by at ``step`` (from 0) of ``steps``: 0 to 1.

    It rises in a straight line over the first ``warmup_steps``, stays at 1, and falls in a straight
    line to ``final`` over the last ``warmdown_share`` of the steps. Where both lines meet, the
    lower one counts. Before the first step it is as at the first, after the last it is ``final``.
    """
    if steps < 1:
        raise ValueError(f"steps is {steps}; a training has at least 1 step.")
    if not (0 <= warmdown_share <= 1 and 0 <= final <= 1 and warmup_steps >= 0):
        raise ValueError(
            f"warmdown_share ({warmdown_share}) and final ({final}) must be between 0 and 1, and "
            f"warmup_steps ({warmup_steps}) 0 or more."
        )
    step = min(max(step, 0), steps)
    rise = (step + 1) / warmup_steps if warmup_steps else 1.0
    long = warmdown_share * steps
    left = (steps - step) / long if long else float(step < steps)
    fall = final + (1 - final) * min(max(left, 0.0), 1.0)
    return min(max(min(rise, fall), 0.0), 1.0)


# @learn:optimization.muon
# @learn:optimization.lr_schedule
def momentum_at(
    step: int, start: float = 0.85, end: float = 0.95, warmup_steps: int = 300
) -> float:
    """Muon's momentum at ``step``: from ``start`` in a straight line to ``end``, then constant.

    In the first steps gradients change direction fast, so little of the past is worth keeping.
    """
    done = 1.0 if warmup_steps <= 0 else min(max(step / warmup_steps, 0.0), 1.0)
    return start + (end - start) * done
