"""Disk → ``Knowledge``. Each bad file yields one line in ``problems``, and the rest is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from nanochat_learn.knowledge.clusters import ClusterPlan, parse_clusters
from nanochat_learn.knowledge.glossary import GlossaryPlan, parse_glossary
from nanochat_learn.knowledge.lessons import LESSON_NAME, parse_lesson
from nanochat_learn.knowledge.listing import Found, is_inside, list_files
from nanochat_learn.knowledge.notes import parse_note
from nanochat_learn.knowledge.pictures import parse_picture
from nanochat_learn.knowledge.questions import parse_questions
from nanochat_learn.knowledge.records import Knowledge, KnowledgePlaces, Lesson, Note, Picture
from nanochat_learn.knowledge.unclear import Unclear, read_text
from nanochat_learn.schema.base import LessonId
from nanochat_learn.schema.graph import Gap
from nanochat_learn.schema.learner import QuizForm

Read = TypeVar("Read")


def load(places: KnowledgePlaces) -> Knowledge:
    """Read everything below ``places``. Never raises for what a file contains."""
    listing = list_files(places)
    problems: list[Gap] = list(listing.problems)
    plan = _optional(listing.clusters, parse_clusters, problems) or ClusterPlan()
    glossary = _optional(listing.glossary, parse_glossary, problems) or GlossaryPlan([], [])
    problems += plan.problems + glossary.problems
    notes = _each(listing.notes, lambda f: parse_note(read_text(f.path), f.wire), problems)
    pictures = _each(
        listing.pictures,
        lambda f: Picture(parse_picture(read_text(f.path), f.path.parent.name), f.wire),
        problems,
    )
    lessons = _asking(_lessons(listing.lessons, problems), listing.questions, problems)
    return Knowledge(
        clusters=tuple(plan.clusters),
        namespaces=plan.namespaces,
        notes=_one_each(notes, plan, problems),
        planned=tuple(plan.planned),
        pictures=tuple(picture for _, picture in pictures),
        lessons=lessons,
        glossary=tuple(glossary.terms),
        problems=tuple(problems),
        clusters_path=listing.clusters.wire,
        glossary_path=listing.glossary.wire,
        borrowed=not is_inside(places.notes, places.root),
    )


def _each(
    files: Iterable[Found], read: Callable[[Found], Read], problems: list[Gap]
) -> list[tuple[Found, Read]]:
    """``read`` of every file; a fault becomes one line and the next file is read."""
    results = []
    for found in files:
        try:
            results.append((found, read(found)))
        except Unclear as fault:
            problems.append(fault.gap(found.wire))
    return results


def _optional(found: Found, parse: Callable[[str, str], Read], problems: list[Gap]) -> Read | None:
    """None when there is no such file: a repository may have none."""
    if not found.path.is_symlink() and not found.path.exists():
        return None
    try:
        return parse(read_text(found.path), found.wire)
    except Unclear as fault:
        problems.append(fault.gap(found.wire))
        return None


def _one_each(
    notes: list[tuple[Found, Note]], plan: ClusterPlan, problems: list[Gap]
) -> tuple[Note, ...]:
    """One note per concept, sorted by id; of two, the one whose file bears the id stays."""
    by_id: dict[str, Note] = {}
    clusters = [cluster.id for cluster in plan.clusters]

    def misnamed(found: Found, note: Note) -> bool:
        return found.path.name != f"{note.header.id}.md"

    for found, note in sorted(notes, key=lambda pair: (misnamed(*pair), pair[0].path.name)):
        header = note.header
        rival = by_id.setdefault(header.id, note)
        if rival is not note:
            fault = Unclear(
                f"The concept `{header.id}` has a note already, {rival.path}. Merge the two, or "
                "give this one an id of its own.",
                note.line("id"),
                "duplicate_concept",
            )
            problems.append(fault.gap(note.path))
            continue
        if misnamed(found, note):
            fault = Unclear(
                f"The file is named `{found.path.name}`, but the note's id is `{header.id}`. "
                f"Rename the file to `{header.id}.md`, or mend the id.",
                note.line("id"),
            )
            problems.append(fault.gap(note.path))
        if clusters and header.cluster not in clusters:
            fault = Unclear(
                f"There is no cluster `{header.cluster}`. Choose one of: {', '.join(clusters)}.",
                note.line("cluster"),
            )
            problems.append(fault.gap(note.path))
    return tuple(by_id[key] for key in sorted(by_id))


def _lessons(files: list[Found], problems: list[Gap]) -> tuple[Lesson, ...]:
    """One lesson per stem: the header from the percent file when there is one (people edit that),
    the path of the notebook when there is one (learners open that)."""
    stems: dict[str, dict[str, Found]] = {}
    for found in files:
        stems.setdefault(found.path.stem, {})[found.path.suffix] = found

    lessons = []
    for pair in stems.values():
        source = pair.get(".py") or pair[".ipynb"]
        opened = pair.get(".ipynb") or source
        try:
            lesson = parse_lesson(read_text(source.path), source.path.name, opened.wire)
        except Unclear as fault:
            problems.append(fault.gap(source.wire))
            continue
        if lesson is not None:
            lessons.append(lesson)
    return tuple(lessons)


def _asking(
    lessons: tuple[Lesson, ...], files: list[Found], problems: list[Gap]
) -> tuple[Lesson, ...]:
    """The lessons with their questions. A wrong question is one line, the others are asked."""
    quizzes: dict[str, dict[str, QuizForm]] = {}
    for found in files:
        stem = found.path.stem
        try:
            read = parse_questions(read_text(found.path))
        except Unclear as fault:
            problems.append(fault.gap(found.wire))
            continue
        problems += [fault.gap(found.wire) for fault in read.problems]
        quizzes[stem] = {
            item: quiz.form(LessonId(stem), item)
            for item, quiz in read.quizzes.items()
            if LESSON_NAME.fullmatch(f"{stem}.py")
        }
    return tuple(replace(one, quizzes=quizzes.get(one.id, {})) for one in lessons)
