"""The verb ``search``: a question → the nodes that answer it."""

from __future__ import annotations

from functools import lru_cache

from nanochat_learn import retrieval
from nanochat_learn.places import Workspace
from nanochat_learn.retrieval.passages import passages
from nanochat_learn.schema.search import SearchAnswer
from nanochat_learn.sources import Sources
from nanochat_learn.workspace.known import knowledge
from nanochat_learn.workspace.reading import graph_index


def search(
    workspace: Workspace, query: str, limit: int = 10, *, wait: bool = False
) -> SearchAnswer:
    """At most ``limit`` (1 to 100) nodes for ``query``, best first.

    By words and graph while vectors are missing or their model is loading; ``wait`` waits for
    the model where there are vectors.

    Raises ``BadInput`` for an empty question, ``NotFound`` before the first index run.
    """
    return retrieval.answer(corpus(workspace), query, limit)


def corpus(workspace: Workspace) -> retrieval.Corpus:
    """The graph and its passages, ready for questions; made anew when either changed."""
    return _corpus(workspace, graph_index(workspace).graph.content_hash)


@lru_cache(maxsize=2)
def _corpus(workspace: Workspace, _content_hash: str) -> retrieval.Corpus:
    index = graph_index(workspace)
    texts = passages(index.graph, Sources(workspace.root).lines, knowledge(workspace))
    return retrieval.Corpus(index, texts)
