"""The one error tree. Every error a learner can meet is a sentence with a next step.

    LearnError                 base: code, status, sentence, hint
    ├── NotFound         404   an id, a note or a file that does not exist
    ├── BadInput         400   what was sent cannot be used
    ├── NoWorkspace      409   nothing here is a workspace yet
    ├── Busy             409   one writer at a time
    ├── CannotRead       422   a file is there but cannot be read or understood
    ├── CannotWrite      507   the disk or the folder refuses
    ├── Stopped          499   the learner stopped a long run
    └── ModelError       502   the language model, or the way to it
        ├── NeedsKey     409   no key, or the provider refuses it
        ├── NoCredit     402   the account has no credit left
        ├── RateLimited  429   too many requests, also after the fallbacks
        ├── Offline      503   the provider cannot be reached
        └── BrokenStream 502   the answer broke off or cannot be read

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


class ModelError(LearnError):
    code = "model_failed"
    status = 502


class NeedsKey(ModelError):
    code = "needs_key"
    status = 409  # not 401: the browser would think Jupyter has forgotten the learner


class NoCredit(ModelError):
    code = "no_credit"
    status = 402


class RateLimited(ModelError):
    code = "rate_limited"
    status = 429


class Offline(ModelError):
    code = "offline_model"
    status = 503


class BrokenStream(ModelError):
    code = "broken_stream"
