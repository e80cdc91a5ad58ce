"""What holds for any evidence whatever: found by trying many, not by thinking of some."""

from __future__ import annotations

from itertools import count

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from small_path import ATTENTION, COURSE, ITEMS, at, did, lesson_of, states

from nanochat_learn.learner.path import progress
from nanochat_learn.learner.standing import standings
from nanochat_learn.schema.learner import Evidence, Progress

BETTER = ("unseen", "shaky", "started", "understood")
"""From what is worse to what is better: a mistake made good leaves the concept begun, not shaky."""
NOW = at(24 * 400)
_ids = count()


def path(lines: list[Evidence]) -> Progress:
    return progress(COURSE, lines, NOW)


@st.composite
def line(draw: st.DrawFn, kinds: tuple[str, ...] = ()) -> Evidence:
    lesson, item, kind = draw(st.sampled_from(ITEMS))
    deeds = {
        "prediction": ("prediction", "reveal"),
        "exercise": ("check", "hint", "solution"),
        "quiz": ("quiz",),
    }[kind]
    deed = draw(st.sampled_from((*deeds, "reset")))
    outcome = "seen"
    if deed in ("reveal", "check", "quiz"):
        outcome = draw(st.sampled_from(("right", "wrong")))
    hours = draw(st.integers(0, 24 * 10))
    id = f"line-{next(_ids):06}"
    return did(lesson, None if deed == "reset" else item, deed, outcome, hours, id=id)


LINES = st.lists(line(), max_size=25)
many = settings(max_examples=150)


@many
@given(LINES, st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_matters(lines, random):
    mixed = [*lines, *lines[: len(lines) // 2]]
    random.shuffle(mixed)
    assert path(mixed) == path(lines)


@many
@given(LINES)
def test_two_different_lines_under_one_id_give_one_result(lines):
    assume(len(lines) > 1)
    twin = lines[0].model_copy(update={"id": lines[1].id})
    assert path([*lines, twin]) == path([twin, *lines])


@many
@given(LINES, st.sampled_from([one for one in ITEMS if one[2] != "prediction"]))
def test_a_right_answer_never_lowers_a_state(lines, chosen):
    lesson, item, kind = chosen
    before = states(path(lines))
    more = did(lesson, item, "check" if kind == "exercise" else "quiz", "right", 24 * 20)
    after = states(path([*lines, more]))
    for concept, state in before.items():
        assert BETTER.index(after[concept]) >= BETTER.index(state)


@many
@given(LINES, st.sampled_from([one for one in ITEMS if one[2] != "prediction"]))
def test_a_mistake_never_makes_anything_understood(lines, chosen):
    lesson, item, kind = chosen
    before = states(path(lines))
    more = did(lesson, item, "check" if kind == "exercise" else "quiz", "wrong", 24 * 20)
    after = states(path([*lines, more]))
    assert {c for c, s in after.items() if s == "understood"} <= {
        c for c, s in before.items() if s == "understood"
    }


@many
@given(LINES)
def test_what_is_understood_has_right_answers_and_its_lesson_behind_it(lines):
    found = path(lines)
    for concept, state in states(found).items():
        if state != "understood":
            continue
        about = [one for one in standings(COURSE, lines) if concept in one.item.concepts]
        own = [one for one in about if one.alone_at and one.state == "right"]
        assert own
        shown = {(line.lesson, line.item) for line in lines if line.outcome == "right"}
        assert {one.key for one in own} <= shown
        taught = COURSE.teaches[concept].id
        for one in about:
            if one.lesson.id == taught and one.item.kind != "prediction" and not one.item.stretch:
                assert one.state == "right"


@many
@given(LINES, st.sampled_from([one.id for one in COURSE.lessons]))
def test_reset_forgets_exactly_one_lesson(lines, lesson):
    after = path([*lines, did(lesson, None, "reset", hours=24 * 20)])
    assert after == path([one for one in lines if one.lesson != lesson])
    assert lesson_of(after, lesson).state == "unseen"
    for other in COURSE.lessons:
        if other.id != lesson:
            assert lesson_of(after, other.id) == lesson_of(path(lines), other.id)


@many
@given(LINES)
def test_the_path_leads_somewhere_and_says_why(lines):
    found = path(lines)
    lessons = [one for cluster in found.clusters for one in cluster.lessons]
    if found.next is None:
        assert all(one.state == "done" for one in lessons if one.items)
    else:
        chosen = lesson_of(found, found.next.lesson)
        assert found.next.item in {None, *(one.id for one in chosen.items)}
        assert found.next.reason.endswith(".")
    for cluster in found.clusters:
        for one in cluster.concepts:
            assert one.reason.endswith(".")
    for one in lessons:
        assert (one.state == "done") <= (one.minutes_left == 0)
        assert 0 <= one.minutes_left <= one.minutes
        assert (one.resume is None) == (one.state != "started")


@many
@given(LINES)
def test_nobody_goes_on_to_attention_over_a_mistake_below_it(lines):
    found = path(lines)
    below = [one for cluster in found.clusters for one in cluster.concepts if one.id != ATTENTION]
    fresh_mistakes = [
        standing
        for standing in standings(COURSE, lines)
        if standing.state == "wrong"
        and standing.item.kind != "prediction"
        and not standing.item.stretch
        and standing.item.concepts[0] in {one.id for one in below if one.state == "shaky"}
        and not any(
            other.alone_at and other.alone_at > standing.missed_at
            for other in standings(COURSE, lines)
            if standing.item.concepts[0] in other.item.concepts
        )
    ]
    if fresh_mistakes:
        assert found.next.lesson != "12_attention"


@many
@given(LINES)
def test_lines_about_what_does_not_exist_change_nothing(lines):
    strange = [did("99_gone", "x", "quiz", "wrong"), did("03_dot", "gone", "check", "wrong")]
    assert path([*lines, *strange]) == path(lines)
