"""Items that were added by hand → nodes of the graph. They bring no edges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import TypeAdapter

from nanochat_learn.graph.ideas import OTHER
from nanochat_learn.graph.stored import hash_of_content
from nanochat_learn.schema.graph import Gap, KnowledgeGraph, NodeData, NodeElement
from nanochat_learn.schema.search import AddedItem

_NODE: TypeAdapter[NodeData] = TypeAdapter(NodeData)


def with_added(
    graph: KnowledgeGraph, items: Sequence[AddedItem], problems: Sequence[Gap] = ()
) -> KnowledgeGraph:
    """``graph`` and the items; where both have an id, the tree's node stays."""
    known = {element.data.id for element in graph.elements.nodes}
    new = [NodeElement(data=_node(item)) for item in items if item.id not in known]
    if not new and not problems:
        return graph
    nodes = sorted((*graph.elements.nodes, *new), key=lambda element: element.data.id)
    clusters = graph.clusters
    stray = any(element.data.type == "concept" for element in new)
    if stray and OTHER.id not in {cluster.id for cluster in clusters}:
        clusters = (*clusters, OTHER)
    more = graph.model_copy(
        update={
            "clusters": clusters,
            "elements": graph.elements.model_copy(update={"nodes": tuple(nodes)}),
            "gaps": (*graph.gaps, *problems),
        }
    )
    return more.model_copy(update={"content_hash": hash_of_content(more)})


def _node(item: AddedItem) -> NodeData:
    said: dict[str, Any] = {
        "id": item.id,
        "type": item.type,
        "label": item.label,
        "docstring": item.docstring,
    }
    match item.type:
        case "file" | "class" | "function":
            # no line of it is known: 0 means the whole file, and "" that there is none
            said |= {"file_path": item.file_path or "", "line": 0, "end_line": 0}
            said |= {"source": item.source, "library": item.library}
        case "concept":
            said |= {"file_path": item.file_path, "cluster": OTHER.id, "state": "defined"}
        case "lesson":
            said |= {"file_path": item.file_path or ""}
        case "viz":
            said |= {"file_path": item.file_path, "state": "planned"}
        case "external":
            said |= {"library": item.library or ""}
    return _NODE.validate_python(said)
