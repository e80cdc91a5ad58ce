"""Lines that several processes append, and that no crash loses."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path

import pytest

from nanochat_learn.errors import BadInput, CannotWrite
from nanochat_learn.journal import append, read


def _write(folder: Path, name: str, count: int) -> None:
    for number in range(count):
        append(folder, {"id": f"{name}-{number}", "n": number})


def test_two_processes_lose_nothing(tmp_path: Path):
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=_write, args=(tmp_path, name, 50)) for name in "ab"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    reading = read(tmp_path)
    assert len(reading.entries) == 100
    assert not reading.damaged
    assert len(list(tmp_path.glob("*.jsonl"))) == 2


def test_two_processes_on_one_file_lose_nothing(tmp_path: Path):
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=_one_file, args=(tmp_path, name)) for name in "ab"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(read(tmp_path).entries) == 60


def _one_file(folder: Path, name: str) -> None:
    for number in range(30):
        append(folder, {"id": f"{name}{number}", "text": "x" * 9000}, writer="shared")


def test_a_line_appended_twice_counts_once(tmp_path: Path):
    append(tmp_path, {"id": "one", "try": 1})
    append(tmp_path, {"id": "one", "try": 2})
    append(tmp_path, {"id": "one", "try": 3}, writer="other")
    assert len(read(tmp_path).entries) == 1


def test_half_a_line_is_reported_and_the_next_one_survives(tmp_path: Path):
    append(tmp_path, {"id": "one"}, writer="w")
    with (tmp_path / "w.jsonl").open("ab") as file:
        file.write(b'{"id": "tw')  # the process died here
    append(tmp_path, {"id": "three"}, writer="w")
    reading = read(tmp_path)
    assert [entry["id"] for entry in reading.entries] == ["one", "three"]
    assert reading.damaged == ["w.jsonl, line 2"]


def test_lines_of_something_else_are_reported(tmp_path: Path):
    (tmp_path / "x.jsonl").write_text('[1]\n{"no": "id"}\n\n{"id": "fine"}\n')
    reading = read(tmp_path)
    assert [entry["id"] for entry in reading.entries] == ["fine"]
    assert len(reading.damaged) == 2


def test_an_empty_or_missing_journal_is_empty(tmp_path: Path):
    assert read(tmp_path / "none") == ([], [], {})


def test_an_entry_needs_an_id(tmp_path: Path):
    with pytest.raises(BadInput):
        append(tmp_path, {"text": "no id"})


def test_a_folder_that_refuses_is_a_sentence(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWrite, match="cannot be written"):
        append(tmp_path / "file", {"id": "one"})


def test_several_entries_at_once_and_one_writer_alone(tmp_path: Path):
    append(tmp_path, {"id": "1"}, {"id": "2"}, writer="mine")
    append(tmp_path, {"id": "3"}, writer="other")
    assert [entry["id"] for entry in read(tmp_path, "mine").entries] == ["1", "2"]
    assert {entry["id"] for entry in read(tmp_path).entries} == {"1", "2", "3"}
    with pytest.raises(BadInput):
        append(tmp_path, {"id": "4"}, {"no": "id"}, writer="mine")
    assert len(read(tmp_path, "mine").entries) == 2, "all of them, or none"


def test_a_disk_that_takes_only_a_part_is_asked_for_the_rest(tmp_path: Path, monkeypatch):
    real = os.write
    monkeypatch.setattr(os, "write", lambda where, line: real(where, line[:3]))
    append(tmp_path, {"id": "long enough to need several writes"}, writer="mine")
    assert read(tmp_path).entries == [{"id": "long enough to need several writes"}]
