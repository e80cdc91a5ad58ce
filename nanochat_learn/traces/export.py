"""A trace as one file for other tools: JSON for few numbers, npz for many."""

from __future__ import annotations

import io
import json
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nanochat_learn.durable import replace_file
from nanochat_learn.errors import BadInput, CannotRead, LearnError
from nanochat_learn.traces.names import choose
from nanochat_learn.traces.reader import TraceReader

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_NUMBERS = 1_000_000
"""In JSON, where a number takes ten times its bytes."""


def to_json(trace: TraceReader, names: str | Sequence[str] = "*") -> str:
    """Manifest, steps and numbers as JSON. NaN and infinities become text: ``"NaN"``.

    Raises ``BadInput`` for more than a million numbers: npz holds those.
    """
    chosen = _chosen(trace, names)
    count = sum(math.prod(r.shape) for s in trace.steps for r in s.tensors if r.name in chosen)
    if count > MOST_NUMBERS:
        raise BadInput(
            f"These are {count:,} numbers; JSON holds at most {MOST_NUMBERS:,}.",
            "Choose fewer names, or export as npz.",
        )
    document: dict[str, Any] = {
        "manifest": trace.manifest.model_dump(mode="json"),
        "steps": [step.model_dump(mode="json") for step in trace.steps],
        "training": [record.model_dump(mode="json") for record in trace.training()],
        "numbers": {key: _plain(array.tolist()) for key, array in _arrays(trace, chosen)},
    }
    lines = trace.lines()
    if lines is not None:
        document["lines"] = lines.model_dump(mode="json")
    return json.dumps(document, ensure_ascii=False, allow_nan=False)


def to_npz(trace: TraceReader, target: Path, names: str | Sequence[str] = "*") -> int:
    """Write the numbers as ``step/name`` into an npz file (numpy.load); how many arrays."""
    import numpy as np

    arrays = dict(_arrays(trace, _chosen(trace, names)))
    if not arrays:
        raise CannotRead("This trace holds no numbers.", "It keeps figures only; use JSON.")
    whole = io.BytesIO()
    np.savez(whole, **arrays)  # type: ignore[arg-type]
    replace_file(target, whole.getvalue())
    return len(arrays)


def _chosen(trace: TraceReader, names: str | Sequence[str]) -> set[str]:
    there = trace.names()
    return set(there) if names == "*" else set(choose(names, there))


def _arrays(trace: TraceReader, chosen: set[str]) -> Iterator[tuple[str, NDArray[Any]]]:
    for step in trace.steps:
        for record in step.tensors:
            if record.name in chosen and record.kept in ("values", "top_k"):
                try:
                    yield f"{step.step}/{record.name}", trace.array(step.step, record.name)
                except LearnError as error:
                    raise CannotRead(
                        f"This trace cannot be exported whole: {error.sentence}",
                        "Choose names that can be read, with names=….",
                    ) from error


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else ("Infinity" if value > 0 else "-Infinity")
    return value
