"""What evidence makes of concepts, lessons, the next step and reviews."""

from __future__ import annotations

import pytest
from small_path import (
    COURSE,
    DOT,
    ROPE,
    SOFTMAX,
    all_right,
    at,
    concept,
    did,
    flat,
    guessed,
    lesson_of,
    right,
    states,
    wrong,
)

from nanochat_learn.learner.path import progress


def path(*lines, hours=1.0):
    return progress(COURSE, flat(*lines), at(hours))


# --- concepts ----------------------------------------------------------------------------------


def test_nothing_was_done():
    found = path()
    assert set(states(found).values()) == {"unseen"}
    assert concept(found, DOT).reason == "Nothing yet. Lesson 3, “Dot products”, teaches it."
    assert concept(found, ROPE).reason == "No lesson teaches it yet."
    assert concept(found, DOT).lesson == "03_dot", "a tour can show nothing"
    assert found.reviews == ()
    assert found.damaged == ()


def test_understood_needs_every_core_item_of_its_lesson_and_says_what_it_rests_on():
    lines = [right("03_dot", "sums")]
    assert states(path(lines))[DOT] == "started"
    assert concept(path(lines), DOT).reason == (
        "Right so far: the exercise `sums` in lesson 3; 1 thing to do about it."
    )
    found = path(lines, right("03_dot", "q1"))
    assert states(found)[DOT] == "understood", "no stretch, no guess, no other lesson is needed"
    assert concept(found, DOT).reason == (
        "Right, and by yourself: the exercise `sums` in lesson 3 and 1 question in lesson 3."
    )


def test_a_right_answer_elsewhere_does_not_replace_the_lesson():
    assert states(path(right("04_softmax", "q2"), right("12_attention", "old")))[DOT] == "started"


def test_a_mistake_makes_the_first_concept_shaky_and_no_other():
    found = path(all_right("03_dot"), wrong("04_softmax", "shares", 2), hours=3)
    assert states(found)[SOFTMAX] == "shaky"
    assert states(found)[DOT] == "understood"
    assert concept(found, SOFTMAX).reason == ("The exercise `shares` in lesson 4 is not right yet.")
    found = path(all_right("03_dot"), wrong("12_attention", "old", 2), hours=3)
    assert states(found)[DOT] == "shaky"


def test_a_stretch_is_never_needed():
    found = path(all_right("03_dot"), wrong("03_dot", "more", 2), hours=3)
    assert states(found)[DOT] == "understood"


def test_an_exercise_once_right_may_be_played_with():
    found = path(right("03_dot", "sums"), right("03_dot", "q1"), wrong("03_dot", "sums", 0.5))
    assert states(found)[DOT] == "understood"


@pytest.mark.parametrize("solved", [False, True])
def test_the_solution_before_it_was_right_is_help(solved):
    lines = [
        right("03_dot", "q1"),
        wrong("03_dot", "sums", 0.1),
        did("03_dot", "sums", "solution", hours=0.2),
        *([right("03_dot", "sums", 0.3)] if solved else []),
    ]
    found = path(lines)
    assert states(found)[DOT] == "shaky"
    helped = next(one for one in lesson_of(found, "03_dot").items if one.id == "sums")
    assert helped.helped
    assert helped.state == ("right" if solved else "wrong")
    if solved:
        assert "You opened the solution of the exercise `sums`" in concept(found, DOT).reason
        again = path(lines, right("03_dot", "sums", 0.4))
        assert states(again)[DOT] == "shaky", "the same item again shows nothing new"
        assert states(path(lines, right("04_softmax", "q2", 0.4)))[DOT] == "understood"


def test_the_solution_after_it_was_right_is_curiosity():
    lines = all_right("03_dot")
    assert states(path(lines, did("03_dot", "sums", "solution", hours=2)))[DOT] == "understood"


def test_hints_are_no_help_in_this_sense():
    lines = [did("03_dot", "sums", "hint"), did("03_dot", "sums", "hint", hours=0.1)]
    assert states(path(lines))[DOT] == "started"
    assert states(path(lines, all_right("03_dot", 0.2)))[DOT] == "understood"


def test_an_answer_that_the_feedback_gave_away_is_help_until_the_next_day():
    lines = [right("03_dot", "sums"), wrong("03_dot", "q1", 1), right("03_dot", "q1", 1.1)]
    found = path(lines, hours=2)
    assert states(found)[DOT] == "shaky"
    assert "You saw the answer to the question `q1`" in concept(found, DOT).reason
    assert states(path(lines, right("03_dot", "q1", 25), hours=26))[DOT] == "understood"
    assert states(path(lines, right("12_attention", "old", 2), hours=3))[DOT] == "understood"


# --- guesses -----------------------------------------------------------------------------------


def item_state(found, lesson, item):
    return next(one for one in lesson_of(found, lesson).items if one.id == item).state


def test_a_guess_counts_once_it_was_compared():
    given = did("03_dot", "guess", "prediction", "given")
    assert item_state(path(given), "03_dot", "guess") == "open"
    assert lesson_of(path(given), "03_dot").state == "started"
    assert item_state(path(guessed("03_dot", "guess")), "03_dot", "guess") == "right"
    assert states(path(guessed("03_dot", "guess", "wrong")))[DOT] == "started", "no mistake"


def test_only_the_first_guess_counts():
    lines = [
        did("03_dot", "guess", "prediction", "given"),
        did("03_dot", "guess", "reveal", "wrong", 0.1),
        did("03_dot", "guess", "prediction", "given", 0.2),
        did("03_dot", "guess", "reveal", "right", 0.3),
    ]
    assert item_state(path(lines), "03_dot", "guess") == "wrong"


def test_a_guess_after_the_truth_does_not_count():
    lines = [
        did("03_dot", "guess", "reveal", "wrong"),
        did("03_dot", "guess", "prediction", "given", 0.1),
        did("03_dot", "guess", "reveal", "right", 0.2),
    ]
    assert item_state(path(lines), "03_dot", "guess") == "open"
    reset = did("03_dot", None, "reset", hours=0.3)
    again = path(lines, reset, guessed("03_dot", "guess", hours=0.4))
    assert item_state(again, "03_dot", "guess") == "right"


def test_a_guess_in_the_same_instant_as_the_truth_came_before_it():
    lines = [
        did("03_dot", "guess", "reveal", "right", id="aaaaaaaa"),
        did("03_dot", "guess", "prediction", "given", id="zzzzzzzz"),
    ]
    assert item_state(path(lines), "03_dot", "guess") == "right"


# --- lessons -----------------------------------------------------------------------------------


def test_a_lesson_from_unseen_to_done():
    fresh = lesson_of(path(), "03_dot")
    assert (fresh.state, fresh.minutes_left, fresh.resume) == ("unseen", 20, None)
    lines = guessed("03_dot", "guess", "wrong")
    begun = lesson_of(path(lines), "03_dot")
    assert (begun.state, begun.minutes_left, begun.resume) == ("started", 14, "sums")
    lines.append(wrong("03_dot", "sums", 0.2))
    assert lesson_of(path(lines), "03_dot").resume == "sums", "an exercise has to be right"
    lines += [right("03_dot", "sums", 0.3), wrong("03_dot", "q1", 0.4)]
    done = lesson_of(path(lines), "03_dot")
    assert (done.state, done.minutes_left, done.resume) == ("done", 0, None)


def test_a_tour_costs_no_minutes_and_is_never_done():
    tour = lesson_of(path(all_right("03_dot")), "00_start")
    assert (tour.state, tour.minutes_left, tour.items) == ("unseen", 0, ())


def test_minutes_add_up():
    found = path(all_right("03_dot"))
    assert [cluster.minutes_left for cluster in found.clusters] == [20, 20]
    assert found.minutes_left == 40


def test_reset_forgets_its_lesson_and_no_other():
    lines = [*all_right("03_dot"), *all_right("04_softmax", 1)]
    found = path(lines, did("03_dot", None, "reset", hours=2), hours=3)
    assert lesson_of(found, "03_dot").state == "unseen"
    assert lesson_of(found, "04_softmax").state == "done"
    assert states(found)[DOT] == "started", "the question in lesson 4 still speaks for it"
    assert states(found)[SOFTMAX] == "understood"
    again = path(lines, did("03_dot", None, "reset", hours=2), all_right("03_dot", 3), hours=5)
    assert states(again)[DOT] == "understood"


# --- the next step -----------------------------------------------------------------------------


def test_the_path_begins_with_the_first_lesson_that_has_something_to_do():
    step = path().next
    assert (step.lesson, step.item, step.reason) == (
        "03_dot",
        None,
        "This is where the path begins.",
    )


def test_it_goes_on_where_the_learner_is():
    step = path(all_right("03_dot"), right("12_attention", "old", 2), hours=3).next
    assert (step.lesson, step.item) == ("12_attention", "guess")
    assert step.reason == "You are in the middle of “Attention”: 2 things are left to do."


def test_then_what_builds_on_what_was_understood():
    step = path(all_right("03_dot")).next
    assert (step.lesson, step.item, step.concept) == ("04_softmax", None, SOFTMAX)
    assert step.reason == "It builds on “Dot product”, which you have understood."


@pytest.mark.parametrize("lesson", ["04_softmax", "12_attention"])
def test_a_mistake_about_the_dot_product_leads_to_its_lesson_and_not_on(lesson):
    item = {"04_softmax": "q2", "12_attention": "old"}[lesson]
    lines = [*all_right("03_dot"), *all_right("04_softmax", 2)]
    failed = [one for one in lines if (one.lesson, one.item) != (lesson, item)]
    found = path(failed, wrong(lesson, item, 5), hours=6)
    assert states(found)[DOT] == "shaky"
    step = found.next
    assert (step.lesson, step.concept) == ("03_dot", DOT)
    assert step.item == "sums", "what can be done again"
    assert step.reason == (
        f"The question `{item}` in lesson {int(lesson[:2])} rests on “Dot product”, and it is not "
        "right yet. Lesson 3 explains it."
    )
    # Once something about it came out right again, the path goes on; the question comes back.
    after = path(failed, wrong(lesson, item, 5), right("03_dot", "sums", 6), hours=7)
    assert after.next.lesson == "12_attention"
    assert states(after)[DOT] == "shaky"


def test_the_simpler_idea_comes_first():
    lines = [wrong("12_attention", "mix", 2), wrong("12_attention", "old", 1)]
    assert path(lines, hours=3).next.lesson == "03_dot"


def test_a_mistake_in_its_own_lesson_stays_there():
    step = path(wrong("03_dot", "sums")).next
    assert (step.lesson, step.item) == ("03_dot", "sums")
    assert step.reason == (
        "“Dot product” is shaky: the exercise `sums` in lesson 3 is not right yet. Try it again."
    )


def test_prerequisites_come_first_even_where_the_numbers_say_otherwise():
    from dataclasses import replace

    lessons = {one.id: one for one in COURSE.lessons}
    early = replace(lessons["12_attention"], id="01_attention", questions={})
    course = replace(COURSE, lessons=(early, lessons["03_dot"], lessons["04_softmax"]))
    assert progress(course, [], at(0)).next.lesson == "03_dot"


def test_nothing_is_left():
    lines = [line for id in ("03_dot", "04_softmax", "12_attention") for line in all_right(id)]
    found = path(lines)
    assert found.next is None
    assert found.minutes_left == 0
    helped = [did("12_attention", "mix", "solution", hours=-1), *lines]
    step = path(helped).next
    assert (step.lesson, step.item) == ("12_attention", "mix")
    assert "Reset the lesson" in step.reason


def test_a_course_of_tours_begins_with_the_first():
    from dataclasses import replace

    course = replace(COURSE, lessons=COURSE.lessons[:1])
    assert progress(course, [], at(0)).next.lesson == "00_start"


# --- reviews -----------------------------------------------------------------------------------


def due(*lines, hours):
    return [(one.lesson, one.item) for one in path(*lines, hours=hours).reviews]


def test_a_missed_question_comes_back_until_it_is_right_at_a_due_time():
    missed = wrong("03_dot", "q1")
    assert due(missed, hours=23.9) == []
    for days in (1, 3, 7, 100):
        assert due(missed, hours=24 * days) == [("03_dot", "q1")]
    assert due(missed, right("03_dot", "q1", 2), hours=24) == [("03_dot", "q1")], "too soon"
    assert due(missed, right("03_dot", "q1", 24), hours=25) == []
    again = [missed, wrong("03_dot", "q1", 30)]
    assert due(again, hours=53) == [], "counted from the last miss"
    assert due(again, hours=54) == [("03_dot", "q1")]


def test_the_longest_waiting_comes_first():
    lines = [wrong("04_softmax", "q1", 1), wrong("03_dot", "q1", 60), wrong("04_softmax", "q2", 0)]
    assert due(lines, hours=90) == [
        ("04_softmax", "q2"),
        ("04_softmax", "q1"),
        ("03_dot", "q1"),
    ]
    first = path(lines, hours=90).reviews[0]
    assert first.question.question == "What of q2?"
    assert first.missed == "2026-03-02T09:00:00Z"


def test_a_reset_lesson_has_nothing_to_review():
    assert due(wrong("03_dot", "q1"), did("03_dot", None, "reset", hours=1), hours=50) == []
