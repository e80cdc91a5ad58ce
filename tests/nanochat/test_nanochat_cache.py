"""With and without the cache the model says the same, and this check is able to fail."""

from __future__ import annotations

import pytest
import torch
from random_models import SHAPES, VOCAB, randomise

from nanochat import engine
from nanochat.common import row_generator
from nanochat.engine import Engine, KVCache, sample_next_token
from nanochat.gpt import GPT, GPTConfig
from nanochat.tokenizer import Tokenizer

PROMPT = 9
WRITTEN = 48


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.train(["the cat sat on the mat and the other cat sat on the hat"], VOCAB)


def prompt(length: int) -> list[int]:
    return torch.randint(
        VOCAB - 40, (length,), generator=torch.Generator().manual_seed(7)
    ).tolist()  # fmt: skip


@torch.no_grad()
def without_cache(model: GPT, tokens: list[int], vocab: int, written: int) -> list[int]:
    """The whole text through the model for each new token; the scores of the last place count."""
    rng = row_generator(42, 0)
    text = list(tokens)
    for _ in range(written):
        logits = model(torch.tensor([text]))[:, -1, :vocab]
        text.append(int(sample_next_token(logits, rng, 1.0, None)))
    return text[len(tokens) :]


@torch.no_grad()
def worst_logit(model: GPT, chunks: list[int], cache_class: type[KVCache], rows: int = 2) -> float:
    """Largest difference of any score when the text is read in chunks instead of at once."""
    T = sum(chunks)
    idx = torch.randint(VOCAB, (rows, T), generator=torch.Generator().manual_seed(5))
    cache = cache_class(model.config, rows, T)
    parts = [model(part, kv_cache=cache) for part in idx.split(chunks, dim=1)]
    return (torch.cat(parts, dim=1) - model(idx)).abs().max().item()


def check_generation(model: GPT, tokenizer: Tokenizer) -> None:
    tokens = prompt(PROMPT)
    writer = Engine(model, tokenizer)
    writer.terminals = set()  # random weights would end at once
    columns = [column for column, _ in writer.generate(tokens, max_tokens=WRITTEN)]
    written = [column[0] for column in columns]
    assert len(set(written)) >= 20
    assert written == without_cache(model, tokens, tokenizer.get_vocab_size(), WRITTEN)


CHUNKS = {
    "one_by_one": [1] * 40,
    "prefill_then_decode": [20] + [1] * 20,
    "chunks": [13, 20, 7],
    "mixed": [1, 17, 1, 1, 16, 3, 1],  # windows of 16 begin and end inside chunks
    "at_once": [40],
    "to_the_end": [30, 1, 32, 1],  # 64 positions: the last one the model has
}


@pytest.mark.parametrize("chunks", CHUNKS.values(), ids=CHUNKS)
@pytest.mark.parametrize("shape", SHAPES)
def test_reading_in_chunks_gives_the_same_scores(make, shape: str, chunks: list[int]) -> None:
    assert worst_logit(make(shape), chunks, KVCache) < 1e-4


@pytest.mark.parametrize("shape", SHAPES)
def test_writing_with_and_without_cache_gives_the_same_tokens(make, tokenizer, shape: str) -> None:
    check_generation(make(shape, vocab_size=tokenizer.get_vocab_size()), tokenizer)


def test_writing_to_the_very_end_and_from_one_token(make, tokenizer) -> None:
    model = make("grouped_windows", vocab_size=tokenizer.get_vocab_size())
    writer = Engine(model, tokenizer)
    writer.terminals = set()
    columns = [column[0] for column, _ in writer.generate([5], temperature=0)]
    assert len(columns) == 64  # 63 tokens fit after the prompt; the last is written, not read
    text = [5]
    with torch.no_grad():
        for _ in columns:
            text.append(int(model(torch.tensor([text]))[0, -1].argmax()))
    assert columns == text[1:]


# --- broken caches: each has one fault a person could make ---------------------------------


class ForgetsOneKey(KVCache):
    def insert(self, layer, k, v):
        keys, values = super().insert(layer, k, v)
        if layer == 0:
            keys[:, :, 3:4] = 0
        return keys, values


class MisplacesOneKey(KVCache):
    def insert(self, layer, k, v):
        keys, values = super().insert(layer, k, v)
        if layer == 1 and keys.size(2) > 6:
            keys = keys[:, :, [*range(4), 5, 4, *range(6, keys.size(2))]]
        return keys, values


class OverwritesTheLast(KVCache):
    def insert(self, layer, k, v):
        keys, values = super().insert(layer, k, v)
        if layer == 0 and self.pos:
            keys[:, :, self.pos - 1] = k[:, :, 0]
        return keys, values


class MixesUpLayers(KVCache):
    def insert(self, layer, k, v):
        return super().insert(0, k, v)


class MixesUpValues(KVCache):
    def insert(self, layer, k, v):
        keys, values = super().insert(layer, k, v)
        return keys, values.roll(1, dims=1) if self.pos else values


class CountsOneTooFew(KVCache):
    def advance(self, T):
        super().advance(T - (self.pos == 0))


BROKEN = [
    ForgetsOneKey,
    MisplacesOneKey,
    OverwritesTheLast,
    MixesUpLayers,
    MixesUpValues,
    CountsOneTooFew,
]


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_cache_fails_the_check_of_scores(make, broken: type[KVCache]) -> None:
    with pytest.raises(AssertionError):
        assert worst_logit(make("full"), CHUNKS["prefill_then_decode"], broken) < 1e-4


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_cache_fails_the_check_of_writing(
    make, tokenizer, monkeypatch, broken: type[KVCache]
) -> None:
    model = make("full", vocab_size=tokenizer.get_vocab_size())
    check_generation(model, tokenizer)
    monkeypatch.setattr(engine, "KVCache", broken)
    with pytest.raises(AssertionError):
        check_generation(model, tokenizer)


def test_with_fresh_weights_the_check_could_not_fail() -> None:
    """Why every weight is random above: the zeros of ``init_weights`` hide any fault."""
    model = GPT(GPTConfig(sequence_len=64, vocab_size=VOCAB, n_embd=32))
    model.init_weights()
    assert worst_logit(model, CHUNKS["mixed"], MixesUpLayers) == 0.0
    assert worst_logit(randomise(model), CHUNKS["mixed"], MixesUpLayers) > 0.1


# --- the cache by itself -------------------------------------------------------------------


def test_the_cache_refuses_what_does_not_fit(make) -> None:
    model = make()
    cache = KVCache(model.config, rows=1, capacity=5)
    idx = torch.arange(8)[None]
    model(idx[:, :3], kv_cache=cache)
    model(idx[:, 3:5], kv_cache=cache)  # exactly full
    before = cache.k.clone()
    with pytest.raises(ValueError, match=r"room for 5 positions and 5 are filled, so 1 more do"):
        model(idx[:, 5:6], kv_cache=cache)
    assert torch.equal(cache.k, before)
    assert cache.pos == 5
    other = KVCache(model.config, rows=1, capacity=5)
    with pytest.raises(ValueError, match=r"0 are filled, so 6 more .* capacity=6 or larger"):
        model(idx[:, :6], kv_cache=other)


def test_the_cache_refuses_other_rows_and_a_text_beyond_the_model(make) -> None:
    model = make()
    cache = KVCache(model.config, rows=2, capacity=100)
    with pytest.raises(ValueError, match="keeps 2 rows, but 3 came in"):
        model(torch.zeros(3, 4, dtype=torch.long), kv_cache=cache)
    model(torch.zeros(2, 60, dtype=torch.long), kv_cache=cache)
    with pytest.raises(ValueError, match="The text has 65 tokens, but this model reads at most 64"):
        model(torch.zeros(2, 5, dtype=torch.long), kv_cache=cache)


def test_taking_rows_copies(make) -> None:
    cache = KVCache(make().config, rows=3, capacity=4)
    cache.k[:, 1], cache.pos = 1.0, 2
    taken = cache.take_rows([1, 1, 0])
    assert (taken.rows, taken.capacity, taken.pos) == (3, 4, 2)
    assert taken.k[:, :2].min() == 1.0
    assert taken.k[:, 2].max() == 0.0
    taken.advance(1)
    taken.k.zero_()
    assert cache.k[:, 1].min() == 1.0
    assert cache.pos == 2
