"""The gap report: what is wrong between code and knowledge, and what is still missing.

Every message is a sentence with a next step. When the knowledge is borrowed (it lies outside the
indexed folder), what only its owner could mend is not reported: notes about code that is
not there, stale notes, notes nobody uses, links inside notes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nanochat_learn.graph.cycles import cycles
from nanochat_learn.graph.draft import Draft
from nanochat_learn.graph.gap_lines import make_gap
from nanochat_learn.graph.ideas import Sayings
from nanochat_learn.graph.nearest import did_you_mean
from nanochat_learn.graph.note_gaps import note_gaps, notebook_gaps
from nanochat_learn.graph.reach import unexplained
from nanochat_learn.graph.staleness import CodeOf
from nanochat_learn.indexer.facts import Problem, Tree
from nanochat_learn.knowledge import Knowledge
from nanochat_learn.schema.graph import Gap, KnowledgeGraph


@dataclass(frozen=True)
class GapReport:
    """The gaps of a graph with their counts."""

    errors: int
    warnings: int
    gaps: tuple[Gap, ...]


def find_gaps(
    tree: Tree, knowledge: Knowledge, sayings: Sayings, draft: Draft, code_of: CodeOf
) -> list[Gap]:
    """Errors first, then by place; nothing twice."""
    found: set[Gap] = set(knowledge.problems)
    found.update(_code_problems(tree))
    found.update(_unknown_concepts(knowledge, sayings))
    found.update(_definitions(sayings))
    found.update(_cycles(knowledge, sayings))
    found.update(_pictures(knowledge, sayings))
    found.update(notebook_gaps(tree, draft))
    found.update(_todos(sayings, draft))
    found.update(_unwritten(sayings))
    found.update(_unexplained(tree, draft))
    if not knowledge.borrowed:
        for note in knowledge.notes:
            found.update(note_gaps(note, sayings, draft, code_of))
    return sorted(
        _one_per_unreadable_file(found),
        key=lambda gap: (gap.severity, gap.file_path, gap.line, gap.kind, gap.id, gap.message),
    )


def gap_report(graph: KnowledgeGraph) -> GapReport:
    errors = sum(gap.severity == "error" for gap in graph.gaps)
    return GapReport(errors=errors, warnings=len(graph.gaps) - errors, gaps=graph.gaps)


def _one_per_unreadable_file(found: Iterable[Gap]) -> list[Gap]:
    """A lesson is opened by the indexer and by the knowledge: one line is enough."""
    unreadable: dict[str, Gap] = {}
    others = []
    for gap in sorted(found, key=lambda gap: (gap.file_path, gap.line, gap.message)):
        if gap.kind == "unreadable_file":
            unreadable.setdefault(gap.file_path, gap)
        else:
            others.append(gap)
    return [*others, *unreadable.values()]


def _code_problems(tree: Tree) -> Iterator[Gap]:
    """What the indexer noticed, file by file; ``unreadable`` are those it could not open."""
    unreadable: list[tuple[str, Problem]] = getattr(tree, "unreadable", [])
    in_files = ((path, p) for path, facts in tree.files.items() for p in facts.problems)
    for path, problem in (*in_files, *unreadable):
        yield make_gap(problem.kind, problem.message, path, problem.line, path, problem.cell)


def _unknown_concepts(knowledge: Knowledge, sayings: Sayings) -> Iterator[Gap]:
    every = [*sayings.notes, *sayings.planned, *sayings.definitions]

    def unknown(concept: str, who: str, path: str, line: int, cell: str | None = None) -> Gap:
        step = f"Mend the spelling, or add it to {knowledge.clusters_path}."
        message = f"{who} the concept `{concept}`, which nobody has described. {step} "
        message = (message + did_you_mean(concept, every)).strip()
        return make_gap("unknown_concept", message, path, line, f"concept:{concept}", cell)

    for path, tag in sayings.tags:
        if tag.kind == "learn" and not sayings.known(tag.target):
            yield unknown(tag.target, "This tag names", path, tag.line, tag.cell)
    for concept, need, by_note, line in sayings.needs():
        if not sayings.known(need):
            path = sayings.notes[concept].path if by_note else knowledge.clusters_path
            yield unknown(need, f"`{concept}` needs", path, line)
    for picture in knowledge.pictures:
        for concept in picture.meta.concepts:
            if not sayings.known(concept):
                yield unknown(concept, "This picture is for", picture.path, 1)
    for lesson in knowledge.lessons:
        for concept in lesson.concepts:
            if not sayings.known(concept):
                yield unknown(concept, "This lesson teaches", lesson.path, lesson.line)
    for entry, line in knowledge.glossary:
        if entry.concept is not None and not sayings.known(entry.concept):
            yield unknown(
                entry.concept, f"The word `{entry.term}` leads to", knowledge.glossary_path, line
            )


def _definitions(sayings: Sayings) -> Iterator[Gap]:
    for path, tag in sayings.tags:
        if tag.kind != "def":
            continue
        first_path, first = sayings.definitions[tag.target]
        if (first_path, first) != (path, tag):
            yield make_gap(
                "duplicate_concept",
                f"`{tag.target}` is defined a second time; the first is in {first_path}, line "
                f"{first.line}. Keep one `@def`, and write `@learn` at the other.",
                path,
                tag.line,
                f"concept:{tag.target}",
                tag.cell,
            )


def _cycles(knowledge: Knowledge, sayings: Sayings) -> Iterator[Gap]:
    needs: dict[str, list[str]] = {}
    where: dict[tuple[str, str], tuple[str, int]] = {}
    for concept, need, by_note, line in sayings.needs():
        needs.setdefault(concept, []).append(need)
        path = sayings.notes[concept].path if by_note else knowledge.clusters_path
        where[concept, need] = (path, line)
    for trip in cycles(needs):
        path, line = where[trip[0], trip[1] if len(trip) > 1 else trip[0]]
        chain = " needs ".join(f"`{name}`" for name in [*trip, trip[0]])
        yield make_gap(
            "prerequisite_cycle",
            f"{chain}, so none can be learned first. Remove one of these needs.",
            path,
            line,
            f"concept:{trip[0]}",
        )


def _pictures(knowledge: Knowledge, sayings: Sayings) -> Iterator[Gap]:
    ready = {picture.meta.id for picture in knowledge.pictures}

    def planned(name: str, path: str, line: int, cell: str | None = None) -> Gap:
        message = (
            f"The picture `{name}` does not exist yet. Make its folder, or mend the spelling. "
            f"{did_you_mean(name, ready)}".strip()
        )
        return make_gap("planned_picture", message, path, line, f"viz:{name}", cell)

    for path, tag in sayings.tags:
        if tag.kind == "viz" and tag.target not in ready:
            yield planned(tag.target, path, tag.line, tag.cell)
    for note in knowledge.notes:
        for name in note.header.pictures:
            if name not in ready:
                yield planned(name, note.path, note.line("pictures", name))


def _todos(sayings: Sayings, draft: Draft) -> Iterator[Gap]:
    for path, tag in sayings.tags:
        if tag.kind == "todo":
            yield make_gap(
                "todo_explain",
                f"Somebody asked for an explanation here: “{tag.target.replace('_', ' ')}”. "
                "Write it, then remove the tag.",
                path,
                tag.line,
                draft.owner(path, tag.scope),
                tag.cell,
            )


def _unwritten(sayings: Sayings) -> Iterator[Gap]:
    """Known, used in the code, but neither a note nor an ``@def`` says what it is: one line each,
    at its first tag."""
    seen: set[str] = set()
    for path, tag in sayings.tags:
        concept = tag.target
        if tag.kind != "learn" or concept in seen or concept not in sayings.planned:
            continue
        seen.add(concept)
        if concept not in sayings.notes and concept not in sayings.definitions:
            yield make_gap(
                "concept_without_note",
                f"The code uses `{concept}`, which has no note yet. Write {concept}.md.",
                path,
                tag.line,
                f"concept:{concept}",
                tag.cell,
            )


def _unexplained(tree: Tree, draft: Draft) -> Iterator[Gap]:
    for node in unexplained(tree, draft):
        yield make_gap(
            "unexplained_symbol",
            f"No concept leads to `{node['label']}`. Tag it, or code that uses it, with "
            "`# @learn:<concept>`.",
            node["file_path"],
            node["line"],
            node["id"],
        )
