"""Sums for the chats: a question in many wordings, the calculator's line, its answer, a sentence.

The assistant never works a sum out itself: it writes the sum down for its calculator (a part
``python``), reads what the calculator answers (``python_output``), and says it in words.
"""

from __future__ import annotations

from random import Random

from nanochat import story_words as words
from nanochat.story_tales import draw_name

Parts = list[dict[str, str]]

# sign in the calculator's line → how people write it, how they say it
SIGNS = {
    "+": (("+",), ("plus", "and")),
    "-": (("-", "−"), ("minus", "less")),
    "*": (("×", "*", "x"), ("times", "multiplied by")),
}
SHOWN = {"+": "+", "-": "−", "*": "×"}  # how the assistant writes it

ASKED = (
    "What is {a} {sign} {b}?",
    "What is {a}{sign}{b}?",
    "what is {a}{sign}{b}?",
    "what is {a} {sign} {b}",
    "what is {a}{sign}{b}",
    "what's {a} {sign} {b}?",
    "{a}{sign}{b}?",
    "How much is {a} {sign} {b}?",
    "{a} {sign} {b} = ?",
    "{a}{sign}{b}=",
    "Can you work out {a} {sign} {b}?",
    "Please work out {a} {sign} {b}.",
    "Do you know what {a} {sign} {b} is?",
)
SPOKEN = (
    "What is {a} {word} {b}?",
    "what is {a} {word} {b}?",
    "How much is {a} {word} {b}?",
    "Tell me what {a} {word} {b} is.",
    "{a} {word} {b}?",
)
ANSWERED = (
    "{a} {sign} {b} is {result}.",
    "{a} {sign} {b} is {result}.",
    "That is {result}.",
    "The answer is {result}.",
    "{a} {sign} {b} makes {result}.",
)
# word problems: the sign that solves them, the question, the answer
PROBLEMS = (
    ("+", "{name} has {a} {finds} and finds {b} more. How many {finds} does {name} have now?"),
    ("+", "There are {a} {finds} in one box and {b} in another. How many {finds} are there?"),
    ("-", "{name} had {a} {finds} and gave {b} away. How many {finds} does {name} have now?"),
    ("-", "{name} had {a} {finds} and lost {b} of them. How many {finds} does {name} have now?"),
    ("*", "{name} has {a} bags with {b} {finds} in each. How many {finds} does {name} have now?"),
)
PROBLEM_ANSWERED = ("{name} has {result} {finds} now.", "That makes {result} {finds}.")


def draw_number(rng: Random) -> int:
    """From 0 to 999; numbers of one, two and three digits are about equally common."""
    return rng.randrange(rng.choice((10, 100, 1000)))


# @learn:inference.tool_use
def answer_parts(line: str, result: int, sentence: str) -> Parts:
    """What the assistant says: the sum for the calculator, the calculator's answer, a sentence."""
    return [
        {"type": "python", "text": line},
        {"type": "python_output", "text": str(result)},
        {"type": "text", "text": sentence},
    ]


# @learn:inference.tool_use
def draw_sum(rng: Random) -> tuple[str, Parts]:
    """A question and the assistant's parts that answer it."""
    a, b = draw_number(rng), draw_number(rng)
    if rng.random() < 0.25:
        return _problem(rng, a, b)
    op = rng.choice("++--*")
    if op == "-" and a < b and rng.random() < 0.8:
        a, b = b, a  # below zero now and then, not half of the time
    written, spoken = SIGNS[op]
    if rng.random() < 0.7:
        question = rng.choice(ASKED).format(a=a, sign=rng.choice(written), b=b)
    else:
        question = rng.choice(SPOKEN).format(a=a, word=rng.choice(spoken), b=b)
    result = _work_out(a, op, b)
    sentence = rng.choice(ANSWERED).format(a=a, sign=SHOWN[op], b=b, result=result)
    return question, answer_parts(f"{a}{op}{b}", result, sentence)


def _problem(rng: Random, a: int, b: int) -> tuple[str, Parts]:
    op, question = rng.choice(PROBLEMS)
    a, b = max(a, b, 3), max(min(a, b), 2)
    told = {"a": a, "b": b, "name": draw_name(rng), "finds": rng.choice(words.FINDS)}
    result = _work_out(a, op, b)
    told["result"] = result
    # Nobody has a name in the question about boxes, so the answer must not speak of one.
    answers = PROBLEM_ANSWERED if "{name}" in question else PROBLEM_ANSWERED[1:]
    sentence = rng.choice(answers).format(**told)
    return question.format(**told), answer_parts(f"{a}{op}{b}", result, sentence)


def _work_out(a: int, op: str, b: int) -> int:
    return {"+": a + b, "-": a - b, "*": a * b}[op]
