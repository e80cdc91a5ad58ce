"""Which files of a folder are read, and whether any of them changed. Opens none of them,
apart from ``.gitignore``.

Left out: hidden folders, environments, ``node_modules``, checkpoints, what git ignores,
the percent twin of a notebook. Links to folders are not followed: loops cannot happen.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from nanochat_learn.indexer.facts import Problem

_SKIPPED = {"node_modules", "__pycache__", "checkpoints", "site-packages"}
_ENVIRONMENT = {"pyvenv.cfg", "conda-meta"}


@dataclass(frozen=True, slots=True)
class ScanRules:
    """Patterns as in ``.gitignore``, relative to the root. No ``include`` means everything."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


class Entry(NamedTuple):
    path: str  # relative to the root, with /
    size: int
    mtime_ns: int


def list_files(
    root: Path, rules: ScanRules | None = None
) -> tuple[list[Entry], list[tuple[str, Problem]]]:
    """Python files and notebooks below ``root``, sorted, and what could not be listed."""
    scan = _Scan(root, rules or ScanRules())
    scan.folder("", [])
    return sorted(scan.found), sorted(scan.unreadable)


def fingerprint(root: Path, rules: ScanRules | None = None) -> str:
    """Changes when a file that would be read was added, removed or written."""
    entries, unreadable = list_files(root, rules)
    digest = hashlib.sha256(repr(rules).encode())
    for entry in entries:
        line = f"{entry.path}\n{entry.size} {entry.mtime_ns}\n"
        digest.update(line.encode("utf-8", "surrogateescape"))
    digest.update(repr(unreadable).encode("utf-8", "backslashreplace"))
    return digest.hexdigest()


class _Scan:
    def __init__(self, root: Path, rules: ScanRules) -> None:
        self._root = root
        self._include = _patterns(rules.include)
        self._exclude = _patterns(rules.exclude)
        self.found: list[Entry] = []
        self.unreadable: list[tuple[str, Problem]] = []

    def folder(self, path: str, ignores: list[tuple[str, Any]]) -> None:
        try:
            with os.scandir(self._root / path) as listing:
                entries = list(listing)
        except OSError as error:
            message = f"This folder cannot be listed ({error.strerror}). Check its permissions."
            self.unreadable.append((path or ".", Problem("unreadable_file", message, 0)))
            return
        names = {entry.name for entry in entries}
        if path and names & _ENVIRONMENT:
            return
        if ".gitignore" in names:
            ignores = [*ignores, (path, self._read_ignores(path))]
        prefix = f"{path}/" if path else ""
        for entry in entries:
            name, wire = entry.name, prefix + entry.name
            if name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                if name not in _SKIPPED and not self._left_out(wire + "/", ignores):
                    self.folder(wire, ignores)
            elif name.endswith((".py", ".ipynb")):
                if name.endswith(".py") and f"{name[:-3]}.ipynb" in names:
                    continue
                if not self._left_out(wire, ignores):
                    self._file(wire, entry)

    def _file(self, wire: str, entry: os.DirEntry[str]) -> None:
        if self._include is not None and not self._include.match_file(wire):
            return
        try:
            if entry.is_file():
                stat = entry.stat()
                self.found.append(Entry(wire, stat.st_size, stat.st_mtime_ns))
        except OSError as error:
            message = f"This file cannot be read ({error.strerror}). Check its permissions."
            self.unreadable.append((wire, Problem("unreadable_file", message, 0)))

    def _left_out(self, wire: str, ignores: list[tuple[str, Any]]) -> bool:
        if self._exclude is not None and self._exclude.match_file(wire):
            return True
        for base, spec in ignores:
            inside = wire[len(base) + 1 :] if base else wire
            if spec is not None and spec.match_file(inside):
                return True
        return False

    def _read_ignores(self, path: str) -> Any:
        try:
            lines = (self._root / path / ".gitignore").read_text("utf-8", "replace").splitlines()
        except OSError:
            return None
        return _patterns(tuple(lines))


def _patterns(lines: tuple[str, ...]) -> Any:
    if not lines:
        return None
    import pathspec

    try:
        return pathspec.GitIgnoreSpec.from_lines(lines)
    except ValueError:
        return None  # a line that git would not understand either
