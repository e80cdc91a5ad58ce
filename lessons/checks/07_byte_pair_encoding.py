"""The exercises of lesson 7: gluing one pair, and learning a list of merges with it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from nanochat_learn.kernel.exercise import (
    UNTOUCHED,
    Exercise,
    NotYet,
    Wrong,
    expect_function,
    expect_list,
    shown,
)

CASES = (
    ([104, 117, 103, 115], (117, 103), 256),
    ([117, 103], (117, 103), 256),
    ([1, 2, 3], (2, 1), 300),
    ([5, 5, 5], (5, 5), 256),
    ([7, 8, 7, 8, 9, 7], (7, 8), 260),
    ([], (1, 2), 256),
    ([4], (4, 4), 256),
    ([3, 1, 2, 2], (1, 2), 256),
)
"""Ids, pair, new id: a pair at the end, alone, the other way round, overlapping, twice, missing."""

TEXTS = (("hug", "hugs", "bug"), ("abab", "abab", "abc"), ("aaaa", "aaaab", "aaaab", "b"))
"""Words in which no two pairs are ever equally frequent when one of them wins."""


def _glued(ids: list[int], pair: tuple[int, int], new_id: int) -> list[int]:
    out: list[int] = []
    for id in ids:
        out.append(id)
        if out[-2:] == list(pair):
            out[-2:] = [new_id]
    return out


def _has_dots(function: object) -> bool:
    return ... in getattr(getattr(function, "__code__", None), "co_consts", ())


def glue(answer: object) -> str:
    """``answer(ids, pair, new_id)`` → a list with every pair glued, from left to right."""
    ask = expect_function(answer, arguments=3, gives_back=True)
    if _has_dots(answer):
        raise NotYet(UNTOUCHED)
    for ids, pair, new_id in CASES:
        given = list(ids)
        got = expect_list(ask(given, pair, new_id))
        right = _glued(ids, pair, new_id)
        if got == right:
            continue
        where = (
            f"From {ids}, with the pair {pair} and the new number {new_id}, you make {shown(got)}."
        )
        if any(isinstance(entry, list | tuple) for entry in got):
            raise Wrong(f"{where} There is a list inside the list; a number belongs there.")
        if got == ids:
            raise Wrong(f"{where} The pair is still there: a list never equals a tuple.")
        if new_id not in got and len(got) == len(right):
            raise Wrong(f"{where} Something was glued, but {new_id} does not stand there.")
        if len(got) > len(right):
            raise Wrong(f"{where} That is too long: two entries have to become one.")
        if got.count(new_id) > right.count(new_id):
            raise Wrong(f"{where} {new_id} stands there more often than the pair does.")
        raise Wrong(f"{where} Entries are missing that were not part of the pair.")
    return (
        "Your [7, 8, 7, 8, 9, 7] becomes [260, 260, 9, 7], and in [5, 5, 5] only one pair is glued."
    )


def _learned(words: list[list[int]], how_many: int) -> list[tuple[int, int]]:
    """As the lesson counts: of equally frequent pairs the one met first."""
    from collections import Counter

    merges: list[tuple[int, int]] = []
    for n in range(how_many):
        count = Counter(pair for word in words for pair in pairwise(word))
        if not count:
            break
        best = count.most_common(1)[0][0]
        merges.append(best)
        words = [_glued(word, best, 256 + n) for word in words]
    return merges


def learn(answer: object) -> str:
    """``answer(words, how_many)`` → the pairs in the order in which they were glued."""
    ask = expect_function(answer, arguments=2, gives_back=True)
    for texts in TEXTS:
        words = [list(text.encode()) for text in texts]
        for how_many in (1, 2):
            said = ask([list(word) for word in words], how_many)
            got = [tuple(p) if isinstance(p, list) else p for p in expect_list(said)]
            right = _learned(words, how_many)
            if got == right:
                continue
            where = f"From {', '.join(texts)} you learn {shown(got)}."
            if len(got) < len(right):
                raise Wrong(f"{where} That is {len(got)} of {how_many} merges.")
            if len(got) > len(right):
                raise Wrong(f"{where} Only {how_many} was asked for.")
            if got[0] != right[0]:
                raise Wrong(f"{where} The first pair is not the most frequent one.")
            if len(set(got)) < len(got):
                raise Wrong(
                    f"{where} The same pair comes twice: after the first merge the words must "
                    "change before you count again."
                )
            if got[1][0] in (256, 257) or got[1][1] in (256, 257):
                raise Wrong(
                    f"{where} The second pair holds a new number, but not the one it should: the "
                    "first merge becomes 256, the second 257."
                )
            raise Wrong(
                f"{where} The second pair is not the most frequent one after the first merge."
            )
        _nothing_is_left(ask, texts)
    return "From hug, hugs, bug you learn (117, 103) and then (104, 256), like learn_merges."


def _nothing_is_left(ask: Callable[..., Any], texts: tuple[str, ...]) -> None:
    """Asked for more merges than there are, every word ends as one piece. The order is free."""
    words = [list(text.encode()) for text in texts]
    for n, pair in enumerate(expect_list(ask([list(word) for word in words], 50))):
        before = words
        words = [_glued(word, pair, 256 + n) for word in words]
        if words == before:
            raise Wrong(
                f"From {', '.join(texts)}, asked for 50 merges, your merge {n} is {shown(pair)}, "
                "which stands nowhere any more."
            )
    if any(len(word) > 1 for word in words):
        raise Wrong(
            f"From {', '.join(texts)}, asked for 50 merges, you leave {shown(words)}: there are "
            "pairs left."
        )


EXERCISES = {
    "glue": Exercise(
        check=glue,
        hints=(
            "Two places hold `...`. The first asks what the last two entries are compared with, "
            "the second what they become.",
            "`glued[-2:]` is a list of two numbers. What you compare it with must be a list of two "
            "numbers as well.",
            "Two entries are replaced by one: a list that holds `new_id` and nothing else.",
        ),
        reference=(
            "def glue(ids, pair, new_id):\n"
            "    glued = []\n"
            "    for id in ids:\n"
            "        glued.append(id)\n"
            "        if glued[-2:] == list(pair):\n"
            "            glued[-2:] = [new_id]\n"
            "    return glued\n"
            "\n"
            'check("glue", glue)\n'
        ),
    ),
    "learn": Exercise(
        check=learn,
        hints=(
            "Repeat `how_many` times: count the pairs, take the most frequent, note it, glue it in "
            "every word.",
            "`for n in range(how_many):` counts n from 0, so the new number is `256 + n`. The most "
            "frequent pair is `count_pairs(words).most_common(1)[0][0]`.",
            "After noting the pair, make all words anew: "
            "`words = [glue(word, pair, 256 + n) for word in words]`. When `count_pairs` finds "
            "nothing, leave the loop with `break`.",
        ),
        reference=(
            "def learn(words, how_many):\n"
            "    merges = []\n"
            "    for n in range(how_many):\n"
            "        count = count_pairs(words)\n"
            "        if not count:\n"
            "            break\n"
            "        pair = count.most_common(1)[0][0]\n"
            "        merges.append(pair)\n"
            "        words = [glue(word, pair, 256 + n) for word in words]\n"
            "    return merges\n"
            "\n"
            'check("learn", learn)\n'
        ),
    ),
}
