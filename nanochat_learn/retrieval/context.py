"""What of an answer goes into a prompt: a map, real source lines, note sections, neighbours.

Pure. Everything here is text of the workspace, so data and never instruction: whoever writes
the prompt fences it. No budget is ever exceeded; what does not fit is cut at a line and said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from nanochat_learn.graph import CodeOf, GraphIndex
from nanochat_learn.graph.staleness import lines_or_nothing
from nanochat_learn.schema.base import NodeId
from nanochat_learn.schema.graph import CodeNode, ConceptNode, EdgeData, NodeData
from nanochat_learn.schema.search import SearchAnswer

PartKind = Literal["map", "code", "note", "neighbour"]

MAP_ID = "map"
"""The id of the one part that is no node."""
OVERHEAD = 16
"""Tokens that the frame around one part may take (its fence and its label)."""

_SHARE_OF_MAP = 0.15
_SHARE_OF_ONE_NOTE = 0.15
_MOST_CODE = 6
_MOST_LINES = 90
_MOST_NOTES = 3
_MOST_NEIGHBOURS = 12


@dataclass(frozen=True, slots=True)
class ContextPart:
    """One piece of a prompt. ``id`` is the node a sentence drawn from it may cite."""

    id: NodeId
    kind: PartKind
    title: str
    text: str

    @property
    def tokens(self) -> int:
        """An upper estimate, its frame included."""
        return estimate_tokens(self.title) + estimate_tokens(self.text) + OVERHEAD


def estimate_tokens(text: str) -> int:
    """How many tokens ``text`` takes at most, roughly: code runs at 3 bytes or more a token."""
    return (len(text.encode("utf-8", "replace")) + 2) // 3


def build_context(
    answer: SearchAnswer,
    graph_index: GraphIndex,
    code_of: CodeOf,
    notes: Mapping[NodeId, str],
    budget: int,
) -> tuple[ContextPart, ...]:
    """The parts for ``answer``, best first, together at most ``budget`` tokens by
    ``ContextPart.tokens``.

    ``notes`` maps a concept node to the Markdown of its note. Ids that the graph does not
    know (the answer is older than the graph) are left out.
    """
    code_of = lines_or_nothing(code_of)
    found = [graph_index.nodes[hit.id] for hit in answer.results if hit.id in graph_index.nodes]
    pile = _Pile(budget)
    code = [node for node in found if isinstance(node, CodeNode)]
    pile.add(_map(code, graph_index, int(budget * _SHARE_OF_MAP)))
    concepts = _concepts(found, graph_index, notes)
    for concept in concepts[:_MOST_NOTES]:
        pile.add(_note(concept, notes[concept.id], answer.query, int(budget * _SHARE_OF_ONE_NOTE)))
    for node in code[:_MOST_CODE]:
        pile.add(_code(node, graph_index, code_of, pile.left))
    for part in _neighbours(code[:3], {n.id for n in found}, graph_index):
        pile.add(part)
    return tuple(pile.parts)


class _Pile:
    """Parts, as long as they fit."""

    def __init__(self, budget: int) -> None:
        self.left = budget
        self.parts: list[ContextPart] = []

    def add(self, part: ContextPart | None) -> None:
        if part is not None and part.text and part.tokens <= self.left:
            self.parts.append(part)
            self.left -= part.tokens


def _map(code: Sequence[CodeNode], index: GraphIndex, budget: int) -> ContextPart | None:
    """Signatures of the files around the best nodes: where things stand, in few words."""
    rows: list[str] = []
    for path in dict.fromkeys(node.file_path for node in code):
        file = index.nodes.get(NodeId(path))
        if not isinstance(file, CodeNode):
            continue
        rows.append(f"{path}: {_first_sentence(file.docstring)}".rstrip(": "))
        rows += _signatures(file, index, depth=1)
    kept = _fit(rows, budget - OVERHEAD - estimate_tokens("Map of the code"))
    return ContextPart(NodeId(MAP_ID), "map", "Map of the code", "\n".join(kept)) if kept else None


def _signatures(node: CodeNode, index: GraphIndex, depth: int) -> list[str]:
    rows = []
    inside = [index.nodes.get(e.target) for e in index.outgoing(node.id, "contains")]
    held = [n for n in inside if isinstance(n, CodeNode)]
    for child in sorted(held, key=lambda n: (n.line, n.id)):
        name = child.label.rpartition(".")[2]
        word = "class" if child.type == "class" else "def"
        rows.append(f"{'  ' * depth}{word} {name}{child.signature}")
        if child.type == "class":
            rows += _signatures(child, index, depth + 1)
    return rows


def _code(node: CodeNode, index: GraphIndex, code_of: CodeOf, budget: int) -> ContextPart | None:
    place = f"{node.file_path}, lines {node.line} to {node.end_line}"
    title = f"{node.label} ({place})"
    length = node.end_line - node.line + 1
    source = code_of(node.file_path, node.line, node.end_line, node.cell)
    if node.type == "file" or (node.type == "class" and length > _MOST_LINES):
        # a whole file buries the question: what it says of itself, and what is in it
        rows = [*node.docstring.splitlines(), *_signatures(node, index, depth=0)]
        if not rows:
            rows = source.splitlines()[:_MOST_LINES]
    else:
        rows = source.splitlines()
    room = budget - OVERHEAD - estimate_tokens(title)
    kept = _fit(rows[:_MOST_LINES], room)
    if len(kept) < len(rows) and kept:
        last = f"… {len(rows) - len(kept)} more lines"
        kept = [*_fit(kept, room - estimate_tokens(last) - 1), last]
    if len(kept) < 2 <= len(rows):
        return None  # a part that is only "… 40 more lines" says nothing
    return ContextPart(node.id, "code", title, "\n".join(kept)) if kept else None


def _concepts(
    found: Sequence[NodeData], index: GraphIndex, notes: Mapping[NodeId, str]
) -> list[ConceptNode]:
    """Concepts among the results, then those that explain the best of the code."""
    ids = [node.id for node in found if isinstance(node, ConceptNode)]
    for node in found[:3]:
        if isinstance(node, CodeNode):
            ids += [e.source for e in index.incoming(node.id, "explains")]
            ids += [e.target for e in index.outgoing(node.id, "defines")]
    nodes = [index.nodes.get(i) for i in dict.fromkeys(ids)]
    return [n for n in nodes if isinstance(n, ConceptNode) and notes.get(n.id)]


_SECTION = re.compile(r"^## +(.+?) *$", re.M)


def _note(concept: ConceptNode, body: str, question: str, budget: int) -> ContextPart | None:
    """The sections that share most words with the question, in the order of the note."""
    title = f"Note: {concept.label}"
    sections = list(_sections(body)) or [("", body.strip())]
    asked = set(re.findall(r"\w{3,}", question.lower()))

    def worth(place: int) -> tuple[bool, int, int]:
        heading, text = sections[place]
        shared = len(asked & set(re.findall(r"\w{3,}", f"{heading} {text}".lower())))
        return (place != 0, -shared, place)  # the first section is the idea in one sentence

    room = budget - OVERHEAD - estimate_tokens(title)
    chosen: dict[int, str] = {}
    for place in sorted(range(len(sections)), key=worth):
        heading, text = sections[place]
        whole = f"{heading}\n{text}".strip()
        cost = estimate_tokens(whole) + 1
        if cost <= room:
            chosen[place] = whole
            room -= cost
    if not chosen:
        chosen[0] = "\n".join(_fit(sections[0][1].splitlines(), room))
    text = "\n\n".join(chosen[place] for place in sorted(chosen))
    return ContextPart(concept.id, "note", title, text) if text.strip() else None


def _sections(body: str) -> Iterator[tuple[str, str]]:
    marks = list(_SECTION.finditer(body))
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        end = following.start() if following else len(body)
        yield mark.group(1), body[mark.end() : end].strip()


def _neighbours(
    code: Sequence[CodeNode], already: set[NodeId], index: GraphIndex
) -> Iterator[ContextPart]:
    """One graph hop from the best nodes: who calls them and what they call, in a line each."""
    told: set[NodeId] = set(already)
    count = 0
    for node in code:
        for edge, other_id, verb in _edges(node, index):
            other = index.nodes.get(other_id)
            if not isinstance(other, CodeNode) or other.id in told or other.type == "file":
                continue
            if count == _MOST_NEIGHBOURS:
                return
            count += 1
            told.add(other.id)
            title = f"{other.label} {verb} {node.label} ({edge.file_path}, line {edge.line})"
            about = _first_sentence(other.docstring)
            text = f"{other.label.rpartition('.')[2]}{other.signature}"
            yield ContextPart(other.id, "neighbour", title, f"{text}\n{about}".strip())


def _edges(node: CodeNode, index: GraphIndex) -> Iterator[tuple[EdgeData, NodeId, str]]:
    for edge in index.outgoing(node.id, "calls", "instantiates"):
        yield edge, edge.target, "is called by"
    for edge in index.incoming(node.id, "calls", "instantiates"):
        yield edge, edge.source, "calls"
    for edge in index.outgoing(node.id, "inherits"):
        yield edge, edge.target, "is the base of"


def _fit(rows: Sequence[str], budget: int) -> list[str]:
    """As many of the rows, from the first, as ``budget`` tokens hold."""
    kept: list[str] = []
    used = 0
    for row in rows:
        used += len(row.encode("utf-8", "replace")) + 1
        if (used + 2) // 3 > budget:
            break
        kept.append(row)
    return kept


def _first_sentence(text: str) -> str:
    paragraph = " ".join(text.strip().partition("\n\n")[0].split())
    end = paragraph.find(". ")
    return paragraph if end < 0 else paragraph[: end + 1]
