"""Text for a very small model, made here, without end: stories, drills, and chats about them.

Every story says its names and things again and again, and a drill is a line said twice: both
reward a model that looks back and copies. All chance comes from the ``random.Random`` that is
given, so the same seed always writes the same texts. The sentences are ours, and so is every
text made from them.

Not here: plots (``story_plots.py``), words (``story_words.py``), sums (``story_sums.py``).
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from nanochat import story_words as words
from nanochat.story_sums import draw_number, draw_sum
from nanochat.story_tales import Tale, draw_name, draw_thing, tell, with_article

Message = dict[str, object]
Turns = list[Message]

DRILLS = 0.1  # this share of the documents are drills
AGAIN = "Say it again: "

HELLOS = ("Hello", "Hello.", "Hi", "Hi!", "Good morning.", "Hello, how are you?", "hello")
HELLO_ANSWERS = (
    "Hello. I am glad that you are here. Would you like a story?",
    "Hello. Shall I tell you a story?",
    "Hello. I can tell you a story or work out a sum.",
)
WHO_ARE_YOU = ("Who are you?", "What are you?", "What can you do?", "who are you?")
WHO_I_AM = (
    "I am a very small language model. I tell stories, and I do sums with a calculator.",
    "I am a little model that tells stories. For sums I use my calculator.",
)
THANKS = ("Thank you.", "Thanks.", "That was nice.", "thank you")
THANKS_ANSWERS = ("You are welcome.", "I am glad that you liked it.", "It was a pleasure.")
BYES = ("Goodbye.", "Bye.", "Good night.", "bye")
BYE_ANSWERS = ("Goodbye. Come back soon.", "Goodbye. Sleep well.", "Goodbye.")

TELL_ME = ("Tell me a story.", "Can you tell me a story?", "I would like a story, please.",
           "tell me a story", "A story, please.", "Another story, please.")  # fmt: skip
TELL_ME_ABOUT = ("Tell me a story about {what}.", "Can you tell me a story about {what}?",
                 "I would like a story about {what}.", "tell me a story about {what}")  # fmt: skip


def story(rng: Random) -> str:
    """One story of about ninety words."""
    return tell(rng).text


def drill(rng: Random) -> str:
    """``Say it again: …`` and the line again, two or three times in all."""
    line = _drill_line(rng)
    return AGAIN + "\n".join([line] * rng.choice((2, 2, 3)))


def document(rng: Random) -> str:
    """A text to learn from: a story, or one time in ten a drill."""
    return drill(rng) if rng.random() < DRILLS else story(rng)


def documents(how_many: int, seed: int) -> Iterator[str]:
    """``how_many`` documents; number n of a seed is the same however many are asked for."""
    rng = Random(seed)
    for _ in range(how_many):
        yield document(rng)


def _drill_line(rng: Random) -> str:
    """A few words, names or numbers that have nothing to do with each other."""
    kinds = (
        lambda: rng.choice(rng.choice(_WORDS)),
        lambda: draw_name(rng),
        lambda: draw_thing(rng),
        lambda: str(draw_number(rng)),
        lambda: "".join(rng.choice(words.SECOND_HALVES) for _ in range(rng.randint(1, 3))),
    )
    mixed = rng.random() < 0.5
    kind = rng.choice(kinds)
    items = [(rng.choice(kinds) if mixed else kind)() for _ in range(rng.randint(2, 9))]
    return rng.choice((", ", " ")).join(items) + "."


_WORDS = (words.LOOKS, words.THINGS, words.ANIMALS, words.FOODS, words.FINDS, words.WEATHERS)


# @learn:inference.chat_finetuning
def conversation(rng: Random) -> dict[str, Turns]:
    """A chat: ``{"messages": [{"role": "user", "content": …}, {"role": "assistant", …}, …]}``.

    Stories and questions about them, who had what, sums through the calculator, lines to say
    again, and good manners. Half of the chats go on to a second or third of these: who has only
    ever seen one subject in a chat takes a sum after a story for a part of the story.
    """
    turns: Turns = []
    if rng.random() < 0.1:
        turns += _turn(rng.choice(HELLOS), rng.choice(HELLO_ANSWERS))
    for _ in range(rng.choice((1, 1, 2, 3))):
        part = rng.choices((_sums, _storytime, _scene, _again, _manners), (40, 25, 15, 15, 5))[0]
        turns += part(rng)
    if rng.random() < 0.1:
        turns += _turn(rng.choice(THANKS), rng.choice(THANKS_ANSWERS))
    return {"messages": turns}


# @learn:inference.chat_finetuning
def conversations(how_many: int, seed: int) -> Iterator[dict[str, Turns]]:
    """``how_many`` chats of a seed."""
    rng = Random(seed)
    for _ in range(how_many):
        yield conversation(rng)


def _turn(question: str, answer: object) -> Turns:
    return [{"role": "user", "content": question}, {"role": "assistant", "content": answer}]


def _sums(rng: Random) -> Turns:
    """One sum, now and then two."""
    return [turn for _ in range(rng.choice((1, 1, 1, 2))) for turn in _turn(*draw_sum(rng))]


def _again(rng: Random) -> Turns:
    line = _drill_line(rng)
    return _turn(AGAIN + line, line)


def _storytime(rng: Random) -> Turns:
    """A story, about something if the user wishes so, and perhaps a question about it."""
    kind = rng.choice(("", "", "hero", "thing", "animal"))
    if kind == "hero":
        wish, tale = (name := draw_name(rng)), tell(rng, hero=name)
    elif kind == "thing":
        thing = draw_thing(rng)
        wish, tale = with_article(thing), tell(rng, thing=thing)
    elif kind == "animal":
        animal = rng.choice(words.ANIMALS)
        wish, tale = with_article(animal), tell(rng, animal=animal)
    else:
        tale = tell(rng)
        return _turn(rng.choice(TELL_ME), tale.text) + _questions(rng, tale)
    question = rng.choice(TELL_ME_ABOUT).format(what=wish)
    return _turn(question, tale.text) + _questions(rng, tale)


def _questions(rng: Random, tale: Tale) -> Turns:
    asked = rng.sample(tale.asks, rng.choice((0, 1, 1, 2)))
    return [turn for question, answer in asked for turn in _turn(question, answer)]


def _scene(rng: Random) -> Turns:
    """The user says who had what and where, and asks for one of the three."""
    how_many = rng.choice((2, 3))
    names: list[str] = []
    while len(names) < how_many:
        if (name := draw_name(rng)) not in names:
            names.append(name)
    nouns = rng.sample(words.THINGS, len(names))
    places = rng.sample(words.PLACES, len(names))
    had = [(who, f"{rng.choice(words.LOOKS)} {noun}", where)
           for who, noun, where in zip(names, nouns, places, strict=True)]  # fmt: skip
    who, what, where = rng.choice(had)
    told = " ".join(f"{w} had {with_article(t)} {p}." for w, t, p in had)
    question, answer = rng.choice((
        (f"Who had the {what}?", f"{who} had the {what}."),
        (f"What did {who} have?", f"{who} had {with_article(what)}."),
        (f"Where was the {what}?", f"The {what} was {where}."),
        (f"Where was {who}?", f"{who} was {where}."),
    ))  # fmt: skip
    return _turn(f"{told} {question}", answer)


def _manners(rng: Random) -> Turns:
    return _turn(*rng.choice((
        (rng.choice(HELLOS), rng.choice(HELLO_ANSWERS)),
        (rng.choice(WHO_ARE_YOU), rng.choice(WHO_I_AM)),
        (rng.choice(BYES), rng.choice(BYE_ANSWERS)),
    )))  # fmt: skip
