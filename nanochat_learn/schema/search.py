"""What a question finds in the code, the state of the vectors, and content added on the fly."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from nanochat_learn.schema.base import Frozen, NodeId
from nanochat_learn.schema.wire import Failure, IndexTree

NodeType = Literal["file", "class", "function", "concept", "lesson", "viz", "external"]

Intent = Literal[
    "symbol",  # the question names a thing of the code
    "callers",  # who calls, uses, makes X
    "callees",  # what does X call
    "subclasses",  # what inherits from X
    "bases",  # what does X inherit from
    "impact",  # what breaks if X changes
    "imports",  # who imports X
    "contents",  # what is in X
    "open",  # everything else: by meaning and words
]

Way = Literal["graph", "words", "vectors"]
"""How results were found: edges of the graph, words, meaning."""


class SearchHit(Frozen):
    """One result. ``score`` is between 0 and 1 and comparable within one answer only."""

    id: NodeId
    score: float
    type: NodeType
    label: str
    file_path: str | None
    line: int | None
    why: str = ""
    """The reason in words where there is one: ``calls Engine.generate in line 40``."""


class SearchAnswer(Frozen):
    """``absent``: nothing in this code answers the question; ``reason`` says why we think so.
    The nearest results stand in ``results`` all the same."""

    query: str
    results: tuple[SearchHit, ...]
    intent: Intent
    ways: tuple[Way, ...]
    absent: bool = False
    reason: str = ""


class EmbedderInfo(Frozen):
    """The model that turns text into vectors. ``words`` is none: words and graph only."""

    kind: Literal["named", "qwen", "packaged", "words", "fake"]
    model_id: str
    """Vectors of two ids never mix."""
    label: str
    dimension: int


class RetrievalState(Frozen):
    """How far the vectors are. Words and graph answer in every phase."""

    embedder: EmbedderInfo
    phase: Literal["unindexed", "waiting", "loading", "embedding", "ready", "failed"]
    """``waiting``: vectors are missing and nobody has asked for them yet."""
    embedded: int
    total: int
    estimate_seconds: float | None = None
    """How long the rest takes, measured on this machine; None while unknown."""
    failure: Failure | None = None
    qwen: Literal["here", "absent", "downloading"] = "absent"
    qwen_bytes: int
    """What a download of Qwen3-Embedding-0.6B would fetch."""


class EmbedRequest(Frozen):
    """Body of ``POST embed``: bring the vectors up to date; ``download`` is the learner's consent
    to fetch Qwen3-Embedding first."""

    download: bool = False


class EmbedProgress(Frozen):
    type: Literal["progress"] = "progress"
    state: RetrievalState


class EmbedDone(Frozen):
    type: Literal["done"] = "done"
    state: RetrievalState


class EmbedFailure(Frozen):
    type: Literal["error"] = "error"
    failure: Failure


EmbedEvent = Annotated[EmbedProgress | EmbedDone | EmbedFailure, Field(discriminator="type")]


class AddedItem(Frozen):
    """Content that is not in the tree: a page of a library's manual, a note of one's own.

    The columns of the store that the user asked for, without the vector. An ``id`` that
    exists replaces the item; an id of the tree is refused.
    """

    id: Annotated[NodeId, Field(min_length=1, max_length=300)]
    type: NodeType
    label: Annotated[str, Field(min_length=1, max_length=300)]
    source: Literal["repo", "external"] = "external"
    library: str | None = None
    file_path: str | None = None
    docstring: Annotated[str, Field(max_length=100_000)] = ""
    text: Annotated[str, Field(max_length=100_000)] = ""
    """What is searched; made from the other fields where empty."""


class IndexItems(Frozen):
    """The second kind of ``POST index``: the items are found by the next question."""

    kind: Literal["items"] = "items"
    items: Annotated[tuple[AddedItem, ...], Field(max_length=10_000)]


IndexRequest = Annotated[IndexTree | IndexItems, Field(discriminator="kind")]
