"""What the tutor may know of the learner's work: the exercise they ask from, and what is shaky.

Reads the exercise's hints and reference as text; nothing of ``lessons/checks`` is ever run here.
"""

from __future__ import annotations

import json
import logging
from functools import lru_cache
from pathlib import Path

from nanochat_learn.knowledge.exercises import ExerciseText, parse_exercises
from nanochat_learn.knowledge.unclear import Unclear, read_text
from nanochat_learn.learner.counting import attempts_at, hints_seen, since_reset
from nanochat_learn.learner.standing import standings
from nanochat_learn.places import Workspace, content, own_or_shipped
from nanochat_learn.schema.learner import Mastery
from nanochat_learn.schema.tutor import ExercisePlace
from nanochat_learn.tutor.exercise import OpenExercise
from nanochat_learn.workspace.known import course
from nanochat_learn.workspace.learning import evidence, progress

_log = logging.getLogger("nanochat_learn")
_MOST_TITLES = 20
_TOLD: tuple[tuple[Mastery, str], ...] = (
    ("understood", "Understood"),
    ("shaky", "Shaky"),
    ("started", "Begun"),
)


def open_exercise(workspace: Workspace, place: ExercisePlace) -> OpenExercise | None:
    """None for what is no exercise of the course, for one that is solved, and for one whose
    solution was opened: there is nothing left to give away."""
    lines = evidence(workspace).evidence
    for standing in standings(course(workspace), lines):
        if standing.key == (place.lesson, place.item) and standing.item.kind == "exercise":
            break
    else:
        return None
    if standing.state == "right" or standing.helped_at is not None:
        return None
    counted = since_reset(lines, place.lesson)
    text = _texts(workspace, place.lesson).get(place.item, ExerciseText((), ""))
    question, begun = _cell(workspace, standing.lesson.file_path, place.item)
    return OpenExercise(
        lesson=place.lesson,
        item=place.item,
        question=question,
        hints=text.hints,
        hints_seen=min(hints_seen(counted, place.item), len(text.hints)),
        attempts=attempts_at(counted, place.item),
        reference=text.reference,
        begun=begun,
    )


def understood(workspace: Workspace) -> str:
    """Titles of what was understood, of what is shaky and of what was begun; empty for none."""
    found = progress(workspace)
    rows = []
    for state, word in _TOLD:
        titles = [
            one.title
            for cluster in found.clusters
            for one in cluster.concepts
            if one.state == state
        ]
        more = f" and {len(titles) - _MOST_TITLES} more" if len(titles) > _MOST_TITLES else ""
        if titles:
            rows.append(f"{word}: {', '.join(titles[-_MOST_TITLES:])}{more}.")
    return "\n".join(rows)


def _texts(workspace: Workspace, lesson: str) -> dict[str, ExerciseText]:
    """Of the workspace's own file, as the kernel takes it, else of the shipped one."""
    for home in (own_or_shipped(workspace, "lessons"), content("lessons")):
        file = home / "checks" / f"{lesson}.py"
        try:
            stat = file.stat()
            return _read(file, stat.st_mtime_ns, stat.st_size)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except (OSError, Unclear) as error:
            _log.warning("the exercises of %s cannot be read: %s", lesson, error)
            return {}
    return {}


@lru_cache(maxsize=16)
def _read(file: Path, _mtime_ns: int, _size: int) -> dict[str, ExerciseText]:
    return parse_exercises(read_text(file))


def _cell(workspace: Workspace, file_path: str | None, item: str) -> tuple[str, str]:
    """The words before the exercise's cell, and the cell as it was shipped."""
    question = begun = ""
    homes = [workspace.root / file_path] if file_path else []
    for file in (*homes, content("lessons") / Path(file_path or "").name):
        try:
            cells = json.loads(read_text(file))["cells"]
            for before, cell in zip([{}, *cells], cells, strict=False):
                if cell["metadata"].get("exercise") == item and cell["cell_type"] == "code":
                    begun = _source(cell)  # of the shipped one, which comes last
                    asked = before.get("cell_type") == "markdown"
                    question = question or (_source(before) if asked else "")
        except (Unclear, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            continue  # damaged, or none of ours: then the hints have to do
    return question, begun


def _source(cell: dict[str, object]) -> str:
    source = cell.get("source", "")
    return "".join(source) if isinstance(source, list) else str(source)
