"""Every gate of `make check`, run one after the other; each failure says how to mend it.

A gate is a command that must exit with 0. Gates of our own live in tools/gates/.
"""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

NPX = ("npx", "--no-install")
GATES: list[tuple[str, tuple[str, ...], str]] = [
    ("ruff check", ("ruff", "check", "."), "ruff check --fix ."),
    ("ruff format", ("ruff", "format", "--check", "."), "ruff format ."),
    ("mypy", ("mypy",), "give the types"),
    ("walls (python)", ("lint-imports",), "see docs/architecture.md"),
    ("dependencies", ("deptry", "."), "declare or drop the package in pyproject.toml"),
    ("tsc", (*NPX, "tsc", "--noEmit"), "give the types"),
    ("tsc pictures", (*NPX, "tsc", "-p", "src/viz"), "give the types"),
    ("eslint", (*NPX, "eslint", "."), "npx eslint --fix ."),
    ("prettier", (*NPX, "prettier", "--check", "--log-level", "warn", "."), "npx prettier -w ."),
    ("stylelint", (*NPX, "stylelint", "src/**/*.css"), "npx stylelint --fix 'src/**/*.css'"),
    ("walls (typescript)", (*NPX, "depcruise", "src"), "see docs/architecture.md"),
    ("knip", (*NPX, "knip"), "delete what nothing uses"),
    ("codespell", ("codespell",), "correct the spelling"),
    ("file length", ("python", "tools/gates/file_length.py"), "split the file by its nouns"),
    ("lock", ("python", "tools/gates/lock.py"), "npm install with the .npmrc of this folder"),
    ("notebooks", ("python", "tools/gates/notebooks.py"), "make lessons"),
    ("lessons", ("python", "tools/gates/lessons.py"), "see docs/lessons.md"),
    ("words", ("python", "tools/gates/documented.py"), "document it in docs/"),
    ("gaps", ("nanochat-learn", "gaps", "--check", "."), "nanochat-learn gaps tells what to do"),
]


def run(gate: tuple[str, tuple[str, ...], str]) -> tuple[str, int, str, str]:
    name, command, mend = gate
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return name, done.returncode, done.stdout + done.stderr, mend


def main() -> int:
    failed = 0
    with ThreadPoolExecutor(max_workers=2) as pool:
        for name, code, output, mend in pool.map(run, GATES):
            print(f"{'ok    ' if code == 0 else 'FAILED'} {name}", flush=True)
            if code:
                failed += 1
                print(output.rstrip() + f"\n       mend: {mend}", flush=True)
    print(f"{len(GATES) - failed} of {len(GATES)} gates hold")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
