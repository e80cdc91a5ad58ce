"""Each structural intent, in many wordings, answered from the edges."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from searched_code import SHOP, corpus

from nanochat_learn.retrieval import answer
from nanochat_learn.retrieval.intents import parse

CORPUS = corpus()
BASKET, MONEY, TILL = "shop/basket.py", "shop/money.py", "shop/till.py"


def ids(question: str, limit: int = 10) -> list[str]:
    return [hit.id for hit in answer(CORPUS, question, limit).results]


CASES = [
    ("callers", f"{MONEY}:total_of", "Who calls rounded?"),
    ("callers", f"{MONEY}:total_of", "what uses rounded"),
    ("callers", f"{MONEY}:total_of", "Which functions call `rounded`?"),
    ("callers", f"{MONEY}:total_of", "where is rounded called?"),
    ("callers", f"{MONEY}:total_of", "Please list all callers of rounded"),
    ("callers", f"{MONEY}:total_of", "What code invokes the rounded function?"),
    ("callers", f"{MONEY}:total_of", "can you tell me who uses rounded?"),
    ("callers", f"{MONEY}:total_of", "by whom is rounded used"),
    ("callers", f"{MONEY}:total_of", "is rounded used anywhere?"),
    ("callers", f"{BASKET}:Basket.put", "Who creates a Price?"),
    ("callers", f"{BASKET}:Basket.put", "where are Price made"),
    ("callees", f"{MONEY}:rounded", "What does total_of call?"),
    ("callees", f"{MONEY}:rounded", "which functions are called by total_of"),
    ("callees", f"{MONEY}:rounded", "what functions does total of use?"),
    ("subclasses", f"{BASKET}:Basket", "What inherits from Box?"),
    ("subclasses", f"{BASKET}:Basket", "Which classes extend Box"),
    ("subclasses", f"{BASKET}:Basket", "list the subclasses of Box"),
    ("subclasses", f"{BASKET}:Basket", "which classes are derived from the box class?"),
    ("subclasses", f"{BASKET}:Basket.open", "what overrides Box.open?"),
    ("bases", f"{BASKET}:Box", "What does Basket inherit from?"),
    ("bases", f"{BASKET}:Box", "what is the base class of Basket?"),
    ("bases", f"{BASKET}:Box", "who is the parent of Basket"),
    ("bases", f"{BASKET}:Box", "which class is Basket derived from?"),
    ("impact", f"{MONEY}:total_of", "What breaks if I change rounded?"),
    ("impact", f"{MONEY}:total_of", "what would be affected when rounded changes?"),
    ("impact", f"{MONEY}:total_of", "if I rename rounded, what breaks?"),
    ("impact", f"{MONEY}:total_of", "what depends on rounded?"),
    ("impact", f"{MONEY}:total_of", "what happens if someone deletes the rounded function"),
    ("impact", f"{MONEY}:total_of", "is it safe to change rounded?"),
    ("imports", BASKET, "Who imports shop.money?"),
    ("imports", BASKET, "which files import money.py"),
    ("imports", BASKET, "where is the money module imported?"),
    ("imports", "external:math", "what does money.py import?"),
    ("contents", f"{MONEY}:Price", "What is in money.py?"),
    ("contents", f"{BASKET}:Basket.__init__", "which methods does Basket have?"),
    ("contents", f"{BASKET}:Basket.__init__", "list the methods of the basket class"),
    ("symbol", f"{BASKET}:Basket.total", "Basket.total"),
    ("symbol", f"{BASKET}:Basket.total", "where is Basket.total defined?"),
    ("symbol", f"{BASKET}:GiftBasket", "show me GiftBasket"),
    ("symbol", f"{BASKET}:GiftBasket", "what is the gift basket class?"),
    ("symbol", f"{MONEY}:total_of", "what does total_of do?"),
    ("symbol", f"{MONEY}:total_of", "Where can I find total_of()?"),
    ("symbol", MONEY, "shop/money.py"),
]


@pytest.mark.parametrize(("intent", "first", "question"), CASES)
def test_a_wording_finds_its_answer(intent, first, question):
    found = answer(CORPUS, question)
    assert (found.intent, found.results[0].id) == (intent, first)
    assert not found.absent
    assert "graph" in found.ways
    if intent != "symbol":
        assert " in line " in found.results[0].why


def test_the_reason_names_the_real_line():
    hit = answer(CORPUS, "who calls total_of?").results[0]
    assert hit.id == f"{BASKET}:Basket.total"
    line = next(n for n, row in enumerate(SHOP[BASKET].split("\n"), 1) if "return total_of" in row)
    assert hit.why == f"calls total_of in line {line}"


def test_impact_walks_on_to_callers_of_callers_and_says_how_far():
    found = answer(CORPUS, "what breaks if I change rounded?", 20)
    why = {hit.id: hit.why for hit in found.results}
    assert "(2 steps away)" in why[f"{BASKET}:Basket.total"]
    scores = [hit.score for hit in found.results]
    assert scores == sorted(scores, reverse=True)


def test_impact_ends_in_a_circle_and_in_a_crowd():
    calls = "\n".join(f"def f{n}():\n    f{(n + 1) % 400}()\n" for n in range(400))
    crowd = "\n".join(f"def g{n}():\n    hub()\n" for n in range(400))
    big = corpus({"m.py": f"{calls}\ndef hub(): ...\n{crowd}\n"})
    assert len(answer(big, "what breaks if I change f0?", 100).results) <= 8
    assert len(answer(big, "what breaks if I change hub?", 100).results) == 100


def test_tests_come_last_and_first_when_they_are_asked_for():
    users = ids("who calls rounded?")
    assert users[:2] == [f"{MONEY}:total_of", "tests/test_money.py:test_rounded"]
    tests = answer(CORPUS, "which tests cover rounded?")
    assert tests.results[0].id == "tests/test_money.py:test_rounded"
    assert f"{MONEY}:total_of" not in ids("which tests cover rounded?")


def test_a_class_in_plain_words_is_found_by_what_it_is():
    found = answer(CORPUS, "which code calls the function that adds amounts up?")
    assert (found.intent, found.results[0].id) == ("callers", f"{BASKET}:Basket.total")


def test_nothing_calls_it_is_an_answer_and_no_absence():
    found = answer(CORPUS, "who calls send_parcel?")
    assert found.reason == "Nothing in this code calls send_parcel by name."
    assert [hit.id for hit in found.results] == [f"{TILL}:send_parcel"]
    assert not found.absent


@pytest.mark.parametrize(
    "question", ["who calls Basket.zebra?", "Basket.zebra", "what inherits from TeaPotFactory?"]
)
def test_a_name_that_is_not_there_is_said_to_be_absent(question):
    found = answer(CORPUS, question)
    assert found.absent
    assert found.reason.startswith("There is no ")


def test_a_short_form_that_the_texts_know_is_no_missing_name():
    """``RoPE`` is written like code, but it is an idea."""
    files = {**SHOP, "shop/tax.py": '"""VaTx is what the state takes."""\n'}
    found = answer(corpus(files), "how does VaTx work?")
    assert (found.absent, found.results[0].id) == (False, "shop/tax.py")


@pytest.mark.parametrize(
    "question",
    [
        "Who makes sure that nobody pays twice?",
        "what uses a lot of memory?",
        "where does the customer's money come from?",
        "what is in the basket of a customer?",
    ],
)
def test_questions_that_only_sound_structural_stay_open(question):
    assert answer(CORPUS, question).intent == "open"


@given(st.text(max_size=400))
@settings(max_examples=150)
def test_any_text_has_a_reading(text):
    readings = parse(text)
    assert readings[-1].intent == "open"


@pytest.mark.parametrize(
    "bad",
    [
        "what " * 80 + "calls x",
        "which " + "functions methods " * 30 + "call x in the code",
        "list all the every " * 12 + "callers of x",
        "what breaks " + "if i change " * 20,
        "where is " + "used " * 50,
        "what is in in in in in in in in in in in in " * 5,
    ],
)
def test_no_wording_takes_long(bad):
    started = time.process_time()
    parse(bad)
    assert time.process_time() - started < 1  # a pattern that backtracks needs minutes
