"""The verb ``search``: a question → the nodes that answer it.

By words and graph at once; by meaning too as soon as the vectors are there and their model is
loaded. Nobody waits for a model here: ``embedding`` says whether there is one.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from nanochat_learn import retrieval
from nanochat_learn.errors import LearnError
from nanochat_learn.graph import GraphIndex, really_added
from nanochat_learn.places import Workspace
from nanochat_learn.ports import Embedder, Passage, Store
from nanochat_learn.schema.search import SearchAnswer
from nanochat_learn.workspace.added import read_added
from nanochat_learn.workspace.embedding import embedder, store
from nanochat_learn.workspace.reading import graph_index

_log = logging.getLogger("nanochat_learn")


class _Kept(NamedTuple):
    """A corpus, and what it was made from."""

    passages: Sequence[Passage]
    graph: GraphIndex
    corpus: retrieval.Corpus


_turn = threading.Lock()
_kept: dict[Path, _Kept] = {}
_MOST_KEPT = 4


def search(
    workspace: Workspace, query: str, limit: int = 10, *, words: bool = False
) -> SearchAnswer:
    """At most ``limit`` (1 to 100) nodes for ``query``, best first; by words and graph alone
    when ``words`` is set, or as long as there is no model.

    Raises ``BadInput`` for an empty question, ``NotFound`` before the first index run.
    """
    kept = store(workspace)
    known = _corpus(workspace, kept)
    model = None if words else embedder(workspace)
    if model is None:
        return retrieval.answer(known, query, limit)

    def meaning_of(text: str) -> retrieval.Meaning | None:
        return _meaning(model, kept, text)

    return retrieval.answer(known, query, limit, meaning_of)


def _meaning(model: Embedder, kept: Store, text: str) -> retrieval.Meaning | None:
    try:
        asked = model.question(text, tokens=True)
        ids, matrix = kept.vectors(model.info.model_id)
    except LearnError as error:  # the model's process died: words still answer
        _log.info("nanochat-learn: this question is answered by words: %s", error)
        return None
    return retrieval.Meaning(
        ids, matrix, asked, lambda wanted: kept.tokens(model.info.model_id, wanted)
    )


def _corpus(workspace: Workspace, kept: Store) -> retrieval.Corpus:
    """Made anew when the graph or a passage changed, by one caller while the others wait."""
    with _turn:
        index, passages = graph_index(workspace), kept.passages()
        last = _kept.get(workspace.cache)
        if last and last.graph is index and last.passages is passages:
            return last.corpus
        if last and last.graph is index and last.passages == passages:
            corpus = last.corpus  # only vectors came since
        else:
            added = really_added(index.graph, read_added(workspace).items)
            corpus = retrieval.Corpus(index, passages, {item.id for item in added})
        _kept.pop(workspace.cache, None)
        _kept[workspace.cache] = _Kept(passages, index, corpus)
        while len(_kept) > _MOST_KEPT:
            del _kept[next(iter(_kept))]
        return corpus
