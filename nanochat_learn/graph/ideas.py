"""Knowledge and tags → concept, picture and lesson nodes, and the edges that touch them.

What is named but does not exist yields no edge here; ``gaps`` says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from nanochat_learn.graph.draft import Draft
from nanochat_learn.indexer.facts import Tag, Tree
from nanochat_learn.knowledge import Knowledge, Note, PlannedConcept
from nanochat_learn.schema.base import ClusterId
from nanochat_learn.schema.graph import Cluster

OTHER = Cluster(id=ClusterId("other"), title="Other ideas", colour="#7f7f7f", order=1_000)
"""Where a concept lands that no cluster claims. Grey: contrast 4:1 on white and on dark."""


@dataclass(slots=True)
class Sayings:
    """Everything said about concepts, by concept id."""

    notes: dict[str, Note]
    planned: dict[str, PlannedConcept]
    tags: list[tuple[str, Tag]]
    """Every tag with the path of its file, in a fixed order."""
    definitions: dict[str, tuple[str, Tag]] = field(default_factory=dict)
    """The first ``@def`` of each concept."""
    used: set[str] = field(default_factory=set)
    """Concepts named by ``@learn`` or ``@def``."""

    @classmethod
    def of(cls, tree: Tree, knowledge: Knowledge) -> Sayings:
        tags = sorted(
            ((path, tag) for path, facts in tree.files.items() for tag in facts.tags),
            key=lambda pair: (pair[0], pair[1].cell or "", pair[1].line, pair[1]),
        )
        sayings = cls(
            {note.header.id: note for note in knowledge.notes},
            {entry.id: entry for entry in knowledge.planned},
            tags,
        )
        for path, tag in tags:
            if tag.kind in ("learn", "def"):
                sayings.used.add(tag.target)
            if tag.kind == "def":
                sayings.definitions.setdefault(tag.target, (path, tag))
        return sayings

    def known(self, concept: str) -> bool:
        """Has a note, an entry in ``clusters.yaml`` or a definition in the code."""
        return concept in self.notes or concept in self.planned or concept in self.definitions

    def needs(self) -> Iterator[tuple[str, str, bool, int]]:
        """(concept, what it needs, whether its note says so, line); the note beats the entry."""
        for concept, note in self.notes.items():
            for need in note.header.needs:
                yield concept, need, True, note.line("needs", need)
        for concept, entry in self.planned.items():
            if concept not in self.notes:
                for need in entry.needs:
                    yield concept, need, False, entry.line("needs", need)


def add_ideas(draft: Draft, knowledge: Knowledge, sayings: Sayings) -> None:
    _add_concepts(draft, knowledge, sayings)
    _add_pictures(draft, knowledge, sayings)
    _add_tag_edges(draft, sayings)
    for note in sayings.notes.values():
        _add_note_edges(draft, note)
    for lesson in knowledge.lessons:
        node_id = f"lesson:{lesson.id}"
        draft.add_node(
            {"id": node_id, "type": "lesson", "label": lesson.title, "file_path": lesson.path}
        )
        for taught in lesson.concepts:
            if f"concept:{taught}" in draft.nodes:
                draft.add_edge("teaches", node_id, f"concept:{taught}", lesson.path, lesson.line)
    for concept, need, by_note, line in sayings.needs():
        if f"concept:{need}" in draft.nodes:
            path = sayings.notes[concept].path if by_note else knowledge.clusters_path
            draft.add_edge("prerequisite", f"concept:{need}", f"concept:{concept}", path, line)


def add_notebook_links(draft: Draft, tree: Tree, knowledge: Knowledge) -> None:
    """``[[…]]`` in notebooks; a notebook that is a lesson speaks as the lesson."""
    lesson_of = {lesson.path: f"lesson:{lesson.id}" for lesson in knowledge.lessons}
    for path in sorted(tree.files):
        for target, line, cell in tree.files[path].wiki_links:
            node_id = draft.link_target(target)
            if node_id is not None:
                source = lesson_of.get(path, path)
                draft.add_edge("references", source, node_id, path, line, cell)


def clusters_of(draft: Draft, knowledge: Knowledge) -> list[Cluster]:
    """The declared clusters, and ``OTHER`` when something landed there."""
    stray = any(node.get("cluster") == OTHER.id for node in draft.nodes.values())
    declared = [cluster for cluster in knowledge.clusters if cluster.id != OTHER.id]
    return [*declared, OTHER] if stray else list(knowledge.clusters)


def cluster_of(concept: str, knowledge: Knowledge, sayings: Sayings) -> ClusterId:
    """The note's word, else the namespace's, else the entry's, else ``OTHER``."""
    declared = {cluster.id for cluster in knowledge.clusters}
    note, entry = sayings.notes.get(concept), sayings.planned.get(concept)
    if note is not None and note.header.cluster in declared:
        return note.header.cluster
    by_name = knowledge.namespaces.get(concept.partition(".")[0])
    if by_name is not None:
        return by_name
    if entry is not None and entry.cluster is not None:
        return entry.cluster
    return OTHER.id


def _add_concepts(draft: Draft, knowledge: Knowledge, sayings: Sayings) -> None:
    for concept in {*sayings.notes, *sayings.planned, *sayings.used}:
        entry = sayings.planned.get(concept)
        data: dict[str, Any] = {
            "id": f"concept:{concept}",
            "type": "concept",
            "label": entry.title if entry else spoken(concept),
            "docstring": entry.sentence if entry else "",
            "cluster": cluster_of(concept, knowledge, sayings),
            "state": "planned",
        }
        if concept in sayings.notes:
            note = sayings.notes[concept]
            data["label"] = note.header.title
            data["file_path"] = note.path
            data["docstring"] = note.sentence or data["docstring"]
            data["state"] = "written"
        elif concept in sayings.definitions:
            path, tag = sayings.definitions[concept]
            data["file_path"] = path
            data["docstring"] = first_sentence(tag.text) or data["docstring"]
            data["state"] = "defined"
        draft.add_node(data)


def spoken(name: str) -> str:
    """``attention.self_attention`` → "Self attention", until someone writes a title."""
    words = name.rpartition(".")[2].replace("_", " ").strip()
    return words[:1].upper() + words[1:] or name


def first_sentence(markdown: str) -> str:
    """The first sentence of the first paragraph, on one line."""
    paragraph = " ".join(markdown.strip().partition("\n\n")[0].split())
    end = paragraph.find(". ")
    return paragraph if end < 0 else paragraph[: end + 1]


def _add_pictures(draft: Draft, knowledge: Knowledge, sayings: Sayings) -> None:
    for picture in knowledge.pictures:
        draft.add_node(
            {
                "id": f"viz:{picture.meta.id}",
                "type": "viz",
                "label": picture.meta.title,
                "file_path": picture.path,
                "docstring": picture.meta.alt,
                "state": "ready",
            }
        )
        for concept in picture.meta.concepts:
            if f"concept:{concept}" in draft.nodes:
                draft.add_edge(
                    "visualizes", f"viz:{picture.meta.id}", f"concept:{concept}", picture.path, 1
                )
    named = {tag.target for _, tag in sayings.tags if tag.kind == "viz"}
    for note in knowledge.notes:
        named.update(note.header.pictures)
    for name in named:  # add_node leaves the ready ones alone
        draft.add_node(
            {"id": f"viz:{name}", "type": "viz", "label": spoken(name), "state": "planned"}
        )


def _add_tag_edges(draft: Draft, sayings: Sayings) -> None:
    for path, tag in sayings.tags:
        code = draft.owner(path, tag.scope)
        match tag.kind:
            case "learn":
                draft.add_edge("explains", f"concept:{tag.target}", code, path, tag.line, tag.cell)
            case "def":
                draft.add_edge("defines", code, f"concept:{tag.target}", path, tag.line, tag.cell)
            case "viz":
                draft.add_edge("visualizes", f"viz:{tag.target}", code, path, tag.line, tag.cell)
            case "todo":  # node data, not an edge
                pass


def _add_note_edges(draft: Draft, note: Note) -> None:
    concept = f"concept:{note.header.id}"
    for symbol in note.header.symbols:
        # so that a tree without tags, a clone of the original for example, meets our notes;
        # where a tag says the same, the tag's place is the better one
        if draft.is_code(symbol) and not draft.has_edge("explains", concept, symbol):
            line = note.line("symbols", symbol)
            draft.add_edge("explains", concept, symbol, note.path, line)
    for picture in note.header.pictures:
        if not draft.has_edge("visualizes", f"viz:{picture}", concept):
            line = note.line("pictures", picture)
            draft.add_edge("visualizes", f"viz:{picture}", concept, note.path, line)
    for target, line in note.links:
        node_id = draft.link_target(target)
        if node_id is not None and node_id != concept:
            draft.add_edge("references", concept, node_id, note.path, line)
