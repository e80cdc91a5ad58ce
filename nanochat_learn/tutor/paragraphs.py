"""Which paragraph of a note is nearest to a question. Words only; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from nanochat_learn.retrieval.words import alike, stems

LONGEST = 900
"""Signs of a paragraph that is shown whole."""

_SECTION = re.compile(r"^## +(.+?) *$", re.M)
_NOT_PROSE = re.compile(
    r"^ {0,3}(```|~~~).*?(?:^ {0,3}\1[^\n]*|\Z)|^\$\$.*?\$\$[ \t.,]*$|^<details>.*?</details>",
    re.M | re.S,
)
_LEFT_OUT = ("check yourself", "go further", "see it")
_FORMS = (
    (re.compile(r"\bwhy\b|\bwhat for\b|\bneed", re.I), "why it exists"),
    (re.compile(r"\bhow\b|\bhappens\b|\bsteps?\b", re.I), "how it works"),
    (
        re.compile(r"\bwhere\b|\bwhich (?:file|line|function|class|part)\b|\bcode\b", re.I),
        "in this code",
    ),
)
_WORTH = {"why it exists": 0.8, "how it works": 0.4, "in this code": -1.0}
"""For questions whose wording asks for no section."""


class Paragraph(NamedTuple):
    heading: str
    text: str


class Nearest(NamedTuple):
    sentence: str
    """The note's idea in one sentence; empty where the note has none."""
    paragraph: Paragraph | None


def nearest(note: str, question: str) -> Nearest:
    """The first section, and the paragraph elsewhere that shares most with the question."""
    sentence, best, best_score = "", None, 0.0
    asked = set(stems(question))
    near = {other for word in asked for other in alike(word)} - asked
    form = next((heading for pattern, heading in _FORMS if pattern.search(question)), "")
    for place, paragraph in enumerate(_paragraphs(note)):
        heading = paragraph.heading.lower()
        if heading == "in one sentence" or (not place and not heading):
            sentence = sentence or paragraph.text
            continue
        if heading.startswith(_LEFT_OUT):
            continue
        there = set(stems(paragraph.text))
        score = len(asked & there) + 0.4 * len(near & there) - 0.02 * place
        score += 1.5 * (heading == form) + _WORTH.get(heading, 0.0) * (not form)
        if paragraph.text.startswith("- **"):  # a question that is often asked, with its answer
            score += len(asked & set(stems(paragraph.text.partition("?")[0]))) - 0.5
        if score > best_score:
            best, best_score = paragraph, score
    if best is not None:
        best = Paragraph(best.heading, shortened(best.text.removeprefix("- ")))
    return Nearest(sentence, best)


def asks_for_idea(question: str) -> bool:
    """ "What is …" and "why …": an explanation comes before the lines of code."""
    return bool(re.match(r"\W*(?:what(?:'s| is| are)|why|explain)\b", question, re.I))


def shortened(text: str, most: int = LONGEST) -> str:
    """Its first paragraph, cut at a sentence."""
    paragraph = " ".join(text.strip().partition("\n\n")[0].split())
    if len(paragraph) <= most:
        return paragraph
    cut = paragraph[:most]
    end = max(cut.rfind(". "), cut.rfind("? "))
    return cut[: end + 1] if end > 80 else cut.rpartition(" ")[0] + " …"


def first_sentence(text: str) -> str:
    paragraph = " ".join(text.strip().partition("\n\n")[0].split())
    end = re.search(r"(?<!e\.g)(?<!i\.e)[.?](?= [A-Z`])", paragraph)
    return shortened(paragraph[: end.end()] if end else paragraph, 240)


def _paragraphs(note: str) -> Iterator[Paragraph]:
    prose = _NOT_PROSE.sub("\n\n", note)
    marks = list(_SECTION.finditer(prose))
    if not marks:
        for text in _blocks(prose):
            yield Paragraph("", text)
    ends = [*(mark.start() for mark in marks[1:]), len(prose)]
    for mark, end in zip(marks, ends, strict=False):
        section = prose[mark.end() : end]
        for text in _blocks(section):
            yield Paragraph(mark[1].strip(), text)


def _blocks(section: str) -> Iterator[str]:
    """Paragraphs and single points of lists; without those that only lead to code or formula."""
    for block in re.split(r"\n\s*\n", section):
        for piece in re.split(r"\n(?=- )", block.strip()):
            text = " ".join(piece.split())
            if len(text) < 20 or text.startswith(("#", "|", "!", "<")):
                continue
            if text.endswith((":", "is", "are")):
                end = text.rfind(". ")
                text = text[: end + 1] if end > 0 else ""
            if text:
                yield text
