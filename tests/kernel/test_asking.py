"""Predictions and questions: the first guess counts, and only before the truth."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from made_up_lesson import LESSON
from test_exercise_checks import body, kept

from nanochat_learn.journal import append
from nanochat_learn.kernel import predict, quiz, reveal
from nanochat_learn.schema.learner import Evidence, PredictionForm, PredictionResult, QuizForm


def test_a_guess_is_stored_before_the_cell_runs_and_read_after_it(course: Path):
    asked = PredictionForm.model_validate(body(predict("shape_of_scores")))
    assert (asked.choices, asked.guess) == (("(4, 4)", "(4, 8)"), None)
    assert body(predict("shape_of_scores", guess="(4,8)"))["guess"] == "(4,8)"
    other = predict("shape_of_scores", guess="(4, 4)")
    assert body(other)["guess"] == "(4,8)"
    assert "Only the first guess counts" in repr(other)
    result = PredictionResult.model_validate(
        body(reveal("shape_of_scores", torch.ones(4, 4).shape))
    )
    assert (result.right, result.guess, result.truth) == (False, "(4,8)", "(4, 4)")
    assert result.message.endswith("Your guess was (4,8). One score for each pair of positions.")
    body(reveal("shape_of_scores", (4, 4)))
    assert [(e.kind, e.outcome, e.answer) for e in kept(course, "prediction")] == [
        ("prediction", "given", "(4,8)")
    ]
    assert [(e.outcome, e.answer) for e in kept(course, "reveal")] == [("wrong", "(4, 4)")]


def test_without_a_guess_nothing_is_written_and_one_may_still_guess(course: Path):
    result = body(reveal("how_many", 16))
    assert (result["guess"], result["right"]) == (None, False)
    assert "Next time, guess first" in result["message"]
    assert kept(course, "reveal") == []
    predict("how_many", guess=16)
    assert body(reveal("how_many", torch.tensor(16)))["right"]


def test_the_truth_is_said_in_the_words_of_the_choices(course: Path):
    assert body(reveal("shape_of_scores", " (4,4) "))["truth"] == "(4, 4)"
    assert body(reveal("how_many", " drum"))["message"].startswith("It is “drum”.")


def test_a_guess_after_the_truth_does_not_count(course: Path):
    late = Evidence(
        id="reveal-0001", at="2020-01-01T00:00:00Z", lesson=LESSON, kind="reveal", item="how_many",
        outcome="wrong",
    )  # fmt: skip
    append(course / "progress", late.model_dump(mode="json"), writer="another")
    shown = predict("how_many", guess="16")
    assert body(shown)["guess"] is None
    assert "this guess is not kept" in repr(shown)
    assert kept(course, "prediction") == []


def test_a_guess_made_in_the_page_is_found(course: Path):
    line = Evidence(
        id="browser-0001", at="2020-01-01T00:00:00.5Z", lesson=LESSON, kind="prediction",
        item="how_many", outcome="given", answer="about 16",
    )  # fmt: skip
    append(course / "progress", line.model_dump(mode="json"), writer="server")
    result = body(reveal("how_many", 16))
    assert (result["guess"], result["right"]) == ("about 16", False)


def test_a_letter_stands_for_its_choice(course: Path):
    assert body(predict("shape_of_scores", guess="A"))["guess"] == "(4, 4)"
    shown = quiz("q1", "b")
    QuizForm.model_validate(body(shown))
    assert "Right: To keep numbers small" in repr(shown)
    assert "Not right yet: For speed\nA division costs time" in repr(quiz("q1", 1))
    quiz("q1", "For speed")
    assert [(e.outcome, e.answer) for e in kept(course, "quiz")] == [
        ("right", "To keep numbers small"),
        ("wrong", "For speed"),
        ("wrong", "For speed"),
    ]


def test_a_question_shows_neither_truth_nor_feedback_in_words(course: Path):
    shown = quiz("q1")
    assert len(body(shown)["choices"]) == 2
    for words in (repr(shown), shown.svg):
        assert "For speed" in words
        assert "costs time" not in words
        assert "right" not in words.lower()
    assert "One score for each" not in repr(predict("shape_of_scores"))


@pytest.mark.parametrize(
    ("call", "fragment"),
    [
        (lambda: predict("shape"), 'Did you mean "shape_of_scores"?'),
        (lambda: predict("how_many", guess=" "), "This guess is empty."),
        (lambda: predict(), "missing a required argument: 'item'"),
        (lambda: reveal("how_many"), "missing a required argument: 'truth'"),
        (lambda: reveal("nothing", 1), "no prediction `nothing`"),
        (lambda: quiz("q2"), 'no question `q2`. Did you mean "q1"?'),
        (lambda: quiz("q1", "z"), "There is no choice `z`. Take a letter from a to b."),
        (lambda: quiz("q1", 3), "There is no choice `3`."),
    ],
)
def test_a_wrong_call_is_a_sentence(course: Path, call, fragment):
    assert fragment in repr(call())


def test_a_damaged_question_is_named_and_the_others_are_asked(course: Path):
    file = course / "lessons/checks" / f"{LESSON}.yaml"
    file.write_text(file.read_text().replace("right: true", "right: false"))
    told = repr(quiz("q1"))
    assert "no question `q1`" in told
    assert "0 right choices" in told
    body(predict("how_many"))
    file.write_text("{")
    assert "This is not valid YAML" in repr(predict("how_many"))


def test_long_and_strange_guesses(course: Path):
    assert len(body(predict("how_many", guess="x" * 100_000))["guess"]) == 4_000
    shown = reveal("how_many", "\ud800<script>&\x00" + "y" * 10_000)
    assert body(shown)["truth"].startswith("?<script>")
