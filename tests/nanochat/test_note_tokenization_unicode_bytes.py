"""The note on bytes: every code point and byte in it, from Python's tables and our tokenizer."""

from __future__ import annotations

import codecs
import sys

import pytest
from note_checks import Claim

from nanochat.bpe import utf8_bytes
from nanochat.tokenizer import Tokenizer

WHY, HOW, HERE = "Why it exists", "How it works", "In this code"
DOUBTS, ASK = "Common confusions", "Check yourself"
CHARACTERS = "aé€🙂"
FORMULAS = (
    "$a$",
    r"$64\,(a - 192) + b'$",
    r"$64^2 (a - 224) + 64\,b' + c'$",
    r"$64^3 (a - 240) + 64^2\,b' + 64\,c' + d'$",
)


def listed(text: str) -> str:
    return ", ".join(map(str, utf8_bytes(text)))


def code_point(encoded: bytes) -> int:
    """The formula of the folded block, for one to four bytes."""
    first, *rest = encoded
    n = first - {1: 0, 2: 192, 3: 224, 4: 240}[len(encoded)]
    for byte in rest:
        n = 64 * n + byte - 128
    return n


def sizes() -> list[int]:
    """The first code point that needs more bytes, for one, two and three bytes; then the end."""
    points = [p for p in range(0x20000) if not 0xD800 <= p < 0xE000]
    longer = [next(p for p in points if len(utf8_bytes(chr(p))) > n) for n in (1, 2, 3)]
    return [*longer, sys.maxunicode + 1]


def claims() -> list[Claim]:
    a, b = utf8_bytes("é")
    one, two, three, end = sizes()
    assert (one, two, three, end) == (128, 2048, 65536, 1114112)
    text, whole = "hé🙂", Tokenizer([])
    split_e = "e\u0301"
    umlaut = utf8_bytes("Ä")
    high, low = umlaut[0] - 192, umlaut[1] - 128
    bytes_known = whole.get_vocab_size() - 9
    assert [whole.decode_bytes(id) for id in range(256)] == [bytes([id]) for id in range(256)]
    return [
        Claim("In one sentence", f"each from 0 to {bytes_known - 1}, called bytes"),
        Claim(WHY, f"the list has room for {end:,} entries"),
        Claim(WHY, f"{bytes_known} different ones are enough"),
        Claim(HOW, f"The code point of é is {ord('é')}."),
        Claim(HOW, f"a rule called **{codecs.lookup('utf8').name.upper()}** writes this number"),
        *(Claim(HOW, f"| {sign} | {ord(sign):,} | {listed(sign)} |") for sign in CHARACTERS),
        Claim(
            HOW,
            f"A byte below {one} is a whole character. From {one} to 191 it continues one. "
            "From 192 on it opens one.",
        ),
        Claim(HOW, r"$$n = 64\,(a - 192) + (b - 128)$$", "formula"),
        Claim(
            HOW,
            f"${a} - 192 = {a - 192}$ and ${b} - 128 = {b - 128}$, so "
            f"$n = 64 \\cdot {a - 192} + {b - 128} = {ord('é')}$",
        ),
        Claim(HOW, f"A byte has 8 binary digits, so there are $2^8 = {2**8}$ bytes."),
        Claim(HOW, f"carries six: $2^6 = {2**6}$ possibilities"),
        Claim(HOW, "write $b' = b - 128$, and so on"),
        *(
            Claim(HOW, f"| {n} | {size:,} | {formula} |", "formula")
            for n, (size, formula) in enumerate(zip(sizes(), FORMULAS, strict=True), 1)
        ),
        Claim(HOW, f"{0xE000 - 0xD800:,} code points, the surrogates"),
        Claim(HERE, f"the token ids 0 to 255 stand for the {bytes_known} bytes"),
        Claim(DOUBTS, f"has {len(text)} characters and {len(utf8_bytes(text))} bytes."),
        Claim(DOUBTS, "The first 2 ids above end in the middle of é."),
        Claim(
            DOUBTS,
            f"an e ({listed('e')}) followed by an accent of its own ({listed(split_e[1])}). That "
            f"makes {len(utf8_bytes(split_e))} bytes instead of {len(utf8_bytes('é'))}",
        ),
        Claim(DOUBTS, "**Is byte 98 nearly the same as byte 97?**"),
        Claim(ASK, f"do the bytes {listed('Ä')} make?"),
        Claim(ASK, f"You see the bytes {listed('Hi')}."),
        Claim(ASK, f"1. {len(utf8_bytes('naïve'))}: one for each of four plain letters"),
        Claim(ASK, f"$64 \\cdot {high} + {low} = {ord('Ä')}$, the letter Ä"),
        Claim(ASK, f"both bytes are below {one}."),
    ]


@pytest.mark.parametrize(
    "sign", [*CHARACTERS, "\x00", "\x7f", "\x80", "߿", "ࠀ", "\uffff", "\U0010ffff"]
)
def test_the_formula_undoes_utf8(sign: str) -> None:
    assert code_point(utf8_bytes(sign)) == ord(sign)


def test_a_byte_says_where_a_character_begins() -> None:
    for sign in CHARACTERS:
        first, *rest = utf8_bytes(sign)
        assert (first < 128) == (not rest) and not 128 <= first <= 191
        assert all(128 <= byte <= 191 for byte in rest)


def test_every_text_comes_back_and_half_a_character_is_marked() -> None:
    bare, text = Tokenizer([]), "naïve 日本 🙂"
    ids = bare.encode(text)
    assert ids == list(utf8_bytes(text)) and bare.decode(ids) == text
    assert bare.decode(bare.encode("é")[:1]) == "\ufffd"
    with pytest.raises(ValueError, match="lone surrogate"):
        bare.encode("\ud800")
