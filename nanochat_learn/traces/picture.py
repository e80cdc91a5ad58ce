"""The static picture of a trace: SVG made of numbers in the folder and of nothing else.

The card, the words and the heatmaps are those of ``svg.py``.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from nanochat_learn.errors import LearnError
from nanochat_learn.schema.trace import TrainingRecord
from nanochat_learn.svg import (
    BLUE,
    FAINT,
    GREEN,
    INK,
    LINE,
    ORANGE,
    PAD,
    ROW,
    WIDTH,
    card,
    heatmap,
    text,
)
from nanochat_learn.traces.reader import TraceReader

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_CELLS, MOST_ROWS = 40, 16
PHASES = {"prefill": BLUE, "decode": ORANGE, "train": GREEN, "forward": FAINT}


def draw(trace: TraceReader) -> str:
    """One SVG: a curve for a training; else the steps, and attention or the ranges of tensors."""
    if trace.manifest.kind == "training":
        parts, height = _training(trace.training())
    else:
        parts, height = _steps(trace, PAD + 2 * ROW)
        more, height = _attention(trace, height + ROW) or _ranges(trace, height + ROW)
        parts += more
    model = trace.manifest.model
    title = f"Trace {trace.manifest.name}: {model.kind}, {model.parameters:,} weights"
    return card(title, parts, height)


def _steps(trace: TraceReader, top: int) -> tuple[list[str], int]:
    """A strip: one cell a step, coloured by phase."""
    steps = trace.steps
    if not steps:
        return [text(PAD, top + 12, "No step was recorded yet.", FAINT)], top + ROW
    shown = steps[:MOST_CELLS]
    wide = min(40, (WIDTH - 2 * PAD) / len(shown))
    parts = []
    for n, step in enumerate(shown):
        fill = PHASES[step.phase]
        said = (step.texts[0][-1].strip() if step.texts and step.texts[0] else "")[:6]
        told = f"step {step.step}: {step.phase}, {step.length} tokens after {step.position}"
        parts.append(
            f'<rect x="{PAD + n * wide:.1f}" y="{top}" width="{wide - 1:.1f}" height="{ROW}" '
            f'fill="{fill}" fill-opacity="0.16" stroke="{fill}">'
            f"<title>{escape(told)}</title></rect>"
        )
        if wide > 24 and said:
            parts.append(text(PAD + n * wide + 3, top + 13, said, INK, 10))
    phases = list(dict.fromkeys(step.phase for step in steps))
    told = ", ".join(f"{sum(s.phase == p for s in steps)} × {p}" for p in phases)
    rest = f" (the first {MOST_CELLS} are shown)" if len(steps) > MOST_CELLS else ""
    parts.append(text(PAD, top + ROW + 14, f"Steps: {told}{rest}", FAINT))
    return parts, top + 2 * ROW


def _attention(trace: TraceReader, top: int) -> tuple[list[str], int] | None:
    """Layers × heads of the longest step: who looks at whom. None when nothing tells."""
    import numpy as np

    config = trace.manifest.model.config
    steps = [step for step in trace.steps if 2 <= step.length <= 512]
    if not steps or "attention_bound" not in config:
        return None
    step = max(steps, key=lambda step: step.length)
    rows: list[tuple[str, NDArray[Any]]] = []
    for layer in range(min(int(config.get("n_layer", 0)), 6)):
        try:
            rows.append((f"layer {layer}", trace.array(step.step, f"blocks.{layer}.attn.pattern")))
        except LearnError:
            continue
    if not rows:
        return None
    heads = min(8, rows[0][1].shape[1])
    side = min(140, (WIDTH - 2 * PAD - 60) // heads - 6)
    told = f"Attention in step {step.step}: each row is a position that looks back, each column one"
    parts = [
        text(PAD, top + 12, told, FAINT),
        text(PAD, top + 27, "it looks at. The darker, the larger the share.", FAINT),
    ]
    top += 2 * ROW + 14
    parts += [text(PAD + 60 + n * (side + 6), top - 5, f"head {n}", INK, 11) for n in range(heads)]
    for name, pattern in rows:
        parts.append(text(PAD, top + side / 2 + 4, name, INK))
        for head in range(heads):
            square = np.asarray(pattern[0, head], dtype=np.float32)
            told = f"{name}, head {head}"
            parts.append(heatmap(square, PAD + 60 + head * (side + 6), top, side, side, 1, told))
        top += side + 6
    left = pattern.shape[1] - heads
    if left > 0:
        parts.append(text(PAD, top + 12, f"{left} more heads are in the trace", FAINT))
        top += ROW
    return parts, top


def _ranges(trace: TraceReader, top: int) -> tuple[list[str], int]:
    """From the smallest to the largest number of each tensor of the last step."""
    records = [
        (record.name, record.min, record.max)
        for record in (trace.steps[-1].tensors if trace.steps else ())
        if record.min is not None and record.max is not None
    ]
    if not records:
        return [], top
    shown = records[:MOST_ROWS]
    low = min(0.0, *(small for _, small, _ in shown))
    high = max(0.0, *(large for _, _, large in shown))
    left, wide = PAD + 210, WIDTH - 2 * PAD - 340
    scale = wide / ((high - low) or 1.0)
    zero = left - low * scale
    parts = [text(PAD, top + 12, "From the smallest to the largest number, last step", FAINT)]
    top += ROW
    parts.append(
        f'<line x1="{zero:.1f}" x2="{zero:.1f}" y1="{top}" y2="{top + len(shown) * ROW}" '
        f'stroke="{LINE}"/>'
    )
    for name, small, large in shown:
        name = name if len(name) < 34 else "…" + name[-32:]
        parts.append(text(PAD, top + 13, name, INK, 11))
        parts.append(
            f'<rect x="{left + (small - low) * scale:.1f}" y="{top + 4}" height="{ROW - 8}" '
            f'width="{max((large - small) * scale, 1.5):.1f}" fill="{BLUE}"/>'
        )
        parts.append(text(left + wide + 8, top + 13, f"{small:.3g} … {large:.3g}", FAINT, 11))
        top += ROW
    if len(records) > MOST_ROWS:
        parts.append(text(PAD, top + 13, f"and {len(records) - MOST_ROWS} more", FAINT))
        top += ROW
    return parts, top


def _training(records: list[TrainingRecord]) -> tuple[list[str], int]:
    """The loss, step by step."""
    top, high = PAD + 2 * ROW, 160
    known = [(record.step, record.loss) for record in records if record.loss is not None]
    if len(known) < 2:
        told = f"{len(known)} steps with a loss so far: a curve needs two."
        return [text(PAD, top + 12, told, FAINT)], top + ROW
    first, last = known[0][0], known[-1][0]
    low, large = min(loss for _, loss in known), max(loss for _, loss in known)
    left, wide = PAD + 50, WIDTH - 2 * PAD - 60
    some = known[:: max(1, len(known) // 600)]
    dots = " ".join(
        f"{left + (step - first) * wide / max(last - first, 1):.1f},"
        f"{top + high - (loss - low) * high / ((large - low) or 1.0):.1f}"
        for step, loss in some
    )
    parts = [
        f'<polyline points="{dots}" fill="none" stroke="{BLUE}" stroke-width="1.5"/>',
        text(PAD, top + 10, f"{large:.3g}", FAINT, 11),
        text(PAD, top + high, f"{low:.3g}", FAINT, 11),
        text(
            PAD,
            top + high + ROW,
            f"Loss from step {first} to step {last}: it ends at {known[-1][1]:.4g}",
            FAINT,
        ),
    ]
    return parts, top + high + ROW
