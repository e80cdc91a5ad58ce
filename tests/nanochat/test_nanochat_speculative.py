"""Guessing ahead changes the speed and nothing else, and these checks can fail."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest
import torch
from random_models import random_model

from nanochat import speculative
from nanochat.engine import Engine
from nanochat.sampling import all_shares, throw
from nanochat.speculative import ModelDraft, NGramDraft, Tally, accept, generate
from nanochat.tokenizer import Tokenizer

TOKENIZER = Tokenizer.train(["the cat sat on the mat and the other cat sat on the hat"], 290)
V = TOKENIZER.get_vocab_size()


def engine_of(shape: str, **sizes: object) -> Engine:
    engine = Engine(random_model(shape, vocab_size=V, **sizes), TOKENIZER)
    engine.terminals = set()
    return engine


def plain(engine: Engine, prompt: list[int], most: int | None, **sampling) -> list[int]:
    return [column[0] for column, _ in engine.generate(prompt, 1, most, **sampling)]


def certain(guess: list[int]) -> torch.Tensor:
    return torch.eye(V, dtype=torch.float64)[guess]


class Disagrees:
    """A draft that is never right: greedy text must not move."""

    def propose(self, text, most, sampling, rng):
        guess = [(text[-1] * 7 + n) % V for n in range(most)]
        return guess, certain(guess)


class Knows:
    """A draft that reads the answer: every guess is kept, but for each ``wrong``-th."""

    def __init__(self, whole: list[int], wrong: int = 0) -> None:
        self.whole, self.wrong, self.calls = whole, wrong, 0

    def propose(self, text, most, sampling, rng):
        self.calls += 1
        guess = self.whole[len(text) : len(text) + most]
        if self.wrong and self.calls % self.wrong == 0 and len(guess) > 1:
            guess[1] = (guess[1] + 1) % V
        return guess, certain(guess)


@pytest.mark.parametrize("guesses", [1, 3, 7])
@pytest.mark.parametrize("shape", ["full", "windows", "grouped_windows"])
def test_greedy_text_is_the_same_to_the_very_end(shape: str, guesses: int) -> None:
    """63 tokens after a prompt of 2: through the windows of 16, up to the last place there is."""
    engine = engine_of(shape)
    prompt = [5, 9]
    expected = plain(engine, prompt, None, temperature=0)
    assert len(expected) == 63 and len(set(expected)) > 10
    small = Engine(random_model("windows", vocab_size=V, n_layer=2, n_embd=16), TOKENIZER)
    drafts = {
        "small model": ModelDraft(small),
        "itself": ModelDraft(engine),
        "n-grams": NGramDraft(V),
        "disagrees": Disagrees(),
        "knows": Knows(prompt + expected, wrong=3),
    }
    for name, draft in drafts.items():
        tally = Tally()
        written = list(generate(engine, prompt, draft, temperature=0, guesses=guesses, tally=tally))
        assert written == expected, name
        assert tally.written == 63
        assert tally.accepted + tally.passes == 63
        if name == "itself":
            assert tally.acceptance == 1.0
        if name == "disagrees":
            assert tally.accepted == 0 and tally.passes == 63


def test_a_cache_that_forgets_to_go_back_changes_the_text(monkeypatch) -> None:
    engine = engine_of("windows")
    expected = plain(engine, [5, 9], None, temperature=0)

    class NoSpare(speculative.KVCache):
        """Takes back what the ring has already written over."""

        def __init__(self, *args, spare=0):
            super().__init__(*args)

        def can_rewind(self, pos):
            return True

    assert list(generate(engine, [5, 9], Disagrees(), temperature=0)) == expected
    monkeypatch.setattr(speculative, "KVCache", NoSpare)
    assert list(generate(engine, [5, 9], Disagrees(), temperature=0)) != expected


def test_good_guesses_save_passes() -> None:
    engine = engine_of("full")
    whole = [5, *plain(engine, [5], 60, temperature=0)]
    tally = Tally()
    list(generate(engine, [5], Knows(whole), 60, temperature=0, guesses=5, tally=tally))
    assert tally.passes == 10
    assert tally.tokens_per_pass == 6.0
    assert (tally.acceptance, tally.guessed, tally.accepted) == (1.0, 50, 50)


def test_ngrams_copy_what_followed_before() -> None:
    def guess(text: list[int], most: int = 3) -> list[int]:
        return NGramDraft(10).propose(text, most, (1.0, None, None), torch.Generator())[0]

    assert guess([1, 2, 3, 4, 5, 1, 2]) == [3, 4, 5]
    assert guess([1, 2, 9, 7, 1, 2, 8, 1, 2]) == [8, 1, 2]  # the latest of equals
    assert guess([1, 2, 3, 5, 2, 3, 7, 1, 2, 3]) == [5, 2, 3]  # the longest match first
    assert guess([1, 1, 1]) == [1]
    assert guess([1, 2, 3]) == []
    assert guess([4]) == []
    assert guess([1, 2, 1], most=0) == []


# --- chance ----------------------------------------------------------------------------------


class Table(torch.nn.Module):
    """A model of three tokens that only looks at the last one, so that all shares are known."""

    def __init__(self, shares: list[list[float]]) -> None:
        super().__init__()
        self.scores = torch.tensor(shares, dtype=torch.float64).log().float()
        self.wte = torch.nn.Embedding(3, 2)
        self.config = random_model(sequence_len=8).config

    def forward(self, idx, kv_cache=None, last_only=False):
        kv_cache.advance(idx.size(1))
        return self.scores[idx[:, -1:] if last_only else idx]


class Three:
    def get_vocab_size(self) -> int:
        return 3

    def get_bos_token_id(self) -> int:
        return -1

    def encode_special(self, name: str) -> int:
        return -1


LARGE = [[0.6, 0.3, 0.1], [0.1, 0.1, 0.8], [0.3, 0.4, 0.3]]
SMALL = [[0.2, 0.5, 0.3], [0.4, 0.3, 0.3], [0.05, 0.05, 0.9]]


class SmallTable:
    """Draws its guesses from ``SMALL``, and says so."""

    def propose(self, text, most, sampling, rng):
        guess, shares = [], torch.zeros(0, 3, dtype=torch.float64)
        last = text[-1]
        for _ in range(most):
            row = all_shares(torch.tensor([SMALL[last]]).log(), *sampling)
            last = int(throw(row, rng))
            guess.append(last)
            shares = torch.cat([shares, row])
        return guess, shares


TEXTS = 1500
CRITICAL = 54.05  # chi-square, 26 degrees of freedom, one time in a thousand


def chi_square(draft, **settings) -> float:
    """How far the texts of three tokens after token 0 are from what the large model alone does."""
    engine = Engine(Table(LARGE), Three())
    rows = [all_shares(torch.tensor([row]).log(), 1.0, **settings)[0].tolist() for row in LARGE]
    counts = Counter(
        tuple(generate(engine, [0], draft, 3, seed=seed, guesses=2, **settings))
        for seed in range(TEXTS)
    )
    distance = 0.0
    for text in product(range(3), repeat=3):
        expected = TEXTS
        for before, token in zip((0, *text), text, strict=False):
            expected *= rows[before][token]
        if expected == 0:
            assert counts[text] == 0
        else:
            distance += (counts[text] - expected) ** 2 / expected
    return distance


@pytest.mark.parametrize("draft", [SmallTable(), NGramDraft(3)], ids=["model", "n-grams"])
def test_texts_come_up_as_often_as_without_guesses(draft) -> None:
    assert chi_square(draft) < CRITICAL


def test_the_same_with_top_p() -> None:
    assert chi_square(SmallTable(), top_p=0.85) < CRITICAL


def keeps_everything(guess, drafted, wanted, rng):
    return len(guess), int(throw(wanted[-1:], rng))


def draws_anew_from_p(guess, drafted, wanted, rng):
    kept, own = accept(guess, drafted, wanted, rng)
    return kept, own if kept == len(guess) else int(throw(wanted[kept : kept + 1], rng))


def ignores_q(guess, drafted, wanted, rng):
    return accept(guess, drafted.clamp(min=0.5), wanted, rng)


def swaps_p_and_q(guess, drafted, wanted, rng):
    return accept(guess, wanted[:-1], torch.cat([drafted, wanted[-1:]]), rng)


@pytest.mark.parametrize("broken", [keeps_everything, draws_anew_from_p, ignores_q, swaps_p_and_q])
def test_a_broken_rule_fails_the_check(monkeypatch, broken) -> None:
    monkeypatch.setattr(speculative, "accept", broken)
    assert chi_square(SmallTable()) > CRITICAL


def test_the_ends_are_those_of_the_engine() -> None:
    engine = engine_of("full")
    expected = plain(engine, [5], 40, temperature=0)
    engine.terminals = {expected[12]}
    first = expected.index(expected[12])
    written = list(generate(engine, [5], Knows([5, *expected]), 40, temperature=0))
    assert written == expected[: first + 1] == plain(engine, [5], 40, temperature=0)
    assert list(generate(engine, [5], NGramDraft(V), 0)) == []
    assert len(list(generate(engine, [5] * 64, NGramDraft(V)))) == 1


def test_odd_requests_are_refused_at_once() -> None:
    engine = engine_of("full")
    for settings, sentence in [
        ({"guesses": 0}, "guesses is 0"),
        ({"temperature": -1}, "temperature is -1"),
        ({"max_tokens": 65}, "max_tokens is 65"),
        ({"tokens": []}, "prompt is empty"),
    ]:
        with pytest.raises(ValueError, match=sentence):
            generate(engine, **{"tokens": [5], "draft": NGramDraft(V), **settings})


def test_a_draft_with_a_shorter_memory_falls_silent() -> None:
    engine = engine_of("full")
    small = Engine(random_model("full", vocab_size=V, sequence_len=20, n_embd=16), TOKENIZER)
    expected = plain(engine, [5], 60, temperature=0)
    tally = Tally()
    written = list(generate(engine, [5], ModelDraft(small), 60, temperature=0, tally=tally))
    assert written == expected
    assert tally.guessed < 100


def test_one_draft_serves_many_texts() -> None:
    engine = engine_of("windows")
    draft = ModelDraft(engine)
    for prompt in ([5], [5, 6, 7], [5] * 40, [5, 6], [9]):
        tally = Tally()
        written = list(generate(engine, prompt, draft, 20, temperature=0, tally=tally))
        assert written == plain(engine, prompt, 20, temperature=0)
        assert tally.acceptance == 1.0
