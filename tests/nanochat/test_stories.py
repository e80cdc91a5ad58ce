"""Stories, drills and chats: what every one of them must keep, on thousands of draws."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from random import Random

import pytest

from nanochat import story_words as words
from nanochat.stories import AGAIN, conversation, conversations, document, documents, drill, story
from nanochat.story_plots import PLOTS
from nanochat.story_sums import draw_sum
from nanochat.story_tales import tell, with_article

SEEDS = range(3000)


def test_a_story_says_its_names_and_its_thing_at_least_twice() -> None:
    for seed in SEEDS:
        tale = tell(Random(seed))
        for role in ("hero", "friend"):
            assert len(re.findall(rf"\b{tale.cast[role]}\b", tale.text)) >= 2, (role, tale)
        repeated = [r for r in ("thing", "animal") if tale.text.count(tale.cast[r]) >= 2]
        assert repeated, tale


def test_every_plot_and_every_name_occur() -> None:
    texts = [story(Random(seed)) for seed in SEEDS]
    assert len(set(texts)) == len(texts)
    used = Counter(word for text in texts for word in re.findall(r"\w+", text))
    assert all(used[name] > 3 for name in words.GIRLS + words.BOYS)
    for plot in PLOTS:
        for step in plot.steps:
            for way in step:
                fixed = max(re.split(r"\{\w+\}", way), key=len)
                assert any(fixed in text for text in texts), way


def test_stories_are_clean_sentences() -> None:
    for seed in SEEDS:
        text = story(Random(seed))
        assert not re.search(r"[{}|]|  |->|\ba [aeiou]|\ban [^aeiou]|\.\.", text), text
        assert text.lstrip('"')[0].isupper()
        assert text[-1] in '.!"'
        for sentence in re.split(r'(?<=[.])"? ', text):
            first = sentence.lstrip('"')[0]
            assert first.isupper() or first.isdigit() or sentence.startswith('"')
        assert text.count('"') % 2 == 0
        assert 40 <= len(text.split()) <= 160


def test_he_and_she_fit_the_name() -> None:
    for seed in range(500):
        assert tell(Random(seed), hero="Ana").cast["he"] == "she"
        assert tell(Random(seed), hero="Tom").cast["child"] == "boy"


def test_counts_in_a_story_add_up() -> None:
    for seed in SEEDS:
        cast = tell(Random(seed)).cast
        assert int(cast["n"]) + int(cast["m"]) == int(cast["total"])


def test_a_story_is_about_what_was_asked_for() -> None:
    for seed in range(300):
        assert tell(Random(seed), hero="Ana").text.count("Ana") >= 2
        assert tell(Random(seed), thing="old map").text.count("old map") >= 2
        assert "an old map" in tell(Random(seed), thing="old map").text + "an old map"
        assert tell(Random(seed), animal="otter").text.count("otter") >= 2


def test_answers_name_only_what_the_story_told() -> None:
    for seed in SEEDS:
        tale = tell(Random(seed))
        for _, answer in tale.asks:
            for role in ("hero", "friend", "thing", "other", "animal", "place"):
                drawn = tale.cast[role]
                if re.search(rf"\b{drawn}\b", answer):
                    assert drawn in tale.text, (answer, tale.text)


def test_one_document_in_ten_is_a_drill_and_says_its_line_again() -> None:
    drills = [text for text in documents(4000, seed=1) if text.startswith(AGAIN)]
    assert 320 < len(drills) < 480
    for text in drills:
        lines = text.removeprefix(AGAIN).split("\n")
        assert len(lines) in (2, 3)
        assert len(set(lines)) == 1
    assert len(set(drills)) > 0.98 * len(drills)


def test_the_same_seed_gives_the_same_texts() -> None:
    assert list(documents(50, seed=7)) == list(documents(80, seed=7))[:50]
    assert list(documents(50, seed=7)) != list(documents(50, seed=8))
    assert document(Random("x")) == document(Random("x"))
    assert list(conversations(20, seed=7)) == list(islice(conversations(99, seed=7), 20))
    assert drill(Random(5)) == drill(Random(5))


def test_sums_are_right_and_the_sentence_says_the_result() -> None:
    signs = Counter()
    for seed in SEEDS:
        question, (line, output, sentence) = draw_sum(Random(seed))
        assert (line["type"], output["type"], sentence["type"]) == (
            "python", "python_output", "text")  # fmt: skip
        a, sign, b = re.fullmatch(r"(\d{1,3})([-+*])(\d{1,3})", line["text"]).groups()
        signs[sign] += 1
        right = {"+": int(a) + int(b), "-": int(a) - int(b), "*": int(a) * int(b)}[sign]
        assert output["text"] == str(right)
        assert re.search(rf"(?<!\d){re.escape(str(right))}\b", sentence["text"])
        assert {a, b} <= set(re.findall(r"\d+", question))
    assert min(signs.values()) > 300
    assert set(signs) == set("+-*")


def test_the_sum_everybody_asks_is_among_the_wordings() -> None:
    asked = {re.sub(r"\d+", "N", draw_sum(Random(seed))[0]) for seed in SEEDS}
    assert {"what is N+N?", "What is N + N?", "What is N plus N?", "What is N × N?"} <= asked


def test_chats_have_alternating_roles_and_something_to_say() -> None:
    kinds = Counter()
    for chat in conversations(2000, seed=3):
        roles = [message["role"] for message in chat["messages"]]
        assert roles == ["user", "assistant"] * (len(roles) // 2)
        assert roles
        for message in chat["messages"]:
            content = message["content"]
            kinds[type(content)] += 1
            parts = [{"type": "text", "text": content}] if isinstance(content, str) else content
            assert all(part["text"].strip() for part in parts)
            assert not any("{" in part["text"] for part in parts)
    assert kinds[list] > 300


@pytest.mark.parametrize("opening", ["Tell me a story.", "Who are you?", "Hello", AGAIN])
def test_chats_open_in_many_ways(opening: str) -> None:
    first = [chat["messages"][0]["content"] for chat in conversations(3000, seed=4)]
    assert any(text.startswith(opening) for text in first)


def test_say_it_again_is_said_again() -> None:
    seen = 0
    for seed in range(800):
        said = [message["content"] for message in conversation(Random(seed))["messages"]]
        for asked, answer in zip(said[::2], said[1::2], strict=True):
            if asked.startswith(AGAIN):
                assert answer == asked.removeprefix(AGAIN)
                seen += 1
    assert seen > 50


def test_articles() -> None:
    assert with_article("old map") == "an old map"
    assert with_article("blue kite") == "a blue kite"
