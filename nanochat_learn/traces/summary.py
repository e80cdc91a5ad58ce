"""What is in a trace, without its numbers: names, shapes, ranges. For lists and for the tutor."""

from __future__ import annotations

from collections import Counter

from nanochat_learn.schema.trace import (
    TensorRecord,
    TensorSummary,
    TraceSummary,
)
from nanochat_learn.traces.reader import TraceReader

MOST_SHAPES = 8


def summary(trace: TraceReader, tensors: bool = True) -> TraceSummary:
    """Everything in it is read from the trace or counted there."""
    manifest = trace.manifest
    steps = trace.steps
    by_name: dict[str, list[TensorRecord]] = {}
    for step in steps if tensors else ():
        for record in step.tensors:
            by_name.setdefault(record.name, []).append(record)
    training = trace.training() if manifest.kind == "training" else ()
    phases = Counter(step.phase for step in steps)
    return TraceSummary(
        name=manifest.name,
        kind=manifest.kind,
        state=manifest.state,
        model=manifest.model,
        steps=len(training) or len(steps),
        phases=tuple(phases.items()),
        bytes=manifest.bytes,
        texts=manifest.texts,
        tensors=tuple(_of(trace, name, records) for name, records in by_name.items()),
        dropped=manifest.dropped,
        last=training[-1] if training else None,
    )


def _of(trace: TraceReader, name: str, records: list[TensorRecord]) -> TensorSummary:
    point = trace.point(name)
    shapes = list(dict.fromkeys(record.shape for record in records))
    return TensorSummary(
        name=name,
        axes=point.axes if point else (),
        shapes=tuple(shapes[:MOST_SHAPES]),
        kept=tuple(dict.fromkeys(record.kept for record in records)),
        steps=len(records),
        min=min((r.min for r in records if r.min is not None), default=None),
        max=max((r.max for r in records if r.max is not None), default=None),
        source=point.source if point else None,
    )
