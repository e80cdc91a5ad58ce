"""Traces for a browser: by name only, page by page, a tensor at a time.

``tracing.py`` also takes paths, for a person at a terminal. What comes over a wire comes here.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nanochat_learn.errors import BadInput, CannotRead, CannotWrite, NotFound
from nanochat_learn.places import Workspace
from nanochat_learn.schema.trace import (
    TraceDifference,
    TraceList,
    TracePage,
    TrainingControl,
    TrainingPage,
)
from nanochat_learn.traces import TRACES, TraceReader, difference, summaries
from nanochat_learn.traces.catalog import open_trace
from nanochat_learn.traces.derived import pattern_of
from nanochat_learn.traces.training import ask, asked
from nanochat_learn.traces.writer import LINES, MANIFEST, NAME, STEPS, TRAINING

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

PAGE = 256
"""Steps in one answer."""
RECORDS = 2_000
"""Records of a training in one answer."""
FILES = (STEPS, LINES, TRAINING, "control.json", "chunk-*.safetensors", ".*.part", MANIFEST)
"""What a trace consists of; the manifest last, so that a removal that fails can be repeated."""
MOST_OPEN = 4


@dataclass(frozen=True, slots=True)
class Numbers:
    """Raw numbers of a tensor, little-endian, C order; ``shape`` is that of the whole tensor."""

    data: bytes
    dtype: str
    shape: tuple[int, ...]
    computed: bool


def trace_list(workspace: Workspace) -> TraceList:
    found, unreadable = summaries(workspace.root)
    return TraceList(traces=tuple(found), unreadable=tuple(unreadable))


def trace_page(workspace: Workspace, name: str, first: int = 0) -> TracePage:
    """At most ``PAGE`` steps, beginning with recorded step number ``first`` (counted from 0)."""
    with _readers.use(workspace.root, name) as reader:
        total = len(reader.steps)
        damaged = list(reader.damaged)
        lines = None
        if first == 0:
            try:
                lines = reader.lines()
            except CannotRead as error:  # the steps are worth reading without it
                damaged.append(str(error))
        return TracePage(
            manifest=reader.manifest,
            first=first,
            total=total,
            steps=reader.steps[first : first + PAGE],
            lines=lines,
            damaged=tuple(damaged),
        )


def training_page(
    workspace: Workspace, name: str, first: int = 0, parts: bool = False
) -> TrainingPage:
    """At most ``RECORDS`` records, beginning with number ``first`` (counted from 0).

    With ``parts``, only that one record, with the sizes of every matrix.
    """
    with _readers.use(workspace.root, name) as reader:
        _check_training(reader, name)
        records = reader.training()
        wanted = records[first : first + (1 if parts else RECORDS)]
        return TrainingPage(
            manifest=reader.manifest,
            first=first,
            total=len(records),
            paused=asked(reader.folder).paused,
            records=wanted
            if parts
            else tuple(record.model_copy(update={"parts": ()}) for record in wanted),
            damaged=tuple(reader.damaged),
        )


def pause_training(workspace: Workspace, name: str, paused: bool) -> TrainingControl:
    """Ask a training to wait before its next step, or to go on. One that has ended refuses."""
    with _readers.use(workspace.root, name) as reader:
        _check_training(reader, name)
        if reader.manifest.state != "growing":
            raise BadInput(f"The training {name} has ended.", "Run its cell again to train anew.")
        return ask(reader.folder, paused=paused)


def _check_training(reader: TraceReader, name: str) -> None:
    if reader.manifest.kind != "training":
        raise BadInput(f"The trace {name} is no training.", "Open it as a trace.")


def numbers(
    workspace: Workspace,
    name: str,
    step: int,
    tensor: str,
    start: int = 0,
    end: int | None = None,
) -> Numbers:
    """The bytes ``start`` to ``end`` of a tensor, by default all of them.

    An attention pattern that was not recorded is worked out, in float32. Raises ``NotFound``,
    ``CannotRead``; ``BadInput`` for a place outside the tensor.
    """
    with _readers.use(workspace.root, name) as reader:
        if step < 0:
            raise BadInput(f"There is no step {step}.", "Steps count from 0.")
        try:
            place = reader.place(step, tensor)
        except NotFound:
            worked_out = _pattern(reader, step, tensor)
            if worked_out is None:
                raise
            data = worked_out.astype("<f4").tobytes()
            first, last = _within(start, end, len(data))
            return Numbers(data[first:last], "F32", tuple(worked_out.shape), computed=True)
        first, last = _within(start, end, place.end - place.start)
        part = type(place)(
            place.file, place.start + first, place.start + last, place.dtype, place.shape
        )
        return Numbers(reader.bytes_of(part), place.dtype, place.shape, computed=False)


def difference_of(workspace: Workspace, one: str, other: str) -> TraceDifference:
    return difference(open_trace(workspace.root, one), open_trace(workspace.root, other))


def remove_trace(workspace: Workspace, name: str) -> None:
    """Remove the files of a trace, readable or not; what else lies in its folder stays."""
    folder = workspace.root / TRACES / name
    if not NAME.fullmatch(name) or folder.is_symlink() or not (folder / MANIFEST).is_file():
        raise NotFound(f"There is no trace {name[:80]!r}.", "It may have been removed already.")
    _readers.forget(folder)
    try:
        for pattern in FILES:
            for file in folder.glob(pattern):
                file.unlink(missing_ok=True)
        if not any(folder.iterdir()):
            folder.rmdir()
    except OSError as error:
        raise CannotWrite(
            f"The trace {name} cannot be removed: {error.strerror or error}.",
            "Check that its folder is yours.",
        ) from error


def _pattern(reader: TraceReader, step: int, tensor: str) -> NDArray[Any] | None:
    try:
        return pattern_of(reader, step, tensor)
    except (LookupError, TypeError, ValueError) as error:
        raise CannotRead(
            f"`{tensor[:80]}` cannot be worked out: the trace does not say how its model attends.",
            "Trace again, with the pattern among the names.",
        ) from error


def _within(start: int, end: int | None, size: int) -> tuple[int, int]:
    last = size if end is None else end
    if not 0 <= start <= last <= size:
        raise BadInput(
            f"Bytes {start} to {last} do not lie in this tensor, which has {size}.",
            "Ask for a place inside it.",
        )
    return start, last


class _Use:
    """A reader for one thread at a time."""

    def __init__(self, reader: TraceReader, lock: threading.Lock) -> None:
        self._reader, self._lock = reader, lock

    def __enter__(self) -> TraceReader:
        self._lock.acquire()
        try:
            self._reader.refresh()
        except BaseException:
            self._lock.release()
            raise
        return self._reader

    def __exit__(self, *_: object) -> None:
        self._lock.release()


class _Readers:
    """The last few traces stay open: a browser that scrubs asks for one tensor after the other,
    and the lines of thousands of steps are not read anew for each."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: OrderedDict[Path, tuple[tuple[int, int], TraceReader, threading.Lock]]
        self._open = OrderedDict()

    def use(self, root: Path, name: str) -> _Use:
        folder = root / TRACES / name
        mark = _mark(folder) if NAME.fullmatch(name) else (0, 0)
        with self._lock:
            known = self._open.get(folder)
            if known is not None and known[0] == mark:
                self._open.move_to_end(folder)
                return _Use(known[1], known[2])
        reader, lock = open_trace(root, name), threading.Lock()
        with self._lock:
            self._open[folder] = (mark, reader, lock)
            while len(self._open) > MOST_OPEN:
                self._open.popitem(last=False)
        return _Use(reader, lock)

    def forget(self, folder: Path) -> None:
        with self._lock:
            self._open.pop(folder, None)


def _mark(folder: Path) -> tuple[int, int]:
    """Another one after the manifest was written anew, or the trace replaced by another."""
    try:
        found = (folder / MANIFEST).stat()
    except OSError:
        return (0, 0)
    return (found.st_ino, found.st_mtime_ns)


_readers = _Readers()
