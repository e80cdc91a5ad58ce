"""Extraction against bare ``ast.parse`` and against griffe, on the CPython standard library.

CPU time in one process, reading excluded, each tree discarded per file, the same collector
setting for all. Ours and the floor take turns on portions of the files, then griffe and the floor;
the best of five turns counts for each portion: a machine that other work slows down for a while
slows both down. Ours is reading, and joining what was read of all files. Bar: at most 1.5 ×
``ast.parse``, and faster than griffe (which joins nothing here).
"""

from __future__ import annotations

import ast
import gc
import sys
import sysconfig
import time
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path

from nanochat_learn.indexer import FileFacts, join, read_module

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 5
PORTION = 60  # files: some seconds of turns
warnings.simplefilter("ignore")
gc.disable()  # for all three alike: trees have no cycles, and an index run pauses it too


def standard_library() -> dict[str, str]:
    root = Path(sysconfig.get_path("stdlib"))
    texts = {}
    for file in sorted(root.rglob("*.py")):
        path = file.relative_to(root).as_posix()
        if path.startswith("site-packages") or "bad_" in path or "badsyntax" in path:
            continue
        try:
            texts[path] = file.read_text(encoding="utf-8")
            ast.parse(texts[path])
        except (SyntaxError, UnicodeDecodeError, ValueError):
            texts.pop(path, None)
    return texts


def parse(texts: dict[str, str]) -> None:
    for text in texts.values():
        ast.parse(text)


def read(texts: dict[str, str]) -> dict[str, FileFacts]:
    return {path: read_module(text, path) for path, text in texts.items()}


def griffe_visit(texts: dict[str, str]) -> None:
    import griffe

    for path, text in texts.items():
        name = path[:-3].replace("/", ".")
        griffe.visit(name, filepath=Path(path), code=text)


def spent(of: Callable[[], object]) -> float:
    started = time.process_time()
    of()  # what it made is given back within the time
    return time.process_time() - started


def best_in_turns(
    ways: dict[str, Callable[[dict[str, str]], object]], texts: dict[str, str]
) -> dict[str, float]:
    """CPU seconds for all texts: the best of ROUNDS for each portion, added up."""
    paths = list(texts)
    total = dict.fromkeys(ways, 0.0)
    for at in range(0, len(paths), PORTION):
        portion = {path: texts[path] for path in paths[at : at + PORTION]}
        times: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(ROUNDS):
            for name, way in ways.items():
                times[name].append(spent(partial(way, portion)))
        for name in ways:
            total[name] += min(times[name])
    return total


texts = standard_library()
megabytes = sum(map(len, texts.values())) / 1e6
print(f"standard library: {len(texts)} files, {megabytes:.1f} MB, best of {ROUNDS}")
facts = read(texts)
joining = min(spent(partial(join, facts)) for _ in range(ROUNDS))
# griffe comes after ours: what it leaves in the memory would slow down whoever shares it.
for name, way, besides in (
    ("our extraction", read, joining),
    ("griffe", griffe_visit, 0.0),
):
    seconds = best_in_turns({"parse": parse, name: way}, texts)
    took = seconds[name] + besides
    print(f"{'ast.parse (floor)':18} {seconds['parse']:6.2f} CPU s")
    print(f"{name:18} {took:6.2f} CPU s   {took / seconds['parse']:.2f} × ast.parse")
    if besides:
        print(f"of it, joining all files: {besides / seconds['parse']:.2f}")
