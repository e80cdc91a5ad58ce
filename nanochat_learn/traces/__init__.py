"""The trace folder: written by a kernel, read by everybody. No torch, no model, no Jupyter.

    trace.json                 what was traced, of which model, and what was dropped
    steps.jsonl                a line for each step: phase, position, tensors with their ranges
    chunk-000000.safetensors   the numbers of some steps, by name
    lines.json                 shapes on the line, where they were asked for
    training.jsonl             a line for each step of a training; control.json pauses it

Files appear whole, by renaming; lines are appended after the chunk they speak of. So a
folder can be read while it grows, and after a crash.
"""

from nanochat_learn.traces.catalog import TRACES, summaries
from nanochat_learn.traces.difference import difference
from nanochat_learn.traces.export import to_json, to_npz
from nanochat_learn.traces.reader import ByteRange, TraceReader
from nanochat_learn.traces.writer import TraceWriter

__all__ = [
    "TRACES",
    "ByteRange",
    "TraceReader",
    "TraceWriter",
    "difference",
    "summaries",
    "to_json",
    "to_npz",
]
