"""A trace in a few lines of text, for a terminal and for plain viewers."""

from __future__ import annotations

from nanochat_learn.schema.trace import TensorSummary, TraceSummary

MOST_TENSORS = 12


def in_words(told: TraceSummary, most: int = MOST_TENSORS) -> str:
    """Name, model, steps, the first tensors with their shapes and ranges."""
    steps = ", ".join(f"{count} {phase}" for phase, count in told.phases)
    lines = [
        f"Trace {told.name}: {told.model.kind} with {told.model.parameters:,} weights, "
        f"{told.steps} step{'s' * (told.steps != 1)}{f' ({steps})' if steps else ''}, "
        f"{told.bytes / 1e6:.2f} MB"
        + {"growing": ", still growing", "broken": ", broken off"}.get(told.state, "")
    ]
    if told.texts:
        lines.append("  read: " + "".join(told.texts)[:200].replace("\n", "↵"))
    if told.last is not None:
        loss = "unknown" if told.last.loss is None else f"{told.last.loss:.4g}"
        lines.append(f"  after step {told.last.step}: loss {loss}")
    lines += [f"  {_tensor(tensor)}" for tensor in told.tensors[:most]]
    if len(told.tensors) > most:
        lines.append(f"  … and {len(told.tensors) - most} more")
    if told.dropped:
        lines.append(f"  {len(told.dropped)} tensors lost numbers to the budget")
    return "\n".join(lines)


def shape_in_words(shape: tuple[int, ...]) -> str:
    return "×".join(map(str, shape)) or "one number"


def _tensor(tensor: TensorSummary) -> str:
    shapes = ", ".join(shape_in_words(shape) for shape in tensor.shapes[:3])
    more = " …" if len(tensor.shapes) > 3 else ""
    reach = (
        "no finite number"
        if tensor.min is None or tensor.max is None
        else f"{tensor.min:.3g} to {tensor.max:.3g}"
    )
    place = f"  {tensor.source.file_path}:{tensor.source.line}" if tensor.source else ""
    return f"{tensor.name:28} {shapes}{more}  {reach}{place}"
