"""Has the code a note speaks about changed since a person last read the two side by side?"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from nanochat_learn.errors import LearnError

CodeOf: TypeAlias = "Callable[[str, int, int, str | None], str]"
"""``code_of(file_path, line, end_line, cell)`` → those source lines, both ends included.

It clips a range that reaches beyond the end. For what is gone it returns ``""`` or raises a
``LearnError``; both mean the same here.
"""


def lines_or_nothing(code_of: CodeOf) -> CodeOf:
    """``code_of`` that never raises: a file may vanish after it was indexed, and one lost file
    must not take a whole page or report with it."""

    def read(file_path: str, line: int, end_line: int, cell: str | None) -> str:
        try:
            return code_of(file_path, line, end_line, cell)
        except LearnError:
            return ""

    return read


def checked_hash(texts: Sequence[str]) -> str:
    """What a note writes into ``checked:``: twelve hex digits over the source of its symbols.

    Lines that hold only a comment, and spaces at the end of a line, do not count: moving a tag
    or rewording a comment does not make a note stale. The order of the symbols does.
    """
    digest = hashlib.sha256()
    for text in texts:
        for line in text.splitlines():
            if not line.lstrip().startswith("#"):
                digest.update(line.rstrip().encode("utf-8", "replace") + b"\n")
        digest.update(b"\x00")  # where one symbol ends is part of what was checked
    return digest.hexdigest()[:12]


def hash_of(symbols: Sequence[str], nodes: dict[str, dict[str, Any]], code_of: CodeOf) -> str:
    """``checked_hash`` of symbols that all stand in ``nodes``."""
    texts = []
    for symbol in symbols:
        node = nodes[symbol]
        texts.append(code_of(node["file_path"], node["line"], node["end_line"], node.get("cell")))
    return checked_hash(texts)
