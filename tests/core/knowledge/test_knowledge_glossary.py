"""glossary.yaml: the repository's own, and what happens to a bad one."""

from __future__ import annotations

from pathlib import Path

import pytest

from nanochat_learn import workspace as verbs
from nanochat_learn.knowledge import KnowledgePlaces, fingerprint, load
from nanochat_learn.knowledge.glossary import GlossaryPlan, parse_glossary
from nanochat_learn.places import content, open_workspace

GOOD = """\
- term: token
  forms: [tokens]
  meaning: A piece of text.
  concept: tokenization.bpe
- term: dot product
  meaning: "Multiply pair by pair: add up."
"""


def parse(text: str) -> GlossaryPlan:
    return parse_glossary(text, "g.yaml")


def words(plan: GlossaryPlan) -> list[str]:
    return [term.entry.term for term in plan.terms]


def test_a_good_one() -> None:
    plan = parse(GOOD)
    assert plan.problems == []
    token, product = plan.terms
    assert (token.entry.forms, token.entry.concept) == (("tokens",), "tokenization.bpe")
    assert token.line == 4  # where its concept stands
    assert product.entry.meaning == "Multiply pair by pair: add up."
    assert product.entry.forms == ()
    assert product.entry.concept is None


@pytest.mark.parametrize(
    ("text", "line", "say"),
    [
        ('- term: "token\n  meaning: x\n', 1, "not valid YAML"),
        ("terms:\n  - term: token\n", 1, "must be a list"),
        ("only words\n", 1, "must be a list"),
        ("# said\n\nterms: {}\n", 3, "must be a list"),
        ("- just a word\n", 1, "lines of `name: value`"),
        ("- term: token\n", 1, "`meaning` is missing"),
        ("- meaning: words\n", 1, "`term` is missing"),
        ("- term: token\n  meaning:\n", 2, "`meaning` is missing"),
        ('- term: token\n  meaning: "  "\n', 2, "`meaning` is not right"),
        ("- term: token\n  meaning: x\n  sense: y\n", 3, "`sense` is not a field"),
        ("- term: token\n  meaning: x\n  forms: tokens\n", 3, "`forms` must be a list"),
        ("- term: token\n  meaning: x\n  concept: Not An Id\n", 3, "`concept` must be lower-case"),
        ("- term: token\n  term: again\n", 2, "stands twice"),
        ("- term: token\n  meaning: x\n  forms: [Token]\n", 3, "`Token` stands twice in `token`"),
        ("- term: token\n  meaning: x\n  forms:\n  - a\n  - A\n", 5, "`A` stands twice"),
    ],
)
def test_one_fault(text: str, line: int, say: str) -> None:
    plan = parse(text)
    assert plan.terms == []
    [problem] = plan.problems
    assert say in problem.message
    assert (problem.kind, problem.severity) == ("broken_note", "error")
    assert (problem.file_path, problem.line) == ("g.yaml", line)
    assert problem.message.endswith(".")


def test_a_spelling_belongs_to_one_word_and_the_rest_is_used() -> None:
    plan = parse(
        GOOD + "- term: piece\n  forms:\n  - TOKENS\n  meaning: x\n- term: last\n  meaning: y\n"
    )
    assert words(plan) == ["token", "dot product", "last"]
    [problem] = plan.problems
    assert "`TOKENS` belongs to the word `token` already" in problem.message
    assert problem.line == 9
    # the refused entry claims nothing: "piece" is still free
    assert words(parse("- term: a\n  meaning: x\n  bad: y\n- term: a\n  meaning: z\n")) == ["a"]
    assert parse("- term: Dot  product\n  meaning: x\n" + GOOD).problems  # spaces, capitals


def test_nothing_yet() -> None:
    assert parse("") == parse("# only a remark\n") == GlossaryPlan([], [])


def test_loading_follows_the_file(tmp_path: Path) -> None:
    places = KnowledgePlaces(tmp_path, tmp_path / "viz", root=tmp_path)
    assert load(places).glossary == ()
    assert load(places).problems == ()
    before = fingerprint(places)
    (tmp_path / "glossary.yaml").write_text(GOOD)
    assert fingerprint(places) != before
    assert len(load(places).glossary) == 2
    (tmp_path / "glossary.yaml").write_bytes(b"\xff")
    [problem] = load(places).problems
    assert (problem.kind, problem.file_path) == ("unreadable_file", "glossary.yaml")


def test_an_unknown_concept_stands_in_the_gap_report(tagged: Path) -> None:
    notes = tagged / "docs/knowledge_base"
    notes.mkdir(parents=True)
    (notes / "glossary.yaml").write_text(GOOD)
    workspace = open_workspace(tagged)
    report = verbs.index(workspace)
    [problem] = [gap for gap in report.problems if "glossary" in gap.file_path]
    assert problem.kind == "unknown_concept"
    assert problem.line == 4
    assert "The word `token` leads to the concept `tokenization.bpe`" in problem.message
    assert [term.term for term in verbs.glossary(workspace).terms] == ["token", "dot product"]
    (notes / "clusters.yaml").write_text(
        "concepts:\n  - {id: tokenization.bpe, title: B, sentence: S.}\n"
    )
    assert not [g for g in verbs.index(workspace).problems if "glossary" in g.file_path]


def test_our_own() -> None:
    knowledge = load(KnowledgePlaces(content("knowledge_base"), content("viz")))
    known = {note.header.id for note in knowledge.notes} | {p.id for p in knowledge.planned}
    assert [gap for gap in knowledge.problems if gap.file_path.endswith("glossary.yaml")] == []
    assert len(knowledge.glossary) >= 15
    for entry, _ in knowledge.glossary:
        assert entry.concept is None or entry.concept in known
        assert entry.meaning[0].isupper()
        assert entry.meaning.endswith(".")
        assert len(entry.meaning.split()) <= 40  # it is read in a tooltip
