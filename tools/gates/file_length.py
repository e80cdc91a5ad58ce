"""No source file above 500 lines (generated files, locks and notebooks aside)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

LIMIT = 500
SOURCES = {".py", ".ts", ".tsx", ".mjs", ".js", ".css", ".md", ".yaml", ".toml"}
GENERATED = (".gen.ts",)

tracked = subprocess.run(
    ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
    capture_output=True,
    text=True,
    check=True,
).stdout.splitlines()
long = [
    (path, count)
    for path in tracked
    if Path(path).suffix in SOURCES and not path.endswith(GENERATED) and Path(path).is_file()
    if (count := len(Path(path).read_text(encoding="utf-8").splitlines())) > LIMIT
]
for path, count in long:
    print(f"{path}: {count} lines, at most {LIMIT}")
sys.exit(1 if long else 0)
