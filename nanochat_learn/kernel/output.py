"""A trace as the last value of a notebook cell: our MIME type, a picture, a few words.

With the extension, JupyterLab draws the first; everybody else (nbconvert, GitHub, a terminal) has
the static picture or the text. All three say only what is in the folder.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nanochat_learn.errors import BadInput, LearnError
from nanochat_learn.places import find_workspace
from nanochat_learn.schema.trace import (
    TRACE_FORMAT,
    TRACE_MIME,
    TraceLines,
    TraceOutput,
    TraceSummary,
)
from nanochat_learn.traces import TraceReader, to_json, to_npz
from nanochat_learn.traces.picture import draw
from nanochat_learn.traces.summary import summary
from nanochat_learn.traces.words import in_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_INLINE = 256_000


class TraceView:
    """Reading and showing a trace; ``open_trace(path)`` gives one of an earlier run."""

    def __init__(self, folder: str | os.PathLike[str] | None = None) -> None:
        self._folder = Path(folder) if folder is not None else None
        self._reader: TraceReader | None = None

    @property
    def folder(self) -> Path:
        if self._folder is None:
            raise BadInput(
                "This trace has not begun yet.", "Use it as `with TraceContext(model) as trace:`."
            )
        return self._folder

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def reader(self) -> TraceReader:
        """The folder, with every step up to now."""
        self.flush()
        if self._reader is None:
            self._reader = TraceReader(self.folder)
        else:
            self._reader.refresh()
        return self._reader

    def flush(self) -> None:
        """Nothing waits in memory when the trace has ended."""

    def __getitem__(self, name: str) -> NDArray[Any]:
        """The numbers of a tensor in the last step: ``trace["blocks.0.attn.pattern"]``."""
        return self.get(name)

    def get(self, name: str, step: int = -1) -> NDArray[Any]:
        """The numbers of a tensor in a step; negative steps count from the end. Raises
        ``NotFound``, ``CannotRead``."""
        return self.reader.array(step, name)

    @property
    def names(self) -> list[str]:
        return self.reader.names()

    def summary(self) -> TraceSummary:
        return summary(self.reader)

    def to_json(self, names: str = "*") -> str:
        return to_json(self.reader, names)

    def to_npz(self, target: str | os.PathLike[str], names: str = "*") -> int:
        """Write the numbers for ``numpy.load``; how many arrays."""
        return to_npz(self.reader, Path(target), names)

    def __repr__(self) -> str:
        if self._folder is None:
            return f"<{type(self).__name__}: not begun>"
        try:
            return in_words(self.summary())
        except LearnError as error:
            return str(error)

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """(what to show by MIME type, words for those who do not see the picture)."""
        if self._folder is None:
            return {"text/plain": repr(self)}, {}
        try:
            reader = self.reader
            told = summary(reader)
            words = in_words(told)
            shown = {
                TRACE_MIME: _inline(reader, told).model_dump(mode="json"),
                "image/svg+xml": draw(reader),
                "text/plain": words,
            }
            return shown, {"image/svg+xml": {"alt": words.splitlines()[0]}}
        except LearnError as error:
            return {"text/plain": str(error)}, {}


def open_trace(path: str | os.PathLike[str]) -> TraceView:
    """A trace of an earlier run, by its folder or by its name in the workspace."""
    from nanochat_learn.kernel.trace import default_folder

    folder = Path(path)
    view = TraceView(folder if folder.is_dir() else default_folder() / folder)
    view.reader  # noqa: B018 (complains at once when there is none)
    return view


def _inline(reader: TraceReader, told: TraceSummary) -> TraceOutput:
    """As much as fits: a notebook is not the place for megabytes."""
    lines: TraceLines | None = None
    lines = reader.lines()
    for fewer in (
        {},
        {"lines": None},
        {"lines": None, "summary": told.model_copy(update={"texts": (), "tensors": ()})},
    ):
        output = TraceOutput(
            format=TRACE_FORMAT,
            name=reader.manifest.name,
            path=_in_workspace(reader.folder),
            **{"summary": told, "lines": lines, **fewer},
        )
        if len(output.model_dump_json()) <= MOST_INLINE:
            break
    return output


def _in_workspace(folder: Path) -> str | None:
    workspace = find_workspace(folder)
    if workspace is None:
        return None
    return folder.resolve().relative_to(workspace.root).as_posix()
