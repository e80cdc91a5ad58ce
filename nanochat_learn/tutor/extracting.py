"""An answer without a language model: what notes and code say themselves, and where.

Every sentence stands in a note, a docstring or the graph. Nothing is made up, so nothing has
to be believed.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

from nanochat_learn.graph.anchors import anchors_of
from nanochat_learn.schema.base import ConceptId, NodeId
from nanochat_learn.schema.concept import Anchor
from nanochat_learn.schema.graph import CodeNode, ConceptNode, NodeData
from nanochat_learn.schema.search import Intent, SearchAnswer, SearchHit
from nanochat_learn.tutor.citing import Names, linked
from nanochat_learn.tutor.material import Material
from nanochat_learn.tutor.paragraphs import (
    asks_for_idea,
    first_sentence,
    nearest,
    shortened,
)

_MOST_PLACES = 4
_MOST_LISTED = 12
_SNIPPET = 8
_CONCEPT = "concept:"

_SUBJECT = "is what the question is about"
"""How retrieval calls the thing that was asked about, among its own neighbours."""

_FOLLOWED: dict[Intent, str] = {
    "callers": "These places use it:",
    "callees": "It uses these:",
    "subclasses": "These build on it (they inherit from it):",
    "bases": "It builds on these (it inherits from them):",
    "impact": "A change there reaches these places:",
    "imports": "These files load it:",
    "contents": "It holds these parts:",
}


def extract(material: Material, question: str, found: SearchAnswer) -> str:
    """Markdown; every ``[[id]]`` in it exists."""
    index = material.index
    hits = [hit for hit in found.results if hit.id in index.nodes]
    if found.absent or not hits:
        return _absent(material, found.reason, hits)
    if found.intent in _FOLLOWED:
        return _followed(material, found, hits)
    lead = index.nodes[hits[0].id]
    if found.intent == "symbol" and isinstance(lead, CodeNode):
        return _symbol(material, lead)
    ranked = [hit.id for hit in hits]
    concept = _concept_for(material, lead, ranked)
    telling = concept is not None and (concept.id in material.notes or concept.id in ranked[:3])
    parts: list[str] = []
    told: set[NodeId] = set()
    if not telling or (isinstance(lead, CodeNode) and not asks_for_idea(question)):
        parts += _lead(material, lead)
        told.add(lead.id)
    if concept is not None and telling:
        parts += _from_note(material, concept, question)
        told.add(concept.id)
    parts += _places(material, concept, ranked, told)
    parts += _related(material, concept, ranked, told)
    return "\n\n".join(parts)


# --- the three kinds of answer -----------------------------------------------------------------


def _absent(material: Material, reason: str, hits: Sequence[SearchHit]) -> str:
    parts = [
        f"I did not find this in the code of {material.name}, nor in its notes. {reason}".strip()
    ]
    if hits:
        rows = [_row(material.index.nodes[hit.id]) for hit in hits[:_MOST_PLACES]]
        parts += ["The nearest things there are:", "\n".join(rows)]
        parts.append("Ask again in other words if you meant one of them.")
    return "\n\n".join(parts)


def _followed(material: Material, found: SearchAnswer, hits: Sequence[SearchHit]) -> str:
    """What the edges of the graph say. With a reason, they say that there is nothing."""
    if not found.reason:
        hits = [hit for hit in hits if hit.why != _SUBJECT] or hits
    rows = []
    for hit in hits[:_MOST_LISTED]:
        node = material.index.nodes[hit.id]
        if found.reason or found.intent == "contents":
            rows.append(_row(node))
        else:
            said = hit.why or _quoted(first_sentence(node.docstring))
            rows.append(f"- [[{node.id}]]: {said}".rstrip(": "))
    if len(hits) > _MOST_LISTED:
        rows.append(f"- and {len(hits) - _MOST_LISTED} more")
    head = _quoted(found.reason) or _FOLLOWED[found.intent]
    return "\n\n".join([head, "\n".join(rows)])


def _symbol(material: Material, node: CodeNode) -> str:
    """A thing that was named: what it says of itself, its lines, its ideas, who uses it."""
    index = material.index
    parts = _lead(material, node)
    held = [index.nodes[e.target] for e in index.outgoing(node.id, "contains")]
    inside = [n for n in held if isinstance(n, CodeNode) and not n.label.endswith("__")]
    if inside:
        rows = [_row(n) for n in sorted(inside, key=lambda n: n.line)[:_MOST_LISTED]]
        parts += ["**What is in it**", "\n".join(rows)]
    ideas = sorted({e.source for e in index.incoming(node.id, "explains")})
    users = [i for i in index.callers(node.id) if not i.startswith("tests/")]
    used = [i for i in index.callees(node.id) if isinstance(index.nodes.get(i), CodeNode)]
    rows = [
        f"**{words}** {_row_of(ids[:_MOST_LISTED])}"
        for words, ids in (("Ideas in it:", ideas), ("Used by:", users), ("Uses:", used))
        if ids
    ]
    return "\n\n".join([*parts, *(["  \n".join(rows)] if rows else [])])


def _lead(material: Material, node: NodeData) -> list[str]:
    """What a node says of itself; of a function also its first lines."""
    if not isinstance(node, CodeNode) or node.id in material.added:
        said = material.told(node.id) or "There is no note on it yet."
        return [f"[[{node.id}]]: {shortened(said)}"]
    parts = [_about_code(node)]
    if node.type == "function":
        code = material.code_of(node.file_path, node.line, node.end_line, node.cell)
        parts += _lines(node.file_path, node.line, code)
    return parts


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
    material: Material, lead: NodeData, ranked: Sequence[NodeId]
) -> ConceptNode | None:
    """The concept that answers: the first result, or what explains it; one with a note, if
    there is one."""
    index = material.index
    ids = [lead.id] if isinstance(lead, ConceptNode) else []
    node: NodeData | None = lead
    while isinstance(node, CodeNode) and node.type != "file" and not ids:
        ids = [e.source for e in index.incoming(node.id, "explains")]
        ids += [e.target for e in index.outgoing(node.id, "defines")]
        around = index.incoming(node.id, "contains")  # a method, else the class around it
        node = index.nodes.get(around[0].source) if around else None
    ids = ids or [i for i in ranked[:3] if i.startswith(_CONCEPT)]
    ids.sort(
        key=lambda i: (i not in material.notes, ranked.index(i) if i in ranked else len(ranked))
    )
    found = index.nodes.get(ids[0]) if ids else None
    return found if isinstance(found, ConceptNode) else None


def _from_note(material: Material, concept: ConceptNode, question: str) -> list[str]:
    """The idea in one sentence, then the paragraph that is nearest to the question."""
    names = Names(material.index.nodes)
    near = nearest(material.notes.get(concept.id, ""), question)
    first = linked(near.sentence or concept.docstring, names).strip()
    parts = [f"{first} [[{concept.id}]]".strip()]
    if concept.state == "planned":
        parts[0] += " Its note is still to be written."
    if near.paragraph:
        parts.append(linked(near.paragraph.text, names))
    return parts


def _places(
    material: Material, concept: ConceptNode | None, ranked: Sequence[NodeId], told: set[NodeId]
) -> list[str]:
    """Where it stands in the code, the nearest first, and lines of the first place."""
    code = [i for i in ranked if isinstance(material.index.nodes[i], CodeNode)]
    anchors: list[Anchor] = []
    if concept is not None:
        id = ConceptId(concept.id.removeprefix(_CONCEPT))
        anchors = anchors_of(material.index, id, material.code_of)
        anchors.sort(key=lambda a: code.index(a.node) if a.node in code else len(code))
    ordered = [*code[:3], *(anchor.node for anchor in anchors)]
    unique = [i for i in dict.fromkeys(ordered) if i not in told][:_MOST_PLACES]
    if not unique:
        return []
    shown = any(isinstance(material.index.nodes[i], CodeNode) for i in told)
    head = "**Near it in the code**" if shown else "**In the code**"
    parts = [head, "\n".join(_row(material.index.nodes[i]) for i in unique)]
    best = [a for a in anchors if a.node in ordered[:2] and not a.code.startswith("class ")]
    if best and not shown:
        parts += _lines(best[0].file_path, best[0].line, best[0].code)
    return parts


def _lines(file_path: str, line: int, code: str) -> list[str]:
    """A few lines of code; of a function those after its docstring, which was told already."""
    rows = code.splitlines()
    begin = _after_docstring(rows)
    begin = next((at for at in range(begin, len(rows)) if "# @learn:" in rows[at]), begin)
    while begin < len(rows) and not rows[begin].strip():
        begin += 1
    shown = textwrap.dedent("\n".join(rows[begin : begin + _SNIPPET])).rstrip()
    if not shown or "raise " in shown:
        return []  # what is refused says little about what is done
    first = line + begin
    last = first + shown.count("\n")
    where = f"Line {first}" if first == last else f"Lines {first} to {last}"
    return [f"{where} of `{file_path}`:", f"```python\n{shown}\n```"]


def _after_docstring(rows: Sequence[str]) -> int:
    """The row after the docstring of a definition; 0 for other statements, and where there is
    none. All rows when nothing but docstring is at hand."""
    if not re.match(r"\s*(?:@|def |async def )", rows[0] if rows else ""):
        return 0
    head = next((at for at, row in enumerate(rows) if row.split("#")[0].rstrip().endswith(":")), 0)
    if head + 1 >= len(rows):
        return 0
    opening = re.match(r"\s*[rRuU]?(\"\"\"|''')", rows[head + 1])
    if opening is None:
        return 0
    rest = [rows[head + 1][opening.end() :], *rows[head + 2 :]]
    length = next((n for n, row in enumerate(rest, 1) if opening[1] in row), len(rest))
    return head + 1 + length


def _related(
    material: Material, concept: ConceptNode | None, ranked: Sequence[NodeId], told: set[NodeId]
) -> list[str]:
    """Concepts beside this one: what it needs, what needs it, what was found too."""
    index = material.index
    simpler: list[NodeId] = []
    deeper: list[NodeId] = []
    if concept is not None:
        simpler = sorted({e.source for e in index.incoming(concept.id, "prerequisite")})[:3]
        deeper = sorted({e.target for e in index.outgoing(concept.id, "prerequisite")})[:3]
    if concept is not None and concept.id not in told:  # the idea behind what was shown
        return [f"**The idea behind it:** [[{concept.id}]]"]
    told = {*told, *simpler, *deeper}
    concepts = [i for i in ranked[:6] if isinstance(index.nodes[i], ConceptNode)]
    others = [i for i in concepts if i not in told][:2]
    rows = [
        f"**{words}** {_row_of(ids)}"
        for words, ids in (("Simpler:", simpler), ("Deeper:", deeper), ("See also:", others))
        if ids
    ]
    return ["  \n".join(rows)] if rows else []


def _row_of(ids: Sequence[NodeId]) -> str:
    return ", ".join(f"[[{id}]]" for id in ids)


def _row(node: NodeData) -> str:
    place = (
        f", line {node.line}"
        if isinstance(node, CodeNode) and node.line and node.type != "file"
        else ""
    )
    said = first_sentence(node.docstring)
    if isinstance(node, CodeNode) and not said:
        said = first_sentence(node.comment)
    return f"- [[{node.id}]]{place}: {_quoted(said)}" if said else f"- [[{node.id}]]{place}"


def _quoted(text: str) -> str:
    """A docstring as prose: its double backticks are code, its stray brackets no citations."""
    return text.replace("``", "`").replace("[[", "[").replace("]]", "]")
