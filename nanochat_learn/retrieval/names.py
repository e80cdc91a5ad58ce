"""What a person calls a thing of the code → the nodes that may be meant, best first.

``GPT.forward``, ``gpt.py``, ``kv cache``, ``the engine class``, ``sample next token``: by exact
name, by the end of a qualified name, in any case, and by the words an identifier is made of.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from nanochat_learn.retrieval.words import parts, stem
from nanochat_learn.schema.base import NodeId
from nanochat_learn.schema.graph import CodeNode, ExternalNode, NodeData

Kind = Literal["file", "class", "function"]

_KINDS: Final[dict[str, Kind]] = {
    **dict.fromkeys(("class", "classes", "type"), "class"),
    **dict.fromkeys(("function", "functions", "method", "methods", "def", "routine"), "function"),
    **dict.fromkeys(("file", "files", "module", "modules", "script", "package"), "file"),
}
_LEADING: Final = re.compile(r"^(?:the|a|an|this|that|our|my|some|any|one|of|all|every)\s+", re.I)
_IDENTIFIER: Final = re.compile(r"[A-Za-z_]\w*(?:[./:][A-Za-z_]\w*)*")


@dataclass(frozen=True, slots=True)
class Named:
    """A node that may be meant. ``level`` 0 is what was typed, larger is farther from it."""

    id: NodeId
    level: int


class Names:
    """All names of a graph, ready to be looked up. ``weight`` orders equals: larger first."""

    def __init__(self, nodes: Iterable[NodeData], weight: Mapping[NodeId, float]) -> None:
        self._nodes: dict[NodeId, CodeNode | ExternalNode] = {}
        self._weight = weight
        self._exact: dict[str, list[NodeId]] = defaultdict(list)
        self._folded: dict[str, list[NodeId]] = defaultdict(list)
        self._by_words: dict[tuple[str, ...], list[NodeId]] = defaultdict(list)
        self._in_label: dict[str, set[NodeId]] = defaultdict(set)
        self._holding: dict[str, set[NodeId]] = defaultdict(set)
        for node in nodes:
            if isinstance(node, CodeNode | ExternalNode):
                self._add(node)

    def _add(self, node: CodeNode | ExternalNode) -> None:
        self._nodes[node.id] = node
        for name in _spellings(node):
            self._exact[name].append(node.id)
            self._folded[name.lower()].append(node.id)
        words = tuple(stem(word) for word in parts(_last(node)))
        self._by_words[words].append(node.id)
        whole = tuple(stem(word) for word in parts(node.label))
        if whole != words:
            self._by_words[whole].append(node.id)
        in_file = _stems_of_file(node.file_path) if node.file_path else set()
        for word in {*whole, *in_file}:
            self._holding[word].add(node.id)
        for word in whole:
            self._in_label[word].add(node.id)

    def find(self, phrase: str) -> list[Named]:
        """Every node that ``phrase`` may name, best first; empty when nothing fits."""
        text, kind = bare(phrase)
        if not text:
            return []
        typed = text.removesuffix("()").strip("`'\" ")
        for level, ids in enumerate(self._attempts(typed, kind)):
            fitting = [i for i in dict.fromkeys(ids) if self._fits(i, kind)]
            if fitting:
                return [Named(i, level) for i in sorted(fitting, key=self._order)]
        return []

    def _attempts(self, typed: str, kind: Kind | None) -> Iterable[list[NodeId]]:
        yield self._exact.get(typed, [])
        yield self._folded.get(typed.lower(), [])
        squeezed = re.sub(r"[\s_-]+", "", typed.lower())
        yield self._by_words.get(tuple(stem(w) for w in parts(typed))) or self._folded.get(
            squeezed, []
        )
        words = {stem(word) for word in parts(typed)} - {"of", "the", "in"}
        # every word stands in the name, or in the file's: "forward of the attention"
        if len(words) > 1 or (words and kind is not None):
            for places in (self._in_label, self._holding):
                yield sorted(set.intersection(*(places.get(word, set()) for word in words)))

    def _fits(self, node_id: NodeId, kind: Kind | None) -> bool:
        return kind is None or self._nodes[node_id].type == kind

    def _order(self, node_id: NodeId) -> tuple[bool, float, int, str]:
        node = self._nodes[node_id]
        return (
            node.type == "external",
            -self._weight.get(node_id, 0.0),
            len(node.label),
            node_id,
        )


def bare(phrase: str) -> tuple[str, Kind | None]:
    """The phrase without articles and quotes, and the kind of thing it says it is."""
    text = phrase.strip().strip("?!.,;:`'\" ").strip()
    kind: Kind | None = None
    for _ in range(4):
        text = _LEADING.sub("", text).strip()
        first, _, rest = text.partition(" ")
        last = text.rpartition(" ")
        if first.lower() in _KINDS and rest:
            kind, text = kind or _KINDS[first.lower()], rest
        elif last[0] and last[2].lower() in _KINDS:
            kind, text = kind or _KINDS[last[2].lower()], last[0]
        else:
            break
    return text.strip("`'\" "), kind


def looks_like_code(text: str) -> bool:
    """Whether a person who writes ``text`` surely names code: a dot, an underscore, brackets,
    capitals inside a word, or a path."""
    return bool(
        re.fullmatch(r"[\w./:]+(?:\(\))?", text)
        and (re.search(r"\w[._/:]\w|\(\)$|^_|[a-z0-9][A-Z]|[A-Z]{2}[a-z]", text))
    )


def identifiers(text: str) -> list[str]:
    """Words of a question that can only be code."""
    quoted = re.findall(r"`([^`\n]{1,200})`", text)
    return [*quoted, *(m for m in _IDENTIFIER.findall(text) if looks_like_code(m))]


def _spellings(node: CodeNode | ExternalNode) -> list[str]:
    """Every way to write the node's name in full or by its end."""
    names = [node.id, node.label]
    names += _ends(node.label)
    if isinstance(node, CodeNode):
        stem_of_file = node.file_path.removesuffix(".py").removesuffix(".ipynb")
        dotted = stem_of_file.replace("/", ".")
        if node.type == "file":
            names += [dotted, *_ends(dotted), *_ends(node.file_path, "/")]
        else:
            names += [f"{end}.{node.label}" for end in (dotted, *_ends(dotted))]
            names += [f"{end}:{node.label}" for end in _ends(node.file_path, "/")]
    else:
        names.append(node.id.partition(":")[2])
    return list(dict.fromkeys(names))


def _ends(name: str, mark: str = ".") -> list[str]:
    pieces = name.split(mark)
    return [mark.join(pieces[start:]) for start in range(1, len(pieces))]


def _last(node: NodeData) -> str:
    if isinstance(node, CodeNode) and node.type == "file":
        return node.file_path.rpartition("/")[2].removesuffix(".py").removesuffix(".ipynb")
    return node.label.rpartition(".")[2]


def _stems_of_file(path: str) -> set[str]:
    return {stem(word) for word in parts(path.rpartition("/")[2].removesuffix(".py"))}
