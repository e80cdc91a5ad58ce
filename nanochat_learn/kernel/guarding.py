"""Runs a learner's code so that nothing it does can hurt: time limit, cut prints, faults in words.

Not the verdict: whoever calls decides what a fault means.
"""

from __future__ import annotations

import contextlib
import ctypes
import io
import linecache
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any, TypeVar

from nanochat_learn.kernel.cells import is_cell

SECONDS = 5.0
"""How long a learner's function may run."""
SHOWN_LINES, SHOWN_SIGNS = 10, 600
_AGAIN = 0.01
"""A bare ``except:`` in a learner's loop swallows the alarm, so it keeps ringing."""

Result = TypeVar("Result")


class TooLong(BaseException):
    """The time is over. Not an ``Exception``: a learner's ``except Exception`` must not eat it."""


class Printed(io.TextIOBase):
    """Takes the place of ``sys.stdout``: keeps the first lines and counts the others."""

    def __init__(self, lines: int = SHOWN_LINES, signs: int = SHOWN_SIGNS) -> None:
        self._most_lines = lines
        self._most_signs = signs
        self._kept: list[str] = []
        self._signs = 0
        self._ends = 0
        self._last = "\n"

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self._ends += text.count("\n")
        self._last = text[-1:] or self._last
        if self._signs < self._most_signs:
            self._kept.append(text[: self._most_signs - self._signs])
        self._signs += len(text)
        return len(text)

    @property
    def lines(self) -> int:
        return self._ends + (self._last != "\n")

    def in_words(self) -> str:
        """Nothing when nothing was printed."""
        if not self._signs:
            return ""
        head = f"Your code printed {self.lines:,} line{'s' * (self.lines != 1)}"
        return f"{head}{'; it begins with' * self._cut}:\n{self.whole()}"

    def whole(self) -> str:
        """What was printed, or how it begins."""
        return "\n".join(self._first) + " …" * self._cut

    @property
    def _first(self) -> list[str]:
        return "".join(self._kept).rstrip("\n").split("\n")[: self._most_lines]

    @property
    def _cut(self) -> bool:
        return self.lines > len(self._first) or self._signs > self._most_signs


@contextlib.contextmanager
def quietly(lines: int = SHOWN_LINES, signs: int = SHOWN_SIGNS) -> Iterator[Printed]:
    """What is printed inside goes nowhere but into what is yielded, which keeps so much of it."""
    printed = Printed(lines, signs)
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        yield printed


def within(seconds: float, run: Callable[[], Result]) -> Result:
    """``run()``; raises ``TooLong`` when it takes more than ``seconds``.

    In the main thread an alarm ends it. Elsewhere, and on Windows, it runs in a thread of its own
    that is asked to end; one that sits in foreign code goes on until the kernel is restarted.
    """
    if hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
        return _under_alarm(seconds, run)
    return _in_thread(seconds, run)


def _under_alarm(seconds: float, run: Callable[[], Result]) -> Result:
    """Alarms may lie inside one another: the earlier end counts."""
    inside: list[FrameType] = []

    def call() -> Result:
        inside.append(sys._getframe())
        return run()

    def ring(_: int, frame: FrameType | None) -> None:
        """Only while ``call`` is running: one that rings on the way out would hit us instead."""
        while frame is not None:
            if frame in inside:
                raise TooLong
            frame = frame.f_back

    outer, _ = signal.getitimer(signal.ITIMER_REAL)
    began = time.monotonic()
    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, min(seconds, outer) if outer else seconds, _AGAIN)
    try:
        return call()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        inside.clear()
        if outer:
            left = max(outer - (time.monotonic() - began), _AGAIN)
            signal.setitimer(signal.ITIMER_REAL, left, _AGAIN)


def _in_thread(seconds: float, run: Callable[[], Result]) -> Result:
    done: list[Result] = []
    failed: list[BaseException] = []

    def work() -> None:
        try:
            done.append(run())
        except BaseException as error:  # carried over to the thread that waits
            failed.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(thread.ident or 0), ctypes.py_object(TooLong)
        )
        raise TooLong
    if failed:
        raise failed[0]
    return done[0]


_LOOK_AT: tuple[tuple[type[BaseException], str], ...] = (
    (RecursionError, "A function calls itself without an end: look at where it should stop."),
    (NameError, "Look at the spelling of that name, and run the cell that makes it."),
    (ModuleNotFoundError, "Look at the spelling of what is imported."),
    (SyntaxError, "Look at brackets, quotes and colons in that line."),
    (ZeroDivisionError, "Look at what stands under the division."),
    (IndexError, "Counting begins at 0, so the last place is the length minus 1."),
    (KeyError, "Print the keys, and compare."),
    (AttributeError, "Print `type(...)` of what stands before the dot."),
    (TypeError, "Look at what you pass: how many values, and of which type."),
    (MemoryError, "Look at the sizes: something became far too large."),
    (RuntimeError, "Print the `.shape` of each tensor in that line, and compare them."),
)


def in_words(error: BaseException, whose: str = "Your code") -> str:
    """A fault of a learner's code: what, in which line, and what to look at."""
    if isinstance(error, TooLong):
        return (
            f"{whose} ran for more than {SECONDS:g} seconds and was stopped. "
            "Look for a loop that never ends: what changes in it, and when is it over?"
        )
    if isinstance(error, SystemExit):
        return f"{whose} called `exit()`, which would end the kernel. Take that line out."
    last = traceback.format_exception_only(error)[-1].strip()
    if len(last) > 300:
        last = last[:300] + " …"
    look = next((words for kind, words in _LOOK_AT if isinstance(error, kind)), "")
    return f"{whose} stopped{_place(error)} with {last.rstrip('.')}. {look}".strip()


def _place(error: BaseException) -> str:
    """The innermost line that the learner wrote in a cell."""
    for frame, line in reversed(list(traceback.walk_tb(error.__traceback__))):
        file = frame.f_code.co_filename
        if is_cell(file):
            text = linecache.getline(file, line).strip()
            return f" in line {line} (`{text}`)" if text else f" in line {line}"
    return ""


def guarded(function: Callable[..., Any], fault: Callable[[str], Exception]) -> Callable[..., Any]:
    """``function`` under the time limit; whatever it raises becomes ``fault(sentence)``."""
    name = f"`{getattr(function, '__name__', 'your function')}`"
    if name == "`<lambda>`":
        name = "Your function"

    def call(*args: Any, **named: Any) -> Any:
        try:
            return within(SECONDS, lambda: function(*args, **named))
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # a learner's code may raise anything
            raise fault(in_words(error, name)) from error

    return call
