"""The lesson that this kernel has open: where it lies, what it asks, what was done in it.

``set_up`` opens it; everything else asks for ``opened()``. Not the verdicts, not the outputs.
"""

from __future__ import annotations

import re
import types
import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, TypeVar

from nanochat_learn import journal
from nanochat_learn.errors import BadInput, CannotRead, LearnError, NotFound
from nanochat_learn.kernel.cell_events import follow
from nanochat_learn.kernel.exercise import Exercise
from nanochat_learn.knowledge.lessons import LESSON_NAME
from nanochat_learn.knowledge.questions import Prediction, Questions, Quiz, parse_questions
from nanochat_learn.knowledge.unclear import Unclear, read_text
from nanochat_learn.learner.counting import evidence_in, since_reset
from nanochat_learn.places import Workspace, content, own_or_shipped
from nanochat_learn.schema.base import LessonId
from nanochat_learn.schema.learner import Evidence

MOST_SIGNS = 4_000
"""Of an answer in evidence, as ``Text`` of the vocabulary has it."""
Found = TypeVar("Found")
_ID = re.compile(r"\d\d_[a-z0-9_]+")


class OpenLesson:
    """``id`` in ``workspace``; without one, the shipped lesson, and nothing is kept."""

    def __init__(self, id: str, workspace: Workspace | None) -> None:
        self.id = LessonId(id)
        self.workspace = workspace
        self._unkept: list[Evidence] = []
        self._exercises: tuple[tuple[Path, int], dict[str, Exercise]] | None = None

    # --- what it asks --------------------------------------------------------------------

    def file(self, name: str) -> Path | None:
        """A file of the lessons' folder: the workspace's own, else the shipped one."""
        homes = [content("lessons")]
        if self.workspace is not None:
            homes.insert(0, own_or_shipped(self.workspace, "lessons"))
        return next((home / name for home in homes if (home / name).is_file()), None)

    @property
    def notebook(self) -> Path | None:
        """The learner's own copy; where there is none, the source it was made from."""
        return self.file(f"{self.id}.ipynb") or self.file(f"{self.id}.py")

    @property
    def questions(self) -> Questions:
        """Read anew each time: it is small, and an author may be at work on it."""
        file = self.file(f"checks/{self.id}.yaml")
        try:
            return parse_questions(read_text(file)) if file else Questions()
        except Unclear as unclear:
            return Questions(problems=(unclear,))

    def prediction(self, item: str) -> Prediction:
        questions = self.questions
        return self._asked(questions, questions.predictions, item, "prediction")

    def quiz(self, item: str) -> Quiz:
        questions = self.questions
        return self._asked(questions, questions.quizzes, item, "question")

    def _asked(
        self, questions: Questions, asked: Mapping[str, Found], item: str, what: str
    ) -> Found:
        try:
            return _named(asked, item, what)
        except NotFound as missing:
            if not questions.problems:
                raise
            problem = questions.problems[0]  # it may be the one that is asked for
            where = f"line {problem.line} of " if problem.line else ""
            raise CannotRead(
                f"{missing.sentence} {where.capitalize()}checks/{self.id}.yaml cannot be read.",
                problem.sentence,
            ) from missing

    def exercise(self, item: str) -> Exercise:
        return _named(self.exercises, item, "exercise")

    @property
    def exercises(self) -> dict[str, Exercise]:
        """Loaded when first asked for, and again when the file has changed."""
        file = self.file(f"checks/{self.id}.py")
        if file is None:
            return {}
        stamp = (file, file.stat().st_mtime_ns)
        if self._exercises is None or self._exercises[0] != stamp:
            self._exercises = stamp, load_exercises(file)
        return self._exercises[1]

    # --- what was done in it -------------------------------------------------------------

    @property
    def progress(self) -> Path | None:
        return self.workspace.progress if self.workspace else None

    def counted(self) -> list[Evidence]:
        """Evidence of this lesson since it was last begun anew, oldest first: what this kernel,
        others and the server wrote, and what could not be written."""
        entries: list[dict[str, Any]] = []
        if self.progress is not None:
            try:
                entries = journal.read(self.progress).entries
            except CannotRead:  # said when the next line cannot be written either
                entries = []
        read, _ = evidence_in(entries)
        return since_reset([*read, *self._unkept], self.id)

    def keep(
        self,
        kind: Literal["prediction", "reveal", "check", "quiz", "hint", "solution"],
        item: str,
        outcome: Literal["given", "right", "wrong", "seen"],
        answer: str = "",
    ) -> str:
        """Write evidence down. Empty when it is on disk, else a sentence that says it is not."""
        line = Evidence(
            id=uuid.uuid4().hex,
            at=datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"),
            lesson=self.id,
            kind=kind,
            item=item,
            outcome=outcome,
            answer=answer[:MOST_SIGNS],
        )
        if self.progress is None:
            self._unkept.append(line)
            return "This was not kept: the notebook does not stand in a workspace."
        try:
            journal.append(self.progress, line.model_dump(mode="json"))
        except LearnError as error:
            self._unkept.append(line)
            return f"This was not kept on disk. {error}"
        return ""


_open: list[OpenLesson] = []


def open_lesson(id: str, workspace: Workspace | None) -> OpenLesson:
    """Make ``id`` the lesson of this kernel. Raises ``NotFound`` with what there is."""
    id = str(id)
    lesson = OpenLesson(id, workspace)
    if not _ID.fullmatch(id) or not _exists(lesson):
        known = _known(lesson)
        near = get_close_matches(id, known, 1, 0.4)
        raise NotFound(
            f"There is no lesson `{id}`.",
            f'Did you mean set_up("{near[0]}")?'
            if near
            else f"There are: {', '.join(known) or 'none yet'}.",
        )
    if _open and _open[0].id == id and _open[0].workspace == workspace:
        return _open[0]  # the set-up cell was run again: what could not be written stays known
    _open[:] = [lesson]
    follow(lesson.notebook)
    return lesson


def opened() -> OpenLesson:
    """The lesson of this kernel; raises ``BadInput`` before its set-up cell has run."""
    if not _open:
        raise BadInput(
            "This kernel does not know yet which lesson it is in.",
            "Run the set-up cell at the top of the lesson, the one with `set_up(...)`, "
            "then this cell again.",
        )
    return _open[0]


def load_exercises(file: Path) -> dict[str, Exercise]:
    """``EXERCISES`` of a file. Run without leaving a compiled copy beside it."""
    module = types.ModuleType(f"nanochat_learn_checks_{file.stem}")
    module.__file__ = str(file)
    try:
        exec(compile(file.read_text(encoding="utf-8"), str(file), "exec"), module.__dict__)
    except Exception as error:
        raise CannotRead(
            f"The exercises of this lesson cannot be loaded ({type(error).__name__}: {error}).",
            f"checks/{file.name} has been damaged or changed: put the original back.",
        ) from error
    found = getattr(module, "EXERCISES", None)
    if not isinstance(found, dict) or not all(isinstance(e, Exercise) for e in found.values()):
        raise CannotRead(
            f"checks/{file.name} has no EXERCISES.", "Put the original file of the lesson back."
        )
    return found


def _named(found: Mapping[str, Found], item: object, what: str) -> Found:
    if isinstance(item, str) and item in found:
        return found[item]
    near = get_close_matches(str(item), found, 1, 0.4)
    names = ", ".join(f'"{name}"' for name in found)
    raise NotFound(
        f"This lesson has no {what} `{item}`.",
        f'Did you mean "{near[0]}"?' if near else (f"There are: {names}." if names else ""),
    )


def _exists(lesson: OpenLesson) -> bool:
    names = (f"{lesson.id}.ipynb", f"{lesson.id}.py", f"checks/{lesson.id}.yaml")
    return any(lesson.file(name) for name in names)


def _known(lesson: OpenLesson) -> list[str]:
    homes: Iterable[Path] = [content("lessons")]
    if lesson.workspace is not None:
        homes = [*homes, own_or_shipped(lesson.workspace, "lessons")]
    names = (LESSON_NAME.fullmatch(f.name) for home in homes for f in home.glob("[0-9]*"))
    return sorted({name[1] for name in names if name})
