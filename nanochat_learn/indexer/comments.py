"""Comments of Python text, without tokenising: where each stands and what it says.

A ``#`` inside a string is no comment. One regular expression walks over strings and
comments alike, so that it knows which is which. Not tags: see ``tags.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_STRING_OR_COMMENT = re.compile(
    r'''"""(?:[^"\\]|\\.|"(?!""))*(?:"""|\Z)'''
    r"""|'''(?:[^'\\]|\\.|'(?!''))*(?:'''|\Z)"""
    r"""|"(?:[^"\\\n]|\\.)*"?"""
    r"""|'(?:[^'\\\n]|\\.)*'?"""
    r"""|(\#[^\n]*)""",
    re.DOTALL,
)


class Comment(NamedTuple):
    line: int  # 1-based
    text: str  # from # to the end of the line
    own_line: bool  # nothing but space before it


def find_comments(text: str) -> list[Comment]:
    """All comments of ``text``, in order."""
    found: list[Comment] = []
    line, counted = 1, 0
    for match in _STRING_OR_COMMENT.finditer(text):
        if match.group(1) is None:
            continue
        start = match.start()
        line += text.count("\n", counted, start)
        counted = start
        before = text[text.rfind("\n", 0, start) + 1 : start]
        found.append(Comment(line, match.group(1), not before.strip()))
    return found


def block_above(lines: list[str], line: int) -> str:
    """The comment block that ends directly above ``line`` (1-based), as text without tags.

    Cheap on purpose: it looks at the lines only. A line of a string that begins with ``#``
    cannot stand there, unless the string ends on it.
    """
    at = line - 2
    block: list[str] = []
    while at >= 0:
        stripped = lines[at].strip()
        if not stripped.startswith("#") or '"""' in stripped or "'''" in stripped:
            break
        block.append(stripped)
        at -= 1
    if not block:
        return ""
    return as_text(reversed(block))


def as_text(comments: Iterable[str]) -> str:
    """``# one``, ``# two`` → ``one\\ntwo``; tags and editor lines (``#!``, coding) are left out."""
    kept = []
    for comment in comments:
        words = comment[1:].strip()
        if words.startswith("@") or comment.startswith(("#!", "# -*-", "# %%")):
            continue
        kept.append(words)
    return "\n".join(kept).strip()
