"""The composition root: chooses and connects, and offers the verbs of the project.

    index   read the tree, build the graph, keep it        graph      what was kept
    concept / concepts / glossary / gaps / source          positions  where a browser drew things

``server`` and ``cli`` call these and nothing below. Every verb takes a ``Workspace``;
what is kept lives in ``workspace.cache`` and can be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from nanochat_learn import graph as graphs
from nanochat_learn import indexer
from nanochat_learn import knowledge as notes
from nanochat_learn._version import __version__
from nanochat_learn.durable import locked, replace_file
from nanochat_learn.errors import BadInput, CannotRead, NotFound
from nanochat_learn.places import Workspace, own_or_shipped
from nanochat_learn.schema.base import NodeId
from nanochat_learn.schema.concept import ConceptList, ConceptPage, Glossary
from nanochat_learn.schema.graph import (
    CodeNode,
    KnowledgeGraph,
    Position,
    Positions,
)
from nanochat_learn.schema.wire import GapReport, IndexReport, IndexState, NodeSource
from nanochat_learn.settings import read_settings
from nanochat_learn.sources import Sources

GRAPH_FILE = "knowledge_graph.json"
GENERATED_BY = f"nanochat-learn {__version__}"
_log = logging.getLogger("nanochat_learn")

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
            replace_file(cache / "state.json", json.dumps(kept).encode())
    if out is not None:
        replace_file(out, (cache / GRAPH_FILE).read_bytes())
    return report


def graph(workspace: Workspace) -> KnowledgeGraph:
    """The kept graph, without positions. Raises ``NotFound`` before the first index run."""
    return _index_of(workspace).graph


def graph_index(workspace: Workspace) -> graphs.GraphIndex:
    """The kept graph, ready for questions about neighbours and paths."""
    return _index_of(workspace)


def graph_with_positions(workspace: Workspace) -> KnowledgeGraph:
    """The kept graph with the positions a browser laid out before."""
    kept = graph(workspace)
    known = positions(workspace)
    if not known:
        return kept
    placed = tuple(
        node.model_copy(update={"position": known.get(node.data.id)})
        for node in kept.elements.nodes
    )
    return kept.model_copy(update={"elements": kept.elements.model_copy(update={"nodes": placed})})


def state(workspace: Workspace) -> IndexState | None:
    """Figures of the last index run, or None before it."""
    if not (workspace.cache / GRAPH_FILE).is_file():
        return None
    kept = _kept(workspace.cache)
    return kept[1].state if kept else None


def positions(workspace: Workspace) -> dict[NodeId, Position]:
    """Where nodes were drawn last; empty when nothing was kept or the file is damaged."""
    file = workspace.cache / "positions.json"
    try:
        return dict(Positions.model_validate_json(file.read_bytes()).positions)
    except FileNotFoundError:
        return {}
    except (OSError, ValidationError) as error:
        _log.warning("positions of %s are ignored, they cannot be read: %s", workspace.name, error)
        return {}


def save_positions(workspace: Workspace, new: Positions) -> int:
    """Keep what a browser laid out; returns how many positions are known now.

    Ids that are not in the graph are dropped, nodes that were not sent stay where they were.
    """
    known_ids = {node.data.id for node in graph(workspace).elements.nodes}
    with locked(workspace.cache / "positions.lock"):
        merged = positions(workspace) | new.positions
        kept = Positions(positions={id: at for id, at in merged.items() if id in known_ids})
        replace_file(workspace.cache / "positions.json", kept.model_dump_json().encode())
    return len(kept.positions)


def source(workspace: Workspace, node_id: str) -> NodeSource:
    """The real lines of a code node. Raises ``NotFound`` for an id without code."""
    node = _index_of(workspace).node(node_id)
    if not isinstance(node, CodeNode):
        raise NotFound(f"{node_id} is not code.", "Ask for a file, a class or a function.")
    text = Sources(workspace.root).lines(node.file_path, node.line, node.end_line, node.cell)
    return NodeSource(
        id=node.id,
        file_path=node.file_path,
        line=node.line,
        end_line=node.end_line,
        cell=node.cell,
        text=text,
    )


def concepts(workspace: Workspace) -> ConceptList:
    return graphs.concept_list(graph(workspace), _knowledge(workspace))


def concept(workspace: Workspace, concept_id: str) -> ConceptPage:
    """Everything about one concept. Raises ``NotFound`` with the nearest ids."""
    return graphs.concept_page(
        _index_of(workspace), _knowledge(workspace), concept_id, Sources(workspace.root).lines
    )


def glossary(workspace: Workspace) -> Glossary:
    """The words that notes explain on hover. Needs no index."""
    return Glossary(terms=tuple(term.entry for term in _knowledge(workspace).glossary))


def gaps(workspace: Workspace) -> GapReport:
    return graphs.gap_report(graph(workspace))


def _rules(workspace: Workspace) -> indexer.ScanRules:
    return indexer.ScanRules(include=workspace.include, exclude=workspace.exclude)


def _places(workspace: Workspace) -> notes.KnowledgePlaces:
    return notes.KnowledgePlaces(
        notes=own_or_shipped(workspace, "knowledge_base"),
        pictures=own_or_shipped(workspace, "viz"),
        lessons=own_or_shipped(workspace, "lessons"),
        root=workspace.root,
    )


def _knowledge(workspace: Workspace) -> notes.Knowledge:
    places = _places(workspace)
    return _load(places, notes.fingerprint(places))


@lru_cache(maxsize=4)
def _load(places: notes.KnowledgePlaces, _fingerprint: str) -> notes.Knowledge:
    return notes.load(places)


def _fingerprint(workspace: Workspace, rules: indexer.ScanRules) -> str:
    parts = (
        GENERATED_BY,
        indexer.fingerprint(workspace.root, rules),
        notes.fingerprint(_places(workspace)),
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _built(workspace: Workspace, tree: indexer.Tree) -> KnowledgeGraph:
    """The graph. Its hash covers every concept page too: whoever shows one asks anew only then."""
    knowledge = _knowledge(workspace)
    lines = Sources(workspace.root).lines
    graph = graphs.build(tree, knowledge, lines, generated_by=GENERATED_BY)
    index = graphs.GraphIndex(graph)
    digest = hashlib.sha256(graph.content_hash.encode())
    for concept in graphs.concept_list(graph, knowledge).concepts:
        page = graphs.concept_page(index, knowledge, concept.id, lines)
        digest.update(page.model_dump_json().encode())
    return graph.model_copy(update={"content_hash": digest.hexdigest()})


def _kept(cache: Path) -> tuple[str, IndexReport] | None:
    try:
        kept = json.loads((cache / "state.json").read_bytes())
        return kept["seen"], IndexReport.model_validate(kept["report"])
    except (OSError, ValueError, KeyError, TypeError):
        return None  # a damaged cache is rebuilt


def _unchanged(cache: Path, seen: str) -> IndexReport | None:
    kept = _kept(cache)
    if kept is None or kept[0] != seen or not (cache / GRAPH_FILE).is_file():
        return None
    return kept[1].model_copy(update={"parsed": 0})


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


def _index_of(workspace: Workspace) -> graphs.GraphIndex:
    file = workspace.cache / GRAPH_FILE
    try:
        stat = file.stat()
    except OSError as error:
        raise NotFound(
            f"{workspace.name} has not been indexed yet.",
            "Press “Index this workspace” in the graph panel, or run `nanochat-learn index`.",
        ) from error
    return _opened(file, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=4)
def _opened(file: Path, _mtime_ns: int, _size: int) -> graphs.GraphIndex:
    try:
        return graphs.GraphIndex(graphs.from_bytes(file.read_bytes()))
    except OSError as error:
        raise CannotRead(
            f"{file.name} cannot be read: {error.strerror}.", "Index again."
        ) from error
