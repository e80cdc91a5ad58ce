"""Facts about the code → file, class, function and external nodes, and the edges among them."""

from __future__ import annotations

from collections.abc import Iterable

from nanochat_learn.graph.draft import Draft
from nanochat_learn.indexer.facts import FileFacts, Link, Symbol, Tree

EXTERNAL = "external:"


def add_code(draft: Draft, tree: Tree) -> None:
    """All nodes first, so that links may point anywhere."""
    for path in sorted(tree.files):
        _add_file(draft, tree.files[path])
    _add_links(draft, tree.links)


def file_label(path: str) -> str:
    """``gpt.py``; with its folder where the name alone says nothing."""
    folder, _, name = path.rpartition("/")
    return f"{folder.rpartition('/')[2]}/{name}" if name.startswith("__") and folder else name


def _add_file(draft: Draft, facts: FileFacts) -> None:
    path = facts.path
    draft.add_node(
        {
            "id": path,
            "type": "file",
            "label": file_label(path),
            "file_path": path,
            "docstring": facts.docstring,
            "line": 1,
            "end_line": max(1, facts.lines),
            "comment": facts.comment,
        }
    )
    # an outer symbol stands before an inner one, also when they arrive in another order
    for symbol in sorted(facts.symbols, key=_outer_first):
        node_id = f"{path}:{symbol.qualname}"
        parent = draft.owner(path, symbol.qualname.rpartition(".")[0])
        is_new = draft.add_node(
            {
                "id": node_id,
                "type": symbol.kind,
                "label": symbol.qualname,
                "file_path": path,
                "docstring": symbol.docstring,
                "line": symbol.line,
                "end_line": symbol.end_line,
                "signature": symbol.signature,
                "comment": symbol.comment,
                "cell": symbol.cell,
            }
        )
        if is_new:  # a setter, an overload: the same name once more
            draft.add_edge("contains", parent, node_id, path, symbol.line, symbol.cell)
    todos: dict[str, set[tuple[int, str]]] = {}
    for tag in facts.tags:
        if tag.kind == "todo":
            todos.setdefault(draft.owner(path, tag.scope), set()).add((tag.line, tag.target))
    for node_id, found in todos.items():
        draft.nodes[node_id]["todos"] = [
            {"slug": slug, "line": line} for line, slug in sorted(found)
        ]


def _outer_first(symbol: Symbol) -> tuple[int, int, int, str, str]:
    depth = symbol.qualname.count(".")
    return (depth, symbol.line, symbol.end_line, symbol.cell or "", symbol.signature)


def _add_links(draft: Draft, links: Iterable[Link]) -> None:
    for link in links:
        # an edge without one of its ends would break every reader of the graph
        if not draft.is_code(link.source):
            continue
        if link.target.startswith(EXTERNAL):
            name = link.target.removeprefix(EXTERNAL)
            draft.add_node(
                {
                    "id": link.target,
                    "type": "external",
                    "label": name,
                    "library": name.strip(".").partition(".")[0] or name,
                }
            )
        elif not draft.is_code(link.target):
            continue
        draft.add_edge(
            link.kind, link.source, link.target, link.path, link.line, link.cell, link.count
        )
