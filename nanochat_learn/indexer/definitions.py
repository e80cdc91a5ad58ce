"""One definition in the tree → its symbol: name, signature, docstring, comment above. Pure.

Where definitions are found is not decided here: see ``reading.py``.
"""

from __future__ import annotations

import ast
import inspect
from typing import Any

from nanochat_learn.indexer.comments import block_above
from nanochat_learn.indexer.facts import Symbol


def dotted(node: Any) -> str:
    """``a.b.c`` of names and attributes, "" for anything else."""
    if node.__class__ is ast.Name:
        return str(node.id)
    parts = []
    while node.__class__ is ast.Attribute:
        parts.append(node.attr)
        node = node.value
    if node.__class__ is not ast.Name:
        return ""
    parts.append(node.id)
    parts.reverse()
    return ".".join(parts)


def symbol_of(
    node: Any, qualname: str, is_class: bool, lines: list[str], cell: str | None
) -> Symbol:
    decorators = node.decorator_list
    first = decorators[0].lineno if decorators else node.lineno
    return Symbol(
        qualname,
        "class" if is_class else "function",
        node.lineno,
        node.end_lineno,
        _signature(node, is_class, lines),
        docstring_of(node),
        block_above(lines, first),
        tuple(filter(None, map(dotted, map(_unsubscripted, node.bases)))) if is_class else (),
        cell,
    )


def _unsubscripted(base: Any) -> Any:
    return base.value if base.__class__ is ast.Subscript else base  # Generic[T] → Generic


def _signature(node: Any, is_class: bool, lines: list[str]) -> str:
    """As written when it stands on one line, else printed from the tree."""
    line = lines[node.lineno - 1].strip()
    if line.endswith(":") and line.count("(") == line.count(")"):
        start = line.find("(")
        return line[start:-1].rstrip() if start >= 0 else ""
    if is_class:
        inner = [ast.unparse(base) for base in node.bases]
        inner += [f"{one.arg or '**'}={ast.unparse(one.value)}" for one in node.keywords]
        return f"({', '.join(inner)})" if inner else ""
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    return f"({ast.unparse(node.args)}){returns}"


def docstring_of(node: Any) -> str:
    body = node.body
    if body and body[0].__class__ is ast.Expr:
        value = body[0].value
        if value.__class__ is ast.Constant and value.value.__class__ is str:
            text: str = value.value
            return inspect.cleandoc(text) if "\n" in text else text.strip()
    return ""


def is_overload(node: Any) -> bool:
    """Only typed promises of a function that follows."""
    return bool(node.decorator_list) and any(
        dotted(one).rpartition(".")[2] == "overload" for one in node.decorator_list
    )
