"""A child process that does what the server must not: import torch and LanceDB.

Their imports hold the interpreter for seconds, and a loaded model takes half a gigabyte. The child
is started when first needed, stopped when idle, started again once when somebody kills it, and
ends by itself when its parent dies: the pipe closes. It gives way to everything else (nice).
"""

from __future__ import annotations

import contextlib
import logging
import os
import pickle
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import IO, Any, Final, Protocol

from nanochat_learn import errors
from nanochat_learn.errors import LearnError

IDLE: Final = 600.0
"""Seconds without a call after which the child is stopped; a loaded model fills half a gigabyte."""
_LENGTH = struct.Struct(">Q")
_START: Final = (
    "import sys; sys.path[:] = sys.argv[1:];"
    "from nanochat_learn.adapters.worker_process import main; main()"
)
_log = logging.getLogger("nanochat_learn")


class Spec(Protocol):
    """What the child opens: a value that can be pickled and compared. ``open`` runs there."""

    def open(self) -> Any: ...


class Gone(Exception):
    """The child ended before it answered."""


class Worker:
    """Thread-safe: calls wait their turn, first come first served."""

    def __init__(self, idle: float = IDLE, environment: dict[str, str] | None = None) -> None:
        self._idle = idle
        self._environment = environment or {}
        self._turns = _Turns()
        self._process: subprocess.Popen[bytes] | None = None
        self._timer: threading.Timer | None = None
        self._ended = False

    @property
    def pid(self) -> int | None:
        """Of the running child; None while there is none."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def call(self, spec: Spec, method: str, *arguments: Any, **named: Any) -> Any:
        """``spec.open().method(…)`` in the child, where what was opened stays open.

        Raises the ``LearnError`` that the method raised, or one that says that the child died.
        """
        message = pickle.dumps((spec, method, arguments, named), protocol=5)
        with self._turns.mine():
            self._ended = False
            for last in (False, True):
                try:
                    answer = self._exchange(message)
                    break
                except Gone as gone:
                    self._stop()
                    if last or self._ended:
                        raise LearnError(
                            "The process that searches by meaning was ended from outside.",
                            "Free some memory, then try again. Words are searched meanwhile.",
                        ) from gone
                    _log.warning("nanochat-learn: the worker was killed and is started again")
            self._rest()
        kind, value = answer
        if kind == "error":
            name, sentence, hint, trace = value
            if trace:
                _log.warning("nanochat-learn: the worker failed:\n%s", trace)
            raise getattr(errors, name)(sentence, hint)
        return value

    def kill(self) -> None:
        """End the child now, whatever it does; the call under way raises."""
        self._ended = True
        process = self._process
        if process is not None:
            process.kill()

    def close(self) -> None:
        """End the child when it has finished what it does."""
        with self._turns.mine():
            self._stop()

    def _exchange(self, message: bytes) -> Any:
        if self.pid is None:
            self._start()
        process = self._process
        assert process is not None and process.stdin is not None and process.stdout is not None
        try:
            send(process.stdin, message)
            return pickle.loads(receive(process.stdout))
        except (OSError, EOFError, ValueError, pickle.UnpicklingError) as error:
            raise Gone from error

    def _start(self) -> None:
        self._stop()
        path = [entry for entry in sys.path if entry]  # never the folder we happen to stand in
        own_group: dict[str, Any] = (
            {"creationflags": 0x4000}  # below normal priority
            if os.name == "nt"
            else {"start_new_session": True}  # Ctrl-C in the terminal is for the server alone
        )
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _START, *path],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, **QUIET, **self._environment},
                **own_group,
            )
        except OSError as error:
            raise LearnError(
                f"No process for searching by meaning could be started: {error.strerror}.",
                "Free some memory, then try again. Words are searched meanwhile.",
            ) from error

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        process, self._process = self._process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        try:
            process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _rest(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = threading.Timer(self._idle, self.close)
        self._timer.daemon = True
        self._timer.start()


QUIET: Final = {
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "TRANSFORMERS_VERBOSITY": "error",
    "LANCE_LOG": "error",
}


def send(pipe: IO[bytes], message: bytes) -> None:
    pipe.write(_LENGTH.pack(len(message)))
    pipe.write(message)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes:
    """One whole message; ``EOFError`` where the other side has closed."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    message = pipe.read(length)
    if len(message) < length:
        raise EOFError
    return message


class _Turns:
    """A lock that is fair: a question is not overtaken by the next batch of a long embedding."""

    def __init__(self) -> None:
        self._next = 0
        self._now = 0
        self._changed = threading.Condition()

    @contextlib.contextmanager
    def mine(self) -> Iterator[None]:
        with self._changed:
            ticket = self._next
            self._next += 1
            self._changed.wait_for(lambda: self._now == ticket)
        try:
            yield
        finally:
            with self._changed:
                self._now += 1
                self._changed.notify_all()
