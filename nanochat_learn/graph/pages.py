"""What the concept panel shows: the list of concepts, and one page per concept."""

from __future__ import annotations

from collections.abc import Iterable

from nanochat_learn.errors import NotFound
from nanochat_learn.graph.anchors import anchors_of, definition_body
from nanochat_learn.graph.nearest import did_you_mean
from nanochat_learn.graph.query import GraphIndex
from nanochat_learn.graph.staleness import CodeOf, lines_or_nothing
from nanochat_learn.knowledge import Knowledge, Note, WikiLink, wiki_links
from nanochat_learn.schema.base import ConceptId, LessonId, NodeId, PictureId
from nanochat_learn.schema.concept import (
    ConceptList,
    ConceptPage,
    ConceptSummary,
    LessonLink,
    PictureMeta,
)
from nanochat_learn.schema.graph import ConceptNode, KnowledgeGraph, LessonNode, PictureNode

_CONCEPT = "concept:"


def concept_list(graph: KnowledgeGraph, knowledge: Knowledge) -> ConceptList:
    """All concepts: clusters in their order, inside them in the order of ``clusters.yaml``."""
    order = {cluster.id: cluster.order for cluster in graph.clusters}
    place = _places(knowledge)
    nodes = [
        n.data
        for n in graph.elements.nodes
        # one that was added by hand may have any id; only these have a page
        if isinstance(n.data, ConceptNode) and n.data.id.startswith(_CONCEPT)
    ]
    nodes.sort(
        key=lambda n: (order.get(n.cluster, len(order)), place.get(_id(n), len(place)), n.id)
    )
    return ConceptList(concepts=tuple(_summary(node) for node in nodes))


def concept_page(
    index: GraphIndex, knowledge: Knowledge, concept_id: str, code_of: CodeOf
) -> ConceptPage:
    """Everything about one concept; raises ``NotFound`` with what may have been meant."""
    node = index.nodes.get(NodeId(_CONCEPT + concept_id))
    if not isinstance(node, ConceptNode):
        concepts = [i.removeprefix(_CONCEPT) for i in index.nodes if i.startswith(_CONCEPT)]
        hint = did_you_mean(concept_id, concepts)
        raise NotFound(
            f"There is no concept `{concept_id}`.",
            hint or "The concept panel lists all of them, and so does `nanochat-learn concept`.",
        )
    concept = _id(node)
    note = next((note for note in knowledge.notes if note.header.id == concept), None)
    code_of = lines_or_nothing(code_of)
    body = note.body if note else definition_body(index, concept, code_of)
    pictures, planned = _pictures(index, knowledge, node)
    return ConceptPage(
        id=concept,
        title=node.label,
        cluster=node.cluster,
        state=node.state,
        sentence=node.docstring,
        aliases=note.header.aliases if note else (),
        body=body,
        file_path=node.file_path,
        simpler=_beside(
            index, knowledge, (e.source for e in index.incoming(node.id, "prerequisite"))
        ),
        deeper=_beside(
            index, knowledge, (e.target for e in index.outgoing(node.id, "prerequisite"))
        ),
        anchors=tuple(anchors_of(index, concept, code_of)),
        pictures=pictures,
        planned_pictures=planned,
        lessons=_lessons(index, node),
        links=_links(index, note, body),
    )


def _id(node: ConceptNode) -> ConceptId:
    return ConceptId(node.id.removeprefix(_CONCEPT))


def _places(knowledge: Knowledge) -> dict[ConceptId, int]:
    return {entry.id: place for place, entry in enumerate(knowledge.planned)}


def _summary(node: ConceptNode) -> ConceptSummary:
    return ConceptSummary(
        id=_id(node),
        title=node.label,
        cluster=node.cluster,
        state=node.state,
        sentence=node.docstring,
    )


def _beside(
    index: GraphIndex, knowledge: Knowledge, ids: Iterable[NodeId]
) -> tuple[ConceptSummary, ...]:
    place = _places(knowledge)
    nodes = [n for i in set(ids) if isinstance(n := index.nodes.get(i), ConceptNode)]
    nodes.sort(key=lambda n: (place.get(_id(n), len(place)), n.id))
    return tuple(_summary(node) for node in nodes)


def _pictures(
    index: GraphIndex, knowledge: Knowledge, node: ConceptNode
) -> tuple[tuple[PictureMeta, ...], tuple[PictureId, ...]]:
    """Pictures that exist, and the names of those still to be made: in the note's order
    first, then by id."""
    metas = {f"viz:{picture.meta.id}": picture.meta for picture in knowledge.pictures}
    note = next((n for n in knowledge.notes if n.header.id == _id(node)), None)
    wished = [f"viz:{name}" for name in note.header.pictures] if note else []
    linked = {edge.source for edge in index.incoming(node.id, "visualizes")}
    ordered = sorted(linked, key=lambda i: (wished.index(i) if i in wished else len(wished), i))
    ready = tuple(metas[i] for i in ordered if i in metas)
    planned = tuple(
        PictureId(i.removeprefix("viz:"))
        for i in ordered
        if i not in metas and isinstance(index.nodes.get(i), PictureNode)
    )
    return ready, planned


def _lessons(index: GraphIndex, node: ConceptNode) -> tuple[LessonLink, ...]:
    sources = sorted({edge.source for edge in index.incoming(node.id, "teaches")})
    return tuple(
        LessonLink(
            id=LessonId(lesson.id.removeprefix("lesson:")),
            title=lesson.label,
            file_path=lesson.file_path,
        )
        for i in sources
        if isinstance(lesson := index.nodes.get(i), LessonNode)
    )


def _links(index: GraphIndex, note: Note | None, body: str) -> dict[str, NodeId]:
    found: Iterable[WikiLink] = note.links if note else wiki_links(body.split("\n"), 1)
    links = {}
    for target in sorted({link.target for link in found}):
        for node_id in (target.strip(), _CONCEPT + target.strip()):
            if node_id in index.nodes:
                links[target] = NodeId(node_id)
                break
    return links
