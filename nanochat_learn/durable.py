"""Writes that survive a crash: a file replaced whole, and locks the system releases by itself.

Not a format: callers say what the bytes mean.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from nanochat_learn.errors import Busy, CannotWrite

if os.name == "nt":
    import msvcrt
else:
    import fcntl


def replace_file(target: Path, content: bytes) -> None:
    """Put ``content`` in place of ``target``: readers see the old bytes or the new, never a mix.

    Creates the folder. Raises ``CannotWrite``; the old file is then still there.
    """
    # Threads of one server write the same file too: the last one wins, none trips over another.
    own = f"{os.getpid()}.{threading.get_ident()}"
    temporary = target.with_name(f".{target.name}.{own}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        raise CannotWrite(
            f"{target.name} cannot be written: {error.strerror or error}.",
            "Check that the folder is yours and that the disk is not full.",
        ) from error


@contextmanager
def locked(file: Path, *, wait: bool = True) -> Iterator[int]:
    """Hold an exclusive lock on ``file`` (created if missing); yields its descriptor.

    The system releases the lock when the process dies, also by kill -9. Without
    ``wait``, a lock that somebody holds raises ``Busy``.
    """
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        try:
            _lock(descriptor, wait)
        except OSError as error:
            raise Busy(
                "Another run is writing here already.",
                "Wait until it has finished, then try again.",
            ) from error
        yield descriptor
    finally:
        os.close(descriptor)


def _lock(descriptor: int, wait: bool) -> None:
    if os.name == "nt":
        mode = msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK  # type: ignore[attr-defined,unused-ignore]
        msvcrt.locking(descriptor, mode, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
