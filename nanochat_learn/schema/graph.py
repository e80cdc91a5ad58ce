"""The knowledge graph as it stands on disk and on the wire: Cytoscape elements."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import ConfigDict, Field

from nanochat_learn.schema.base import ClusterId, Frozen, NodeId

GRAPH_FORMAT: Final = "nanochat-learn.graph/1"

EdgeType = Literal[
    "contains",
    "calls",
    "imports",
    "inherits",
    "instantiates",
    "overrides",
    "explains",
    "defines",
    "visualizes",
    "prerequisite",
    "teaches",
    "references",
]

GapKind = Literal[
    "malformed_tag",
    "duplicate_concept",
    "broken_note",
    "unresolved_link",
    "prerequisite_cycle",
    "missing_code",
    "stale_note",
    "unknown_concept",
    "unreadable_file",
    "concept_without_note",
    "note_without_code",
    "planned_picture",
    "unexplained_symbol",
    "todo_explain",
]


class Todo(Frozen):
    """A ``# @todo:explain:<slug>`` that stands in a node's code."""

    slug: str
    line: int


class CodeNode(Frozen):
    """A file, class or function (methods are functions) of the indexed tree.

    Also one that was added by hand (``POST index``, items): then ``line`` is 0, and ``file_path``
    is ``""`` where it stands in no file.
    """

    id: NodeId
    type: Literal["file", "class", "function"]
    label: str
    file_path: str
    source: Literal["repo", "external"] = "repo"
    library: str | None = None
    docstring: str = ""
    line: int
    end_line: int
    signature: str = ""
    comment: str = ""
    cell: str | None = None
    """nbformat cell id when the code stands in a notebook; ``line`` then counts inside the cell."""
    todos: tuple[Todo, ...] = ()


class ConceptNode(Frozen):
    """An idea. ``state`` is ``written`` when it has a note or a definition in the code."""

    id: NodeId
    type: Literal["concept"] = "concept"
    label: str
    file_path: str | None = None
    source: Literal["repo"] = "repo"
    docstring: str = ""
    """The concept in one sentence."""
    cluster: ClusterId
    state: Literal["written", "defined", "planned"]


class LessonNode(Frozen):
    id: NodeId
    type: Literal["lesson"] = "lesson"
    label: str
    file_path: str
    source: Literal["repo"] = "repo"
    docstring: str = ""


class PictureNode(Frozen):
    """``state`` is ``planned`` while code or a note names a picture that does not exist yet."""

    id: NodeId
    type: Literal["viz"] = "viz"
    label: str
    file_path: str | None = None
    source: Literal["repo"] = "repo"
    docstring: str = ""
    state: Literal["ready", "planned"]


class ExternalNode(Frozen):
    """Something the code uses from a library, for example ``torch.nn.functional.softmax``."""

    id: NodeId
    type: Literal["external"] = "external"
    label: str
    file_path: None = None
    source: Literal["external"] = "external"
    library: str
    docstring: str = ""


NodeData = Annotated[
    CodeNode | ConceptNode | LessonNode | PictureNode | ExternalNode, Field(discriminator="type")
]


class EdgeData(Frozen):
    """``source`` → ``target``; ``file_path`` and ``line`` say where the reason stands."""

    source: NodeId
    target: NodeId
    type: EdgeType
    file_path: str
    line: int
    cell: str | None = None
    count: int = 1
    """How often the same relation occurs; ``line`` is the first place."""


class Position(Frozen):
    x: Annotated[float, Field(ge=-1e6, le=1e6, allow_inf_nan=False)]
    y: Annotated[float, Field(ge=-1e6, le=1e6, allow_inf_nan=False)]


class NodeElement(Frozen):
    """Cytoscape takes a node without a ``position``, but none that is null: the file has none."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=False)

    data: NodeData
    position: Position | None = None
    """Never on disk; merged into ``GET graph`` from the positions file."""


class EdgeElement(Frozen):
    data: EdgeData


class Elements(Frozen):
    nodes: tuple[NodeElement, ...]
    edges: tuple[EdgeElement, ...]


class Gap(Frozen):
    """One line of the gap report. ``line`` is 0 where a whole file is meant."""

    severity: Literal["error", "warning"]
    kind: GapKind
    message: str
    file_path: str
    line: int
    id: str
    cell: str | None = None
    """nbformat cell id when the place is in a notebook; ``line`` then counts inside the cell."""


class Cluster(Frozen):
    id: ClusterId
    title: str
    colour: str
    """``#rrggbb``, legible on light and on dark."""
    order: int


class KnowledgeGraph(Frozen):
    """The whole of ``knowledge_graph.json`` and of ``GET graph``. Deterministic on disk."""

    format: Literal["nanochat-learn.graph/1"] = GRAPH_FORMAT
    generated_by: str
    root: str = "."
    content_hash: str
    clusters: tuple[Cluster, ...]
    elements: Elements
    gaps: tuple[Gap, ...]


class Positions(Frozen):
    """Body of ``PUT positions``: what a browser laid out, by node id."""

    positions: Annotated[dict[NodeId, Position], Field(max_length=50_000)]
