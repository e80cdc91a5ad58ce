"""What ours is measured against: keyword grep, LanceDB's stock hybrid, plain docstring vectors."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable

import numpy as np
from searching.code_bases import CodeBase
from searching.vectors import Vectors

from nanochat_learn.retrieval.words import STOP

Ranking = Callable[[str], list[str]]
CODE = ("file", "class", "function")


def grep(base: CodeBase) -> Ranking:
    """How many of the question's words stand in the node's source, then how often per line."""
    bodies = {
        node.id: base.code_of(node.file_path, node.line, node.end_line, node.cell).lower()
        for node in base.index.nodes.values()
        if node.type in CODE
    }

    def rank(question: str) -> list[str]:
        asked = [w for w in re.findall(r"\w+", question.lower()) if w not in STOP and len(w) > 2]
        scored = []
        for node_id, body in bodies.items():
            counts = [body.count(word) for word in asked]
            distinct = sum(count > 0 for count in counts)
            if distinct:
                scored.append((-distinct, -sum(counts) / (body.count("\n") + 1), node_id))
        return [node_id for _, _, node_id in sorted(scored)[:10]]

    return rank


def plain_docstrings(base: CodeBase, vectors: Vectors) -> Ranking:
    """Cosine over the user's form alone: type, name, source, file, description."""
    kept = [p for p in base.passages if p.type in CODE or p.type == "concept"]
    forms = [
        f"Type: {p.type}\nName: {p.label}\nSource: {p.source}\nFile: {p.file_path or ''}\n"
        f"Description: {p.docstring}"
        for p in kept
    ]
    matrix = vectors.of(forms).vectors

    def rank(question: str) -> list[str]:
        near = matrix @ vectors.of([question], questions=True).vectors[0]
        return [kept[at].id for at in np.argsort(-near)[:10]]

    return rank


def lancedb_hybrid(base: CodeBase, vectors: Vectors) -> Ranking:
    """The same texts and vectors as ours, ranked by LanceDB: full text and vectors, RRF."""
    import lancedb
    from lancedb.index import FTS
    from lancedb.rerankers import RRFReranker

    kept = [p for p in base.passages if p.type in CODE or p.type == "concept"]
    matrix = vectors.of([p.text for p in kept]).vectors
    rows = [
        {"id": p.id, "text": p.text, "vector": v.tolist()}
        for p, v in zip(kept, matrix, strict=True)
    ]
    database = lancedb.connect(tempfile.mkdtemp(prefix="bench-lancedb-"))
    table = database.create_table("passages", rows)
    table.create_index("text", config=FTS())

    def rank(question: str) -> list[str]:
        vector = vectors.of([question], questions=True).vectors[0]
        found = table.search(query_type="hybrid").vector(vector).text(question)
        hits = found.distance_type("cosine").rerank(RRFReranker()).limit(10).to_list()
        return [hit["id"] for hit in hits]

    return rank
