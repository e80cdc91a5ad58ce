"""Which statement of a function a line belongs to, and what it assigns.

Reads source, runs nothing.
"""

from __future__ import annotations

import ast
import dis
import linecache
from dataclasses import dataclass
from types import CodeType


@dataclass(slots=True)
class Statement:
    """``line`` is where it begins; ``names`` are the local variables it assigns.

    ``repeats``: when Python comes to its line again, it has run before (a loop); a statement of
    several lines, or one with a loop inside, may be on its way still.
    """

    line: int
    names: tuple[str, ...]
    repeats: bool


def statements_of(source: str) -> dict[int, Statement]:
    """Empty for source that cannot be parsed. Of several statements in a line, all names count."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return {}
    found: dict[int, Statement] = {}
    for node in ast.walk(tree):
        if not isinstance(node, ast.stmt) or isinstance(
            node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
        ):
            continue
        names = _assigned(node)
        last = _header_end(node)
        if node.lineno in found:  # a second statement in the same line
            found[node.lineno].names += names
            continue
        statement = Statement(node.lineno, names, last == node.lineno and not _loops(node))
        for line in range(node.lineno, last + 1):
            found.setdefault(line, statement)
    return found


def _header_end(node: ast.stmt) -> int:
    """A compound statement ends, for us, before its body."""
    body = getattr(node, "body", None) or getattr(node, "cases", None)
    if body:
        first = body[0]
        line: int = first.lineno if hasattr(first, "lineno") else first.pattern.lineno
        return max(node.lineno, line - 1)
    return node.end_lineno or node.lineno


def _loops(node: ast.stmt) -> bool:
    loops = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
    return any(isinstance(part, loops) for part in ast.walk(node))


def _assigned(node: ast.stmt) -> tuple[str, ...]:
    targets: list[ast.AST] = []
    if isinstance(node, ast.Assign):
        targets = list(node.targets)
    elif isinstance(node, ast.AnnAssign | ast.AugAssign | ast.For | ast.AsyncFor):
        targets = [node.target]
    elif isinstance(node, ast.With | ast.AsyncWith):
        targets = [item.optional_vars for item in node.items if item.optional_vars is not None]
    names = [
        part.id
        for target in targets
        for part in ast.walk(target)
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
    ]
    whole = not getattr(node, "body", None)
    inside: ast.AST | None = node if whole else getattr(node, "test", None)
    if inside is not None:
        names += [n.target.id for n in ast.walk(inside) if isinstance(n, ast.NamedExpr)]
    return tuple(dict.fromkeys(names))


def source_text(code: CodeType) -> str:
    """The text of the file or cell that the code was made from, as Python knows it."""
    return "".join(linecache.getlines(code.co_filename))


def beginning(code: CodeType) -> int:
    """Offset at which a fresh call begins: a generator that goes on stands behind it."""
    return next((i.offset for i in dis.get_instructions(code) if i.opname == "RESUME"), 0)
