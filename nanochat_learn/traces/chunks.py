"""Safetensors, as far as a trace needs it: a header that is checked before anything is believed.

Eight bytes with the length of the header, the header (JSON: name → type, shape, place), the
numbers. A name stands for one tensor of all steps in the file: of shape (steps, …) where all steps
have the same shape, else flat; a ``TensorRecord`` says from which element on a step begins.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from nanochat_learn.errors import CannotRead, CannotWrite
from nanochat_learn.schema.trace import StoredType

if TYPE_CHECKING:
    from numpy.typing import NDArray

NUMPY: Mapping[StoredType, str] = {
    "F32": "<f4",
    "F16": "<f2",
    "I64": "<i8",
    "I32": "<i4",
    "U8": "|u1",
    "BOOL": "|b1",
}
SIZES: Mapping[str, int] = {"F32": 4, "F16": 2, "I64": 8, "I32": 4, "U8": 1, "BOOL": 1}
LONGEST_HEADER = 16 << 20
"""Ours have kilobytes. A header that claims more is damaged, or meant to fill the memory."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a tensor lies: ``start`` and ``end`` are bytes of the file."""

    dtype: StoredType
    shape: tuple[int, ...]
    start: int
    end: int


def stored_type(array: NDArray[Any]) -> StoredType:
    """Raises ``CannotWrite`` for a number format that a trace does not hold."""
    for name, numpy_name in NUMPY.items():
        if array.dtype == numpy_name:
            return name
    raise CannotWrite(
        f"A trace cannot hold numbers of the format {array.dtype}.",
        "Convert them to float32, float16, int64, int32, uint8 or bool first.",
    )


def write_chunk(target: Path, pieces: Mapping[str, Sequence[NDArray[Any]]]) -> int:
    """Write the tensors of some steps, by name, each in the order of its steps; the file's size.

    Appears whole, by renaming, or not at all (``CannotWrite``). The system is not told to bring
    the bytes to the disk at once: a killed kernel loses nothing by that, and a power cut at most
    the last seconds, which the reader then notices.
    """
    header: dict[str, Any] = {}
    at = 0
    # Larger formats first, so that every tensor starts at a multiple of its own size.
    order = sorted(pieces, key=lambda name: -SIZES[stored_type(pieces[name][0])])
    for name in order:
        arrays = pieces[name]
        dtype, size = stored_type(arrays[0]), sum(array.nbytes for array in arrays)
        alike = all(array.shape == arrays[0].shape for array in arrays)
        shape = [len(arrays), *arrays[0].shape] if alike else [size // SIZES[dtype]]
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [at, at + size]}
        at += size
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with temporary.open("wb", buffering=0) as file:
            with suppress(AttributeError, OSError):  # room at once is found faster; not everywhere
                os.posix_fallocate(file.fileno(), 0, 8 + len(text) + at)
            _write_all(file, len(text).to_bytes(8, "little") + text)
            for name in order:
                for array in pieces[name]:
                    _write_all(file, array.reshape(-1).view("u1").data)
        temporary.replace(target)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise CannotWrite(
            f"{target.name} cannot be written: {error.strerror or error}.",
            "Make room on the disk, or trace fewer names or a smaller budget.",
        ) from error
    return 8 + len(text) + at


def _write_all(file: Any, data: bytes | memoryview) -> None:
    view = memoryview(data)
    while len(view):  # a full disk may take a part and only then refuse
        view = view[file.write(view) :]


def read_header(file: Path) -> dict[str, Entry]:
    """What lies where. Raises ``CannotRead`` unless every single place makes sense."""
    try:
        with file.open("rb") as opened:
            size = os.fstat(opened.fileno()).st_size
            return _entries(file.name, size, opened)
    except OSError as error:
        raise _damaged(file.name, f"it cannot be opened: {error.strerror or error}") from error


def _entries(name: str, size: int, opened: BinaryIO) -> dict[str, Entry]:
    length = int.from_bytes(opened.read(8), "little")
    if size < 8 or length > size - 8:
        raise _damaged(name, "it ends within its header")
    if length > LONGEST_HEADER:
        raise _damaged(name, f"its header claims {length:,} bytes")
    try:
        header = json.loads(
            opened.read(length), object_pairs_hook=_without_twins, parse_constant=_refused
        )
    except (ValueError, RecursionError) as error:
        raise _damaged(name, "its header is not JSON") from error
    if not isinstance(header, dict):
        raise _damaged(name, "its header is not a table")
    header.pop("__metadata__", None)
    begin = 8 + length
    entries = {key: _entry(name, key, value, begin, size) for key, value in header.items()}
    _apart(name, entries.values())
    return entries


def _entry(name: str, key: str, value: Any, begin: int, size: int) -> Entry:
    try:
        dtype, shape, (start, end) = value["dtype"], value["shape"], value["data_offsets"]
    except (TypeError, KeyError, ValueError) as error:
        raise _damaged(name, f"`{key[:80]}` has no place") from error
    if not isinstance(dtype, str) or dtype not in SIZES:
        raise _damaged(name, f"`{key[:80]}` has an unknown number format")
    if not isinstance(shape, list) or not _counts([start, end, *shape]):
        raise _damaged(name, f"`{key[:80]}` has a negative or broken place")
    if len(shape) > 32 or start > end or begin + end > size:
        raise _damaged(name, f"`{key[:80]}` lies outside the file")
    if prod(shape) * SIZES[dtype] != end - start:
        raise _damaged(name, f"`{key[:80]}` has another length than its shape says")
    return Entry(dtype, tuple(shape), begin + start, begin + end)  # type: ignore[arg-type]


def _apart(name: str, entries: Iterable[Entry]) -> None:
    """No two tensors may share bytes."""
    last = 0
    for entry in sorted(entries, key=lambda entry: (entry.start, entry.end)):
        if entry.start < last and entry.end > entry.start:
            raise _damaged(name, "two of its tensors overlap")
        last = max(last, entry.end)


def _counts(numbers: Iterable[Any]) -> bool:
    return all(type(number) is int and 0 <= number < 1 << 48 for number in numbers)


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        raise ValueError("a name stands twice")
    return table


def _refused(constant: str) -> Any:
    raise ValueError(f"{constant} is no JSON")


def _damaged(name: str, why: str) -> CannotRead:
    return CannotRead(
        f"{name} of this trace is damaged: {why}.",
        "Steps in other chunks can still be read; trace again to get the rest.",
    )
