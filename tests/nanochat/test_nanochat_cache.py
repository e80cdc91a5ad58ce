"""With and without the cache the model says the same, and this check is able to fail."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from random_models import SHAPES, VOCAB, random_model, randomise

from nanochat import engine
from nanochat.cache import KVCache
from nanochat.common import row_generator
from nanochat.engine import Engine
from nanochat.gpt import GPT, GPTConfig
from nanochat.sampling import sample_next_token
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
def worst_logit(
    model: GPT, chunks: list[int], cache_class: Callable[..., KVCache], rows: int = 2
) -> float:
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
    before = [k.clone() for k in cache.k]
    with pytest.raises(ValueError, match=r"room for 5 positions and 5 are filled, so 1 more do"):
        model(idx[:, 5:6], kv_cache=cache)
    assert all(map(torch.equal, cache.k, before))
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
    for k in cache.k:
        k[1] = 1.0
    cache.advance(2)
    taken = cache.take_rows([1, 1, 0])
    assert (taken.rows, taken.capacity, taken.pos) == (3, 4, 2)
    for k in taken.k:
        assert k[:2].min() == 1.0
        assert k[2].max() == 0.0
    taken.advance(1)
    for k in taken.k:
        k.zero_()
    assert all(k[1].min() == 1.0 for k in cache.k)
    assert cache.pos == 2


# --- windows, growth, and going back ---------------------------------------------------------


def test_a_layer_with_a_window_keeps_only_its_window(make) -> None:
    config = make("grouped_windows").config  # 64 positions, windows of 16
    cache = KVCache(config, rows=2, capacity=50)
    assert [k.size(2) for k in cache.k] == [16, 16, 16, 50, 50]
    assert [v.size(2) for v in KVCache(config, 1, 50, spare=3).v] == [19, 19, 19, 50, 50]
    assert [k.size(2) for k in KVCache(config, 1, 10).k] == [10] * 5


class RingTooSmall(KVCache):
    """The oldest position of the window is written over too early."""

    def _rooms(self, capacity):
        return [min(capacity, room - 2 * (room == 16)) for room in super()._rooms(capacity)]


class RingBeginsAgainAtOne(KVCache):
    """After its end the ring goes on one place late."""

    def insert(self, layer, k, v):
        true = self.pos, self.capacity
        if self.pos >= self.k[layer].size(2):
            self.pos, self.capacity = self.pos + 1, self.capacity + 1
        try:
            return super().insert(layer, k, v)
        finally:
            self.pos, self.capacity = true


class RingForgetsWhatAChunkOverwrites(KVCache):
    """A chunk is written first and the window read afterwards."""

    def insert(self, layer, k, v):
        keys, values = super().insert(layer, k, v)
        before = keys.size(2) - k.size(2)
        if k.size(2) > 1 and self.pos + k.size(2) > self.k[layer].size(2):
            places = torch.arange(self.pos - before, self.pos) % self.k[layer].size(2)
            keys[:, :, :before] = self.k[layer][:, :, places]
        return keys, values


@pytest.mark.parametrize(
    "broken", [RingTooSmall, RingBeginsAgainAtOne, RingForgetsWhatAChunkOverwrites]
)
def test_a_broken_ring_fails_the_check(make, broken: type[KVCache]) -> None:
    model = make("windows")
    assert worst_logit(model, CHUNKS["mixed"], KVCache) < 1e-4
    with pytest.raises(AssertionError):
        assert worst_logit(model, CHUNKS["mixed"], broken) < 1e-4


@pytest.mark.parametrize("spare", [0, 1, 5, 100])
@pytest.mark.parametrize("chunks", CHUNKS.values(), ids=CHUNKS)
def test_spare_room_changes_nothing(make, chunks: list[int], spare: int) -> None:
    assert worst_logit(make("grouped_windows"), chunks, partial(KVCache, spare=spare)) < 1e-4


@pytest.mark.parametrize("full_at", [1, 10, 16, 30])
@pytest.mark.parametrize("shape", ["full", "grouped_windows"])
def test_a_cache_that_grew_gives_the_same_scores(make, shape: str, full_at: int) -> None:
    model = make(shape)
    idx = torch.randint(VOCAB, (2, 40), generator=torch.Generator().manual_seed(5))
    cache = KVCache(model.config, 2, full_at)
    parts = [model(idx[:, :full_at], kv_cache=cache)]
    with pytest.raises(ValueError, match=rf"call grow\({full_at + 1}\) first"):
        model(idx[:, full_at : full_at + 1], kv_cache=cache)
    cache.grow(full_at + 3)
    parts.append(model(idx[:, full_at : full_at + 3], kv_cache=cache))
    cache.grow(64)
    parts.append(model(idx[:, full_at + 3 : 38], kv_cache=cache))
    parts.append(model(idx[:, 38:39], kv_cache=cache))
    parts.append(model(idx[:, 39:], kv_cache=cache))
    assert (torch.cat(parts, dim=1) - model(idx)).abs().max() < 1e-4
    with pytest.raises(ValueError, match=r"grow\(10\) would shrink"):
        cache.grow(10)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(1, 6), st.integers(0, 4)), min_size=6, max_size=20))
def test_going_back_and_on_gives_the_same_scores(steps: list[tuple[int, int]]) -> None:
    """Read a few tokens, take some of them back, read others in their place, and so on."""
    model = random_model("windows", n_layer=2, n_embd=16, sequence_len=32)  # windows of 8
    cache = KVCache(model.config, 1, 32, spare=4)
    draw = torch.Generator().manual_seed(len(steps))
    text: list[int] = []
    with torch.inference_mode():
        for read, back in steps:
            new = torch.randint(VOCAB, (read,), generator=draw).tolist()
            if len(text) + read > 32:
                break
            text += new
            scores = model(torch.tensor([new]), kv_cache=cache)
            whole = model(torch.tensor([text]))[:, -read:]
            assert (scores - whole).abs().max() < 1e-4
            back = min(back, read)
            text = text[: len(text) - back]
            cache.rewind(len(text))


def test_going_back_too_far_is_refused(make) -> None:
    model = make("windows")  # windows of 16
    cache = KVCache(model.config, 1, 64, spare=3)
    model(torch.zeros(1, 30, dtype=torch.long), kv_cache=cache)
    with pytest.raises(ValueError, match="holds 30 positions, so it cannot go back to 31"):
        cache.rewind(31)
    with pytest.raises(ValueError, match="can take back 3 positions"):
        cache.rewind(25)
    cache.rewind(27)
    assert cache.pos == 27
    with pytest.raises(ValueError, match="can take back 3 positions"):
        cache.rewind(25)  # what was written over does not come back by going slowly
    full = KVCache(make("full").config, 1, 64)
    full.advance(30)
    full.rewind(0)  # layers without windows keep everything


# --- the order in which positions lie ---------------------------------------------------------

RINGS = {"window_pattern": "SSL"}  # windows of 8


@settings(max_examples=60)
@given(
    st.lists(st.integers(1, 7), min_size=1, max_size=20),
    st.sampled_from([0, 1, 3]),
    st.integers(0, 3),
)
def test_positions_tell_what_lies_where(chunks: list[int], spare: int, layer: int) -> None:
    """Each key here is the number of its position, so what comes back can be read off."""
    config = GPTConfig(sequence_len=32, n_layer=4, n_head=1, n_kv_head=1, n_embd=2, **RINGS)
    cache = KVCache(config, 1, sum(chunks), spare=spare)
    for T in chunks:
        new = torch.arange(cache.pos, cache.pos + T).float().view(1, 1, T, 1).expand(1, 1, T, 2)
        keys, values = cache.insert(layer, new, -new)
        told = cache.positions(layer, T)
        assert told.tolist() == keys[0, 0, :, 0].tolist() == (-values[0, 0, :, 1]).tolist()
        cache.advance(T)
        assert torch.equal(cache.positions(layer, T, cache.pos - T), told)


def test_taps_see_keys_in_the_order_that_positions_tell() -> None:
    model = random_model("windows")  # layers 0 and 2 see 16 positions
    whole: dict[str, torch.Tensor] = {}
    idx = torch.randint(VOCAB, (1, 40), generator=torch.Generator().manual_seed(5))
    model.tap = lambda name, x: whole.update({name: x})
    with torch.no_grad():
        model(idx)
    cache, out_of_order = KVCache(model.config, 1, 40), 0

    def compare(name: str, seen: torch.Tensor) -> None:
        nonlocal out_of_order
        if not name.endswith(("attn.k", "attn.v")):
            return
        order = cache.positions(int(name.split(".")[1]), 1)
        out_of_order += order.tolist() != sorted(order.tolist())
        assert (seen - whole[name][:, :, order]).abs().max() < 1e-4

    model.tap = compare
    with torch.no_grad():
        for token in idx[0]:
            model(token.view(1, 1), kv_cache=cache)
    # Position 16 begins the ring again; only where a round of 16 is complete all lies in order.
    assert out_of_order == 2 * 2 * (24 - 1)
