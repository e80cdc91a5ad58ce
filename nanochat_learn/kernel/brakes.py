"""Keeps one cell from flooding the page, and says so when it runs on and on.

A cell that prints a million lines makes a notebook that no browser opens again; one that never ends
says nothing by itself. Neither is stopped here: that is the learner's button.
"""

from __future__ import annotations

import sys
import threading
from typing import Any

LINES, SIGNS = 2_000, 200_000
"""Of one cell that are shown."""
LONG = 20.0
"""Seconds. A cell of a lesson takes less than 10."""
_ON = "This cell has been running for {seconds:g} seconds. Is there a loop that never ends? "
_ON += "Then stop it with the ■ button above, or with Kernel → Interrupt Kernel."
_CUT = "\n… {lines:,} lines are enough: what this cell prints from here on is not shown. "
_CUT += "Does something print in a loop? Stop the cell with the ■ button, or print less.\n"


class Brake:
    """Stands before a stream while a cell runs, and lets through what a page can hold."""

    def __init__(self, stream: Any) -> None:
        self.stream = stream
        self.lines = self.signs = 0
        self.on = True

    def write(self, text: str) -> int:
        if not self.on:
            self.stream.write(text)
            return len(text)
        before = self._full
        self.lines += text.count("\n")
        self.signs += len(text)
        if not before:
            self.stream.write(text[:SIGNS])
            if self._full:
                self.stream.write(_CUT.format(lines=self.lines))
        return len(text)

    def writelines(self, lines: Any) -> None:
        for line in lines:
            self.write(line)

    @property
    def _full(self) -> bool:
        return self.lines >= LINES or self.signs >= SIGNS

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


class Brakes:
    """``press`` before a cell, ``release`` after it."""

    def __init__(self, long: float = LONG) -> None:
        self._long = long
        self._brake: Brake | None = None
        self._timer: threading.Timer | None = None

    def press(self) -> None:
        self.release()
        self._brake = Brake(sys.stdout)
        sys.stdout = self._brake
        self._timer = threading.Timer(self._long, self._tell)
        self._timer.daemon = True
        self._timer.start()

    def release(self) -> None:
        """Somebody else's stream in between stays; it goes on through ours, which lets all pass."""
        if self._timer is not None:
            self._timer.cancel()
        if self._brake is not None:
            self._brake.on = False
            if sys.stdout is self._brake:
                sys.stdout = self._brake.stream
        self._timer = self._brake = None

    def _tell(self) -> None:
        print(_ON.format(seconds=self._long), flush=True)  # noqa: T201 (to the learner's cell)
