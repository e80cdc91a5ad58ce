"""What the last index run left: where it stands, what it had seen, what it said."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from nanochat_learn.places import Workspace
from nanochat_learn.schema.wire import IndexReport, IndexState

GRAPH_FILE: Final = "knowledge_graph.json"
STATE_FILE: Final = "state.json"


class KeptRun(NamedTuple):
    """``seen`` differs whenever any file that was read, or what was added, differs."""

    seen: str
    report: IndexReport


def state(workspace: Workspace) -> IndexState | None:
    """Figures of the last index run, or None before it."""
    if not (workspace.cache / GRAPH_FILE).is_file():
        return None
    kept = kept_run(workspace.cache)
    return kept.report.state if kept else None


def kept_run(cache: Path) -> KeptRun | None:
    """None before the first run, and where the file is damaged: caches are made anew."""
    file = cache / STATE_FILE
    try:
        stat = file.stat()
        return _read(file, stat.st_ino, stat.st_mtime_ns, stat.st_size)
    except (OSError, ValueError, KeyError, TypeError):
        return None


@lru_cache(maxsize=8)
def _read(file: Path, _inode: int, _mtime_ns: int, _size: int) -> KeptRun:
    kept = json.loads(file.read_bytes())
    return KeptRun(str(kept["seen"]), IndexReport.model_validate(kept["report"]))
