"""One thing to do now, and why that.

1. A mistake leads back to the lesson that teaches its idea, simpler ideas first, until something
   about the idea has come out right since.
2. Else a lesson that was begun goes on: the one touched last.
3. Else the first lesson that is not done and whose prerequisites are.
4. Else what is still wrong, and what was right only with help.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from nanochat_learn.learner.course import Course, LessonPlan
from nanochat_learn.learner.mastery import Judged, called
from nanochat_learn.learner.standing import Standing
from nanochat_learn.schema.base import ConceptId
from nanochat_learn.schema.learner import NextStep

ByLesson = Mapping[str, Sequence[Standing]]


def next_step(
    course: Course, by_lesson: ByLesson, concepts: Mapping[ConceptId, Judged]
) -> NextStep | None:
    """None when nothing that is written is left to do."""
    return (
        _back(course, by_lesson, concepts)
        or _on(course, by_lesson)
        or _new(course, by_lesson, concepts)
        or _left_over(course, concepts)
    )


def _back(
    course: Course, by_lesson: ByLesson, concepts: Mapping[ConceptId, Judged]
) -> NextStep | None:
    order = {lesson.id: place for place, lesson in enumerate(course.lessons)}
    shaky = [one for one in concepts.values() if one.wrong and not one.worked_on_since]
    # The lessons stand in the order in which ideas build on one another.
    shaky = [one for one in shaky if one.lesson is not None]
    for one in sorted(shaky, key=lambda one: order[one.lesson.id] if one.lesson else 0):
        lesson = one.lesson
        assert lesson is not None  # left out above
        title = one.concept.title
        mistake = max(one.wrong, key=lambda wrong: (wrong.missed_at is not None, wrong.missed_at))
        if mistake.lesson.id == lesson.id:
            reason = f"“{title}” is shaky: {called(mistake)} is not right yet. Try it again."
            return NextStep(
                lesson=lesson.id, item=mistake.item.id, concept=one.concept.id, reason=reason
            )
        target = _first(
            (s for s in by_lesson[lesson.id] if one.concept.id in s.item.concepts), lesson
        )
        reason = (
            f"{_capital(called(mistake))} rests on “{title}”, and it is not right yet. "
            f"{_capital(lesson.number)} explains it."
        )
        return NextStep(lesson=lesson.id, item=target, concept=one.concept.id, reason=reason)
    return None


def _on(course: Course, by_lesson: ByLesson) -> NextStep | None:
    begun = []
    for lesson in course.lessons:
        stands = by_lesson[lesson.id]
        left = [one for one in stands if not one.item.stretch and not one.settled]
        last = max((one.touched for one in stands if one.touched), default=None)
        if left and last:
            begun.append((last, lesson, left))
    if not begun:
        return None
    _, lesson, left = max(begun, key=lambda one: (one[0], one[1].id))
    count = "1 thing is" if len(left) == 1 else f"{len(left)} things are"
    return NextStep(
        lesson=lesson.id,
        item=left[0].item.id,
        concept=_concept_of(left[0]),
        reason=f"You are in the middle of “{lesson.title}”: {count} left to do.",
    )


def _new(
    course: Course, by_lesson: ByLesson, concepts: Mapping[ConceptId, Judged]
) -> NextStep | None:
    left = [
        lesson
        for lesson in course.lessons
        if any(not one.settled for one in by_lesson[lesson.id] if not one.item.stretch)
    ]
    if not left:
        tours = [lesson for lesson in course.lessons if not lesson.items]
        if len(tours) < len(course.lessons) or not tours:
            return None  # all of them are done
        return NextStep(
            lesson=tours[0].id, item=None, concept=None, reason="This is where the path begins."
        )
    lesson = next((one for one in left if not _missing(course, one, left)), left[0])
    known = [
        course.title(need)
        for need in course.needs_of(lesson)
        if need in concepts and concepts[need].state == "understood"
    ]
    if known:
        reason = f"It builds on {_listed(known)}, which you have understood."
    elif len(left) == sum(bool(one.items) for one in course.lessons):
        reason = "This is where the path begins."
    else:
        reason = "It is the next on the path, and needs nothing that you have not met."
    return NextStep(
        lesson=lesson.id,
        item=None,
        concept=lesson.concepts[0] if lesson.concepts else None,
        reason=reason,
    )


def _missing(course: Course, lesson: LessonPlan, left: Sequence[LessonPlan]) -> list[ConceptId]:
    """What the lesson needs and another lesson, not done yet, teaches."""
    undone = {one.id for one in left}
    taught_in = {need: course.teaches.get(need) for need in course.needs_of(lesson)}
    return [
        need
        for need, teaching in taught_in.items()
        if teaching is not None and teaching.id in undone and teaching.id != lesson.id
    ]


def _left_over(course: Course, concepts: Mapping[ConceptId, Judged]) -> NextStep | None:
    """Everything is done. A missed question waits for its review; an exercise does not."""
    for one in concepts.values():
        for standing in (*one.wrong, *one.helped):
            if standing.item.kind != "exercise":
                continue
            wrong = standing.state == "wrong"
            reason = (
                f"{_capital(called(standing))} is not right yet."
                if wrong
                else f"You opened the solution of {called(standing)}. Reset the lesson and do it "
                "by yourself."
            )
            return NextStep(
                lesson=standing.lesson.id,
                item=standing.item.id,
                concept=one.concept.id,
                reason=reason,
            )
    return None


def _first(stands: Iterable[Standing], lesson: LessonPlan) -> str | None:
    """The first item that is not right yet, else the first that can be answered again."""
    listed = list(stands)
    left = [one for one in listed if one.state != "right"]
    again = [one for one in listed if one.item.kind != "prediction"]
    chosen = (left or again or listed)[:1]
    return chosen[0].item.id if chosen else None


def _concept_of(standing: Standing) -> ConceptId | None:
    return standing.item.concepts[0] if standing.item.concepts else None


def _listed(titles: Sequence[str]) -> str:
    quoted = [f"“{title}”" for title in titles]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
