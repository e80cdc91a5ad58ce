"""How well questions find their code: ours in three modes beside three baselines, by kind.

172 questions of our own over two code bases (``questions.jsonl``). MRR@10, hit@1, hit@5: the
first of the gold ids counts. Bars with the packaged model on nanochat: MRR 0.70, hit@5 0.88;
without a model 0.60 and 0.75; structural and symbol 0.95; absent: 10 of 12 said, under 5 % of
the others refused. The first run embeds some 4,000 texts (minutes); they are kept in bench/out.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable

from searching import baselines
from searching.code_bases import CodeBase, Question, load
from searching.vectors import Vectors

from nanochat_learn.ports import Embedded
from nanochat_learn.retrieval import Meaning, answer
from nanochat_learn.schema.search import SearchAnswer

OPEN = ("where", "how", "why", "concept")
KINDS = (*OPEN, "structural", "symbol")
Ask = Callable[[str], SearchAnswer]


def ours(base: CodeBase, vectors: Vectors | None, *, tokens: bool) -> Ask:
    if vectors is None:
        return lambda question: answer(base.corpus, question)
    made = vectors.of([p.text for p in base.passages])
    ids = [p.id for p in base.passages]
    rows = dict(zip(ids, made.tokens or (), strict=True))

    def meaning_of(question: str) -> Meaning:
        asked = vectors.of([question], questions=True)
        if not tokens:
            return Meaning(ids, made.vectors, Embedded(asked.vectors))
        return Meaning(ids, made.vectors, asked, lambda wanted: {i: rows[i] for i in wanted})

    return lambda question: answer(base.corpus, question, 10, meaning_of)


def figures(questions: list[Question], rank: Callable[[str], list[str]]) -> dict[str, list[int]]:
    """Kind → for each question the place of its first gold id, 0 where it is not in the ten."""
    places: dict[str, list[int]] = defaultdict(list)
    for question in questions:
        if question.kind == "absent":
            continue
        found = rank(question.question)[:10]
        place = next((n for n, i in enumerate(found, 1) if i in question.gold), 0)
        for group in (question.kind, "all", "open" if question.kind in OPEN else "edges"):
            places[group].append(place)
        places[question.split].append(place)
    return places


def said(places: list[int]) -> str:
    count = max(len(places), 1)
    mrr = sum(1 / place for place in places if place) / count
    first = sum(place == 1 for place in places) / count
    five = sum(0 < place <= 5 for place in places) / count
    return f"{mrr:.3f}/{first:.2f}/{five:.2f}"


def absence(questions: list[Question], ask: Ask) -> str:
    missing = [q for q in questions if q.kind == "absent"]
    others = [q for q in questions if q.kind != "absent"]
    told = sum(ask(q.question).absent for q in missing)
    refused = sum(ask(q.question).absent for q in others)
    return (
        f"absent said {told} of {len(missing)}, wrongly refused {refused} of {len(others)} "
        f"({refused / len(others):.1%})"
    )


def main() -> None:
    vectors = Vectors()
    columns = ("all", "develop", "held_out", "open", *KINDS)
    for name in sys.argv[1:] or ("nanochat", "tornado"):
        base = load(name)
        vectors.of([q.question for q in base.questions], questions=True)  # all at once
        print(f"\n{name}: {len(base.passages)} passages; MRR@10/hit@1/hit@5", flush=True)
        modes = {
            "ours, words and graph": ours(base, None, tokens=False),
            "ours, with vectors": ours(base, vectors, tokens=False),
            "ours, all": ours(base, vectors, tokens=True),
        }
        rankings = {
            mode: (lambda question, ask=ask: [hit.id for hit in ask(question).results])
            for mode, ask in modes.items()
        }
        rankings["keyword grep"] = baselines.grep(base)
        rankings["plain docstring vectors"] = baselines.plain_docstrings(base, vectors)
        rankings["LanceDB hybrid (RRF)"] = baselines.lancedb_hybrid(base, vectors)
        print(f"{'':24}" + "".join(f"{column:>17}" for column in columns))
        for ranking, rank in rankings.items():
            places = figures(base.questions, rank)
            row = "".join(f"{said(places[column]):>17}" for column in columns)
            print(f"{ranking:24}{row}", flush=True)
        for mode, ask in modes.items():
            print(f"{mode:24}{absence(base.questions, ask)}", flush=True)


if __name__ == "__main__":
    main()
