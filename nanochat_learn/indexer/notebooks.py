"""A notebook → its facts: code cells as Python, links in Markdown cells. Read by nbformat.

Lines count inside their cell; the cell is named by its nbformat id.
"""

from __future__ import annotations

import re

from nanochat_learn.indexer.facts import FileFacts, Problem
from nanochat_learn.indexer.reading import read_into

_LINK = re.compile(r"\[\[([^\[\]\n]+)\]\]")
_MAGIC = re.compile(r"^(\s*)(?:[%!?].*|[\w.]+\?{1,2}\s*)$")
_PYTHON_CELL_MAGICS = ("%%time", "%%timeit", "%%capture", "%%prun")


def read_notebook(text: str, path: str) -> FileFacts:
    """All that a notebook says. What is no notebook yields one problem and nothing else."""
    import nbformat

    facts = FileFacts(path, 0)
    try:
        notebook = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
        cells = [
            (cell["cell_type"], str(cell["source"]), cell.get("id")) for cell in notebook.cells
        ]
    except Exception as error:  # nbformat raises many kinds, down to KeyError and JSON's own
        reason = str(error).splitlines()[0][:120] if str(error) else type(error).__name__
        facts.problems.append(
            Problem(
                "unreadable_file",
                f"Jupyter cannot read this as a notebook ({reason}). Restore it, or delete it.",
                0,
            )
        )
        return facts
    for kind, source, cell in cells:
        facts.lines += source.count("\n") + 1
        if kind == "code":
            read_into(facts, _without_magics(source), cell)
        elif kind == "markdown":
            for number, line in enumerate(source.split("\n"), start=1):
                facts.wiki_links += [
                    (target.strip(), number, cell) for target in _LINK.findall(line)
                ]
    known: set[str] = set()  # two cells may define one name: the first one stands for both
    unique = []
    for symbol in facts.symbols:
        if symbol.qualname not in known:
            known.add(symbol.qualname)
            unique.append(symbol)
    facts.symbols = unique
    return facts


def _without_magics(source: str) -> str:
    """IPython's own lines blanked, line numbers kept; a cell in another language is all blank."""
    lines = source.split("\n")
    if lines and lines[0].startswith("%%") and not lines[0].startswith(_PYTHON_CELL_MAGICS):
        return "\n" * (len(lines) - 1)
    return "\n".join(f"{match[1]}pass" if (match := _MAGIC.match(line)) else line for line in lines)
