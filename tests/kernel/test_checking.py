"""``check``, ``hint`` and ``solution``: what counts, what is shown, what is written down."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from made_up_lesson import LESSON

from nanochat_learn.journal import append, read
from nanochat_learn.kernel import check, hint, opened, set_up, solution
from nanochat_learn.kernel.checking import verdict_on
from nanochat_learn.kernel.exercise import (
    Exercise,
    expect_close,
    expect_function,
    expect_number,
    expect_same,
)
from nanochat_learn.kernel.shown import Shown
from nanochat_learn.schema.learner import LESSON_MIME, CheckResult, Evidence, SolutionOutput

Q, K = torch.arange(32.0).view(4, 8), torch.eye(4, 8)
RIGHT = Q @ K.T / 8**0.5


def kept(root: Path, kind: str = "check") -> list[Evidence]:
    lines = (Evidence.model_validate(line) for line in read(root / "progress").entries)
    return [line for line in lines if line.kind == kind]


def body(shown: object) -> dict:
    assert isinstance(shown, Shown), repr(shown)
    data, metadata = shown._repr_mimebundle_()
    assert set(data) == {LESSON_MIME, "image/svg+xml", "text/plain"}
    picture = ET.fromstring(data["image/svg+xml"])
    assert picture[1].get("fill") == "#ffffff", "its own background"
    assert metadata["image/svg+xml"]["alt"]
    json.dumps(data, allow_nan=False).encode()
    return data[LESSON_MIME]


def test_right_wrong_and_untouched(course: Path):
    result = CheckResult.model_validate(body(check("scores", ..., q=Q, k=K)))
    assert (result.right, result.attempts, result.counted) == (False, 0, False)
    assert result.solution is None
    assert kept(course) == []
    result = CheckResult.model_validate(body(check("scores", Q @ K.T, q=Q, k=K)))
    assert (result.right, result.attempts, result.counted) == (False, 1, True)
    assert result.message == "All your numbers are 2.828 times what they should be."
    assert result.hints == ("Which shapes?", "Turn k over.", "Divide at the end.")
    assert result.solution.startswith("scores = ")
    result = CheckResult.model_validate(body(check("scores", RIGHT, q=Q, k=K)))
    assert (result.right, result.attempts) == (True, 2)
    assert [(line.outcome, line.lesson) for line in kept(course)] == [
        ("wrong", LESSON),
        ("right", LESSON),
    ]


@pytest.mark.parametrize(
    ("answer", "fragment"),
    [
        (RIGHT.tolist(), "should be a tensor"),
        (RIGHT * float("nan"), "NaN"),
        (RIGHT[0], "shape (4,)"),
        (object(), "should be a tensor"),
        ("\ud800", "should be a tensor"),
    ],
)
def test_bad_answers_are_sentences_and_are_kept(course: Path, answer, fragment):
    shown = check("scores", answer, q=Q, k=K)
    assert fragment in body(shown)["message"]
    assert [line.outcome for line in kept(course)] == ["wrong"]


def test_a_functions_prints_are_cut_and_its_faults_told(course: Path):
    import sys

    def loud(x):
        for _ in range(100_000):
            sys.stdout.write("hello\n")
        return x

    def falls(x):
        raise ValueError("half a sign: \ud800")

    def dots(x): ...

    shown = body(check("twice", loud))
    assert shown["message"].startswith("For 3 your function gives 3.\nYour code printed 300,000")
    assert len(shown["message"]) < 1_000
    assert (
        "`falls` stopped with ValueError: half a sign: ?" in body(check("twice", falls))["message"]
    )
    assert body(check("twice", dots))["attempts"] == 2, "an empty function is no attempt"
    assert "Put the original" not in str(check("broken", 1))
    assert "The check stopped with KeyError" in str(check("broken", 1))


@pytest.mark.parametrize(
    ("call", "fragment"),
    [
        (lambda: check("score", 1), 'no exercise `score`. Did you mean "scores"?'),
        (lambda: check("zzz", 1), 'There are: "scores", "twice", "broken".'),
        (lambda: check(7, 1), "no exercise `7`"),
        (lambda: check(), "`check` cannot be called like this: missing a required argument"),
        (lambda: check("scores"), "There is nothing to check. Hand over what you made"),
        (lambda: check("scores", 1, q=1), "takes other names: scores() missing 1 required"),
        (lambda: check("scores", 1, 2, 3), "too many positional arguments"),
        (lambda: hint("scores", 0), "There is no hint 0. They count from 1 to 3."),
        (lambda: hint("broken"), "has no hints"),
        (lambda: hint(item="nobody"), "no exercise `nobody`"),
        (lambda: solution(), "It is used like this"),
    ],
)
def test_a_wrong_call_is_a_sentence_and_counts_nothing(course: Path, call, fragment):
    said = call()
    assert set(said._repr_mimebundle_()) == {"text/plain"}
    assert fragment in repr(said)
    assert read(course / "progress").entries == []


def test_without_a_set_up_cell(course: Path, monkeypatch):
    monkeypatch.setattr(opened, "_open", [])
    for said in (check("scores", 1), hint("scores"), solution("scores")):
        assert "Run the set-up cell at the top of the lesson" in repr(said)


def test_the_ladder_of_hints(course: Path):
    assert body(hint("scores"))["text"] == "Which shapes?"
    assert body(hint("scores", 1))["number"] == 1
    assert body(hint("scores", 3))["number"] == 2, "none is skipped"
    assert body(hint("scores"))["number"] == 3
    last = hint("scores")
    assert body(last)["text"] == "Divide at the end."
    assert "That was the last one." in repr(last)
    assert [line.answer for line in kept(course, "hint")] == ["1", "2", "3"]
    assert body(check("scores", ..., q=Q, k=K))["hints_seen"] == 3


def test_the_solution_opens_after_an_attempt(course: Path):
    first = SolutionOutput.model_validate(body(solution("scores")))
    assert first.code is None
    assert "Try it first" in first.message
    assert kept(course, "solution") == []
    check("scores", Q, q=Q, k=K)
    for _ in range(2):
        assert body(solution("scores"))["code"] == "scores = q @ k.T / 8 ** 0.5\n"
    assert len(kept(course, "solution")) == 1


def test_begun_anew_nothing_of_before_counts(course: Path):
    check("scores", Q, q=Q, k=K)
    hint("scores")
    reset = Evidence(id="reset-0001", at="2999-01-01T00:00:00Z", lesson=LESSON, kind="reset")
    append(course / "progress", reset.model_dump(mode="json"), writer="server")
    assert body(solution("scores"))["code"] is None
    assert body(check("scores", ...))["attempts"] == 0


def test_lines_of_other_versions_and_halves_are_stepped_over(course: Path):
    check("scores", Q, q=Q, k=K)
    (course / "progress" / "old.jsonl").write_text(
        '{"id": "from-tomorrow", "format": 2, "kind": "dance"}\n{"id": "ha', encoding="utf-8"
    )
    assert body(check("scores", Q, q=Q, k=K))["attempts"] == 2


def test_a_progress_folder_that_refuses_still_gives_the_verdict(course: Path):
    (course / "progress").write_text("not a folder")
    result = body(check("scores", RIGHT, q=Q, k=K))
    assert result["right"]
    assert (
        "Each row holds the scores of one position. This was not kept on disk." in result["message"]
    )
    assert body(check("scores", Q, q=Q, k=K))["attempts"] == 2, "this kernel remembers"
    assert body(solution("scores"))["code"]
    (course / "progress").unlink()
    assert "not kept" not in body(check("scores", RIGHT, q=Q, k=K))["message"]
    assert len(kept(course)) == 1


def test_outside_a_workspace_there_is_a_verdict(course: Path, tmp_path, monkeypatch, capsys):
    home = tmp_path / "shipped"
    (course / "lessons").rename(home)
    monkeypatch.setattr(opened, "content", lambda _: home)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    set_up(LESSON)
    assert "does not stand in a nanochat-learn workspace" in capsys.readouterr().out
    message = body(check("scores", RIGHT, q=Q, k=K))["message"]
    assert message.endswith("This was not kept: the notebook does not stand in a workspace.")


def test_set_up_says_what_is_wrong(course: Path, capsys):
    set_up("91_made_up")
    assert f'There is no lesson `91_made_up`. Did you mean set_up("{LESSON}")?' in _out(capsys)
    set_up("../../etc")
    assert "There is no lesson `../../etc`." in _out(capsys)
    set_up(12)
    assert "There is no lesson `12`." in _out(capsys)
    assert "cannot be called like this" in repr(set_up(1, 2, 3))
    assert body(check("scores", ...))["lesson"] == LESSON, "the lesson before stays open"


def _out(capsys: pytest.CaptureFixture) -> str:
    return capsys.readouterr().out


def test_a_damaged_exercise_file_is_a_sentence(course: Path):
    file = course / "lessons/checks" / f"{LESSON}.py"
    good = file.read_text()
    for bad, fragment in (
        ("def (:", "cannot be loaded (SyntaxError"),
        ("import nobody_has_this", "cannot be loaded (ModuleNotFoundError"),
        ("EXERCISES = 3", "has no EXERCISES"),
    ):
        file.write_text(bad)
        assert fragment in repr(check("scores", 1))
    file.write_text(good)
    assert body(check("scores", RIGHT, q=Q, k=K))["right"]
    assert not list(file.parent.glob("__pycache__"))


def scores_of(answer):
    expect_close(answer, torch.ones(2, 2))


def number_of(answer):
    expect_number(answer, truth=3, low=0)


def list_of(answer):
    expect_same(answer, [1, "a"])


def function_of(answer):
    expect_function(answer, arguments=2)(1, 2)


ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.binary()),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
    max_leaves=4,
)


@given(ANYTHING, st.sampled_from([scores_of, number_of, list_of, function_of]))
def test_whatever_the_answer_is_the_verdict_is_a_sentence(answer, judge):
    verdict, message = verdict_on(Exercise(check=judge), answer, {})
    assert verdict in ("wrong", "not yet", "right")
    assert message
    message.encode()


def test_a_stopped_check_is_no_attempt(course: Path):
    def stopped(x):
        raise KeyboardInterrupt

    result = body(check("twice", stopped))
    assert (result["counted"], result["attempts"]) == (False, 0)
    assert result["message"].startswith("You stopped the check")
