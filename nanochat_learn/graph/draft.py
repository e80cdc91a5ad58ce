"""The graph while it is being put together: plain dicts, merged by id. Not yet validated.

Fifty thousand pydantic models built one by one take seconds; dicts that are validated once,
at the end, do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from nanochat_learn.schema.graph import EdgeType


class EdgeKey(NamedTuple):
    source: str
    target: str
    type: EdgeType
    cell: str | None


class EdgePlace(NamedTuple):
    """The first place where a relation stands, and how often it stands."""

    file_path: str
    line: int
    times: int


@dataclass(slots=True)
class Draft:
    nodes: dict[str, dict[str, Any]] = field(default_factory=dict)
    edges: dict[EdgeKey, EdgePlace] = field(default_factory=dict)

    def add_node(self, data: dict[str, Any]) -> bool:
        """False when the id is taken: the first one stays."""
        return self.nodes.setdefault(data["id"], data) is data

    def add_edge(
        self,
        kind: EdgeType,
        source: str,
        target: str,
        file_path: str,
        line: int,
        cell: str | None = None,
        count: int = 1,
    ) -> None:
        """Relations of one kind between the same two nodes become one edge (one per cell)."""
        key = EdgeKey(source, target, kind, cell)
        before = self.edges.get(key)
        if before is None:
            self.edges[key] = EdgePlace(file_path, line, count)
        else:
            first = min(before[:2], (file_path, line))
            self.edges[key] = EdgePlace(*first, before.times + count)

    def owner(self, path: str, scope: str) -> str:
        """The innermost node around ``scope``: a symbol, or the file itself."""
        while scope:
            node_id = f"{path}:{scope}"
            if node_id in self.nodes:
                return node_id
            scope = scope.rpartition(".")[0]
        return path

    def link_target(self, target: str) -> str | None:
        """The node that ``[[target]]`` opens: a node id, or a concept by its bare id."""
        target = target.strip()
        for node_id in (target, f"concept:{target}"):
            if node_id in self.nodes:
                return node_id
        return None

    def is_code(self, node_id: str) -> bool:
        node = self.nodes.get(node_id)
        return node is not None and node["type"] in ("file", "class", "function")

    def has_edge(self, kind: EdgeType, source: str, target: str) -> bool:
        """Outside notebooks, whose edges stand in cells."""
        return EdgeKey(source, target, kind, None) in self.edges

    def elements(self) -> dict[str, Any]:
        """Cytoscape elements as plain values, sorted."""
        nodes = [{"data": self.nodes[node_id]} for node_id in sorted(self.nodes)]
        return {"nodes": nodes, "edges": [{"data": edge} for edge in _edge_data(self.edges)]}


def _edge_data(edges: Mapping[EdgeKey, EdgePlace]) -> Iterable[dict[str, Any]]:
    for key in sorted(edges, key=lambda key: (key.source, key.target, key.type, key.cell or "")):
        place = edges[key]
        yield {
            "source": key.source,
            "target": key.target,
            "type": key.type,
            "file_path": place.file_path,
            "line": place.line,
            "cell": key.cell,
            "count": place.times,
        }
