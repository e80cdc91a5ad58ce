"""Two traces side by side: how far apart the same tensors of the same steps are."""

from __future__ import annotations

from nanochat_learn.errors import LearnError
from nanochat_learn.schema.trace import TensorDifference, TraceDifference
from nanochat_learn.traces.reader import TraceReader


def difference(one: TraceReader, other: TraceReader) -> TraceDifference:
    """Compared in float64, tensor by tensor; only one pair is in memory at a time."""
    ours = {(step.step, r.name): r for step in one.steps for r in step.tensors}
    theirs = {(step.step, r.name): r for step in other.steps for r in step.tensors}
    return TraceDifference(
        one=one.manifest.name,
        other=other.manifest.name,
        tensors=tuple(_apart(one, other, *pair) for pair in ours if pair in theirs),
        only_one=tuple(f"{step}/{name}" for step, name in ours if (step, name) not in theirs),
        only_other=tuple(f"{step}/{name}" for step, name in theirs if (step, name) not in ours),
    )


def _apart(one: TraceReader, other: TraceReader, step: int, name: str) -> TensorDifference:
    import numpy as np

    nothing = TensorDifference(step=step, name=name, largest=None)
    shapes = one.record(step, name).shape, other.record(step, name).shape
    if shapes[0] != shapes[1]:
        return nothing.model_copy(update={"reason": f"shapes {shapes[0]} and {shapes[1]}"})
    try:
        a = one.array(step, name).astype(np.float64)
        b = other.array(step, name).astype(np.float64)
    except LearnError as error:
        return nothing.model_copy(update={"reason": error.sentence})
    if not a.size:
        return nothing.model_copy(update={"largest": 0.0, "mean": 0.0})
    with np.errstate(invalid="ignore"):
        gap = np.abs(a - b)
    gap[(a == b) | (np.isnan(a) & np.isnan(b))] = 0
    if not np.isfinite(gap).all():
        return nothing.model_copy(update={"reason": "NaN or infinity on one side only"})
    return nothing.model_copy(update={"largest": float(gap.max()), "mean": float(gap.mean())})
