"""One line of the gap report: its severity, and where a cell is named. What is a gap: ``gaps``."""

from __future__ import annotations

from nanochat_learn.schema.graph import Gap, GapKind

_WARNINGS: frozenset[GapKind] = frozenset(
    {
        "concept_without_note",
        "note_without_code",
        "planned_picture",
        "unexplained_symbol",
        "todo_explain",
    }
)


def make_gap(
    kind: GapKind, message: str, file_path: str, line: int, about: str, cell: str | None = None
) -> Gap:
    """``cell`` goes into the sentence: a line in a notebook counts inside its cell."""
    where = f" (In cell {cell}.)" if cell else ""
    clean = [
        text.encode("utf-8", "replace").decode("utf-8")
        for text in (message + where, file_path, about)
    ]
    return Gap(
        severity="warning" if kind in _WARNINGS else "error",
        kind=kind,
        message=clean[0],
        file_path=clean[1],
        line=line,
        id=clean[2],
    )
