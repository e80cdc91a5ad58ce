"""The path: states of lessons and concepts, one next step, what to review. Pure.

progress(course, evidence, now)    Evidence of every lesson → Progress
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from nanochat_learn.learner.course import Course, LessonPlan
from nanochat_learn.learner.mastery import Judged, judged
from nanochat_learn.learner.next_step import next_step
from nanochat_learn.learner.standing import DUE, Standing, standings
from nanochat_learn.schema.base import ClusterId, ConceptId
from nanochat_learn.schema.graph import Cluster
from nanochat_learn.schema.learner import (
    ClusterState,
    Evidence,
    ItemState,
    LessonState,
    Progress,
    ReviewItem,
)


def progress(
    course: Course,
    evidence: Iterable[Evidence],
    now: datetime,
    damaged: Sequence[str] = (),
) -> Progress:
    """``now`` with its time zone. The order of ``evidence`` does not matter, nor does a line that
    comes twice; lines about lessons that do not exist are left alone."""
    stands = standings(course, evidence)
    concepts = judged(course, stands)
    by_lesson: dict[str, list[Standing]] = {lesson.id: [] for lesson in course.lessons}
    for one in stands:
        by_lesson[one.lesson.id].append(one)
    lessons = [lesson_state(course, plan, by_lesson[plan.id]) for plan in course.lessons]
    clusters = tuple(_cluster(cluster, concepts, lessons) for cluster in course.clusters)
    return Progress(
        clusters=clusters,
        next=next_step(course, by_lesson, concepts),
        reviews=reviews(stands, now),
        minutes_left=sum(lesson.minutes_left for lesson in lessons),
        damaged=tuple(damaged),
    )


def lesson_state(course: Course, plan: LessonPlan, stands: Sequence[Standing]) -> LessonState:
    """Done when every core item is settled. A tour has no items: nothing tells that it was made,
    so it costs no minutes and is never done."""
    core = [one for one in stands if not one.item.stretch]
    unsettled = [one for one in core if not one.settled]
    begun = any(one.touched for one in stands)
    done = bool(core) and not unsettled
    return LessonState(
        id=plan.id,
        title=plan.title,
        cluster=cluster_of(course, plan),
        concepts=plan.concepts,
        file_path=plan.file_path,
        state="done" if done else "started" if begun else "unseen",
        minutes=plan.minutes,
        minutes_left=math.ceil(plan.minutes * len(unsettled) / len(core)) if core else 0,
        items=tuple(
            ItemState(
                id=one.item.id,
                kind=one.item.kind,
                concepts=one.item.concepts,
                stretch=one.item.stretch,
                state=one.state,
                helped=one.helped_at is not None,
            )
            for one in stands
        ),
        resume=unsettled[0].item.id if begun and unsettled else None,
    )


def cluster_of(course: Course, plan: LessonPlan) -> ClusterId | None:
    """As its header says, else that of the first concept it teaches."""
    known = {cluster.id for cluster in course.clusters}
    if plan.cluster in known:
        return plan.cluster
    taught = (course.by_concept.get(concept) for concept in plan.concepts)
    return next((concept.cluster for concept in taught if concept), None)


def reviews(stands: Iterable[Standing], now: datetime) -> tuple[ReviewItem, ...]:
    """Questions that were missed a day ago or more, and not answered right since they came up.

    The longer one waits (1, 3, 7 days), the further up it stands; then the oldest miss first.
    """
    due: list[tuple[int, datetime, ReviewItem]] = []
    for one in stands:
        form = one.lesson.questions.get(one.item.id)
        if form is None or one.recalled or one.missed_at is None:
            continue
        passed = sum(now - one.missed_at >= after for after in DUE)
        if passed:
            missed = one.missed_at.isoformat(timespec="seconds").replace("+00:00", "Z")
            item = ReviewItem(lesson=one.lesson.id, item=one.item.id, question=form, missed=missed)
            due.append((-passed, one.missed_at, item))
    return tuple(item for _, _, item in sorted(due, key=lambda one: (*one[:2], one[2].item)))


def _cluster(
    cluster: Cluster, concepts: Mapping[ConceptId, Judged], lessons: Sequence[LessonState]
) -> ClusterState:
    inside = tuple(lesson for lesson in lessons if lesson.cluster == cluster.id)
    return ClusterState(
        id=cluster.id,
        title=cluster.title,
        colour=cluster.colour,
        concepts=tuple(
            one.shown() for one in concepts.values() if one.concept.cluster == cluster.id
        ),
        lessons=inside,
        minutes_left=sum(lesson.minutes_left for lesson in inside),
    )
