"""Fills a plot with names, things and places: ``tell`` makes one small tale.

The tale knows what happened in it, so that a chat can ask about it. Not here: the sentences
(``story_plots.py``) and the chats (``stories.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from nanochat import story_words as words
from nanochat.story_plots import PLOTS, WITH_ANIMAL

MADE_UP = 0.2  # this share of the names is made up on the spot


@dataclass(frozen=True)
class Tale:
    """A story, the words that were drawn for it, and questions with their answers."""

    text: str
    cast: dict[str, str]
    asks: tuple[tuple[str, str], ...]


def with_article(noun: str) -> str:
    """``"old map"`` → ``"an old map"``."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def draw_name(rng: Random) -> str:
    """The name of a child; one in five is made up, so that nobody can know it by heart."""
    if rng.random() < MADE_UP:
        return rng.choice(words.FIRST_HALVES) + rng.choice(words.SECOND_HALVES)
    return rng.choice(words.GIRLS + words.BOYS)


def draw_thing(rng: Random, things: tuple[str, ...] = words.THINGS) -> str:
    """Something one can carry, such as ``"blue kite"``."""
    return f"{rng.choice(words.LOOKS)} {rng.choice(things)}"


def draw_cast(rng: Random, things: tuple[str, ...] = words.THINGS, **fixed: str) -> dict[str, str]:
    """Everything that fills the braces of a plot, drawn so that it fits together.

    ``fixed`` sets a ``hero``, a ``thing`` or an ``animal`` that somebody asked for.
    """
    hero = fixed.get("hero") or draw_name(rng)
    friend = draw_name(rng)
    while friend == hero:
        friend = draw_name(rng)
    thing = fixed.get("thing") or draw_thing(rng, things)
    other = draw_thing(rng)
    while other.split(" ", 1)[1] == thing.split(" ", 1)[1]:
        other = draw_thing(rng)
    animal = fixed.get("animal") or rng.choice(words.ANIMALS)
    place, near, far = rng.sample(words.PLACES, 3)
    girl = hero in words.GIRLS or (hero not in words.BOYS and rng.random() < 0.5)
    n, m = rng.randint(2, 12), rng.randint(2, 12)
    return {
        "hero": hero,
        "friend": friend,
        "child": "girl" if girl else "boy",
        "he": "she" if girl else "he",
        "He": "She" if girl else "He",
        "his": "her" if girl else "his",
        "thing": thing,
        "a_thing": with_article(thing),
        "other": other,
        "an_other": with_article(other),
        "place": place,
        "near": near,
        "far": far,
        "animal": animal,
        "an_animal": with_article(animal),
        "foods": rng.choice(words.FOODS),
        "finds": rng.choice(words.FINDS),
        "grown_up": rng.choice(words.GROWN_UPS),
        "weather": rng.choice(words.WEATHERS),
        "time": rng.choice(words.TIMES),
        "n": str(n),
        "m": str(m),
        "total": str(n + m),
    }


def tell(rng: Random, **fixed: str) -> Tale:
    """One tale, about the ``hero``, the ``thing`` or the ``animal`` if they are given."""
    plot = rng.choice(WITH_ANIMAL if "animal" in fixed else PLOTS)
    if "thing" in fixed:  # a plot in which such a thing can occur
        noun = fixed["thing"].split(" ", 1)[1]
        while noun not in plot.carried:
            plot = rng.choice(PLOTS)
    cast = draw_cast(rng, plot.carried, **fixed)
    text = " ".join(rng.choice(step).format_map(cast) for step in plot.steps)
    asks = tuple(
        (rng.choice(question).format_map(cast), rng.choice(answer).format_map(cast))
        for question, answer in plot.asks
    )
    return Tale(text, cast, asks)
