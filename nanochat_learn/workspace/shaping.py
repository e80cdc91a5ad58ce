"""Shapes on the line: those of the newest trace, found without reading the others."""

from __future__ import annotations

from pathlib import Path

from nanochat_learn.errors import LearnError
from nanochat_learn.places import Workspace
from nanochat_learn.schema.base import TraceName
from nanochat_learn.schema.trace import NewestLines
from nanochat_learn.traces import TRACES
from nanochat_learn.traces.catalog import open_trace
from nanochat_learn.traces.writer import LINES


def newest_lines(workspace: Workspace, prefix: str, known: str = "") -> NewestLines:
    """Of the newest trace that has lines and can be read. ``known`` is the mark that the asker
    has; asked after every cell that ran, so it costs no more than a look at the folders."""
    for changed, folder in _with_lines(workspace.root):
        mark = f"{folder.name} {changed}"
        if mark == known:
            return NewestLines(prefix=prefix, mark=mark, name=TraceName(folder.name))
        try:
            lines = open_trace(workspace.root, folder.name).lines()
        except LearnError:
            continue  # the list of traces says what is wrong with it
        return NewestLines(prefix=prefix, mark=mark, name=TraceName(folder.name), lines=lines)
    return NewestLines(prefix=prefix, mark="")


def _with_lines(root: Path) -> list[tuple[int, Path]]:
    """(time of its lines in nanoseconds, folder), newest first."""
    found = []
    for file in (root / TRACES).glob(f"*/{LINES}"):
        try:
            found.append((file.stat().st_mtime_ns, file.parent))
        except OSError:
            continue
    return sorted(found, reverse=True)
