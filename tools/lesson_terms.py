"""No term before its explanation: which words need one, and which lesson gives it.

A term is a word of the glossary, the title of a concept, or a word of Python that lessons teach.
It is explained where it stands in bold for the first time; whoever writes it in bold says there
what it means. From then on, in later lessons too, it may be used. A title may name what is to
come, and so may the last part of a lesson, "Next".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from lesson_parts import Cell, LessonParts

SCHOOL = """
row | rows | column | columns | character | characters | piece | pieces | position | positions |
document | documents | rank | ranks | product | products | mean | average | square | squares |
squared | square root | square roots | value | values | key | keys | head | heads | view | views |
stream | streams | block | blocks | share | shares | surprise | surprises | surprised | bend |
bends | bent | memory | input | inputs | target | targets | capacity | capacities | pack | packs |
packed | mask | masks | masked | slope | slopes | infinity | infinite | compile | compiled | id |
ids | ln | white space | white spaces | beginning of sequence
"""
EVERYDAY = frozenset(" ".join(word.split()) for word in SCHOOL.split("|"))
"""Spellings in the glossary that everybody knows from daily life or school. They need no bold."""

PYTHON = (
    ("cell", "cells"),
    ("kernel",),
    ("slice", "slices"),
    ("variable", "variables"),
    ("string", "strings"),
)
"""Words about notebooks and Python that mean something else in notes, or nothing."""
CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
LINK = re.compile(r"\]\([^)]*\)")
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


class Passage(NamedTuple):
    """A stretch of text that the learner reads, and where it stands."""

    place: str
    text: str
    free: bool = False
    """True where words may be named ahead."""


class Terms:
    def __init__(self, glossary: Iterable[dict[str, Any]], titles: Iterable[str] = ()) -> None:
        self.owner: dict[str, str] = {}
        groups = [(str(t["term"]), *map(str, t.get("forms") or ())) for t in glossary]
        groups += [*PYTHON, *((title,) for title in titles)]
        for forms in groups:
            for form in forms:
                spelling = " ".join(form.casefold().split())
                if spelling not in EVERYDAY:
                    self.owner.setdefault(spelling, forms[0])
        longest_first = sorted(self.owner, key=lambda form: (-len(form), form))
        spelled = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in longest_first)
        self.pattern = re.compile(rf"(?<![\w-])(?:{spelled})(?![\w-])", re.IGNORECASE)

    def unexplained(self, lesson: LessonParts, known: set[str]) -> Iterator[tuple[str, str]]:
        """(place, word) for the first use of each term before its explanation.

        Adds to ``known`` what this lesson explains.
        """
        told: set[str] = set()
        for place, text, free in passages(lesson):
            clean = without_code(text)
            bold = [match.span() for match in BOLD.finditer(clean)]
            for match in self.pattern.finditer(clean):
                term = self.owner[" ".join(match.group().casefold().split())]
                if term in known or term in told:
                    continue
                if any(start <= match.start() < end for start, end in bold):
                    known.add(term)
                elif not free:
                    told.add(term)
                    yield place, match.group()


def without_code(text: str) -> str:
    """Markdown without code, pictures and addresses."""
    return LINK.sub("]", IMAGE.sub("", CODE.sub(" ", text)))


def passages(lesson: LessonParts) -> Iterator[Passage]:
    """Everything that the learner reads, in that order: text, questions, hints. A heading comes
    after the text below it, since it may name what that text explains."""
    ahead = False
    for cell in lesson.cells:
        place = f"cell {cell.number}"
        if cell.is_code:
            yield from questions(lesson, cell, place)
            continue
        headings = []
        for part in re.split(r"^(#+ .*)$", cell.source, flags=re.MULTILINE):
            if re.match(r"#+ ", part):
                ahead = ahead or bool(re.match(r"#+ Next\b", part))
                headings.append(Passage(place, part, ahead or part.startswith("# ")))
            else:
                yield Passage(place, part, ahead)
        yield from headings


def questions(lesson: LessonParts, cell: Cell, place: str) -> Iterator[Passage]:
    predictions, quizzes = lesson.questions.predictions, lesson.questions.quizzes
    for name, item in cell.calls:
        texts: list[str] = []
        if name == "predict" and item in predictions:
            texts = [predictions[item].question, *predictions[item].choices]
        elif name == "reveal" and item in predictions:
            texts = [predictions[item].why]
        elif name == "quiz" and item in quizzes:
            offered = [text for c in quizzes[item].choices for text in (c.text, c.feedback)]
            texts = [quizzes[item].question, *offered]
        elif name == "check" and item in lesson.exercises:
            texts = list(lesson.exercises[item].hints)
        for text in texts:
            yield Passage(f"{place}, {name}({item!r})", text)
