"""The tokenizer: what it learns, what it gives back, what it refuses."""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nanochat.tokenizer import SMALLEST_VOCAB, SPECIAL_TOKENS, Tokenizer, learn_merges, split

PROSE = (
    "The king said to Élodie: it's 12345 o'clock, we'll go! 🙂🙂 naïve café\n\n  indented\tline "
    "the thin thing thinks that the other brother bothers the mother. 日本語日本 ١٢٣٤٥"
)
TRAINED = Tokenizer.train([PROSE] * 3, 340)


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


@given(st.text())
def test_decode_gives_back_any_text(text: str) -> None:
    assert "".join(split(text)) == text
    ids = TRAINED.encode(text)
    assert TRAINED.decode(ids) == text
    assert all(0 <= i < TRAINED.get_vocab_size() - len(SPECIAL_TOKENS) for i in ids)


@given(st.text(alphabet="aab 1é🙂'\n", max_size=60))
def test_decode_gives_back_texts_full_of_merges(text: str) -> None:
    assert TRAINED.decode(TRAINED.encode(text)) == text


@settings(deadline=None)
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


def test_encode_applies_merges_in_the_order_learned() -> None:
    # "bc" was learned before "ab", so "abc" is a + bc although ab stands first
    pairs = [(ord("b"), ord("c")), (ord("a"), ord("b"))]
    assert Tokenizer(pairs).encode("abc") == [ord("a"), 256]
    assert Tokenizer(pairs).encode("abab") == [257, 257]


def test_encode_of_the_training_text_uses_the_learned_pieces() -> None:
    assert len(TRAINED.encode(PROSE)) < len(PROSE.encode()) / 2
    assert TRAINED.encode("the") != list(b"the")


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


def test_special_tokens_are_never_spelled() -> None:
    first = TRAINED.get_vocab_size() - 9
    assert [TRAINED.encode_special(name) for name in SPECIAL_TOKENS] == list(
        range(first, first + 9)
    )
    assert TRAINED.get_bos_token_id() == first
    for name in SPECIAL_TOKENS:
        ids = TRAINED.encode(f"x{name}y")
        assert max(ids) < first
        assert TRAINED.decode(ids) == f"x{name}y"
        assert TRAINED.decode([TRAINED.encode_special(name)]) == name
    with pytest.raises(ValueError, match=r"'<\|nothing\|>' is no special token. There are: <\|bos"):
        TRAINED.encode_special("<|nothing|>")


def test_special_tokens_are_the_nine_in_their_order() -> None:
    roles = ["bos"]
    roles += [f"{who}_{end}" for who in ("user", "assistant", "python", "output")
              for end in ("start", "end")]  # fmt: skip
    assert tuple(f"<|{role}|>" for role in roles) == SPECIAL_TOKENS


@pytest.mark.parametrize("use", [TRAINED.encode, lambda text: Tokenizer.train([text], 300)])
def test_half_a_character_is_refused_with_its_place(use) -> None:
    with pytest.raises(ValueError, match=r"Character 12 .*U\+D83D, a lone surrogate"):
        use("two words + \ud83d")


def test_vocabulary_sizes() -> None:
    assert Tokenizer.train([PROSE], 300).get_vocab_size() == 300
    assert Tokenizer.train([PROSE], SMALLEST_VOCAB).get_vocab_size() == 265
    assert Tokenizer.train(["ab"], 5000).get_vocab_size() == 266  # one pair, then nothing is left
    assert Tokenizer.train([], 5000).get_vocab_size() == 265
    with pytest.raises(ValueError, match="already need 265"):
        Tokenizer.train([PROSE], 264)
    with pytest.raises(ValueError, match="is one string"):
        Tokenizer.train(PROSE, 300)


def test_texts_may_be_a_stream() -> None:
    assert Tokenizer.train((t for t in [PROSE, PROSE]), 300).merges == learn_merges([PROSE], 35)


def test_bytes_that_make_no_character_are_shown_as_such() -> None:
    assert TRAINED.decode([0xC3]) == "�"
    assert TRAINED.decode([0xC3, 0xA9]) == "é"
    assert TRAINED.decode_bytes(0xC3) == b"\xc3"


@pytest.mark.parametrize("strange", [-1, TRAINED.get_vocab_size()])
def test_unknown_ids_are_refused(strange: int) -> None:
    with pytest.raises(ValueError, match=f"There is no token {strange}: .* 0 to "):
        TRAINED.decode([65, strange])


def test_save_and_load(tmp_path: Path) -> None:
    file = tmp_path / "tokenizer.json"
    TRAINED.save(file)
    again = Tokenizer.load(file)
    assert again.merges == TRAINED.merges
    assert again.encode(PROSE) == TRAINED.encode(PROSE)
    assert [p.name for p in tmp_path.iterdir()] == ["tokenizer.json"]


def test_a_failed_save_leaves_the_old_file(tmp_path: Path, monkeypatch) -> None:
    file = tmp_path / "tokenizer.json"
    TRAINED.save(file)

    def full_disk(self: Path, *_: object, **__: object) -> None:
        self.write_bytes(b"{")
        raise OSError("no space left")

    monkeypatch.setattr(Path, "write_text", full_disk)
    with pytest.raises(OSError, match="no space"):
        Tokenizer([]).save(file)
    assert Tokenizer.load(file).merges == TRAINED.merges
    assert len(list(tmp_path.iterdir())) == 1


def _with(**changes: object) -> str:
    good = {"format": "nanochat.tokenizer/1", "special_tokens": SPECIAL_TOKENS, "merges": [[1, 2]]}
    from nanochat.tokenizer import SPLIT_PATTERN

    return json.dumps({**good, "split": SPLIT_PATTERN, **changes})


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "not JSON"),
        ('{"format": ', "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "does not say that its format"),
        (_with(format="other/2"), "does not say that its format"),
        (_with(split="."), "another split pattern"),
        (_with(special_tokens=["<|bos|>"]), "special tokens are others"),
        (_with(merges=None), "merges are missing"),
        (_with(merges=[[1, 2], [256, 258]]), "merge 1 is not two ids below 257"),
        (_with(merges=[[1, -2]]), "merge 0 is not"),
        (_with(merges=[[1, True]]), "merge 0 is not"),
        (_with(merges=[[1, 2.0]]), "merge 0 is not"),
        (_with(merges=[[1, 2, 3]]), "merge 0 is not"),
        (_with(merges=["12"]), "merge 0 is not"),
        (_with(merges=[[1, 2], [1, 2]]), "same merge twice"),
    ],
)
def test_a_corrupt_file_is_refused_with_the_reason(
    tmp_path: Path, content: str, reason: str
) -> None:
    file = tmp_path / "tokenizer.json"
    file.write_text(content)
    with pytest.raises(ValueError, match=reason) as caught:
        Tokenizer.load(file)
    assert str(file) in str(caught.value)
    assert "train the tokenizer again" in str(caught.value)


def test_bytes_that_are_not_text_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "tokenizer.json"
    file.write_bytes(b"\x80\x04\x95 pickled")
    with pytest.raises(ValueError, match="not JSON"):
        Tokenizer.load(file)


def test_remembered_pieces_are_bounded_and_not_shared(monkeypatch) -> None:
    monkeypatch.setattr("nanochat.tokenizer.MOST_CACHED", 4)
    small = Tokenizer(TRAINED.merges)
    chance = random.Random(0)
    for _ in range(50):
        text = " ".join(chance.choice(PROSE.split()) for _ in range(5))
        ids = small.encode(text)
        assert ids == TRAINED.encode(text)
        ids.clear()  # what the caller does with the answer must not reach the memory
        assert small.encode(text) == TRAINED.encode(text)
        assert len(small._remembered) <= 4
