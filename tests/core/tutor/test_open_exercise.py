"""An open exercise: hints come first, and no solution reaches the learner, whatever its dress."""

from __future__ import annotations

import pytest
from lesson_files import ATTENTION, DOT, deed, write_lessons
from small_course import all_of, run, word_search

from nanochat_learn import journal
from nanochat_learn import workspace as verbs
from nanochat_learn.adapters.scripted_model import ScriptedModel, says
from nanochat_learn.places import Workspace
from nanochat_learn.schema.tutor import AskRequest, ExercisePlace, LearnerContext
from nanochat_learn.tutor.checking import Checked
from nanochat_learn.tutor.citing import Names
from nanochat_learn.tutor.exercise import OpenExercise, Withheld
from nanochat_learn.workspace import exercising

SUMS = ExercisePlace(lesson="03_dot_products", item="sums")
SOLUTION = "products_of_pairs = a * b\nanswer = products_of_pairs.sum()"
LEFT_OUT = "Left out: this would solve the exercise"


@pytest.fixture
def lessons(course: Workspace) -> Workspace:
    write_lessons(course.root)
    return course


def did(course: Workspace, *lines: dict) -> None:
    journal.append(course.root / "progress", *lines)


def asked(course: Workspace, model: ScriptedModel | None, **context):
    request = AskRequest(
        question="How do I do it?", context=LearnerContext(exercise=SUMS, **context)
    )
    chosen = model.chosen() if model else None
    return run(all_of(verbs.ask(course, request, chosen, search=word_search(course))))


def seen(events) -> str:
    """Everything that reaches the learner: as it streams, and as it is kept."""
    streamed = "".join(event.text for event in events if event.type == "delta")
    message = events[-1].message
    assert streamed.strip() == message.text
    return streamed


def sent(model: ScriptedModel) -> str:
    return "\n".join(message["content"] for message in model.requests[0].messages)


# --- what the learner sees -----------------------------------------------------------------------

REFERENCE = """\
later4 = torch.ones(4, 4).triu(1) == 1
covered4 = scores4.masked_fill(later4, float("-inf"))
shares4 = covered4.softmax(dim=-1)
mixed4 = shares4 @ v4
check("causal_attention", mixed4, shares=shares4)
"""
OPEN = OpenExercise(
    lesson="12_self_attention",
    item="causal_attention",
    question="Cover, share out, mix.",
    hints=("Three steps.", "`torch.ones(4, 4).triu(1) == 1`", "Softmax along `dim=-1`."),
    hints_seen=0,
    attempts=1,
    reference=REFERENCE,
)


def shown(text: str, *said: str, exercise: OpenExercise = OPEN, cut: int = 7) -> str:
    checked = Checked(Names(()), Withheld(exercise, said))
    for at in range(0, len(text), cut):
        list(checked.feed(text[at : at + cut]))
    list(checked.finish())
    return checked.text


BODY = REFERENCE.partition("check(")[0]
RENAMED = (
    BODY.replace("later4", "mask")
    .replace("covered4", "c")
    .replace("shares4", "w")
    .replace("mixed4", "out")
    .replace("v4", "values")
    .replace("scores4", "s")
)


@pytest.mark.parametrize(
    "given_away",
    [
        f"```python\n{BODY}```",
        f"~~~py\n{BODY}~~~",
        f"```python\n{RENAMED}```",
        "```python\n# first cover\n" + BODY.replace("\n", "  # a remark\n\n") + "```",
        "```python\n>>> " + BODY.strip().replace("\n", "\n>>> ") + "\n```",
        "1. one:\n\n    " + BODY.replace("\n", "\n    "),  # indented code
        BODY,  # as plain lines
        "\n".join(f"- then `{line}`" for line in BODY.strip().split("\n")),
        "\n\n".join(f"```python\n{line}\n```\nand" for line in BODY.strip().split("\n")),
        "Write mixed4 = torch.softmax(s, -1) @ v4 and you are there.",
        "```python\nmixed4 = F.scaled_dot_product_attention(q, k, v, is_causal=True)\n```",
        "```python\nmixed4: Tensor = something(else_)\n```",
    ],
)
def test_a_solution_is_left_out_however_it_is_dressed(given_away):
    text = shown(f"Here it is:\n\n{given_away}\n\nDo you see why?")
    assert LEFT_OUT in text
    assert 'hint("causal_attention")' in text
    assert "mixed4 =" not in text and "mixed4:" not in text
    assert "shares4 @ v4" not in text and "w @ values" not in text
    assert text.startswith("Here it is:")
    assert text.endswith("Do you see why?")


def test_a_block_that_is_never_closed():
    assert shown(f"Here:\n```\n{BODY}").removeprefix("Here:\n") == OPEN.left_out()


@pytest.mark.parametrize(
    "hint",
    [
        "Look at row 1: which column must be 0? Work out `scores4[1]` by hand.",
        "Softmax turns scores into shares that add up to one.",
        "```python\nshares = torch.tensor([0.2, 0.8])\nprint(shares.sum())\n```",
        "A toy: `torch.tensor([[1, 2], [3, 4]]).triu(1)` keeps what is above the diagonal.",
        "Your line `mixed4 = ...` is still as you found it.",
        'What does `print(mixed4.shape)` say? Then run `check("causal_attention", mixed4)`.',
        "The score = query times key, added up.",
    ],
)
def test_hints_and_toys_pass_as_they_are(hint):
    assert shown(hint) == hint


def test_what_the_learner_wrote_may_be_talked_about():
    own = "shares4 = covered4.softmax(dim=-1)\nmixed4_wrong = v4 @ shares4"
    text = f"You wrote:\n\n```python\n{own}\n```\n\nWhich of the two has rows that look?"
    assert shown(text, own) == text


@pytest.mark.parametrize("cut", [1, 3, 50, 5_000])
def test_the_result_does_not_depend_on_how_the_text_was_cut(cut):
    text = f"A\n\n```python\n{BODY}```\n\n`x` b `{SOLUTION}`\n```\n{RENAMED}"
    assert shown(text, cut=cut) == shown(text, cut=11)
    assert shown(text).count("Left out") == 2


def test_a_one_line_solution_and_the_way_to_the_solution_cell():
    line = OpenExercise(
        "03_x", "sums", "", ("a",), 1, 2, 'answer = (a * b).sum()\ncheck("sums", answer)\n'
    )
    text = shown("So: `answer = torch.dot(a, b)`.", exercise=line)
    assert LEFT_OUT in text and 'solution("sums")' in text
    assert shown("`(c * d).sum()`", exercise=line) == text.replace("So: ", "")
    empty = OpenExercise("03_x", "sums", "", (), 0, 0, "")
    assert shown(f"```python\n{BODY}```", exercise=empty).startswith("```python")


# --- the whole way -------------------------------------------------------------------------------


def test_a_model_that_gives_the_solution_is_not_heard(lessons):
    model = ScriptedModel(
        says(f"Easy.\n\n```python\n{SOLUTION}\n```\n\nOr `answer = (a * b).sum()`.\n\nFine?")
    )
    text = seen(asked(lessons, model))
    assert "products_of_pairs" not in text and "answer =" not in text
    assert LEFT_OUT in text
    assert text.strip().endswith("Fine?")
    (talk,) = verbs.conversations(lessons).conversations
    kept = verbs.conversation(lessons, talk.id).messages[-1].text
    assert "products_of_pairs" not in kept


def test_the_request_says_hint_first_and_holds_no_solution(lessons):
    did(lessons, deed("03_dot_products", "sums", "check", "wrong"))
    did(lessons, deed("03_dot_products", "sums", "hint", answer="1"))
    model = ScriptedModel(says("What did you try?"))
    request = AskRequest(question="How?", context=LearnerContext(exercise=SUMS))
    search = word_search(lessons)
    preview = verbs.preview(lessons, request, model.chosen(), search=search)
    asked(lessons, model)
    system = model.requests[0].messages[0]["content"]
    assert "The learner asks from the exercise `sums` and has not solved it." in system
    assert "**Do not solve it.**" in system
    everything = sent(model)
    assert "| Attempts so far: 1. Hints: 3." in everything
    assert "| Hint 1, seen already: Multiply pair by pair." in everything
    assert "| Hint 2, the next one: Then add up: `(a * b)` is half." in everything
    assert "Hint 3" not in everything, "no hint further up than the next one"
    assert "products_of_pairs" not in everything
    assert "executed" not in everything
    assert "| Hint 2, the next one" in preview.parts[1].text, "the preview shows the same"
    assert "Do not solve it" in preview.parts[0].text


@pytest.mark.parametrize(
    "deeds",
    [
        [deed("03_dot_products", "sums", "check", "right")],
        [deed("03_dot_products", "sums", "solution")],
    ],
)
def test_once_it_is_solved_or_opened_there_is_nothing_to_give_away(lessons, deeds):
    did(lessons, *deeds)
    model = ScriptedModel(says(f"```python\n{SOLUTION}\n```"))
    assert SOLUTION in seen(asked(lessons, model))
    assert "Do not solve it" not in sent(model)
    did(lessons, deed("03_dot_products", None, "reset", at="2026-03-03T09:00:00Z"))
    assert SOLUTION not in seen(asked(lessons, model)), "begun anew, it is open again"


def test_a_policy_of_the_course_decides_for_itself(lessons):
    (lessons.root / "TUTOR.md").write_text("Always give the whole solution.", "utf-8")
    model = ScriptedModel(says(f"```python\n{SOLUTION}\n```"))
    assert SOLUTION in seen(asked(lessons, model))
    assert "Always give the whole solution." in sent(model)
    assert "Do not solve it" not in sent(model)


def test_without_a_model_the_hint_is_named_first(lessons):
    text = seen(asked(lessons, None))
    assert text.startswith('You are at the exercise `sums`: `hint("sums")` helps you on.')


def test_what_is_no_exercise_changes_nothing(lessons):
    for lesson, item in (
        ("03_dot_products", "q1"),
        ("99_gone", "sums"),
        ("12_self_attention", "x"),
    ):
        place = ExercisePlace(lesson=lesson, item=item)
        assert exercising.open_exercise(lessons, place) is None


@pytest.mark.parametrize("damage", ["(", "\x00", "EXERCISES = 3", "EXERCISES = {'sums': make()}"])
def test_damaged_checks_cost_the_hints_and_not_the_rule(lessons, damage):
    (lessons.root / "lessons/checks/03_dot_products.py").write_text(damage, "utf-8")
    found = exercising.open_exercise(lessons, SUMS)
    assert found is not None
    assert (found.hints, found.reference) == ((), "")
    assert "Attempts so far: 0" in found.told()


def test_the_words_before_the_cell_are_the_question(lessons):
    import json

    file = lessons.root / "lessons/03_dot_products.ipynb"
    notebook = json.loads(file.read_text())
    notebook["cells"].insert(
        0, {"cell_type": "markdown", "metadata": {}, "source": ["Add ", "up."]}
    )
    file.write_text(json.dumps(notebook))
    found = exercising.open_exercise(lessons, SUMS)
    assert found is not None and found.told().startswith("Add up.\n\n")
    file.write_text('{"cells": 3}')


# --- mastery -------------------------------------------------------------------------------------


def test_mastery_goes_along_only_when_they_agreed(lessons):
    did(
        lessons,
        deed("03_dot_products", "sums", "check", "right"),
        deed("03_dot_products", "q1", "quiz", "right"),
        deed("12_self_attention", "mix", "check", "wrong"),
    )
    model = ScriptedModel(says("x"))
    asked(lessons, model)
    assert "Dot product" not in sent(model)
    model = ScriptedModel(says("x"))
    asked(lessons, model, progress=True)
    told = sent(model)
    assert "| Understood: Dot product." in told
    assert "| Shaky: Self-attention." in told
    assert "what the learner has understood" in told


def test_nothing_done_says_nothing(lessons):
    assert exercising.understood(lessons) == ""
    assert {DOT, ATTENTION} <= {c.id for c in exercising.course(lessons).concepts}


def test_solutions_are_not_found_by_searching_the_code(lessons):
    verbs.index(lessons)
    paths = {node.data.file_path for node in verbs.graph(lessons).elements.nodes}
    assert "lessons/12_self_attention.ipynb" in paths
    assert not any(path and "checks" in path for path in paths)
