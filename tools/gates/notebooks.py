"""Each lesson notebook is the notebook its percent source makes: same cells, no outputs."""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat

sys.path.insert(0, str(Path(__file__).parents[1]))
from make_lessons import SOURCES, notebook_of

wrong = []
for source in sorted(SOURCES.glob("[0-9][0-9]_*.py")):
    target = source.with_suffix(".ipynb")
    if not target.exists():
        wrong.append(f"{target}: missing")
    elif target.read_text(encoding="utf-8") != nbformat.writes(notebook_of(source)) + "\n":
        wrong.append(f"{target}: differs from {source.name}")
for target in sorted(SOURCES.glob("*.ipynb")):
    if not target.with_suffix(".py").exists():
        wrong.append(f"{target}: has no percent source")
print("\n".join(wrong))
sys.exit(1 if wrong else 0)
