"""The one error tree. Every error a learner can meet is a sentence with a next step.

    LearnError                 base: code, status, sentence, hint
    ├── NotFound         404   an id, a note or a file that does not exist
    ├── BadInput         400   what was sent cannot be used
    ├── NoWorkspace      409   nothing here is a workspace yet
    ├── Busy             409   one writer at a time
    ├── CannotRead       422   a file is there but cannot be read or understood
    ├── CannotWrite      507   the disk or the folder refuses
    └── Stopped          499   the learner stopped a long run

Raised deep, translated once: to an exit code in ``cli.py``, to a status and JSON
in ``server/base.py``. No module prints or formats an error anywhere else.
"""

from __future__ import annotations


class LearnError(Exception):
    """Something went wrong that the learner can act upon.

    ``sentence`` says what happened, ``hint`` what to do next. ``code`` is stable
    and machine-readable; ``status`` is the HTTP status the server answers with.
    """

    code = "error"
    status = 500

    def __init__(self, sentence: str, hint: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.sentence} {self.hint}".strip()


class NotFound(LearnError):
    code = "not_found"
    status = 404


class BadInput(LearnError):
    code = "bad_input"
    status = 400


class NoWorkspace(LearnError):
    code = "no_workspace"
    status = 409


class Busy(LearnError):
    code = "busy"
    status = 409


class CannotRead(LearnError):
    code = "cannot_read"
    status = 422


class CannotWrite(LearnError):
    code = "cannot_write"
    status = 507


class Stopped(LearnError):
    code = "stopped"
    status = 499
