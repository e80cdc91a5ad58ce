"""The note on learning and using: both done the compiled and the plain way, and looked over."""

from __future__ import annotations

import math
from itertools import pairwise
from pathlib import Path

import pytest
from note_checks import Claim

from nanochat import tokenizer as module
from nanochat.bpe import learn_merges, pairs_of, utf8_bytes
from nanochat.tokenizer import LONGEST_SPACE, Tokenizer

WHY, HOW, HERE, ASK = "Why it exists", "How it works", "In this code", "Check yourself"
WORDS = ["hug", "hugs", "bug"]
BUDS = [*WORDS, "bud", "bud", "bud"]
KNOWN = Tokenizer(learn_merges(WORDS, 2))
OTHER = Tokenizer(learn_merges(BUDS, 2))


def made(known: Tokenizer) -> dict[bytes, int]:
    """The rank of each token, by its bytes: all that using needs."""
    return {known.decode_bytes(id): id for id in range(256 + len(known.merges))}


def by_rank(text: str, rank: dict[bytes, int]) -> list[tuple[list[bytes], list[tuple[str, float]]]]:
    """The note's rule, step by step: (pieces, what each pair would make and its rank)."""
    pieces, told = [bytes([byte]) for byte in utf8_bytes(text)], []
    while True:
        pairs = [(a + b, rank.get(a + b, math.inf)) for a, b in pairwise(pieces)]
        told.append((pieces, [(name.decode(), r) for name, r in pairs]))
        best = min(range(len(pairs)), key=lambda i: pairs[i][1], default=None)
        if best is None or pairs[best][1] == math.inf:
            return told
        pieces = [*pieces[:best], pairs[best][0], *pieces[best + 2 :]]


def row(pieces: list[bytes], pairs: list[tuple[str, float]]) -> str:
    ranks = ", ".join(f"{name} {'–' if r == math.inf else r}" for name, r in pairs)
    smallest = min(r for _, r in pairs)
    end = "none: done" if smallest == math.inf else smallest
    return f"| {b' '.join(pieces).decode()} | {ranks} | {end} |"


def cut(text: str, known: Tokenizer) -> str:
    return " ".join(known.decode([id]) for id in known.encode(text))


def claims() -> list[Claim]:
    told = by_rank("hugs", made(KNOWN))
    looked = sum(len(pairs) for _, pairs in told)
    counted = sum(len(utf8_bytes(word)) - 1 for word in WORDS)
    names = [[f"“{known.decode([id])}”" for id in (256, 257)] for known in (KNOWN, OTHER)]
    assert BUDS.count("bud") == 3
    return [
        Claim(WHY, f"*bug*, and id 256 stands for {names[0][0]}."),
        Claim(WHY, f"added three times, and 256 stands for {names[1][0]}."),
        Claim(HOW, r"$r(p_i\,p_{i+1})$ is the rank of two neighbours put together", "formula"),
        Claim(HOW, r"$$i^* = \arg\min_i\; r(p_i\,p_{i+1}),$$", "formula"),
        Claim(HOW, f"With the small list, {names[0][0]} 256 and {names[0][1]} 257, and the text"),
        *(Claim(HOW, row(*step)) for step in told),
        Claim(HOW, f"Using looked up {looked} pairs of one word."),
        Claim(HOW, f"Learning had to count {counted} pairs in the three words"),
        Claim(HOW, r"$$\sum_w t_w\,(|w| - 1)$$", "formula"),
        Claim(HERE, f"A run of more than {LONGEST_SPACE:,} white spaces is too much for it"),
        Claim(ASK, f"the two merges are {names[1][0]} and {names[1][1]}."),
        Claim(ASK, f"1. Because {names[0][1]} has the rank 257, and “ugs” none."),
        Claim(ASK, f"2. *{cut('bug', OTHER)}*. With the first list it was *{cut('bug', KNOWN)}*."),
    ]


@pytest.mark.parametrize("text", ["hugs", "bughug", "ugugh", "mug", "hhugg"])
def test_the_rule_of_ranks_is_what_tiktoken_and_the_plain_way_do(text: str) -> None:
    for known in (KNOWN, OTHER):
        rank = made(known)
        ids = [rank[piece] for piece in by_rank(text, rank)[-1][0]]
        assert ids == known.encode(text) == known.encode_slowly(text)


def test_both_ways_of_learning_agree_and_bytes_are_enough_to_find_the_pairs() -> None:
    texts = ["the cat and the hat", "that other weather", "a naïve 日本 🙂 text"] * 3
    fast, plain = (Tokenizer.train(texts, 300, method) for method in ("rustbpe", "didactic"))
    assert fast.merges == plain.merges and len(fast.merges) > 20
    assert pairs_of(list(made(fast))[256:]) == fast.merges


def test_a_long_run_of_spaces_goes_the_plain_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST_SPACE", 5)
    gone = []
    monkeypatch.setattr(Tokenizer, "encode_slowly", lambda self, text: gone.append(text) or [])
    KNOWN.encode(" " * 5)
    assert not gone
    KNOWN.encode(" " * 6)
    assert gone == [" " * 6]


def test_the_list_is_the_same_after_it_was_written_and_read(tmp_path: Path) -> None:
    KNOWN.save(tmp_path / "tokenizer.json")
    assert Tokenizer.load(tmp_path / "tokenizer.json").merges == KNOWN.merges
