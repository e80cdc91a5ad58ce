"""Write a folder of documents to learn from, as parquet files.

    python -m nanochat.scripts.make_data data/stories --stories 20000
    python -m nanochat.scripts.make_data data/mine --folder my_texts --stories 5000
    python -m nanochat.scripts.make_data data/web --download https://example.org/shard.parquet

The first writes stories of our own, the second adds the text files of a folder, the third fetches
a file whose address you give; nothing is fetched without one.
"""

from __future__ import annotations

import argparse
import shlex
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from nanochat import stories
from nanochat.dataset import write_parquet
from nanochat.download import download
from nanochat.parquet_files import read_documents
from nanochat.text_files import ENDINGS, LONGEST, cut, read_text, text_files

SECONDS_BETWEEN_LINES = 2.0


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m nanochat.scripts.make_data",
        description="Writes a folder of documents to learn from, as parquet files.",
    )
    add = parser.add_argument
    add("out", type=Path, help="the folder to make; it must not exist yet")
    add("--stories", type=int, default=0, metavar="N", help="write N stories of our own")
    add("--seed", type=int, default=0, help="another seed writes other stories (default: 0)")
    add("--folder", type=Path, action="append", default=[], metavar="DIR",
        help=f"read the text files ({', '.join(ENDINGS)}) of DIR and below")  # fmt: skip
    add("--download", action="append", default=[], metavar="URL",
        help="fetch a parquet or text file from URL; only what you may use")  # fmt: skip
    add("--longest", type=int, default=LONGEST, metavar="CHARACTERS",
        help=f"cut texts into documents of this length at most (default: {LONGEST})")  # fmt: skip
    add("--rows-per-group", type=int, default=100, metavar="ROWS",
        help="documents that are read together (default: 100); fewer for more ranks")  # fmt: skip
    add("--quiet", action="store_true", help="print nothing but errors")
    return parser


def main(argv: list[str] | None = None) -> int:
    """Make the folder; 0 if it went well, 2 with a sentence if not."""
    args = arguments().parse_args(argv)
    command = shlex.join(sys.argv[1:] if argv is None else argv)
    try:
        with tempfile.TemporaryDirectory() as scratch:
            sources = _sources(args, Path(scratch))
            texts = sources if args.quiet else _watched(sources)
            counts = write_parquet(
                texts, args.out, rows_per_group=args.rows_per_group, about=f"make_data {command}"
            )
    except (ValueError, OSError) as error:
        print(f"make_data: {error}", file=sys.stderr)
        return 2
    if not args.quiet:
        print(
            f"{args.out} holds {counts['train']} documents to learn from and "
            f"{counts['validation']} for validation."
        )
    return 0


def _sources(args: argparse.Namespace, scratch: Path) -> Iterator[str]:
    """Everything that was asked for, one after the other. Refuses before anything is written."""
    if args.stories < 0 or args.longest < 1:
        raise ValueError("--stories must be 0 or more, and --longest 1 or more.")
    if not (args.stories or args.folder or args.download):
        raise ValueError("Say where the documents come from: --stories, --folder or --download.")
    files = [file for folder in args.folder for file in text_files(folder)]
    return _documents(args, files, scratch)


def _documents(args: argparse.Namespace, files: list[Path], scratch: Path) -> Iterator[str]:
    yield from stories.documents(args.stories, args.seed)
    for url in args.download:
        file = download(url, scratch, say=None if args.quiet else _say)
        yield from (
            read_documents(file) if file.suffix == ".parquet" else _read([file], args.longest)
        )
    yield from _read(files, args.longest)


def _read(files: Iterable[Path], longest: int) -> Iterator[str]:
    for file in files:
        text = read_text(file)
        if text is None:
            print(f"make_data: {file} is left out: it is no text in UTF-8.", file=sys.stderr)
        else:
            yield from cut(text, longest)


def _watched(texts: Iterable[str]) -> Iterator[str]:
    """The same texts, and every two seconds a line that says how far it is."""
    characters, shown = 0, time.monotonic()
    for n, text in enumerate(texts, start=1):
        characters += len(text)
        if time.monotonic() - shown > SECONDS_BETWEEN_LINES:
            shown = time.monotonic()
            _say(f"{n} documents, {characters / 1e6:.1f} million characters")
        yield text


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
