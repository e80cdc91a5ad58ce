"""The contract every note keeps: headings, length, voice, folds, questions with answers.

Each function tells what is wrong, one sentence a fault; nothing means all is well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from note_text import NoteText

HEADINGS = [
    "In one sentence",
    "Why it exists",
    "How it works",
    "In this code",
    "See it",
    "Common confusions",
    "Check yourself",
    "Go further",
]
MATHEMATICS = "<details>\n<summary>The full mathematics</summary>\n\n"
ANSWERS = "<details>\n<summary>Answers</summary>\n\n"

_FORBIDDEN = re.compile(
    r"\b(simply|just|obviously|obvious|clearly|trivial\w*|easy|easily|of course|"
    r"colors?|behaviors?|favor\w*|centers?|normaliz\w*|neighbors?|gray)\b|!",
    re.I,
)


def form_faults(note: NoteText) -> Iterator[str]:
    if note.headings != HEADINGS:
        yield f"Headings: {note.headings}; the contract wants {HEADINGS}."
    if not 300 <= note.words <= 700:
        yield f"Length: {note.words} words; a note has 300 to 700."
    own_words = note.prose[: note.prose.find("\n## Go further\n")]  # titles of sources are not
    for found in _FORBIDDEN.finditer(own_words):
        yield f"Voice: “{found.group()}” is no word for a note."
    yield from _sentence(note)
    yield from _folds(note)
    yield from _questions(note)
    points = re.findall(r"^- (.*)$", note.section("Common confusions"), re.M)
    if not 2 <= len(points) <= 4 or not all(re.match(r"\*\*.+?\*\* \S", p) for p in points):
        yield f"Confusions: {len(points)}; 2 to 4 of the form “- **Question?** Answer” belong."
    for picture in note.note.header.pictures:
        if f"*{picture}*" not in note.section("See it"):
            yield f"See it: the picture *{picture}* is not named."
    if not note.note.header.aliases:
        yield "Aliases: none; write the words a beginner would use."


def _sentence(note: NoteText) -> Iterator[str]:
    sentence = note.note.sentence
    if re.search(r"[.?] ", sentence) or not sentence.endswith("."):
        yield f"In one sentence: “{sentence}” is not one sentence."
    if note.section("In one sentence").strip() != sentence:
        yield "In one sentence: something stands there beside the sentence."


def _folds(note: NoteText) -> Iterator[str]:
    for title, summary in (("How it works", MATHEMATICS), ("Check yourself", ANSWERS)):
        if note.section(title).count(summary) != 1:
            yield f"Fold: “{title}” needs {summary.split('>')[2].split('<')[0]!r} folded once."
    for fold in re.finditer(r"<details>\n<summary>.+</summary>\n(.*\n)", note.body):
        if fold.group(1) != "\n":
            yield "Fold: an empty line must follow the summary, else the Markdown is shown raw."
    if not note.body.count("<details>") == note.body.count("\n</details>\n") == 2:
        yield "Fold: two folds, each opened and closed on lines of their own."


def _questions(note: NoteText) -> Iterator[str]:
    asked, _, answered = note.section("Check yourself").partition(ANSWERS)
    questions = re.findall(r"^(\d)\. ", asked, re.M)
    answers = re.findall(r"^(\d)\. ", answered, re.M)
    if questions not in (["1", "2"], ["1", "2", "3"]):
        yield f"Questions: numbered {questions}; 2 or 3 belong, counted from 1."
    if answers != questions:
        yield f"Questions: numbered {questions}, but the answers {answers}."
