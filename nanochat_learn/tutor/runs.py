"""The learner's recorded runs, for the tutor: as words that may be sent, and as records against
which an answer is checked. The check needs no consent: nothing leaves the machine for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from nanochat_learn.errors import LearnError
from nanochat_learn.schema.trace import LineValue, TraceLines, TraceSummary, TrainingRecord
from nanochat_learn.traces.words import in_words
from nanochat_learn.tutor.evidence import RunRecord

MOST_TRACES = 10
"""In the list that a model is told."""
MOST_CHECKED = 3
"""Newest traces against which an answer is checked."""
MOST_TENSORS = 60
MOST_LINES = 40


@dataclass(frozen=True, slots=True)
class Runs:
    """Ways to the traces of a workspace. Each call reads from disk, and blocks."""

    latest: Callable[[], list[TraceSummary]]
    """Newest first, without their tensors."""
    one: Callable[[str], TraceSummary]
    """With its tensors. Raises ``NotFound``, ``CannotRead``."""
    lines: Callable[[str], TraceLines | None]
    training: Callable[[str], tuple[TrainingRecord, ...]]

    def told(self, name: str = "") -> str:
        """One trace in words, with shapes on its lines; the newest for no name."""
        if not name.strip():
            latest = self.latest()
            if not latest:
                return "The learner has recorded nothing yet."
            others = [f"{t.name} ({t.model.kind}, {t.steps} steps)" for t in latest[1:MOST_TRACES]]
            more = f"\nOlder traces: {', '.join(others)}" if others else ""
            return self.told(latest[0].name) + more
        rows = [in_words(self.one(name.strip()), MOST_TENSORS)]
        rows += [_place(*found) for found in _values(self.lines(name.strip()))][:MOST_LINES]
        return "\n".join(rows)

    def records(self) -> tuple[RunRecord, ...]:
        """What the newest traces say. One that cannot be read says nothing."""
        found: list[RunRecord] = []
        for name in [trace.name for trace in self.latest()[:MOST_CHECKED]]:
            try:
                found += self._records(name)
            except LearnError:
                continue
        return tuple(found)

    def _records(self, name: str) -> Iterator[RunRecord]:
        trace = self.one(name)
        yield RunRecord("steps", (), (trace.steps, trace.model.parameters))
        for key, value in trace.model.config.items():
            yield RunRecord(key, (), _numbers(value))
        for tensor in trace.tensors:
            yield RunRecord(tensor.name, tensor.shapes, _numbers(tensor.min, tensor.max))
        for _, _, value in _values(self.lines(name)):
            shapes = value.shapes or (value.shape,)
            yield RunRecord(value.name, shapes, _numbers(value.min, value.max))
        for row in self.training(name) if trace.kind == "training" else ():
            figures = (row.step, row.loss, row.learning_rate, row.gradient, row.update)
            yield RunRecord("training", (), _numbers(*figures, *row.figures.values()))


def _values(lines: TraceLines | None) -> Iterator[tuple[str, int, LineValue]]:
    for source in lines.sources if lines else ():
        for line in source.lines:
            for value in line.values:
                yield source.file_path or "a notebook cell", line.line, value


def _place(where: str, line: int, value: LineValue) -> str:
    shape = f"({', '.join(map(str, value.shape))}{',' * (len(value.shape) == 1)})"
    reach = (
        "" if value.min is None or value.max is None else f", {value.min:.3g} to {value.max:.3g}"
    )
    return f"  {where}, line {line}: {value.name} {shape} {value.dtype}{reach}"


def _numbers(*values: Any) -> tuple[float, ...]:
    return tuple(v for v in values if isinstance(v, int | float) and not isinstance(v, bool))
