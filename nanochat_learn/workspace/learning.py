"""The verbs of progress: what was understood; evidence added, taken along, brought back, reset.

Evidence is the truth and stands in ``progress/``, a journal that kernels and the server append to,
each to a file of its own. Nothing here ever removes a line; everything else is worked out of them.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from pydantic import ValidationError

from nanochat_learn import journal
from nanochat_learn.errors import BadInput, CannotRead, NotFound
from nanochat_learn.learner import path
from nanochat_learn.learner.counting import each_once
from nanochat_learn.learner.course import Course
from nanochat_learn.learner.standing import moment
from nanochat_learn.places import Workspace
from nanochat_learn.schema.base import LessonId
from nanochat_learn.schema.learner import (
    PROGRESS_FORMAT,
    Evidence,
    ImportReport,
    Progress,
    ProgressFile,
    ResetReport,
)
from nanochat_learn.shipping import fresh
from nanochat_learn.workspace.known import course

LARGEST: Final = 50_000_000
"""Bytes of a progress file. Years of learning make a few million."""


_State = tuple[Path, str, int, int, int]
"""Folder, writer, inode, time and size of one file of the journal."""


class Read(NamedTuple):
    evidence: tuple[Evidence, ...]
    damaged: tuple[str, ...]


def progress(workspace: Workspace, now: datetime | None = None) -> Progress:
    """The path. Only files of the journal that changed are read again, and nothing is worked out
    when none did. Reviews come due by the minute."""
    minute = (now or datetime.now(UTC)).replace(second=0, microsecond=0)
    return _progress(course(workspace), _files(workspace), minute)


@lru_cache(maxsize=8)
def _progress(of: Course, files: tuple[_State, ...], minute: datetime) -> Progress:
    found = _evidence(files)
    return path.progress(of, found.evidence, minute, found.damaged)


def evidence(workspace: Workspace) -> Read:
    """All evidence, oldest first, each id once, and the lines that cannot be read."""
    return _evidence(_files(workspace))


@lru_cache(maxsize=4)
def _evidence(files: tuple[_State, ...]) -> Read:
    reads = [_lines_of(*state) for state in files]
    lines = each_once(line for read in reads for line in read.evidence)
    return Read(tuple(lines), tuple(place for read in reads for place in read.damaged))


def evidence_mark(workspace: Workspace) -> str:
    """Another one as soon as anybody has written evidence; costs a look at the folder."""
    return repr([state[1:] for state in _files(workspace)])


def add_evidence(workspace: Workspace, lines: Sequence[Evidence]) -> ImportReport:
    """Write down what was answered without a kernel. What is known already is not written again.

    Raises ``BadInput`` for a line that says nothing, ``CannotWrite`` when the disk refuses.
    """
    for line in lines:
        if (line.item is None) != (line.kind == "reset"):
            raise BadInput(
                f"This {line.kind} belongs to no item of its lesson.",
                "Reload the page; if it happens again, the two halves have different versions.",
            )
        if not _has_a_time(line):
            raise BadInput(
                f"{line.at} is no point in time.", "Check the date and the time of your machine."
            )
    known = {line.id for line in evidence(workspace).evidence}
    new = {line.id: line for line in reversed(lines) if line.id not in known}
    if new:
        rows = [line.model_dump(mode="json") for line in reversed(new.values())]
        journal.append(workspace.progress, *rows)
    return ImportReport(added=len(new), known=len(lines) - len(new))


def export_progress(workspace: Workspace) -> ProgressFile:
    """All evidence, also what a reset made void: it is the learner's."""
    return ProgressFile(evidence=evidence(workspace).evidence)


def import_progress(workspace: Workspace, content: bytes) -> ImportReport:
    """Add the evidence of a progress file to what is here; nothing is taken away or replaced.

    ``content`` is the file as it is. Raises ``BadInput`` when it cannot be used: then nothing of it
    was added.
    """
    return add_evidence(workspace, progress_file(content).evidence)


def progress_file(content: bytes) -> ProgressFile:
    """The bytes of a progress file, read. Raises ``BadInput`` that says what is wrong with them."""
    if len(content) > LARGEST:
        raise BadInput(
            f"This file is larger than {LARGEST // 1_000_000} MB, so it is no progress file.",
            "Choose the file that “Export progress” has saved.",
        )
    try:
        return ProgressFile.model_validate_json(content)
    except ValidationError as error:
        first = error.errors()[0]
    again = "Export it again where it comes from; your progress here is as it was."
    place = ".".join(str(part) for part in first["loc"])
    if first["type"] == "json_invalid":
        if "EOF" in first["msg"]:
            raise BadInput("This file breaks off: it was not written to its end.", again)
        raise BadInput(
            "This file is not JSON, so it is no progress file.",
            "Choose the file that “Export progress” has saved.",
        )
    if first["loc"][-1:] == ("format",) and first["type"] != "missing":
        raise BadInput(
            f"This file has format {str(first['input'])[:20]}, and this version of nanochat-learn "
            f"reads format {PROGRESS_FORMAT}.",
            "Upgrade nanochat-learn, then import it again; your progress here is as it was.",
        )
    if len(first["loc"]) < 2:
        raise BadInput(
            "This file is no progress file of nanochat-learn.",
            "Choose the file that “Export progress” has saved.",
        )
    raise BadInput(f"This file is damaged ({place}: {first['msg']}), and was not imported.", again)


def reset_lesson(workspace: Workspace, lesson: str) -> ResetReport:
    """Begin a lesson anew: a fresh notebook, and earlier evidence about it no longer counts.

    The learner's own version of the notebook is kept beside it where it differed. Raises
    ``NotFound`` for a lesson that does not exist, ``CannotWrite`` when the folder refuses.
    """
    plans = {plan.id: plan for plan in course(workspace).lessons}
    known = plans.get(LessonId(lesson))
    file_path = f"lessons/{lesson}.ipynb"
    try:
        kept = fresh(workspace.root, file_path)
    except NotFound as error:
        if known is None or known.file_path is None:
            raise NotFound(
                f"There is no lesson {lesson}.", f"There are: {', '.join(plans) or 'none yet'}."
            ) from error
        kept, file_path = None, known.file_path  # a lesson of the learner's own: as they wrote it
    line = Evidence(
        id=uuid.uuid4().hex,
        at=datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"),
        lesson=LessonId(lesson),
        kind="reset",
    )
    journal.append(workspace.progress, line.model_dump(mode="json"))
    return ResetReport(file_path=file_path, kept=kept)


# --- the journal -------------------------------------------------------------------------------


def _files(workspace: Workspace) -> tuple[_State, ...]:
    folder = workspace.progress
    found: list[_State] = []
    try:
        for file in sorted(folder.glob("*.jsonl")):
            stat = file.stat()
            found.append((folder, file.stem, stat.st_ino, stat.st_mtime_ns, stat.st_size))
    except OSError as error:
        raise CannotRead(
            f"The folder {folder.name} cannot be read: {error.strerror}.", "Check its permissions."
        ) from error
    return tuple(found)


@lru_cache(maxsize=1_024)
def _lines_of(folder: Path, writer: str, _inode: int, _mtime_ns: int, _size: int) -> Read:
    read = journal.read(folder, writer)
    return _checked(read.entries, read.damaged, read.places)


def _checked(
    entries: Iterable[dict[str, object]], damaged: Sequence[str], places: dict[str, str]
) -> Read:
    good: list[Evidence] = []
    bad = list(damaged)
    for entry in entries:
        try:
            line = Evidence.model_validate(entry)
        except ValidationError:
            line = None
        if line is not None and _has_a_time(line):
            good.append(line)
        else:
            bad.append(places[str(entry["id"])])
    return Read(tuple(good), tuple(bad))


def _has_a_time(line: Evidence) -> bool:
    try:
        moment(line)
    except ValueError:
        return False
    return True
