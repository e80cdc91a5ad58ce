"""What a trace folder holds: the manifest, one line a step, lines of code, lines of a training.

A trace is written by a kernel and read by everybody. Nothing here opens a file
(``traces/`` does) and nothing knows a model (``kernel/`` does).
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import AllowInfNan, Field

from nanochat_learn.schema.base import Frozen, NodeId, TraceName

TRACE_FORMAT: Final = "nanochat-learn.trace/1"
TRACE_MIME: Final = "application/vnd.nanochat-learn.trace+json"
"""MIME type of a trace in a notebook's output; its body is a ``TraceOutput``."""

Phase = Literal["prefill", "decode", "train", "forward"]
"""``prefill``: a text is read into an empty cache. ``decode``: a cache is continued.
``train``: slopes are wanted. ``forward``: anything else."""
Kept = Literal["values", "top_k", "statistics", "dropped"]
"""What was kept of a tensor: all numbers; the largest of each row; only figures about them,
as asked; only figures about them, because the budget was spent."""
Finite = Annotated[float, AllowInfNan(False)]
StoredType = Literal["F32", "F16", "I64", "I32", "U8", "BOOL"]


class SourcePlace(Frozen):
    """A line of the traced code. ``id`` is the function's node in the graph."""

    id: NodeId
    file_path: str
    """``/``-separated, from the folder that holds the package: ``nanochat/gpt.py``."""
    line: int


class TracePoint(Frozen):
    """A place in the model whose numbers are recorded, described once."""

    name: str
    axes: tuple[str, ...]
    """What each direction of the tensor counts; ``axis 0`` … where nobody knows."""
    source: SourcePlace | None = None
    """The line that makes the numbers."""
    computed: bool = False
    """True for a pattern: worked out from the queries and keys beside it."""


class TensorRecord(Frozen):
    """One tensor of one step. Its numbers lie in the step's chunk under ``key`` (else ``name``),
    from element ``start`` on."""

    name: str
    shape: tuple[int, ...]
    """Of what is stored; with ``top_k``, the last direction holds the k largest."""
    dtype: StoredType = "F16"
    kept: Kept = "values"
    key: str = ""
    start: int = 0
    min: Finite | None = None
    """Smallest and largest number before any rounding, of those that are finite."""
    max: Finite | None = None
    mean: Finite | None = None
    std: Finite | None = None
    not_finite: int = 0
    """How many numbers are NaN or infinite."""


class WeightRecord(Frozen):
    """A matrix of the model in a step with ``grad=True``: lengths (2-norms) of three tables."""

    name: str
    weight: Finite
    gradient: Finite | None = None
    update: Finite | None = None
    """How far the optimiser moved it before the next step; None when it did not run."""


class TraceStep(Frozen):
    """A line of ``steps.jsonl``: one call of the model."""

    step: int
    """Counts the calls, from 0, also those that ``every`` passes over."""
    phase: Phase
    position: int
    """How many tokens the model had read before this call."""
    length: int
    """How many it reads in this call; 0 for a model that reads no tokens."""
    chunk: int | None = None
    """Number of the file that holds the numbers; None when none were kept."""
    tokens: tuple[tuple[int, ...], ...] = ()
    """Ids, row by row."""
    texts: tuple[tuple[str, ...], ...] = ()
    """The same as text, where the tokenizer is known."""
    loss: Finite | None = None
    failed: str = ""
    """The error that ended this call; the tensors before it are there."""
    tensors: tuple[TensorRecord, ...] = ()
    weights: tuple[WeightRecord, ...] = ()


class Dropped(Frozen):
    """What the budget did not allow."""

    name: str
    steps: int
    bytes: int


class TraceSelection(Frozen):
    """What was asked for."""

    names: tuple[str, ...]
    every: int = 1
    last_token_only: bool = False
    dtype: Literal["float16", "float32"] = "float16"
    top_k: int | None = None
    statistics: bool = False
    grad: bool = False
    lines: bool = False
    budget: int = Field(description="bytes")


class TracedModel(Frozen):
    """``config`` holds what the model's own configuration says, as far as JSON can."""

    kind: str
    config: dict[str, Any]
    parameters: int
    device: str
    code_hash: str = ""
    """Short hash over the files of the model's package."""


class TraceManifest(Frozen):
    """``trace.json``. While ``state`` is ``growing``, the counts are those of the last writing."""

    format: Literal["nanochat-learn.trace/1"]
    name: TraceName
    kind: Literal["model", "training"] = "model"
    state: Literal["growing", "complete", "broken"] = "growing"
    """``broken``: an error ended the run; what was recorded before it is whole."""
    sentence: str = ""
    """Why it is broken."""
    model: TracedModel
    selection: TraceSelection | None = None
    policy: str = ""
    """What happens when the budget is spent, in words."""
    points: tuple[TracePoint, ...] = ()
    aliases: dict[str, str] = Field(default_factory=dict)
    """Other libraries' names for points, for look-up."""
    dropped: tuple[Dropped, ...] = ()
    unrecorded: int = 0
    """Steps for which not even a line fitted into the budget."""
    steps: int = 0
    chunks: int = 0
    bytes: int = 0
    """Of tensors and lines, on disk."""
    tokens: tuple[int, ...] = ()
    """All that the first row read, step after step; and as text."""
    texts: tuple[str, ...] = ()
    vocabulary: tuple[str, ...] = ()
    """The text of every token by its id, where tokens were ranked (``lens``) and the tokenizer
    was known."""


# --- shapes on the line ----------------------------------------------------------------------


class LineValue(Frozen):
    """A tensor that a line assigned: as it was the last time the line ran."""

    name: str
    shape: tuple[int, ...]
    dtype: str
    min: Finite | None = None
    max: Finite | None = None
    not_finite: int = 0
    histogram: tuple[int, ...] = ()
    """Counts of at most 4,096 of its numbers, in equal steps from ``min`` to ``max``."""
    shapes: tuple[tuple[int, ...], ...] = ()
    """The different shapes this line has made, in order of appearance, at most 8."""


class LineRecord(Frozen):
    line: int
    text: str
    """The line without indentation, at most 200 characters: another text there is stale."""
    hits: int
    values: tuple[LineValue, ...]


class FunctionRecord(Frozen):
    """A function that ran, and how often."""

    id: NodeId
    line: int
    calls: int


class TracedSource(Frozen):
    """One file, or one cell of a notebook, of which lines ran."""

    file_path: str
    """``""`` for a cell."""
    cell: str | None = None
    """JupyterLab's id of the cell, where the kernel was told."""
    source_hash: str
    """FNV-1a, 32 bits, of the UTF-8 text of the file, or of the cell without line ends at its end;
    eight hexadecimal digits."""
    functions: tuple[FunctionRecord, ...]
    lines: tuple[LineRecord, ...]


class TraceLines(Frozen):
    """``lines.json``."""

    sources: tuple[TracedSource, ...]


# --- training --------------------------------------------------------------------------------


class PartNorms(Frozen):
    name: str
    gradient: Finite | None
    update: Finite | None


class TrainingRecord(Frozen):
    """A line of ``training.jsonl``: one step of an optimiser. Numbers that are not finite are
    None, and named in ``not_finite``."""

    step: int
    loss: Finite | None
    learning_rate: Finite | None
    gradient: Finite | None
    """2-norm over all weights, before the step."""
    update: Finite | None
    """2-norm of what the step changed."""
    parts: tuple[PartNorms, ...] = ()
    sample: str = ""
    """What the model wrote after this step, when it was asked to."""
    figures: dict[str, Finite] = Field(default_factory=dict)
    """Whatever else the loop told."""
    not_finite: tuple[str, ...] = ()


class TrainingControl(Frozen):
    """``control.json``: what the reader asks of the writer."""

    paused: bool = False


# --- for readers -----------------------------------------------------------------------------


class TensorSummary(Frozen):
    name: str
    axes: tuple[str, ...]
    shapes: tuple[tuple[int, ...], ...]
    """Different ones over the steps, at most 8."""
    kept: tuple[Kept, ...]
    steps: int
    min: Finite | None
    max: Finite | None
    source: SourcePlace | None


class TraceSummary(Frozen):
    """What a tutor may be told about a trace, and the row of a list."""

    name: TraceName
    kind: Literal["model", "training"]
    state: Literal["growing", "complete", "broken"]
    model: TracedModel
    steps: int
    phases: tuple[tuple[Phase, int], ...]
    bytes: int
    texts: tuple[str, ...] = ()
    tensors: tuple[TensorSummary, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    last: TrainingRecord | None = None


class TensorDifference(Frozen):
    """Of the same tensor in the same step of two traces; ``largest`` is None when the shapes
    differ or one side keeps no numbers, and then ``reason`` says so."""

    step: int
    name: str
    largest: Finite | None
    mean: Finite | None = None
    reason: str = ""


class TraceDifference(Frozen):
    one: TraceName
    other: TraceName
    tensors: tuple[TensorDifference, ...]
    only_one: tuple[str, ...]
    """Tensors (``step/name``) that only the first trace has."""
    only_other: tuple[str, ...]


class TraceList(Frozen):
    """Answer of ``GET traces``: newest first, and sentences about what cannot be read."""

    traces: tuple[TraceSummary, ...]
    unreadable: tuple[str, ...] = ()


class TracePage(Frozen):
    """Answer of ``GET traces/<name>``: some steps of a trace, in order."""

    manifest: TraceManifest
    first: int
    """How many recorded steps stand before these."""
    total: int
    """Of recorded steps, so far."""
    steps: tuple[TraceStep, ...]
    lines: TraceLines | None = None
    """With the first page, where shapes on the line were asked for."""
    damaged: tuple[str, ...] = ()
    """Sentences about what could not be read."""


class TrainingPage(Frozen):
    """Answer of ``GET traces/<name>/training``: some records of a training, in order."""

    manifest: TraceManifest
    first: int
    """How many records stand before these."""
    total: int
    """Of records, so far."""
    paused: bool
    """Whether it was asked to wait before its next step."""
    records: tuple[TrainingRecord, ...]
    """Without ``parts``, unless they were asked for."""
    damaged: tuple[str, ...] = ()
    """Sentences about lines that could not be read."""


class NewestLines(Frozen):
    """Answer of ``GET lines``: shapes on the line of the newest trace that has them."""

    prefix: str
    """The workspace's path inside Jupyter's root: before ``TracedSource.file_path``."""
    mark: str
    """Another one for other lines; ``""`` where there are none."""
    name: TraceName | None = None
    lines: TraceLines | None = None
    """None where there are none, and where the asker knows ``mark`` already."""


class TraceOutput(Frozen):
    """Body of ``TRACE_MIME``: a reference, and as much beside it as fits into 256 KB."""

    format: Literal["nanochat-learn.trace/1"]
    name: TraceName
    path: str | None
    """The folder, from the workspace's root; None when it lies outside a workspace."""
    summary: TraceSummary
    lines: TraceLines | None = None
