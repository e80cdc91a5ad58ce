"""Exercises of lesson 01: two tokens chosen by hand, and three rounds of the loop."""

from __future__ import annotations

from typing import Any

from nanochat_learn.kernel.exercise import (
    Exercise,
    NotYet,
    Wrong,
    expect_list,
    expect_text,
    shown,
)

OFFERED = 5


def offers(text: str, model: Any, tokenizer: Any) -> list[tuple[str, float]]:
    """All tokens and their probabilities after ``text``, the likeliest first."""
    import torch

    ids = [tokenizer.get_bos_token_id(), *tokenizer.encode(text)]
    with torch.no_grad():
        best = model(torch.tensor([ids]))[0, -1].softmax(dim=-1).sort(descending=True)
    pairs = zip(best.indices.tolist(), best.values.tolist(), strict=True)
    return [(tokenizer.decode([token]), share) for token, share in pairs]


def be_the_sampler(answer: Any, text: str, model: Any, tokenizer: Any) -> str:
    tokens = expect_list(answer, length=2)
    if tokens[0] is ...:
        raise NotYet("Write a token in quotes in place of the first three dots, then run the cell.")
    so_far, told = text, []
    for which, token in zip(("first", "second"), tokens, strict=True):
        if token is ...:
            raise NotYet(f"So far you have “{so_far}”. Now write the {which} token, in quotes.")
        if not isinstance(token, str):
            raise Wrong(
                f"Your {which} token is {shown(token)}. A token is a piece of text, so write it "
                "in quotes."
            )
        found = offers(so_far, model, tokenizer)
        likely = dict(found[:OFFERED])
        if token not in likely:
            raise Wrong(_unlikely(which, token, so_far, found, tokenizer))
        so_far += token
        told.append(f"{likely[token]:.0%}")
    return f"You wrote “{so_far}”. The model gave your tokens {told[0]} and {told[1]}."


def _unlikely(
    which: str, token: str, so_far: str, found: list[tuple[str, float]], tokenizer: Any
) -> str:
    names = [name for name, _ in found]
    if f" {token}" in names[:OFFERED]:
        return (
            f"“{token}” is not what the model offers after “{so_far}”: there is a space in front. "
            f'Write " {token}".'
        )
    pieces = [tokenizer.decode([n]) for n in tokenizer.encode(token)]
    if len(pieces) != 1:
        parts = ", ".join(f"“{piece}”" for piece in pieces) or "nothing at all"
        return f"Your {which} token, “{token}”, is not one token. The model cuts it into: {parts}."
    place = names.index(token) + 1 if token in names else len(names)
    return (
        f"Your {which} token, “{token}”, is a token, but after “{so_far}” the model has it at "
        f"place {place:,} of {len(names):,}. Take one of the first five for that text."
    )


def three_steps(answer: Any, start: str, model: Any, tokenizer: Any) -> str:
    expect_text(start)
    text = expect_text(answer)
    if text == start:
        raise NotYet(f"`text` is still “{start}”. Make it three tokens longer, then run the cell.")
    if not text.startswith(start):
        raise Wrong(
            f"`text` is “{text}”. Its beginning, “{start}”, got lost: put the new token at the "
            "end of the old text."
        )
    steps = [start]
    for _ in range(4):
        steps.append(steps[-1] + offers(steps[-1], model, tokenizer)[0][0])
    if text == steps[3]:
        return f"“{text}”: three rounds of the loop, and you were the loop."
    if text in steps:
        count = steps.index(text)
        raise Wrong(
            f"Right so far, but `text` is {count} token{'s' * (count != 1)} longer than `start`, "
            "not three."
        )
    again = steps[1][len(start) :]
    if text.startswith(start + 2 * again):
        raise Wrong(
            f"“{again}” comes again and again. Each round must guess from the longer text, not "
            "from `start`."
        )
    raise Wrong(
        f"`text` is “{text}”. That is not what the likeliest tokens give. Each round adds "
        "`guesses(text)` to `text`."
    )


EXERCISES = {
    "be_the_sampler": Exercise(
        check=be_the_sampler,
        hints=(
            "Look at the output under Step 2: five tokens that may follow “One day, Tom”, each in "
            "quotes. Pick one.",
            "Write it as it stands there, quotes and space included. Then put your longer text "
            "into the cell under Step 2 and run that cell to see what may come next.",
            "If you picked “ had” first, the longer text is “One day, Tom had”. Run "
            '`guesses("One day, Tom had")` and pick the second token from what it shows.',
        ),
        reference="""\
first = guesses("One day, Tom")  # the likeliest; any of the five will do
second = guesses("One day, Tom" + first)

answer = [first, second]
check("be_the_sampler", answer, text="One day, Tom", model=model, tokenizer=tokenizer)
""",
    ),
    "three_steps": Exercise(
        check=three_steps,
        hints=(
            "Under Step 3, one line makes `text` one token longer. Which line is it?",
            "You need that line three times. It must give the name `text` to the longer text.",
            "After each round the old text, plus the token that `guesses` gives for it, is the "
            "new `text`. If all three rounds guess from `start`, they all guess the same.",
        ),
        reference="""\
start = "Once upon a"
text = start
text = text + guesses(text)
text = text + guesses(text)
text = text + guesses(text)

check("three_steps", text, start=start, model=model, tokenizer=tokenizer)
""",
    ),
}
