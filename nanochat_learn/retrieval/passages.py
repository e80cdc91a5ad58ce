"""Node → the text that is searched: the user's form first, then whatever carries meaning.

Pure. Line numbers stay out: they shift with every edit above, and would make all texts below
stale. So do callers and callees: the graph answers for them, and one edit would touch many texts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from nanochat_learn.graph import CodeOf
from nanochat_learn.graph.staleness import lines_or_nothing
from nanochat_learn.indexer.comments import as_text, find_comments
from nanochat_learn.knowledge import Knowledge, Note
from nanochat_learn.ports import Passage
from nanochat_learn.schema.base import NodeId
from nanochat_learn.schema.concept import GlossaryTerm
from nanochat_learn.schema.graph import CodeNode, ExternalNode, KnowledgeGraph, NodeData
from nanochat_learn.schema.search import AddedItem

FORMAT: Final = 1
"""Raise it when the texts below change: kept passages are then made anew."""
LONGEST: Final = 4_000
"""Characters of a text. Models read some 256 to 2,000 words of it, and a page-long docstring
says early what it is about."""
_IDEAS: Final = 6
"""Concepts whose other names go into the text of code that they explain."""
_PROSE: Final = 1_500

_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_IDENTIFIER = re.compile(r"[A-Za-z_]\w*")
_WORD = re.compile(r"[^\W\d_]{3}")
_NO_PROSE = re.compile(
    r"<details>.*?</details>|^(```|~~~).*?^\1\s*$|\$\$.*?\$\$|<[^>]+>", re.DOTALL | re.MULTILINE
)
_LINK = re.compile(r"\[\[([^\]]*)\]\]")
_PROSE_SECTIONS: Final = ("Why it exists", "How it works", "Common confusions")


def passages(
    graph: KnowledgeGraph, code_of: CodeOf, known: Knowledge, added: Sequence[AddedItem] = ()
) -> list[Passage]:
    """One passage for each node. ``code_of`` yields source lines, for comments inside bodies.

    Nodes that were ``added`` by hand have the text they were given.
    """
    nodes = {element.data.id: element.data for element in graph.elements.nodes}
    inside, explained = _edges(graph, nodes)
    said = _comments(nodes.values(), lines_or_nothing(code_of))
    notes: dict[str, Note] = {note.header.id: note for note in known.notes}
    called: dict[str, list[str]] = defaultdict(list)
    for entry in known.planned:
        called[entry.id] += entry.aliases
    for note in known.notes:
        called[note.header.id] += note.header.aliases
    terms: dict[str, list[GlossaryTerm]] = defaultdict(list)
    for term in known.glossary:
        if term.entry.concept is not None:
            terms[term.entry.concept].append(term.entry)

    def more(node: NodeData) -> Iterator[str]:
        if isinstance(node, CodeNode):
            yield node.signature and f"Signature: {node.label}{node.signature}"
            yield node.comment
            yield said.get(node.id, "")
            names = f"{node.file_path} {node.label} {node.signature}".replace(".py", " ")
            yield _line("Words", split_identifiers(names))
            yield _line("Holds", (_spaced(nodes[one].label) for one in inside.get(node.id, ())))
            for concept in explained.get(node.id, ())[:_IDEAS]:
                others = called[concept.removeprefix("concept:")]
                yield _line("Idea", (nodes[concept].label, *others))
        elif node.type == "concept":
            name = node.id.removeprefix("concept:")
            note = notes.get(name)
            yield _line("Words", split_identifiers(name.replace(".", " ")))
            yield _aliases(called[name], terms.get(name, ()))
            yield _prose(note.body) if note else ""
        elif node.type == "external":
            yield _line("Words", split_identifiers(node.label.replace(".", " ")))

    own = {item.id: item for item in added if item.id in nodes}
    return [
        added_passage(own[node.id]) if node.id in own else _passage(node, more(node))
        for node in nodes.values()
    ]


def added_passage(item: AddedItem) -> Passage:
    """Content added on the fly: its own text, or the user's form of its fields."""
    form = _form(item.type, item.label, item.source, item.library, item.file_path, item.docstring)
    return Passage(
        id=item.id,
        text=(item.text.strip() or form)[:LONGEST],
        type=item.type,
        label=item.label,
        source=item.source,
        library=item.library,
        file_path=item.file_path,
        docstring=item.docstring,
    )


def split_identifiers(text: str) -> list[str]:
    """``CausalSelfAttention.n_head`` → causal, self, attention, n, head; each word once."""
    words: dict[str, None] = {}
    for name in _IDENTIFIER.findall(text):
        for part in _PARTS.findall(name):
            words.setdefault(part.lower())
    return list(words)


def _passage(node: NodeData, more: Iterable[str]) -> Passage:
    library = node.library if isinstance(node, ExternalNode | CodeNode) else None
    form = _form(node.type, node.label, node.source, library, node.file_path, node.docstring)
    return Passage(
        id=node.id,
        text="\n".join((form, *filter(None, more)))[:LONGEST],
        type=node.type,
        label=node.label,
        source=node.source,
        library=library,
        file_path=node.file_path,
        docstring=node.docstring,
    )


def _form(
    kind: str, label: str, source: str, library: str | None, file_path: str | None, docstring: str
) -> str:
    lines = [f"Type: {kind}", f"Name: {label}"]
    lines.append(f"Source: {source}" + (f" ({library})" if library else ""))
    if file_path:
        lines.append(f"File: {file_path}")
    if docstring.strip():
        lines.append(f"Description: {docstring.strip()}")
    return "\n".join(lines)


def _edges(
    graph: KnowledgeGraph, nodes: Mapping[NodeId, NodeData]
) -> tuple[dict[NodeId, list[NodeId]], dict[NodeId, list[NodeId]]]:
    """node → what it contains; code → the concepts that explain it or that it defines."""
    inside: dict[NodeId, list[NodeId]] = defaultdict(list)
    explained: dict[NodeId, list[NodeId]] = defaultdict(list)
    for element in graph.elements.edges:
        edge = element.data
        if edge.source not in nodes or edge.target not in nodes:
            continue
        if edge.type == "contains":
            inside[edge.source].append(edge.target)
        elif edge.type == "explains" and edge.source not in explained[edge.target]:
            explained[edge.target].append(edge.source)
        elif edge.type == "defines" and edge.target not in explained[edge.source]:
            explained[edge.source].append(edge.target)
    return inside, explained


def _comments(nodes: Iterable[NodeData], code_of: CodeOf) -> dict[NodeId, str]:
    """Comments inside the lines of each node, as text; each belongs to the innermost node."""
    places: dict[tuple[str, str | None], list[CodeNode]] = defaultdict(list)
    for node in nodes:
        if isinstance(node, CodeNode):
            places[node.file_path, node.cell].append(node)
    found: dict[NodeId, list[str]] = defaultdict(list)
    for (file_path, cell), here in places.items():
        if file_path.endswith(".ipynb") and cell is None:
            continue  # a notebook's code stands in its cells
        text = code_of(file_path, 1, 10**9, cell)
        if "#" not in text:
            continue
        here.sort(key=lambda n: (n.line, -n.end_line))
        above = {line for n in here if n.type != "file" for line in n.comment.splitlines()}
        for comment in find_comments(text):
            words = as_text([comment.text])
            owner = next((n for n in reversed(here) if n.line <= comment.line <= n.end_line), None)
            # "(B, T, C)" says much to a reader and nothing to a search
            if owner is not None and _WORD.search(words) and words not in above:
                found[owner.id].append(words)
    return {node: "\n".join(lines) for node, lines in found.items()}


def _aliases(aliases: Iterable[str], terms: Iterable[GlossaryTerm]) -> str:
    names = list(aliases)
    meanings = []
    for term in terms:
        names += [term.term, *term.forms]
        meanings.append(f"{term.term}: {term.meaning}")
    return "\n".join(filter(None, (_line("Also called", dict.fromkeys(names)), *meanings)))


def _prose(body: str) -> str:
    """Sentences of a note without code, formulas and links."""
    kept = []
    for section in re.split(r"^## +", body, flags=re.MULTILINE):
        title, _, text = section.partition("\n")
        if title.strip() in _PROSE_SECTIONS:
            kept.append(text)
    plain = _NO_PROSE.sub(" ", "\n".join(kept))
    plain = _LINK.sub(lambda m: _spaced(m.group(1).rpartition(":")[2]), plain)
    plain = re.sub(r"\$[^$\n]*\$|[*`#>|]", " ", plain)
    return " ".join(plain.split())[:_PROSE]


def _spaced(name: str) -> str:
    """``KVCache.insert`` → ``kv cache insert``, beside the name itself where they differ."""
    spaced = " ".join(split_identifiers(name.replace(".", " ")))
    return name if spaced == name.lower() else f"{name} ({spaced})"


def _line(title: str, words: Iterable[str]) -> str:
    text = ", ".join(words)
    return f"{title}: {text}" if text else ""
