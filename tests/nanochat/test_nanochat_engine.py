"""Choosing tokens and writing rows: chance, seeds, ends and refusals."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from nanochat.common import row_generator
from nanochat.engine import Engine
from nanochat.gpt import GPT
from nanochat.sampling import sample_next_token
from nanochat.tokenizer import Tokenizer

TOKENIZER = Tokenizer.train(["the cat sat on the mat and the other cat sat on the hat"], 290)
V = TOKENIZER.get_vocab_size()
BOS = TOKENIZER.get_bos_token_id()
END = TOKENIZER.encode_special("<|assistant_end|>")


@pytest.fixture
def engine(make) -> Engine:
    return Engine(make("grouped", vocab_size=V), TOKENIZER)


def rng(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


# --- one token ----------------------------------------------------------------------------


def test_shares_are_hit_as_often_as_they_are_long() -> None:
    shares = torch.tensor([0.5, 0.0, 0.3, 0.15, 0.05])
    draws = sample_next_token(shares.log().expand(20_000, 5), rng())[:, 0]
    counts = torch.bincount(draws, minlength=5) / 20_000
    assert counts[1] == 0
    assert (counts - shares).abs().max() < 0.015  # four standard errors


@pytest.mark.parametrize(("temperature", "expected"), [(0.5, 0.9), (1.0, 0.75), (2.0, 0.634)])
def test_temperature_sharpens_and_flattens(temperature: float, expected: float) -> None:
    logits = torch.tensor([math.log(3), 0.0]).expand(20_000, 2)
    share = (sample_next_token(logits, rng(), temperature) == 0).double().mean().item()
    assert share == pytest.approx(expected, abs=0.015)


@given(st.lists(st.floats(-50, 50, width=32), min_size=1, max_size=8), st.integers(1, 10))
def test_top_k_never_leaves_the_k_best(logits: list[float], k: int) -> None:
    scores = torch.tensor([logits])
    allowed = scores[0].sort(descending=True).values[min(k, len(logits)) - 1]
    token = sample_next_token(scores, rng(), 1.0, k)
    assert token.shape == (1, 1)
    assert scores[0, token] >= allowed


@given(
    st.lists(st.integers(-100, 100).map(float), min_size=2, max_size=8, unique=True),
    st.sampled_from([0, 1e-300, 1e-30, 0.01]),
)
def test_a_temperature_near_zero_takes_the_best(logits: list[float], temperature: float) -> None:
    token = sample_next_token(torch.tensor([logits]), rng(), temperature)
    assert logits[token] == max(logits)


@pytest.mark.parametrize(("dart", "token"), [(0.0, 1), (0.4999, 1), (0.5, 3), (1 - 2**-53, 3)])
def test_a_dart_on_an_edge_never_hits_an_empty_share(monkeypatch, dart: float, token: int) -> None:
    logits = torch.tensor([[-math.inf, 0.0, -math.inf, 0.0, -math.inf]])
    thrown = torch.tensor([dart], dtype=torch.float64)
    monkeypatch.setattr(torch, "rand", lambda *_, **__: thrown)
    assert sample_next_token(logits, rng()).tolist() == [[token]]


def test_top_k_none_zero_and_more_than_all_mean_all() -> None:
    logits = torch.randn(50, 7, generator=rng(3))
    every = [sample_next_token(logits, rng(1), 1.0, k) for k in (None, 0)]
    assert torch.equal(*every)
    assert len(sample_next_token(logits, rng(1), 5.0, 99).unique()) == 7


@pytest.mark.parametrize("temperature", [-0.1, math.nan, math.inf])
def test_odd_temperatures_are_refused(engine: Engine, temperature: float) -> None:
    with pytest.raises(ValueError, match=r"temperature is .*; it must be 0"):
        sample_next_token(torch.zeros(1, 3), rng(), temperature)
    with pytest.raises(ValueError, match="temperature is"):
        engine.generate([1], temperature=temperature)


def test_a_negative_top_k_is_refused() -> None:
    with pytest.raises(ValueError, match="top_k is -1"):
        sample_next_token(torch.zeros(1, 3), rng(), 1.0, -1)


def test_row_generators_differ_and_repeat() -> None:
    def draw(seed: int, row: int) -> float:
        return torch.rand((), generator=row_generator(seed, row)).item()

    draws = [draw(seed, row) for seed in range(20) for row in range(20)]
    assert len(set(draws)) == 400
    assert draw(3, 4) == draws[3 * 20 + 4]


# --- a whole text -------------------------------------------------------------------------


def test_the_same_seed_says_the_same(engine: Engine) -> None:
    one, same, other = (engine.generate_batch([1, 2], 1, 30, seed=s)[0] for s in (1, 1, 2))
    assert one == same
    assert one != other


def test_a_row_does_not_depend_on_how_many_there_are(engine: Engine) -> None:
    many, _ = engine.generate_batch([1, 2], 6, 30)
    few, _ = engine.generate_batch([1, 2], 2, 30)
    assert many[:2] == few
    assert len({tuple(row) for row in many}) == 6


def test_generating_leaves_the_callers_chance_and_modes_alone(engine: Engine) -> None:
    before = torch.get_rng_state()
    for _ in engine.generate([1], 2, 3):
        assert not torch.is_inference_mode_enabled()
        torch.ones(1, requires_grad=True).sum().backward()
    assert torch.equal(before, torch.get_rng_state())


def test_columns_and_masks(engine: Engine) -> None:
    engine.terminals = set()
    columns = list(engine.generate([1, 2, 3], num_samples=4, max_tokens=5))
    assert len(columns) == 5
    for column, mask in columns:
        assert len(column) == len(mask) == 4
        assert all(0 <= token < V for token in column)
        assert mask == [1, 1, 1, 1]
    texts, masks = engine.generate_batch([1, 2, 3], num_samples=4, max_tokens=5)
    assert texts == [[1, 2, 3, *(column[r] for column, _ in columns)] for r in range(4)]
    assert masks == [[0, 0, 0, 1, 1, 1, 1, 1]] * 4


class Scripted(GPT):
    """Says what it is told: row by row, one token a step; counts the rows it is asked for."""

    def follow(self, script: list[list[int]]) -> Scripted:
        self.script, self.step, self.asked = script, 0, []
        self.alive = list(range(len(script)))
        return self

    def forward(self, idx, targets=None, kv_cache=None, loss_reduction="mean", last_only=False):
        kv_cache.advance(idx.size(1))
        self.asked.append(tuple(idx.shape))
        if self.step:  # rows that ended are not asked for again
            self.alive = [r for r in self.alive if self.script[r][self.step - 1] not in (BOS, END)]
            assert idx[:, 0].tolist() == [self.script[r][self.step - 1] for r in self.alive]
        wanted = [self.script[r][self.step] for r in self.alive]
        self.step += 1
        logits = torch.full((len(wanted), 1, self.config.vocab_size), -50.0)
        for row, token in enumerate(wanted):
            logits[row, 0, token] = 50.0
        return logits[: len(idx)]


def test_rows_that_ended_stop_and_cost_nothing(make) -> None:
    model = make(vocab_size=V)
    model.__class__ = Scripted
    # all rows share the first scores, so all begin alike
    script = [[7, 8, END], [7, BOS], [7, 9, 10, 11, END]]
    model.follow(script)
    columns = list(Engine(model, TOKENIZER).generate([1, 2], 3, max_tokens=20))
    assert [column for column, _ in columns] == [
        [7, 7, 7],
        [8, BOS, 9],
        [END, None, 10],
        [None, None, 11],
        [None, None, END],
    ]
    assert [mask for _, mask in columns][2:4] == [[1, 0, 1], [0, 0, 1]]
    assert model.asked == [(1, 2), (3, 1), (2, 1), (1, 1), (1, 1)]  # and none after the end


def test_a_batch_leaves_the_ends_out(make) -> None:
    model = make(vocab_size=V)
    model.__class__ = Scripted
    model.follow([[7, 8, END], [7, BOS]])
    texts, masks = Engine(model, TOKENIZER).generate_batch([1, 2], 2, 9)
    assert texts == [[1, 2, 7, 8], [1, 2, 7]]
    assert masks == [[0, 0, 1, 1], [0, 0, 1]]


def test_no_step_is_made_after_the_last_token(make) -> None:
    model = make(vocab_size=V)
    model.__class__ = Scripted
    model.follow([[7, 8, 9]])
    assert Engine(model, TOKENIZER).generate_batch([1], 1, 3)[0] == [[1, 7, 8, 9]]
    assert len(model.asked) == 3


def test_a_padded_vocabulary_is_never_sampled(make) -> None:
    writer = Engine(make(vocab_size=V + 200), TOKENIZER)
    texts, _ = writer.generate_batch([1], 4, 60, temperature=10.0)
    assert max(map(max, texts)) < V


def test_prompts_that_cannot_be_continued_are_refused_at_once(engine: Engine) -> None:
    for tokens, sentence in [
        ([], "The prompt is empty. Begin with the token"),
        ([1] * 65, "The prompt has 65 tokens, but this model reads at most 64. Keep the last 64"),
        ([1, V], f"The prompt holds {V}, but ids go from 0 to {V - 1}"),
        ([-1], "The prompt holds -1"),
    ]:
        with pytest.raises(ValueError, match=sentence):
            engine.generate(tokens)
        with pytest.raises(ValueError, match=sentence):
            engine.generate_batch(tokens)


def test_lengths_at_the_boundary(engine: Engine) -> None:
    engine.terminals = set()
    assert len(list(engine.generate([1] * 64))) == 1  # full: one more can be written
    assert len(list(engine.generate([1] * 60, max_tokens=5))) == 5
    assert list(engine.generate([1], max_tokens=0)) == []
    with pytest.raises(ValueError, match=r"max_tokens is 6, but after 60 tokens .* write 0 to 5"):
        engine.generate([1] * 60, max_tokens=6)
    with pytest.raises(ValueError, match="max_tokens is -1"):
        engine.generate([1], max_tokens=-1)
    with pytest.raises(ValueError, match="num_samples is 0"):
        engine.generate([1], num_samples=0)


def test_a_model_too_small_for_its_tokenizer_is_refused(make) -> None:
    with pytest.raises(ValueError, match=f"has {V} tokens, but the model only knows 280"):
        Engine(make(vocab_size=280), TOKENIZER)
