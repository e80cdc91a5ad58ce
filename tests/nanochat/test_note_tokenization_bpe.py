"""The note on byte-pair encoding: its pairs counted by hand here, its merges learned by ours."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from note_checks import Claim
from note_text import ROOT

from nanochat.bpe import apply_merges, learn_merges, merge, utf8_bytes
from nanochat.tokenizer import Tokenizer

WHY, HOW, HERE = "Why it exists", "How it works", "In this code"
DOUBTS, ASK = "Common confusions", "Check yourself"
WORDS = ["hug", "hugs", "bug"]
NO_BREAK = "\u00a0"  # a word stays on one line of the table
SHIPPED = ROOT / "nanochat/checkpoints/stories-chat/tokenizer.json"


def pieces(ids: list[int], known: Tokenizer) -> str:
    return " ".join(known.decode_bytes(id).decode() for id in ids)


def apart(words: list[list[int]], known: Tokenizer) -> str:
    return " · ".join(pieces(ids, known).replace(" ", NO_BREAK) for ids in words)


def counts(words: list[list[int]]) -> Counter[tuple[int, int]]:
    """How often each pair of neighbours stands in the words: the plain way, all anew."""
    return Counter(pair for ids in words for pair in pairwise(ids))


def steps(words: list[str], how_many: int) -> list[tuple[list[list[int]], tuple[int, int], int]]:
    """(words before, winning pair, its count) of each merge, without ``learn_merges``."""
    now, told = [list(utf8_bytes(word)) for word in words], []
    for n in range(how_many):
        times = counts(now)
        winner = min(times, key=lambda pair: (-times[pair], pair))
        told.append((now, winner, times[winner]))
        now = [merge(ids, winner, 256 + n) for ids in now]
    return [*told, (now, (0, 0), 0)]


def claims() -> list[Claim]:
    known = Tokenizer(learn_merges(WORDS, 2))
    told = steps(WORDS, 2)
    assert [pair for _, pair, _ in told[:2]] == known.merges
    sizes = [sum(map(len, words)) for words, _, _ in told]
    after = " · ".join(f"*{pieces(ids, known)}*" for ids in told[2][0])
    shipped = Tokenizer.load(SHIPPED)
    first = [f"“{shipped.decode([256 + n]).replace(' ', '␣')}”" for n in range(5)]
    pins = counts([list(utf8_bytes(word)) for word in ("pin", "pins", "spin")])
    p, i, n = utf8_bytes("pin")
    assert pins[p, i] == pins[i, n] and learn_merges(["pin", "pins", "spin"], 1) == [(i, n)]
    u, g, h = utf8_bytes("ugh")
    bugs = known.encode("bugs")
    return [
        Claim(WHY, f"“the” costs {len(utf8_bytes('the'))} tokens every time"),
        Claim(HOW, "the bytes have 0 to 255, so the first merge is 256."),
        *(
            Claim(
                HOW,
                f"| {n + 1} | {apart(words, known)} | "
                f"{pieces(list(pair), known).replace(' ', ' + ')} | {times} | {256 + n} |",
            )
            for n, (words, pair, times) in enumerate(told[:2])
        ),
        Claim(HOW, f"the words are {after}. What was {sizes[0]} pieces is {sizes[2]}."),
        Claim(HOW, "$$n' = n - c$$", "formula"),
        Claim(
            HOW,
            f"First ${sizes[0]} - {told[0][2]} = {sizes[1]}$, "
            f"then ${sizes[1]} - {told[1][2]} = {sizes[2]}$.",
        ),
        Claim(
            HOW,
            f"*hugs* becomes *{pieces(known.encode('hugs'), known)}*, and *mug*, which never "
            f"occurred, becomes *{pieces(known.encode('mug'), known)}*.",
        ),
        Claim(HOW, "Merge number $m$, counted from 0, is"),
        Claim(HOW, r"$$(a_m, b_m) = \arg\max_{(a, b)} f(a, b),$$", "formula"),
        Claim(
            HOW,
            "The new piece has the id $256 + m$. With $M$ merges the list knows $256 + M$ pieces.",
        ),
        Claim(HERE, f"has {len(shipped.merges)} merges, learned from stories"),
        Claim(HERE, f"The first five made {', '.join(first[:4])} and {first[4]} (␣ is a space)."),
        Claim(HERE, f"(u is byte {u}, g is {g}, h is {h})"),
        Claim(
            DOUBTS,
            "Our shipped model cuts “unbelievable” into "
            f"*{pieces(shipped.encode('unbelievable'), shipped)}*.",
        ),
        Claim(ASK, f"if p is byte {p} and i is {i}?"),
        Claim(ASK, f"1. Both {pins[p, i]} times."),
        Claim(ASK, f"its first id is smaller, {i} against {p}."),
        Claim(ASK, f"3. {len(bugs)}: *{pieces(bugs, known)}*."),
    ]


@pytest.mark.parametrize("words", [WORDS, ["pin", "pins", "spin"], ["low", "lower", "slow"]])
def test_counting_all_anew_gives_the_same_merges(words: list[str]) -> None:
    told = steps(words, 3)
    assert learn_merges(words, 3) == [pair for _, pair, _ in told[:3]]


def test_what_overlaps_is_counted_twice_and_glued_once() -> None:
    ids = list(b"aaa")
    assert counts([ids])[97, 97] == 2
    assert merge(ids, (97, 97), 256) == [256, 97]


def test_the_list_decides_and_not_the_text_at_hand() -> None:
    """b + u is most frequent in this text, and is no merge of ours; u + g stands there once."""
    merges = learn_merges(WORDS, 2)
    rank = {pair: 256 + n for n, pair in enumerate(merges)}
    ids = apply_merges(b"bubug", rank)
    assert counts([list(b"bubug")]).most_common(1)[0] == ((98, 117), 2)
    assert ids == [98, 117, 98, 256]


def test_the_is_two_tokens_of_the_shipped_model() -> None:
    shipped = Tokenizer.load(SHIPPED)
    assert shipped.encode("the") != shipped.encode(" the")
    assert len(shipped.encode(" the")) == 1
