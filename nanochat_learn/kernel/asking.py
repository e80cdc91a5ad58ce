"""Questions of a lesson: ``predict`` before a cell runs, ``reveal`` after it, ``quiz`` at the end.

Guesses and answers are written down here; whether they show understanding is not decided here.
"""

from __future__ import annotations

from typing import Any

from nanochat_learn.errors import BadInput
from nanochat_learn.kernel.cell_events import out_of_order
from nanochat_learn.kernel.matching import as_text, same
from nanochat_learn.kernel.opened import MOST_SIGNS, opened
from nanochat_learn.kernel.shown import Shown, legible, says
from nanochat_learn.learner.counting import guess_of, revealed
from nanochat_learn.schema.learner import PredictionResult
from nanochat_learn.svg import BLUE, GREEN, ORANGE, words_card

LETTERS = "abcdef"


@says('predict("shape_of_scores")')
def predict(item: str, guess: Any = None) -> Shown:
    """Ask what a cell will show, before it runs. ``guess`` answers without buttons.

    Only the first guess counts, and none that comes after the truth was shown.
    """
    lesson = opened()
    asked = lesson.prediction(item)
    counted = lesson.counted()
    first = guess_of(counted, item)
    late = first is None and revealed(counted, item)
    note = ""
    if guess is not None:
        told = _choice(legible(as_text(guess)).strip(), asked.choices)
        if late:
            note = "The truth was shown already, so this guess is not kept."
        elif first is None:
            if not told:
                raise BadInput("This guess is empty.", 'For example: guess="(4, 4)".')
            note = lesson.keep("prediction", item, "given", told)
            first = told[:MOST_SIGNS]
        elif not same(first, told):
            note = "Only the first guess counts, and it is kept."
    body = asked.form(lesson.id, item, first)
    words = [body.question, *_lettered(body.choices)]
    if first is not None:
        words.append(f"Your guess: {first}. Now run the next cell.")
    elif not late:
        words.append(f'Guess first: predict("{item}", guess="…"), then run the next cell.')
    text = "\n".join([*words, *([note] if note else [])])
    return Shown(body, text, words_card("What do you expect?", text, BLUE))


@says('reveal("shape_of_scores", tuple(scores.shape))')
def reveal(item: str, truth: Any) -> Shown:
    """Compare the stored guess with what the kernel read. Without a guess nothing is kept."""
    lesson = opened()
    asked = lesson.prediction(item)
    counted = lesson.counted()
    guess = guess_of(counted, item)
    told = legible(as_text(truth))[:MOST_SIGNS]
    told = next((text for text in asked.choices if same(text, told, 0)), told.strip())
    right = guess is not None and same(guess, told, asked.tolerance)
    named = f"“{told}”" if any(sign.isalpha() for sign in told) else told
    if guess is None:
        head = f"It is {named}. Next time, guess first: then the answer tells you more."
        note = ""
    elif order := out_of_order():
        head, note = f"Here it is {named}, but that may be another number than is meant.", order
    else:
        head = f"It is {named}. " + (
            f"Your guess was right: {guess}." if right else f"Your guess was {guess}."
        )
        known = any(
            line.item == item and line.kind == "reveal" and line.outcome == _outcome(right)
            for line in counted
        )
        note = "" if known else lesson.keep("reveal", item, _outcome(right), told)
    message = " ".join(part for part in (head, asked.why, note) if part)
    body = PredictionResult(
        lesson=lesson.id,
        item=item,
        question=asked.question,
        guess=guess,
        truth=told,
        right=right,
        message=message[:MOST_SIGNS],
    )
    title, colour = ("As you guessed", GREEN) if right else ("What it is", ORANGE)
    words = f"{asked.question}\n{message}"
    return Shown(body, words, words_card(title, words, colour))


@says('quiz("q1")')
def quiz(item: str, choice: str | int | None = None) -> Shown:
    """Ask a question with choices; answered in the page. ``choice`` (a letter, a number from 1 on,
    or the words) answers without buttons."""
    lesson = opened()
    asked = lesson.quiz(item)
    texts = tuple(c.text for c in asked.choices)
    words = [asked.question, *_lettered(texts)]
    title, colour = "Question", BLUE
    if choice is None:
        words.append(f'Choose in the page, or here: quiz("{item}", "a").')
    else:
        chosen = asked.choices[_number(choice, texts)]
        note = lesson.keep("quiz", item, _outcome(chosen.right), chosen.text)
        title, colour = ("Right", GREEN) if chosen.right else ("Not right yet", ORANGE)
        words += [f"{title}: {chosen.text}", chosen.feedback, *([note] if note else [])]
    text = "\n".join(part for part in words if part)
    return Shown(asked.form(lesson.id, item), text, words_card(title, text, colour))


def _outcome(right: bool) -> Any:
    return "right" if right else "wrong"


def _lettered(choices: tuple[str, ...]) -> list[str]:
    return [f"  {letter}) {text}" for letter, text in zip(LETTERS, choices, strict=False)]


def _choice(guess: str, choices: tuple[str, ...]) -> str:
    """A letter stands for its choice, when no choice is written like that."""
    if guess in choices or len(guess) != 1 or guess.lower() not in LETTERS[: len(choices)]:
        return guess
    return choices[LETTERS.index(guess.lower())]


def _number(choice: str | int, texts: tuple[str, ...]) -> int:
    told = str(choice).strip()
    if told in texts:
        return texts.index(told)
    if len(told) == 1 and told.lower() in LETTERS[: len(texts)]:
        return LETTERS.index(told.lower())
    if told.isdecimal() and 1 <= int(told) <= len(texts):
        return int(told) - 1
    raise BadInput(
        f"There is no choice `{told}`.", f"Take a letter from a to {LETTERS[len(texts) - 1]}."
    )
