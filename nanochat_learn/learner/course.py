"""What there is to learn: clusters, concepts with what they need, lessons with what to do in them.

Only what the path needs of it. Where it was read from, and whether it is written well, is
``knowledge``'s business.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from nanochat_learn.schema.base import ClusterId, ConceptId, LessonId
from nanochat_learn.schema.graph import Cluster
from nanochat_learn.schema.learner import LessonItem, QuizForm


@dataclass(frozen=True, slots=True)
class Concept:
    id: ConceptId
    title: str
    cluster: ClusterId
    needs: tuple[ConceptId, ...] = ()


@dataclass(frozen=True, slots=True)
class LessonPlan:
    """A lesson that is written."""

    id: LessonId
    title: str
    concepts: tuple[ConceptId, ...] = ()
    """What it teaches."""
    items: tuple[LessonItem, ...] = ()
    """Empty: a tour, with nothing to show for."""
    needs: tuple[ConceptId, ...] = ()
    minutes: int = 0
    cluster: ClusterId | None = None
    file_path: str | None = None
    questions: Mapping[str, QuizForm] = field(default_factory=dict)

    @property
    def core(self) -> tuple[LessonItem, ...]:
        """What has to be done for the lesson to be done."""
        return tuple(item for item in self.items if not item.stretch)

    @property
    def number(self) -> str:
        """As people say it: ``lesson 3``."""
        return f"lesson {int(self.id[:2])}"


@dataclass(frozen=True, eq=False)
class Course:
    """Clusters and concepts in the order in which they are shown, lessons by number. Made once for
    what was read, and equal to itself only: what follows from it can be kept beside it."""

    clusters: tuple[Cluster, ...]
    concepts: tuple[Concept, ...]
    lessons: tuple[LessonPlan, ...]

    @cached_property
    def by_concept(self) -> Mapping[ConceptId, Concept]:
        return {concept.id: concept for concept in self.concepts}

    @cached_property
    def teaches(self) -> Mapping[ConceptId, LessonPlan]:
        """Concept → the first lesson that teaches it and can tell whether it was understood."""
        found: dict[ConceptId, LessonPlan] = {}
        for lesson in self.lessons:
            for concept in lesson.concepts if lesson.items else ():
                found.setdefault(concept, lesson)
        return found

    def needs_of(self, lesson: LessonPlan) -> tuple[ConceptId, ...]:
        """What has to be understood before: as its header says, and as its concepts need it."""
        wanted = [*lesson.needs]
        for concept in lesson.concepts:
            known = self.by_concept.get(concept)
            wanted += known.needs if known else ()
        return tuple(c for c in dict.fromkeys(wanted) if c not in lesson.concepts)

    def title(self, concept: ConceptId) -> str:
        known = self.by_concept.get(concept)
        return known.title if known else concept.rpartition(".")[2].replace("_", " ")
