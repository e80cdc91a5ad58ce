"""Writes a trace folder: steps are gathered, then closed together as one chunk.

At most one megabyte and one step wait in memory. What a crash cannot take: every chunk that was
closed and the lines of its steps.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nanochat_learn.durable import replace_file
from nanochat_learn.errors import BadInput, CannotWrite
from nanochat_learn.schema.base import TraceName
from nanochat_learn.schema.trace import (
    Dropped,
    TensorRecord,
    TraceLines,
    TraceManifest,
    TraceStep,
    TrainingRecord,
)
from nanochat_learn.traces.budget import fitting
from nanochat_learn.traces.chunks import stored_type, write_chunk

if TYPE_CHECKING:
    from numpy.typing import NDArray

MANIFEST, STEPS, LINES, TRAINING = "trace.json", "steps.jsonl", "lines.json", "training.jsonl"
CHUNK_BYTES, CHUNK_STEPS = 1_000_000, 64
MOST_TOKENS = 100_000
LINE_BYTES = 128
"""About what the line of a step takes for each of its tensors."""
NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,79}")


def chunk_name(number: int) -> str:
    return f"chunk-{number:06}.safetensors"


class TraceWriter:
    """One folder, from its creation to its end. Raises ``CannotWrite`` where the disk refuses;
    what was closed before stays readable."""

    def __init__(self, traces: Path, manifest: TraceManifest) -> None:
        self.folder = _new_folder(traces, manifest.name)
        self.manifest = manifest.model_copy(update={"name": TraceName(self.folder.name)})
        self.budget = manifest.selection.budget if manifest.selection else None
        self.steps = self.chunks = self.bytes = self.unrecorded = 0
        self._pieces: dict[str, list[NDArray[Any]]] = {}
        self._lengths: Counter[str] = Counter()  # elements, by key
        self._pending: list[str] = []
        self._pending_bytes = 0
        self._free: list[NDArray[Any]] = []
        self._dropped: dict[str, Dropped] = {}
        self._tokens: list[int] = []
        self._texts: list[str] = []
        self.describe()

    def add(self, step: TraceStep, arrays: Mapping[str, NDArray[Any]]) -> None:
        """A step with the numbers of those of its tensors that are kept.

        The arrays are C-ordered and belong to the writer until ``free`` gives them back.
        """
        records = [_placed(record, arrays.get(record.name)) for record in step.tensors]
        kept = set(arrays)
        if self.budget is not None:
            line = LINE_BYTES * (1 + len(records)) + _text_bytes(step)
            left = self.budget - self.bytes - self._pending_bytes - line
            if left < 0:
                self.unrecorded += 1
                return
            kept = fitting({name: array.nbytes for name, array in arrays.items()}, left)
        chosen = []
        for record in records:
            array = arrays.get(record.name)
            if array is not None and record.name not in kept:
                self._drop(record.name, array.nbytes)
                self._free.append(array)
                record = _without_numbers(record, "dropped")
            elif array is not None:
                record = self._gather(record, array)
            chosen.append(record)
        numbered = step.model_copy(update={"chunk": self.chunks if kept else None})
        text = _line(numbered, chosen)
        self._pending.append(text)
        self._pending_bytes += len(text)
        self._remember(step)
        if self._pending_bytes >= CHUNK_BYTES or len(self._pending) >= CHUNK_STEPS:
            self.close_chunk()

    def free(self) -> list[NDArray[Any]]:
        """Arrays that are on disk, or were dropped, since the last time: to be used again."""
        done, self._free = self._free, []
        return done

    def close_chunk(self) -> None:
        """Bring to disk what was gathered; the chunk first, then the lines that speak of it."""
        if not self._pending:
            return
        pieces, pending = self._pieces, self._pending
        self._pieces, self._pending, self._pending_bytes = {}, [], 0
        self._lengths.clear()
        self._free += [array for arrays in pieces.values() for array in arrays]
        if pieces:
            self.bytes += write_chunk(self.folder / chunk_name(self.chunks), pieces)
            self.chunks += 1
        self.bytes += self._append(STEPS, "".join(pending))
        self.steps += len(pending)

    def describe(self, **news: Any) -> None:
        """Write the manifest anew, with what became known since."""
        self.manifest = self.manifest.model_copy(
            update={
                "steps": self.steps,
                "chunks": self.chunks,
                "bytes": self.bytes,
                "unrecorded": self.unrecorded,
                "dropped": tuple(self._dropped.values()),
                "tokens": tuple(self._tokens),
                "texts": tuple(self._texts),
                **news,
            }
        )
        replace_file(self.folder / MANIFEST, self.manifest.model_dump_json(indent=1).encode())

    def write_lines(self, lines: TraceLines) -> None:
        replace_file(self.folder / LINES, lines.model_dump_json(exclude_defaults=True).encode())

    def add_training(self, record: TrainingRecord) -> None:
        """A step of a training; on its way to the disk when this returns."""
        self.steps += 1
        line = record.model_dump_json(exclude_defaults=True) + "\n"
        self.bytes += self._append(TRAINING, line)

    def finish(self, sentence: str = "", **news: Any) -> None:
        """Close everything. With a sentence, the trace is marked as broken off, and why."""
        self.close_chunk()
        state = "broken" if sentence else "complete"
        self.describe(state=state, sentence=sentence, **news)

    def _gather(self, record: TensorRecord, array: NDArray[Any]) -> TensorRecord:
        key = record.name
        if key in self._pieces and stored_type(self._pieces[key][0]) != record.dtype:
            key = f"{record.name}#{record.dtype}"
        start = self._lengths[key]
        self._pieces.setdefault(key, []).append(array)
        self._lengths[key] = start + array.size
        self._pending_bytes += array.nbytes
        if not start and key == record.name:
            return record
        return record.model_copy(update={"start": start, "key": "" if key == record.name else key})

    def _drop(self, name: str, size: int) -> None:
        before = self._dropped.get(name) or Dropped(name=name, steps=0, bytes=0)
        self._dropped[name] = Dropped(name=name, steps=before.steps + 1, bytes=before.bytes + size)

    def _remember(self, step: TraceStep) -> None:
        if step.tokens and len(self._tokens) < MOST_TOKENS:
            if step.position == 0:  # another text begins
                self._tokens, self._texts = [], []
            self._tokens += step.tokens[0]
            if step.texts:
                self._texts += step.texts[0]

    def _append(self, file: str, lines: str) -> int:
        data = lines.encode()
        try:
            with (self.folder / file).open("ab", buffering=0) as opened:
                view = memoryview(data)
                while len(view):
                    view = view[opened.write(view) :]
        except OSError as error:
            raise CannotWrite(
                f"{file} of the trace {self.folder.name} cannot be written: "
                f"{error.strerror or error}.",
                "Make room on the disk, or trace fewer names or a smaller budget.",
            ) from error
        return len(data)


def _new_folder(traces: Path, name: str) -> Path:
    """``name``, else ``name-2`` and so on: made here and now, so no two processes share one."""
    if not NAME.fullmatch(name):
        raise BadInput(
            f"A trace cannot be called {name!r}.",
            "Use up to 80 letters, digits, `-`, `_` and `.`, beginning with a letter or digit.",
        )
    try:
        traces.mkdir(parents=True, exist_ok=True)
        number = 1
        while True:
            folder = traces / (name if number == 1 else f"{name}-{number}")
            try:
                folder.mkdir()
            except FileExistsError:
                number += 1
                continue
            return folder
    except OSError as error:
        raise CannotWrite(
            f"The folder for traces cannot be written: {error.strerror or error}.",
            "Check that the folder is yours and that the disk is not full.",
        ) from error


def _placed(record: TensorRecord, array: NDArray[Any] | None) -> TensorRecord:
    if array is None:
        return _without_numbers(record, record.kept if record.kept != "values" else "statistics")
    if tuple(array.shape) == record.shape and stored_type(array) == record.dtype:
        return record
    return record.model_copy(update={"dtype": stored_type(array), "shape": tuple(array.shape)})


def _without_numbers(record: TensorRecord, kept: str) -> TensorRecord:
    return record if record.kept == kept else record.model_copy(update={"kept": kept})


def _text_bytes(step: TraceStep) -> int:
    ids = 7 * sum(map(len, step.tokens))
    return ids + sum(len(text.encode()) + 4 for row in step.texts for text in row)


def _line(step: TraceStep, records: list[TensorRecord]) -> str:
    """One line; what has its usual value is left out."""
    whole = step.model_copy(update={"tensors": tuple(records)})
    return whole.model_dump_json(exclude_defaults=True) + "\n"
