"""Vectors on disk: one LanceDB table for each model, with the columns the user asked for.

``id text vector type label source library file_path docstring``, and for us ``owner``,
``text_hash``, ``model_id``. Token vectors stand in a table beside it. Search is flat and in
memory (``PassageStore``): an approximate index is slower and coarser below 100,000 rows. Importing
LanceDB takes more than a second, so the server lets its worker do all of this.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import re
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from nanochat_learn.adapters.tables import Matrix, Row
from nanochat_learn.errors import CannotWrite
from nanochat_learn.schema.base import NodeId

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

R = TypeVar("R")

_LAYOUT: Final = "1"
"""Part of every table's name: a table of another layout is never opened, and pruned."""
_log = logging.getLogger("nanochat_learn")


class LanceTables:
    """``folder`` is the database. What cannot be read counts as empty; a writer makes it anew."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: Any = None

    def put(self, model_id: str, rows: Sequence[Row]) -> None:
        if not rows:
            return
        nodes, tokens = _node_rows(model_id, rows), _token_rows(rows)
        self._write(table_name(model_id), nodes)
        if tokens.num_rows:
            self._write(table_name(model_id, "tokens"), tokens)

    def drop(self, model_id: str, ids: Sequence[NodeId]) -> None:
        for name in (table_name(model_id), table_name(model_id, "tokens")):
            table = self._table(name)
            for start in range(0, len(ids) if table is not None else 0, 500):
                quoted = _quoted(ids[start : start + 500])
                self._told(lambda t=table, q=quoted: t.delete(f"id IN ({q})"))  # type: ignore[misc]

    def matrix(self, model_id: str) -> Matrix:
        import numpy as np

        read = self._read(table_name(model_id), ["id", "text_hash", "vector"])
        if read is None or not read.num_rows:
            return Matrix([], [], np.zeros((0, 0), np.float32))
        flat = read.column("vector").combine_chunks().flatten().to_numpy(zero_copy_only=False)
        vectors = np.asarray(flat, np.float32).reshape(read.num_rows, -1)
        ids = [NodeId(one) for one in read.column("id").to_pylist()]
        last = {node: at for at, node in enumerate(ids)}  # two writers may leave an id twice
        keep = sorted(last.values())
        hashes = read.column("text_hash").to_pylist()
        return Matrix([ids[at] for at in keep], [hashes[at] for at in keep], vectors[keep])

    def tokens(self, model_id: str, ids: Sequence[NodeId]) -> Mapping[NodeId, NDArray[np.int8]]:
        import numpy as np

        if not ids:
            return {}
        where = f"id IN ({_quoted(ids)})"
        read = self._read(table_name(model_id, "tokens"), ["id", "count", "tokens"], where)
        if read is None:
            return {}
        columns = (read.column(name).to_pylist() for name in ("id", "count", "tokens"))
        return {
            NodeId(node): np.frombuffer(packed, np.int8).reshape(count, -1)
            for node, count, packed in zip(*columns, strict=True)
        }

    def tidy(self, model_id: str) -> None:
        mine = {table_name(model_id), table_name(model_id, "tokens")}
        for name in mine:
            table = self._table(name)
            if table is not None:
                self._told(lambda t=table: t.optimize(cleanup_older_than=timedelta(0)))  # type: ignore[misc]
        for name in self._names() - mine:
            self._forget(name)

    def close(self) -> None:
        self._open = None

    # --- inside

    def _database(self) -> Any:
        import lancedb

        if self._open is None or not self._folder.is_dir():
            with _as_sentence():
                self._folder.mkdir(parents=True, exist_ok=True)
                # 0: look at the disk each time, so that what another process wrote is seen
                self._open = lancedb.connect(
                    self._folder, read_consistency_interval=timedelta(seconds=0)
                )
        return self._open

    def _names(self) -> set[str]:
        """Read from the folder: the list of LanceDB comes in pages."""
        return {found.name.removesuffix(".lance") for found in self._folder.glob("*.lance")}

    def _table(self, name: str) -> Any:
        if not (self._folder / f"{name}.lance").is_dir():
            return None
        try:
            return self._database().open_table(name)
        except Exception as error:
            _log.info("nanochat-learn: the table %s cannot be opened: %s", name, error)
            return None

    def _read(self, name: str, columns: list[str], where: str | None = None) -> pa.Table | None:
        """None for what is not there or cannot be read; only a writer, who holds the lock, deletes.

        A reader may meet a version that a writer prunes under its hands: then it looks again.
        """
        for _ in range(2):
            table = self._table(name)
            if table is None:
                return None
            try:
                query = table.search().select(columns).limit(10_000_000)
                return query.where(where).to_arrow() if where else query.to_arrow()
            except Exception as error:
                _log.info("nanochat-learn: the table %s cannot be read: %s", name, error)
                self._open = None
        return None

    def _write(self, name: str, rows: pa.Table) -> None:
        """Upsert; a table that is damaged, or was deleted under our hands, is made anew."""
        for last in (False, True):
            table = self._table(name)
            try:
                if table is None:
                    self._forget(name)
                    self._database().create_table(name, rows, mode="overwrite")
                else:
                    merge = table.merge_insert("id").when_matched_update_all()
                    merge.when_not_matched_insert_all().execute(rows)
                return
            except Exception as error:
                if last or _is_refusal(error):
                    raise _refused(error) from error
                _log.warning("nanochat-learn: the table %s is made anew: %s", name, error)
                self._forget(name)

    def _told(self, work: Callable[[], object]) -> None:
        """Housekeeping: what fails is tried again by the next run; the rows are right anyway."""
        try:
            work()
        except Exception as error:
            _log.info("nanochat-learn: the vectors could not be tidied: %s", error)

    def _forget(self, name: str) -> None:
        self._open = None
        shutil.rmtree(self._folder / f"{name}.lance", ignore_errors=True)


def table_name(model_id: str, what: str = "nodes") -> str:
    """``nodes-all-minilm-l6-v2-1a2b3c4d``: legible, and never the same for two models."""
    plain = re.sub(r"[^a-z0-9]+", "-", model_id.lower()).strip("-")[:60]
    digest = hashlib.sha256(f"{_LAYOUT}/{model_id}".encode()).hexdigest()[:8]
    return f"{what}-{plain}-{digest}"


def _node_rows(model_id: str, rows: Sequence[Row]) -> pa.Table:
    import numpy as np
    import pyarrow as pa

    vectors = np.stack([row.vector for row in rows]).astype(np.float32)
    passages = [row.passage for row in rows]

    def text(values: Iterable[str | None]) -> pa.Array:
        return pa.array(list(values), pa.string())

    return pa.table(
        {
            "id": text(p.id for p in passages),
            "text": text(p.text for p in passages),
            "vector": pa.FixedSizeListArray.from_arrays(
                pa.array(vectors.ravel(), pa.float32()), vectors.shape[1]
            ),
            "type": text(p.type for p in passages),
            "label": text(p.label for p in passages),
            "source": text(p.source for p in passages),
            "library": text(p.library for p in passages),
            "file_path": text(p.file_path for p in passages),
            "docstring": text(p.docstring for p in passages),
            "owner": text(row.owner for row in rows),
            "text_hash": text(row.text_hash for row in rows),
            "model_id": text(model_id for _ in rows),
        }
    )


def _token_rows(rows: Sequence[Row]) -> pa.Table:
    import pyarrow as pa

    kept = [(row.passage.id, row.tokens) for row in rows if row.tokens is not None]
    return pa.table(
        {
            "id": pa.array([node for node, _ in kept], pa.string()),
            "count": pa.array([len(tokens) for _, tokens in kept], pa.int32()),
            "tokens": pa.array([tokens.tobytes() for _, tokens in kept], pa.binary()),
        }
    )


def _quoted(ids: Iterable[str]) -> str:
    return ", ".join("'" + node.replace("'", "''") + "'" for node in ids)


def _is_refusal(error: Exception) -> bool:
    """The disk or the folder says no; making the table anew would not help."""
    if isinstance(error, OSError) and error.errno is not None:
        return True
    words = str(error).lower()
    return any(sign in words for sign in ("no space", "permission denied", "read-only", "os error"))


def _refused(error: Exception) -> CannotWrite:
    why = str(error).strip().splitlines()[0][:200] if str(error).strip() else type(error).__name__
    return CannotWrite(
        f"The vectors cannot be kept: {why}.",
        "Check that the folder is yours and that the disk is not full.",
    )


@contextlib.contextmanager
def _as_sentence() -> Any:
    try:
        yield
    except Exception as error:
        raise _refused(error) from error
