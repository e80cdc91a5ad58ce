"""The verb ``index``: read the tree, join what was added, build the graph, keep it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from nanochat_learn import graph as graphs
from nanochat_learn import indexer
from nanochat_learn import knowledge as notes
from nanochat_learn._version import __version__
from nanochat_learn.durable import locked, replace_file
from nanochat_learn.errors import BadInput
from nanochat_learn.places import Workspace
from nanochat_learn.schema.graph import KnowledgeGraph
from nanochat_learn.schema.wire import IndexReport, IndexState
from nanochat_learn.settings import read_settings
from nanochat_learn.sources import Sources
from nanochat_learn.workspace import following
from nanochat_learn.workspace.added import added_fingerprint, read_added
from nanochat_learn.workspace.kept import GRAPH_FILE, STATE_FILE, kept_run
from nanochat_learn.workspace.known import knowledge, knowledge_places

GENERATED_BY = f"nanochat-learn {__version__}"

Progress = Callable[[int, int, str], None]


def index(
    workspace: Workspace,
    *,
    on_progress: Progress | None = None,
    should_stop: Callable[[], bool] | None = None,
    confirmed: bool = True,
    out: Path | None = None,
) -> IndexReport:
    """Bring the kept graph up to date; also write it to ``out`` if given.

    Reads only files that changed, and builds nothing when none did. Raises ``Busy``
    when another run writes, ``Stopped`` when ``should_stop`` says so (the old graph
    stays), ``BadInput`` when a big tree needs the learner's word (``confirmed``).
    """
    rules = _rules(workspace)
    if not confirmed and (limit := read_settings().ask_above):
        count = len(indexer.list_files(workspace.root, rules)[0])
        if count > limit:
            raise BadInput(
                f"{workspace.name} holds {count:,} Python files and notebooks.",
                "Indexing them may take a minute: confirm, or narrow `include` in its settings.",
            )
    cache = workspace.cache
    cache.mkdir(parents=True, exist_ok=True)
    changed = False
    with locked(cache / "lock", wait=False):
        seen = _fingerprint(workspace, rules)
        report = _unchanged(cache, seen)
        if report is None:
            tree = indexer.index_tree(
                workspace.root,
                rules,
                cache=cache / "facts.sqlite",
                on_progress=on_progress,
                should_stop=should_stop,
            )
            graph = _built(workspace, tree)
            report = _report(graph, tree.parsed, len(tree.files))
            replace_file(cache / GRAPH_FILE, graphs.to_bytes(graph))
            kept = {"seen": seen, "report": report.model_dump(mode="json")}
            replace_file(cache / STATE_FILE, json.dumps(kept).encode())
            changed = True
    if changed:
        following.graph_changed(workspace)
    if out is not None:
        replace_file(out, (cache / GRAPH_FILE).read_bytes())
    return report


def _rules(workspace: Workspace) -> indexer.ScanRules:
    """Checks of lessons hold the solutions: nobody should find those by searching the code."""
    exclude = (*workspace.exclude, "/lessons/checks/")
    return indexer.ScanRules(include=workspace.include, exclude=exclude)


def _fingerprint(workspace: Workspace, rules: indexer.ScanRules) -> str:
    parts = (
        GENERATED_BY,
        indexer.fingerprint(workspace.root, rules),
        notes.fingerprint(knowledge_places(workspace)),
        added_fingerprint(workspace),
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _built(workspace: Workspace, tree: indexer.Tree) -> KnowledgeGraph:
    """The graph. Its hash covers every concept page too: whoever shows one asks anew only then."""
    known = knowledge(workspace)
    lines = Sources(workspace.root).lines
    graph = graphs.build(tree, known, lines, generated_by=GENERATED_BY)
    added = read_added(workspace)
    graph = graphs.with_added(graph, added.items, added.problems)
    index = graphs.GraphIndex(graph)
    digest = hashlib.sha256(graph.content_hash.encode())
    for concept in graphs.concept_list(graph, known).concepts:
        page = graphs.concept_page(index, known, concept.id, lines)
        digest.update(page.model_dump_json().encode())
    return graph.model_copy(update={"content_hash": digest.hexdigest()})


def _unchanged(cache: Path, seen: str) -> IndexReport | None:
    kept = kept_run(cache)
    if kept is None or kept.seen != seen or not (cache / GRAPH_FILE).is_file():
        return None
    return kept.report.model_copy(update={"parsed": 0})


def _report(graph: KnowledgeGraph, parsed: int, files: int) -> IndexReport:
    found = graphs.gap_report(graph)
    return IndexReport(
        state=IndexState(
            content_hash=graph.content_hash,
            files=files,
            nodes=len(graph.elements.nodes),
            edges=len(graph.elements.edges),
            errors=found.errors,
            warnings=found.warnings,
        ),
        parsed=parsed,
        problems=tuple(gap for gap in found.gaps if gap.severity == "error"),
    )
