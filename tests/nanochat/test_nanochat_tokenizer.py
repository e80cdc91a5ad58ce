"""The tokenizer: what it learns, what it gives back, what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nanochat.bpe import SPLIT_PATTERN, learn_merges, split
from nanochat.tokenizer import SMALLEST_VOCAB, SPECIAL_TOKENS, Tokenizer

PROSE = (
    "The king said to Élodie: it's 12345 o'clock, we'll go! 🙂🙂 naïve café\n\n  indented\tline "
    "the thin thing thinks that the other brother bothers the mother. 日本語日本 ١٢٣٤٥"
)
TRAINED = Tokenizer.train([PROSE] * 3, 340)


@given(st.text())
def test_decode_gives_back_any_text(text: str) -> None:
    assert "".join(split(text)) == text
    ids = TRAINED.encode(text)
    assert TRAINED.decode(ids) == text
    assert all(0 <= i < TRAINED.get_vocab_size() - len(SPECIAL_TOKENS) for i in ids)


# The newest characters are left out: each library brings its own table of what is a letter.
@given(
    st.one_of(
        st.text(alphabet=st.characters(exclude_categories=["Cs", "Cn"])),
        st.text(alphabet="aab 1é🙂'\n", max_size=200),
        st.lists(st.sampled_from(PROSE.split(" ")), max_size=20).map(" ".join),
    )
)
def test_encoding_slowly_gives_the_same_ids(text: str) -> None:
    assert TRAINED.encode(text) == TRAINED.encode_slowly(text)


@settings(max_examples=50)
@given(
    st.lists(st.text(alphabet="aaab c\n", max_size=80), max_size=5),
    st.text(alphabet="aaab c\n", max_size=300),
)
def test_encoding_slowly_gives_the_same_ids_whatever_was_learned(texts, text: str) -> None:
    fresh = Tokenizer.train(texts, 300, method="didactic")
    assert fresh.encode(text) == fresh.encode_slowly(text)


@given(st.text(alphabet="aab 1é🙂'\n", max_size=60))
def test_decode_gives_back_texts_full_of_merges(text: str) -> None:
    assert TRAINED.decode(TRAINED.encode(text)) == text


def test_encode_applies_merges_in_the_order_learned() -> None:
    # "bc" was learned before "ab", so "abc" is a + bc although ab stands first
    pairs = [(ord("b"), ord("c")), (ord("a"), ord("b"))]
    assert Tokenizer(pairs).encode("abc") == [ord("a"), 256]
    assert Tokenizer(pairs).encode("abab") == [257, 257]


def test_encode_of_the_training_text_uses_the_learned_pieces() -> None:
    assert len(TRAINED.encode(PROSE)) < len(PROSE.encode()) / 2
    assert TRAINED.encode("the") != list(b"the")


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
        (_with(merges=[[1, 2], [2, 3], [1, 257]]), "merge 2 .*could not have been learned"),
        (
            _with(merges=[[1, 2], [2, 3], [1, 3], [2, 257], [2, 2], [257, 257], [260, 3]]),
            "merge 6 .*could not have been learned",
        ),
        (_with(merges=[[n, n] for n in (1, *range(256, 400))]), "longer than any text"),
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


def test_a_million_spaces_do_not_stop_it() -> None:
    text = "a" + " " * 1_000_000 + "b"
    ids = TRAINED.encode(text)
    assert TRAINED.decode(ids) == text
    assert TRAINED.encode(text[:400_000]) == TRAINED.encode_slowly(text[:400_000])
    with pytest.raises(ValueError, match=r"500000 white spaces.*method=\"didactic\""):
        Tokenizer.train([text], 270)
    assert Tokenizer.train([text], 270, method="didactic").get_vocab_size() == 270


def test_the_answer_belongs_to_the_caller() -> None:
    ids = TRAINED.encode(PROSE)
    ids.clear()  # what the caller does with the answer reaches nobody else
    assert TRAINED.decode(TRAINED.encode(PROSE)) == PROSE
    assert TRAINED.encode_batch([PROSE, "", "the"]) == [
        TRAINED.encode(PROSE), [], TRAINED.encode("the")]  # fmt: skip


def test_methods_of_training() -> None:
    slow = Tokenizer.train([PROSE], 300, method="didactic")
    assert slow.merges == Tokenizer.train([PROSE], 300).merges
    with pytest.raises(ValueError, match="no method 'magic'; choose one of: rustbpe, didactic"):
        Tokenizer.train([PROSE], 300, method="magic")


def test_token_bytes_add_up_to_the_text() -> None:
    lengths = TRAINED.token_bytes()
    assert len(lengths) == TRAINED.get_vocab_size()
    assert sum(lengths[i] for i in TRAINED.encode(PROSE)) == len(PROSE.encode())
    assert lengths[0xC3] == 1  # half of é is one byte, although it shows as a sign of three
    assert [lengths[TRAINED.encode_special(name)] for name in SPECIAL_TOKENS] == [0] * 9
