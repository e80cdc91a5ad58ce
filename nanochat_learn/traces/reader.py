"""Reads a trace folder, also one that is still growing, broken off or damaged.

Nothing is believed before it is checked: a line that is no step, a place outside its file, a
format of another version end as a sentence (``CannotRead``), never as a crash or as wrong numbers.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from nanochat_learn.errors import CannotRead, NotFound
from nanochat_learn.schema.trace import (
    TRACE_FORMAT,
    TensorRecord,
    TraceLines,
    TraceManifest,
    TracePoint,
    TraceStep,
    TrainingRecord,
)
from nanochat_learn.traces.chunks import NUMPY, SIZES, Entry, read_header
from nanochat_learn.traces.names import find
from nanochat_learn.traces.writer import LINES, MANIFEST, STEPS, TRAINING, chunk_name

if TYPE_CHECKING:
    from numpy.typing import NDArray

Model = TypeVar("Model", bound=BaseModel)
LONGEST_TEXT = 256 << 20
"""No file of lines is read that is larger than this."""


@dataclass(frozen=True, slots=True)
class ByteRange:
    """Where the numbers of a tensor lie; checked against the file."""

    file: Path
    start: int
    end: int
    dtype: str
    shape: tuple[int, ...]


class TraceReader:
    """A folder that holds a trace. Raises ``NotFound`` where there is none.

    ``refresh`` looks for steps that came since; the rest of the folder never changes.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = _manifest(folder)
        self.damaged: list[str] = []
        """Sentences about lines that could not be read."""
        self._steps: list[TraceStep] = []
        self._by_number: dict[int, TraceStep] = {}
        self._read_to = 0
        self._records: list[TrainingRecord] = []
        self._records_to = 0
        self._headers: dict[int, dict[str, Entry]] = {}
        self.refresh()

    def refresh(self) -> int:
        """Read what was appended since; the number of steps there are now."""
        if self.manifest.state == "growing":
            self.manifest = _manifest(self.folder)
        lines, self._read_to = _whole_lines(self.folder / STEPS, self._read_to)
        for line in lines:
            step = _checked(TraceStep, line)
            if step is None:
                self.damaged.append(
                    f"A line after step {len(self._steps)} of {STEPS} cannot be read."
                )
            elif step.step not in self._by_number:
                self._by_number[step.step] = step
                self._steps.append(step)
        return len(self._steps)

    @property
    def steps(self) -> tuple[TraceStep, ...]:
        """All steps that were recorded, in order. Numbers may be missing (``every``)."""
        return tuple(self._steps)

    def step(self, number: int) -> TraceStep:
        """By its number; negative ones count recorded steps from the end."""
        if number < 0 and -number <= len(self._steps):
            return self._steps[number]
        found = self._by_number.get(number)
        if found is None:
            raise NotFound(
                f"The trace {self.folder.name} has no step {number}.",
                f"It has recorded {len(self._steps)} steps"
                + (f", the last is {self._steps[-1].step}." if self._steps else "."),
            )
        return found

    def names(self) -> list[str]:
        """Of all tensors of all steps, in order of appearance."""
        return list(dict.fromkeys(r.name for step in self._steps for r in step.tensors))

    def point(self, name: str) -> TracePoint | None:
        return next((point for point in self.manifest.points if point.name == name), None)

    def record(self, step: int, name: str) -> TensorRecord:
        """What is known of a tensor; ``name`` may be an alias, or an ending that fits one."""
        tensors = {record.name: record for record in self.step(step).tensors}
        return tensors[find(name, tensors)]

    def place(self, step: int, name: str) -> ByteRange:
        """Where the numbers lie. Raises ``NotFound`` when none were kept."""
        record = self.record(step, name)
        number = self.step(step).chunk
        if number is None or record.kept not in ("values", "top_k"):
            why = (
                "the budget was spent, see `dropped` in the manifest"
                if record.kept == "dropped"
                else "only statistics were asked for"
            )
            raise NotFound(
                f"The numbers of `{record.name}` in step {step} were not kept: {why}.",
                "Trace again with a larger budget or fewer names.",
            )
        file = self.folder / chunk_name(number)
        if number not in self._headers:
            self._headers[number] = read_header(file)
        entry = self._headers[number].get(record.key or record.name)
        size = SIZES[record.dtype]
        count = prod(record.shape)
        start = (entry.start if entry else 0) + record.start * size
        # The line and the chunk were written one after the other: they may contradict.
        if (
            entry is None
            or entry.dtype != record.dtype
            or min(record.shape, default=0) < 0
            or record.start < 0
            or start + count * size > entry.end
        ):
            raise CannotRead(
                f"Step {step} of {self.folder.name} says that `{record.name}` lies where "
                f"{file.name} has no such numbers.",
                "The trace is damaged here; other steps can still be read.",
            )
        return ByteRange(file, start, start + count * size, record.dtype, record.shape)

    def bytes_of(self, place: ByteRange) -> bytes:
        """The raw numbers, little-endian, C order."""
        try:
            with place.file.open("rb") as file:
                file.seek(place.start)
                data = file.read(place.end - place.start)
        except OSError as error:
            raise CannotRead(
                f"{place.file.name} cannot be read: {error.strerror or error}.",
                "Check its permissions.",
            ) from error
        if len(data) != place.end - place.start:
            raise CannotRead(f"{place.file.name} has been cut short.", "Trace again.")
        return data

    def array(self, step: int, name: str) -> NDArray[Any]:
        """The numbers of one tensor, as they are stored (float16 unless asked otherwise).

        An attention pattern that was not recorded is worked out from its queries and keys.
        """
        import numpy as np

        from nanochat_learn.traces.derived import pattern_of

        number = self.step(step).step
        try:
            place = self.place(number, name)
        except NotFound:
            worked_out = pattern_of(self, number, name)
            if worked_out is None:
                raise
            return worked_out
        data = self.bytes_of(place)
        return np.frombuffer(bytearray(data), dtype=NUMPY[place.dtype]).reshape(place.shape)  # type: ignore[index]

    def lines(self) -> TraceLines | None:
        """Shapes on the line, or None where they were not asked for."""
        file = self.folder / LINES
        if not file.exists():
            return None
        found = _checked(TraceLines, _text(file))
        if found is None:
            raise CannotRead(f"{LINES} of {self.folder.name} is damaged.", "Trace again.")
        return found

    def training(self) -> tuple[TrainingRecord, ...]:
        """Steps of a training so far; each line of the file is read once."""
        lines, self._records_to = _whole_lines(self.folder / TRAINING, self._records_to)
        for line in lines:
            record = _checked(TrainingRecord, line)
            if record is None:
                self.damaged.append(
                    f"A line after record {len(self._records)} of {TRAINING} cannot be read."
                )
            else:
                self._records.append(record)
        return tuple(self._records)


def _manifest(folder: Path) -> TraceManifest:
    file = folder / MANIFEST
    if not file.is_file():
        raise NotFound(
            f"There is no trace in {folder.name}.", f"A trace is a folder that holds {MANIFEST}."
        )
    text = _text(file)
    found = _checked(TraceManifest, text)
    if found is not None:
        return found
    try:
        written = json.loads(text).get("format")
    except (ValueError, AttributeError, RecursionError):
        written = None
    if isinstance(written, str) and written != TRACE_FORMAT:
        raise CannotRead(
            f"The trace {folder.name} has the format {written[:60]!r}, not {TRACE_FORMAT!r}.",
            "Upgrade nanochat-learn, or trace again.",
        )
    raise CannotRead(f"{MANIFEST} of the trace {folder.name} is damaged.", "Trace again.")


def _text(file: Path) -> bytes:
    try:
        if file.stat().st_size > LONGEST_TEXT:
            raise CannotRead(f"{file.name} is larger than a trace can be.", "Trace again.")
        return file.read_bytes()
    except OSError as error:
        raise CannotRead(
            f"{file.name} cannot be read: {error.strerror or error}.", "Check its permissions."
        ) from error


def _whole_lines(file: Path, start: int) -> tuple[list[bytes], int]:
    """Lines from a place on that have ended, and where the next one begins: half a line is
    somebody still writing, or a crash."""
    try:
        with file.open("rb") as opened:
            opened.seek(start)
            data = opened.read(LONGEST_TEXT)
    except FileNotFoundError:
        return [], start
    except OSError as error:
        raise CannotRead(
            f"{file.name} cannot be read: {error.strerror or error}.", "Check its permissions."
        ) from error
    whole, newline, _ = data.rpartition(b"\n")
    return (whole.split(b"\n"), start + len(whole) + 1) if newline else ([], start)


def _checked(kind: type[Model], text: bytes) -> Model | None:
    try:
        return kind.model_validate_json(text)
    except ValidationError:
        return None
