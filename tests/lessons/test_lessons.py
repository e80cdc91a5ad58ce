"""Every lesson runs on a fresh kernel; every check tells right from wrong, for any model."""

from __future__ import annotations

import time
from pathlib import Path

import nbformat
import pytest
import rehearsal
from nbclient import NotebookClient

from nanochat_learn.journal import read
from nanochat_learn.kernel.matching import same
from nanochat_learn.schema.learner import LESSON_MIME

LIMIT = 60  # seconds for a whole lesson
NAMES = rehearsal.names()
EXERCISES = rehearsal.exercises()
WRONG = rehearsal.wrong_solutions()
SHOWING = {"predict", "reveal", "check", "quiz", "compare", "picture"}


def _answers(cell: nbformat.NotebookNode) -> bool:
    """The kit did what it was asked, and did not say instead why it cannot."""
    return any(LESSON_MIME in output.get("data", {}) for output in cell.outputs)


def _name(value: object) -> str:
    if isinstance(value, Path):
        return f"{value.parent.name[:2]}-{value.stem.removeprefix('wrong_')}"
    return "-".join(value) if isinstance(value, tuple) else str(value)


@pytest.mark.parametrize("name", NAMES)
def test_a_lesson_runs_top_to_bottom_on_a_fresh_kernel(name: str, course: Path) -> None:
    """Untouched: nothing raises, everything to do is shown, and nothing counts as an attempt."""
    notebook = nbformat.read(course / "lessons" / f"{name}.ipynb", as_version=4)
    client = NotebookClient(
        notebook,
        timeout=LIMIT,
        kernel_name="python3",
        resources={"metadata": {"path": str(course / "lessons")}},
    )
    begun = time.monotonic()
    client.execute()  # raises for a cell that ends in an error
    assert time.monotonic() - begun < LIMIT
    outputs = [o for cell in notebook.cells for o in cell.get("outputs", ())]
    assert [o for o in outputs if o.get("name") == "stderr"] == []
    shown = [o["data"][LESSON_MIME] for o in outputs if LESSON_MIME in o.get("data", {})]
    asked = {"prediction": "prediction", "check": "exercise", "quiz": "quiz"}
    first = {(asked[s["kind"]], s["item"]): s for s in reversed(shown) if s["kind"] in asked}
    assert sorted(first) == sorted((k, i) for k, i, _ in rehearsal.lesson(name).done())
    for verdict in (s for s in shown if s["kind"] == "check"):
        assert (verdict["right"], verdict["attempts"]) == (False, 0), verdict
    asks = rehearsal.lesson(name).questions.predictions
    for seen in (s for s in shown if s["kind"] == "reveal"):
        choices, tolerance = asks[seen["item"]].choices, asks[seen["item"]].tolerance
        fitting = [choice for choice in choices if same(choice, seen["truth"], tolerance)]
        assert not choices or len(fitting) == 1, f"of {choices}, {fitting} is {seen['truth']}"
    for two in (s for s in shown if s["kind"] == "compare"):
        assert two["agree"], two
    for cell, told in zip(rehearsal.lesson(name).cells, notebook.cells, strict=True):
        assert not (called := {call for call, _ in cell.calls} & SHOWING) or _answers(told), (
            f"cell {cell.number} calls {called}, but shows {told.outputs}"
        )
    kinds = {line["kind"] for line in read(course / "progress").entries if line["lesson"] == name}
    assert not kinds & {"check", "reveal", "prediction", "quiz", "hint", "solution"}


@pytest.mark.parametrize(
    ("exercise", "which"),
    [(one, which) for one in EXERCISES for which in rehearsal.models_of(one.lesson)],
    ids=_name,
)
def test_the_reference_is_right(exercise, which, scope_before) -> None:
    verdict = rehearsal.judge(
        exercise, rehearsal.reference(exercise), scope_before(exercise, which)
    )
    assert verdict.right, verdict.message
    assert verdict.message and verdict.attempts >= 1


@pytest.mark.parametrize(
    ("wrong", "which"),
    [
        (path, which)
        for path in WRONG
        for which in rehearsal.models_of(path.parent.name, path.read_text("utf-8"))
    ],
    ids=_name,
)
def test_a_known_wrong_solution_gets_its_own_message(wrong: Path, which, scope_before) -> None:
    exercise = rehearsal.exercise_of(wrong)
    verdict = rehearsal.judge(
        exercise, wrong.read_text(encoding="utf-8"), scope_before(exercise, which)
    )
    assert not verdict.right
    assert rehearsal.expected_message(wrong) in verdict.message


@pytest.mark.parametrize("name", sorted({one.lesson for one in EXERCISES}))
def test_messages_of_one_exercise_differ(name: str) -> None:
    for exercise in (one for one in EXERCISES if one.lesson == name):
        said = [
            rehearsal.expected_message(path)
            for path in WRONG
            if rehearsal.exercise_of(path) == exercise
        ]
        assert len(said) >= 3 and not any(
            a in b for n, a in enumerate(said) for m, b in enumerate(said) if n != m
        ), f"{exercise.name}: {said}"
