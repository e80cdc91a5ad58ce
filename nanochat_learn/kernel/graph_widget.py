"""``show_graph(focus=…)``: a part of the knowledge graph in a notebook, with what a trace ran lit.

ipycytoscape makes a widget of every node and edge, so a part is shown, never the whole map; that is
the graph panel's business.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from nanochat_learn.errors import BadInput, NotFound, NoWorkspace
from nanochat_learn.graph.query import GraphIndex
from nanochat_learn.graph.stored import from_bytes
from nanochat_learn.places import find_workspace
from nanochat_learn.schema.base import NodeId

if TYPE_CHECKING:
    from pathlib import Path

    from nanochat_learn.kernel.output import TraceView
    from nanochat_learn.schema.graph import NodeData

MOST_NODES = 300
GRAPH_FILE = "knowledge_graph.json"
STYLE = [
    {
        "selector": "node",
        "style": {
            "label": "data(label)",
            "color": "#6b7280",
            "font-size": "11px",
            "background-color": "#9aa3b2",
            "width": "18px",
            "height": "18px",
            "text-valign": "bottom",
            "text-margin-y": "4px",
        },
    },
    {"selector": "node.concept", "style": {"shape": "diamond", "background-color": "#7d6bb0"}},
    {"selector": "node.file", "style": {"shape": "rectangle"}},
    {"selector": "node.viz, node.lesson", "style": {"shape": "triangle"}},
    {"selector": "node.external", "style": {"shape": "ellipse", "background-opacity": "0.5"}},
    {
        "selector": "node.ran",
        "style": {"background-color": "#d9822b", "border-width": "3px", "border-color": "#8a4b08"},
    },
    {"selector": "node.focus", "style": {"width": "28px", "height": "28px", "font-weight": "bold"}},
    {
        "selector": "edge",
        "style": {
            "width": "1px",
            "line-color": "#b6bdc9",
            "curve-style": "bezier",
            "target-arrow-shape": "triangle",
            "target-arrow-color": "#b6bdc9",
            "arrow-scale": "0.8",
        },
    },
]


def show_graph(
    focus: str | None = None, trace: TraceView | None = None, hops: int = 1, most: int = 80
) -> Any:
    """A widget with the neighbourhood of a node: ``show_graph("nanochat/gpt.py:GPT.forward")``.

    ``focus``: a node's id, or the end of one that only one node has. ``trace``: functions that ran
    are lit, with how often; without ``focus``, they are what is shown. ``hops``: how far the
    neighbourhood reaches. ``most``: nodes shown, at most 300. A click on a node, or choosing it
    from the list, says where it stands. Raises ``NotFound``, ``BadInput``, ``NoWorkspace``.
    """
    index = _index()
    calls = ran_in(trace) if trace is not None else {}
    chosen, at = _chosen(index, focus, calls, hops, min(most, MOST_NODES))
    return _widget(index, chosen, at, calls)


def ran_in(trace: TraceView) -> dict[NodeId, int]:
    """Functions that ran → how often; 0 where only the recorded tensors tell that they ran."""
    lines = trace.reader.lines()
    if lines is not None:
        return {f.id: f.calls for source in lines.sources for f in source.functions}
    points = trace.reader.manifest.points
    return {point.source.id: 0 for point in points if point.source is not None}


def part_of(index: GraphIndex, chosen: list[NodeId], calls: dict[NodeId, int]) -> dict[str, Any]:
    """The chosen nodes and the edges between them, as Cytoscape takes them."""
    inside = set(chosen)
    nodes = [
        {
            "data": {"id": node.id, "label": _label(node, calls)},
            "classes": f"{node.type}{' ran' * (node.id in calls)}",
        }
        for node in map(index.node, chosen)
    ]
    edges = [
        {
            "data": {
                "id": f"{edge.type} {edge.source} {edge.target}",
                "source": edge.source,
                "target": edge.target,
            },
            "classes": edge.type,
        }
        for id in chosen
        for edge in index.outgoing(id)
        if edge.target in inside
    ]
    return {"nodes": nodes, "edges": edges}


def where(node: NodeData, calls: dict[NodeId, int]) -> str:
    """One line: what the node is, where it stands, how often it ran."""
    line = getattr(node, "line", None)
    place = f"{node.file_path}, line {line}" if line else node.file_path or "outside this workspace"
    often = calls.get(node.id)
    times = f", ran {often} time{'s' * (often != 1)}" if often else ", ran" if often == 0 else ""
    first = node.docstring.strip().split("\n")[0]
    return f"{node.label} ({node.type}): {place}{times}{f' — {first}' if first else ''}"


def _index() -> GraphIndex:
    from pathlib import Path

    workspace = find_workspace(Path.cwd())
    if workspace is None:
        raise NoWorkspace(
            "This notebook does not stand in a nanochat-learn workspace.",
            "Open it from a folder that `nanochat-learn lab FOLDER` has prepared.",
        )
    file: Path = workspace.cache / GRAPH_FILE
    try:
        return GraphIndex(from_bytes(file.read_bytes()))
    except OSError as error:
        raise NotFound(
            "This workspace has no graph yet.",
            "Index it: “Index this workspace” in the menu, or `nanochat-learn index`.",
        ) from error


def _chosen(
    index: GraphIndex, focus: str | None, calls: dict[NodeId, int], hops: int, most: int
) -> tuple[list[NodeId], NodeId | None]:
    if focus is not None:
        ends = [i for i in index.nodes if i == focus or i.endswith((f".{focus}", f":{focus}"))]
        at = ends[0] if len(ends) == 1 else index.node(focus).id
        return index.neighbours(at, hops)[:most], at
    ran = [id for id in calls if id in index.nodes]
    if not ran:
        raise BadInput(
            "It is not clear which part of the graph is meant.",
            'Name a node: show_graph("nanochat/gpt.py:GPT.forward"), or give a trace.',
        )
    return ran[:most], None


def _label(node: NodeData, calls: dict[NodeId, int]) -> str:
    often = calls.get(node.id)
    return f"{node.label} ×{often}" if often else node.label


def _widget(
    index: GraphIndex, chosen: list[NodeId], at: NodeId | None, calls: dict[NodeId, int]
) -> Any:
    from ipycytoscape import CytoscapeWidget
    from ipywidgets import HTML, Dropdown, VBox

    graph = CytoscapeWidget(layout={"height": "420px"})
    part = part_of(index, chosen, calls)
    for node in part["nodes"]:
        node["classes"] += " focus" * (node["data"]["id"] == at)
    graph.graph.add_graph_from_json(part, directed=True)
    graph.set_style(STYLE)
    graph.set_layout(name="cose", animate=False, nodeSpacing=40)
    told = HTML("Click a node, or choose it here, to see where it stands.")
    options = [(_label(index.node(id), calls), id) for id in chosen]
    listed = Dropdown(options=[("–", None), *options], description="Node")

    def tell(id: NodeId) -> None:
        told.value = escape(where(index.node(id), calls))

    graph.on("node", "click", lambda clicked: tell(NodeId(clicked["data"]["id"])))
    listed.observe(lambda change: tell(change["new"]) if change["new"] else None, names="value")
    return VBox([graph, listed, told])
