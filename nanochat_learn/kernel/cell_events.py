"""Hears from IPython which cell runs, and tells ``order.py``. The only place that knows both.

Outside a notebook there is nothing to hear: then no cell is known, and nothing is out of order.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nanochat_learn.kernel.brakes import Brakes
from nanochat_learn.kernel.cells import running_shell
from nanochat_learn.kernel.order import LessonCell, Order

_PERCENT = re.compile(r"^# %%.*$", re.M)


class CellEvents:
    """Follows the cells of the lesson in ``file`` from the cell that is running now."""

    def __init__(self, shell: Any, file: Path | None) -> None:
        self._shell = shell
        self._file = file
        self._read: float | None = None
        self._order = Order()
        self._running: tuple[str, str | None] | None = None
        self._brakes = Brakes()
        self._reread()
        for source in _history(shell):
            self._order.ran(source)
        shell.events.register("pre_run_cell", self._before)
        shell.events.register("post_run_cell", self._after)

    def follows(self, shell: Any, file: Path | None) -> bool:
        return self._shell is shell and self._file == file

    def close(self) -> None:
        """Hear no more."""
        self._brakes.release()
        self._shell.events.unregister("pre_run_cell", self._before)
        self._shell.events.unregister("post_run_cell", self._after)

    def trouble(self) -> str:
        """What is out of order for the cell that is running; empty when nothing is known of it."""
        return self._order.trouble(*self._running) if self._running else ""

    def _before(self, info: Any) -> None:
        self._reread()
        self._running = _cell(info)
        told = self._order.missing(*self._running, present=self._shell.user_ns)
        if told:
            print(told)  # noqa: T201 (to the learner, above what Python says of it)
        self._brakes.press()

    def _after(self, result: Any) -> None:
        self._brakes.release()
        self._running = None
        if getattr(result, "info", None) is not None:
            self._order.ran(*_cell(result.info), whole=bool(result.success))

    def _reread(self) -> None:
        """The learner may have saved other cells since."""
        try:
            stamp = self._file.stat().st_mtime if self._file else None
            if self._file is None or stamp == self._read:
                return
            self._read = stamp
            self._order.read(cells_of(self._file.read_text(encoding="utf-8"), self._file.suffix))
        except (OSError, ValueError):  # half-written, gone, or not a notebook: what was read stays
            return


def cells_of(text: str, suffix: str) -> list[LessonCell]:
    """The code cells of a notebook or of a percent file. Raises ``ValueError``."""
    found = _in_percent(text) if suffix == ".py" else _in_notebook(text)
    return [LessonCell(n, id, source) for n, (id, source) in enumerate(found, 1)]


def _in_notebook(text: str) -> Iterator[tuple[str | None, str]]:
    notebook = json.loads(text)
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    for cell in cells if isinstance(cells, list) else ():
        if isinstance(cell, dict) and cell.get("cell_type") == "code":
            source, id = cell.get("source", ""), cell.get("id")
            typed = "".join(source) if isinstance(source, list) else str(source)
            if typed.strip():  # JupyterLab gives an empty cell no number
                yield (id if isinstance(id, str) else None), typed


def _in_percent(text: str) -> Iterator[tuple[None, str]]:
    heads = list(_PERCENT.finditer(text))
    for n, head in enumerate(heads):
        end = heads[n + 1].start() if n + 1 < len(heads) else len(text)
        if "[markdown]" not in head[0]:
            yield None, text[head.end() : end].strip("\n")


def _cell(info: Any) -> tuple[str, str | None]:
    id = getattr(info, "cell_id", None)
    return str(info.raw_cell or ""), id if isinstance(id, str) else None


def _history(shell: Any) -> list[str]:
    """Cells that ran before the set-up cell; the last entry is the set-up cell itself."""
    typed = getattr(getattr(shell, "history_manager", None), "input_hist_raw", ())
    return [str(source) for source in list(typed)[1:-1]]


_followed: list[CellEvents] = []


def follow(file: Path | None) -> None:
    """From now on, of the lesson in ``file``; another one that was followed is let go."""
    shell = running_shell()
    if shell is None or (_followed and _followed[0].follows(shell, file)):
        return
    while _followed:
        _followed.pop().close()
    _followed.append(CellEvents(shell, file))


def out_of_order() -> str:
    """A sentence for the cell that is running, or nothing."""
    return _followed[0].trouble() if _followed else ""
