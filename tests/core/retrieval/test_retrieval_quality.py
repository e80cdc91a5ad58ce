"""By words and graph alone, on the real model and its notes: what a learner may rely on offline.

The bars are those of the project; ``make bench`` prints the figures, with a model too.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nanochat_learn.graph import GraphIndex, build
from nanochat_learn.indexer import ScanRules, index_tree
from nanochat_learn.knowledge import KnowledgePlaces, load
from nanochat_learn.retrieval import Corpus, answer
from nanochat_learn.retrieval.passages import passages
from nanochat_learn.sources import Sources

ROOT = Path(__file__).parents[3]
QUESTIONS = [
    row
    for row in map(json.loads, (ROOT / "bench/questions.jsonl").read_text("utf-8").splitlines())
    if row["code"] == "nanochat"
]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory) -> Corpus:
    cache = tmp_path_factory.mktemp("facts") / "facts.sqlite"
    tree = index_tree(ROOT, ScanRules(include=("/nanochat/",)), cache=cache)
    places = KnowledgePlaces(
        notes=ROOT / "docs/knowledge_base", pictures=ROOT / "src/viz", root=ROOT
    )
    known, lines = load(places), Sources(ROOT).lines
    index = GraphIndex(build(tree, known, lines, generated_by="test"))
    return Corpus(index, passages(index.graph, lines, known))


def places_of(corpus: Corpus, rows: list[dict]) -> list[int]:
    places = []
    for row in rows:
        found = [hit.id for hit in answer(corpus, row["question"]).results]
        places.append(next((n for n, i in enumerate(found, 1) if i in row["gold"]), 0))
    return places


def mrr(places: list[int]) -> float:
    return sum(1 / place for place in places if place) / len(places)


def test_where_it_remembers_earlier_words_is_the_cache(corpus: Corpus):
    """No such word stands in the code."""
    found = answer(corpus, "where does it remember earlier words?")
    assert found.results[0].id == "nanochat/cache.py:KVCache"
    assert "KV cache" in found.results[0].why


@pytest.mark.parametrize("split", ["develop", "held_out"])
def test_both_halves_hold_the_bars_without_a_model(corpus: Corpus, split: str):
    rows = [r for r in QUESTIONS if r["split"] == split and r["kind"] != "absent"]
    places = places_of(corpus, rows)
    assert mrr(places) >= 0.60
    assert sum(0 < place <= 5 for place in places) / len(places) >= 0.75


def test_structural_and_symbol_questions_are_exact(corpus: Corpus):
    rows = [r for r in QUESTIONS if r["kind"] in ("structural", "symbol")]
    assert mrr(places_of(corpus, rows)) >= 0.95


def test_what_is_not_there_is_said_and_what_is_there_is_seldom_refused(corpus: Corpus):
    refused = {r["id"]: answer(corpus, r["question"]).absent for r in QUESTIONS}
    missing = [r["id"] for r in QUESTIONS if r["kind"] == "absent"]
    assert sum(refused[i] for i in missing) >= 10
    wrongly = sum(refused.values()) - sum(refused[i] for i in missing)
    assert wrongly / (len(QUESTIONS) - len(missing)) < 0.05
