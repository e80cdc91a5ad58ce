"""The verbs that read what the last index run kept: graph, source, concepts, glossary, gaps."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from nanochat_learn import graph as graphs
from nanochat_learn.errors import CannotRead, NotFound
from nanochat_learn.places import Workspace
from nanochat_learn.schema.concept import ConceptList, ConceptPage, Glossary
from nanochat_learn.schema.graph import CodeNode, KnowledgeGraph
from nanochat_learn.schema.wire import GapReport, NodeSource
from nanochat_learn.sources import Sources
from nanochat_learn.workspace.indexing import GRAPH_FILE
from nanochat_learn.workspace.known import knowledge


def graph(workspace: Workspace) -> KnowledgeGraph:
    """The kept graph, without positions. Raises ``NotFound`` before the first index run."""
    return _index_of(workspace).graph


def graph_index(workspace: Workspace) -> graphs.GraphIndex:
    """The kept graph, ready for questions about neighbours and paths."""
    return _index_of(workspace)


def source(workspace: Workspace, node_id: str) -> NodeSource:
    """The real lines of a code node. Raises ``NotFound`` for an id without code."""
    node = _index_of(workspace).node(node_id)
    if not isinstance(node, CodeNode):
        raise NotFound(f"{node_id} is not code.", "Ask for a file, a class or a function.")
    text = Sources(workspace.root).lines(node.file_path, node.line, node.end_line, node.cell)
    return NodeSource(
        id=node.id,
        file_path=node.file_path,
        line=node.line,
        end_line=node.end_line,
        cell=node.cell,
        text=text,
    )


def concepts(workspace: Workspace) -> ConceptList:
    return graphs.concept_list(graph(workspace), knowledge(workspace))


def concept(workspace: Workspace, concept_id: str) -> ConceptPage:
    """Everything about one concept. Raises ``NotFound`` with the nearest ids."""
    return graphs.concept_page(
        _index_of(workspace), knowledge(workspace), concept_id, Sources(workspace.root).lines
    )


def glossary(workspace: Workspace) -> Glossary:
    """The words that notes explain on hover. Needs no index."""
    return Glossary(terms=tuple(term.entry for term in knowledge(workspace).glossary))


def gaps(workspace: Workspace) -> GapReport:
    return graphs.gap_report(graph(workspace))


def _index_of(workspace: Workspace) -> graphs.GraphIndex:
    file = workspace.cache / GRAPH_FILE
    try:
        stat = file.stat()
    except OSError as error:
        raise NotFound(
            f"{workspace.name} has not been indexed yet.",
            "Press “Index this workspace” in the graph panel, or run `nanochat-learn index`.",
        ) from error
    return _opened(file, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=4)
def _opened(file: Path, _mtime_ns: int, _size: int) -> graphs.GraphIndex:
    try:
        return graphs.GraphIndex(graphs.from_bytes(file.read_bytes()))
    except OSError as error:
        raise CannotRead(
            f"{file.name} cannot be read: {error.strerror}.", "Index again."
        ) from error
