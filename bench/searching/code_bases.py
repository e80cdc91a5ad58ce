"""The two code bases that questions are asked about, and the questions.

``nanochat`` is our model, as a learner's workspace shows it. ``tornado`` comes with Jupyter, so
every machine has it; none of our notes speaks about it. The gold ids of ``questions.jsonl`` were
written from the code, before any ranking was run; those of structural questions are complete
lists, read from the source. ``split``: rules and weights were developed on one half only.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from nanochat_learn import graph as graphs
from nanochat_learn import indexer
from nanochat_learn import knowledge as notes
from nanochat_learn.ports import Passage
from nanochat_learn.retrieval import Corpus
from nanochat_learn.retrieval.passages import passages
from nanochat_learn.sources import Sources

ROOT = Path(__file__).parents[2]
QUESTIONS = ROOT / "bench" / "questions.jsonl"
TORNADO = "6.6.1"
"""The version whose code the gold ids were written from."""


@dataclass(frozen=True)
class Question:
    id: str
    code: str
    kind: str
    split: str
    question: str
    gold: tuple[str, ...]


@dataclass(frozen=True)
class CodeBase:
    name: str
    index: graphs.GraphIndex
    passages: list[Passage]
    corpus: Corpus
    questions: list[Question]
    code_of: Callable[[str, int, int, str | None], str]


def questions() -> list[Question]:
    rows = map(json.loads, QUESTIONS.read_text("utf-8").splitlines())
    return [Question(**{**row, "gold": tuple(row["gold"])}) for row in rows]


def load(name: str) -> CodeBase:
    """Index and passages, made anew; neither tests nor tools are part of it."""
    if name == "nanochat":
        root, rules = ROOT, indexer.ScanRules(include=("/nanochat/",))
    else:
        found = find_spec("tornado")
        assert found is not None and found.origin is not None
        root = Path(found.origin).parents[1]
        rules = indexer.ScanRules(include=("/tornado/",), exclude=("/tornado/test/",))
        if version("tornado") != TORNADO:
            print(f"tornado is {version('tornado')}, not {TORNADO}: some gold ids may be gone")
    with tempfile.TemporaryDirectory() as folder:
        tree = indexer.index_tree(root, rules, cache=Path(folder) / "facts.sqlite")
    places = notes.KnowledgePlaces(
        notes=ROOT / "docs" / "knowledge_base", pictures=ROOT / "src" / "viz", root=root
    )
    known = notes.load(places)
    lines = Sources(root).lines
    index = graphs.GraphIndex(graphs.build(tree, known, lines, generated_by="bench"))
    made = passages(index.graph, lines, known)
    own = [question for question in questions() if question.code == name]
    return CodeBase(name, index, made, Corpus(index, made), own, lines)
