"""``lessons/checks/NN_slug.yaml`` → the predictions and quizzes of a lesson, as data. Pure.

Read by the kernel (to ask and to compare) and by the server (for reviews, without running code).
Exercises have code and stand beside it, in ``NN_slug.py``.

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

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, StringConstraints, TypeAdapter, ValidationError

from nanochat_learn.knowledge.notes import header_lines
from nanochat_learn.knowledge.unclear import Unclear, checked_model, read_text
from nanochat_learn.knowledge.yaml_lines import YamlText, read_yaml
from nanochat_learn.schema.base import Frozen, LessonId
from nanochat_learn.schema.learner import Choice, ItemId, PredictionForm, QuizForm

_Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4_000)]
_ITEM_ID: TypeAdapter[str] = TypeAdapter(ItemId)


class Prediction(Frozen):
    """A question about a cell that has not run."""

    question: _Words
    choices: Annotated[tuple[_Words, ...], Field(max_length=6)] = ()
    """Empty: the guess is typed."""
    why: _Words
    """Explains the truth; shown with it."""
    tolerance: Annotated[float, Field(ge=0)] | None = None
    """How far a number may be off, as a part of the truth."""

    def form(self, lesson: LessonId, item: str, guess: str | None = None) -> PredictionForm:
        return PredictionForm(
            lesson=lesson, item=item, question=self.question, choices=self.choices, guess=guess
        )


class Quiz(Frozen):
    question: _Words
    choices: Annotated[tuple[Choice, ...], Field(min_length=2, max_length=6)]
    """Exactly one is right; the others say what they mix up."""

    def form(self, lesson: LessonId, item: str) -> QuizForm:
        return QuizForm(lesson=lesson, item=item, question=self.question, choices=self.choices)


@dataclass(frozen=True)
class Questions:
    """What one file asks, in its order, and what is wrong in it."""

    predictions: Mapping[str, Prediction] = field(default_factory=dict)
    quizzes: Mapping[str, Quiz] = field(default_factory=dict)
    problems: tuple[Unclear, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)
    """Item → its line in the file."""


def read_questions(file: Path) -> Questions:
    """All questions of a lesson; one without such a file asks nothing. Raises ``Unclear`` with the
    line of what is wrong first: who asks in a lesson wants to be told, not to miss a question."""
    found = parse_questions(read_text(file)) if file.is_file() else Questions()
    if found.problems:
        raise found.problems[0]
    return found


def parse_questions(text: str) -> Questions:
    """Never raises: a question that is wrong is left out and stands in ``problems``."""
    predictions: dict[str, Prediction] = {}
    quizzes: dict[str, Quiz] = {}
    lines: dict[str, int] = {}
    problems: list[Unclear] = []
    try:
        read = read_yaml(text)
        if read.value != "" and not isinstance(read.value, dict):
            raise Unclear("This file must have two parts: `predictions:` and `quizzes:`.", 1)
    except Unclear as fault:
        return Questions(problems=(fault,))
    for part, item, given, line in _entries(read, problems):
        inner = header_lines(read, (part, item)) if isinstance(given, dict) else {}
        try:
            _ITEM_ID.validate_python(item)
            if item in lines:
                raise Unclear(f"`{item}` is the name of another question. Rename one.", line)
            if part == "predictions":
                predictions[item] = _prediction(item, given, inner, line)
            else:
                quizzes[item] = _quiz(item, given, inner, line)
            lines[item] = line
        except ValidationError:
            sentence = f"`{item[:60]}` cannot name a question. Use a-z, 0-9 and _, a letter first."
            problems.append(Unclear(sentence, line))
        except Unclear as fault:
            problems.append(fault)
    return Questions(predictions, quizzes, tuple(problems), lines)


def _entries(read: YamlText, problems: list[Unclear]) -> Iterator[tuple[str, str, Any, int]]:
    """(part, item, what is given, line)."""
    for part, entries in read.value.items() if isinstance(read.value, dict) else ():
        line = read.lines[(part,)]
        if part not in ("predictions", "quizzes"):
            sentence = f"`{part}` is not a part here. The parts are `predictions:` and `quizzes:`."
            problems.append(Unclear(sentence, line))
        elif isinstance(entries, dict):
            for item, given in entries.items():
                yield part, item, given, read.lines[(part, item)]
        elif entries != "":  # a part without entries is empty
            sentence = f"`{part}` must be lines of `name:` with the question below."
            problems.append(Unclear(sentence, line))


def _prediction(item: str, given: Any, lines: Mapping[str, int], line: int) -> Prediction:
    what = f"The prediction `{item}` is not complete"
    read = checked_model(Prediction, given, what, lines, line)
    if len(read.choices) == 1:
        raise Unclear(f"`{item}` has one choice only. Give two, or none.", lines["choices"])
    _differ(item, read.choices, lines.get("choices", line))
    return read


def _quiz(item: str, given: Any, lines: Mapping[str, int], line: int) -> Quiz:
    read = checked_model(Quiz, given, f"The quiz `{item}` is not complete", lines, line)
    place = lines["choices"]
    right = sum(choice.right for choice in read.choices)
    if right != 1:
        raise Unclear(
            f"`{item}` has {right} right choices. Mark exactly one with `right: true`.", place
        )
    for choice in read.choices:
        if not choice.right and not choice.feedback.strip():
            raise Unclear(
                f"The choice “{choice.text}” of `{item}` has no `feedback`. Say what it mixes up.",
                place,
            )
    _differ(item, tuple(choice.text for choice in read.choices), place)
    return read


def _differ(item: str, choices: tuple[str, ...], line: int) -> None:
    """As they are compared: without white space."""
    if len({"".join(choice.split()) for choice in choices}) < len(choices):
        raise Unclear(f"`{item}` offers the same choice twice. Keep one of them.", line)
