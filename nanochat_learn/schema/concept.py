"""Notes, concepts, pictures and lessons as the panels see them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from nanochat_learn.schema.base import ClusterId, ConceptId, Frozen, LessonId, NodeId, PictureId
from nanochat_learn.schema.code import CONCEPT_ID

ConceptIdField = Annotated[ConceptId, Field(pattern=f"^{CONCEPT_ID}$")]


class NoteHeader(Frozen):
    """Front matter of ``docs/knowledge_base/<id>.md``."""

    id: ConceptIdField
    title: str
    cluster: ClusterId
    needs: tuple[ConceptId, ...] = ()
    symbols: tuple[str, ...] = ()
    """Code the note speaks about, as ``path.py:Symbol``."""
    pictures: tuple[PictureId, ...] = ()
    checked: str = ""
    """Hash of that code when a person last re-read the note against it."""
    aliases: tuple[str, ...] = ()


class PictureInput(Frozen):
    dtype: str
    """The number format of a tensor; ``model`` for the files of a checkpoint."""
    axes: tuple[str, ...]
    optional: bool = False
    checkpoint: str = ""
    """For a model: the one that the host brings where nobody names another."""


class PictureParam(Frozen):
    min: float
    max: float
    step: float
    default: float
    label: str


class PictureSize(Frozen):
    width: int
    height: int


class PictureMeta(Frozen):
    """``src/viz/<id>/meta.json``."""

    api: Literal[1]
    id: Annotated[PictureId, Field(pattern="^[a-z0-9_]+$")]
    title: str
    concepts: tuple[ConceptId, ...]
    inputs: dict[str, PictureInput] = Field(default_factory=dict)
    params: dict[str, PictureParam] = Field(default_factory=dict)
    size: PictureSize
    keys: dict[str, str] = Field(default_factory=dict)
    """Keyboard: key → what it does, in words."""
    alt: str


class ConceptSummary(Frozen):
    id: ConceptId
    title: str
    cluster: ClusterId
    state: Literal["written", "defined", "planned"]
    sentence: str = ""


class Anchor(Frozen):
    """A place in the code that a concept explains."""

    node: NodeId
    label: str
    file_path: str
    line: int
    end_line: int
    cell: str | None = None
    code: str
    """The covered lines themselves, dedented, at most 24 of them."""


class LessonLink(Frozen):
    id: LessonId
    title: str
    file_path: str


class ConceptPage(Frozen):
    """Everything the concept panel shows for one concept."""

    id: ConceptId
    title: str
    cluster: ClusterId
    state: Literal["written", "defined", "planned"]
    sentence: str
    aliases: tuple[str, ...]
    body: str
    """Markdown of the note (or of the ``@def`` block); empty while planned."""
    file_path: str | None
    simpler: tuple[ConceptSummary, ...]
    """What this concept needs."""
    deeper: tuple[ConceptSummary, ...]
    """What needs this concept."""
    anchors: tuple[Anchor, ...]
    pictures: tuple[PictureMeta, ...]
    planned_pictures: tuple[PictureId, ...]
    lessons: tuple[LessonLink, ...]
    links: dict[str, NodeId]
    """Each ``[[…]]`` target in the body → the node it opens; unresolved ones are absent."""


class ConceptList(Frozen):
    concepts: tuple[ConceptSummary, ...]


class GlossaryTerm(Frozen):
    """One word of ``glossary.yaml``, explained in a sentence or two."""

    term: str
    forms: tuple[str, ...]
    """Other spellings and the plural; the term itself is understood."""
    meaning: str
    concept: ConceptId | None = None
    """Where the word is explained at length."""


class Glossary(Frozen):
    """The words that notes need not explain again, in the order of the file."""

    terms: tuple[GlossaryTerm, ...]
