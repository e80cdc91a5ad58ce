"""How each item of the course stands: open, right or wrong, alone or with help. No concepts here.

The rule is that of ``docs/decisions/0019-mastery-from-evidence.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from nanochat_learn.learner.counting import each_once, guess_of, since_reset
from nanochat_learn.learner.course import Course, LessonPlan
from nanochat_learn.schema.learner import Evidence, LessonItem

DUE: Final = tuple(timedelta(days=days) for days in (1, 3, 7))
"""How long after a miss its question comes up. Sooner, the feedback is still in the ear."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the evidence says about one item. Times are UTC."""

    lesson: LessonPlan
    item: LessonItem
    state: Literal["open", "right", "wrong"] = "open"
    touched: datetime | None = None
    """The last evidence of any kind."""
    alone_at: datetime | None = None
    """The last right answer that nothing had given away."""
    helped_at: datetime | None = None
    """When the solution, or the feedback on a miss, gave the answer away before it was right."""
    missed_at: datetime | None = None
    """The last wrong answer."""
    recalled: bool = True
    """Nothing was missed, or it was answered right at least a day later."""

    @property
    def key(self) -> tuple[str, str]:
        return self.lesson.id, self.item.id

    @property
    def settled(self) -> bool:
        """Done, whichever way a guess or an answer came out; an exercise has to be right."""
        return self.state == "right" or (self.state == "wrong" and self.item.kind != "exercise")


def standings(course: Course, evidence: Iterable[Evidence]) -> tuple[Standing, ...]:
    """Of every item, lesson by lesson, in the order in which they come."""
    by_lesson: dict[str, list[Evidence]] = {}
    for line in each_once(evidence):
        by_lesson.setdefault(line.lesson, []).append(line)
    found: list[Standing] = []
    for lesson in course.lessons:
        by_item: dict[str, list[Evidence]] = {}
        for line in since_reset(by_lesson.get(lesson.id, []), lesson.id):
            by_item.setdefault(line.item or "", []).append(line)
        found += [_standing(lesson, item, by_item.get(item.id, [])) for item in lesson.items]
    return tuple(found)


def moment(line: Evidence) -> datetime:
    """Raises ``ValueError`` for a time that no calendar has."""
    return datetime.fromisoformat(line.at.removesuffix("Z")[:26]).replace(tzinfo=UTC)


def _standing(lesson: LessonPlan, item: LessonItem, lines: Sequence[Evidence]) -> Standing:
    """``lines`` are those that count for this item, oldest first."""
    touched = moment(lines[-1]) if lines else None
    match item.kind:
        case "prediction":
            return _of_prediction(lesson, item, lines, touched)
        case "exercise":
            return _of_exercise(lesson, item, lines, touched)
        case "quiz":
            return _of_quiz(lesson, item, lines, touched)


def _of_prediction(
    lesson: LessonPlan, item: LessonItem, lines: Sequence[Evidence], touched: datetime | None
) -> Standing:
    """The first guess counts, if it came before the truth; and it counts once."""
    shown = [line for line in lines if line.kind == "reveal" and line.outcome in ("right", "wrong")]
    if guess_of(lines, item.id) is None or not shown:
        return Standing(lesson, item, touched=touched)
    right = shown[0].outcome == "right"
    at = moment(shown[0])
    return Standing(
        lesson,
        item,
        "right" if right else "wrong",
        touched,
        alone_at=at if right else None,
        missed_at=None if right else at,
    )


def _of_exercise(
    lesson: LessonPlan, item: LessonItem, lines: Sequence[Evidence], touched: datetime | None
) -> Standing:
    """Once right, it stays right: whoever goes on playing with it may break it again."""
    state: Literal["open", "right", "wrong"] = "open"
    alone = helped = missed = None
    for line in lines:
        if line.kind == "solution" and state != "right":
            helped = helped or moment(line)
        elif line.kind == "check" and line.outcome == "right":
            state = "right"
            alone = None if helped else moment(line)
        elif line.kind == "check" and line.outcome == "wrong":
            missed = moment(line)
            state = "right" if state == "right" else "wrong"
    return Standing(lesson, item, state, touched, alone, helped, missed)


def _of_quiz(
    lesson: LessonPlan, item: LessonItem, lines: Sequence[Evidence], touched: datetime | None
) -> Standing:
    """The last answer counts. After a miss, it is one's own from the next day on."""
    state: Literal["open", "right", "wrong"] = "open"
    alone = helped = missed = None
    recalled = True
    for line in lines:
        if line.kind != "quiz" or line.outcome not in ("right", "wrong"):
            continue
        at = moment(line)
        if line.outcome == "wrong":
            state, missed, recalled, alone, helped = "wrong", at, False, None, None
            continue
        state = "right"
        if recalled or missed is None or at - missed >= DUE[0]:
            recalled, alone, helped = True, at, None
        else:
            helped = helped or at
    return Standing(lesson, item, state, touched, alone, helped, missed, recalled)
