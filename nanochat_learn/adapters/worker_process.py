"""The child's side of ``worker.py``: opens what it is told to, calls it, answers. Never imported
by the server.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import sys
import traceback
from typing import Any

from nanochat_learn.adapters.worker import receive, send
from nanochat_learn.errors import LearnError


def main() -> None:
    """Until the pipe closes. What libraries print goes to stderr, not between our messages."""
    questions = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        with contextlib.suppress(OSError):
            os.nice(10)
    opened: dict[Any, Any] = {}
    while True:
        try:
            message = receive(questions)
        except EOFError:
            return
        try:
            send(answers, pickle.dumps(("value", _answer(opened, message)), protocol=5))
        except BrokenPipeError:
            return
        except LearnError as error:
            told = type(error).__name__, error.sentence, error.hint, ""
            send(answers, pickle.dumps(("error", told)))
        except Exception as error:
            sentence = f"Searching by meaning failed: {type(error).__name__}."
            hint = "The server's log has the details. Words are searched meanwhile."
            told = "LearnError", sentence, hint, traceback.format_exc()
            send(answers, pickle.dumps(("error", told)))


def _answer(opened: dict[Any, Any], message: bytes) -> Any:
    spec, method, arguments, named = pickle.loads(message)
    if spec not in opened:
        for other in [known for known in opened if type(known) is type(spec)]:
            opened.pop(other)  # one model, one database at a time: two would fill the memory
        opened[spec] = spec.open()
    return getattr(opened[spec], method)(*arguments, **named)
