"""Facts + knowledge → the knowledge graph. The order of the steps, nothing else."""

from __future__ import annotations

from typing import Any

from nanochat_learn.graph.code_nodes import add_code
from nanochat_learn.graph.collector import paused_collector
from nanochat_learn.graph.draft import Draft
from nanochat_learn.graph.gaps import find_gaps
from nanochat_learn.graph.ideas import Sayings, add_ideas, add_notebook_links, clusters_of
from nanochat_learn.graph.staleness import CodeOf, lines_or_nothing
from nanochat_learn.graph.stored import hash_of_content
from nanochat_learn.indexer.facts import Tree
from nanochat_learn.knowledge import Knowledge
from nanochat_learn.schema.graph import KnowledgeGraph


def build(
    tree: Tree, knowledge: Knowledge, code_of: CodeOf, *, generated_by: str
) -> KnowledgeGraph:
    """The graph of ``tree`` and ``knowledge``, its gaps included.

    The same input gives the same graph, in whatever order files, symbols, tags and links
    arrive. ``code_of`` is asked only for symbols that a note names, to see whether the
    note is stale.
    """
    with paused_collector():
        return _built(tree, knowledge, code_of, generated_by)


def _built(tree: Tree, knowledge: Knowledge, code_of: CodeOf, generated_by: str) -> KnowledgeGraph:
    draft = Draft()
    sayings = Sayings.of(tree, knowledge)
    add_code(draft, tree)
    add_ideas(draft, knowledge, sayings)
    add_notebook_links(draft, tree, knowledge)
    document = {
        "generated_by": generated_by,
        "content_hash": "",
        "clusters": clusters_of(draft, knowledge),
        "elements": draft.elements(),
        "gaps": find_gaps(tree, knowledge, sayings, draft, lines_or_nothing(code_of)),
    }
    try:
        return _sealed(document)
    except ValueError:  # what pydantic raises when it validates, and when it writes
        # Source may hold half a surrogate pair ("\ud800" in a docstring): text for Python,
        # but not for JSON. Rare, so only then is every string looked at.
        return _sealed(_encodable(document))


def _sealed(document: dict[str, Any]) -> KnowledgeGraph:
    """The one validation, and the hash over what it yields."""
    graph = KnowledgeGraph.model_validate(document)
    return graph.model_copy(update={"content_hash": hash_of_content(graph)})


def _encodable(value: Any) -> Any:
    """The same value with what UTF-8 cannot carry replaced by ``?``."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {key: _encodable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_encodable(item) for item in value]
    return value
