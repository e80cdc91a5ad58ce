"""The note on splitting: each cut made by our pattern, and merges learned without any cuts."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from note_checks import Claim
from note_text import ROOT

from nanochat import bpe
from nanochat.bpe import apply_merges, learn_merges, split, utf8_bytes
from nanochat.tokenizer import Tokenizer

WHY, HOW, HERE = "Why it exists", "How it works", "In this code"
DOUBTS, ASK = "Common confusions", "Check yourself"
DOGS = "dog. dog, dog?"
SHIPPED = ROOT / "nanochat/checkpoints/stories-chat/tokenizer.json"
NUMBER = {3: "three", 4: "four"}


class NoCuts:
    """Stands in for the compiled pattern: the whole text is one piece."""

    def findall(self, text: str) -> list[str]:
        return [text]


def without_cuts(text: str, how_many: int) -> list[bytes]:
    """The bytes of each piece that merges on the uncut text make, in order."""
    patch = pytest.MonkeyPatch()
    with patch.context() as here:
        here.setattr(bpe, "_split", NoCuts())
        merges = learn_merges([text], how_many)
    made = [bytes([value]) for value in range(256)]
    for left, right in merges:
        made.append(made[left] + made[right])
    return made[256:]


def shown(text: str) -> str:
    return " · ".join(piece.replace(" ", "␣") for piece in split(text))


def digits(longest: int) -> int:
    return sum(10**length for length in range(1, longest + 1))


def claims() -> list[Claim]:
    wild = without_cuts(DOGS, 8)
    assert {b". dog", b", dog"} <= set(wild) and wild[-1] == DOGS.encode() and len(wild) == 8
    known = Tokenizer(learn_merges([DOGS], 8))
    made = [known.decode([256 + n]) for n in range(len(known.merges))]
    assert made == ["do", "dog", " dog"]
    each = [len(known.encode(piece)) for piece in split("dog. dog,")]
    assert len(known.encode("dog. dog,")) == sum(each)
    shipped = Tokenizer.load(SHIPPED)
    cats = NUMBER[len(shipped.encode(" cats"))]
    will = "We'll see 100 cats."
    return [
        Claim(WHY, f"Let it loose on “{DOGS}”, without any cuts, for {len(wild)} merges."),
        *(
            Claim(HOW, f"| {example.replace('   ', '␣␣␣')} | {shown(example)} |")
            for example in ("it's", "well-known dog", "12345", "no ??", "a   b")
        ),
        Claim(
            HOW,
            r"$$n(x) = n(p_1) + n(p_2) + \dots + n(p_k)$$",
            "formula",
        ),
        Claim(
            HOW,
            f"“dog. dog,” has the pieces {shown('dog. dog,')} with one token each: "
            f"${' + '.join(map(str, each))} = {sum(each)}$.",
        ),
        Claim(
            HOW,
            f"There are {digits(2)} digit strings of one or two digits, but {digits(4):,} of up "
            "to four.",
        ),
        Claim(HOW, f"A number of 5 digits is {len(split('98765'))} pieces."),
        Claim(
            HOW,
            r"$$E(x) = E(p_1) \circ E(p_2) \circ \dots \circ E(p_k),$$",
            "formula",
        ),
        Claim(HOW, r"makes $\lceil d / 2 \rceil$ pieces"),
        Claim(HOW, "at most about $m^2$ looks for $m$ bytes"),
        Claim(
            HOW,
            f"A text of {200 * 5:,} bytes in one piece could need a million looks, but 200 pieces "
            f"of 5 bytes need $200 \\cdot 5^2 = {200 * 5**2}$.",
        ),
        Claim(HERE, f"Below, 8 merges are asked for, but after {len(made)} no pair is left"),
        Claim(DOUBTS, f"makes {cats} tokens of the piece “␣cats”."),
        Claim(ASK, f"1. Into which pieces is “{will}” cut?"),
        Claim(ASK, "a number of 7 digits?"),
        Claim(ASK, f"1. {shown(will)} are {len(split(will))} pieces."),
        Claim(ASK, f"3. {len(split('1234567'))}: three pairs and a single digit."),
    ]


def test_pieces_together_are_the_text_and_each_is_encoded_alone() -> None:
    shipped, signs = Tokenizer.load(SHIPPED), "ab 'sT9.\n!é日 "
    rng = random.Random(3)
    for _ in range(200):
        text = "".join(rng.choice(signs) for _ in range(rng.randrange(30)))
        pieces = split(text)
        assert "".join(pieces) == text
        alone = [id for piece in pieces for id in shipped.encode_slowly(piece)]
        assert shipped.encode(text) == alone


@pytest.mark.parametrize("length", range(1, 12))
def test_half_of_the_digits_rounded_up(length: int) -> None:
    assert len(split("7" * length)) == -(-length // 2)


def test_no_merge_crosses_a_cut_however_frequent() -> None:
    known = Tokenizer.train(["dog, " * 500], 300)
    assert not any(b"g," in known.decode_bytes(id) for id in range(256, len(known.merges) + 256))
    assert any(b"g," in piece for piece in without_cuts("dog, " * 500, 10))


def test_looks_are_at_most_the_square(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = 0

    def counted(ids: list[int]) -> list[tuple[int, int]]:
        nonlocal looks
        looks += len(ids)
        return list(pairwise(ids))

    monkeypatch.setattr(bpe, "pairwise", counted)
    text = bytes(utf8_bytes("abcdefghijklmnop"))
    rank, last = {}, text[0]
    for n, byte in enumerate(text[1:]):  # each merge glues one more letter: the worst case
        rank[last, byte] = last = 256 + n
    assert apply_merges(text, rank) == [last]
    assert len(text) ** 2 / 2 < looks <= len(text) ** 2
