"""What retrieval and tutor need from outside, as Protocols. Adapters fulfil them, fakes too.

Nothing here imports a third party; arrays are numpy's where numbers travel in bulk.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from nanochat_learn.schema.base import NodeId
    from nanochat_learn.schema.search import EmbedderInfo, NodeType

Progress = Callable[[int, int, str], None]
"""done, total, what is being worked on."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One row of the store without its vector: what is searched, and the user's columns."""

    id: NodeId
    text: str
    """Without line numbers: they shift, and would make every row below an edit stale."""
    type: NodeType
    label: str
    source: Literal["repo", "external"]
    library: str | None
    file_path: str | None
    docstring: str


@dataclass(frozen=True, slots=True)
class Embedded:
    """Vectors of n texts, unit length. ``tokens[i]`` is (≤ 64, d) for late interaction."""

    vectors: NDArray[np.float32]
    """(n, d)."""
    tokens: tuple[NDArray[np.float32], ...] | None = None


class Embedder(Protocol):
    """Texts and questions → vectors. May load for seconds: never called on an event loop."""

    @property
    def info(self) -> EmbedderInfo: ...

    def texts(self, texts: Sequence[str], *, tokens: bool = False) -> Embedded: ...

    def question(self, question: str, *, tokens: bool = False) -> Embedded:
        """One row; with the model's own prompt for questions where it has one."""
        ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Synced:
    embedded: int
    kept: int
    removed: int


class Store(Protocol):
    """Passages and vectors, kept. Thread-safe; one writer at a time (``Busy``)."""

    def sync(self, owner: str, passages: Sequence[Passage]) -> Synced:
        """Make ``owner``'s rows exactly these, by text hash; other owners' rows stay. Rows whose
        text changed lose their vector until ``embed``."""
        ...

    def embed(
        self,
        embedder: Embedder,
        *,
        tokens: bool,
        on_progress: Progress | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> Synced:
        """Give every row without a vector of this model one, in batches that are kept at once:
        stopped half-way, the next call goes on. Raises ``Stopped``."""
        ...

    def passages(self) -> Sequence[Passage]: ...

    def missing(self, model_id: str) -> int:
        """How many rows have no vector of this model."""
        ...

    def vectors(self, model_id: str) -> tuple[Sequence[NodeId], NDArray[np.float32]]:
        """All ids that have a vector of this model, and the (n, d) matrix; cached until a write."""
        ...

    def tokens(self, model_id: str, ids: Sequence[NodeId]) -> Mapping[NodeId, NDArray[np.float32]]:
        """Token vectors of the given rows, where they were kept."""
        ...

    def close(self) -> None: ...


# --- the language model ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ToolCall:
    """The model asks for a tool; ``arguments`` is its JSON text, not yet trusted."""

    id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class TextPiece:
    text: str


@dataclass(frozen=True, slots=True)
class Moved:
    """Another model answers from here on, and why."""

    model: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The last piece of a stream that ended well."""

    reason: Literal["stop", "length", "tools"]
    model: str
    prompt_tokens: int | None = None
    answer_tokens: int | None = None
    cost: float | None = None
    calls: tuple[ToolCall, ...] = ()


ChatPiece = TextPiece | Moved | Finished


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """``messages`` and ``tools`` in the form of the OpenAI chat API."""

    model: str
    messages: Sequence[Mapping[str, Any]]
    fallbacks: tuple[str, ...] = ()
    tools: Sequence[Mapping[str, Any]] = ()
    max_tokens: int = 1_500
    extra: Mapping[str, Any] = field(default_factory=dict)


class ChatModel(Protocol):
    """A language model somewhere. Cancelling the iteration cancels the request upstream."""

    def stream(self, request: ChatRequest) -> AsyncIterator[ChatPiece]:
        """Raises the errors of ``errors.ModelError``; what came before was yielded."""
        ...
