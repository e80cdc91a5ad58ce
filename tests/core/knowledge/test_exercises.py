"""Hints and references are read as text: nothing of the file is run."""

from __future__ import annotations

import pytest

from nanochat_learn.knowledge.exercises import ExerciseText, parse_exercises
from nanochat_learn.knowledge.unclear import Unclear

FILE = """
raise SystemExit("nobody runs this")
SUM = "answer = a + b\\n"
HINTS = ("One.", "Two " "parts.")

EXERCISES: dict[str, Exercise] = {
    "sums": Exercise(check=sums, hints=HINTS, reference=SUM + "check(answer)\\n"),
    "mix": Exercise(mix, ("A.", f"no {word}"), reference=("x = 1\\n" "y = 2\\n")),
    "worked_out": Exercise(check=c, hints=make_hints(), reference=source_of(c)),
    "strange": 3,
    name: Exercise(check=c),
    **more,
}
"""


def test_what_stands_there_is_read() -> None:
    assert parse_exercises(FILE) == {
        "sums": ExerciseText(("One.", "Two parts."), "answer = a + b\ncheck(answer)\n"),
        "mix": ExerciseText(("A.",), "x = 1\ny = 2\n"),
        "worked_out": ExerciseText((), ""),
        "strange": ExerciseText((), ""),
    }


@pytest.mark.parametrize("text", ["", "x = 1", "EXERCISES = [1]", "EXERCISES = make()"])
def test_a_file_without_exercises_has_none(text: str) -> None:
    assert parse_exercises(text) == {}


@pytest.mark.parametrize(("text", "line"), [("x = 1\ny = (\n", 2), ("\x00", 0), ("(" * 500, None)])
def test_what_is_not_python_is_a_sentence(text: str, line: int | None) -> None:
    with pytest.raises(Unclear, match="not valid Python") as caught:
        parse_exercises(text)
    assert line is None or caught.value.line == line
