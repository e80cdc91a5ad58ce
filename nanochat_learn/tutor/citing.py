"""``[[id]]`` in a streamed answer: shown when the id exists, struck before anybody sees it else.

From ``[[`` on everything is held back until it is known what it is, so the result does not
depend on how the text was cut into pieces. Tables of numbers (``[[1, 2], [3, 4]]``) are no
citations and stay; so does code in fenced blocks, unless it names something like a node.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from nanochat_learn.schema.base import NodeId
from nanochat_learn.tutor.codeblocks import CodeBlocks

STRUCK = "~~unknown source~~"
"""Stands where the model named something that does not exist."""
LONGEST_ID = 400

_CONCEPT = "concept:"
_A_NODE = re.compile(r"\.(?:py|ipynb)\b|^[\s`\"']*(?:concept|viz|lesson|external):", re.I)
"""What can only be meant as a node: a file of code, or one of our prefixes."""
_LINES = re.compile(r"(?:[:#]L?\d+(?:[-–:]L?\d+)?|\s*[,(]?\s*lines? [\d–-]+\)?)\s*$")
_WORD = re.compile(r"[^\W\d_]")
_A_CONCEPT = re.compile(r"(?:concept:)?[a-z_]+\.[a-z0-9_]+(?<!\.py)")
_NOTE_LINK = re.compile(
    r"^ {0,3}(?P<fence>```|~~~).*?(?:^ {0,3}(?P=fence)|\Z)"
    r"|(?P<span>`+)[^`].*?(?P=span)"
    r"|\[\[(?P<link>[A-Za-z_][^\[\]\n,;]*)\]\]",
    re.M | re.S,
)
"""A code block, a code span, or a link; a link starts like a name."""
_LONG_WORD = re.compile(r"[^\W\d_]{3}")


class Names:
    """The ids that exist, and how a model may write them."""

    def __init__(self, ids: Collection[NodeId]) -> None:
        self._ids = ids
        self._namespaces = {
            i.removeprefix(_CONCEPT).partition(".")[0] for i in ids if i.startswith(_CONCEPT)
        }

    def resolve(self, written: str) -> NodeId | None:
        """The node meant: by its id, or a concept without its prefix; what a model hangs on it
        (``|other words``, a line number) does not matter."""
        first = written.partition("|")[0]
        for words in (written, first, _LINES.sub("", first)):
            bare = words.strip().strip("`\"'").strip()
            for id in (bare, _CONCEPT + bare):
                if id in self._ids:
                    return NodeId(id)
        return None

    def is_surely_a_node(self, written: str) -> bool:
        """Whether this can hardly be anything but the (wrong) name of a node."""
        bare = written.strip().strip("`\"'")
        first, dot, _ = bare.partition(".")
        return bool(_A_NODE.search(written)) or (bool(dot) and first in self._namespaces)


def linked(text: str, names: Names) -> str:
    """``[[…]]`` of a note as an id that exists, or as plain words: nobody who copies it names
    what is not there. Code, and tables of numbers in formulas, stay as they are."""

    def link(match: re.Match[str]) -> str:
        written = match["link"]
        if written is None:
            return match[0]
        if id := names.resolve(written):
            return f"[[{id}]]"
        target, _, words = written.partition("|")
        if words.strip():
            return words.strip()
        if _A_CONCEPT.fullmatch(target.strip()):
            return target.strip().rpartition(".")[2].replace("_", " ")
        return target.strip()

    return _NOTE_LINK.sub(link, text)


@dataclass(frozen=True, slots=True)
class Cited:
    """Stands before the first text that holds this id."""

    id: NodeId


class Citations:
    """Feed pieces, get pieces. ``struck`` counts the ids that do not exist."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._blocks = CodeBlocks()
        self._held = ""
        self.struck = 0
        self.cited: dict[NodeId, None] = {}
        """In the order of their first place."""

    def feed(self, text: str) -> Iterator[str | Cited]:
        for sign in text:
            yield from self._take(sign)

    def finish(self) -> Iterator[str | Cited]:
        """What is still held back. An id that was never closed is struck, too."""
        yield from self._let_go()

    def _take(self, sign: str) -> Iterator[str | Cited]:
        held = self._held
        if len(held) < 2:
            if sign == "[":
                self._held += sign
            else:
                self._held = ""
                yield self._shown(held + sign)
        elif sign == "[":
            if held == "[[":  # a third one: the last two may open a citation
                yield self._shown("[")
            else:
                yield from self._let_go()
                self._held = "["
        elif sign == "]" and held.endswith("]"):
            self._held = ""
            yield from self._closed(held[2:-1])
        elif sign == "\n" or held.endswith("]") or len(held) > LONGEST_ID:
            yield from self._let_go()
            yield self._shown(sign)
        else:
            self._held += sign

    def _shown(self, text: str) -> str:
        self._blocks.see(text)
        return text

    def _closed(self, inside: str) -> Iterator[str | Cited]:
        """``[[inside]]`` is complete."""
        parts = [inside]
        if self._names.resolve(inside) is None and re.search("[,;]", inside):
            parts = re.split("[,;]", inside)
        nodes = [self._names.resolve(part) for part in parts]
        if not any(nodes) and not self._is_meant_as_citation(inside, parts):
            yield self._shown(f"[[{inside}]]")
            return
        for place, node in enumerate(nodes):
            space = " " if place else ""
            if node is None:
                self.struck += 1
                yield self._shown(space + STRUCK)
                continue
            if node not in self.cited:
                self.cited[node] = None
                yield Cited(node)
            yield self._shown(f"{space}[[{node}]]")

    def _is_meant_as_citation(self, inside: str, parts: list[str]) -> bool:
        if any(self._names.is_surely_a_node(part) for part in parts):
            return True
        if self._blocks.inside:
            return False  # code: [[bos_id]], [["a", "b"]]
        one = len(parts) == 1
        return bool((_WORD if one else _LONG_WORD).search(inside))

    def _let_go(self) -> Iterator[str | Cited]:
        """What looked like the begin of a citation will not be closed."""
        held, self._held = self._held, ""
        if len(held) > 2:
            words = re.match(r"\[\[\s*([^\s\[\],;]*)", held)
            assert words is not None  # the pattern may match nothing after the brackets
            if self._names.is_surely_a_node(words[1]):
                self.struck += 1
                yield self._shown(STRUCK + held[words.end() :])
                return
        if held:
            yield self._shown(held)
