"""An answer without a language model: what notes and code say themselves, and where.

Every sentence stands in a note, a docstring or the graph. Nothing is made up, so nothing has
to be believed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from nanochat_learn.graph.anchors import anchors_of
from nanochat_learn.schema.base import ConceptId, NodeId
from nanochat_learn.schema.graph import CodeNode, ConceptNode, NodeData
from nanochat_learn.schema.search import Intent, SearchAnswer, SearchHit
from nanochat_learn.tutor.citing import Names
from nanochat_learn.tutor.material import Material
from nanochat_learn.tutor.paragraphs import first_sentence, nearest, shortened

_MOST_PLACES = 4
_MOST_LISTED = 12
_SNIPPET = 8
_CONCEPT = "concept:"

_FOLLOWED: dict[Intent, str] = {
    "callers": "These places use it:",
    "callees": "It uses these:",
    "subclasses": "These build on it (they inherit from it):",
    "bases": "It builds on these (it inherits from them):",
    "impact": "A change there reaches these places:",
    "imports": "These files load it:",
    "contents": "It holds these parts:",
}

_MADE_OF = "*Put together from the notes and the code, without a language model.*"


def extract(material: Material, question: str, found: SearchAnswer) -> str:
    """Markdown; every ``[[id]]`` in it exists."""
    index = material.index
    hits = [hit for hit in found.results if hit.id in index.nodes]
    if found.absent or not hits:
        return _absent(material, hits)
    if found.intent in _FOLLOWED:
        return _followed(material, found.intent, hits)
    lead = index.nodes[hits[0].id]
    concept = _concept_for(material, lead, hits)
    parts: list[str] = []
    if isinstance(lead, CodeNode) and found.intent == "symbol":
        parts += [_about_code(lead)]
    if concept is not None:
        parts += _from_note(material, concept, question)
    elif not parts:
        parts += [_about(lead)]
    parts += _places(material, concept, [hit.id for hit in hits], lead)
    parts += _related(material, concept, [hit.id for hit in hits])
    return "\n\n".join([*parts, _MADE_OF])


# --- the three kinds of answer -----------------------------------------------------------------


def _absent(material: Material, hits: Sequence[SearchHit]) -> str:
    parts = [f"I did not find this in the code of {material.name}, nor in its notes."]
    if hits:
        rows = [_row(material.index.nodes[hit.id]) for hit in hits[:_MOST_PLACES]]
        parts += ["The nearest things there are:", "\n".join(rows)]
    parts.append("Ask again in other words if you meant one of them.")
    return "\n\n".join([*parts, _MADE_OF])


def _followed(material: Material, intent: Intent, hits: Sequence[SearchHit]) -> str:
    rows = []
    for hit in hits[:_MOST_LISTED]:
        node = material.index.nodes[hit.id]
        place = f", line {hit.line}" if hit.line else ""
        reason = hit.why or first_sentence(node.docstring)
        rows.append(f"- [[{node.id}]]{place}: {reason}".rstrip(": "))
    if len(hits) > _MOST_LISTED:
        rows.append(f"- and {len(hits) - _MOST_LISTED} more")
    return "\n\n".join([_FOLLOWED[intent], "\n".join(rows), _MADE_OF])


def _about(node: NodeData) -> str:
    if isinstance(node, CodeNode):
        return _about_code(node)
    said = node.docstring.strip() or "There is no note on it yet."
    return f"[[{node.id}]]: {shortened(said)}"


def _about_code(node: CodeNode) -> str:
    kind = {"file": "a file", "class": "a class", "function": "a function"}[node.type]
    where = (
        f"`{node.file_path}`" if node.type == "file" else f"`{node.file_path}`, line {node.line}"
    )
    said = shortened(node.docstring or node.comment)
    head = f"[[{node.id}]] is {kind} ({where})."
    return f"{head} {_quoted(said)}" if said else f"{head} It has no description of its own."


# --- pieces ---------------------------------------------------------------------------------------


def _concept_for(
    material: Material, lead: NodeData, hits: Sequence[SearchHit]
) -> ConceptNode | None:
    """The concept whose note answers: the first result, or what explains it."""
    index = material.index
    if isinstance(lead, ConceptNode):
        return lead if material.notes.get(lead.id) else None
    ranked = [hit.id for hit in hits]
    ids: list[NodeId] = []
    node: NodeData | None = lead
    while isinstance(node, CodeNode) and not ids:  # a method, else the class around it
        ids = [e.source for e in index.incoming(node.id, "explains")]
        ids += [e.target for e in index.outgoing(node.id, "defines")]
        ids = [i for i in ids if material.notes.get(i)]
        around = index.incoming(node.id, "contains")
        node = index.nodes.get(around[0].source) if around else None
        if isinstance(node, CodeNode) and node.type == "file":
            break
    ids.sort(key=lambda i: ranked.index(i) if i in ranked else len(ranked))
    if not ids:
        ids = [i for i in ranked[:3] if i.startswith(_CONCEPT) and material.notes.get(i)]
    found = index.nodes.get(ids[0]) if ids else None
    return found if isinstance(found, ConceptNode) else None


def _from_note(material: Material, concept: ConceptNode, question: str) -> list[str]:
    """The idea in one sentence, then the paragraph that is nearest to the question."""
    names = Names(material.index.nodes)
    chosen = nearest(material.notes[concept.id], question)
    first = _linked(chosen.sentence or concept.docstring, names)
    parts = [f"{first.strip()} [[{concept.id}]]"]
    if chosen.paragraph:
        parts.append(_linked(chosen.paragraph.text, names))
    return parts


def _places(
    material: Material, concept: ConceptNode | None, ranked: Sequence[NodeId], lead: NodeData
) -> list[str]:
    """Where it stands in the code, the nearest first, and the lines of the first place."""
    code = [i for i in ranked if isinstance(material.index.nodes[i], CodeNode)]
    anchors = []
    if concept is not None:
        id = ConceptId(concept.id.removeprefix(_CONCEPT))
        anchors = anchors_of(material.index, id, material.code_of)
        anchors.sort(key=lambda a: code.index(a.node) if a.node in code else len(code))
    near = set(code[:3]) | {anchor.node for anchor in anchors}
    ordered = [i for i in code if i in near] + [a.node for a in anchors if a.node not in code]
    if isinstance(lead, CodeNode) and lead.id in ordered:
        ordered.insert(0, lead.id)
    unique = list(dict.fromkeys(ordered))[:_MOST_PLACES]
    if not unique:
        return []
    rows = [_row(material.index.nodes[i]) for i in unique]
    parts = ["**In the code**", "\n".join(rows)]
    snippet = next((a for a in anchors if a.node == unique[0]), None)
    if snippet is not None and snippet.code.strip():
        lines = snippet.code.splitlines()
        shown = "\n".join(lines[:_SNIPPET])
        last = min(snippet.line + _SNIPPET - 1, snippet.end_line)
        parts.append(f"Lines {snippet.line} to {last} of `{snippet.file_path}`:")
        parts.append(f"```python\n{shown}\n```")
    return parts


def _related(
    material: Material, concept: ConceptNode | None, ranked: Sequence[NodeId]
) -> list[str]:
    """Concepts beside this one: what it needs, what needs it, what was found too."""
    index = material.index
    if concept is None:
        rest = [i for i in ranked if isinstance(index.nodes[i], ConceptNode)][:3]
        return [f"**See also** {_row_of(rest)}"] if rest else []
    simpler = sorted({e.source for e in index.incoming(concept.id, "prerequisite")})[:3]
    deeper = sorted({e.target for e in index.outgoing(concept.id, "prerequisite")})[:3]
    told = {concept.id, *simpler, *deeper}
    others = [i for i in ranked[:6] if isinstance(index.nodes[i], ConceptNode) and i not in told][
        :2
    ]
    rows = []
    for words, ids in (("Simpler", simpler), ("Deeper", deeper), ("See also", others)):
        if ids:
            rows.append(f"**{words}** {_row_of(ids)}")
    return ["  \n".join(rows)] if rows else []


def _row_of(ids: Sequence[NodeId]) -> str:
    return ", ".join(f"[[{id}]]" for id in ids)


def _row(node: NodeData) -> str:
    place = f", line {node.line}" if isinstance(node, CodeNode) and node.type != "file" else ""
    said = first_sentence(node.docstring)
    if isinstance(node, CodeNode) and not said:
        said = first_sentence(node.comment)
    return f"- [[{node.id}]]{place}: {_quoted(said)}" if said else f"- [[{node.id}]]{place}"


def _quoted(text: str) -> str:
    """A docstring as prose: its double backticks are code, its stray brackets no citations."""
    return text.replace("``", "`").replace("[[", "[").replace("]]", "]")


def _linked(text: str, names: Names) -> str:
    """``[[…]]`` of a note as an id that exists, or as plain words."""

    def link(match: re.Match[str]) -> str:
        id = names.resolve(match[1])
        return f"[[{id}]]" if id else match[1].partition("|")[0]

    return re.sub(r"\[\[([^\[\]]+)\]\]", link, text)
