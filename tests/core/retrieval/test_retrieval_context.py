"""What goes into a prompt: real lines, whole sections, never more than the budget."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from searched_code import NOTES, SHOP, code_of, shop

from nanochat_learn.errors import NotFound
from nanochat_learn.retrieval import build_context, estimate_tokens
from nanochat_learn.schema.search import SearchAnswer, SearchHit

INDEX = shop()
ALL = sorted(INDEX.nodes)


def answer(*ids: str, query: str = "what does everything cost together?") -> SearchAnswer:
    hits = []
    for rank, node_id in enumerate(ids):
        node = INDEX.nodes.get(node_id)
        hits.append(
            SearchHit(
                id=node_id,
                score=1 / (rank + 1),
                type=node.type if node else "function",
                label=node.label if node else node_id,
                file_path=node.file_path if node else None,
                line=getattr(node, "line", None),
            )
        )
    return SearchAnswer(query=query, results=tuple(hits), intent="open", ways=("words",))


def test_the_best_node_comes_with_its_real_lines():
    parts = build_context(answer("shop/basket.py:Basket.total"), INDEX, code_of(), NOTES, 3_000)
    code = next(part for part in parts if part.kind == "code")
    assert code.id == "shop/basket.py:Basket.total"
    assert "# the reduction comes off before the tax" in code.text
    assert code.text in SHOP["shop/basket.py"]
    assert "shop/basket.py, lines " in code.title


def test_the_note_of_the_concept_that_explains_the_code_comes_too():
    parts = build_context(answer("shop/money.py:total_of"), INDEX, code_of(), NOTES, 3_000)
    note = next(part for part in parts if part.kind == "note")
    assert note.id == "concept:data.adding_up"
    assert "Adding up makes one number of many." in note.text


def test_sections_of_a_note_that_share_words_with_the_question_win_when_room_is_short():
    asked = answer("concept:data.adding_up", query="why keep a running sum of numbers?")
    parts = build_context(asked, INDEX, code_of(), NOTES, 520)
    note = next(part for part in parts if part.kind == "note")
    assert "running sum" in note.text
    assert "In one sentence" in note.text


def test_one_hop_names_callers_and_callees_with_the_line():
    parts = build_context(answer("shop/money.py:total_of"), INDEX, code_of(), NOTES, 3_000)
    told = {part.id: part.title for part in parts if part.kind == "neighbour"}
    assert told["shop/money.py:rounded"].startswith("rounded is called by total_of (shop/money.py")
    assert told["shop/basket.py:Basket.total"].startswith("Basket.total calls total_of")


def test_the_map_shows_signatures_of_the_files_around():
    parts = build_context(answer("shop/money.py:total_of"), INDEX, code_of(), NOTES, 3_000)
    map_part = parts[0]
    assert map_part.kind == "map"
    assert "def total_of(prices)" in map_part.text
    assert "class Price" in map_part.text


def test_a_long_function_is_cut_at_a_line_and_says_so():
    rows = "\n".join(f"    x{n} = {n}" for n in range(400))
    long = {"m.py": f'def long():\n    """Long."""\n{rows}\n'}
    index = shop(long)
    hit = SearchHit(
        id="m.py:long", score=1, type="function", label="long", file_path="m.py", line=1
    )
    asked = SearchAnswer(query="long", results=(hit,), intent="symbol", ways=("graph",))
    parts = build_context(asked, index, code_of(long), {}, 600)
    code = next(part for part in parts if part.kind == "code")
    assert code.text.splitlines()[0] == "def long():"
    assert code.text.splitlines()[-1].endswith(" more lines")
    kept = len(code.text.splitlines()) - 1
    assert code.text.splitlines()[-1] == f"… {402 - kept} more lines"


def test_ids_that_are_gone_and_files_that_vanished_cost_nothing():
    def gone(*_: object) -> str:
        raise NotFound("gone")

    asked = answer("shop/nowhere.py:x", "shop/money.py:total_of")
    parts = build_context(asked, INDEX, gone, NOTES, 3_000)
    assert "shop/nowhere.py:x" not in {part.id for part in parts}
    assert all(part.text for part in parts)


@settings(max_examples=60)
@given(
    ids=st.lists(st.sampled_from(ALL), max_size=12, unique=True),
    budget=st.integers(min_value=0, max_value=4_000),
)
def test_the_budget_is_never_exceeded(ids, budget):
    parts = build_context(answer(*ids), INDEX, code_of(), NOTES, budget)
    assert sum(part.tokens for part in parts) <= budget
    assert len({(part.kind, part.id) for part in parts}) == len(parts)


@pytest.mark.parametrize("text", ["", "a", "日本語のコード", "def f(x):\n    return x\n" * 50])
def test_tokens_are_over_estimated(text):
    """One token a byte is the worst case of byte-level vocabularies; prose takes four."""
    assert estimate_tokens(text) * 3 >= len(text.encode())
