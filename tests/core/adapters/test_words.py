"""Full text in one file: what is found, what is kept, and what becomes of a damaged one."""

from __future__ import annotations

import os
import sqlite3
import string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_builders import THREE, passage

from nanochat_learn.adapters import words as module
from nanochat_learn.adapters.words import Words, question_words
from nanochat_learn.errors import Busy, CannotWrite
from nanochat_learn.ports import Synced


def found(words: Words, question: str) -> list[str]:
    return [one.id for one in words.search(question, 10)]


def test_words_are_stemmed_and_ranked():
    words = Words(None)
    words.sync("tree", THREE)
    assert found(words, "where does it keep earlier tokens?") == ["a.py:cache", "b.py:sample"]
    assert found(words, "dividing vectors") == ["a.py:norm"]
    assert found(words, "kv cache")[0] == "a.py:cache"  # by its label
    assert "b.py:sample" in found(words, "KVCache")
    best, second = words.search("earlier tokens", 10)
    assert best.score > second.score > 0


def test_questions_of_stop_words_alone_still_look():
    assert question_words("what is it?") == ["what", "is", "it"]
    assert question_words("What does GPTConfig do") == ["gptconfig", "gpt", "config"]
    assert question_words("n_head") == ["n_head", "head"]
    assert question_words("?!") == []
    assert len(question_words(" ".join(f"w{n}" for n in range(10_000)))) == 64


@given(st.text(alphabet=string.printable + "äß漢字\x00\ud800", max_size=80))
@settings(max_examples=150, deadline=None)
def test_no_question_is_a_syntax_error(question: str):
    words = Words(None)
    words.sync("tree", THREE)
    for one in words.search(question, 3):
        assert one.score >= 0


def test_sync_touches_only_its_owner_and_only_what_changed():
    words = Words(None)
    assert words.sync("tree", THREE, "v1") == Synced(3, 0, 0)
    assert words.sync("added", [passage("note", "a page about caches")]) == Synced(1, 0, 0)
    assert words.sync("tree", THREE, "v2") == Synced(0, 3, 0)
    assert words.stamp("tree") == "v2"
    edited = [THREE[0], passage("a.py:norm", "multiplies")]
    assert words.sync("tree", edited) == Synced(1, 1, 1)
    assert found(words, "divides") == []
    assert found(words, "multiply") == ["a.py:norm"]
    assert "note" in found(words, "caches")
    relabelled = [passage("a.py:cache", THREE[0].text, label="memory"), edited[1]]
    assert words.sync("tree", relabelled) == Synced(1, 1, 0)
    assert found(words, "memory") == ["a.py:cache"]


def test_an_id_of_the_tree_wins():
    words = Words(None)
    words.sync("added", [passage("a.py:cache", "mine")])
    words.sync("tree", THREE)
    words.sync("added", [passage("a.py:cache", "mine again"), passage("x", "other")])
    assert {p.id: p.text for p in words.passages()}["a.py:cache"] == THREE[0].text
    assert words.owners()["a.py:cache"] == "tree"
    assert words.owners()["x"] == "added"


def test_other_processes_are_seen(tmp_path: Path):
    one, other = Words(tmp_path / "w.sqlite"), Words(tmp_path / "w.sqlite")
    one.sync("tree", THREE)
    before = other.generation()
    assert len(other.passages()) == 3
    assert other.generation() == before
    one.touch()
    assert other.generation() != before
    one.sync("tree", THREE[:1])
    assert [p.id for p in other.passages()] == ["a.py:cache"]


@pytest.mark.parametrize("damage", ["nonsense", "empty", "deleted", "version", "torn"])
def test_damage_is_made_anew(tmp_path: Path, damage: str):
    file = tmp_path / "w.sqlite"
    words = Words(file)
    words.sync("tree", [passage(f"n{n}", f"word{n} " * 50) for n in range(200)], "v1")
    whole = file.read_bytes()
    match damage:
        case "nonsense":
            file.write_bytes(b"\x00nonsense" * 1000)
        case "empty":
            file.write_bytes(b"")
        case "deleted":
            file.unlink()
        case "version":
            with sqlite3.connect(file) as db:
                db.execute("PRAGMA user_version = 77")
            words = Words(file)
        case "torn":
            file.write_bytes(whole[:4096] + os.urandom(len(whole) - 4096))
            words = Words(file)
    words.search("word7", 3)
    words.passages()
    words.sync("tree", THREE, "v2")
    assert words.stamp("tree") == "v2"
    assert len(words.passages()) == 3
    assert found(words, "earlier tokens")


def test_a_full_disk_is_a_sentence_and_keeps_what_was(tmp_path: Path):
    words = Words(tmp_path / "w.sqlite")
    words.sync("tree", THREE)
    words._opened().execute("PRAGMA max_page_count = 12")
    with pytest.raises(CannotWrite, match="full"):
        words.sync("tree", [passage(f"n{n}", "x" * 10_000) for n in range(50)])
    assert len(words.passages()) == 3


def test_somebody_elses_write_is_waited_for_then_told(tmp_path: Path, monkeypatch):
    words = Words(tmp_path / "w.sqlite")
    words.sync("tree", THREE)
    words._opened().execute("PRAGMA busy_timeout = 50")
    with sqlite3.connect(tmp_path / "w.sqlite", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy):
            words.sync("tree", THREE[:1])
        other.execute("ROLLBACK")
    assert len(words.passages()) == 3


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWrite):
        Words(tmp_path / "file" / "w.sqlite").passages()


def test_layout_is_made_once(tmp_path: Path):
    Words(tmp_path / "w.sqlite").sync("tree", THREE)
    with sqlite3.connect(tmp_path / "w.sqlite") as db:
        assert db.execute("PRAGMA user_version").fetchone() == (module._LAYOUT,)
