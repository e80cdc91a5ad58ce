"""The ``Store``: passages in a ``PassagesFile``, vectors in ``Tables``, joined by text hash.

The hash is what keeps the two honest: a vector counts only as long as the text it was made from
is the text of its passage. So ``sync`` never waits for a model, and a crash between the two
leaves vectors that are missing, never wrong ones.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from nanochat_learn.adapters.passages_file import PassagesFile
from nanochat_learn.adapters.tables import MemoryTables, Row, Tables
from nanochat_learn.durable import locked
from nanochat_learn.errors import CannotWrite, Stopped
from nanochat_learn.ports import Embedder, Passage, Progress, Synced
from nanochat_learn.schema.base import NodeId

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BATCH: Final = 8
"""Passages embedded at a time: what a stop or a crash can lose, and what a question waits for."""
TIDY_AFTER: Final = 8
"""Runs of one batch before the tables are tidied: an edit should be found at once, and each leaves
but one version behind."""
TOKENS_UP_TO: Final = 5_000
"""Above so many passages no token vectors are kept: 64 of 384 bytes each are 120 MB by then."""


class PassageStore:
    """Thread-safe. ``lock`` is the file that the one embedding run holds; None in memory."""

    def __init__(self, file: PassagesFile, tables: Tables, lock: Path | None = None) -> None:
        self._file = file
        self._tables = tables
        self._lock = lock
        self._turn = threading.RLock()
        self._small_runs = 0
        self._kept: tuple[object, tuple[list[NodeId], NDArray[np.float32]]] | None = None

    def sync(self, owner: str, passages: Sequence[Passage], stamp: str = "") -> Synced:
        return self._file.sync(owner, passages, stamp)

    def stamp(self, owner: str) -> str | None:
        """What the last ``sync`` of this owner was told, None when it must come again."""
        return self._file.stamp(owner)

    def embed(
        self,
        embedder: Embedder,
        *,
        tokens: bool,
        on_progress: Progress | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> Synced:
        with self._writing():
            return self._embed(embedder, tokens, on_progress, should_stop)

    def passages(self) -> Sequence[Passage]:
        return self._file.passages()

    def missing(self, model_id: str) -> int:
        return len(self._file.passages()) - len(self.vectors(model_id)[0])

    def vectors(self, model_id: str) -> tuple[Sequence[NodeId], NDArray[np.float32]]:
        with self._turn:
            now = (model_id, self._file.generation())
            if self._kept is None or self._kept[0] != now:
                ids, hashes, vectors = self._tables.matrix(model_id)
                wanted = self._file.hashes()
                good = [at for at, node in enumerate(ids) if wanted.get(node) == hashes[at]]
                self._kept = now, ([ids[at] for at in good], vectors[good])
            return self._kept[1]

    def tokens(self, model_id: str, ids: Sequence[NodeId]) -> Mapping[NodeId, NDArray[np.float32]]:
        import numpy as np

        found = self._tables.tokens(model_id, ids)
        return {node: _unit(rough.astype(np.float32)) for node, rough in found.items()}

    def close(self) -> None:
        self._file.close()
        self._tables.close()

    # --- inside

    def _embed(
        self,
        embedder: Embedder,
        tokens: bool,
        on_progress: Progress | None,
        should_stop: Callable[[], bool] | None,
    ) -> Synced:
        model_id = embedder.info.model_id
        passages, wanted = self._file.passages(), self._file.hashes()
        ids, hashes, _ = self._tables.matrix(model_id)
        have = dict(zip(ids, hashes, strict=True))
        gone = [node for node in have if node not in wanted]
        if gone:
            self._tables.drop(model_id, gone)
        # the longest last: a batch is padded to its longest, and short ones show progress early
        todo = sorted(
            (p for p in passages if have.get(p.id) != wanted[p.id]), key=lambda p: len(p.text)
        )
        # but a middling batch first: what it takes tells how long the rest will
        middle = len(todo) // 2 // BATCH * BATCH
        todo = [*todo[middle : middle + BATCH], *todo[:middle], *todo[middle + BATCH :]]
        tokens = tokens and len(passages) <= TOKENS_UP_TO
        owners = self._file.owners() if todo else {}
        done = len(passages) - len(todo)
        for start in range(0, len(todo), BATCH):
            if should_stop is not None and should_stop():
                self._file.touch()
                raise Stopped("Stopped. What was done so far is kept.", "Go on whenever you like.")
            batch = todo[start : start + BATCH]
            made = embedder.texts([p.text for p in batch], tokens=tokens)
            self._tables.put(
                model_id,
                [
                    Row(
                        p,
                        wanted[p.id],
                        owners.get(p.id, ""),
                        made.vectors[at],
                        _bytes(made.tokens, at),
                    )
                    for at, p in enumerate(batch)
                ],
            )
            if on_progress is not None:
                on_progress(done + start + len(batch), len(passages), batch[-1].label)
        self._file.touch()  # first: whoever waits for the vectors need not wait for tidiness
        if todo or gone:
            self._small_runs += 1
        if len(todo) > BATCH or self._small_runs >= TIDY_AFTER:
            self._small_runs = 0
            self._tables.tidy(model_id)
        return Synced(len(todo), done, len(gone))

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        if self._lock is None:
            with self._turn:
                yield
            return
        try:
            self._lock.parent.mkdir(parents=True, exist_ok=True)
            with locked(self._lock, wait=False):
                yield
        except OSError as error:
            raise CannotWrite(
                f"The vectors cannot be kept: {error.strerror or error}.",
                "Check that the folder is yours and that the disk is not full.",
            ) from error


class MemoryStore(PassageStore):
    """A whole ``Store`` that leaves nothing behind."""

    def __init__(self) -> None:
        super().__init__(PassagesFile(None), MemoryTables())


def _bytes(tokens: Sequence[NDArray[np.float32]] | None, at: int) -> NDArray[np.int8] | None:
    """(t, d) as int8, each row scaled by its own largest entry: only its direction counts."""
    if tokens is None:
        return None
    import numpy as np

    rows = tokens[at][:64]
    largest = np.maximum(np.abs(rows).max(axis=1, keepdims=True), 1e-12)
    rough: NDArray[np.int8] = np.round(rows / largest * 127).astype(np.int8)
    return rough


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    import numpy as np

    length = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: NDArray[np.float32] = rows / np.maximum(length, 1e-12)
    return unit
