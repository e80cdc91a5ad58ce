"""Passages in one file: what is kept, and what becomes of a damaged one."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from store_builders import THREE, passage

from nanochat_learn.adapters import passages_file as module
from nanochat_learn.adapters.passages_file import PassagesFile
from nanochat_learn.errors import Busy, CannotWrite
from nanochat_learn.ports import Synced


def test_sync_touches_only_its_owner_and_only_what_changed():
    file = PassagesFile(None)
    assert file.sync("tree", THREE, "v1") == Synced(3, 0, 0)
    assert file.sync("added", [passage("note", "a page about caches")]) == Synced(1, 0, 0)
    assert file.sync("tree", THREE, "v2") == Synced(0, 3, 0)
    assert file.stamp("tree") == "v2"
    edited = [THREE[0], passage("a.py:norm", "multiplies")]
    assert file.sync("tree", edited) == Synced(1, 1, 1)
    assert {p.id: p.text for p in file.passages()} == {
        "a.py:cache": THREE[0].text,
        "a.py:norm": "multiplies",
        "note": "a page about caches",
    }
    relabelled = [passage("a.py:cache", THREE[0].text, label="memory"), edited[1]]
    assert file.sync("tree", relabelled) == Synced(1, 1, 0)
    assert {p.id: p.label for p in file.passages()}["a.py:cache"] == "memory"


def test_an_id_of_the_tree_wins():
    file = PassagesFile(None)
    file.sync("added", [passage("a.py:cache", "mine")])
    file.sync("tree", THREE)
    file.sync("added", [passage("a.py:cache", "mine again"), passage("x", "other")])
    assert {p.id: p.text for p in file.passages()}["a.py:cache"] == THREE[0].text
    assert file.owners()["a.py:cache"] == "tree"
    assert file.owners()["x"] == "added"


def test_other_processes_are_seen(tmp_path: Path):
    one, other = PassagesFile(tmp_path / "p.sqlite"), PassagesFile(tmp_path / "p.sqlite")
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
    path = tmp_path / "p.sqlite"
    file = PassagesFile(path)
    file.sync("tree", [passage(f"n{n}", f"word{n} " * 50) for n in range(200)], "v1")
    whole = path.read_bytes()
    match damage:
        case "nonsense":
            path.write_bytes(b"\x00nonsense" * 1000)
        case "empty":
            path.write_bytes(b"")
        case "deleted":
            path.unlink()
        case "version":
            with sqlite3.connect(path) as db:
                db.execute("PRAGMA user_version = 77")
            file = PassagesFile(path)
        case "torn":
            path.write_bytes(whole[:4096] + os.urandom(len(whole) - 4096))
            file = PassagesFile(path)
    file.passages()
    file.sync("tree", THREE, "v2")
    assert file.stamp("tree") == "v2"
    assert len(file.passages()) == 3


def test_a_full_disk_is_a_sentence_and_keeps_what_was(tmp_path: Path):
    file = PassagesFile(tmp_path / "p.sqlite")
    file.sync("tree", THREE)
    file._opened().execute("PRAGMA max_page_count = 12")
    with pytest.raises(CannotWrite, match="full"):
        file.sync("tree", [passage(f"n{n}", "x" * 10_000) for n in range(50)])
    assert len(file.passages()) == 3


def test_somebody_elses_write_is_waited_for_then_told(tmp_path: Path, monkeypatch):
    file = PassagesFile(tmp_path / "p.sqlite")
    file.sync("tree", THREE)
    file._opened().execute("PRAGMA busy_timeout = 50")
    with sqlite3.connect(tmp_path / "p.sqlite", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy):
            file.sync("tree", THREE[:1])
        other.execute("ROLLBACK")
    assert len(file.passages()) == 3


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWrite):
        PassagesFile(tmp_path / "file" / "p.sqlite").passages()


def test_layout_is_made_once(tmp_path: Path):
    PassagesFile(tmp_path / "p.sqlite").sync("tree", THREE)
    with sqlite3.connect(tmp_path / "p.sqlite") as db:
        assert db.execute("PRAGMA user_version").fetchone() == (module._LAYOUT,)
