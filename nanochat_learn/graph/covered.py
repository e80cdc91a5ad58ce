"""Which lines a tag covers, read from the source of the node it stands in.

The graph keeps one edge per concept and node, with the line of the first tag. A concept page
shows every tagged place with its lines, so they are found again here, in the few nodes that
the concept explains. Pure: text in, line numbers out.
"""

from __future__ import annotations

import ast
import re
import textwrap
from typing import NamedTuple


class Place(NamedTuple):
    """Lines ``line`` to ``end_line`` (numbers of the file or cell) around the tag at ``tag``."""

    tag: int
    line: int
    end_line: int


_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def tag_lines(source: str, first_line: int, kind: str, concept: str) -> list[int]:
    """The lines on which ``# @kind:concept`` stands as a comment."""
    pattern = re.compile(rf"(?:^|\s)#\s*@{kind}:{re.escape(concept)}\s*$")
    return [
        first_line + offset for offset, row in enumerate(source.split("\n")) if pattern.search(row)
    ]


def covered(source: str, first_line: int, tag: int) -> Place:
    """What the ``@learn`` at line ``tag`` covers: the statement it trails, else the next one.

    ``source`` begins at line ``first_line``. Where it cannot be parsed (a cell with magic
    lines, Python newer than ours), the lines up to the next blank one are taken.
    """
    rows = source.split("\n")
    offset = tag - first_line
    trails = not rows[offset].lstrip().startswith("#")
    tree = _parsed(rows)
    if tree is None:
        return _up_to_blank(rows, first_line, offset, trails)
    # the added `if True:` is on line 1, before every row
    statements = [n for n in ast.walk(tree) if isinstance(n, ast.stmt) and n.lineno >= _FIRST_ROW]
    here = offset + _FIRST_ROW
    if trails:
        around = [s for s in statements if s.lineno <= here <= (s.end_lineno or s.lineno)]
        # the innermost: latest start; a def is meant when the tag trails its own first line
        chosen = max(around, key=lambda s: s.lineno, default=None)
    else:
        after = [s for s in statements if _start(s) > here]
        # outer statements come first on the same line: `if x: y`
        chosen = min(after, key=lambda s: (_start(s), -(s.end_lineno or s.lineno)), default=None)
    if chosen is None:
        return _up_to_blank(rows, first_line, offset, trails)
    end = chosen.end_lineno or chosen.lineno
    to_file = first_line - _FIRST_ROW
    return Place(tag, _start(chosen) + to_file, end + to_file)


def definition_text(source: str, first_line: int, tag: int) -> tuple[Place, str]:
    """The comment lines behind ``@def`` at line ``tag``: their place, and their Markdown."""
    rows = source.split("\n")
    start = tag - first_line
    end = start + 1
    while end < len(rows) and rows[end].lstrip().startswith("#"):
        if re.match(r"\s*#\s*@(?:learn|def|viz|todo):", rows[end]):
            break
        end += 1
    text = [re.sub(r"^\s*#+ ?", "", row).rstrip() for row in rows[start + 1 : end]]
    return Place(tag, tag, first_line + end - 1), "\n".join(text).strip()


def shown(source: str, first_line: int, place: Place, most: int) -> str:
    """The first ``most`` lines of the place, dedented."""
    rows = source.split("\n")[place.line - first_line : place.end_line - first_line + 1]
    return textwrap.dedent("\n".join(row.rstrip() for row in rows[:most]))


def _start(statement: ast.stmt) -> int:
    """The first line, decorators included."""
    if isinstance(statement, _DEFINITIONS) and statement.decorator_list:
        return min(d.lineno for d in statement.decorator_list)
    return statement.lineno


_FIRST_ROW = 2
"""The line number ``ast`` gives to the first row, behind the line that ``_parsed`` adds."""


def _parsed(rows: list[str]) -> ast.Module | None:
    """The rows as they stand, or without lines of notebook magic; None when neither parses."""
    # `if True:` makes indented rows a program; dedenting them would break multi-line strings
    indented = next(
        (row[:1] in " \t" for row in rows if row.strip() and row.strip()[0] != "#"), False
    )
    opening = "if True:" if indented else ""
    plain = ["" if row.lstrip()[:1] in ("%", "!") else row for row in rows]
    for attempt in (rows, plain):
        try:
            return ast.parse("\n".join([opening, *attempt]))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    return None


def _up_to_blank(rows: list[str], first_line: int, offset: int, trails: bool) -> Place:
    start = offset if trails else min(offset + 1, len(rows) - 1)
    end = start
    while not trails and end + 1 < len(rows) and rows[end + 1].strip():
        end += 1
    return Place(first_line + offset, first_line + start, first_line + end)
