"""``nanochat-learn progress``: what it prints, and what it exits with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lesson_files import deed, write_lessons

from nanochat_learn import cli, journal
from nanochat_learn.shipping import prepare


@pytest.fixture
def course(tmp_path: Path, monkeypatch) -> Path:
    root = tmp_path / "course"
    prepare(root, lessons=False)
    write_lessons(root)
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def run(capsys):
    def said(*words: str) -> tuple[int, str, str]:
        code = cli.main(["progress", *words])
        return code, *capsys.readouterr()

    return said


def test_what_was_understood_and_what_comes_next(course, run):
    code, said, _ = run()
    assert code == cli.FINE
    assert "0 of " in said
    assert "40 minutes left" in said
    assert "next: 03_dot_products. This is where the path begins." in said
    lines = [
        deed("03_dot_products", "sums", "check", "right"),
        deed("03_dot_products", "q1", "quiz", "right"),
        deed("12_self_attention", "old", "quiz", "wrong"),
    ]
    journal.append(course / "progress", *lines)
    _, said, _ = run(str(course))
    assert "  shaky       Dot product: The question `old` in lesson 12 is not right yet." in said
    assert "next: 03_dot_products, at `sign`" in said
    assert "again: 12_self_attention, `old`: When is the result largest?" in said
    code, told, _ = run("--json")
    assert json.loads(told)["next"]["lesson"] == "03_dot_products"
    assert run("show", str(course), "--json")[1] == told


def test_a_damaged_line_is_a_finding(course, run):
    journal.append(course / "progress", deed("03_dot_products", "q1", "quiz", "right"), writer="1")
    with (course / "progress/1.jsonl").open("a") as file:
        file.write('{"half')
    code, said, complaint = run()
    assert code == cli.FINDINGS
    assert "progress/1.jsonl, line 2 cannot be read; it was left as it is." in complaint
    assert "next:" in said


def test_take_it_along_and_bring_it_back(course, run, tmp_path):
    journal.append(course / "progress", deed("03_dot_products", "q1", "quiz", "right"))
    file = tmp_path / "mine.json"
    assert run("export", str(file))[1] == f"Written: {file} (1 answer)\n"
    assert run("import", str(file))[1] == "0 answers added, 1 were here already.\n"
    for other in (course / "progress").iterdir():
        other.unlink()
    assert run("import", str(file))[1] == "1 answer added, 0 were here already.\n"
    file.write_text(file.read_text()[:-20])
    code, _, complaint = run("import", str(file))
    assert code == cli.COULD_NOT
    assert "breaks off" in complaint
    code, _, complaint = run("import", str(tmp_path / "none.json"))
    assert (code, "cannot be read" in complaint) == (cli.COULD_NOT, True)


def test_begin_anew(course, run):
    code, said, _ = run("reset", "03_dot_products")
    assert code == cli.FINE
    assert said.startswith("lessons/03_dot_products.ipynb is as it came")
    code, _, complaint = run("reset", "nothing")
    assert code == cli.COULD_NOT
    assert "There are: 03_dot_products" in complaint


@pytest.mark.parametrize("words", [("--help",), ("reset", "--help")])
def test_help(course, run, capsys, words):
    with pytest.raises(SystemExit) as ended:
        run(*words)
    assert ended.value.code == 0
    assert "begin a lesson anew" in capsys.readouterr().out.lower()
