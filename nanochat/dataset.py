"""The endless stream of documents that a model learns from, shared by ranks, found again exactly.

The documents lie in parquet files; a data set larger than the memory is walked through some row
groups at a time. In a folder, the last file by name is the validation split and all others are
the training split.

Not here: the files themselves (``parquet_files.py``), tokens (``dataloader.py``).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from nanochat.parquet_files import Writer, parquet_files, read_footer, read_group

GROUPS_A_WINDOW = 8  # so many row groups are shuffled together


class Place(NamedTuple):
    """Where a document stands in the endless stream of one rank: enough to find it again."""

    epoch: int
    window: int
    index: int


START = Place(0, 0, 0)


# @learn:data.parquet_streaming
class Documents:
    """The endless stream of documents that one rank reads.

    Each epoch shows every document once, in an order of its own: the row groups of all files are
    shuffled, rank r of w takes number r, r + w, …, and eight at a time are read and shuffled
    together. Chance depends on ``seed`` and the epoch alone, so a place is found again exactly.
    With ``seed=None`` everything comes in the order of the files.

    Raises ``ValueError`` when the folder, a file or the number of ranks does not allow it.
    """

    def __init__(
        self,
        folder: str | os.PathLike[str],
        split: str,
        rank: int = 0,
        world: int = 1,
        seed: int | None = 0,
    ) -> None:
        if not 0 <= rank < world:
            raise ValueError(f"There is no rank {rank} among {world}; ranks count from 0.")
        self.rank, self.world, self.seed = rank, world, seed
        self._footers = {file: read_footer(file) for file in parquet_files(folder, split)}
        self.groups = [(file, n) for file, footer in self._footers.items()
                       for n in range(footer.num_row_groups)]  # fmt: skip
        if not any(footer.num_rows for footer in self._footers.values()):
            raise self._empty()
        if len(self.groups) < world:
            raise ValueError(
                f"The {split} files in {folder} have {len(self.groups)} row groups for {world} "
                "ranks, so a rank would have nothing to read. Write them again with fewer rows in "
                "a group (make_data --rows-per-group), or start fewer processes."
            )
        self.about = {  # a place means the same only while all of this is the same
            "files": [[file.name, footer.num_rows] for file, footer in self._footers.items()],
            "split": split,
            "rank": rank,
            "world": world,
            "seed": seed,
        }
        self._kept: tuple[tuple[int, int], list[str]] | None = None

    def start_at(self, place: Place = START) -> Iterator[tuple[Place, str]]:
        """From ``place`` on: each document with its place. Never ends."""
        epoch, window, index = place
        found = index > 0 or window > 0
        while True:
            while (texts := self._window(epoch, window)) is not None:
                for n in range(index, len(texts)):
                    found = True
                    yield Place(epoch, window, n), texts[n]
                window, index = window + 1, 0
            if not found and not any(self._read_group(*group) for group in self.groups):
                raise self._empty()
            epoch, window, index, found = epoch + 1, 0, 0, False

    def texts(self, places: Iterable[Place]) -> list[str]:
        """The documents at ``places``; quick when they stand near each other and in order."""
        found = []
        for epoch, window, index in places:
            texts = self._window(epoch, window)
            if texts is None or index >= len(texts):
                raise ValueError(
                    "The data are not what they were when this state was saved. Start afresh, or "
                    "put the old files back."
                )
            found.append(texts[index])
        return found

    def _window(self, epoch: int, window: int) -> list[str] | None:
        """The documents of one window in the order they are shown, or None after the last."""
        if self._kept and self._kept[0] == (epoch, window):
            return self._kept[1]
        order = list(self.groups)
        if self.seed is not None:
            Random(f"seed {self.seed}, epoch {epoch}").shuffle(order)  # alike on all ranks
        # @learn:optimization.ddp
        mine = order[self.rank :: self.world]
        chosen = mine[window * GROUPS_A_WINDOW : (window + 1) * GROUPS_A_WINDOW]
        if not chosen:
            return None
        texts = [text for file, n in chosen for text in self._read_group(file, n)]
        if self.seed is not None:
            Random(f"seed {self.seed}, epoch {epoch}, window {window}").shuffle(texts)
        self._kept = (epoch, window), texts
        return texts

    def _empty(self) -> ValueError:
        files = ", ".join(str(file) for file in self._footers)
        return ValueError(f"There is no text at all in {files}. Put files with text there.")

    def _read_group(self, file: Path, n: int) -> list[str]:
        return read_group(file, self._footers[file], n)


# @learn:data.parquet_streaming
def documents(
    folder: str | os.PathLike[str],
    split: str,
    rank: int = 0,
    world: int = 1,
    state: dict[str, Any] | None = None,
    seed: int | None = 0,
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each document with a state; given back, the state continues with the document after it."""
    stream = Documents(folder, split, rank, world, seed)
    check_same_data(stream.about, state)
    start = Place(*state["next"]) if state else START
    for place, text in stream.start_at(start):
        after = [place.epoch, place.window, place.index + 1]
        yield text, {"about": stream.about, "next": after}


def check_same_data(about: dict[str, Any], state: dict[str, Any] | None) -> None:
    """Refuse a ``state`` that was saved with other files, another seed or other ranks."""
    for name, now in about.items() if state else ():
        before = state["about"].get(name)
        if before != now:
            change = (
                "with other files" if name == "files" else f"with {name} {before!r}, not {now!r}"
            )
            raise ValueError(
                f"This state was saved {change}. Use the same as before, or start without a state."
            )


# @learn:data.parquet_streaming
def write_parquet(
    texts: Iterable[str],
    folder: str | os.PathLike[str],
    rows_per_group: int = 100,
    groups_per_file: int = 1000,
    validation_every: int = 50,
    about: str = "",
) -> dict[str, int]:
    """Write ``texts`` as ``train_….parquet`` and ``validation_….parquet``; how many of each.

    Every 50th text is kept for validation, the first one included. The folder appears whole or
    not at all. ``about`` is kept in the files and says where they come from. Raises
    ``ValueError`` when the folder holds something already, for fewer than two texts, and for half
    a character in a text.
    """
    folder = Path(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ValueError(f"{folder} holds something already. Choose the name of a new folder.")
    for name, number in (("rows_per_group", rows_per_group), ("groups_per_file", groups_per_file)):
        if number < 1:
            raise ValueError(f"{name} must be 1 or more, not {number}.")
    if validation_every < 2:
        raise ValueError(f"validation_every must be 2 or more, not {validation_every}.")
    unfinished = folder.with_name(f"{folder.name}.{os.getpid()}.tmp")
    unfinished.mkdir(parents=True)
    try:
        rows_per_file = rows_per_group * groups_per_file
        train = Writer(unfinished / "train", rows_per_group, rows_per_file, about)
        # Smaller groups, so that a little validation text is enough for several ranks. One file:
        # the reader takes the last by name.
        few = max(1, rows_per_group // 10)
        validation = Writer(unfinished / "validation", few, 1 << 60, about)
        for n, text in enumerate(texts):
            (train if n % validation_every else validation).add(text)
        train.flush(end=True)
        validation.flush(end=True)
        if not train.written:
            raise ValueError(
                f"There are {validation.written} texts, but it takes two at least: one to learn "
                "from and one for validation."
            )
        if folder.exists():
            folder.rmdir()  # it is empty
        unfinished.replace(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return {"train": train.written, "validation": validation.written}
