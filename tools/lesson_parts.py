"""A lesson as its authors wrote it, taken apart: header, cells, what the cells call, what stands
beside it in ``checks/``. Reading only, no code of a lesson is run; ``gates/lessons.py`` judges.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from make_lessons import notebook_of

from nanochat_learn.knowledge.questions import Questions, parse_questions

KIT = frozenset({
    "set_up", "predict", "reveal", "check", "hint", "solution", "quiz", "compare", "explore",
    "picture",
})  # fmt: skip
KINDS = {"predict": "prediction", "check": "exercise", "quiz": "quiz"}
"""A call that is something to do, and the kind of item that it is."""


@dataclass(frozen=True)
class Cell:
    number: int
    kind: str
    source: str
    exercise: str | None

    @property
    def is_code(self) -> bool:
        return self.kind == "code"

    @cached_property
    def calls(self) -> list[tuple[str, str]]:
        """(function of the kit, its first argument if that is text) in the order of reading."""
        if not self.is_code:
            return []
        found = []
        for node in ast.walk(ast.parse(self.source)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                first = node.args[0] if node.args else None
                text = first.value if isinstance(first, ast.Constant) else ""
                if node.func.id in KIT:
                    found.append((node.lineno, node.col_offset, node.func.id, str(text)))
        return [(name, text) for _, _, name, text in sorted(found)]


@dataclass(frozen=True)
class ExerciseText:
    """What the source of an exercise says, without running it."""

    hints: tuple[str, ...]
    has_check: bool
    has_reference: bool


@dataclass(frozen=True)
class LessonParts:
    path: Path
    header: dict[str, Any]
    cells: tuple[Cell, ...]
    questions: Questions
    exercises: dict[str, ExerciseText]

    @property
    def id(self) -> str:
        return self.path.stem

    @property
    def items(self) -> list[dict[str, Any]]:
        given = self.header.get("items") or []
        return [item for item in given if isinstance(item, dict)]

    def done(self) -> list[tuple[str, str, int]]:
        """(kind, id, number of the cell) of everything to do, each where it comes first."""
        first: dict[tuple[str, str], int] = {}
        for cell in self.cells:
            for name, text in cell.calls:
                if name in KINDS:
                    first.setdefault((KINDS[name], text), cell.number)
        return [(kind, item, number) for (kind, item), number in first.items()]


def read_lesson(source: Path) -> LessonParts:
    """Raises ``ValueError`` (with a sentence) or ``SyntaxError`` when a file cannot be read."""
    notebook = notebook_of(source)
    cells = tuple(
        Cell(number, cell.cell_type, cell.source, cell.metadata.get("exercise"))
        for number, cell in enumerate(notebook.cells, start=1)
    )
    header = dict(notebook.metadata.get("nanochat_learn") or {})
    beside = source.parent / "checks" / source.name
    data = beside.with_suffix(".yaml")
    return LessonParts(
        source,
        header,
        cells,
        parse_questions(data.read_text(encoding="utf-8")) if data.exists() else Questions(),
        _exercises(beside.read_text(encoding="utf-8")) if beside.exists() else {},
    )


def _exercises(code: str) -> dict[str, ExerciseText]:
    """The entries of ``EXERCISES = {"id": Exercise(check=…, hints=(…), reference=…)}``."""
    for node in ast.parse(code).body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        value = getattr(node, "value", None)
        if isinstance(target, ast.Name) and target.id == "EXERCISES":
            if not isinstance(value, ast.Dict):
                raise ValueError("EXERCISES must be written out as a dictionary.")
            return {
                str(ast.literal_eval(key)): _exercise(entry)
                for key, entry in zip(value.keys, value.values, strict=True)
                if key is not None
            }
    return {}


def _exercise(entry: ast.expr) -> ExerciseText:
    given = {word.arg: word.value for word in entry.keywords} if isinstance(entry, ast.Call) else {}
    hints = given.get("hints")
    texts = ast.literal_eval(hints) if hints is not None else ()
    return ExerciseText(tuple(texts), "check" in given, "reference" in given)
