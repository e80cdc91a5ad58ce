"""Small trees and knowledge written by hand, so that a test shows everything it depends on."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from nanochat_learn.graph import build
from nanochat_learn.indexer.facts import FileFacts, Link, Symbol, Tag, Tree
from nanochat_learn.knowledge import Knowledge, Lesson, Note, Picture, PlannedConcept, WikiLink
from nanochat_learn.schema.code import WELL_FORMED_TAG
from nanochat_learn.schema.concept import NoteHeader, PictureMeta
from nanochat_learn.schema.graph import Cluster, KnowledgeGraph

CLUSTERS = (
    Cluster(id="architecture", title="Architecture", colour="#7856ff", order=0),
    Cluster(id="data", title="Data", colour="#a45928", order=1),
)
NAMESPACES = {"architecture": "architecture", "attention": "architecture", "data": "data"}


def file(path: str, source: str) -> FileFacts:
    """Facts of ``source``: definitions and tags, in the words of the tag grammar."""
    symbols: list[Symbol] = []

    def visit(node: ast.AST, outer: str) -> None:
        for child in ast.iter_child_nodes(node):
            name = outer
            if isinstance(child, (ast.FunctionDef, ast.ClassDef)):
                name = f"{outer}.{child.name}" if outer else child.name
                kind = "class" if isinstance(child, ast.ClassDef) else "function"
                symbols.append(
                    Symbol(name, kind, child.lineno, child.end_lineno or 0, "()", "", "", (), None)
                )
            visit(child, name)

    visit(ast.parse(source), "")
    rows = source.split("\n")
    tags = []
    for line, row in enumerate(rows, 1):
        comment = row[row.index("#") :] if "#" in row else ""
        matched = re.match(WELL_FORMED_TAG, comment)
        if matched:
            kind, target, todo, slug = matched.groups()
            following = line + 1
            while following < len(rows) and rows[following - 1].lstrip().startswith("#"):
                following += 1
            text = "\n".join(r.strip("# ") for r in rows[line : following - 1])
            below = next((s.qualname for s in symbols if s.line == following), None)
            around = [s for s in symbols if s.line <= line <= s.end_line]
            scope = below or (max(around, key=lambda s: s.line).qualname if around else "")
            tags.append(
                Tag(kind or todo, target or slug, line, following, following, scope, text, None)
            )
    return FileFacts(path=path, lines=len(rows), symbols=symbols, tags=tags)


def tree(*files: FileFacts, links: Sequence[Link] = ()) -> Tree:
    return Tree(files={facts.path: facts for facts in files}, links=list(links), parsed=len(files))


def link(kind: str, source: str, target: str, line: int = 1, count: int = 1) -> Link:
    return Link(kind, source, target, source.partition(":")[0], line, None, count)


def note(concept: str, body: str = "", sentence: str = "One sentence.", **header: object) -> Note:
    links = tuple(WikiLink(t, 12) for t in re.findall(r"\[\[([^\]]+)\]\]", body))
    fields = {"title": concept.title(), "cluster": "architecture", **header}
    lines = {"id": 2, "needs": 5, "symbols": 6, "pictures": 7, "checked": 8}
    path = f"docs/knowledge_base/{concept}.md"
    return Note(NoteHeader(id=concept, **fields), body, path, sentence, links, lines)


def planned(concept: str, *needs: str, cluster: str | None = None) -> PlannedConcept:
    return PlannedConcept(concept, f"Title of {concept}", needs, "To come.", cluster, {"id": 3})


def picture(name: str, *concepts: str) -> Picture:
    meta = PictureMeta(
        api=1, id=name, title=name, concepts=concepts, size={"width": 1, "height": 1}, alt="alt"
    )
    return Picture(meta, f"src/viz/{name}/meta.json")


def lesson(name: str, *concepts: str) -> Lesson:
    return Lesson(name, f"Lesson {name}", concepts, f"lessons/{name}.ipynb", 2)


def knowledge(**fields: object) -> Knowledge:
    given = {"clusters": CLUSTERS, "namespaces": NAMESPACES, **fields}
    return Knowledge(**given)  # type: ignore[arg-type]


class Sources:
    """``code_of`` over texts held in memory."""

    def __init__(self, **texts: str) -> None:
        self.texts: dict[str, str] = dict(texts)
        self.asked: list[tuple[str, int, int, str | None]] = []

    def __call__(self, path: str, line: int, end_line: int, cell: str | None) -> str:
        self.asked.append((path, line, end_line, cell))
        text = self.texts.get(cell or path, "")
        return "\n".join(text.split("\n")[line - 1 : end_line])


def source_of(**texts: str) -> Sources:
    return Sources(**texts)


def graph(
    the_tree: Tree, the_knowledge: Knowledge | None = None, code_of: Sources | None = None
) -> KnowledgeGraph:
    return build(
        the_tree, the_knowledge or knowledge(), code_of or Sources(), generated_by="test 1"
    )


def edges(the_graph: KnowledgeGraph, kind: str) -> list[tuple[str, str, str, int]]:
    """(source, target, file, line) of every edge of one kind."""
    return [
        (e.data.source, e.data.target, e.data.file_path, e.data.line)
        for e in the_graph.elements.edges
        if e.data.type == kind
    ]


def gaps(the_graph: KnowledgeGraph, kind: str) -> list[tuple[str, str, int, str]]:
    """(severity, file, line, id) of every gap of one kind."""
    return [(g.severity, g.file_path, g.line, g.id) for g in the_graph.gaps if g.kind == kind]
