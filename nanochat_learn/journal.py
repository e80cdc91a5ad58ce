"""A journal of JSON lines that several processes append to and nobody loses.

Each process appends to a file of its own, under a lock, so that two kernels and the
server never write into one another's lines; reading merges all files. Not a database:
lines are never changed.
"""

from __future__ import annotations

import glob
import json
import os
from pathlib import Path
from typing import Any, NamedTuple

from nanochat_learn.durable import locked
from nanochat_learn.errors import BadInput, CannotRead, CannotWrite


class Reading(NamedTuple):
    """All entries, oldest file first, and the places of lines that could not be read."""

    entries: list[dict[str, Any]]
    damaged: list[str]
    places: dict[str, str]
    """Id of an entry → where it stands, in the words of ``damaged``."""


def append(folder: Path, *entries: dict[str, Any], writer: str | None = None) -> None:
    """Add entries to this process's file in ``folder``; on disk when it returns.

    ``entry["id"]`` must be a unique string: a line that is appended twice counts once.
    Raises ``CannotWrite`` when the disk or the folder refuses.
    """
    if not all(isinstance(entry.get("id"), str) and entry["id"] for entry in entries):
        raise BadInput("A journal entry needs an id.", "Give it a unique string `id`.")
    line = b"".join(
        json.dumps(entry, ensure_ascii=False, allow_nan=False).encode() + b"\n" for entry in entries
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder / f"{writer or os.getpid()}.jsonl") as descriptor:
            if _ends_half_written(descriptor):
                line = b"\n" + line  # a crash left half a line: keep it apart from ours
            while line:  # a disk that fills up takes a part, and refuses the rest
                line = line[os.write(descriptor, line) :]
            os.fsync(descriptor)
    except OSError as error:
        raise CannotWrite(
            f"The journal {folder.name} cannot be written: {error.strerror}.",
            "Check that the folder is yours and that the disk is not full.",
        ) from error


def read(folder: Path, writer: str | None = None) -> Reading:
    """Merge all files of ``folder``, or read that of one ``writer``. The first of several
    entries with one id counts."""
    entries: dict[str, dict[str, Any]] = {}
    damaged: list[str] = []
    places: dict[str, str] = {}
    try:
        files = sorted(
            folder.glob(f"{'*' if writer is None else glob.escape(writer)}.jsonl"),
            key=lambda file: (file.stat().st_ctime_ns, file.name),
        )
        for file in files:
            for number, line in enumerate(file.read_bytes().split(b"\n"), start=1):
                if not line.strip():
                    continue
                entry = _parsed(line)
                if entry is None:
                    damaged.append(f"{file.name}, line {number}")
                elif entry["id"] not in entries:
                    entries[entry["id"]] = entry
                    places[entry["id"]] = f"{file.name}, line {number}"
    except OSError as error:
        raise CannotRead(
            f"The journal {folder.name} cannot be read: {error.strerror}.", "Check its permissions."
        ) from error
    return Reading(list(entries.values()), damaged, places)


def _parsed(line: bytes) -> dict[str, Any] | None:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return entry if isinstance(entry, dict) and isinstance(entry.get("id"), str) else None


def _ends_half_written(descriptor: int) -> bool:
    size = os.fstat(descriptor).st_size
    if size == 0:
        return False
    os.lseek(descriptor, size - 1, os.SEEK_SET)
    return os.read(descriptor, 1) != b"\n"
