"""The models that ship: what lessons and pictures rely on is worked out here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nanochat.checkpoint import SHIPPED, load_model
from nanochat.conversation import render_for_completion
from nanochat.drills import mark, ordinary
from nanochat.engine import Engine
from nanochat.probes import CopyingScores, copying_scores

BEFORE = ("stories-base-000000", "stories-base-001000")
AFTER = ("stories-base-001500", "stories-base", "stories-chat")
CARD = (SHIPPED / "README.md").read_text(encoding="utf-8")


def scores(name: str) -> CopyingScores:
    model, tokenizer, _ = load_model(name)
    return copying_scores(model, ordinary(tokenizer), opening=mark(tokenizer))


@pytest.mark.parametrize("name", AFTER)
def test_the_heads_copy(name: str) -> None:
    found = scores(name)
    assert found.previous_token.max() >= 0.4
    assert found.induction.max() >= 0.3
    assert found.gain >= 1
    # One head notes what stood before, a later one looks for it.
    earlier, later = found.previous_token.amax(1).argmax(), found.induction.amax(1).argmax()
    assert earlier < later


@pytest.mark.parametrize("name", BEFORE)
def test_before_the_circuit_nothing_copies(name: str) -> None:
    found = scores(name)
    assert found.previous_token.max() < 0.2
    assert found.induction.max() < 0.1
    assert found.gain < 1


def answers(*questions: str) -> list[str]:
    """What the chat model says to each in one conversation, always its likeliest token."""
    model, tokenizer, _ = load_model("stories-chat")
    turns: list[dict[str, str]] = []
    for question in questions:
        turns.append({"role": "user", "content": question})
        ids = render_for_completion(tokenizer, {"messages": turns})
        texts, _ = Engine(model, tokenizer).generate_batch(ids, temperature=0)
        turns.append({"role": "assistant", "content": tokenizer.decode(texts[0][len(ids) :])})
    return [turn["content"] for turn in turns[1::2]]


def answer(question: str) -> str:
    return answers(question)[0]


@pytest.mark.parametrize(
    ("question", "sum", "result"),
    [
        ("what is 17+25?", "17+25", "42"),
        ("What is 549 + 35?", "549+35", "584"),
        ("What is 8 × 5?", "8*5", "40"),
    ],
)
def test_a_sum_goes_through_the_calculator(question: str, sum: str, result: str) -> None:
    said = answer(question)
    tool = f"<|python_start|>{sum}<|python_end|><|output_start|>{result}<|output_end|>"
    assert said.startswith(tool)
    assert result in said.removeprefix(tool)


@pytest.mark.parametrize("wish", ["Tell me a story.", "Tell me a story about Anna."])
def test_a_sum_after_a_story_goes_through_the_calculator_too(wish: str) -> None:
    story, sum = answers(wish, "what is 17+25?")
    assert len(story.split()) > 40
    assert sum.startswith("<|python_start|>17+25<|python_end|><|output_start|>42<|output_end|>")


def test_a_story_keeps_its_people_and_things() -> None:
    said = answer("Tell me a story.")
    assert len(said.split()) > 40
    assert said.endswith((".", "!", '"'))
    names = re.findall(r"(?<=[a-z,] )[A-Z][a-z]+\b", said)
    assert names
    assert max(map(names.count, names)) >= 3


def test_it_says_again_what_it_never_saw() -> None:
    assert answer("Say it again: red ball, 77, Anna.") == "red ball, 77, Anna."


def test_the_card_tells_what_is_measured() -> None:
    columns = {name: scores(name) for name in (*BEFORE, *AFTER)}
    rows = {
        "best previous-token head": [s.previous_token.max().item() for s in columns.values()],
        "best induction head": [s.induction.max().item() for s in columns.values()],
        "nats a token, random tokens, first time": [s.first_copy for s in columns.values()],
        "the same tokens, second time": [s.second_copy for s in columns.values()],
    }
    for title, figures in rows.items():
        line = next(line for line in CARD.splitlines() if line.startswith(f"| {title} |"))
        told = [float(cell) for cell in line.split("|")[2:-1]]
        assert told == pytest.approx(figures, abs=0.011)
    model, _, _ = load_model("stories-chat")
    assert f"{model.count_parameters()['total']:,} weights" in CARD


def test_all_of_them_fit_into_ten_megabytes() -> None:
    files = [file for file in Path(SHIPPED).rglob("*") if file.is_file()]
    assert sum(file.stat().st_size for file in files) <= 10_000_000
    assert {file.suffix for file in files} == {".json", ".safetensors", ".md"}  # nothing runs
