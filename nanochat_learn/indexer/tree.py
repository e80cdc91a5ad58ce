"""A folder → its tree of facts and links: the only part of the indexer that opens files."""

from __future__ import annotations

import gc
import hashlib
import io
import tokenize
from collections.abc import Callable
from pathlib import Path

from nanochat_learn.errors import Stopped
from nanochat_learn.indexer.cache import FactCache, as_json, from_json
from nanochat_learn.indexer.facts import FileFacts, Problem, Tree
from nanochat_learn.indexer.joining import join
from nanochat_learn.indexer.notebooks import read_notebook
from nanochat_learn.indexer.reading import read_module
from nanochat_learn.indexer.scanning import Entry, ScanRules, list_files

LARGEST = 4_000_000
"""Bytes. A larger file was written by a program: it is named in the report and left out."""


def index_tree(
    root: Path,
    rules: ScanRules | None = None,
    *,
    cache: Path | None = None,
    on_progress: Callable[[int, int, str], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Tree:
    """Read what changed below ``root`` and join everything.

    ``cache`` is a file for the facts of unchanged files. ``on_progress`` is told
    (done, total, path) before each file. Raises ``Stopped`` when ``should_stop`` says so.
    """
    entries, unreadable = list_files(root, rules)
    files: dict[str, FileFacts] = {}
    parsed = 0
    collecting = gc.isenabled()
    gc.disable()  # syntax trees have no cycles; looking for some doubles the time
    try:
        with FactCache(cache) as kept:
            known = kept.load()
            for done, entry in enumerate(entries):
                if should_stop is not None and should_stop():
                    raise Stopped("Indexing was stopped.", "The graph from before is still there.")
                if on_progress is not None:
                    on_progress(done, len(entries), entry.path)
                facts, anew = _facts(root, entry, known.pop(entry.path, None), kept)
                if isinstance(facts, FileFacts):
                    files[entry.path] = facts
                    parsed += anew
                else:
                    unreadable.append((entry.path, facts))
            kept.forget(list(known))
        if on_progress is not None:
            on_progress(len(entries), len(entries), "")
        return Tree(files, join(files), parsed, sorted(unreadable))
    finally:
        if collecting:
            gc.enable()


def _facts(
    root: Path, entry: Entry, known: tuple[int, int, str, str] | None, kept: FactCache
) -> tuple[FileFacts | Problem, bool]:
    """The facts of one file, and whether it was read anew."""
    if known is not None and known[:2] == (entry.size, entry.mtime_ns):
        facts = _remembered(known[3], entry.path)
        if facts is not None:
            return facts, False
    if entry.size > LARGEST:
        size = f"{entry.size / 1e6:.0f} MB"
        return Problem(
            "unreadable_file",
            f"This file has {size}: too large to have been written by a person, so it is left out. "
            "If it matters, split it.",
            0,
        ), False
    try:
        content = (root / entry.path).read_bytes()
    except OSError as error:
        message = f"This file cannot be read ({error.strerror}). Check its permissions."
        return Problem("unreadable_file", message, 0), False
    digest = hashlib.sha256(content).hexdigest()
    if known is not None and known[2] == digest:
        facts = _remembered(known[3], entry.path)
        if facts is not None:
            kept.keep(entry.path, entry.size, entry.mtime_ns, digest, known[3])
            return facts, False
    facts = _read(content, entry.path)
    kept.keep(entry.path, entry.size, entry.mtime_ns, digest, as_json(facts))
    return facts, True


def _remembered(text: str, path: str) -> FileFacts | None:
    try:
        facts = from_json(text)
    except (ValueError, TypeError, KeyError):
        return None
    return facts if facts.path == path else None


def _read(content: bytes, path: str) -> FileFacts:
    notebook = path.endswith(".ipynb")
    try:
        text = content.decode("utf-8-sig") if notebook else decoded(content)
    except (SyntaxError, UnicodeDecodeError) as error:
        facts = FileFacts(path, 0)
        message = (
            f"The characters of this file cannot be read: {error}. "
            "Save it as UTF-8, or name its encoding in the first line."
        )
        facts.problems.append(Problem("unreadable_file", message, 0))
        return facts
    return read_notebook(text, path) if notebook else read_module(text, path)


def decoded(content: bytes) -> str:
    """Bytes of a Python file → text: byte-order mark and encoding line as Python reads them.

    Raises SyntaxError for an unknown encoding, UnicodeDecodeError for wrong bytes.
    """
    encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
    return content.decode(encoding)
