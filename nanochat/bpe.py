"""Byte-pair encoding in plain Python, to be read: cutting text, learning merges, applying them.

The same as what ``rustbpe`` learns and ``tiktoken`` applies, which are in a compiled language and
several times faster; a test compares all of it.

One difference is known: ``regex`` has a newer table of Unicode than they have, and takes about
17,500 characters for letters or numbers that theirs does not know yet (newer than Unicode 16;
hardly any text holds one). Beside such a character the cuts can differ, and so the tokens; the text
that comes back is the same.

Not here: special tokens, files, the class that one uses (``tokenizer.py``).
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise

import regex

Pair = tuple[int, int]

# Text is cut into pieces first; no token ever crosses a cut. The first alternative that fits wins.
# A doubled `+` never gives back what it took, so a long run costs one pass.
# @learn:tokenization.pretokenization
# @viz:regex_split
SPLIT_PATTERN = "|".join(
    (
        r"'(?i:[sdmt]|ll|re|ve)",  # the ends of short forms: it's, we'll
        r"[^\r\n\p{L}\p{N}]?+\p{L}++",  # a word, with the one space or sign before it
        r"\p{N}{1,2}+",  # one or two digits: a longer number is several pieces
        r" ?[^\s\p{L}\p{N}]++[\r\n]*+",  # a run of signs, with line ends after it
        r"\s*[\r\n]",  # spaces and lines up to the last line end
        r"\s+(?!\S)",  # spaces, but not the last one: that belongs to the next word
        r"\s+",
    )
)
_split = regex.compile(SPLIT_PATTERN)


# @learn:tokenization.unicode_bytes
# @viz:bytes_of_text
def utf8_bytes(text: str) -> bytes:
    """The bytes of ``text``: one for a plain letter, two for é, four for an emoji.

    Raises ``ValueError`` for half a character (a lone surrogate), which has no bytes.
    """
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError(
            f"Character {error.start} of this text is only half of one "
            f"(U+{ord(text[error.start]):04X}, a lone surrogate), so it has no bytes. "
            'Read the text again with errors="replace".'
        ) from None


# @learn:tokenization.pretokenization
def split(text: str) -> list[str]:
    """The pieces of ``text``; put together they are ``text`` again.

    Raises ``ValueError`` for a lone surrogate.
    """
    utf8_bytes(text)  # finds half a character here, where its place in the whole text is known
    return _split.findall(text)


# @learn:tokenization.bpe
def merge(ids: list[int], pair: Pair, new_id: int) -> list[int]:
    """A copy of ``ids`` with every ``pair`` glued into ``new_id``, from left to right."""
    left, right = pair
    glued = []
    at, last = 0, len(ids) - 1
    while at <= last:
        if at < last and ids[at] == left and ids[at + 1] == right:
            glued.append(new_id)
            at += 2
        else:
            glued.append(ids[at])
            at += 1
    return glued


# @learn:tokenization.bpe
# @learn:tokenization.tiktoken_vs_rustbpe
# @viz:bpe_merges
def learn_merges(texts: Iterable[str], how_many: int) -> list[Pair]:
    """The ``how_many`` pairs that byte-pair encoding glues on ``texts``, in order.

    Each step glues the pair that occurs most often; of equally frequent ones, the one with the
    smaller ids. Ends early when no pair is left. Only the pieces that hold the pair are touched,
    so a step costs as much as the pair is common, whatever the size of the text.
    Source: Sennrich, Haddow and Birch, 2016.
    """
    pieces = Counter(piece for text in texts for piece in split(text))
    words = [list(utf8_bytes(piece)) for piece in pieces]  # the ids of each different piece
    times = list(pieces.values())  # how often each occurs
    count: dict[Pair, int] = defaultdict(int)
    where: dict[Pair, set[int]] = defaultdict(set)  # pair → pieces that held it at some time
    for n, ids in enumerate(words):
        for pair in pairwise(ids):
            count[pair] += times[n]
            where[pair].add(n)
    # The smallest entry comes out first: largest count, then smaller pair. Counts fall while the
    # entry waits, so it is checked when it comes out, not each time a count changes.
    heap = [(-c, pair) for pair, c in count.items()]
    heapq.heapify(heap)
    merges: list[Pair] = []
    while heap and len(merges) < how_many:
        waiting, pair = heapq.heappop(heap)
        if count[pair] != -waiting:
            if count[pair] > 0:
                heapq.heappush(heap, (-count[pair], pair))
            continue
        new_id = 256 + len(merges)
        merges.append(pair)
        born: set[Pair] = set()
        for n in where.pop(pair):
            old, new = words[n], merge(words[n], pair, new_id)
            for gone in pairwise(old):
                count[gone] -= times[n]
            for come in pairwise(new):
                count[come] += times[n]
                if new_id in come:
                    where[come].add(n)
                    born.add(come)
            words[n] = new
        for come in born:
            heapq.heappush(heap, (-count[come], come))
    return merges


# @learn:tokenization.bpe
# @viz:train_vs_encode
def apply_merges(piece: bytes, rank: Mapping[Pair, int]) -> list[int]:
    """The ids of one piece: glue the pair that was learned earliest, until none is left.

    ``rank`` gives the id that each pair is glued into.
    """
    ids = list(piece)
    while len(ids) > 1:
        pair = min(pairwise(ids), key=lambda p: rank.get(p, 1 << 60))
        if pair not in rank:
            break
        ids = merge(ids, pair, rank[pair])
    return ids


# @learn:tokenization.tiktoken_vs_rustbpe
def pairs_of(tokens: Iterable[bytes]) -> list[Pair]:
    """The pair that each token was glued from, given the bytes of all merges in order.

    ``rustbpe`` tells the bytes only. Before a token was learned, its bytes were cut into the two
    that made it; so the merges before it, applied to its bytes, leave exactly this pair.
    Raises ``ValueError`` for a token that no merge could have made.
    """
    rank: dict[Pair, int] = {}
    for n, token in enumerate(tokens):
        ids = apply_merges(token, rank)
        if len(ids) != 2:
            raise ValueError(f"merge {n} ({token[:40]!r}) could not have been learned")
        rank[ids[0], ids[1]] = 256 + n
    return list(rank)
