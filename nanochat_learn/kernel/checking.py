"""Exercises of a lesson: ``check`` gives the verdict, ``hint`` and ``solution`` help."""

from __future__ import annotations

import types
from typing import Any, Literal

from nanochat_learn.errors import BadInput
from nanochat_learn.kernel.answer_words import kind
from nanochat_learn.kernel.cell_events import out_of_order
from nanochat_learn.kernel.exercise import UNTOUCHED, Exercise, NotYet, Wrong
from nanochat_learn.kernel.guarding import TooLong, in_words, quietly, within
from nanochat_learn.kernel.opened import MOST_SIGNS, OpenLesson, opened
from nanochat_learn.kernel.shown import Shown, legible, says
from nanochat_learn.learner.counting import attempts_at, hints_seen
from nanochat_learn.schema.learner import CheckResult, HintOutput, SolutionOutput
from nanochat_learn.svg import BLUE, GREEN, ORANGE, words_card

WHOLE_CHECK = 30.0
"""Seconds for everything a check does; each call of a learner's function has fewer."""
Verdict = tuple[Literal["right", "wrong", "not yet"], str]
_MISSING = object()


@says('check("causal_scores", scores)')
def check(item: str, answer: Any = _MISSING, /, **tensors: Any) -> Shown:
    """The verdict on ``answer``, the learner's own object. ``tensors`` go to the check as they are.

    An exercise that was left as it was is no attempt. Everything else is written down.
    """
    lesson = opened()
    exercise = lesson.exercise(item)
    if answer is _MISSING:
        raise BadInput(
            "There is nothing to check.", f'Hand over what you made: check("{item}", name).'
        )
    verdict, message = verdict_on(exercise, answer, tensors)
    if verdict == "wrong" and (first := out_of_order()):  # it may be right in the right order
        verdict, message = "not yet", first
    note = "" if verdict == "not yet" else lesson.keep("check", item, verdict, message)
    return _result(lesson, item, exercise, verdict, " ".join(filter(None, (message, note))))


def verdict_on(exercise: Exercise, answer: Any, tensors: dict[str, Any]) -> Verdict:
    """Run the check so that nothing in the answer can hurt; writes nothing down."""
    if answer is None or answer is ...:
        return "not yet", UNTOUCHED
    with quietly() as printed:
        verdict, message = _judged(exercise, answer, tensors)
    more = printed.in_words()
    return verdict, legible(f"{message}\n{more}" if more else message)


def _judged(exercise: Exercise, answer: Any, tensors: dict[str, Any]) -> Verdict:
    try:
        said = within(WHOLE_CHECK, lambda: exercise.check(answer, **tensors))
    except NotYet as left:
        return "not yet", str(left) or UNTOUCHED
    except Wrong as wrong:
        return "wrong", str(wrong)
    except KeyboardInterrupt:
        return "not yet", "You stopped the check, so nothing was counted. Run this cell again."
    except TooLong:
        return "wrong", in_words(TooLong())
    except TypeError as error:
        if _other_tensors(exercise, tensors):
            raise BadInput(
                f"This check takes other names: {error}.", "Put its cell back as it was."
            ) from error
        return "wrong", _stumbled(answer, error)
    except BaseException as error:  # whatever a learner's code may raise
        return "wrong", _stumbled(answer, error)
    return "right", str(said or "Right.")


def _stumbled(answer: Any, error: BaseException) -> str:
    if isinstance(answer, types.FunctionType):
        return in_words(error, "Your function")
    return f"Your answer is of type {kind(answer)}, and that did not work. " + in_words(
        error, "The check"
    )


def _other_tensors(exercise: Exercise, tensors: dict[str, Any]) -> bool:
    import inspect

    try:
        inspect.signature(exercise.check).bind(None, **tensors)
    except TypeError:
        return True
    return False


def _result(lesson: OpenLesson, item: str, exercise: Exercise, verdict: str, message: str) -> Shown:
    counted = lesson.counted()
    attempts, seen = attempts_at(counted, item), hints_seen(counted, item)
    body = CheckResult(
        lesson=lesson.id,
        item=item,
        right=verdict == "right",
        message=message[:MOST_SIGNS],
        attempts=attempts,
        counted=verdict != "not yet",
        hints=exercise.hints,
        hints_seen=seen,
        solution=exercise.reference if attempts else None,
    )
    title, colour = {
        "right": ("Right", GREEN),
        "wrong": ("Not right yet", ORANGE),
        "not yet": ("Not yet", BLUE),
    }[verdict]
    words = f"{title}. {message}"
    if verdict == "wrong" and exercise.hints:
        words += f'\nStuck? hint("{item}") helps.'
    return Shown(body, words, words_card(title, words.removeprefix(f"{title}. "), colour))


@says('hint("causal_scores")')
def hint(item: str, number: int | None = None) -> Shown:
    """The next hint of the ladder; ``number`` (from 1 on) shows one again that was seen."""
    lesson = opened()
    hints = lesson.exercise(item).hints
    if not hints:
        raise BadInput("This exercise has no hints.", "Ask the tutor, or read the cells above it.")
    seen = hints_seen(lesson.counted(), item)
    wanted = seen + 1 if number is None else number
    if isinstance(wanted, bool) or not isinstance(wanted, int) or wanted < 1:
        raise BadInput(f"There is no hint {wanted}.", f"They count from 1 to {len(hints)}.")
    at = min(wanted, seen + 1, len(hints))
    note = lesson.keep("hint", item, "seen", str(at)) if at > seen else ""
    body = HintOutput(lesson=lesson.id, item=item, number=at, of=len(hints), text=hints[at - 1])
    words = f"Hint {at} of {len(hints)}. {hints[at - 1]}"
    if at == len(hints) and wanted > at:
        words += "\nThat was the last one. After an attempt, `solution` shows a way."
    words = "\n".join(filter(None, (words, note)))
    return Shown(
        body, words, words_card(f"Hint {at} of {len(hints)}", words.partition(". ")[2], BLUE)
    )


@says('solution("causal_scores")')
def solution(item: str) -> Shown:
    """One way to do it, after an attempt."""
    lesson = opened()
    exercise = lesson.exercise(item)
    counted = lesson.counted()
    if not attempts_at(counted, item):
        message = (
            f'Try it first, and run check("{item}", …): a wrong attempt is enough. '
            "Then the solution opens."
        )
        body = SolutionOutput(lesson=lesson.id, item=item, code=None, message=message)
        return Shown(body, message, words_card("The solution", message, BLUE))
    before = any(line.item == item and line.kind == "solution" for line in counted)
    note = "" if before else lesson.keep("solution", item, "seen")
    message = " ".join(filter(None, ("One way to do it. Compare it with yours.", note)))
    body = SolutionOutput(lesson=lesson.id, item=item, code=exercise.reference, message=message)
    words = f"{message}\n\n{exercise.reference}"
    return Shown(body, words, words_card("The solution", message, BLUE, exercise.reference))
