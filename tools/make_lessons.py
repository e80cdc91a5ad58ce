"""lessons/NN_slug.py (py:percent, the reviewed source) → lessons/NN_slug.ipynb, without outputs.

The same source gives the same bytes: cell ids count instead of being drawn at random.
"""

from __future__ import annotations

from pathlib import Path

import jupytext
import nbformat

SOURCES = Path("lessons")


def notebook_of(source: Path) -> nbformat.NotebookNode:
    notebook = jupytext.read(source, fmt="py:percent")
    header = notebook.metadata.get("nanochat_learn")
    notebook.metadata = nbformat.NotebookNode(
        kernelspec={"display_name": "Python 3", "language": "python", "name": "python3"},
        language_info={"name": "python", "file_extension": ".py", "mimetype": "text/x-python"},
    )
    if header:
        notebook.metadata["nanochat_learn"] = header
    for number, cell in enumerate(notebook.cells, start=1):
        cell["id"] = f"{source.stem[:2]}-{number:02d}"
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    nbformat.validate(notebook)
    return notebook


if __name__ == "__main__":
    for path in sorted(SOURCES.glob("[0-9][0-9]_*.py")):
        text = nbformat.writes(notebook_of(path)) + "\n"
        path.with_suffix(".ipynb").write_text(text, encoding="utf-8")
        print(f"{path.with_suffix('.ipynb')}: written")
