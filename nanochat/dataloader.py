"""Batches to learn from: documents become tokens, are packed into rows, and shifted by one.

Every row starts at the beginning of a document, so that a model never has to guess what was
before. Nothing is padded: the end of a row that no document fits shows the beginning of one that
comes later. So each epoch shows every document whole, unless it is longer than a row.

Not here: reading files (``dataset.py``), chats and their mask (``conversation.py``).
"""

from __future__ import annotations

import os
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import Any

import torch
from torch import Tensor

from nanochat.dataset import START, Documents, Place, check_same_data
from nanochat.tokenizer import Tokenizer

AT_ONCE = 64  # documents that are tokenized together
MOST_WAITING = 500  # documents that wait to be packed; more waste less and need more memory

Batch = tuple[Tensor, Tensor, dict[str, Any]]


# @learn:data.packing
# @viz:packing_rows
class Packer:
    """Fills rows of ``slots`` tokens with whole documents.

    A row opens with the document that has waited longest, so that none waits for ever; then it
    takes the longest that fits each time. When none fits, the row ends with the beginning of a
    document that goes on waiting: those tokens are repeated later. Cutting a document up instead
    would lose its rest. What is repeated and what is lost is counted.
    """

    def __init__(self, slots: int) -> None:
        self.slots = slots
        self.waiting: dict[int, tuple[Place, list[int]]] = {}  # arrival → where from, tokens
        self.tokens_waiting = 0
        self._sizes: list[tuple[int, int]] = []  # (length, −arrival), sorted
        self._arrivals = 0
        self.counts = {"documents": 0, "cropped": 0, "tokens_lost": 0, "tokens_repeated": 0}

    def add(self, place: Place, ids: list[int]) -> None:
        """Let a document wait; of one that is longer than a row, the beginning."""
        if len(ids) > self.slots:
            self.counts["cropped"] += 1
            self.counts["tokens_lost"] += len(ids) - self.slots
            ids = ids[: self.slots]
        insort(self._sizes, (len(ids), -self._arrivals))
        self.waiting[self._arrivals] = place, ids
        self.tokens_waiting += len(ids)
        self._arrivals += 1

    def row(self) -> list[int]:
        """The next row. At least ``slots`` tokens must be waiting."""
        row = list(self._take(next(iter(self.waiting))))
        while (space := self.slots - len(row)) > 0:
            fitting = bisect_right(self._sizes, (space, 0))
            if fitting == 0:
                self.counts["tokens_repeated"] += space
                return row + self._some_beginning(space)
            # The longest of them; of equally long ones, the one that came first.
            row += self._take(-self._sizes[fitting - 1][1])
        return row

    def _take(self, arrival: int) -> list[int]:
        _, ids = self.waiting.pop(arrival)
        del self._sizes[bisect_left(self._sizes, (len(ids), -arrival))]
        self.tokens_waiting -= len(ids)
        self.counts["documents"] += 1
        return ids

    def _some_beginning(self, space: int) -> list[int]:
        """The first tokens of a document that waits; not of the same one each time."""
        turn = self.counts["documents"] % len(self.waiting)
        _, ids = next(islice(self.waiting.values(), turn, None))
        return ids[:space]


# @learn:data.next_token_targets
# @viz:shift_by_one
def shift(rows: list[list[int]], device: torch.device | str = "cpu") -> tuple[Tensor, Tensor]:
    """Rows of T + 1 tokens → inputs (B, T) and targets (B, T), both new.

    The target at each position is the token after it: one row holds T questions with answers.
    """
    both = torch.tensor(rows, dtype=torch.int64)  # (B, T + 1)
    inputs, targets = both[:, :-1].contiguous(), both[:, 1:].contiguous()  # (B, T) each
    if torch.device(device).type == "cuda":  # the copy runs while the GPU works
        inputs, targets = inputs.pin_memory(), targets.pin_memory()
    return inputs.to(device, non_blocking=True), targets.to(device, non_blocking=True)


# @learn:data.packing
def batches(
    tokenizer: Tokenizer,
    folder: str | os.PathLike[str],
    split: str,
    B: int,
    T: int,
    rank: int = 0,
    world: int = 1,
    state: dict[str, Any] | None = None,
    device: torch.device | str = "cpu",
    seed: int | None = 0,
    waiting: int = MOST_WAITING,
) -> Iterator[Batch]:
    """Endless batches ``(inputs, targets, state)`` of B rows and T tokens.

    ``state`` is plain JSON. A new call with the state of one batch gives exactly the batches that
    would have come after it; documents that were waiting are found again by their place. It also
    counts ``documents``, those ``cropped`` because they are longer than a row, ``tokens_lost`` by
    that, and ``tokens_repeated`` to fill the ends of rows.
    Raises ``ValueError`` for a folder, size or state that cannot work.
    """
    for name, number in (("B", B), ("T", T), ("waiting", waiting)):
        if number < 1:
            raise ValueError(f"{name} must be 1 or more, not {number}.")
    stream = Documents(folder, split, rank, world, seed)
    vocab_size = tokenizer.get_vocab_size()
    about = {**stream.about, "T": T, "waiting": waiting, "vocab_size": vocab_size}
    check_same_data(about, state)
    return _batches(tokenizer, stream, about, B, state, device)


def _batches(
    tokenizer: Tokenizer,
    stream: Documents,
    about: dict[str, Any],
    B: int,
    state: dict[str, Any] | None,
    device: torch.device | str,
) -> Iterator[Batch]:
    bos = tokenizer.get_bos_token_id()
    packer = Packer(slots=about["T"] + 1)  # one more than inputs have: the last target

    def wait(places: list[Place], texts: list[str]) -> None:
        for place, ids in zip(places, tokenizer.encode_batch(texts), strict=True):
            packer.add(place, [bos, *ids])

    following = START
    if state:
        following = Place(*state["next"])
        places = [Place(*group[:2], index) for group in state["waiting"] for index in group[2]]
        wait(places, stream.texts(places))
        packer.counts = {name: state[name] for name in packer.counts}
    documents = stream.start_at(following)
    while True:
        rows = []
        for _ in range(B):
            while len(packer.waiting) < about["waiting"] or packer.tokens_waiting < packer.slots:
                some = list(islice(documents, AT_ONCE))
                wait([place for place, _ in some], [text for _, text in some])
                following = some[-1][0]._replace(index=some[-1][0].index + 1)
            rows.append(packer.row())
        yield (
            *shift(rows, device),
            {
                "about": about,
                "next": list(following),
                "waiting": _grouped(place for place, _ in packer.waiting.values()),
                **packer.counts,
            },
        )


def _grouped(places: Iterable[Place]) -> list[list[Any]]:
    """Places in a short form: ``[epoch, window, [index, …]]`` for each window."""
    return [
        [*window, [place.index for place in group]]
        for window, group in groupby(places, key=lambda place: (place.epoch, place.window))
    ]
