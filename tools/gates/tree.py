"""Compares the annotated tree in docs/architecture.md with the real one, two levels deep."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

DOCUMENT = Path("docs/architecture.md")
DEEP = {"nanochat_learn", "src", "docs", "tests", "tools"}
"""Folders whose own entries must be named as well."""


def real() -> set[str]:
    files = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    named = set()
    for file in files:
        if not Path(file).exists():
            continue
        first, *rest = file.split("/")
        named.add(first + "/" * bool(rest))
        if first in DEEP and len(rest) > 1:
            named.add(f"{first}/{rest[0]}/")
    return named


def written() -> set[str]:
    text = DOCUMENT.read_text(encoding="utf-8")
    block = text.split("```tree\n", 1)[1].split("```", 1)[0]
    named, parent = set(), ""
    for line in block.splitlines():
        if not line.strip():
            continue
        name = re.split(r"\s{2,}", line.strip(), maxsplit=1)[0]
        if line.startswith(" "):
            named.add(parent + name)
        else:
            parent = name
            named.add(name)
    return named


def difference() -> list[str]:
    there, told = real(), written()
    folders_told = {name for name in told if name.endswith("/") or "/" not in name}
    return [f"{DOCUMENT} does not name {name}" for name in sorted(there - told)] + [
        f"{DOCUMENT} names {name}, which does not exist"
        for name in sorted(folders_told - there)
        if not Path(name).exists()
    ]
