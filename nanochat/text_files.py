"""Documents out of text files: a long text is cut between paragraphs into pieces that fit a row.

Not here: web pages, PDF or office files; save them as plain text first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ENDINGS = (".txt", ".md")
LONGEST = 2000  # characters; a row cuts off what is longer than it


def text_files(folder: Path) -> list[Path]:
    """The text files in ``folder`` and below, in the order of their names.

    Raises ``ValueError`` when there is none.
    """
    if not folder.is_dir():
        raise ValueError(f"There is no folder {folder}. Give one that holds text files.")
    files = sorted(f for f in folder.rglob("*") if f.suffix.lower() in ENDINGS and f.is_file())
    if not files:
        raise ValueError(
            f"{folder} holds no text file; the names must end in {' or '.join(ENDINGS)}. "
            "Save your texts as plain text in UTF-8."
        )
    return files


def read_text(file: Path) -> str | None:
    """What ``file`` says, or None when it is no text in UTF-8."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def cut(text: str, longest: int = LONGEST) -> Iterator[str]:
    """Pieces of at most ``longest`` characters, cut between paragraphs where that is possible.

    Short paragraphs stay together. A longer paragraph is cut after a sentence, else after a word.
    """
    waiting = ""
    for paragraph in re.split(r"\n\s*\n", text):
        paragraph = paragraph.strip()
        both = f"{waiting}\n\n{paragraph}" if waiting and paragraph else waiting or paragraph
        if len(both) > longest and waiting and len(paragraph) <= longest:
            yield waiting
            both = paragraph
        while len(both) > longest:  # a heading stays with the long paragraph below it
            at = _place_to_cut(both, longest)
            yield both[:at].rstrip()
            both = both[at:].lstrip()
        waiting = both
    if waiting:
        yield waiting


def _place_to_cut(paragraph: str, longest: int) -> int:
    sentences = list(re.finditer(r"[.!?][\"'”’)]*\s", paragraph[: longest + 1]))
    if sentences:
        return sentences[-1].end()
    space = paragraph.rfind(" ", 1, longest + 1)
    return space if space > 0 else longest
