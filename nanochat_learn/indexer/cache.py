"""Facts of files read before, in one SQLite file: only what changed is read again.

Safe to delete, and thrown away by itself when it is damaged or of another version.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from pathlib import Path
from types import TracebackType
from typing import Any

from nanochat_learn._version import __version__
from nanochat_learn.indexer.facts import FileFacts, Problem, Reference, Symbol, Tag

_LAYOUT = f"{__version__}/1"
"""Raise the number when the facts change their shape."""


class FactCache:
    """Use as a context manager: what was kept is written when it closes without an error."""

    def __init__(self, file: Path | None) -> None:
        self._database = _opened(file) if file else None

    def __enter__(self) -> FactCache:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        if self._database is not None:
            with contextlib.suppress(sqlite3.Error):
                if kind is None:
                    self._database.commit()
                self._database.close()

    def load(self) -> dict[str, tuple[int, int, str, str]]:
        """path → (size, mtime_ns, content hash, facts as JSON)."""
        if self._database is None:
            return {}
        try:
            rows = self._database.execute("SELECT path, size, mtime, hash, facts FROM files")
            return {path: (size, mtime, digest, facts) for path, size, mtime, digest, facts in rows}
        except sqlite3.Error:
            return {}

    def keep(self, path: str, size: int, mtime_ns: int, digest: str, facts: str) -> None:
        self._run(
            "REPLACE INTO files VALUES (?, ?, ?, ?, ?)", (path, size, mtime_ns, digest, facts)
        )

    def forget(self, paths: list[str]) -> None:
        for path in paths:
            self._run("DELETE FROM files WHERE path = ?", (path,))

    def _run(self, statement: str, values: tuple[Any, ...]) -> None:
        if self._database is not None:
            with contextlib.suppress(sqlite3.Error):  # a full disk costs speed, not the run
                self._database.execute(statement, values)


def _opened(file: Path) -> sqlite3.Connection | None:
    for _ in range(2):
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            database = sqlite3.connect(file)
            database.execute("CREATE TABLE IF NOT EXISTS layout (name TEXT PRIMARY KEY)")
            database.execute(
                "CREATE TABLE IF NOT EXISTS files "
                "(path TEXT PRIMARY KEY, size INTEGER, mtime INTEGER, hash TEXT, facts TEXT)"
            )
            if database.execute("SELECT name FROM layout").fetchall() != [(_LAYOUT,)]:
                database.execute("DELETE FROM files")
                database.execute("DELETE FROM layout")
                database.execute("INSERT INTO layout VALUES (?)", (_LAYOUT,))
            return database
        except sqlite3.DatabaseError:
            with contextlib.suppress(OSError):
                file.unlink()
        except OSError:
            return None  # a folder that cannot be written: work without a cache
    return None


def as_json(facts: FileFacts) -> str:
    return json.dumps([getattr(facts, name) for name in FileFacts.__slots__], ensure_ascii=True)


def from_json(text: str) -> FileFacts:
    """Raises ValueError, TypeError or KeyError for anything ``as_json`` did not write."""
    kept = dict(zip(FileFacts.__slots__, json.loads(text), strict=True))
    kept["symbols"] = [_symbol(row) for row in kept["symbols"]]
    kept["references"] = [Reference(*row) for row in kept["references"]]
    kept["tags"] = [Tag(*row) for row in kept["tags"]]
    kept["problems"] = [Problem(*row) for row in kept["problems"]]
    kept["wiki_links"] = [(target, line, cell) for target, line, cell in kept["wiki_links"]]
    return FileFacts(**kept)


def _symbol(row: list[Any]) -> Symbol:
    row[7] = tuple(row[7])
    return Symbol(*row)
