"""All traces of a workspace."""

from __future__ import annotations

from pathlib import Path

from nanochat_learn.errors import LearnError, NotFound
from nanochat_learn.schema.trace import TraceSummary
from nanochat_learn.traces.reader import TraceReader
from nanochat_learn.traces.summary import summary
from nanochat_learn.traces.writer import MANIFEST, NAME

TRACES = "traces"
"""The folder of a workspace in which traces lie, each in a folder of its own."""


def summaries(root: Path) -> tuple[list[TraceSummary], list[str]]:
    """The traces of a workspace, newest first, and sentences about those that cannot be read."""
    folders = [file.parent for file in (root / TRACES).glob(f"*/{MANIFEST}")]
    found, broken = [], []
    for folder in sorted(folders, key=_newest, reverse=True):
        try:
            found.append(summary(TraceReader(folder), tensors=False))
        except LearnError as error:
            broken.append(str(error))
    return found, broken


def _newest(folder: Path) -> float:
    try:
        return folder.stat().st_mtime
    except OSError:
        return 0.0


def open_trace(root: Path, name: str) -> TraceReader:
    """By name. Raises ``NotFound``, also for a name that would lead out of the folder."""
    if not NAME.fullmatch(name):
        raise NotFound(f"There is no trace {name!r}.", "A name is one word, without slashes.")
    return TraceReader(root / TRACES / name)
