"""One line of the gap report: its severity, in text that UTF-8 can carry. For gaps see ``gaps``."""

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
    clean = [
        text.encode("utf-8", "replace").decode("utf-8")
        for text in (message, file_path, about, cell or "")
    ]
    return Gap(
        severity="warning" if kind in _WARNINGS else "error",
        kind=kind,
        message=clean[0],
        file_path=clean[1],
        line=line,
        id=clean[2],
        cell=clean[3] or None,
    )
