"""The questions of ``bench/``: whole, honest, and about code that exists."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import pytest

from nanochat_learn.indexer import ScanRules, index_tree
from nanochat_learn.knowledge import KnowledgePlaces, load

ROOT = Path(__file__).parents[3]
QUESTIONS = [json.loads(row) for row in (ROOT / "bench/questions.jsonl").read_text().splitlines()]


def ids_of(root: Path, rules: ScanRules, tmp_path: Path) -> set[str]:
    tree = index_tree(root, rules, cache=tmp_path / "facts.sqlite")
    code = {f"{path}:{s.qualname}" for path, facts in tree.files.items() for s in facts.symbols}
    return code | set(tree.files) | {link.target for link in tree.links}


def golds(code: str) -> set[str]:
    return {gold for row in QUESTIONS if row["code"] == code for gold in row["gold"]}


def test_there_are_enough_of_each_kind_and_both_halves_hold_all_kinds():
    count = Counter(row["code"] for row in QUESTIONS if row["kind"] != "absent")
    assert count["nanochat"] >= 80
    assert count["tornado"] >= 40
    halves: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in QUESTIONS:
        halves[row["code"], row["split"]][row["kind"]] += 1
    assert len(halves) == 4
    for kinds in halves.values():
        assert set(kinds) == {*("where", "how", "why", "concept", "structural", "symbol", "absent")}
        assert kinds["absent"] == 6


def test_no_question_stands_twice_and_gold_is_there_exactly_where_it_must_be():
    assert len({row["id"] for row in QUESTIONS}) == len(QUESTIONS)
    assert len({(row["code"], row["question"].lower()) for row in QUESTIONS}) == len(QUESTIONS)
    for row in QUESTIONS:
        assert bool(row["gold"]) == (row["kind"] != "absent"), row["id"]


def test_open_questions_name_no_identifier_of_their_answer():
    """A beginner does not know the name; almost none may give it away."""
    telling = [
        row["question"]
        for row in QUESTIONS
        if row["kind"] in ("where", "how", "why")
        for gold in row["gold"]
        if (name := gold.rpartition(":")[2].rpartition(".")[2]) in row["question"].split()
        and len(name) > 3
    ]
    assert len(set(telling)) <= 3, telling


def test_gold_ids_of_nanochat_exist(tmp_path: Path):
    known = load(KnowledgePlaces(notes=ROOT / "docs/knowledge_base", pictures=ROOT / "src/viz"))
    concepts = {f"concept:{entry.id}" for entry in known.planned}
    there = ids_of(ROOT, ScanRules(include=("/nanochat/",)), tmp_path) | concepts
    assert golds("nanochat") - there == set()


@pytest.mark.skipif(version("tornado") != "6.6.1", reason="the ids were written from 6.6.1")
def test_gold_ids_of_tornado_exist(tmp_path: Path):
    found = find_spec("tornado")
    assert found and found.origin
    rules = ScanRules(include=("/tornado/",), exclude=("/tornado/test/",))
    assert golds("tornado") - ids_of(Path(found.origin).parents[1], rules, tmp_path) == set()
