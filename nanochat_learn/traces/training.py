"""The two files of a training: its lines, and the one in which a reader asks it to wait."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from nanochat_learn.durable import replace_file
from nanochat_learn.errors import NotFound
from nanochat_learn.schema.trace import TrainingControl
from nanochat_learn.traces.writer import MANIFEST

CONTROL = "control.json"


def ask(folder: Path, *, paused: bool) -> TrainingControl:
    """Ask the training that writes into ``folder`` to wait, or to go on."""
    if not (folder / MANIFEST).is_file():
        raise NotFound(f"There is no training in {folder.name}.", "Choose one that is running.")
    wish = TrainingControl(paused=paused)
    replace_file(folder / CONTROL, wish.model_dump_json().encode())
    return wish


def asked(folder: Path) -> TrainingControl:
    """What is asked now: to go on, where nobody has said anything that can be read."""
    try:
        return TrainingControl.model_validate_json((folder / CONTROL).read_bytes())
    except (OSError, ValidationError):
        return TrainingControl()
