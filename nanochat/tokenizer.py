"""Text to token ids and back: a vocabulary learned from text, and the two directions of using it.

Learning and using are two jobs with two libraries: ``rustbpe`` learns merges, ``tiktoken``
applies them. Both are in a compiled language; ``bpe.py`` does the same in plain Python and is the
place to read how. Chats as token streams are in ``conversation.py``.

Ids: 0–255 are the bytes, then one id per merge in the order they were learned, then nine special
tokens at the end.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import regex

from nanochat.bpe import (
    SPLIT_PATTERN,
    Pair,
    apply_merges,
    learn_merges,
    pairs_of,
    split,
    utf8_bytes,
)

FORMAT = "nanochat.tokenizer/1"

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
METHODS = ("rustbpe", "didactic")

# The compiled libraries give up on a run of a million spaces, where Python goes on.
LONGEST_SPACE = 500_000
MOST_BYTES = 1 << 26  # of all tokens of a file together, so that loading it cannot fill the memory
_spaces = regex.compile(r"\s{2,}+")


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

    # @learn:tokenization.bpe
    # @learn:tokenization.tiktoken_vs_rustbpe
    @classmethod
    def train(cls, texts: Iterable[str], vocab_size: int, method: str = "rustbpe") -> Tokenizer:
        """Learn a vocabulary of ``vocab_size`` ids: 256 bytes, the merges, 9 special tokens.

        ``method="didactic"`` learns the same merges in plain Python. The vocabulary is smaller
        when the texts run out of pairs. Raises ``ValueError`` for a size below 265, an unknown
        method, or when ``texts`` is one string.
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
        if method not in METHODS:
            raise ValueError(f"There is no method {method!r}; choose one of: {', '.join(METHODS)}.")
        if method == "didactic":
            return cls(learn_merges(texts, vocab_size - SMALLEST_VOCAB))
        import rustbpe

        learner = rustbpe.Tokenizer()
        size = vocab_size - len(SPECIAL_TOKENS)
        learner.train_from_iterator(_fit_for_rustbpe(texts), size, pattern=SPLIT_PATTERN)
        return cls(pairs_of(token for token, _ in learner.get_mergeable_ranks()[256:]))

    # @learn:tokenization.vocab_size
    # @viz:vocab_tradeoff
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

    # @learn:tokenization.special_tokens
    def get_bos_token_id(self) -> int:
        """The id of ``<|bos|>``, which opens every document."""
        return self._special["<|bos|>"]

    # @learn:tokenization.tiktoken_vs_rustbpe
    @cached_property
    def _tiktoken(self) -> Any:
        """The compiled encoder, made when the first text comes."""
        import tiktoken

        first = len(self._bytes) - len(SPECIAL_TOKENS)
        ranks = {token: id for id, token in enumerate(self._bytes[:first])}
        return tiktoken.Encoding(
            "nanochat", pat_str=SPLIT_PATTERN, mergeable_ranks=ranks, special_tokens=self._special
        )

    # @learn:tokenization.tiktoken_vs_rustbpe
    def encode(self, text: str) -> list[int]:
        """The ids of ``text``; never a special token, even if the text spells one.

        Raises ``ValueError`` for a lone surrogate.
        """
        utf8_bytes(text)
        if _long_space(text):
            return self.encode_slowly(text)
        return self._tiktoken.encode_ordinary(text)

    # @learn:tokenization.bpe
    def encode_slowly(self, text: str) -> list[int]:
        """The same ids as ``encode``, in plain Python: cut the text, then glue in each piece."""
        return [id for piece in split(text) for id in apply_merges(piece.encode(), self._rank)]

    # @learn:tokenization.tiktoken_vs_rustbpe
    def encode_batch(self, texts: Iterable[str]) -> list[list[int]]:
        """The ids of each of ``texts``."""
        return [self.encode(text) for text in texts]

    # @learn:tokenization.unicode_bytes
    def decode(self, ids: Iterable[int]) -> str:
        """The text of ``ids``; bytes that do not make a character become ``�``.

        Raises ``ValueError`` for an id outside the vocabulary.
        """
        return b"".join(map(self.decode_bytes, ids)).decode("utf-8", errors="replace")

    # @learn:tokenization.unicode_bytes
    def decode_bytes(self, id: int) -> bytes:
        """The bytes that one id stands for; a special token gives its name."""
        if not 0 <= id < len(self._bytes):
            raise ValueError(
                f"There is no token {id}: this vocabulary has the ids 0 to {len(self._bytes) - 1}."
            )
        return self._bytes[id]

    # @learn:optimization.bits_per_byte
    def token_bytes(self) -> list[int]:
        """How many bytes of text each id stands for: 0 for a special token, which is no text."""
        first = len(self._bytes) - len(SPECIAL_TOKENS)
        return [len(token) if id < first else 0 for id, token in enumerate(self._bytes)]

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
        if (oddity := _unlearnable(pairs)) is not None:
            raise ValueError(_refusal(path, oddity))
        return cls(pairs)


def _unlearnable(pairs: list[Pair]) -> str | None:
    """Why no text could have taught these merges; then the two ways of encoding would differ."""
    lengths = [1] * 256
    for left, right in pairs:
        lengths.append(lengths[left] + lengths[right])
    if sum(lengths) > MOST_BYTES:
        return "its tokens are longer than any text"
    tokens = [bytes([value]) for value in range(256)]
    for left, right in pairs:
        tokens.append(tokens[left] + tokens[right])
    try:
        learned = pairs_of(tokens[256:])
    except ValueError as error:
        return str(error)
    odd = [n for n, (pair, right) in enumerate(zip(pairs, learned, strict=True)) if pair != right]
    return f"merge {odd[0]} could not have been learned" if odd else None


def _long_space(text: str) -> bool:
    """Whether ``text`` has a run of white space that the compiled libraries cannot take."""
    return len(text) > LONGEST_SPACE and any(
        run.end() - run.start() > LONGEST_SPACE for run in _spaces.finditer(text)
    )


def _fit_for_rustbpe(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        utf8_bytes(text)
        if _long_space(text):
            raise ValueError(
                f"One of the texts has more than {LONGEST_SPACE} white spaces in a row, which "
                'rustbpe cannot take. Shorten the run, or train with method="didactic".'
            )
        yield text


def _refusal(path: str | os.PathLike[str], reason: str) -> str:
    return (
        f"{path} is not a tokenizer that can be used: {reason}. "
        "Copy the file anew, or train the tokenizer again."
    )
