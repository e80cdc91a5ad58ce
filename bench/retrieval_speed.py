"""Time of a question above the embedding call: 400 nodes and 10,000, words and vectors and tokens.

Synthetic graphs of functions that call each other, with texts of about fifty words, vectors of
384 numbers and 40 token vectors each (tokens up to 5,000 nodes, as the store keeps them). CPU
time of one process. Bars: p50 at most 25 ms at 400 nodes, 60 ms at 10,000.
"""

from __future__ import annotations

import random
import time

import numpy as np

from nanochat_learn.graph import GraphIndex
from nanochat_learn.ports import Embedded, Passage
from nanochat_learn.retrieval import Corpus, Meaning, answer
from nanochat_learn.schema.graph import KnowledgeGraph

D, TOKENS, ASKED = 384, 40, 12
QUESTIONS = 60
WORDS = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in ("ala", "eno", "iru") for c in "bdgklmnt"]


def synthetic(count: int, rng: random.Random) -> tuple[GraphIndex, list[Passage]]:
    nodes, edges, passages = [], [], []
    for n in range(count):
        path = f"pkg/m{n // 40}.py"
        name = f"{rng.choice(WORDS)}_{rng.choice(WORDS)}_{n}"
        node_id = f"{path}:{name}"
        text = " ".join(rng.choices(WORDS, k=50))
        nodes.append(
            {
                "data": {
                    "id": node_id,
                    "type": "function",
                    "label": name,
                    "file_path": path,
                    "docstring": text,
                    "line": n % 40 * 20 + 1,
                    "end_line": n % 40 * 20 + 18,
                }
            }
        )
        passages.append(Passage(node_id, text, "function", name, "repo", None, path, text))
        for other in rng.choices(nodes, k=3):
            edges.append(
                {
                    "data": {
                        "source": node_id,
                        "target": other["data"]["id"],
                        "type": "calls",
                        "file_path": path,
                        "line": n % 40 * 20 + 5,
                    }
                }
            )
    graph = KnowledgeGraph.model_validate(
        {
            "generated_by": "bench",
            "content_hash": "",
            "clusters": [],
            "elements": {"nodes": nodes, "edges": edges},
            "gaps": [],
        }
    )
    return GraphIndex(graph), passages


def unit(*shape: int) -> np.ndarray:
    rows = np.random.default_rng(len(shape)).standard_normal(shape).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=-1, keepdims=True)


def measured(run) -> list[float]:
    times = []
    for n in range(QUESTIONS + 5):
        started = time.process_time()
        run(n)
        if n >= 5:  # the first ones fill caches
            times.append(1000 * (time.process_time() - started))
    return sorted(times)


def measure(count: int, bar: int) -> None:
    rng = random.Random(7)
    index, passages = synthetic(count, rng)
    started = time.process_time()
    corpus = Corpus(index, passages)
    built = time.process_time() - started
    ids = [p.id for p in passages]
    matrix = unit(count, D)
    rows = unit(64, TOKENS, D)
    question = Embedded(unit(1, D), (unit(ASKED, D),))
    with_tokens = count <= 5_000
    meaning = Meaning(
        ids,
        matrix,
        question,
        (lambda wanted: {i: rows[n % 64] for n, i in enumerate(wanted)}) if with_tokens else None,
    )
    asked = [" ".join(["where does", *rng.choices(WORDS, k=6), "happen?"]) for _ in range(80)]
    some = [p.label for p in rng.choices(passages, k=80)]
    print(f"{count:,} nodes (made ready once in {built:.2f} CPU s); bar {bar} ms")
    for title, run in (
        ("words and graph", lambda n: answer(corpus, asked[n])),
        ("words and vectors", lambda n: answer(corpus, asked[n], 10, lambda _: meaning)),
        ("what breaks if", lambda n: answer(corpus, f"what breaks if I change {some[n]}?")),
    ):
        times = measured(run)
        p50, p95 = times[len(times) // 2], times[int(len(times) * 0.95)]
        print(f"  {title:20} p50 {p50:6.1f} ms   p95 {p95:6.1f} ms   {p50 / bar:.2f} of the bar")


measure(400, 25)
measure(10_000, 60)
