"""One Python text → its facts: definitions, calls, imports, tags, in one walk over the tree.

Pure. Speed matters here (the bar stands in ``bench/indexer_speed.py``), so the walk keeps a
stack of its own and visits only fields that can hold a call or a definition. What names mean
across files is not decided here: see ``joining.py``.
"""

from __future__ import annotations

import ast
import inspect
import warnings
from operator import attrgetter
from typing import Any, Final

from nanochat_learn.indexer.comments import as_text, block_above, find_comments
from nanochat_learn.indexer.facts import FileFacts, Problem, Reference, Symbol
from nanochat_learn.indexer.tags import MAY_HOLD_TAGS, find_tags

_DEFINITIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_PLAIN: Final = frozenset({ast.Name, ast.Constant, type(None)})
"""More than half of all nodes: never worth a visit."""
_LEAVES: Final = {
    *("Name", "Constant", "alias", "Pass", "Break", "Continue", "Global", "Nonlocal"),
    *("arg", "MatchSingleton", "MatchStar"),
}
_NO_CALLS_IN: Final = {
    *("ctx", "op", "ops", "type_comment", "kind", "type_ignores", "name", "id", "attr", "arg"),
    *("conversion", "simple", "is_async", "rest", "kwd_attrs"),
}


def _getters() -> tuple[dict[type, Any], dict[type, Any]]:
    """Per kind of node, what fetches the fields that can hold a call or a definition: first the
    kinds with one such field, then those with several. Leaves are in the second, with None;
    kinds that mean something to us are in neither."""
    one: dict[type, Any] = {}
    many: dict[type, Any] = {type(None): None}  # the missing key of {**more}
    for kind in vars(ast).values():
        if isinstance(kind, type) and issubclass(kind, ast.AST):
            names = [name for name in kind._fields if name not in _NO_CALLS_IN]
            if kind.__name__ in _LEAVES or not names:
                many[kind] = None
            elif len(names) == 1:
                one[kind] = attrgetter(*names)
            else:
                many[kind] = attrgetter(*names)
    for kind in (ast.Call, *_DEFINITIONS, ast.Import, ast.ImportFrom, ast.Assign):
        one.pop(kind, None)
        many.pop(kind, None)
    return one, many


_ONE, _MANY = _getters()


def read_module(text: str, path: str) -> FileFacts:
    """All that ``text`` says, as the file ``path`` (relative to the root, with ``/``)."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    facts = FileFacts(path, text.count("\n") + 1)
    tree = read_into(facts, text, None)
    if tree is not None:
        facts.docstring = _docstring(tree)
        head = text.split("\n", 1)[0]
        if head.startswith("#"):
            facts.comment = _head_comment(text)
    return facts


def read_into(facts: FileFacts, text: str, cell: str | None) -> ast.Module | None:
    """Add what one text (a module, or one cell of a notebook) says to ``facts``."""
    tree: ast.Module | None = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a learner's invalid escape is not ours to print
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        facts.problems.append(_unreadable(error, cell))
    symbols: list[Symbol] = []
    if tree is not None:
        symbols = _walk(facts, tree, text.split("\n"), cell)
        facts.symbols += symbols
    if MAY_HOLD_TAGS.search(text):
        tags, problems = find_tags(text, tree, symbols, cell)
        facts.tags += tags
        facts.problems += problems
    return tree


def _unreadable(error: BaseException, cell: str | None) -> Problem:
    if isinstance(error, SyntaxError):
        where = error.lineno or 0
        return Problem(
            "unreadable_file",
            f"Python cannot read line {where}: {error.msg}. Correct it; until then only the "
            "tags of this file are known.",
            where,
            cell,
        )
    reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
    return Problem("unreadable_file", f"Python cannot read this file: {reason}.", 0, cell)


def _walk(facts: FileFacts, tree: ast.Module, lines: list[str], cell: str | None) -> list[Symbol]:
    """Collect symbols, calls and imports; returns the symbols in the order they stand."""
    plain, one_field, many_fields = _PLAIN, _ONE, _MANY
    symbols: dict[str, Symbol] = {}
    calls: dict[tuple[str, str], list[int]] = {}
    pending: list[tuple[str, str, list[Any]]] = [("", "", list(tree.body))]
    while pending:
        scope, owner, stack = pending.pop()
        push = stack.append
        while stack:
            node = stack.pop()
            kind = node.__class__
            if kind in plain:
                continue
            if kind is ast.Call:
                func = node.func
                name = func.id if func.__class__ is ast.Name else dotted(func)
                for value in node.args:
                    if value.__class__ not in plain:
                        push(value)
                for keyword in node.keywords:
                    if keyword.value.__class__ not in plain:
                        push(keyword.value)
                if not name:
                    push(func)
                    continue
                key = scope, name
                if key in calls:
                    seen = calls[key]
                    seen[1] += 1
                    if node.lineno < seen[0]:
                        seen[0] = node.lineno
                else:
                    calls[key] = [node.lineno, 1]
                continue
            if kind in one_field:
                value = one_field[kind](node)
                if value.__class__ is list:
                    stack += value
                elif value.__class__ not in plain:
                    push(value)
                continue
            if kind in many_fields:
                getter = many_fields[kind]
                if getter is not None:
                    for value in getter(node):
                        if value.__class__ is list:
                            stack += value
                        elif value.__class__ not in plain:
                            push(value)
                continue
            if kind is ast.Assign:
                if node.value.__class__ not in plain:
                    push(node.value)
                for value in node.targets:
                    if value.__class__ not in plain:
                        push(value)
                if owner and node.value.__class__ is ast.Call:
                    _attribute(facts, node, owner)
            elif kind in _DEFINITIONS:
                qualname = f"{scope}.{node.name}" if scope else node.name
                is_class = kind is ast.ClassDef
                # a getter and its setter share a name: the first one as it stands is meant
                met = symbols.get(qualname)
                if (met is None or node.lineno < met.line) and not _is_overload(node):
                    symbols[qualname] = _symbol(node, qualname, is_class, lines, cell)
                # what decorates, defaults and inherits runs in the scope outside
                stack += node.decorator_list
                if is_class:
                    stack += node.bases
                    stack += [keyword.value for keyword in node.keywords]
                else:
                    stack += node.args.defaults
                    stack += [one for one in node.args.kw_defaults if one is not None]
                pending.append((qualname, qualname if is_class else owner, list(node.body)))
            else:
                _import(facts, node, scope, cell)
    facts.references += [
        Reference("call", scope, name, line, times, cell)
        for (scope, name), (line, times) in calls.items()
    ]
    return sorted(symbols.values(), key=lambda symbol: (symbol.line, symbol.qualname))


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


def _symbol(node: Any, qualname: str, is_class: bool, lines: list[str], cell: str | None) -> Symbol:
    decorators = node.decorator_list
    first = decorators[0].lineno if decorators else node.lineno
    return Symbol(
        qualname,
        "class" if is_class else "function",
        node.lineno,
        node.end_lineno,
        _signature(node, is_class, lines),
        _docstring(node),
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


def _docstring(node: Any) -> str:
    body = node.body
    if body and body[0].__class__ is ast.Expr:
        value = body[0].value
        if value.__class__ is ast.Constant and value.value.__class__ is str:
            text: str = value.value
            return inspect.cleandoc(text) if "\n" in text else text.strip()
    return ""


def _head_comment(text: str) -> str:
    head: list[str] = []
    for comment in find_comments(text[:4000]):
        if comment.line != len(head) + 1 or not comment.own_line:
            break
        head.append(comment.text)
    return as_text(head)


def _is_overload(node: Any) -> bool:
    """Only typed promises of a function that follows."""
    return bool(node.decorator_list) and any(
        dotted(one).rpartition(".")[2] == "overload" for one in node.decorator_list
    )


def _import(facts: FileFacts, node: Any, scope: str, cell: str | None) -> None:
    if node.__class__ is ast.Import:
        for alias in node.names:
            facts.references.append(Reference("import", scope, alias.name, node.lineno, 1, cell))
            bound, target = (alias.asname, alias.name) if alias.asname else _first(alias.name)
            facts.aliases.setdefault(bound, target)
        return
    module = _absolute(facts.path, node.module or "", node.level)
    for alias in node.names:
        name = f"{module}.{alias.name}" if module else alias.name
        facts.references.append(
            Reference("import", scope, f"{module}:{alias.name}", node.lineno, 1, cell)
        )
        if alias.name != "*":
            facts.aliases.setdefault(alias.asname or alias.name, name)


def _first(name: str) -> tuple[str, str]:
    head = name.partition(".")[0]
    return head, head


def _absolute(path: str, module: str, level: int) -> str:
    """A relative import as seen from ``path``, made absolute from the root."""
    if not level:
        return module
    package = path.split("/")[:-1]
    package = package[: len(package) - (level - 1)] if level > 1 else package
    return ".".join([*package, *([module] if module else [])])


def _attribute(facts: FileFacts, node: Any, owner: str) -> None:
    """``self.mlp = MLP(…)``: remember what the attribute is made from."""
    for target in node.targets:
        if (
            target.__class__ is ast.Attribute
            and target.value.__class__ is ast.Name
            and target.value.id == "self"
            and (made_from := dotted(node.value.func))
        ):
            facts.attributes.setdefault(f"{owner}.{target.attr}", made_from)
