"""``lessons/checks/NN_slug.yaml`` → the predictions and quizzes of a lesson, as data.

Read by the kernel (to ask and to compare) and by the server (for reviews, without running code).
Not the exercises: those are Python (``lessons/checks/NN_slug.py``), run by the kernel alone.

    predictions:
      shape_of_scores: {question: ..., choices: ["(4, 4)", "(4, 8)"], why: ..., tolerance: 0.05}
    quizzes:
      q1:
        question: ...
        choices:
          - {text: ..., right: true, feedback: ...}
          - {text: ..., feedback: ...}
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from pydantic import Field, StringConstraints, TypeAdapter, ValidationError

from nanochat_learn.knowledge.notes import header_lines
from nanochat_learn.knowledge.unclear import Unclear, checked_model, read_text
from nanochat_learn.knowledge.yaml_lines import YamlText, read_yaml
from nanochat_learn.schema.base import Frozen, LessonId
from nanochat_learn.schema.graph import Gap
from nanochat_learn.schema.learner import Choice, ItemId, PredictionForm, QuizForm

TOLERANCE = 0.01
"""How far a guessed number may lie from the true one: a share of the true one."""

_Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4_000)]
_ITEM_ID: TypeAdapter[str] = TypeAdapter(ItemId)


class Prediction(NamedTuple):
    """A question about a cell that has not run, and what is said when it has."""

    form: PredictionForm
    """Without a guess: that is the learner's."""
    why: str
    """One or two sentences that explain the truth."""
    tolerance: float = TOLERANCE


class Questions(NamedTuple):
    """What one file asks, in the order of the file, and what is wrong in it."""

    predictions: Mapping[str, Prediction]
    quizzes: Mapping[str, QuizForm]
    problems: tuple[Gap, ...] = ()
    lines: Mapping[str, int] = {}
    """Item → its line in the file."""


class _Prediction(Frozen):
    question: _Words
    choices: Annotated[tuple[_Words, ...], Field(max_length=6)] = ()
    why: _Words
    tolerance: Annotated[float, Field(ge=0, le=1)] = TOLERANCE


class _Choice(Frozen):
    text: _Words
    right: bool = False
    feedback: _Words


class _Quiz(Frozen):
    question: _Words
    choices: Annotated[tuple[_Choice, ...], Field(min_length=2, max_length=6)]


def questions_file(lessons: Path, lesson: str) -> Path:
    """Where the questions of a lesson stand, below the folder of the lessons."""
    return lessons / "checks" / f"{lesson}.yaml"


def read_questions(lessons: Path, lesson: str, wire: str = "") -> Questions:
    """The questions of ``lesson``; empty where it has no such file. Never raises for what the
    file contains: what is wrong stands in ``problems``, under the path ``wire``."""
    file = questions_file(lessons, lesson)
    wire = wire or f"lessons/checks/{file.name}"
    if not file.is_symlink() and not file.exists():
        return Questions({}, {})
    try:
        text = read_text(file)
    except Unclear as fault:
        return Questions({}, {}, (fault.gap(wire),))
    return parse_questions(text, LessonId(lesson), wire)


def parse_questions(text: str, lesson: LessonId, path: str) -> Questions:
    """Pure. One wrong question is left out with a line of its own; the others are used."""
    problems: list[Gap] = []
    try:
        read = read_yaml(text)
        if read.value == "":
            return Questions({}, {})
        if not isinstance(read.value, dict):
            raise Unclear("This file must have two parts: `predictions:` and `quizzes:`.", 1)
        for part in read.value.keys() - {"predictions", "quizzes"}:
            line = read.lines[(part,)]
            fault = Unclear(
                f"`{part}` is not a part here. The parts are `predictions:` and `quizzes:`.", line
            )
            problems.append(fault.gap(path))
    except Unclear as fault:
        return Questions({}, {}, (fault.gap(path),))
    predictions: dict[str, Prediction] = {}
    quizzes: dict[str, QuizForm] = {}
    lines: dict[str, int] = {}
    for part, item, given, line in _entries(read, problems, path):
        try:
            if item in lines:
                raise Unclear(f"`{item}` is the name of another question. Rename one.", line)
            inner = header_lines(read, (part, item)) if isinstance(given, dict) else {}
            if part == "predictions":
                predictions[item] = _prediction(lesson, item, given, inner, line)
            else:
                quizzes[item] = _quiz(lesson, item, given, inner, line)
            lines[item] = line
        except Unclear as fault:
            problems.append(fault.gap(path))
    return Questions(predictions, quizzes, tuple(problems), lines)


def _entries(read: YamlText, problems: list[Gap], path: str) -> list[tuple[str, str, Any, int]]:
    """(part, item, what is given, line) of every entry that has a usable name."""
    found: list[tuple[str, str, Any, int]] = []
    top = read.value if isinstance(read.value, dict) else {}
    for part in ("predictions", "quizzes"):
        entries = top.get(part, "")
        if entries == "":
            continue
        if not isinstance(entries, dict):
            fault = Unclear(
                f"`{part}` must be lines of `name:` with the question below.", read.lines[(part,)]
            )
            problems.append(fault.gap(path))
            continue
        for item, given in entries.items():
            line = read.lines[(part, item)]
            try:
                _ITEM_ID.validate_python(item)
            except ValidationError:
                fault = Unclear(
                    f"`{item[:60]}` cannot name a question. Use a-z, 0-9 and _, a letter first.",
                    line,
                )
                problems.append(fault.gap(path))
                continue
            found.append((part, item, given, line))
    return found


def _prediction(
    lesson: LessonId, item: str, given: Any, lines: Mapping[str, int], line: int
) -> Prediction:
    what = f"The prediction `{item}` is not complete"
    read = checked_model(_Prediction, given, what, lines, line)
    if len(read.choices) == 1:
        raise Unclear(f"`{item}` has one choice only. Give two, or none.", lines["choices"])
    _differ(item, read.choices, lines["choices"] if read.choices else line)
    form = PredictionForm(lesson=lesson, item=item, question=read.question, choices=read.choices)
    return Prediction(form, read.why, read.tolerance)


def _quiz(lesson: LessonId, item: str, given: Any, lines: Mapping[str, int], line: int) -> QuizForm:
    read = checked_model(_Quiz, given, f"The quiz `{item}` is not complete", lines, line)
    place = lines["choices"]
    right = sum(choice.right for choice in read.choices)
    if right != 1:
        raise Unclear(
            f"`{item}` has {right} right choices. Mark exactly one with `right: true`.", place
        )
    _differ(item, tuple(choice.text for choice in read.choices), place)
    choices = tuple(Choice(**choice.model_dump()) for choice in read.choices)
    return QuizForm(lesson=lesson, item=item, question=read.question, choices=choices)


def _differ(item: str, choices: tuple[str, ...], line: int) -> None:
    """As they are compared: without white space."""
    if len({"".join(choice.split()) for choice in choices}) < len(choices):
        raise Unclear(f"`{item}` offers the same choice twice. Keep one of them.", line)
