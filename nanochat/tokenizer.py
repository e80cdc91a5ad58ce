"""Text to token ids and back: byte-pair encoding, learned and applied in plain Python.

Learning (``learn_merges``) and cutting text (``Tokenizer.encode``) are two separate jobs. Both are
written to be read, and are quick enough for a few megabytes; for gigabytes, use a library that
does the same in a compiled language. Chats as token streams are not here.

Ids: 0–255 are the bytes, then one id per merge in the order they were learned, then nine special
tokens at the end.
"""

from __future__ import annotations

import heapq
import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import regex

FORMAT = "nanochat.tokenizer/1"

# Text is cut into pieces first; no token ever crosses a cut. The first alternative that fits wins.
# A doubled `+` never gives back what it took, so a long run costs one pass.
# @learn:tokenization.pretokenization
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

# Marks that no text can spell: `encode` never makes these ids, only `encode_special` does.
# `<|bos|>` opens every document and also ends one.
# @learn:tokenization.special_tokens
SPECIAL_TOKENS = (
    "<|bos|>",
    "<|user_start|>",
    "<|user_end|>",
    "<|assistant_start|>",
    "<|assistant_end|>",
    "<|python_start|>",
    "<|python_end|>",
    "<|output_start|>",
    "<|output_end|>",
)

SMALLEST_VOCAB = 256 + len(SPECIAL_TOKENS)
MOST_CACHED = 100_000  # pieces whose ids are remembered; then the memory starts afresh

Pair = tuple[int, int]


# @learn:tokenization.unicode_bytes
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


class Tokenizer:
    """A vocabulary learned from text, and the two directions of using it."""

    # @learn:tokenization.vocab_size
    def __init__(self, merges: Iterable[Pair]) -> None:
        """``merges`` in the order learned; ``Tokenizer.train`` and ``.load`` call this."""
        self.merges = list(merges)
        # @learn:tokenization.unicode_bytes
        self._bytes = [bytes([value]) for value in range(256)]  # id → the bytes it stands for
        for left, right in self.merges:
            self._bytes.append(self._bytes[left] + self._bytes[right])
        self._rank = {pair: 256 + n for n, pair in enumerate(self.merges)}  # pair → its id
        first = len(self._bytes)
        # @learn:tokenization.special_tokens
        self._special = {name: first + n for n, name in enumerate(SPECIAL_TOKENS)}
        self._bytes += [name.encode() for name in SPECIAL_TOKENS]
        self._remembered: dict[str, list[int]] = {}

    # @learn:tokenization.bpe
    @classmethod
    def train(cls, texts: Iterable[str], vocab_size: int) -> Tokenizer:
        """Learn a vocabulary of ``vocab_size`` ids: 256 bytes, the merges, 9 special tokens.

        The vocabulary is smaller when the texts run out of pairs. Raises ``ValueError`` for a
        size below 265, or when ``texts`` is one string.
        """
        if vocab_size < SMALLEST_VOCAB:
            raise ValueError(
                f"vocab_size is {vocab_size}, but the 256 bytes and {len(SPECIAL_TOKENS)} special "
                f"tokens already need {SMALLEST_VOCAB}."
            )
        if isinstance(texts, str):
            raise ValueError(
                "`texts` is one string; give a list of texts, such as [text]. Otherwise every "
                "letter would count as a text."
            )
        return cls(learn_merges(texts, vocab_size - SMALLEST_VOCAB))

    def get_vocab_size(self) -> int:
        """How many ids there are, V: every id is below this."""
        return len(self._bytes)

    # @learn:tokenization.special_tokens
    def encode_special(self, name: str) -> int:
        """The id of a special token such as ``"<|user_start|>"``; ``ValueError`` if unknown."""
        if name not in self._special:
            raise ValueError(
                f"{name!r} is no special token. There are: {', '.join(SPECIAL_TOKENS)}."
            )
        return self._special[name]

    def get_bos_token_id(self) -> int:
        """The id of ``<|bos|>``, which opens every document."""
        return self._special["<|bos|>"]

    # @learn:tokenization.tiktoken_vs_rustbpe
    def encode(self, text: str) -> list[int]:
        """The ids of ``text``; never a special token, even if the text spells one.

        Raises ``ValueError`` for a lone surrogate.
        """
        ids: list[int] = []
        for piece in split(text):
            known = self._remembered.get(piece)
            if known is None:
                known = self._encode_piece(piece)
                if len(self._remembered) >= MOST_CACHED:
                    self._remembered.clear()
                self._remembered[piece] = known
            ids += known
        return ids

    def encode_batch(self, texts: Iterable[str]) -> list[list[int]]:
        """The ids of each of ``texts``."""
        return [self.encode(text) for text in texts]

    # @learn:tokenization.bpe
    def _encode_piece(self, piece: str) -> list[int]:
        """Apply the merges to one piece, always the earliest-learned one that fits."""
        ids = list(utf8_bytes(piece))
        while len(ids) > 1:
            pair = min(pairwise(ids), key=lambda p: self._rank.get(p, 1 << 60))
            if pair not in self._rank:
                break
            ids = merge(ids, pair, self._rank[pair])
        return ids

    # @learn:tokenization.unicode_bytes
    def decode(self, ids: Iterable[int]) -> str:
        """The text of ``ids``; bytes that do not make a character become ``�``.

        Raises ``ValueError`` for an id outside the vocabulary.
        """
        return b"".join(map(self.decode_bytes, ids)).decode("utf-8", errors="replace")

    def decode_bytes(self, id: int) -> bytes:
        """The bytes that one id stands for; a special token gives its name."""
        if not 0 <= id < len(self._bytes):
            raise ValueError(
                f"There is no token {id}: this vocabulary has the ids 0 to {len(self._bytes) - 1}."
            )
        return self._bytes[id]

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the vocabulary to ``path`` as JSON; the file appears whole or not at all."""
        path = Path(path)
        content = {
            "format": FORMAT,
            "split": SPLIT_PATTERN,
            "special_tokens": SPECIAL_TOKENS,
            "merges": self.merges,
        }
        unfinished = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        try:
            unfinished.write_text(json.dumps(content), encoding="utf-8")
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Tokenizer:
        """Read what ``save`` wrote. Raises ``ValueError`` that says what is wrong with the file."""
        try:
            content = json.loads(Path(path).read_text(encoding="utf-8"))
        except (ValueError, RecursionError) as error:
            raise ValueError(_refusal(path, f"it is not JSON ({error})")) from None
        if not isinstance(content, dict) or content.get("format") != FORMAT:
            raise ValueError(_refusal(path, f"it does not say that its format is {FORMAT}"))
        if content.get("split") != SPLIT_PATTERN:
            raise ValueError(_refusal(path, "it was learned with another split pattern"))
        if content.get("special_tokens") != list(SPECIAL_TOKENS):
            raise ValueError(_refusal(path, "its special tokens are others"))
        merges = content.get("merges")
        if not isinstance(merges, list):
            raise ValueError(_refusal(path, "its merges are missing"))
        for n, pair in enumerate(merges):
            known = 256 + n  # a merge glues two ids that exist already
            if not (isinstance(pair, list) and len(pair) == 2) or not all(
                type(part) is int and 0 <= part < known for part in pair
            ):
                raise ValueError(_refusal(path, f"merge {n} is not two ids below {known}"))
        pairs = [(left, right) for left, right in merges]
        if len(set(pairs)) != len(pairs):
            raise ValueError(_refusal(path, "it lists the same merge twice"))
        return cls(pairs)


def _refusal(path: str | os.PathLike[str], reason: str) -> str:
    return (
        f"{path} is not a tokenizer that can be used: {reason}. "
        "Copy the file anew, or train the tokenizer again."
    )
