"""Are we inside a fenced code block? Told sign by sign, as Markdown arrives in pieces.

Only fences indented by at most three spaces count: where a reader's Markdown might see more
code than we do, we are the stricter one.
"""

from __future__ import annotations

import re

_OPENS = re.compile(r" {0,3}(?:(`{3,})[^`]*|(~{3,}).*)")
_CLOSES = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*")
_LONGEST_LINE = 2_000


class CodeBlocks:
    def __init__(self) -> None:
        self._line: list[str] = []
        self._fence = ""
        """The signs that opened the block we are in."""

    @property
    def inside(self) -> bool:
        return bool(self._fence)

    def see(self, text: str) -> None:
        for sign in text:
            if sign == "\n":
                self._end_of_line("".join(self._line))
                self._line.clear()
            elif len(self._line) < _LONGEST_LINE:
                self._line.append(sign)

    def _end_of_line(self, line: str) -> None:
        if self._fence:
            closing = _CLOSES.fullmatch(line)
            if closing and closing[1][0] == self._fence[0] and len(closing[1]) >= len(self._fence):
                self._fence = ""
        elif opening := _OPENS.fullmatch(line):
            self._fence = opening[1] or opening[2]
