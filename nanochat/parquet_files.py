"""Parquet files of documents: found in a folder, read one row group at a time, written whole.

A parquet file keeps a table in *row groups*: some rows together, to be read without the rest. The
rows are documents, in the column ``text``.

Not here: which document comes when (``dataset.py``).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SPLITS = ("train", "validation")
COLUMN = "text"


# @learn:data.parquet_streaming
def parquet_files(folder: str | os.PathLike[str], split: str) -> list[Path]:
    """The files of one split. Raises ``ValueError`` for an unknown split or a folder without
    at least one file for each split."""
    if split not in SPLITS:
        raise ValueError(f"There is no split {split!r}; choose one of: {', '.join(SPLITS)}.")
    folder = Path(folder)
    if not folder.is_dir():
        raise ValueError(
            f"There is no folder {folder}. Make one with data in it: "
            f"python -m nanochat.scripts.make_data {folder} --stories 20000"
        )
    files = sorted(folder.glob("*.parquet"))
    if not files:
        raise ValueError(
            f"The folder {folder} holds no parquet file. Write some into it: "
            f"python -m nanochat.scripts.make_data {folder} --stories 20000"
        )
    if len(files) == 1:
        raise ValueError(
            f"The folder {folder} holds only {files[0].name}, so a model would be examined on the "
            "text that it learned from. Put a second file beside it: the last one by name is kept "
            "for validation."
        )
    return files[:-1] if split == "train" else files[-1:]


def _corrupt(file: Path, error: Exception) -> ValueError:
    return ValueError(
        f"{file} cannot be read as parquet ({error}). It may have been cut off: fetch or make it "
        "again, or take it out of the folder."
    )


def read_footer(file: Path) -> Any:
    """What ``file`` says about its row groups, once it is clear that it holds text."""
    import pyarrow.parquet
    import pyarrow.types as kinds

    try:
        with pyarrow.parquet.ParquetFile(file) as table:
            schema, footer = table.schema_arrow, table.metadata
    except (pyarrow.ArrowException, OSError) as error:
        raise _corrupt(file, error) from None
    if COLUMN not in schema.names:
        raise ValueError(
            f"{file} has no column {COLUMN!r}, only: {', '.join(schema.names) or 'none'}. "
            f"Rename the column that holds the documents to {COLUMN!r}."
        )
    kind = schema.field(COLUMN).type
    if not (kinds.is_string(kind) or kinds.is_large_string(kind) or kinds.is_string_view(kind)):
        raise ValueError(
            f"The column {COLUMN!r} of {file} holds {kind}, not text. Write it again as strings."
        )
    return footer


# @learn:data.parquet_streaming
def read_group(file: Path, footer: Any, n: int) -> list[str]:
    """The documents of row group ``n``; rows without text are left out."""
    import pyarrow.parquet

    try:
        with pyarrow.parquet.ParquetFile(file, metadata=footer) as table:
            rows = table.read_row_group(n, columns=[COLUMN]).column(COLUMN).to_pylist()
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:
        raise _corrupt(file, error) from None
    return [text for text in rows if text]


def read_documents(file: Path) -> Iterator[str]:
    """All documents of one file in their order."""
    footer = read_footer(file)
    for n in range(footer.num_row_groups):
        yield from read_group(file, footer, n)


class Writer:
    """Parquet files of one split, filled one after the other."""

    def __init__(self, stem: Path, rows_per_group: int, rows_per_file: int, about: str) -> None:
        self.stem, self.rows_per_group, self.rows_per_file = stem, rows_per_group, rows_per_file
        self.about = about
        self.waiting: list[str] = []
        self.written = 0
        self._file: Any = None

    def add(self, text: str) -> None:
        self.waiting.append(text)
        if len(self.waiting) == self.rows_per_group:
            self.flush()

    def flush(self, end: bool = False) -> None:
        """Write what waits as one row group; close the file when it is full, or at the end."""
        import pyarrow
        import pyarrow.parquet

        if self.waiting:
            try:
                table = pyarrow.table({COLUMN: self.waiting})
            except UnicodeEncodeError:
                raise ValueError(
                    "One of the texts holds half a character (a lone surrogate), which cannot be "
                    'written. Read it again with errors="replace".'
                ) from None
            table = table.replace_schema_metadata({"made_by": self.about})
            if self._file is None:
                number = self.written // self.rows_per_file
                name = f"{self.stem.name}_{number:05}.parquet"
                self._file = pyarrow.parquet.ParquetWriter(self.stem.with_name(name), table.schema)
            self._file.write_table(table)
            self.written += len(self.waiting)
            self.waiting = []
        if self._file is not None and (end or self.written % self.rows_per_file == 0):
            self._file.close()
            self._file = None
