"""One Python text → its facts: definitions, calls, imports, tags, in one walk over the tree.

Pure. Speed matters here (the bar stands in ``bench/indexer_speed.py``), so the walk keeps a
stack of its own and visits only fields that can hold a call or a definition. What names mean
across files is not decided here: see ``joining.py``.
"""

from __future__ import annotations

import ast
import warnings
from operator import attrgetter, itemgetter
from typing import Any, Final

from nanochat_learn.indexer.comments import as_text, find_comments
from nanochat_learn.indexer.definitions import docstring_of, dotted, is_overload, symbol_of
from nanochat_learn.indexer.facts import (
    FileFacts,
    Problem,
    Reference,
    Symbol,
    moved_together,
    new_reference,
)
from nanochat_learn.indexer.tags import MAY_HOLD_TAGS, find_tags

_DEFINITIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_NO_CALLS_IN: Final = {
    *("ctx", "op", "ops", "type_comment", "kind", "type_ignores", "name", "id", "attr", "arg"),
    *("conversion", "simple", "is_async", "rest", "kwd_attrs"),
}
_LEAVES: Final = {"Name", "Constant", "alias", "Global", "Nonlocal", "arg", "MatchSingleton"}
_BY_LINE: Final = itemgetter(Symbol._fields.index("line"), Symbol._fields.index("qualname"))


def _kinds() -> tuple[frozenset[type], dict[type, Any], dict[type, Any]]:
    """The kinds of node that are never worth a visit (more than half of all nodes), and what
    fetches the fields that can hold a call or a definition: of kinds with one such field, and
    of those with several. Kinds that mean something to us are in none of them."""
    plain: set[type] = {type(None)}  # the missing key of {**more}
    one: dict[type, Any] = {}
    many: dict[type, Any] = {}
    ours = {ast.Call, ast.Attribute, ast.Assign, ast.Import, ast.ImportFrom, *_DEFINITIONS}
    for kind in vars(ast).values():
        if not isinstance(kind, type) or not issubclass(kind, ast.AST) or kind in ours:
            continue
        names = [name for name in kind._fields if name not in _NO_CALLS_IN]
        if kind.__name__ in _LEAVES or not names:
            plain.add(kind)
        else:
            (one if len(names) == 1 else many)[kind] = attrgetter(*names)
    return frozenset(plain), one, many


_PLAIN, _ONE, _MANY = _kinds()


def read_module(text: str, path: str) -> FileFacts:
    """All that ``text`` says, as the file ``path`` (relative to the root, with ``/``)."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    facts = FileFacts(path, text.count("\n") + 1)
    tree = read_into(facts, text, None)
    if tree is not None:
        facts.docstring = docstring_of(tree)
        head = text.split("\n", 1)[0]
        if head.startswith("#"):
            facts.comment = _head_comment(text)
    del tree
    return moved_together(facts)


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
    plain, one_field, many_fields = _PLAIN, _ONE.get, _MANY.get
    call, attribute, plain_name = ast.Call, ast.Attribute, ast.Name
    symbols: dict[str, Symbol] = {}
    scopes: list[tuple[str, dict[str, list[int]]]] = []
    pending: list[tuple[str, str, list[Any]]] = [("", "", list(tree.body))]
    while pending:
        scope, owner, stack = pending.pop()
        push = stack.append
        calls: dict[str, list[int]] = {}  # name → the first line, how often
        while stack:
            node = stack.pop()
            while (kind := node.__class__) not in plain:  # down the only child, without the stack
                if kind is call:
                    func = node.func
                    if func.__class__ is plain_name:
                        name = func.id
                    elif func.__class__ is attribute and func.value.__class__ is plain_name:
                        name = f"{func.value.id}.{func.attr}"
                    else:
                        name = dotted(func)
                    for value in node.args:
                        if value.__class__ not in plain:
                            push(value)
                    for named in node.keywords:
                        if named.value.__class__ not in plain:
                            push(named.value)
                    if not name:
                        node = func
                        continue
                    if name in calls:
                        seen = calls[name]
                        seen[1] += 1
                        if node.lineno < seen[0]:
                            seen[0] = node.lineno
                    else:
                        calls[name] = [node.lineno, 1]
                    break
                if kind is attribute:
                    node = node.value
                    continue
                getter = one_field(kind)
                if getter is not None:
                    value = getter(node)
                    if value.__class__ is list:
                        stack += value
                        break
                    node = value
                    continue
                getter = many_fields(kind)
                if getter is not None:
                    for value in getter(node):
                        if value.__class__ is list:
                            stack += value
                        elif value.__class__ not in plain:
                            push(value)
                    break
                if kind is ast.Assign:
                    for value in node.targets:
                        if value.__class__ not in plain:
                            push(value)
                    if owner and node.value.__class__ is ast.Call:
                        _attribute(facts, node, owner)
                    node = node.value
                    continue
                if kind not in _DEFINITIONS:
                    _import(facts, node, scope, cell)
                    break
                qualname = f"{scope}.{node.name}" if scope else node.name
                is_class = kind is ast.ClassDef
                # a getter and its setter share a name: the first one as it stands is meant
                met = symbols.get(qualname)
                if (met is None or node.lineno < met.line) and not is_overload(node):
                    symbols[qualname] = symbol_of(node, qualname, is_class, lines, cell)
                # what decorates, defaults and inherits runs in the scope outside
                stack += node.decorator_list
                if is_class:
                    stack += node.bases
                    stack += [named.value for named in node.keywords]
                else:
                    stack += node.args.defaults
                    stack += [one for one in node.args.kw_defaults if one is not None]
                pending.append((qualname, qualname if is_class else owner, list(node.body)))
                break
        if calls:
            scopes.append((scope, calls))
    _calls(facts, scopes, symbols, cell)
    return sorted(symbols.values(), key=_BY_LINE)


def _calls(
    facts: FileFacts,
    scopes: list[tuple[str, dict[str, list[int]]]],
    symbols: dict[str, Symbol],
    cell: str | None,
) -> None:
    """Keep what joining can resolve: most calls are on built-ins and on local variables.

    In a notebook all are kept, because another cell may define the name.
    """
    ours = {qualname.rpartition(".")[2] for qualname in symbols}
    ours.update(facts.aliases, ("self", "cls"))
    facts.references += [
        new_reference(("call", scope, name, line, times, cell))
        for scope, calls in scopes
        for name, (line, times) in calls.items()
        if cell is not None or name.partition(".")[0] in ours
    ]


def _head_comment(text: str) -> str:
    head: list[str] = []
    for comment in find_comments(text[:4000]):
        if comment.line != len(head) + 1 or not comment.own_line:
            break
        head.append(comment.text)
    return as_text(head)


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
