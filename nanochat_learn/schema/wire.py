"""Answers of the server that are neither graph nor concept: status, progress, errors, source."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field

from nanochat_learn.schema.base import Frozen, NodeId
from nanochat_learn.schema.graph import Gap

CHANGED_EVENT: Final = "https://nanochat-learn.org/events/changed/v1"
"""Id of the event on Jupyter's bus; ``server/changed.v1.yaml`` is its schema there."""


class WorkspaceInfo(Frozen):
    """``prefix`` is the workspace's path inside Jupyter's root, ``""`` when they are the same."""

    prefix: str
    name: str
    writable: bool


class IndexState(Frozen):
    content_hash: str
    files: int
    nodes: int
    edges: int
    errors: int
    warnings: int


class Status(Frozen):
    """``workspace`` is None where Jupyter was started outside any workspace;
    ``index`` is None until the workspace was indexed once."""

    version: str
    workspace: WorkspaceInfo | None
    index: IndexState | None
    indexing: bool


class Failure(Frozen):
    """Body of every answer that is not 2xx, and of the ``error`` event of a stream."""

    code: str
    sentence: str
    hint: str = ""


class IndexTree(Frozen):
    """The first kind of ``POST index``: read the workspace's files again."""

    kind: Literal["tree"] = "tree"
    confirmed: bool = False
    """Set after the learner agreed to index more than 5,000 files."""


class IndexProgress(Frozen):
    type: Literal["progress"] = "progress"
    done: int
    total: int
    file_path: str


class IndexReport(Frozen):
    type: Literal["done"] = "done"
    state: IndexState
    parsed: int
    """Files read anew; the others had not changed."""
    problems: tuple[Gap, ...]
    """Files that could not be read, malformed tags: what stands in the gap report as errors."""


class IndexFailure(Frozen):
    type: Literal["error"] = "error"
    failure: Failure


IndexEvent = Annotated[IndexProgress | IndexReport | IndexFailure, Field(discriminator="type")]


class Changed(Frozen):
    """The event ``CHANGED_EVENT``: a workspace was read anew and is no longer what it was."""

    prefix: str
    content_hash: str
    errors: int
    warnings: int


class NodeSource(Frozen):
    """The real lines of a node. ``line`` is the number of the first line of ``text``."""

    id: NodeId
    file_path: str
    line: int
    end_line: int
    cell: str | None = None
    text: str


class PrepareRequest(Frozen):
    """Body of ``POST workspace``: turn a folder into a workspace.

    ``lessons`` copies lessons and model into it (never over existing files);
    without, only the marker is written, so that the folder's own code is indexed.
    """

    folder: str
    """Path inside Jupyter's root."""
    lessons: bool
