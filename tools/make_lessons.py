"""lessons/NN_slug.py (py:percent, the reviewed source) → lessons/NN_slug.ipynb, without outputs.

The same source gives the same bytes: an exercise cell is named after its exercise, every other
cell by its number. Solutions between nbgrader's markers stay in the source.
"""

from __future__ import annotations

import re
from pathlib import Path

import jupytext
import nbformat

SOURCES = Path("lessons")
LESSONS = "[0-9][0-9]_*.py"
SOLUTION = re.compile(
    r"^([ \t]*)### BEGIN SOLUTION\n.*?^[ \t]*### END SOLUTION[ \t]*$", re.MULTILINE | re.DOTALL
)


def without_solutions(code: str) -> str:
    """What stood between ``### BEGIN SOLUTION`` and ``### END SOLUTION`` becomes a place to write.

    Raises ``ValueError`` for a marker without its partner: the solution would be given away.
    """
    stripped = SOLUTION.sub(r"\1...  # your lines here", code)
    if "### BEGIN SOLUTION" in stripped or "### END SOLUTION" in stripped:
        raise ValueError(
            "A solution is opened or closed without its partner. Put `### BEGIN SOLUTION` before "
            "it and `### END SOLUTION` behind it, each on a line of its own."
        )
    return stripped


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
        exercise = cell.metadata.get("exercise")
        cell["id"] = f"{source.stem[:2]}-{exercise or f'{number:02d}'}"
        if cell.cell_type == "code":
            cell.source = without_solutions(cell.source)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    nbformat.validate(notebook)
    return notebook


if __name__ == "__main__":
    for path in sorted(SOURCES.glob(LESSONS)):
        text = nbformat.writes(notebook_of(path)) + "\n"
        path.with_suffix(".ipynb").write_text(text, encoding="utf-8")
        print(f"{path.with_suffix('.ipynb')}: written")
