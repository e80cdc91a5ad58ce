"""Passages in one SQLite file: read at a cold start without any heavy import.

A cache: deleted, damaged or of another version it is made anew, empty, and whoever owns the
passages brings them again (``stamp`` tells whether they are up to date). Words are ranked in
memory (``retrieval``), vectors stand elsewhere (``tables.py``).
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

from nanochat_learn.errors import Busy, CannotRead, CannotWrite, LearnError
from nanochat_learn.ports import Passage, Synced
from nanochat_learn.schema.base import NodeId

R = TypeVar("R")

_LAYOUT: Final = 2
"""Raise it when the tables below change."""
_COLUMNS: Final = "id, text, type, label, source, library, file_path, docstring"
_TABLES: Final = """
CREATE TABLE stamps (owner TEXT PRIMARY KEY, stamp TEXT);
CREATE TABLE passages (
    id TEXT PRIMARY KEY, text TEXT, type TEXT, label TEXT, source TEXT, library TEXT,
    file_path TEXT, docstring TEXT, owner TEXT, text_hash TEXT
);
"""


def text_hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class _Kept(NamedTuple):
    """The file as values."""

    passages: list[Passage]
    hashes: dict[NodeId, str]
    owners: dict[NodeId, str]


class PassagesFile:
    """``file`` None keeps everything in memory. Thread-safe; several processes may share a file."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._turn = threading.RLock()
        self._database: sqlite3.Connection | None = None
        self._inode: tuple[int, int] | None = None
        self._kept: tuple[object, _Kept] | None = None

    def sync(self, owner: str, passages: Sequence[Passage], stamp: str = "") -> Synced:
        """Make ``owner``'s passages exactly these, at once or not at all. An id of owner ``tree``
        wins over the same id of anybody else. ``embedded`` counts passages that are new or
        changed."""
        return self._attempt(lambda db: self._write(db, owner, passages, stamp))

    def stamp(self, owner: str) -> str | None:
        """What the last ``sync`` of ``owner`` was told; None when there was none."""

        def read(db: sqlite3.Connection) -> str | None:
            row = db.execute("SELECT stamp FROM stamps WHERE owner = ?", (owner,)).fetchone()
            return str(row[0]) if row else None

        return self._attempt(read)

    def touch(self) -> None:
        """Tell every process that something beside the passages (the vectors) has changed."""

        def write(db: sqlite3.Connection) -> None:
            with db:
                db.execute(
                    "INSERT INTO stamps VALUES ('vectors', '1') "
                    "ON CONFLICT(owner) DO UPDATE SET stamp = CAST(stamp AS INTEGER) + 1"
                )

        self._attempt(write)

    def generation(self) -> object:
        """Equal as long as nobody, in any process, has written."""
        return self._attempt(self._generation)

    def passages(self) -> list[Passage]:
        """All, by id."""
        return self._attempt(self._read).passages

    def hashes(self) -> dict[NodeId, str]:
        """id → hash of the text."""
        return self._attempt(self._read).hashes

    def owners(self) -> dict[NodeId, str]:
        return self._attempt(self._read).owners

    def close(self) -> None:
        with self._turn:
            if self._database is not None:
                self._database.close()
            self._database = None

    # --- inside

    def _write(
        self, db: sqlite3.Connection, owner: str, passages: Sequence[Passage], stamp: str
    ) -> Synced:
        with db:
            db.execute("BEGIN IMMEDIATE")
            kept = {
                row[0]: row[1:]
                for row in db.execute(f"SELECT {_COLUMNS}, owner FROM passages").fetchall()
            }
            wanted = {
                passage.id: passage
                for passage in passages
                if owner == "tree" or kept.get(passage.id, (owner,))[-1] == owner
            }
            changed = [p for p in wanted.values() if kept.get(p.id) != (*_row(p)[1:], owner)]
            gone = [node for node, row in kept.items() if row[-1] == owner and node not in wanted]
            _delete(db, [*gone, *(p.id for p in changed)])
            db.executemany(
                f"INSERT INTO passages ({_COLUMNS}, owner, text_hash) VALUES (?,?,?,?,?,?,?,?,?,?)",
                ((*_row(p), owner, text_hash(p.text)) for p in changed),
            )
            db.execute("REPLACE INTO stamps VALUES (?, ?)", (owner, stamp))
        return Synced(len(changed), len(wanted) - len(changed), len(gone))

    def _generation(self, db: sqlite3.Connection) -> tuple[object, ...]:
        (version,) = db.execute("PRAGMA data_version").fetchone()
        return id(db), version, db.total_changes

    def _read(self, db: sqlite3.Connection) -> _Kept:
        now = self._generation(db)
        if self._kept is None or self._kept[0] != now:
            select = f"SELECT {_COLUMNS}, owner, text_hash FROM passages ORDER BY id"
            rows = db.execute(select).fetchall()
            kept = _Kept(
                [Passage(*row[:-2]) for row in rows],
                {NodeId(row[0]): row[-1] for row in rows},
                {NodeId(row[0]): row[-2] for row in rows},
            )
            self._kept = now, kept
        return self._kept[1]

    def _attempt(self, work: Callable[[sqlite3.Connection], R]) -> R:
        """``work`` on the open file; a damaged one is thrown away and made anew, once."""
        with self._turn:
            for last in (False, True):
                try:
                    return work(self._opened())
                except sqlite3.Error as error:
                    self.close()
                    known = _told(error)
                    if known is not None:
                        raise known from error
                    if last:
                        raise CannotRead(
                            f"The passages of this workspace cannot be read: {error}.",
                            "Delete the folder .nanochat-learn and index again.",
                        ) from error
                    self._throw_away()
        raise AssertionError  # the loop returns or raises

    def _opened(self) -> sqlite3.Connection:
        if self._database is not None and self._file is not None:
            if self._inode == _inode(self._file):
                return self._database
            self.close()  # somebody deleted or replaced the file: what we hold open is a ghost
        if self._database is None:
            self._database = _open(self._file)
            self._inode = _inode(self._file) if self._file else None
        return self._database

    def _throw_away(self) -> None:
        if self._file is not None:
            for name in (self._file.name, f"{self._file.name}-journal"):
                with contextlib.suppress(OSError):
                    self._file.with_name(name).unlink()


def _open(file: Path | None) -> sqlite3.Connection:
    if file is not None:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _refused(str(error.strerror)) from error
    db = sqlite3.connect(file or ":memory:", timeout=5, check_same_thread=False)
    db.isolation_level = None  # transactions are ours: BEGIN IMMEDIATE takes the one write lock
    (layout,) = db.execute("PRAGMA user_version").fetchone()
    if layout != _LAYOUT:
        _make(db)
    return db


def _make(db: sqlite3.Connection) -> None:
    """Empty tables, whatever was there; another process may be doing the same."""
    db.execute("BEGIN IMMEDIATE")
    with db:
        (layout,) = db.execute("PRAGMA user_version").fetchone()
        if layout == _LAYOUT:
            return
        for name in ("passages", "stamps"):
            db.execute(f"DROP TABLE IF EXISTS {name}")
        for statement in _TABLES.split(";"):
            db.execute(statement)
        db.execute(f"PRAGMA user_version = {_LAYOUT}")


def _delete(db: sqlite3.Connection, ids: Iterable[str]) -> None:
    db.executemany("DELETE FROM passages WHERE id = ?", ((node,) for node in ids))


def _row(p: Passage) -> tuple[str | None, ...]:
    return p.id, p.text, p.type, p.label, p.source, p.library, p.file_path, p.docstring


def _inode(file: Path) -> tuple[int, int] | None:
    try:
        stat = file.stat()
    except OSError:
        return None
    return stat.st_dev, stat.st_ino


def _told(error: sqlite3.Error) -> LearnError | None:
    """The error as a sentence, or None where the file is damaged and must be made anew."""
    match getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return Busy(
                "Another run is writing the passages of this workspace.",
                "Wait until it has finished, then try again.",
            )
        case (
            sqlite3.SQLITE_FULL
            | sqlite3.SQLITE_READONLY
            | sqlite3.SQLITE_IOERR
            | sqlite3.SQLITE_CANTOPEN
            | sqlite3.SQLITE_PERM
        ):
            return _refused(str(error))
        case _:
            return None


def _refused(why: str) -> CannotWrite:
    return CannotWrite(
        f"The passages of this workspace cannot be kept: {why}.",
        "Check that the folder is yours and that the disk is not full.",
    )
