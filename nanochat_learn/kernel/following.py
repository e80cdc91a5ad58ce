"""Follows code line by line: by ``sys.monitoring`` from Python 3.12 on, by ``sys.settrace`` before.

Only the mechanism: it knows nothing of tensors and imports only Python's own library. It follows
the thread that asked for it, and puts back whatever trace function was there before.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack
from types import CodeType, FrameType
from typing import Any, Protocol

from nanochat_learn.kernel.statements import Statement

DEBUGGERS = ("pydevd", "_pydevd", "debugpy", "bdb", "pdb", "IPython.core.debugger")
TOOL_NAME = "nanochat-learn"
FREE_TOOLS = (4, 3)  # 0, 1, 2 and 5 are for debuggers, coverage, profilers and optimisers


class Followed(Protocol):
    """A function that is followed."""

    @property
    def statements(self) -> dict[int, Statement]: ...

    @property
    def begins(self) -> int:
        """Offset of a fresh call, see ``statements.beginning``."""
        ...

    def entered(self) -> None: ...

    def finished(self, statement: Statement, frame: FrameType) -> None: ...


Lookup = Callable[[CodeType], Followed | None]


def debugger() -> bool:
    """Whether a debugger follows this thread."""
    if sys.version_info >= (3, 12) and sys.monitoring.get_tool(sys.monitoring.DEBUGGER_ID):
        return True
    follower: Any = sys.gettrace()
    module = getattr(follower, "__module__", None) or type(follower).__module__
    return module.startswith(DEBUGGERS)


def room() -> bool:
    """Whether Python has a place left for one who follows."""
    if sys.version_info < (3, 12):
        return True
    return any(sys.monitoring.get_tool(tool) is None for tool in FREE_TOOLS)


class Pause:
    """Whether whoever follows looks away: what we do in between is not the learner's code."""

    def __init__(self) -> None:
        self.on = False
        self._follower: Any = None

    def begin(self) -> None:
        self.on = True
        if sys.version_info < (3, 12):
            self._follower = sys.gettrace()
            sys.settrace(None)

    def end(self) -> None:
        self.on = False
        if sys.version_info < (3, 12):
            sys.settrace(self._follower)


def follow(stack: ExitStack, lookup: Lookup, caller: FrameType) -> Pause:
    """Until the stack is closed: ``lookup`` is asked for each code once, those it knows are
    followed. ``caller`` is running already; its next lines count too."""
    pause = Pause()
    if sys.version_info >= (3, 12):
        _monitor(stack, lookup, caller, pause)
    else:
        _settrace(stack, lookup, caller)
    return pause


class _Run:
    """One frame on its way: which statement runs."""

    __slots__ = ("followed", "running")

    def __init__(self, followed: Followed) -> None:
        self.followed = followed
        self.running: Statement | None = None

    def line(self, number: int, frame: FrameType) -> None:
        now, before = self.followed.statements.get(number), self.running
        # Within a statement of several lines Python goes back and forth: it has not finished.
        if before is not None and (now is not before or before.repeats):
            self.followed.finished(before, frame)
        self.running = now

    def end(self, frame: FrameType) -> None:
        if self.running is not None:
            self.followed.finished(self.running, frame)
        self.running = None


def _settrace(stack: ExitStack, lookup: Lookup, caller: FrameType) -> None:
    before, before_here = sys.gettrace(), caller.f_trace
    known: dict[CodeType, Followed | None] = {}

    def leave() -> None:
        sys.settrace(before)
        caller.f_trace = before_here

    def local_of(followed: Followed) -> Any:
        run = _Run(followed)

        def local(frame: FrameType, event: str, _arg: Any) -> Any:
            if event == "line":
                run.line(frame.f_lineno, frame)
            elif event == "return":
                run.end(frame)
            elif event == "exception":
                run.running = None  # it did not finish
            return local

        return local

    def entered(frame: FrameType, _event: str, _arg: Any) -> Any:
        code = frame.f_code
        if code not in known:
            known[code] = lookup(code)
        followed = known[code]
        if followed is None:
            return None
        if frame.f_lasti <= followed.begins:  # a generator that goes on is no new call
            followed.entered()
        return local_of(followed)

    stack.callback(leave)
    here = known[caller.f_code] = lookup(caller.f_code)
    if here is not None:
        caller.f_trace = local_of(here)
    sys.settrace(entered)


if sys.version_info >= (3, 12):

    def _monitor(stack: ExitStack, lookup: Lookup, caller: FrameType, pause: Pause) -> None:
        monitoring = sys.monitoring
        events = monitoring.events
        tool = next(n for n in FREE_TOOLS if monitoring.get_tool(n) is None)
        thread = threading.get_ident()
        known: dict[CodeType, Followed | None] = {}
        runs: dict[FrameType, _Run] = {}

        def find(code: CodeType) -> Followed | None:
            if code not in known:
                followed = known[code] = lookup(code)
                if followed is not None:
                    monitoring.set_local_events(tool, code, events.LINE | events.PY_RETURN)
            return known[code]

        def elsewhere() -> bool:
            return pause.on or threading.get_ident() != thread

        def started(code: CodeType, _offset: int) -> Any:
            followed = find(code)
            if followed is None:
                return monitoring.DISABLE
            if not elsewhere():
                followed.entered()
            return None

        def line(code: CodeType, number: int) -> Any:
            followed = known.get(code)
            if followed is None or elsewhere():
                return
            frame = sys._getframe(1)
            if frame not in runs:
                runs[frame] = _Run(followed)
            runs[frame].line(number, frame)

        def returned(_code: CodeType, _offset: int, _value: Any) -> Any:
            frame = sys._getframe(1)
            if (run := runs.pop(frame, None)) is not None:
                run.end(frame)

        def raised(_code: CodeType, _offset: int, _error: BaseException) -> Any:
            if (run := runs.get(sys._getframe(1))) is not None:
                run.running = None  # it did not finish

        def unwound(_code: CodeType, _offset: int, _error: BaseException) -> Any:
            runs.pop(sys._getframe(1), None)

        heard: dict[int, Callable[..., Any]] = {
            events.PY_START: started,
            events.LINE: line,
            events.PY_RETURN: returned,
            events.RAISE: raised,
            events.PY_UNWIND: unwound,
        }

        def leave() -> None:
            monitoring.set_events(tool, events.NO_EVENTS)
            for code, followed in known.items():
                if followed is not None:
                    monitoring.set_local_events(tool, code, events.NO_EVENTS)
            for event in heard:
                monitoring.register_callback(tool, event, None)
            monitoring.free_tool_id(tool)
            runs.clear()

        monitoring.use_tool_id(tool, TOOL_NAME)
        stack.callback(leave)
        for event, function in heard.items():
            monitoring.register_callback(tool, event, function)
        monitoring.restart_events()  # what an earlier run did not want to hear of
        find(caller.f_code)
        monitoring.set_events(tool, events.PY_START | events.RAISE | events.PY_UNWIND)
