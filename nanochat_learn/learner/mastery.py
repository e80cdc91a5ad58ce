"""What was understood, concept by concept, and what that rests on, in words.

    unseen       nothing was done about it
    started      something was, and no judgement can be made yet
    shaky        something about it is wrong, or was right only with help
    understood   right alone, and nothing left to do about it in the lesson that teaches it

Only answers count. A notebook that was opened, scrolled or run says nothing here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nanochat_learn.learner.course import Concept, Course, LessonPlan
from nanochat_learn.learner.standing import Standing
from nanochat_learn.schema.base import ConceptId
from nanochat_learn.schema.learner import ConceptState, Mastery

_KIND = {"prediction": "guess", "exercise": "exercise", "quiz": "question"}


@dataclass(frozen=True, slots=True)
class Judged:
    """One concept, and the standings that its state rests on."""

    concept: Concept
    lesson: LessonPlan | None
    """The one that teaches it."""
    about: tuple[Standing, ...]
    """All items that touch it."""
    wrong: tuple[Standing, ...]
    """Mistakes that lead back to it: it is the first concept of their items."""
    helped: tuple[Standing, ...]
    """Given away before they were right, and no other item was right since."""
    open: tuple[Standing, ...]
    """What its lesson still wants to see."""
    alone: tuple[Standing, ...]

    @property
    def state(self) -> Mastery:
        if self.wrong or self.helped:
            return "shaky"
        if self.alone and not self.open:
            return "understood"
        return "started" if any(one.touched for one in self.about) else "unseen"

    @property
    def worked_on_since(self) -> bool:
        """Whether something about it came out right after the last mistake."""
        last = max((one.missed_at for one in self.wrong if one.missed_at), default=None)
        return last is None or any(one.alone_at and one.alone_at > last for one in self.about)

    def shown(self) -> ConceptState:
        return ConceptState(
            id=self.concept.id,
            title=self.concept.title,
            cluster=self.concept.cluster,
            state=self.state,
            reason=_reason(self),
            lesson=self.lesson.id if self.lesson else None,
        )


def judged(course: Course, standings: Iterable[Standing]) -> Mapping[ConceptId, Judged]:
    """Every concept of the course, in its order."""
    about: dict[ConceptId, list[Standing]] = {}
    for standing in standings:
        for concept in dict.fromkeys(standing.item.concepts):
            about.setdefault(concept, []).append(standing)
    return {
        concept.id: _judge(concept, course.teaches.get(concept.id), about.get(concept.id, []))
        for concept in course.concepts
    }


def _judge(concept: Concept, lesson: LessonPlan | None, about: list[Standing]) -> Judged:
    # A guess is made before anything was learned: it is judged only where there is nothing else.
    answers = [one for one in about if one.item.kind != "prediction"]
    judging = answers or about
    blamed = [
        one for one in answers if one.item.concepts[:1] == (concept.id,) and not one.item.stretch
    ]
    taught = lesson.id if lesson else ""
    return Judged(
        concept=concept,
        lesson=lesson,
        about=tuple(about),
        wrong=tuple(one for one in blamed if one.state == "wrong"),
        helped=tuple(one for one in blamed if one.helped_at and not _made_good(one, answers)),
        open=tuple(
            one
            for one in judging
            if one.lesson.id == taught and not one.item.stretch and one.state != "right"
        ),
        alone=tuple(one for one in judging if one.state == "right" and one.alone_at),
    )


def _made_good(helped: Standing, about: Iterable[Standing]) -> bool:
    at = helped.helped_at
    return (
        at is not None
        and helped.state == "right"
        and any(
            other.key != helped.key
            and other.state == "right"
            and other.alone_at
            and other.alone_at > at
            for other in about
        )
    )


# --- in words --------------------------------------------------------------------------------


def called(standing: Standing) -> str:
    """The exercise `causal_scores` in lesson 12."""
    what = _KIND[standing.item.kind]
    return f"the {what} `{standing.item.id}` in {standing.lesson.number}"


def _reason(judged: Judged) -> str:
    lesson = judged.lesson
    match judged.state:
        case "shaky" if judged.wrong:
            first, rest = judged.wrong[0], len(judged.wrong) - 1
            what = _capital(called(first))
            more = f", and {_count(rest, 'other thing')} about it" if rest else ""
            return f"{what} is not right yet{more}."
        case "shaky":
            first = judged.helped[0]
            opened = (
                "You saw the answer to"
                if first.item.kind == "quiz"
                else "You opened the solution of"
            )
            return (
                f"{opened} {called(first)} before it was right. One other thing about it, "
                "right and by yourself, settles this."
            )
        case "understood":
            return f"Right, and by yourself: {_listed(judged.alone)}."
        case "started" if judged.alone:
            left = f"; {_count(len(judged.open), 'thing')} to do about it" if judged.open else ""
            return f"Right so far: {_listed(judged.alone)}{left}."
        case "started":
            return "You have begun. A right answer to an exercise or a question is still to come."
        case "unseen":
            if lesson is None:
                return "No lesson teaches it yet."
            return f"Nothing yet. {_capital(lesson.number)}, “{lesson.title}”, teaches it."


def _listed(standings: tuple[Standing, ...]) -> str:
    """``the exercise `a` in lesson 3 and 2 questions in lesson 3``: exercises by name."""
    named = [called(one) for one in standings if one.item.kind == "exercise"]
    for kind in ("quiz", "prediction"):
        of_kind = [one for one in standings if one.item.kind == kind]
        for number in dict.fromkeys(one.lesson.number for one in of_kind):
            count = sum(one.lesson.number == number for one in of_kind)
            named.append(f"{_count(count, _KIND[kind])} in {number}")
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"


def _count(number: int, noun: str) -> str:
    plural = "guesses" if noun == "guess" else f"{noun}s"
    return f"1 {noun}" if number == 1 else f"{number} {plural}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
