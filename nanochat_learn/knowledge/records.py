"""The values that reading the knowledge folders yields. No behaviour beyond looking a line up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from nanochat_learn.schema.base import ClusterId, ConceptId, LessonId
from nanochat_learn.schema.concept import GlossaryTerm, NoteHeader, PictureMeta
from nanochat_learn.schema.graph import Cluster, Gap
from nanochat_learn.schema.learner import LessonItem, QuizForm


@dataclass(frozen=True, slots=True)
class KnowledgePlaces:
    """Where to read. A folder that does not exist yields nothing, and no error.

    ``root`` is the indexed folder: what lies inside it is named relative to it, what lies
    outside is named ``knowledge_base/<file>``, ``viz/<id>/meta.json``, ``lessons/<file>``.
    """

    notes: Path
    """Folder with ``<concept id>.md``, ``clusters.yaml`` and ``glossary.yaml``."""
    pictures: Path
    """Folder with ``<picture id>/meta.json``."""
    lessons: Path | None = None
    """Folder with ``NN_slug.py``, ``NN_slug.ipynb`` and ``checks/NN_slug.yaml``."""
    root: Path | None = None


class WikiLink(NamedTuple):
    """One ``[[target]]`` in the body of a note; ``line`` counts in the file."""

    target: str
    line: int


def line_key(field_name: str, value: str = "") -> str:
    """The key of ``lines`` below: a field, or one value in a field that is a list."""
    return f"{field_name}: {value}" if value else field_name


@dataclass(frozen=True, slots=True)
class Note:
    """``docs/knowledge_base/<id>.md``, read and checked for form."""

    header: NoteHeader
    body: str
    path: str
    sentence: str
    """The section "In one sentence", as plain text."""
    links: tuple[WikiLink, ...]
    lines: Mapping[str, int] = field(default_factory=dict)

    def line(self, field_name: str, value: str = "") -> int:
        """The line of the file where a field, or one value of it, stands (else 1)."""
        return self.lines.get(line_key(field_name, value), self.lines.get(field_name, 1))


@dataclass(frozen=True, slots=True)
class PlannedConcept:
    """A concept listed in ``clusters.yaml``; a note of the same id takes its place."""

    id: ConceptId
    title: str
    needs: tuple[ConceptId, ...]
    sentence: str
    cluster: ClusterId | None
    lines: Mapping[str, int] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    """Plain words that people use for the idea; those of its note come on top."""

    def line(self, field_name: str, value: str = "") -> int:
        return self.lines.get(line_key(field_name, value), self.lines.get(field_name, 1))


class Term(NamedTuple):
    """A word of ``glossary.yaml``, and the line where its concept (else the entry) stands."""

    entry: GlossaryTerm
    line: int


class Picture(NamedTuple):
    meta: PictureMeta
    path: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """The header of a lesson; its cells are read by whoever runs it."""

    id: LessonId
    title: str
    concepts: tuple[ConceptId, ...]
    path: str
    """The notebook when there is one, else the percent file."""
    line: int
    cluster: ClusterId | None = None
    needs: tuple[ConceptId, ...] = ()
    minutes: int = 0
    difficulty: int = 0
    """1 to 5; 0 where the header does not say."""
    objectives: tuple[str, ...] = ()
    items: tuple[LessonItem, ...] = ()
    """What there is to do, in the order in which it comes; none in a tour."""
    quizzes: Mapping[str, QuizForm] = field(default_factory=dict)
    """Item → its question."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything that was read, in a fixed order, and what could not be."""

    clusters: tuple[Cluster, ...] = ()
    namespaces: Mapping[str, ClusterId] = field(default_factory=dict)
    """First word of a concept id → its cluster."""
    notes: tuple[Note, ...] = ()
    planned: tuple[PlannedConcept, ...] = ()
    """In the order in which concepts are shown."""
    pictures: tuple[Picture, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    glossary: tuple[Term, ...] = ()
    problems: tuple[Gap, ...] = ()
    clusters_path: str = "knowledge_base/clusters.yaml"
    glossary_path: str = "knowledge_base/glossary.yaml"
    borrowed: bool = False
    """True when the notes lie outside the indexed folder: its code is then not
    expected to match them, and nobody who works there could mend them."""
