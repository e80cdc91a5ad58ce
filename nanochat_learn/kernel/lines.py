"""Shapes on the line: which functions of the traced package ran, and what their lines assigned.

A value is read when its line has finished. How code is followed is in ``following.py``; here is
what is kept of it: for each line the last shape and range, and the shapes it has had.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack
from types import CodeType, FrameType

from nanochat_learn.errors import Busy
from nanochat_learn.kernel.cells import cell_of, fnv1a, is_cell
from nanochat_learn.kernel.figures import Figures, readable
from nanochat_learn.kernel.following import Pause, debugger, follow, room
from nanochat_learn.kernel.points import Package, node_id
from nanochat_learn.kernel.statements import Statement, beginning, source_text, statements_of
from nanochat_learn.schema.base import NodeId
from nanochat_learn.schema.trace import FunctionRecord, LineRecord, TracedSource, TraceLines

LONGEST_LINE = 200


class Source:
    """A file or a cell, and what ran of it."""

    def __init__(self, file: str, file_path: str, text: str) -> None:
        self.file, self.file_path, self.text = file, file_path, text
        self.statements = statements_of(text)
        self.hits: dict[int, int] = {}
        self.values: dict[int, dict[str, Figures]] = {}
        self.functions: list[Function] = []

    def finished(self, statement: Statement, frame: FrameType) -> None:
        """The statement has run: look at what it assigned."""
        line = statement.line
        self.hits[line] = self.hits.get(line, 0) + 1
        if not statement.names:
            return
        there = frame.f_locals
        for name in statement.names:
            value = there.get(name)
            if readable(value):
                here = self.values.setdefault(line, {})
                if name not in here:
                    here[name] = Figures(name)
                here[name].read(value)

    def result(self) -> TracedSource:
        cell = None if self.file_path else cell_of(self.file)
        text = cell.source.rstrip("\n") if cell else self.text  # the history drops line ends
        lines = text.splitlines()
        ran = [function for function in self.functions if function.calls]
        return TracedSource(
            file_path=self.file_path,
            cell=cell.id if cell else None,
            source_hash=fnv1a(text),
            functions=tuple(f.record() for f in sorted(ran, key=lambda f: f.line)),
            lines=tuple(
                LineRecord(
                    line=line,
                    text=lines[line - 1].strip()[:LONGEST_LINE] if line <= len(lines) else "",
                    hits=self.hits[line],
                    values=tuple(figures.result() for figures in values.values()),
                )
                for line, values in sorted(self.values.items())
            ),
        )


class Function:
    """A function that is followed."""

    def __init__(self, source: Source, code: CodeType) -> None:
        self.statements, self.finished = source.statements, source.finished
        self.begins, self.line = beginning(code), code.co_firstlineno
        self.calls = 0
        name = code.co_qualname.replace(".<locals>", "")
        self.id = node_id(source.file_path, code) if source.file_path else NodeId(name)

    def entered(self) -> None:
        self.calls += 1

    def record(self) -> FunctionRecord:
        return FunctionRecord(id=self.id, line=self.line, calls=self.calls)


class LineRecorder:
    """Records the functions of one package and of notebook cells, from ``attach`` until its stack
    is closed. Raises ``Busy`` when a debugger follows the lines of this kernel."""

    def __init__(self, package: Package) -> None:
        if debugger() or not room():
            raise Busy(
                "A debugger is following this kernel line by line, and only one can.",
                "Switch the debugger off (the bug symbol of the notebook), or trace without lines.",
            )
        self.package = package
        self.pause = Pause()
        self._sources: dict[str, Source] = {}

    def attach(self, stack: ExitStack, depth: int) -> None:
        """Follow from here on, also the function ``depth`` calls above."""
        self.pause = follow(stack, self._lookup, sys._getframe(depth))

    def result(self) -> TraceLines:
        """What ran, file by file."""
        ran = (source.result() for _, source in sorted(self._sources.items()))
        return TraceLines(sources=tuple(one for one in ran if one.functions or one.lines))

    def _lookup(self, code: CodeType) -> Function | None:
        file, name = code.co_filename, code.co_name
        file_path = self.package.file_path(file)
        cell = file_path is None and is_cell(file)
        whole_cell = cell and (name == "<module>" or name.startswith("<cell line"))
        if not (file_path or cell) or (name.startswith("<") and not whole_cell):
            return None
        if file not in self._sources:
            self._sources[file] = Source(file, file_path or "", source_text(code))
        function = Function(self._sources[file], code)
        if not whole_cell:
            self._sources[file].functions.append(function)
        return function
