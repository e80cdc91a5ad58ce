"""The linter of lessons: a whole lesson passes, and each planted fault is named."""

from __future__ import annotations

import dataclasses
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tools/gates")]
from lesson_parts import read_lesson  # noqa: E402
from make_lessons import notebook_of  # noqa: E402

import lessons as gate  # noqa: E402

LESSON = """\
# ---
# jupyter:
#   nanochat_learn:
#     id: 03_ropes
#     title: Ropes
#     cluster: foundations
#     concepts: [foundations.dot_product]
#     needs: [foundations.tensors]
#     minutes: 15
#     difficulty: 1
#     objectives: [Pull a rope, Tie a knot]
#     items:
#       - {id: guess, kind: prediction, concepts: [foundations.dot_product]}
#       - {id: pull, kind: exercise, concepts: [foundations.dot_product]}
#       - {id: tie, kind: exercise, concepts: [foundations.dot_product], stretch: true}
#       - {id: q1, kind: quiz, concepts: [foundations.dot_product]}
#       - {id: q2, kind: quiz, concepts: [foundations.dot_product]}
#       - {id: q3, kind: quiz, concepts: [foundations.tensors]}
# ---

# %% [markdown]
# # The dot product
#
# ![Two ropes](pictures/rope.svg)

# %%
from nanochat_learn.kernel import set_up, picture
set_up("03_ropes")

# %%
predict("guess")

# %% [markdown]
# ## Knots
#
# A **dot product** is one number, and dot products are many.

# %%
a = [1, 2]

# %%
reveal("guess", a)

# %%
compare(toy, real, a)

# %%
explore(draw, b=(0, 1))

# %%
picture("rope", a=a)

# %%
picture("rope", b=a)

# %% exercise="pull"
answer = ...
check("pull", answer)

# %% exercise="tie"
### BEGIN SOLUTION
knot = 2
### END SOLUTION
check("tie", knot)

# %%
quiz("q1")

# %%
quiz("q2")

# %%
quiz("q3")

# %% [markdown]
# ## Next
#
# Then comes softmax. **Still a simplification:** ropes are longer.
"""
QUIZ = """
  {name}:
    question: Which one?
    choices:
      - {{text: one, right: true, feedback: Yes.}}
      - {{text: two, feedback: No.}}
"""
DATA = (
    "predictions:\n  guess:\n    question: What?\n    choices: [a, b]\n    why: Because.\nquizzes:"
    + "".join(QUIZ.format(name=name) for name in ("q1", "q2", "q3"))
)
CHECKS = """
EXERCISES = {
    "pull": Exercise(check=pull, hints=("Look.", "Think.", "Pull."), reference="answer = 1"),
    "tie": Exercise(check=tie, hints=("Look.", "Think.", "Tie."), reference="knot = 2"),
}
"""


TABLES = (
    LESSON.replace("03_ropes", "02_tables")
    .replace("[foundations.dot_product]", "[foundations.tensors]", 1)
    .replace("needs: [foundations.tensors]", "needs: []")
    .replace("**dot product** is one number, and dot products", "**tensor** is a table, and tables")
)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> gate.Course:
    """The real notes and glossary, and two lessons of ours."""
    home = tmp_path_factory.mktemp("lessons")
    (home / "02_tables.py").write_text(TABLES)
    (home / "03_ropes.py").write_text(LESSON)
    lessons = [read_lesson(home / "02_tables.py"), read_lesson(home / "03_ropes.py")]
    course = gate.course_of(lessons, ROOT / "docs/knowledge_base", home)
    known: set[str] = set()
    assert list(course.terms.unexplained(lessons[0], known)) == []
    assert known == {"tensor"}
    return course


@pytest.fixture
def judged(tmp_path: Path, course: gate.Course):
    """``judged(lesson, data, checks)`` → every fault of it, as the gate words them."""

    def of(
        lesson: str = LESSON, data: str = DATA, checks: str = CHECKS, says: str = ""
    ) -> list[str]:
        home = tmp_path / "lessons"
        (home / "checks").mkdir(parents=True)
        (home / "pictures").mkdir()
        (home / "pictures/rope.svg").write_text("<svg/>")
        (home / "03_ropes.py").write_text(lesson)
        (home / "checks/03_ropes.yaml").write_text(data)
        (home / "checks/03_ropes.py").write_text(checks)
        (tmp_path / "03_ropes").mkdir()
        for exercise in ("pull", "tie"):
            for number in "123":
                file = tmp_path / "03_ropes" / f"wrong_{exercise}_{number}.py"
                file.write_text(says or f"# says: rope {number}\nanswer = {number}\n")
        parts = read_lesson(home / "03_ropes.py")
        unknown = course.terms.unexplained(parts, {"tensor"})
        own = dataclasses.replace(course, wrong=tmp_path)
        return [*gate.faults(parts, own), *(f"{place}: {w} unexplained" for place, w in unknown)]

    return of


def test_a_lesson_to_the_contract_has_no_fault(judged) -> None:
    assert judged() == []


LONG = " ".join(["word"] * 61)
TEXT = "# ## Knots\n#\n"
FAULTS = {
    "a long text": (TEXT, f"{TEXT}# {LONG}\n#\n", r"cell 4 has \d+ words, at most 60"),
    "long code": ("a = [1, 2]", "\n".join(["a = [1]"] * 13), "13 lines of code, at most 12"),
    "much to read": (
        TEXT,
        "\n# %% [markdown]\n# ".join(["", *[" ".join(["word"] * 55)] * 3, "## Knots\n#\n"]),
        "words with nothing to do",
    ),
    "a lost still": ("pictures/rope.svg", "pictures/none.svg", "pictures/none.svg does not exist"),
    "no caption": ("![Two ropes]", "![]", "has no caption"),
    "few pictures": (
        "a = [1, 2]",
        "\n\n# %%\n".join(["a = [1, 2]"] * 26),
        "4 pictures for 34 cells that tell; 6 are wanted",
    ),
    "a word": ("A **dot", "This is simply a **dot", "do without the word “simply”"),
    "a shout": ("are many.", "are many!", "cell 4: no exclamation mark"),
    "half a header": ("#     minutes: 15\n", "", "the header lacks minutes"),
    "another id": ("id: 03_ropes", "id: 03_rope", "the header says 03_rope, the file 03_ropes"),
    "a cluster": ("cluster: foundations", "cluster: knots", "no cluster knots"),
    "no objective": ("[Pull a rope, Tie a knot]", "[Pull a rope]", "1 objectives; two or three"),
    "no verb": ("Pull a rope", "The rope", "does not begin with a verb"),
    "bad item": ("kind: quiz", "kind: riddle", "items: 3.kind"),
    "a need": (
        "needs: [foundations.tensors]",
        "needs: [foundations.softmax]",
        "needs foundations.softmax, which no earlier lesson teaches",
    ),
    "an unknown concept": ("needs: [foundations.tensors]", "needs: [x.y]", "no concept x.y"),
    "an unlisted item": ('quiz("q2")', 'quiz("q4")', "but the cells ask"),
    "not earlier": (
        "{id: q3, kind: quiz, concepts: [foundations.tensors]}",
        "{id: q3, kind: quiz, concepts: [foundations.dot_product]}",
        "no question comes from an earlier lesson",
    ),
    "no stretch": (", stretch: true", "", "no exercise is marked"),
    "no set-up": ('set_up("03_ropes")', 'set_up("02_ropes")', "does not call set_up"),
    "no cell of an exercise": ('# %% exercise="pull"', "# %%", "the exercise pull needs a cell"),
    "never revealed": ('reveal("guess", a)', "a", "guess is never revealed"),
    "no real code": ("compare(toy, real, a)", "a", "compares a toy with the real code"),
    "nothing to explore": ("explore(draw, b=(0, 1))", "a", "lets the learner explore"),
    "no next": ("# ## Next", "# ## Later", "the part “Next” is missing"),
    "no box": ("Still a simplification", "Well", "“Still a simplification” is missing"),
    "a term": ("A **dot product** is", "A dot product is", "cell 4: dot product unexplained"),
    "a term too early": ("A **dot", "Take logits. A **dot", "cell 4: logits unexplained"),
    "a word of Python": ("A **dot", "A loop or a **dot", "cell 4: loop unexplained"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_a_lesson_is_named(fault: str, judged) -> None:
    old, new, says = FAULTS[fault]
    assert old in LESSON
    found = judged(LESSON.replace(old, new, 1))
    assert any(re.search(says, line) for line in found), found


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("why: Because.", "", "line 2: The prediction `guess` is not complete: `why` is missing"),
        ("[a, b]", "[a, a]", "`guess` offers the same choice twice"),
        ("  q2:", "  q5:", "checks/ describes the quiz"),
        ("right: true, ", "", "line 9: `q1` has 0 right choices"),
        ("feedback: No.", 'feedback: ""', "line 9: The choice “two” of `q1` has no `feedback`"),
        ("question: What?", "question: Which logit?", r"predict\('guess'\): logit unexplained"),
        ("feedback: No.", "feedback: Just no.", r"quiz\('q1'\): do without the word “Just”"),
    ],
)
def test_a_fault_in_the_questions_is_named(old: str, new: str, says: str, judged) -> None:
    found = judged(data=DATA.replace(old, new, 1))
    assert any(re.search(says, line) for line in found), found


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('("Look.", "Think.", "Pull.")', '("Look.", "Pull.")', "pull has 2 hints, not three"),
        (', reference="answer = 1"', "", "pull needs a check and a reference"),
        ('"pull": ', '"push": ', "checks/ describes the exercise"),
        ('"Think.", "Pull."', '"Take a gradient.", "Pull."', "gradient unexplained"),
    ],
)
def test_a_fault_in_the_exercises_is_named(old: str, new: str, says: str, judged) -> None:
    found = judged(checks=CHECKS.replace(old, new, 1))
    assert any(re.search(says, line) for line in found), found


def test_wrong_solutions_need_a_message_each(judged, tmp_path: Path) -> None:
    found = judged(says="# says: the same\n")
    assert any("two wrong solutions of pull get the same message" in line for line in found)


def test_a_notebook_keeps_exercises_and_leaves_solutions_out(tmp_path: Path) -> None:
    source = tmp_path / "03_ropes.py"
    source.write_text(LESSON)
    cells = {cell["id"]: cell for cell in notebook_of(source).cells}
    assert cells["03-tie"].metadata == {"exercise": "tie"}
    assert cells["03-tie"].source == '...  # your lines here\ncheck("tie", knot)'
    source.write_text(LESSON.replace("### END SOLUTION\n", ""))
    with pytest.raises(ValueError, match="without its partner"):
        notebook_of(source)
