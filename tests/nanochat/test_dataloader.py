"""Batches: packed rows checked against the documents, exact resume, fresh memory."""

from __future__ import annotations

import json
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from nanochat.dataloader import Packer, batches, shift
from nanochat.dataset import Place, write_parquet
from nanochat.stories import documents
from nanochat.tokenizer import Tokenizer

TEXTS = list(documents(300, seed=0))
TOKENIZER = Tokenizer.train(TEXTS, 400)
BOS = TOKENIZER.get_bos_token_id()
HERE = Place(0, 0, 0)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("data") / "stories"
    write_parquet(TEXTS, made, rows_per_group=10)
    return made


def take(folder: Path, how_many: int, split: str = "train", **options: object) -> list:
    sizes = {"B": 3, "T": 128, "waiting": 40, **options}
    return list(islice(batches(TOKENIZER, folder, split, **sizes), how_many))


def parts(row: list[int]) -> list[str]:
    """The documents in a row, the bos marks taken away."""
    text = TOKENIZER.decode(row)
    assert text.startswith("<|bos|>")
    return text.split("<|bos|>")[1:]


@given(st.lists(st.integers(1, 12), min_size=30, max_size=60), st.integers(1, 10))
def test_packing_takes_the_oldest_and_then_the_longest_that_fits(
    lengths: list[int], slots: int
) -> None:
    packer = Packer(slots)
    for order, n in enumerate(lengths):
        packer.add(HERE, [order] * n)
    waiting = {order: min(n, slots) for order, n in enumerate(lengths)}
    assert packer.counts["tokens_lost"] == sum(lengths) - sum(waiting.values())
    assert packer.counts["cropped"] == sum(n > slots for n in lengths)
    repeated = 0
    while packer.tokens_waiting >= slots:
        row = packer.row()
        assert len(row) == slots
        space = slots
        assert row[0] == min(waiting)
        for order in dict.fromkeys(row):  # looking through all that waits each time
            fitting = [n for n, size in waiting.items() if size <= space]
            if space == slots or fitting:
                assert space == slots or order == min(fitting, key=lambda n: (-waiting[n], n))
                space -= waiting.pop(order)
            else:
                assert order in waiting  # a beginning, and it goes on waiting
                repeated += space
                space = 0
        assert space == 0
    assert packer.counts["tokens_repeated"] == repeated
    assert packer.tokens_waiting == sum(waiting.values())
    assert packer.counts["documents"] == len(lengths) - len(waiting)


def test_rows_are_full_and_made_of_documents_or_their_beginnings(folder: Path) -> None:
    train = [text for n, text in enumerate(TEXTS) if n % 50]
    whole = 0
    for inputs, targets, _ in take(folder, 20, T=400):
        assert inputs.shape == targets.shape == (3, 400)
        assert inputs.dtype == targets.dtype == torch.int64
        assert inputs.is_contiguous()
        assert targets.is_contiguous()
        assert torch.equal(inputs[:, 1:], targets[:, :-1])
        assert (inputs[:, 0] == BOS).all()
        for row, last in zip(inputs.tolist(), targets[:, -1].tolist(), strict=True):
            for text in parts([*row, last]):
                whole += text in train
                assert any(known.startswith(text) for known in train)
    assert whole > 20


@pytest.mark.parametrize("T", [300, 2000])
def test_each_epoch_shows_every_document_whole(folder: Path, T: int) -> None:
    train = {text for n, text in enumerate(TEXTS) if n % 50}
    seen = Counter()
    for inputs, targets, state in batches(TOKENIZER, folder, "train", 4, T, waiting=20):
        for row, last in zip(inputs.tolist(), targets[:, -1].tolist(), strict=True):
            seen.update(text for text in parts([*row, last]) if text in train)
        if state["documents"] >= 4 * 294:
            break
    assert state["cropped"] == state["tokens_lost"] == 0
    assert set(seen) == train
    assert {3, 4} <= set(seen.values()) <= {3, 4, 5}  # some of the fourth are still waiting
    assert sum(seen.values()) == pytest.approx(state["documents"], abs=3)


def test_what_is_lost_and_what_is_repeated_is_counted(folder: Path) -> None:
    state = take(folder, 10, T=20)[-1][2]
    assert state["cropped"] > 10  # stories are longer than 21 tokens
    assert state["tokens_lost"] > 1000
    state = take(folder, 10, T=400)[-1][2]
    assert state["cropped"] == 0
    assert 0 < state["tokens_repeated"] < 0.5 * 10 * 3 * 401


@settings(max_examples=25)
@given(
    cut=st.integers(1, 30),
    T=st.sampled_from([8, 64, 300]),
    waiting=st.sampled_from([1, 30, 200]),
    rank=st.integers(0, 1),
    seed=st.sampled_from([None, 4]),
)
def test_resume_gives_the_same_batches(folder: Path, cut, T, waiting, rank, seed) -> None:
    same = {"T": T, "waiting": waiting, "rank": rank, "world": 2, "seed": seed}
    whole = take(folder, cut + 6, **same)
    state = json.loads(json.dumps(whole[cut - 1][2]))
    again = take(folder, 6, state=state, **same)
    for (x, y, after), (x2, y2, after2) in zip(whole[cut:], again, strict=True):
        assert torch.equal(x, x2)
        assert torch.equal(y, y2)
        assert after == after2


def test_a_state_is_small_and_keeps_while_batches_go_on(folder: Path) -> None:
    stream = batches(TOKENIZER, folder, "train", 3, 128, waiting=40)
    _, _, first = next(stream)
    before = json.dumps(first)
    for _ in range(30):
        _, _, state = next(stream)
    assert json.dumps(first) == before
    assert len(json.dumps(state)) < 3000


def test_batches_do_not_share_memory(folder: Path) -> None:
    stream = batches(TOKENIZER, folder, "train", 2, 32)
    x, y, _ = next(stream)
    kept = x.clone(), y.clone()
    x2, _, _ = next(stream)
    assert x2.data_ptr() != x.data_ptr()
    x2.zero_()
    y[:] = 0
    assert torch.equal(x, kept[0])  # inputs and targets are apart, too


def test_ranks_read_different_documents(folder: Path) -> None:
    rows = [take(folder, 3, rank=rank, world=2)[0][0] for rank in range(2)]
    assert not torch.equal(*rows)


def test_states_and_sizes_that_do_not_fit_are_refused_at_once(folder: Path) -> None:
    state = take(folder, 1)[0][2]
    with pytest.raises(ValueError, match="saved with T 128, not 64"):
        batches(TOKENIZER, folder, "train", 3, 64, waiting=40, state=state)
    other = Tokenizer.train(TEXTS, 300)
    with pytest.raises(ValueError, match="saved with vocab_size 400, not 300"):
        batches(other, folder, "train", 3, 128, waiting=40, state=state)
    with pytest.raises(ValueError, match="B must be 1 or more, not 0"):
        batches(TOKENIZER, folder, "train", 0, 64)
    with pytest.raises(ValueError, match="There is no folder"):
        batches(TOKENIZER, folder / "gone", "train", 1, 64)


def test_shift() -> None:
    inputs, targets = shift([[1, 2, 3], [4, 5, 6]])
    assert inputs.tolist() == [[1, 2], [4, 5]]
    assert targets.tolist() == [[2, 3], [5, 6]]
