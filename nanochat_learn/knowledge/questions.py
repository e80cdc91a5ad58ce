"""The text of ``lessons/checks/NN_slug.yaml`` → predictions and quizzes of a lesson.

Pure, and without a kernel: the server asks the same questions as the lesson does. Exercises have
code and live beside it, in ``NN_slug.py``.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, model_validator

from nanochat_learn.knowledge.unclear import Unclear, checked_model, read_text
from nanochat_learn.knowledge.yaml_lines import read_yaml
from nanochat_learn.schema.base import Frozen, LessonId
from nanochat_learn.schema.learner import Choice, ItemId, QuizForm, Text


class Prediction(Frozen):
    """A question about a cell that has not run."""

    question: Text = Field(min_length=1)
    choices: tuple[Text, ...] = ()
    """Empty: the guess is typed."""
    why: Text = ""
    """Explains the truth; shown with it."""
    tolerance: float | None = Field(default=None, ge=0)
    """How far a number may be off, as a part of the truth."""


class Quiz(Frozen):
    question: Text = Field(min_length=1)
    choices: tuple[Choice, ...] = Field(min_length=2, max_length=6)

    @model_validator(mode="after")
    def _one_is_right(self) -> Quiz:
        if sum(choice.right for choice in self.choices) != 1:
            raise ValueError("exactly one choice must have `right: true`")
        return self

    def form(self, lesson: LessonId, item: str) -> QuizForm:
        return QuizForm(lesson=lesson, item=item, question=self.question, choices=self.choices)


class Questions(Frozen):
    predictions: dict[ItemId, Prediction] = Field(default_factory=dict)
    quizzes: dict[ItemId, Quiz] = Field(default_factory=dict)


def parse_questions(text: str) -> Questions:
    """All questions of a lesson; raises ``Unclear`` with the line of what is wrong."""
    yaml = read_yaml(text)
    value = yaml.value or {}
    if not isinstance(value, dict):
        raise Unclear("This file must have the parts `predictions:` and `quizzes:`.", 1)
    parts = {name: part or {} for name, part in value.items()}  # a part without entries is empty
    lines = {str(path[0]): line for path, line in yaml.lines.items() if len(path) == 1}
    return checked_model(Questions, parts, "The questions of this lesson are not right", lines)


def read_questions(file: Path) -> Questions:
    """As ``parse_questions``; a lesson without such a file asks nothing."""
    return parse_questions(read_text(file)) if file.is_file() else Questions()
