"""Questions to a finished graph: neighbours, paths, callers, search. Indexed once, then read.

Answers are ordered, so that the same question always looks the same.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from nanochat_learn.errors import NotFound
from nanochat_learn.graph.collector import paused_collector
from nanochat_learn.graph.nearest import did_you_mean
from nanochat_learn.schema.base import NodeId
from nanochat_learn.schema.graph import (
    EdgeData,
    EdgeType,
    Elements,
    KnowledgeGraph,
    NodeData,
)


class GraphIndex:
    """The graph, with its nodes and edges at hand by id. Unknown ids raise ``NotFound``."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self.graph = graph
        self.nodes: dict[NodeId, NodeData] = {n.data.id: n.data for n in graph.elements.nodes}
        self._out: dict[NodeId, list[EdgeData]] = {}
        self._into: dict[NodeId, list[EdgeData]] = {}
        with paused_collector():
            for element in graph.elements.edges:
                self._out.setdefault(element.data.source, []).append(element.data)
                self._into.setdefault(element.data.target, []).append(element.data)

    def node(self, node_id: str) -> NodeData:
        found = self.nodes.get(NodeId(node_id))
        if found is None:
            hint = did_you_mean(node_id, self.nodes) or "Search for it by a part of its name."
            raise NotFound(f"There is no node `{node_id}` in the graph.", hint)
        return found

    def outgoing(self, node_id: str, *kinds: EdgeType) -> list[EdgeData]:
        """Edges that start here, of the given kinds (of all when none is given)."""
        return _of_kind(self._out.get(self.node(node_id).id, []), kinds)

    def incoming(self, node_id: str, *kinds: EdgeType) -> list[EdgeData]:
        return _of_kind(self._into.get(self.node(node_id).id, []), kinds)

    def callers(self, node_id: str) -> list[NodeId]:
        """What calls this function, or instantiates this class."""
        return _unique(e.source for e in self.incoming(node_id, "calls", "instantiates"))

    def callees(self, node_id: str) -> list[NodeId]:
        """What this code calls or instantiates, libraries included."""
        return _unique(e.target for e in self.outgoing(node_id, "calls", "instantiates"))

    def between(self, one: str, other: str) -> list[EdgeData]:
        """All edges that join two nodes directly, in both directions."""
        there = [e for e in self.outgoing(one) if e.target == other]
        back = [e for e in self.outgoing(other) if e.target == one] if one != other else []
        return there + back

    def neighbours(self, node_id: str, hops: int = 1) -> list[NodeId]:
        """Everything at most ``hops`` edges away, whichever way the edges point: nearest
        first, then by id. The node itself stands first."""
        start = self.node(node_id).id
        distance = {start: 0}
        queue = deque([start])
        while queue:
            here = queue.popleft()
            if distance[here] == hops:
                continue
            for there in self._beside(here):
                if there not in distance:
                    distance[there] = distance[here] + 1
                    queue.append(there)
        return sorted(distance, key=lambda n: (distance[n], n))

    def path(self, start: str, goal: str) -> list[NodeId]:
        """A shortest way from one node to the other, both included, whichever way the
        edges point; empty when nothing joins them."""
        first, last = self.node(start).id, self.node(goal).id
        came_from: dict[NodeId, NodeId] = {first: first}
        queue = deque([first])
        while queue and last not in came_from:
            here = queue.popleft()
            for there in self._beside(here):
                if there not in came_from:
                    came_from[there] = here
                    queue.append(there)
        if last not in came_from:
            return []
        way = [last]
        while way[-1] != first:
            way.append(came_from[way[-1]])
        return way[::-1]

    def subgraph(self, ids: Iterable[str]) -> Elements:
        """The given nodes and every edge between two of them, in the graph's own order."""
        chosen = {self.node(node_id).id for node_id in ids}
        return Elements(
            nodes=tuple(n for n in self.graph.elements.nodes if n.data.id in chosen),
            edges=tuple(
                e
                for e in self.graph.elements.edges
                if e.data.source in chosen and e.data.target in chosen
            ),
        )

    def search(self, text: str, limit: int = 20) -> list[NodeId]:
        """Nodes by what they are called, in any case: the exact name first, then names (or
        their last word) that begin with ``text``, ids that do, and names that hold it."""
        wanted = text.strip().lower()
        if not wanted:
            return []
        ranked = [
            (rank, len(node_id if rank == _BY_ID else node.label), node_id)
            for node_id, node in self.nodes.items()
            if (rank := _rank(wanted, node.label.lower(), node_id.lower())) is not None
        ]
        return [node_id for _, _, node_id in sorted(ranked)[:limit]]

    def _beside(self, node_id: NodeId) -> list[NodeId]:
        targets = {e.target for e in self._out.get(node_id, ())}
        sources = {e.source for e in self._into.get(node_id, ())}
        # a damaged file may name an end that is not there
        return sorted(n for n in targets | sources if n in self.nodes)


_BY_ID = 2


def _rank(wanted: str, label: str, node_id: str) -> int | None:
    last = label.rpartition(".")[2]
    if wanted in (label, last, node_id) or node_id.endswith(f":{wanted}"):
        return 0
    if label.startswith(wanted) or last.startswith(wanted):
        return 1
    if node_id.startswith(wanted) or f":{wanted}" in node_id:
        return _BY_ID
    return 3 if wanted in label else None


def _of_kind(edges: list[EdgeData], kinds: tuple[EdgeType, ...]) -> list[EdgeData]:
    return [e for e in edges if e.type in kinds] if kinds else list(edges)


def _unique(ids: Iterable[NodeId]) -> list[NodeId]:
    return sorted(set(ids))
