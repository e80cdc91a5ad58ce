"""Reading one file, and saying in one sentence with a line why it could not be read.

Not the place where a file is understood: that is notes, clusters, pictures and lessons.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from nanochat_learn.schema.graph import Gap, GapKind

LARGEST = 1_000_000
"""Bytes. A note of 700 words has 5,000; something larger is not a note."""
LARGEST_NOTEBOOK = 50_000_000
"""The learner's copy of a lesson holds its outputs, too."""

Model = TypeVar("Model", bound=BaseModel)


class Unclear(Exception):
    """Why one file is left out; ``line`` 0 means the whole file."""

    def __init__(self, sentence: str, line: int = 0, kind: GapKind = "broken_note") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.line = line
        self.kind = kind

    def gap(self, file_path: str) -> Gap:
        return Gap(
            severity="error",
            kind=self.kind,
            message=self.sentence,
            file_path=file_path,
            line=self.line,
            id=file_path,
        )


def read_text(path: Path) -> str:
    """The text of a UTF-8 file with ``\\n`` line ends, whatever its own; a BOM is dropped."""
    largest = LARGEST_NOTEBOOK if path.suffix == ".ipynb" else LARGEST
    try:
        with path.open("rb") as file:
            raw = file.read(largest + 1)
    except OSError as error:
        reason = error.strerror or "the system gave no reason"
        raise Unclear(
            f"This file cannot be opened ({reason}). Check that it exists and may be read.",
            kind="unreadable_file",
        ) from error
    if len(raw) > largest:
        raise Unclear(
            f"This file is larger than {largest // 1_000_000} MB, so it was left out. "
            "Split it or move it away.",
            kind="unreadable_file",
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unclear(
            "This file is not UTF-8 text. Save it again with the encoding UTF-8.",
            raw.count(b"\n", 0, error.start) + 1,
            kind="unreadable_file",
        ) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def checked_model(
    model: type[Model], value: object, what: str, lines: Mapping[str, int], line: int = 1
) -> Model:
    """``value`` as ``model``, or one sentence that names every field that is wrong.

    ``lines`` knows where each field stands; ``line`` is where the whole begins.
    """
    try:
        return model.model_validate(value)
    except ValidationError as error:
        complaints = []
        places = []
        for detail in error.errors():
            name = ".".join(str(part) for part in detail["loc"])
            top = str(detail["loc"][0]) if detail["loc"] else ""
            if top in lines:
                places.append(lines[top])
            complaints.append(_complaint(detail["type"], name, detail["msg"]))
        sentence = f"{what}: {'; '.join(complaints)}."
        raise Unclear(sentence, min(places, default=line)) from error


def _complaint(kind: str, name: str, message: str) -> str:
    """One field's fault in words."""
    match kind:
        case "missing":
            return f"`{name}` is missing, add it"
        case "extra_forbidden":
            return f"`{name}` is not a field here, remove it or mend its spelling"
        case "tuple_type":
            return f"`{name}` must be a list, written [first, second]"
        case "string_pattern_mismatch":
            return f"`{name}` must be lower-case words of a-z, 0-9 and _ joined by dots"
        case _:
            return f"`{name}` is not right ({message[:1].lower()}{message[1:]})"
