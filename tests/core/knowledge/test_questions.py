"""Predictions and quizzes as data: what is read, and what is said of what cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from nanochat_learn.knowledge.questions import Questions, parse_questions, read_questions
from nanochat_learn.knowledge.unclear import Unclear
from nanochat_learn.schema.base import LessonId

LESSON = LessonId("12_self_attention")
GOOD = """\
predictions:
  shape_of_scores:
    question: Which shape will `scores` have?
    choices: ["(4, 4)", "(4, 8)"]
    why: Each of the 4 positions meets each of the 4 positions.
  largest:
    question: What is the largest score?
    why: Query and key point the same way there.
    tolerance: 0.05
quizzes:
  q1:
    question: What does the mask hide?
    choices:
      - {text: The future, right: true, feedback: Yes.}
      - {text: The past, feedback: The past is what attention reads.}
"""


def test_everything_in_the_order_of_the_file() -> None:
    read = parse_questions(GOOD)
    assert read.problems == ()
    assert list(read.predictions) == ["shape_of_scores", "largest"]
    shape, largest = read.predictions.values()
    form = shape.form(LESSON, "shape_of_scores")
    assert form.choices == ("(4, 4)", "(4, 8)")
    assert (form.lesson, form.item, form.guess) == (LESSON, "shape_of_scores", None)
    assert (shape.tolerance, largest.tolerance) == (None, 0.05)
    assert largest.choices == ()
    quiz = read.quizzes["q1"].form(LESSON, "q1")
    assert [(c.text, c.right) for c in quiz.choices] == [("The future", True), ("The past", False)]
    assert read.lines == {"shape_of_scores": 2, "largest": 6, "q1": 11}


def test_text_stays_text_though_yaml_would_read_it_otherwise() -> None:
    text = GOOD.replace('["(4, 4)", "(4, 8)"]', "[1e3, yes, 0x10, 012]")
    read = parse_questions(text)
    assert read.predictions["shape_of_scores"].choices == ("1e3", "yes", "0x10", "012")


@pytest.mark.parametrize(
    ("old", "new", "says", "line"),
    [
        ("    why: Query and key point the same way there.\n", "", "`why` is missing", 6),
        ("tolerance: 0.05", "tolerance: near", "`tolerance` is not right", 9),
        ("tolerance: 0.05", "leeway: 0.05", "`leeway` is not a field", 9),
        ("right: true, ", "", "has 0 right choices", 13),
        (", feedback: The past is what attention reads.", "", "has no `feedback`", 13),
        ("text: The past", "text: The   future", "the same choice twice", 13),
        ('["(4, 4)", "(4, 8)"]', '["(4, 4)"]', "one choice only", 4),
        ("  largest:", "  shape_of_scores:", "stands twice", 6),
        ("  q1:", "  largest:", "name of another question", 11),
        ("  q1:", "  Q 1:", "cannot name a question", 11),
        ("quizzes:", "quizzing:", "not a part here", 10),
        ("question: What is the largest score?", 'question: "open', "not valid YAML", 7),
    ],
)
def test_what_is_wrong_is_a_sentence_with_its_line(
    old: str, new: str, says: str, line: int
) -> None:
    assert old in GOOD
    read = parse_questions(GOOD.replace(old, new, 1))
    (problem,) = read.problems
    assert says in problem.sentence
    assert problem.line == line


def test_one_bad_question_leaves_the_others() -> None:
    read = parse_questions(GOOD.replace("right: true, ", ""))
    assert list(read.predictions) == ["shape_of_scores", "largest"]
    assert not read.quizzes


@pytest.mark.parametrize("text", ["[1, 2]", "predictions: [a]", "just words"])
def test_another_form_is_one_sentence(text: str) -> None:
    read = parse_questions(text)
    assert len(read.problems) == 1
    assert not read.predictions
    assert not read.quizzes


def test_a_lesson_without_questions_has_none(tmp_path: Path) -> None:
    file = tmp_path / f"{LESSON}.yaml"
    assert read_questions(file) == Questions()
    file.write_text("")
    assert read_questions(file) == Questions()
    file.write_text("predictions:\nquizzes:\n")
    assert read_questions(file) == Questions()
    file.write_text(GOOD)
    assert "q1" in read_questions(file).quizzes


def test_whoever_asks_in_a_lesson_is_told_what_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / f"{LESSON}.yaml"
    file.write_text(GOOD.replace("right: true, ", ""))
    with pytest.raises(Unclear, match="0 right choices"):
        read_questions(file)
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(Unclear, match="UTF-8"):
        read_questions(file)
