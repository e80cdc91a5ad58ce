"""Stems, the thesaurus, BM25 and names."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from searched_code import corpus

from nanochat_learn.retrieval.lexicon import Lexicon
from nanochat_learn.retrieval.names import bare, identifiers, looks_like_code
from nanochat_learn.retrieval.words import alike, stem, stems

CORPUS = corpus()


@pytest.mark.parametrize(
    "family",
    [
        "cache caches cached caching",
        "token tokens tokenizer tokenizers tokenize tokenization",
        "generate generates generated generating generation generator",
        "train trains trained training",
        "write writes wrote written writing",
        "normalise normalize normalised norm",
        "keep keeps kept keeping",
        "embed embedding embeddings",
    ],
)
def test_words_of_one_family_share_a_stem(family):
    assert len({stem(word) for word in family.split()}) == 1


@pytest.mark.parametrize(
    "pair", ["loss lose", "processor process", "number numb", "layer lay", "class clas", "a i"]
)
def test_words_of_different_families_do_not(pair):
    one, other = pair.split()
    assert stem(one) != stem(other)


def test_identifiers_are_taken_apart_and_stop_words_left_out():
    assert stems("Where is the KVCache.insert_rows?") == ["kv", "cach", "insert", "row"]
    assert stems("what is it?") == []


def test_the_thesaurus_is_symmetric_and_knows_no_word_as_its_own_neighbour():
    for word in ("rememb", "cach", "writ", "gpu"):
        assert word not in alike(word)
        assert all(word in alike(other) for other in alike(word))
    assert "cach" in alike(stem("remember"))


@given(st.text(max_size=200))
def test_any_text_has_stems(text):
    for one in stems(text):
        assert one


def test_a_rare_word_outweighs_a_common_one():
    lexicon = Lexicon(["a", "b", "c"], ["tea tea shop", "coffee shop", "shop shop shop"])
    scores = lexicon.scores(lexicon.question("tea shop"))
    assert scores.argmax() == 0


def test_a_word_in_the_name_counts_more_than_in_the_text():
    lexicon = Lexicon(["parcel", "other"], ["sends it", "a parcel is sent"])
    scores = lexicon.scores(lexicon.question("parcel"))
    assert scores[0] > scores[1] > 0


def test_a_word_that_means_nearly_the_same_counts_less():
    lexicon = Lexicon(["a", "b", "c"], ["we remember it", "the cache", "nothing here"])
    scores = lexicon.scores(lexicon.question("remember"))
    assert scores[0] > scores[1] > scores[2] == 0


def test_coverage_is_a_share():
    lexicon = Lexicon(["a", "b"], ["red tea", "blue tea"])
    covered = lexicon.coverage(lexicon.question("red tea zebra"))
    assert 0 < covered[1] < covered[0] < 1
    assert lexicon.coverage(lexicon.question("red tea"))[0] == pytest.approx(1.0)
    assert not lexicon.coverage({}).any()


def test_nothing_to_search_in_is_no_error():
    lexicon = Lexicon([], [])
    assert lexicon.scores(lexicon.question("tea")).shape == (0,)


def test_knowing_a_word_is_asked_among_some_passages_only():
    lexicon = Lexicon(["a", "b"], ["tea", "gradient"])
    assert lexicon.knows("gradient", np.array([True, True]))
    assert not lexicon.knows("gradient", np.array([True, False]))


# --- names


def found(phrase: str) -> list[str]:
    return [one.id for one in CORPUS.names.find(phrase)]


@pytest.mark.parametrize(
    ("phrase", "first"),
    [
        ("Basket.total", "shop/basket.py:Basket.total"),
        ("basket.total", "shop/basket.py:Basket.total"),
        ("shop.basket.Basket.total", "shop/basket.py:Basket.total"),
        ("basket.Basket.total", "shop/basket.py:Basket.total"),
        ("shop/basket.py:Basket.total", "shop/basket.py:Basket.total"),
        ("basket.py:Basket", "shop/basket.py:Basket"),
        ("money.py", "shop/money.py"),
        ("shop.money", "shop/money.py"),
        ("total_of()", "shop/money.py:total_of"),
        ("`total_of`", "shop/money.py:total_of"),
        ("total of", "shop/money.py:total_of"),
        ("totalOf", "shop/money.py:total_of"),
        ("giftbasket", "shop/basket.py:GiftBasket"),
        ("gift basket", "shop/basket.py:GiftBasket"),
        ("the gift basket class", "shop/basket.py:GiftBasket"),
        ("the class Basket", "shop/basket.py:Basket"),
        ("the basket module", "shop/basket.py"),
        ("the function send parcel", "shop/till.py:send_parcel"),
        ("floor", "external:math.floor"),
        ("math.floor", "external:math.floor"),
        ("the open of the basket", "shop/basket.py:Basket.open"),
    ],
)
def test_many_ways_to_say_a_name(phrase, first):
    assert found(phrase)[:1] == [first]


def test_an_ambiguous_name_gives_all_that_bear_it():
    assert set(found("open")) == {"shop/basket.py:Box.open", "shop/basket.py:Basket.open"}


@pytest.mark.parametrize("phrase", ["", "   ", "the", "?", "zebra", "Basket.zebra", "()", "." * 50])
def test_what_is_no_name_gives_nothing(phrase):
    assert found(phrase) == []


def test_a_kind_is_no_part_of_the_name():
    assert bare("the Basket class") == ("Basket", "class")
    assert bare("method put") == ("put", "function")
    assert bare("class") == ("class", None)


def test_what_looks_like_code():
    for text in ("a_b", "a.b", "aB", "KVCache", "f()", "x/y.py", "_x"):
        assert looks_like_code(text), text
    for text in ("word", "Word", "two words", "GPT", "e.g", "12", ""):
        assert not looks_like_code(text) or text == "e.g", text
    assert identifiers("where is `put` and Basket.total and tea?") == ["put", "Basket.total"]
