"""Which cells of a lesson ran, in which order, and which must run again. Pure: told of each run.

A cell is stale when a cell that it builds on ran after it, or never ran, or is stale itself. Cells
that the learner added are known by what they make, and are never blamed: they were meant.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from nanochat_learn.kernel.cell_names import Names, names_of

ALIKE = 0.6
"""A cell whose text is this much like one of the lesson's is that one, edited."""
_MOST_SIGNS = 40


class LessonCell(NamedTuple):
    number: int
    """Counts the code cells from 1, as JupyterLab numbers them after "Restart & Run All"."""
    id: str | None
    source: str


class _Run(NamedTuple):
    at: int
    names: Names
    whole: bool
    """False: it stopped with an error."""


class Order:
    """What ran in one kernel, of the cells of one lesson."""

    def __init__(self, cells: Iterable[LessonCell] = ()) -> None:
        self._cells: dict[int, LessonCell] = {}
        self._runs: dict[int, _Run] = {}
        self._maker: dict[str, int | None] = {}
        """Name → the cell that made it last; None for one that is not the lesson's."""
        self._clock = 0
        self.read(cells)

    def read(self, cells: Iterable[LessonCell]) -> None:
        """The lesson as it is saved now. What ran stays with the cell's id, else its number."""
        before = {cell.id: number for number, cell in self._cells.items() if cell.id}
        now = {cell.number: cell for cell in cells}
        moved = {before[cell.id]: cell.number for cell in now.values() if cell.id in before}
        if moved:
            self._runs = {moved[n]: run for n, run in self._runs.items() if n in moved}
            self._maker = {
                name: moved.get(n) if n is not None else None for name, n in self._maker.items()
            }
        self._cells = now

    def find(self, source: str, id: str | None = None) -> LessonCell | None:
        """The lesson's cell that this is: by id, by its text, or by a text much like it."""
        cells = self._cells.values()
        if id is not None:
            known = next((cell for cell in cells if cell.id == id), None)
            if known is not None:
                return known
        text = source.strip()
        exact = next((cell for cell in cells if cell.source.strip() == text), None)
        if exact is not None or id is not None or not text:
            return exact
        likeness = {cell: SequenceMatcher(None, cell.source.strip(), text) for cell in cells}
        near = [
            (match.ratio(), cell) for cell, match in likeness.items() if match.quick_ratio() > ALIKE
        ]
        best = max(near, default=None)
        return best[1] if best is not None and best[0] > ALIKE else None

    def ran(self, source: str, id: str | None = None, whole: bool = True) -> None:
        """A cell has run; ``whole`` is False when it stopped with an error."""
        self._clock += 1
        cell, names = self.find(source, id), names_of(source)
        if cell is not None:
            self._runs[cell.number] = _Run(self._clock, names, whole)
        if whole:
            self._maker |= dict.fromkeys(names.makes, cell.number if cell else None)

    def missing(self, source: str, id: str | None, present: Collection[str]) -> str:
        """A sentence when the cell needs a name that is not there and that another cell makes."""
        here = self.find(source, id)
        for name in names_of(source).needs:
            if name in present:
                continue
            made_in = self._made_in(name, here.number if here else None)
            if made_in is not None:
                return (
                    f"`{name}` does not exist yet: {_told(made_in)} makes it. "
                    f"Run {_short([made_in])}, then this cell again."
                )
        return ""

    def trouble(self, source: str, id: str | None = None) -> str:
        """A sentence when what this cell works with is not what the lesson's order gives."""
        here = self.find(source, id)
        if here is None:
            return ""
        stale: dict[int, str] = {}
        known = -1
        while known < len(stale):  # what is found late may spoil what was looked at before
            known = len(stale)
            self._judge(here.number, names_of(source), None, stale, set())
        if not stale:
            return ""
        again = [self._cells[number] for number in sorted(stale)]
        never = all(cell.number not in self._runs for cell in again)
        return (
            f"{stale[again[0].number]} Run {_short(again)}{'' if never else ' again'}"
            f"{', in this order' if len(again) > 1 else ''}, then this cell."
        )

    def _judge(
        self,
        number: int,
        names: Names,
        at: int | None,
        stale: dict[int, str],
        seen: set[int],
    ) -> bool:
        """Put into ``stale`` what the cell builds on and must run again. True when the cell itself
        must. ``at`` is when it ran; None while it is running."""
        must = False
        for name in names.needs:
            made_in = self._made_in(name, number)
            if made_in is None or (name in self._maker and self._maker[name] is None):
                continue
            base, run = made_in.number, self._runs.get(made_in.number)
            last = self._maker.get(name)
            if run is None or not run.whole:
                stale[base] = _never(made_in, run, name)
            if base not in seen:
                seen.add(base)
                built = run.names if run else names_of(made_in.source)
                ran_at = run.at if run and run.whole else None
                if self._judge(base, built, ran_at, stale, seen):
                    stale.setdefault(base, f"{_told(made_in).capitalize()} is out of date.")
            if base not in stale and last is not None and last != base and at is None:
                other = self._cells.get(last)
                if other is not None:
                    stale[base] = (
                        f"`{name}` was last made by {_told(other)}; "
                        f"here it should come from {_told(made_in)}."
                    )
            if base in stale:
                must = True
            elif (
                at is not None and run is not None and run.at > at and name not in run.names.imports
            ):
                must = True
                stale[number] = (
                    f"{_told(made_in).capitalize()} was run again after "
                    f"{_told(self._cells[number])}, which builds on its `{name}`."
                )
        return must

    def _made_in(self, name: str, before: int | None) -> LessonCell | None:
        """The last cell of the lesson, before the one numbered so, that makes a name."""
        found = None
        for cell in self._cells.values():
            if before is not None and cell.number >= before:
                break
            run = self._runs.get(cell.number)
            if name in names_of(cell.source).makes or (run and name in run.names.makes):
                found = cell
        return found


def _never(cell: LessonCell, run: _Run | None, name: str) -> str:
    how = "has not run in this kernel" if run is None else "stopped with an error"
    return f"{_told(cell).capitalize()}, which makes `{name}`, {how}."


def _told(cell: LessonCell) -> str:
    """``cell 3 (`q = …`)``: a number, and how the cell begins."""
    lines = (line.strip() for line in cell.source.split("\n"))
    first = next((line for line in lines if line and line[0] not in "#%"), "")
    first = first if len(first) <= _MOST_SIGNS else first[:_MOST_SIGNS].rstrip() + " …"
    return f"cell {cell.number} (`{first}`)" if first else f"cell {cell.number}"


def _short(cells: Sequence[LessonCell]) -> str:
    numbers = [str(cell.number) for cell in cells]
    if len(numbers) == 1:
        return f"cell {numbers[0]}"
    return f"cells {', '.join(numbers[:-1])} and {numbers[-1]}"
