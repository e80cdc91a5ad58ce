"""Concept → the places in the code that explain or define it, with their lines."""

from __future__ import annotations

from nanochat_learn.graph.covered import Place, covered, definition_text, shown, tag_lines
from nanochat_learn.graph.query import GraphIndex
from nanochat_learn.graph.staleness import CodeOf
from nanochat_learn.schema.base import ConceptId
from nanochat_learn.schema.concept import Anchor
from nanochat_learn.schema.graph import CodeNode, EdgeData

MOST_LINES = 24
_TO_THE_END = 1_000_000
"""More lines than any file that is read; ``code_of`` clips."""


def anchors_of(index: GraphIndex, concept: ConceptId, code_of: CodeOf) -> list[Anchor]:
    """``@def`` blocks first, then whole definitions, then single statements; each by place."""
    node_id = f"concept:{concept}"
    ranked = []
    for edge in index.incoming(node_id, "defines"):
        place, _, source = _definition(edge, code_of)
        ranked.append((0, _anchor(index, edge, edge.source, place, source, edge.line)))
    edges = index.outgoing(node_id, "explains")
    for edge in edges:
        node = index.nodes.get(edge.target)
        if isinstance(node, CodeNode):
            ranked += _explained(index, concept, edge, node, edges, code_of)
    ranked.sort(key=lambda r: (r[0], r[1].file_path, r[1].cell or "", r[1].line, r[1].end_line))
    unique = {(a.file_path, a.cell, a.line, a.end_line): a for _, a in reversed(ranked)}
    return list(unique.values())[::-1]


def definition_body(index: GraphIndex, concept: ConceptId, code_of: CodeOf) -> str:
    """The Markdown of the concept's first ``@def``; empty when there is none."""
    edges = index.incoming(f"concept:{concept}", "defines")
    first = min(edges, key=lambda e: (e.file_path, e.cell or "", e.line), default=None)
    return _definition(first, code_of)[1] if first else ""


def _definition(edge: EdgeData, code_of: CodeOf) -> tuple[Place, str, str]:
    source = code_of(edge.file_path, edge.line, _TO_THE_END, edge.cell)
    return *definition_text(source, edge.line, edge.line), source


def _explained(
    index: GraphIndex,
    concept: ConceptId,
    edge: EdgeData,
    node: CodeNode,
    siblings: list[EdgeData],
    code_of: CodeOf,
) -> list[tuple[int, Anchor]]:
    """One anchor per tag in ``node``; one for the whole node when the note named it, or when
    the tag is no longer there."""
    whole = Place(node.line, node.line, node.end_line)
    is_file = node.type == "file"
    cell = edge.cell if is_file else node.cell
    start = 1 if is_file else node.line
    if edge.file_path == node.file_path:
        start = min(start, edge.line)  # the tag stands above the definition
    end = _TO_THE_END if is_file else node.end_line
    source = code_of(node.file_path, start, end, cell)
    places: list[tuple[int, Place]] = []
    if edge.file_path == node.file_path:
        zones = [_zone(index, other) for other in siblings if other is not edge]
        for tag in tag_lines(source, start, "learn", concept):
            if any(
                (path, in_cell) == (node.file_path, cell) and first <= tag <= last
                for path, in_cell, first, last in zones
                if start <= first and last <= (end if is_file else node.end_line)
            ):
                continue  # a definition inside this one has an anchor of its own
            if not is_file and tag <= node.line:
                places.append((1, whole))
            else:
                places.append((2, covered(source, start, tag)))
    if not places:
        places = [(1, whole)]
    return [(rank, _anchor(index, edge, node.id, p, source, start, cell)) for rank, p in places]


def _zone(index: GraphIndex, edge: EdgeData) -> tuple[str, str | None, int, int]:
    """File, cell and lines that belong to another explained node, its tag included."""
    node = index.nodes.get(edge.target)
    if not isinstance(node, CodeNode) or node.type == "file":
        return ("", None, 0, 0)
    tagged = edge.file_path == node.file_path
    return (
        node.file_path,
        node.cell,
        min(node.line, edge.line) if tagged else node.line,
        node.end_line,
    )


def _anchor(
    index: GraphIndex,
    edge: EdgeData,
    node_id: str,
    place: Place,
    source: str,
    first_line: int,
    cell: str | None = None,
) -> Anchor:
    node = index.node(node_id)
    return Anchor(
        node=node.id,
        label=node.label,
        file_path=node.file_path or edge.file_path,
        line=place.line,
        end_line=place.end_line,
        cell=cell if cell is not None else edge.cell,
        code=shown(source, first_line, place, MOST_LINES),
    )
