"""What a ``PassageStore`` needs from whoever keeps vectors; and one who keeps them in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from nanochat_learn.ports import Passage
from nanochat_learn.schema.base import NodeId

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Row(NamedTuple):
    """A passage with its vectors: ``vector`` (d,) float32, ``tokens`` (t, d) int8 or None."""

    passage: Passage
    text_hash: str
    owner: str
    vector: NDArray[np.float32]
    tokens: NDArray[np.int8] | None


class Matrix(NamedTuple):
    """All rows of one model: ``vectors`` is (n, d), float32, unit length."""

    ids: list[NodeId]
    text_hashes: list[str]
    vectors: NDArray[np.float32]


class Tables(Protocol):
    """One table for each model id, so that vectors of two models never mix.

    What cannot be opened counts as empty: the next ``put`` makes it anew.
    """

    def put(self, model_id: str, rows: Sequence[Row]) -> None:
        """Insert, or replace rows of the same id. On disk when it returns."""
        ...

    def drop(self, model_id: str, ids: Sequence[NodeId]) -> None: ...

    def matrix(self, model_id: str) -> Matrix: ...

    def tokens(self, model_id: str, ids: Sequence[NodeId]) -> Mapping[NodeId, NDArray[np.int8]]: ...

    def tidy(self, model_id: str) -> None:
        """Compact, drop old versions, and the tables of all other models."""
        ...

    def close(self) -> None: ...


class MemoryTables:
    """Nothing on disk: for tests, and for reading a folder that nobody may write to."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[NodeId, Row]] = {}

    def put(self, model_id: str, rows: Sequence[Row]) -> None:
        self._rows.setdefault(model_id, {}).update({row.passage.id: row for row in rows})

    def drop(self, model_id: str, ids: Sequence[NodeId]) -> None:
        for node in ids:
            self._rows.get(model_id, {}).pop(node, None)

    def matrix(self, model_id: str) -> Matrix:
        import numpy as np

        rows = list(self._rows.get(model_id, {}).values())
        vectors = np.stack([row.vector for row in rows]) if rows else np.zeros((0, 0), np.float32)
        return Matrix([row.passage.id for row in rows], [row.text_hash for row in rows], vectors)

    def tokens(self, model_id: str, ids: Sequence[NodeId]) -> Mapping[NodeId, NDArray[np.int8]]:
        rows = self._rows.get(model_id, {})
        found = ((node, rows[node].tokens) for node in ids if node in rows)
        return {node: tokens for node, tokens in found if tokens is not None}

    def tidy(self, model_id: str) -> None:
        self._rows = {model_id: self._rows.get(model_id, {})}

    def close(self) -> None:
        pass
