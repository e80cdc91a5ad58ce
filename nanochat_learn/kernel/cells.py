"""Which notebook cell a piece of code comes from."""

from __future__ import annotations

import linecache
import re
import sys
from typing import Any, NamedTuple

CELL_FILE = re.compile(r"ipykernel_\d+[/\\]\d+\.py$|^<ipython-input-")


class Cell(NamedTuple):
    """``id`` is JupyterLab's, known for the cell that is running; ``source`` as it was typed."""

    id: str | None
    source: str


def is_cell(file: str) -> bool:
    return CELL_FILE.search(file) is not None


def cell_of(file: str) -> Cell:
    """The cell behind a file name that the kernel made up for it."""
    compiled = "".join(linecache.getlines(file))
    shell = running_shell()
    if shell is None:
        return Cell(None, compiled)
    identity, running = _running(shell)
    if running is not None and _file_of(shell, running) == file:
        return Cell(identity, running)
    typed = _typed(shell, _number(shell, file))
    return Cell(None, compiled if typed is None else typed)


def _file_of(shell: Any, source: str) -> str | None:
    """The name that the kernel makes up for a cell with this source."""
    try:
        return str(shell.compile.get_code_name(source, source, 0))
    except Exception:  # another shell than ipykernel's: nothing is known of the running cell
        return None


def running_shell() -> Any:
    """IPython's, or None outside a notebook."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython is not None else None


def _number(shell: Any, file: str) -> int | None:
    """The execution count of the cell, which IPython keeps beside the name."""
    known = getattr(getattr(shell, "compile", None), "_filename_map", None)
    found = known.get(file) if isinstance(known, dict) else None
    return found if isinstance(found, int) else None


def _running(shell: Any) -> tuple[str | None, str | None]:
    """(cellId, source) of the request that is being executed."""
    kernel: Any = getattr(shell, "kernel", None)
    try:
        request = kernel.get_parent("shell")
        identity = request.get("metadata", {}).get("cellId")
        typed = request.get("content", {}).get("code")
    except Exception:  # another kernel than ipykernel, or none: the source still tells
        return None, None
    return (
        identity if isinstance(identity, str) else None,
        typed if isinstance(typed, str) else None,
    )


def _typed(shell: Any, number: int | None) -> str | None:
    try:
        return str(shell.history_manager.input_hist_raw[number])
    except (AttributeError, IndexError, TypeError):
        return None


def fnv1a(text: str) -> str:
    """A short hash that a browser can work out without help: FNV-1a, 32 bits, of UTF-8."""
    value = 0x811C9DC5
    for byte in text.encode("utf-8", "surrogatepass"):
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return f"{value:08x}"
