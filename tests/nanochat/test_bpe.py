"""Byte-pair encoding: cutting text, and merges against the naive way and against rustbpe."""

from __future__ import annotations

import unicodedata
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nanochat.bpe import SPLIT_PATTERN, learn_merges, pairs_of, split
from nanochat.stories import documents
from nanochat.tokenizer import Tokenizer

PROSE = (
    "The king said to Élodie: it's 12345 o'clock, we'll go! 🙂🙂 naïve café\n\n  indented\tline "
    "the thin thing thinks that the other brother bothers the mother. 日本語日本 ١٢٣٤٥"
)
# Characters that every edition of Unicode in use knows: the newest ones, the libraries may cut
# differently, since each brings its own table of what is a letter.
KNOWN = st.characters(exclude_categories=["Cs", "Cn"])


def naive_merges(texts: list[str], how_many: int) -> list[tuple[int, int]]:
    """Count every pair afresh for every merge, in every piece as often as it occurs."""
    pieces = [list(piece.encode()) for text in texts for piece in split(text)]
    merges = []
    for n in range(how_many):
        counts = Counter((p[i], p[i + 1]) for p in pieces for i in range(len(p) - 1))
        if not counts:
            break
        best = sorted(counts, key=lambda pair: (-counts[pair], pair))[0]
        merges.append(best)
        for k, piece in enumerate(pieces):
            out: list[int] = []
            while piece:
                taken = 2 if tuple(piece[:2]) == best else 1
                out.append(256 + n if taken == 2 else piece[0])
                piece = piece[taken:]
            pieces[k] = out
    return merges


@given(st.lists(st.text(alphabet="aaabc é🙂1\n", max_size=60), max_size=5), st.integers(0, 25))
def test_training_equals_the_naive_way(texts: list[str], how_many: int) -> None:
    assert learn_merges(texts, how_many) == naive_merges(texts, how_many)


def test_training_equals_the_naive_way_on_prose_and_a_run_of_one_letter() -> None:
    texts = [PROSE, "a" * 97, PROSE[::-1]]
    merges = learn_merges(texts, 150)
    assert len(merges) > 100
    assert merges == naive_merges(texts, 150)


def test_of_equally_frequent_pairs_the_smaller_comes_first() -> None:
    assert learn_merges(["zy ba"], 2)[0] == (ord(" "), ord("b"))
    assert learn_merges(["zy", "ba"], 2) == [(ord("b"), ord("a")), (ord("z"), ord("y"))]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Hello world", ["Hello", " world"]),
        ("it's WE'LL", ["it", "'s", " WE", "'LL"]),
        ("12345", ["12", "34", "5"]),
        ("a1b22", ["a", "1", "b", "22"]),
        ("x  y", ["x", " ", " y"]),
        ("end.\n\nNew", ["end", ".\n\n", "New"]),
        ("a \n b", ["a", " \n", " b"]),
        ("?!", ["?!"]),
        (" 7", [" ", "7"]),
        ("trail  ", ["trail", "  "]),
    ],
)
def test_split(text: str, pieces: list[str]) -> None:
    assert split(text) == pieces


@pytest.mark.parametrize("run", ["a", " ", "1", "!", "\n", "'", " \n"])
def test_split_of_a_long_run_is_quick(run: str) -> None:
    text = run * 50_000  # an expression that backtracks would not come back
    assert "".join(split(text)) == text


def rust_ranks(texts: list[str], vocab_size: int) -> list[tuple[bytes, int]]:
    """What rustbpe itself says, not through our class."""
    import rustbpe

    learner = rustbpe.Tokenizer()
    learner.train_from_iterator(iter(texts), vocab_size, pattern=SPLIT_PATTERN)
    return list(learner.get_mergeable_ranks())


def ranks_of(tokenizer: Tokenizer) -> list[tuple[bytes, int]]:
    return [(tokenizer.decode_bytes(id), id) for id in range(tokenizer.get_vocab_size() - 9)]


@settings(max_examples=150)
@given(
    st.one_of(
        st.lists(st.text(alphabet=KNOWN, max_size=80), max_size=8),
        st.lists(st.text(alphabet="aab é🙂1'\n", max_size=80), max_size=8),  # ties and runs
        st.lists(st.sampled_from([PROSE, "", "aaaa", "ababab", "it's we'll"]), max_size=6),
    ),
    st.integers(265, 330),
)
def test_the_merges_are_those_of_rustbpe(texts: list[str], vocab_size: int) -> None:
    ours = Tokenizer.train(texts, vocab_size, method="didactic")
    theirs = Tokenizer.train(texts, vocab_size, method="rustbpe")
    assert ours.merges == theirs.merges
    assert ranks_of(ours) == rust_ranks(texts, vocab_size - 9)


def test_a_larger_vocabulary_is_that_of_rustbpe() -> None:
    texts = list(documents(400, seed=2)) + [PROSE] * 2
    ours = Tokenizer.train(texts, 1700, method="didactic")
    assert ours.get_vocab_size() == 1700
    assert ranks_of(ours) == rust_ranks(texts, 1691)
    assert ours.merges == Tokenizer.train(texts, 1700).merges


@pytest.mark.parametrize("before", ["a", "'", " ", "1"])
def test_python_and_rust_cut_at_every_character_alike(before: str) -> None:
    """A token for every substring shows where tiktoken cuts: it never glues across a cut."""
    import tiktoken

    rare = 97  # every 97th of all characters, the first 0x3100 all
    points = [*range(0x3100), *range(0x3100, 0x110000, rare)]
    letters = [c for c in map(chr, points) if unicodedata.category(c) not in ("Cs", "Cn")]
    texts = [f"{before}{c}a" for c in letters]
    ranks = {bytes([value]): value for value in range(256)}
    for text in texts:
        for part in (text, text[:2], text[1:], *text):
            ranks.setdefault(part.encode(), len(ranks))
    encoder = tiktoken.Encoding("all", pat_str=SPLIT_PATTERN, mergeable_ranks=ranks,
                                special_tokens={})  # fmt: skip
    for text in texts:
        cut = [encoder.decode_single_token_bytes(id).decode() for id in encoder.encode(text)]
        assert cut == split(text), text.encode("unicode_escape")


@pytest.mark.parametrize("kind", [r"\p{L}", r"\p{N}", r"\s"])
def test_python_and_rust_differ_only_in_characters_newer_than_unicode_16(kind: str) -> None:
    """What ``bpe.py`` says of the two tables, for every character there is."""
    import regex
    import tiktoken

    ranks = {bytes([value]): value for value in range(256)}
    rust = tiktoken.Encoding("kind", pat_str=kind, mergeable_ranks=ranks, special_tokens={})
    every = "".join(chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000)
    known = set(rust.decode(rust.encode_ordinary(every)))  # what does not match leaves no token
    ours = set(regex.findall(kind, every))
    assert not known - ours
    assert len(ours - known) < 18_000
    if unicodedata.unidata_version < "17":
        assert {unicodedata.category(c) for c in ours - known} <= {"Cn"}  # not given out yet


@given(st.lists(st.text(alphabet="aabc é\n", max_size=60), max_size=5), st.integers(0, 40))
def test_pairs_are_found_from_the_bytes(texts: list[str], how_many: int) -> None:
    merges = learn_merges(texts, how_many)
    tokens = ranks_of(Tokenizer(merges))[256:]
    assert pairs_of(token for token, _ in tokens) == merges


def test_bytes_that_no_merge_makes_are_refused() -> None:
    assert pairs_of([b"ab", b"abc"]) == [(97, 98), (256, 99)]
    with pytest.raises(ValueError, match=r"merge 0 \(b'abc'\) could not have been learned"):
        pairs_of([b"abc"])
    with pytest.raises(ValueError, match=r"merge 1 .* could not have been learned"):
        pairs_of([b"ab", b"ab"])
