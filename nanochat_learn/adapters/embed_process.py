"""An embedder and a database whose work is done in the worker; here only their handles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nanochat_learn.adapters.sentence_embedder import ModelSpec
from nanochat_learn.adapters.tables import Matrix, Row, Tables
from nanochat_learn.adapters.worker import Worker
from nanochat_learn.ports import Embedded
from nanochat_learn.schema.base import NodeId
from nanochat_learn.schema.search import EmbedderInfo

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class ProcessEmbedder:
    """An ``Embedder``. The first call loads the model, which takes some seconds."""

    def __init__(self, worker: Worker, spec: ModelSpec) -> None:
        self._worker = worker
        self._spec = spec
        self._info = spec.info

    @property
    def info(self) -> EmbedderInfo:
        return self._info

    def load(self) -> None:
        """Open the model now, so that the first question need not wait for it."""
        self.question("a")

    def texts(self, texts: Sequence[str], *, tokens: bool = False) -> Embedded:
        return self._called("texts", list(texts), tokens)

    def question(self, question: str, *, tokens: bool = False) -> Embedded:
        return self._called("question", question, tokens)

    def close(self) -> None:
        """The worker may serve others: it is closed by whoever made it."""

    def _called(self, method: str, asked: Any, tokens: bool) -> Embedded:
        made: Embedded = self._worker.call(self._spec, method, asked, tokens=tokens)
        if made.vectors.shape[1] != self._info.dimension:
            update = {"dimension": int(made.vectors.shape[1])}
            self._info = self._info.model_copy(update=update)
        return made


@dataclass(frozen=True, slots=True)
class DatabaseSpec:
    """The LanceDB database in ``folder``."""

    folder: Path

    def open(self) -> Tables:
        from nanochat_learn.adapters.lance_tables import LanceTables

        return LanceTables(self.folder)


class ProcessTables:
    """``Tables`` that live in the worker."""

    def __init__(self, worker: Worker, folder: Path) -> None:
        self._worker = worker
        self._spec = DatabaseSpec(folder)

    def put(self, model_id: str, rows: Sequence[Row]) -> None:
        self._worker.call(self._spec, "put", model_id, list(rows))

    def drop(self, model_id: str, ids: Sequence[NodeId]) -> None:
        self._worker.call(self._spec, "drop", model_id, list(ids))

    def matrix(self, model_id: str) -> Matrix:
        if not self._spec.folder.is_dir():  # nothing to read is no reason to start a process
            import numpy as np

            return Matrix([], [], np.zeros((0, 0), np.float32))
        made: Matrix = self._worker.call(self._spec, "matrix", model_id)
        return made

    def tokens(self, model_id: str, ids: Sequence[NodeId]) -> Mapping[NodeId, NDArray[np.int8]]:
        made: Mapping[NodeId, NDArray[np.int8]] = self._worker.call(
            self._spec, "tokens", model_id, list(ids)
        )
        return made

    def tidy(self, model_id: str) -> None:
        self._worker.call(self._spec, "tidy", model_id)

    def close(self) -> None:
        """The worker may serve others: it is closed by whoever made it."""
