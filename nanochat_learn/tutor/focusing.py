"""The block of focused nodes that the model puts last: taken out of the text, its ids kept.

    **Focused nodes (JSON)**
    ```json
    {"focused_nodes": ["nanochat/cache.py:KVCache"]}
    ```

With or without heading and fence. What cannot become such a block any more is let through at
once, so that other JSON streams as it comes.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from nanochat_learn.tutor.codeblocks import CodeBlocks

_LABEL = r"[ \t]*(?:\#{1,6}[ \t]*)?(?:\*\*|__)?focused[ _]nodes(?:[ \t]*\(json\))?:?(?:\*\*|__)?:?"
_BODY = r"\{\s*\"focused_nodes\"\s*:\s*\[[^\[\]{}]*\]\s*(?:,[^{}]*)?\}"
_LIST = r"\[[^\[\]{}]*\]"
_BLOCK = regex.compile(
    rf"""(?i)(?:
        (?:{_LABEL})\s* (?: {_BODY} | {_LIST} | ```(?:json)?[ \t]*\n\s* (?:{_BODY}|{_LIST}) \s*``` )
      | {_BODY}
      | ```(?:json)?[ \t]*\n\s* {_BODY} \s*```
    )""",
    regex.VERBOSE,
)
_ALMOST = regex.compile(rf"(?i)[\s\S]*(?:{_BODY})\s*`{{0,2}}")
"""A block whose closing fence never came."""
_LONGEST = 3_000
_LONGEST_GAP = 40
"""White space that may stand before a block and is then taken out with it."""


class Focus:
    """Feed pieces, get pieces without the block. ``ids`` is what the last block said, unchecked;
    None when there was none."""

    def __init__(self) -> None:
        self._blocks = CodeBlocks()
        self._held = ""
        self._deciding = True
        """Whether the line that comes may be the first of such a block."""
        self.ids: list[str] | None = None

    def feed(self, text: str) -> Iterator[str]:
        for sign in text:
            if not self._deciding:
                yield self._shown(sign)
                continue
            self._held += sign
            yield from self._decide()

    def finish(self) -> Iterator[str]:
        if _ALMOST.fullmatch(self._held):
            self._keep()
        elif self._held.strip():
            yield self._shown(self._held)
        self._held = ""

    def _decide(self) -> Iterator[str]:
        while self._held and self._deciding:
            written = self._held.lstrip()
            if not written:  # a gap: not worth a look, and never a long wait
                if len(self._held) > _LONGEST_GAP:
                    gap, self._held = self._held, ""
                    yield self._shown(gap)
                return
            found = _BLOCK.fullmatch(written, partial=True)
            if found is None or len(self._held) > _LONGEST:
                yield from self._let_go()
            elif found.partial:
                return
            else:
                self._keep()

    def _let_go(self) -> Iterator[str]:
        """The first line of what is held is ordinary text; the next may be a block again."""
        line, newline, rest = self._held.partition("\n")
        self._held = ""
        yield self._shown(line + newline)
        for sign in rest:
            if self._deciding:
                self._held += sign
            else:
                yield self._shown(sign)

    def _shown(self, text: str) -> str:
        self._blocks.see(text)
        self._deciding = text.endswith("\n") and not self._blocks.inside
        return text

    def _keep(self) -> None:
        written = regex.findall(r'"([^"\n]+)"', self._held.partition("[")[2].partition("]")[0])
        self.ids = list(dict.fromkeys(written))
        self._held = ""
