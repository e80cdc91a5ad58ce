"""Traces of a workspace: which there are, one of them, two compared, one taken along."""

from __future__ import annotations

from pathlib import Path

from nanochat_learn.durable import replace_file
from nanochat_learn.errors import BadInput
from nanochat_learn.places import Workspace
from nanochat_learn.schema.trace import TraceDifference, TraceSummary
from nanochat_learn.traces import TraceReader, difference, summaries, to_json, to_npz
from nanochat_learn.traces.catalog import open_trace
from nanochat_learn.traces.summary import summary


def traces(workspace: Workspace) -> tuple[list[TraceSummary], list[str]]:
    """Newest first, and sentences about folders that cannot be read."""
    return summaries(workspace.root)


def trace(workspace: Workspace, name: str) -> TraceReader:
    """By its name, or by the path of its folder."""
    folder = Path(name)
    return TraceReader(folder) if folder.is_dir() else open_trace(workspace.root, name)


def trace_summary(workspace: Workspace, name: str) -> TraceSummary:
    """Names, shapes and ranges, no numbers."""
    return summary(trace(workspace, name))


def compare_traces(workspace: Workspace, one: str, other: str) -> TraceDifference:
    return difference(trace(workspace, one), trace(workspace, other))


def export_trace(workspace: Workspace, name: str, target: Path, names: str = "*") -> None:
    """Into one file; its ending says how: ``.json`` or ``.npz``."""
    reader = trace(workspace, name)
    if target.suffix == ".json":
        replace_file(target, to_json(reader, names).encode())
    elif target.suffix == ".npz":
        to_npz(reader, target, names)
    else:
        raise BadInput(
            f"A trace cannot be exported as {target.suffix or target.name!r}.",
            "Give a file that ends in .json (few numbers, for anybody) or .npz (many, for numpy).",
        )
