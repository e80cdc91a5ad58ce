"""Extraction against bare ``ast.parse`` and against griffe, on the CPython standard library.

CPU time in one process, reading excluded, each tree discarded per file, the same collector
setting for all, best of five. Bar: at most 1.5 × ``ast.parse``, and faster than griffe.
"""

from __future__ import annotations

import ast
import gc
import sys
import sysconfig
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from nanochat_learn.indexer import join, read_module

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 5
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


def extract(texts: dict[str, str]) -> None:
    join({path: read_module(text, path) for path, text in texts.items()})


def griffe_visit(texts: dict[str, str]) -> None:
    import griffe

    for path, text in texts.items():
        name = path[:-3].replace("/", ".")
        griffe.visit(name, filepath=Path(path), code=text)


def best(of: Callable[[dict[str, str]], None], texts: dict[str, str]) -> float:
    times = []
    for _ in range(ROUNDS):
        started = time.process_time()
        of(texts)
        times.append(time.process_time() - started)
    return min(times)


texts = standard_library()
megabytes = sum(map(len, texts.values())) / 1e6
print(f"standard library: {len(texts)} files, {megabytes:.1f} MB, best of {ROUNDS}")
floor = best(parse, texts)
for name, of in (
    ("ast.parse (floor)", parse),
    ("our extraction", extract),
    ("griffe", griffe_visit),
):
    seconds = floor if of is parse else best(of, texts)
    print(f"{name:18} {seconds:6.2f} CPU s   {seconds / floor:.2f} × ast.parse")
