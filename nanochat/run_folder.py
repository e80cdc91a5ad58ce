"""The folder of one training: its checkpoints, its snapshots, and the file of its metrics.

``checkpoints/step-000200`` can be continued; only the newest few are kept. ``snapshots/`` holds
weights to look at, all of them, half as large. ``metrics.jsonl`` has one line of JSON per step and
can be read, for instance by a notebook that plots it, while the training runs.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from nanochat.checkpoint import META


class RunFolder:
    """Where one training keeps what it makes."""

    def __init__(self, folder: Path, keep: int = 2) -> None:
        self.folder, self.keep = folder, keep
        self.metrics = folder / "metrics.jsonl"

    def checkpoint(self, step: int) -> Path:
        """The place of the checkpoint after ``step`` steps."""
        return self.folder / "checkpoints" / f"step-{step:06d}"

    def snapshot(self, step: int) -> Path:
        """The place of the snapshot after ``step`` steps."""
        return self.folder / "snapshots" / f"step-{step:06d}"

    def _whole(self) -> list[Path]:
        return sorted(path.parent for path in self.folder.glob(f"checkpoints/step-*/{META}"))

    def newest(self) -> Path | None:
        """The last checkpoint, or None: one that was being written does not count."""
        whole = self._whole()
        return whole[-1] if whole else None

    def prune(self) -> None:
        """Delete all but the newest checkpoints."""
        for old in self._whole()[: -self.keep]:
            shutil.rmtree(old, ignore_errors=True)

    def clear(self) -> None:
        """Delete what a run has left here, and nothing else."""
        for made in ("checkpoints", "snapshots"):
            shutil.rmtree(self.folder / made, ignore_errors=True)
        self.metrics.unlink(missing_ok=True)

    def begin(self, step: int) -> None:
        """Prepare to write metrics from ``step`` on: lines of a run that got further are cut off.

        A run that was killed may have counted steps after its last checkpoint. They are done again.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        kept = [line for line in read_metrics(self.metrics) if line["step"] < step]
        unfinished = self.metrics.with_suffix(".tmp")
        unfinished.write_text("".join(json.dumps(line) + "\n" for line in kept), encoding="utf-8")
        unfinished.replace(self.metrics)

    def note(self, **figures: Any) -> None:
        """Add a line to the metrics; it is on the disk when this returns."""
        with self.metrics.open("a", encoding="utf-8") as file:
            file.write(json.dumps(figures) + "\n")


def read_metrics(path: Path) -> list[dict[str, Any]]:
    """Every whole line of a metrics file; a last line cut short by a crash is left out."""
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        try:
            lines.append(json.loads(line))
        except ValueError:
            break
    return lines
