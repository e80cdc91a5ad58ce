"""The note on packing: its documents packed by ours, and the same thing done by three rules."""

from __future__ import annotations

import random
from bisect import bisect_right
from itertools import islice
from pathlib import Path

import pytest
import torch
from note_checks import Claim, shape
from random_models import random_model

from nanochat.dataloader import MOST_WAITING, Packer, batches, shift
from nanochat.dataset import START, write_parquet
from nanochat.gpt import GPTConfig
from nanochat.tokenizer import Tokenizer

WHY, HOW, HERE, ASK = "Why it exists", "How it works", "In this code", "Check yourself"
SLOTS, LENGTHS, LATE = 10, [7, 4, 3, 6, 9], 5
NAMES = "ABCDEF"


def packed(lengths: list[int], slots: int, rows: int) -> tuple[list[list[int]], Packer]:
    packer = Packer(slots)
    for name, length in enumerate(lengths):
        packer.add(START, [name] * length)
    return [packer.row() for _ in range(rows)], packer


def runs(row: list[int]) -> list[tuple[str, int]]:
    """The documents in a row and how many tokens each has there."""
    return [(NAMES[name], row.count(name)) for name in dict.fromkeys(row)]


def table(number: int, row: list[int]) -> str:
    whole = dict(zip(NAMES, [*LENGTHS, LATE], strict=True))
    full = [f"{name}, {n}" for name, n in runs(row) if n == whole[name]]
    rest = [f"{n} token of {name}" for name, n in runs(row) if n < whole[name]]
    left = sum(n for name, n in runs(row) if n < whole[name])
    cells = [full[0], ", ".join(full[1:]) or "–", left, *(rest or "–")]
    return f"| {number} | {' | '.join(map(str, cells))} |"


def words(numbers: list[int]) -> str:
    return f"{', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


def claims() -> list[Claim]:
    first, _ = packed(LENGTHS, SLOTS, 2)
    rows, packer = packed([*LENGTHS, LATE], SLOTS, 3)
    assert rows[:2] == first  # the late one changes nothing before it is needed
    n, padded = sum(LENGTHS), len(LENGTHS) * SLOTS
    repeated = packer.counts["tokens_repeated"]
    places = len(rows) * SLOTS
    assert places - repeated == n
    asked, _ = packed([5, 4, 3, 6], 8, 1)
    opened, then = (length for _, length in runs(asked[0]))
    long = Packer(SLOTS)
    long.add(START, [0] * 12)
    letters = {"B": 2, "T": 3}
    both = shift([[1, 2, 3, 4]] * 2)
    T = GPTConfig().sequence_len
    return [
        Claim(
            WHY,
            f"Say a row holds {SLOTS} tokens, and five documents have {words(LENGTHS)}. Give each "
            f"a row of its own and fill up with empty places: {n} tokens take {padded} places, "
            f"and the model works on {padded - n} for nothing.",
        ),
        *(Claim(HOW, table(number, row)) for number, row in enumerate(rows, 1)),
        Claim(HOW, f"E, with {LENGTHS[4]} tokens, goes on waiting."),
        Claim(HOW, f"say F with {LATE}:"),
        Claim(HOW, f"Three rows of {SLOTS} show all {n} tokens once, and one token of F"),
        Claim(HOW, r"$$w = \frac{R\,S - n}{R\,S}$$", "formula"),
        Claim(
            HOW,
            f"Here $w = ({places} - {n}) / {places} = {repeated / places:.2f}$. With empty places "
            f"it was $({padded} - {n}) / {padded} = {(padded - n) / padded:.2f}$.",
        ),
        Claim(HOW, r"has the space $f = S - n_1$."),
        Claim(HOW, r"$$\arg\max_i \{\, n_i : n_i \le f \,\},$$", "formula"),
        Claim(HOW, r"about $\log_2 W$ comparisons"),
        Claim(HERE, f"keeps at least {MOST_WAITING} waiting, and makes rows of $T + 1$ tokens"),
        Claim(HERE, f"inputs and targets of shape ${shape(both[0], letters)}$", "shape"),
        Claim(HERE, f"{NAMES.index('A')} stands for A, {NAMES.index('F')} for F"),
        Claim(ASK, "1. Rows hold 8 tokens; documents of 5, 4, 3 and 6 wait"),
        Claim(ASK, f"a document of 12 tokens if rows hold {SLOTS}?"),
        Claim(ASK, f"for inputs of shape ${shape((2, T))}$?"),
        Claim(ASK, f"1. The {opened} opens it, then the {then}: the longest that fits."),
        Claim(
            ASK,
            f"2. Its first {long.tokens_waiting} tokens are used; {long.counts['tokens_lost']} are "
            "lost, and counted.",
        ),
        Claim(ASK, f"3. {T + 1}."),
    ]


def test_the_three_rules_make_the_same_rows() -> None:
    rng = random.Random(1)
    lengths = [rng.randint(1, 12) for _ in range(90)]
    packer, waiting = Packer(SLOTS), {}
    for name, length in enumerate(lengths):
        packer.add(START, [name] * length)
        waiting[name] = min(length, SLOTS)
    while packer.tokens_waiting >= SLOTS:
        expected: list[int] = []
        pick: int | None = next(iter(waiting))
        while pick is not None:
            expected += [pick] * waiting.pop(pick)
            fits = [name for name, n in waiting.items() if n <= SLOTS - len(expected)]
            pick = max(fits, key=lambda name: waiting[name], default=None)
        row = packer.row()
        assert row[: len(expected)] == expected
        filled = row[len(expected) :]
        assert len(set(filled)) <= 1 and set(filled) <= set(waiting)


def test_the_more_wait_the_less_is_repeated() -> None:
    rng = random.Random(2)
    repeated = []
    for most in (5, 100):
        packer = Packer(50)
        for _ in range(300):
            while len(packer.waiting) < most or packer.tokens_waiting < 50:
                packer.add(START, [0] * rng.randint(5, 40))
            packer.row()
        repeated.append(packer.counts["tokens_repeated"])
    assert repeated[1] < repeated[0] / 2


def test_a_pick_takes_few_comparisons() -> None:
    looks = 0

    class Length(int):
        def __gt__(self, other: int) -> bool:
            nonlocal looks
            looks += 1
            return int(self) > int(other)

        def __lt__(self, other: int) -> bool:
            nonlocal looks
            looks += 1
            return int(self) < int(other)

    bisect_right([Length(n) for n in range(512)], Length(300))
    assert 9 <= looks <= 10


def test_a_token_sees_the_document_before_it_in_its_row() -> None:
    model = random_model()
    row, other = torch.tensor([[9, 5, 6, 9, 7, 8]]), torch.tensor([[9, 5, 4, 9, 7, 8]])
    with torch.inference_mode():
        assert not torch.allclose(model(row)[0, -1], model(other)[0, -1], atol=1e-3)


def test_every_row_opens_with_bos_and_enough_documents_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, waited, row = Tokenizer([]), [], Packer.row

    def watched(packer: Packer) -> list[int]:
        waited.append(len(packer.waiting))
        return row(packer)

    monkeypatch.setattr(Packer, "row", watched)
    write_parquet([f"tale {n}" for n in range(900)], tmp_path / "tales", rows_per_group=100)
    for inputs, targets, _ in islice(batches(known, tmp_path / "tales", "train", B=2, T=20), 4):
        assert inputs.shape == targets.shape == (2, 20)
        assert (inputs[:, 0] == known.get_bos_token_id()).all()
    assert len(waited) == 8 and min(waited) >= MOST_WAITING
