"""Runs every bench of this folder, one after the other. Figures are ratios against a peer or a
floor measured in the same run; nothing here fails on a slow machine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
failed = 0
for bench in sorted([*HERE.glob("*.py"), *HERE.glob("*.mjs")]):
    if bench.name == "run.py":
        continue
    runner = [sys.executable] if bench.suffix == ".py" else ["node"]
    print(f"\n== {bench.stem} ==", flush=True)
    failed += subprocess.run([*runner, str(bench)], check=False).returncode != 0
sys.exit(1 if failed else 0)
