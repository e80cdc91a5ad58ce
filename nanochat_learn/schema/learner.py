"""What a learner did, and what follows from it: evidence, outputs of a lesson, the path.

Evidence is the truth: a line in a journal under ``progress/``, never changed. Everything else here
is either shown (the outputs of a lesson) or worked out of evidence when somebody asks (the path).
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field

from nanochat_learn.schema.base import ClusterId, ConceptId, Frozen, LessonId, PictureId

PROGRESS_FORMAT: Final = 1
LESSON_MIME: Final = "application/vnd.nanochat-learn.lesson+json"
PROGRESS_EVENT: Final = "https://nanochat-learn.org/events/progress/v1"
"""Id of the event on Jupyter's bus; ``server/progress.v1.yaml`` is its schema there."""

LessonIdField = Annotated[LessonId, Field(pattern=r"^\d\d_[a-z0-9_]+$")]
ItemId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
"""Name of a prediction, an exercise or a question, unique inside its lesson."""
Text = Annotated[str, Field(max_length=4_000)]

ItemKind = Literal["prediction", "exercise", "quiz"]
Mastery = Literal["unseen", "started", "shaky", "understood"]


class LessonItem(Frozen):
    """Something to do in a lesson, as its header lists it."""

    id: ItemId
    kind: ItemKind
    concepts: tuple[ConceptId, ...]
    """What doing it shows. The first is the one that a mistake leads back to."""
    stretch: bool = False
    """An extra for the quick: never needed to have understood."""


# --- evidence ------------------------------------------------------------------------------


class Evidence(Frozen):
    """One line of a journal in ``progress/``.

    ``prediction`` stores a guess, ``reveal`` says whether it was right; ``check`` is an attempt at
    an exercise, ``quiz`` an answer to a question; ``hint`` and ``solution`` were opened (their
    ``outcome`` is ``seen``); ``reset`` begins the lesson anew: what came before no longer counts.
    """

    format: Literal[1] = PROGRESS_FORMAT
    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{8,64}$")]
    """Unique; the same line twice counts once."""
    at: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$")]
    """UTC."""
    lesson: LessonIdField
    kind: Literal["prediction", "reveal", "check", "quiz", "hint", "solution", "reset"]
    item: ItemId | None = None
    """None for ``reset`` alone."""
    outcome: Literal["given", "right", "wrong", "seen"] = "seen"
    answer: Text = ""
    """The guess or the choice in words; for a check, the message that was shown."""


class EvidenceRequest(Frozen):
    """Body of ``POST evidence``: what was answered without a kernel."""

    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1, max_length=50)]


# --- outputs of a lesson: the body of LESSON_MIME --------------------------------------------


class Choice(Frozen):
    text: Text
    right: bool = False
    feedback: Text = ""
    """Why this choice is right, or what it mixes up."""


class PredictionForm(Frozen):
    """A question about a cell that has not run. The guess is stored before it runs."""

    kind: Literal["prediction"] = "prediction"
    lesson: LessonIdField
    item: ItemId
    question: Text
    choices: tuple[Text, ...] = ()
    """Empty: the guess is typed."""
    guess: Text | None = None
    """Stored already; it cannot be changed any more once it was revealed."""


class PredictionResult(Frozen):
    """What the kernel read after the cell ran, beside the guess."""

    kind: Literal["reveal"] = "reveal"
    lesson: LessonIdField
    item: ItemId
    question: Text = ""
    guess: Text | None = None
    """None: nothing was guessed before the cell ran."""
    truth: Text
    right: bool
    message: Text


class QuizForm(Frozen):
    """A question with choices; answered in the page, with a kernel or without."""

    kind: Literal["quiz"] = "quiz"
    lesson: LessonIdField
    item: ItemId
    question: Text
    choices: Annotated[tuple[Choice, ...], Field(min_length=2, max_length=6)]


class CheckResult(Frozen):
    """The verdict on an exercise."""

    kind: Literal["check"] = "check"
    lesson: LessonIdField
    item: ItemId
    right: bool
    message: Text
    attempts: Annotated[int, Field(ge=0)]
    """Attempts that counted, this one included. A cell left as it was is none."""
    counted: bool = True
    """False: left as it was, or cells ran out of order; the message says which. Not an attempt."""
    hints: tuple[Text, ...] = ()
    """The whole ladder; shown one at a time."""
    hints_seen: int = 0
    solution: Text | None = None
    """The reference, shown on request; None until there was an attempt."""


class HintOutput(Frozen):
    kind: Literal["hint"] = "hint"
    lesson: LessonIdField
    item: ItemId
    number: int
    of: int
    text: Text


class SolutionOutput(Frozen):
    """``code`` is None while no attempt was made; ``message`` then says what to do first."""

    kind: Literal["solution"] = "solution"
    lesson: LessonIdField
    item: ItemId
    code: Text | None
    message: Text


class CompareResult(Frozen):
    """Two ways to compute the same thing, on the same tensors."""

    kind: Literal["compare"] = "compare"
    toy: str
    real: str
    shape: tuple[int, ...]
    difference: float
    """Largest absolute difference."""
    tolerance: float
    agree: bool
    message: Text


class InlineTensor(Frozen):
    """Raw little-endian bytes, in base64."""

    dtype: Literal["float32", "float64", "int32"]
    shape: tuple[int, ...]
    data: str


class PictureOutput(Frozen):
    """A picture with the kernel's own numbers."""

    kind: Literal["picture"] = "picture"
    picture: PictureId
    title: str
    inputs: dict[str, InlineTensor | tuple[str, ...]] = Field(default_factory=dict)
    params: dict[str, float] = Field(default_factory=dict)


LessonOutput = Annotated[
    PredictionForm
    | PredictionResult
    | QuizForm
    | CheckResult
    | HintOutput
    | SolutionOutput
    | CompareResult
    | PictureOutput,
    Field(discriminator="kind"),
]


# --- the path --------------------------------------------------------------------------------


class ItemState(Frozen):
    id: ItemId
    kind: ItemKind
    concepts: tuple[ConceptId, ...]
    stretch: bool
    state: Literal["open", "right", "wrong"]
    helped: bool = False
    """Given away before it was right: by the solution, or by the feedback on a miss just before."""


class LessonState(Frozen):
    """``to_come``: named by a concept, but not written yet."""

    id: LessonId
    title: str
    cluster: ClusterId | None
    concepts: tuple[ConceptId, ...]
    file_path: str | None
    """The learner's own notebook."""
    state: Literal["to_come", "unseen", "started", "done"]
    minutes: int
    minutes_left: int
    items: tuple[ItemState, ...]
    resume: ItemId | None
    """The first item that is still open; None when all is done or nothing was begun."""


class ConceptState(Frozen):
    id: ConceptId
    title: str
    cluster: ClusterId
    state: Mastery
    reason: str
    """What this state rests on, in words."""
    lesson: LessonId | None
    """The lesson that teaches it."""


class ClusterState(Frozen):
    id: ClusterId
    title: str
    colour: str
    concepts: tuple[ConceptState, ...]
    lessons: tuple[LessonState, ...]
    minutes_left: int


class NextStep(Frozen):
    """One thing to do now."""

    lesson: LessonId
    item: ItemId | None
    concept: ConceptId | None
    reason: str


class ReviewItem(Frozen):
    """A question that was missed some days ago."""

    lesson: LessonId
    item: ItemId
    question: QuizForm
    missed: str
    """UTC."""


class Progress(Frozen):
    """Answer of ``GET progress``."""

    clusters: tuple[ClusterState, ...]
    next: NextStep | None
    """None when everything that is written was understood."""
    reviews: tuple[ReviewItem, ...]
    minutes_left: int
    damaged: tuple[str, ...]
    """Lines of journals that could not be read, as ``file, line n``; nothing was deleted."""


class ProgressChanged(Frozen):
    """The event ``PROGRESS_EVENT``: there is evidence in a workspace that was not there before."""

    prefix: str
    """The workspace's path inside Jupyter's root, ``""`` when they are the same."""


class ProgressFile(Frozen):
    """All evidence, to carry away; answer of ``GET progress/export``, body of ``PUT
    progress/import``."""

    format: Literal[1] = PROGRESS_FORMAT
    evidence: tuple[Evidence, ...]


class ImportReport(Frozen):
    added: int
    known: int
    """Lines that were here already."""


class ResetRequest(Frozen):
    """Body of ``POST progress/reset``: begin a lesson anew."""

    lesson: LessonIdField


class ResetReport(Frozen):
    file_path: str
    """The fresh notebook."""
    kept: str | None
    """Where the learner's own version was put; None when it was unchanged."""
