"""Passages and vectors joined by hash, in memory: the same store that stands on disk."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from store_builders import THREE, passage

from nanochat_learn.adapters.fake_embedder import FakeEmbedder
from nanochat_learn.adapters.passage_store import BATCH, TIDY_AFTER, MemoryStore
from nanochat_learn.errors import Stopped
from nanochat_learn.ports import Store, Synced


def filled() -> tuple[Store, FakeEmbedder]:
    store, fake = MemoryStore(), FakeEmbedder()
    store.sync("tree", THREE)
    assert store.embed(fake, tokens=True) == Synced(3, 0, 0)
    return store, fake


def test_nearest_vector_is_the_right_one():
    store, fake = filled()
    ids, matrix = store.vectors("fake")
    assert matrix.shape == (3, 64)
    assert matrix.dtype == np.float32
    assert np.allclose(np.linalg.norm(matrix, axis=1), 1, atol=1e-6)
    near = matrix @ fake.question("divides a vector").vectors[0]
    assert ids[int(near.argmax())] == "a.py:norm"


def test_only_what_changed_is_embedded_again():
    store, fake = filled()
    fake.asked.clear()
    edited = passage("a.py:norm", "multiplies a vector")
    store.sync("tree", [THREE[0], edited])
    assert store.missing("fake") == 1
    assert list(store.vectors("fake")[0]) == ["a.py:cache"]
    assert store.embed(fake, tokens=True) == Synced(1, 1, 1)
    assert fake.asked == [edited.text]
    assert store.missing("fake") == 0


def test_a_text_that_comes_back_needs_no_model():
    store, _ = filled()
    store.sync("tree", [passage("a.py:norm", "for a moment"), THREE[0], THREE[2]])
    store.sync("tree", THREE)
    assert store.missing("fake") == 0


def test_vectors_of_two_models_never_mix():
    store, _ = filled()
    other = FakeEmbedder(dimension=32, model_id="other")
    assert store.missing("other") == 3
    store.embed(other, tokens=False)
    assert store.vectors("other")[1].shape == (3, 32)
    assert store.tokens("other", ["a.py:norm"]) == {}
    for number in range(TIDY_AFTER):
        store.sync("tree", [passage("a.py:norm", f"edit {number}"), THREE[0]])
        store.embed(other, tokens=False)
    store.sync("tree", THREE)
    assert store.missing("fake") == 3, "the table of the old model is gone"


def test_token_vectors_are_near_what_they_were():
    store, fake = filled()
    exact = fake.texts([THREE[0].text], tokens=True).tokens[0]
    kept = store.tokens("fake", ["a.py:cache", "no.such"])
    assert set(kept) == {"a.py:cache"}
    cosines = (kept["a.py:cache"] * exact).sum(axis=1)
    assert cosines.min() > 0.999


def test_stopping_keeps_what_was_embedded():
    store, fake = MemoryStore(), FakeEmbedder()
    store.sync("tree", [passage(f"n{n}", f"word {n}") for n in range(3 * BATCH)])
    seen: list[tuple[int, int, str]] = []
    with pytest.raises(Stopped):
        store.embed(
            fake,
            tokens=False,
            on_progress=lambda *step: seen.append(step),
            should_stop=lambda: len(seen) == 2,
        )
    assert [step[:2] for step in seen] == [(BATCH, 3 * BATCH), (2 * BATCH, 3 * BATCH)]
    assert store.missing("fake") == BATCH
    fake.asked.clear()
    store.embed(fake, tokens=False)
    assert len(fake.asked) == BATCH


def test_no_tokens_above_the_limit(monkeypatch):
    monkeypatch.setattr("nanochat_learn.adapters.passage_store.TOKENS_UP_TO", 2)
    store, _ = filled()
    assert store.tokens("fake", ["a.py:cache"]) == {}


def test_an_empty_store_answers():
    store = MemoryStore()
    ids, matrix = store.vectors("fake")
    assert (len(ids), matrix.shape[0], store.missing("fake")) == (0, 0, 0)
    assert list(store.passages()) == []
    assert store.embed(FakeEmbedder(), tokens=True) == Synced(0, 0, 0)


def test_many_threads_at_once():
    store, fake = filled()
    wrong: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for turn in range(10):
                store.sync("tree", [passage(p.id, f"{p.text} {turn}") for p in THREE])
                assert len(store.passages()) == 3
                ids, matrix = store.vectors("fake")
                assert len(ids) == len(matrix)
                store.embed(fake, tokens=True)
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
