"""Which names a cell makes and which it needs from the cells before it. Pure, from its text."""

from __future__ import annotations

import ast
import builtins
import re
import symtable
from functools import lru_cache
from typing import NamedTuple

_TIMED = re.compile(r"^(\s*)%time\s+", re.M)
_MAGIC = re.compile(r"^(\s*)[%!?].*$", re.M)


class Names(NamedTuple):
    makes: frozenset[str]
    needs: tuple[str, ...]
    """In the order in which they are first used."""
    imports: frozenset[str]
    """Those of ``makes`` that are the same however often the cell runs."""


@lru_cache(maxsize=256)
def names_of(source: str) -> Names:
    """A cell that is not Python makes and needs nothing that we know of."""
    body = _statements(source)
    if body is None:  # a line that begins with % or ! may be IPython's
        body = _statements(_MAGIC.sub(r"\1pass", _TIMED.sub(r"\1", source))) or []
    makes: dict[str, None] = {}
    needs: dict[str, None] = {}
    imports: set[str] = set()
    for statement in body:
        made, used = _of(statement)
        needs |= dict.fromkeys(name for name in used if name not in makes)
        makes |= dict.fromkeys(made)
        if isinstance(statement, ast.Import | ast.ImportFrom):
            imports |= set(made)
        else:
            imports -= set(made)
    own = tuple(name for name in needs if not hasattr(builtins, name))
    return Names(frozenset(makes), own, frozenset(imports))


def _statements(source: str) -> list[ast.stmt] | None:
    """None when this is not Python."""
    try:
        return ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _of(statement: ast.stmt) -> tuple[list[str], list[str]]:
    """(names it makes, names it needs) of one statement of a cell."""
    try:
        table = symtable.symtable(ast.unparse(statement), "<cell>", "exec")
    except SyntaxError:  # `await` at the top: a notebook runs it, a file would not
        names = [node for node in ast.walk(statement) if isinstance(node, ast.Name)]
        made = [name.id for name in names if isinstance(name.ctx, ast.Store)]
        return made, [name.id for name in names if isinstance(name.ctx, ast.Load)]
    made = [s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()]
    # a loop or a function may use what it makes itself; `x = x + 1` needs an x from before
    own = set() if isinstance(statement, ast.Assign | ast.AugAssign) else set(made)
    used = [s.get_name() for s in table.get_symbols() if s.is_referenced()]
    if isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name):
        used.append(statement.target.id)
    for scope in table.get_children():
        used += _free(scope)
    return made, [name for name in used if name not in own]


def _free(scope: symtable.SymbolTable) -> list[str]:
    """Names that a function or a class takes from outside."""
    found = [s.get_name() for s in scope.get_symbols() if s.is_global() and s.is_referenced()]
    for inner in scope.get_children():
        found += _free(inner)
    return found
