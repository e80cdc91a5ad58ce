"""Answers to structural questions, read from the edges of the graph. Exact: no score decides.

Each found node comes with the reason in words and with the line it stands on.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from nanochat_learn.graph import GraphIndex
from nanochat_learn.retrieval.intents import Asked
from nanochat_learn.schema.base import NodeId
from nanochat_learn.schema.graph import CodeNode, EdgeData, NodeData
from nanochat_learn.schema.search import Intent

MOST_SUBJECTS: Final = 8
"""An ambiguous name is answered for so many of the nodes it may mean."""
_MOST_IMPACT: Final = 200
_MOST_HOPS: Final = 6

_VERBS: Final = {
    "calls": "calls",
    "instantiates": "creates",
    "inherits": "inherits from",
    "overrides": "overrides",
    "imports": "imports",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A node that answers, why, and how far it is from the thing asked about."""

    id: NodeId
    why: str
    distance: int = 1


def related(asked: Asked, subjects: Sequence[NodeId], index: GraphIndex) -> list[Finding]:
    """What stands in the asked relation to any of ``subjects``: nearest first, and in the order
    of the subjects. A node that answers twice keeps its first reason."""
    found: dict[NodeId, Finding] = {}
    for subject in subjects[:MOST_SUBJECTS]:
        for finding in _walk(asked, index.node(subject), index):
            if finding.id in index.nodes and finding.id not in subjects[:1]:
                found.setdefault(finding.id, finding)
    return sorted(found.values(), key=lambda finding: finding.distance)


def nothing_found(asked: Asked, label: str) -> str:
    """The sentence for a relation that holds for no node."""
    what: dict[Intent, str] = {
        "callers": f"Nothing in this code calls {label} by name.",
        "callees": f"{label} calls nothing that could be named.",
        "subclasses": f"No class in this code inherits from {label}.",
        "bases": f"{label} inherits from no class.",
        "impact": f"Nothing in this code depends on {label} by name.",
        "imports": f"{label} imports nothing." if asked.outward else f"No file imports {label}.",
        "contents": f"Nothing is defined inside {label}.",
    }
    return what.get(asked.intent, "")


def _walk(asked: Asked, subject: NodeData, index: GraphIndex) -> Iterator[Finding]:
    match asked.intent:
        case "callers":
            yield from _callers(subject, index)
        case "callees":
            yield from _callees(subject, index)
        case "subclasses":
            yield from _closure(subject, index, upward=False)
        case "bases":
            yield from _closure(subject, index, upward=True)
        case "impact":
            yield from _impact(subject, index)
        case "imports":
            yield from _imports(subject, index, asked.outward)
        case "contents":
            for edge in sorted(index.outgoing(subject.id, "contains"), key=lambda e: e.line):
                yield Finding(edge.target, f"stands in {subject.label} in line {edge.line}")
        case "symbol" | "open":
            return


def _callers(subject: NodeData, index: GraphIndex) -> Iterator[Finding]:
    for edge in index.incoming(subject.id, "calls", "instantiates"):
        yield Finding(edge.source, _says(edge, subject))
    for edge in index.incoming(subject.id, "inherits"):
        yield Finding(edge.source, _says(edge, subject), 2)
    if isinstance(subject, CodeNode) and subject.type in ("class", "file"):
        # whoever calls a method uses its class; whoever calls into a file uses the file
        for inner in _inside(subject, index):
            for edge in index.incoming(inner.id, "calls", "instantiates"):
                if not _belongs(edge.source, subject):
                    yield Finding(edge.source, _says(edge, inner), 2)
    for edge in index.incoming(subject.id, "imports"):
        yield Finding(edge.source, _says(edge, subject), 3)


def _callees(subject: NodeData, index: GraphIndex) -> Iterator[Finding]:
    """In the order of the lines; code of the tree before libraries."""
    holders = [subject]
    if isinstance(subject, CodeNode) and subject.type != "function":
        holders = [subject, *_inside(subject, index)]
    for holder in holders:
        for edge in sorted(
            index.outgoing(holder.id, "calls", "instantiates"), key=lambda e: (e.line, e.target)
        ):
            if holder is not subject and _belongs(edge.target, subject):
                continue
            external = edge.target not in index.nodes or index.nodes[edge.target].type == "external"
            verb = "created" if edge.type == "instantiates" else "called"
            why = f"is {verb} by {holder.label} in line {edge.line}"
            yield Finding(edge.target, why, 2 if external else 1)


def _closure(subject: NodeData, index: GraphIndex, *, upward: bool) -> Iterator[Finding]:
    """Classes below or above, with their distance; for a method, what overrides it."""
    queue = deque([(subject, 0)])
    seen = {subject.id}
    while queue:
        here, distance = queue.popleft()
        edges = (
            index.outgoing(here.id, "inherits", "overrides")
            if upward
            else index.incoming(here.id, "inherits", "overrides")
        )
        for edge in edges:
            other_id = edge.target if upward else edge.source
            other = index.nodes.get(other_id)
            if other is None or other_id in seen:
                continue
            seen.add(other_id)
            verb = _VERBS[edge.type]
            why = (
                f"{here.label} {verb} it in line {edge.line}"
                if upward
                else f"{verb} {here.label} in line {edge.line}"
            )
            yield Finding(other_id, why, distance + 1)
            queue.append((other, distance + 1))


def _impact(subject: NodeData, index: GraphIndex) -> Iterator[Finding]:
    """Callers of callers, and heirs, breadth first: at most six steps and 200 nodes."""
    start = [subject]
    if isinstance(subject, CodeNode) and subject.type != "function":
        start += _inside(subject, index)
    queue: deque[tuple[NodeData, int]] = deque((node, 0) for node in start)
    seen = {node.id for node in start}
    count = 0
    while queue and count < _MOST_IMPACT:
        here, distance = queue.popleft()
        if distance == _MOST_HOPS:
            continue
        for edge in _uses_of(here, index):
            source = index.nodes.get(edge.source)
            if source is None or source.id in seen or count == _MOST_IMPACT:
                continue
            seen.add(source.id)
            count += 1
            why = _says(edge, here)
            if distance:
                why += f" ({distance + 1} steps away)"
            yield Finding(source.id, why, distance + 1)
            queue.append((source, distance + 1))


def _uses_of(node: NodeData, index: GraphIndex) -> list[EdgeData]:
    """Edges of those who depend on ``node``: an importer only where a whole file is meant."""
    edges = index.incoming(node.id, "calls", "instantiates", "inherits", "overrides")
    if node.type in ("file", "external"):
        edges += index.incoming(node.id, "imports")
    if isinstance(node, CodeNode) and node.label.endswith(".__init__"):
        # who creates the class runs its constructor
        edges += index.incoming(node.id.removesuffix(".__init__"), "instantiates")
    return edges


def _imports(subject: NodeData, index: GraphIndex, outward: bool) -> Iterator[Finding]:
    here = subject.id
    if isinstance(subject, CodeNode) and subject.type != "file" and not outward:
        for edge in index.incoming(here, "imports"):
            yield Finding(edge.source, _says(edge, subject))
        here = NodeId(subject.file_path)  # imports are kept by file
    if here not in index.nodes:
        return
    holder = index.node(here)
    if outward:
        for edge in sorted(index.outgoing(here, "imports"), key=lambda e: e.line):
            yield Finding(edge.target, f"is imported by {holder.label} in line {edge.line}")
        return
    for edge in index.incoming(here, "imports"):
        yield Finding(edge.source, _says(edge, holder), 1 if holder is subject else 2)
    if subject.type == "external":
        # `import torch.nn` imports torch too
        for other in index.nodes.values():
            if other.type == "external" and other.label.startswith(subject.label + "."):
                for edge in index.incoming(other.id, "imports"):
                    yield Finding(edge.source, _says(edge, other), 2)


def _inside(subject: CodeNode, index: GraphIndex) -> list[CodeNode]:
    found: list[CodeNode] = []
    queue = [subject.id]
    while queue:
        for edge in index.outgoing(queue.pop(), "contains"):
            node = index.nodes.get(edge.target)
            if isinstance(node, CodeNode):
                found.append(node)
                queue.append(node.id)
    return found


def _belongs(node_id: NodeId, subject: NodeData) -> bool:
    return node_id == subject.id or node_id.startswith((f"{subject.id}.", f"{subject.id}:"))


def _says(edge: EdgeData, target: NodeData) -> str:
    times = f" ({edge.count} times)" if edge.count > 1 else ""
    return f"{_VERBS[edge.type]} {target.label} in line {edge.line}{times}"
