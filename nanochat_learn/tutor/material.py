"""What the tutor may draw from: the graph, the lines, the notes, and a way to search them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from nanochat_learn.graph import CodeOf, GraphIndex
from nanochat_learn.schema.base import NodeId
from nanochat_learn.schema.graph import CodeNode
from nanochat_learn.schema.search import SearchAnswer, SearchHit
from nanochat_learn.schema.tutor import Citation, LearnerContext, Message
from nanochat_learn.tutor.runs import Runs

Search = Callable[[str], SearchAnswer]
"""A question → what it finds. Blocks: called in a thread."""


@dataclass(frozen=True, slots=True)
class Material:
    name: str
    """What the workspace is called."""
    index: GraphIndex
    code_of: CodeOf
    notes: Mapping[NodeId, str]
    """Concept node → Markdown of its note."""
    search: Search
    runs: Runs | None = None
    """What the learner recorded. Answers are checked against it; it is sent when they agreed."""
    added: Mapping[NodeId, str] = field(default_factory=dict)
    """Content added on the fly → the text it was given."""

    def told(self, id: NodeId) -> str:
        """What a node says of itself beside its lines and its note. Raises ``NotFound``."""
        said, text = self.index.node(id).docstring.strip(), self.added.get(id, "").strip()
        return text if said in text else f"{said}\n\n{text}".strip()

    def citation(self, id: NodeId) -> Citation:
        """Raises ``NotFound`` for an id that does not exist."""
        node = self.index.node(id)
        return Citation(
            id=node.id,
            type=node.type,
            label=node.label,
            file_path=node.file_path,
            line=node.line if isinstance(node, CodeNode) else None,
        )


def find(
    material: Material,
    question: str,
    history: tuple[Message, ...] = (),
    context: LearnerContext | None = None,
) -> SearchAnswer:
    """Search for a question as it is meant: "and why?" means the question before it, and what
    the learner pointed at comes first."""
    answer = material.search(question)
    asked = [message.text for message in history if message.role == "learner"]
    if answer.absent and asked:
        wider = material.search(f"{asked[-1]}\n{question}")
        answer = answer if wider.absent else wider.model_copy(update={"query": question})
    if context is None:
        return answer
    if context.selection or context.cell or context.error:
        answer = answer.model_copy(update={"absent": False, "reason": ""})
    pointed = material.index.nodes.get(context.about) if context.about else None
    if pointed is None:
        return answer
    first = SearchHit(
        id=pointed.id,
        score=1.0,
        type=pointed.type,
        label=pointed.label,
        file_path=pointed.file_path,
        line=pointed.line if isinstance(pointed, CodeNode) else None,
        why="you asked about it",
    )
    others = tuple(hit for hit in answer.results if hit.id != pointed.id)
    return answer.model_copy(update={"results": (first, *others), "absent": False, "reason": ""})
