"""A small course and evidence about it: two lessons of Foundations, attention on top of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import count

from nanochat_learn.learner.course import Concept, Course, LessonPlan
from nanochat_learn.schema.graph import Cluster
from nanochat_learn.schema.learner import (
    Choice,
    ConceptState,
    Evidence,
    LessonItem,
    LessonState,
    Progress,
    QuizForm,
)

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
DOT, SOFTMAX, ATTENTION, ROPE = "a.dot", "a.softmax", "b.attention", "b.rope"
_ids = count(1)


def item(id: str, kind: str, *concepts: str, stretch: bool = False) -> LessonItem:
    return LessonItem(id=id, kind=kind, concepts=concepts, stretch=stretch)


def form(lesson: str, id: str) -> QuizForm:
    choices = (Choice(text="yes", right=True), Choice(text="no", feedback="Not so."))
    return QuizForm(lesson=lesson, item=id, question=f"What of {id}?", choices=choices)


def lesson(
    id: str, title: str, concepts: tuple[str, ...], *items: LessonItem, **more: object
) -> LessonPlan:
    quizzes = {one.id: form(id, one.id) for one in items if one.kind == "quiz"}
    return LessonPlan(id, title, concepts, items, minutes=20, questions=quizzes, **more)


COURSE = Course(
    clusters=(
        Cluster(id="a", title="A", colour="#111111", order=0),
        Cluster(id="b", title="B", colour="#222222", order=1),
    ),
    concepts=(
        Concept(DOT, "Dot product", "a"),
        Concept(SOFTMAX, "Softmax", "a", needs=(DOT,)),
        Concept(ATTENTION, "Attention", "b", needs=(SOFTMAX,)),
        Concept(ROPE, "RoPE", "b", needs=(ATTENTION,)),
    ),
    lessons=(
        lesson("00_start", "Start", (DOT,)),
        lesson(
            "03_dot",
            "Dot products",
            (DOT,),
            item("guess", "prediction", DOT),
            item("sums", "exercise", DOT),
            item("more", "exercise", DOT, stretch=True),
            item("q1", "quiz", DOT),
        ),
        lesson(
            "04_softmax",
            "Softmax",
            (SOFTMAX,),
            item("shares", "exercise", SOFTMAX, DOT),
            item("q1", "quiz", SOFTMAX),
            item("q2", "quiz", DOT),
        ),
        lesson(
            "12_attention",
            "Attention",
            (ATTENTION,),
            item("guess", "prediction", ATTENTION),
            item("mix", "exercise", ATTENTION, SOFTMAX),
            item("old", "quiz", DOT),
        ),
    ),
)
ITEMS = [(one.id, of.id, of.kind) for one in COURSE.lessons for of in one.items]


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def did(
    lesson: str, item: str | None, kind: str, outcome: str = "seen", hours: float = 0, **more: str
) -> Evidence:
    stamp = at(hours).isoformat(timespec="microseconds").replace("+00:00", "Z")
    id = more.pop("id", f"line-{next(_ids):06}")
    return Evidence(
        id=id, at=stamp, lesson=lesson, kind=kind, item=item, outcome=outcome, answer="x", **more
    )


def right(lesson: str, item: str, hours: float = 0) -> Evidence:
    return did(lesson, item, _answered(lesson, item), "right", hours)


def wrong(lesson: str, item: str, hours: float = 0) -> Evidence:
    return did(lesson, item, _answered(lesson, item), "wrong", hours)


def guessed(lesson: str, item: str, outcome: str = "right", hours: float = 0) -> list[Evidence]:
    return [
        did(lesson, item, "prediction", "given", hours),
        did(lesson, item, "reveal", outcome, hours + 0.01),
    ]


def all_right(lesson: str, hours: float = 0) -> list[Evidence]:
    lines: list[Evidence] = []
    for of, id, kind in ITEMS:
        if of == lesson:
            hours += 0.1
            guess = kind == "prediction"
            lines += guessed(of, id, hours=hours) if guess else [right(of, id, hours)]
    return lines


def _answered(lesson: str, item: str) -> str:
    kind = next(kind for of, id, kind in ITEMS if (of, id) == (lesson, item))
    return "check" if kind == "exercise" else "quiz"


def concept(found: Progress, id: str) -> ConceptState:
    return next(one for cluster in found.clusters for one in cluster.concepts if one.id == id)


def states(found: Progress) -> dict[str, str]:
    return {one.id: one.state for cluster in found.clusters for one in cluster.concepts}


def lesson_of(found: Progress, id: str) -> LessonState:
    return next(one for cluster in found.clusters for one in cluster.lessons if one.id == id)


def flat(*lines: Evidence | Iterable[Evidence]) -> list[Evidence]:
    return [one for line in lines for one in ([line] if isinstance(line, Evidence) else list(line))]
