"""The verb ``search`` and its command line, on a real workspace; by words, then by meaning."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from nanochat_learn import cli, retrieval
from nanochat_learn import workspace as verbs
from nanochat_learn.errors import BadInput, CannotRead, NotFound
from nanochat_learn.places import Workspace, open_workspace
from nanochat_learn.workspace import searching

TURN = "pkg/model.py:turn"


@pytest.fixture
def indexed(tagged: Path) -> Workspace:
    workspace = open_workspace(tagged)
    verbs.index(workspace)
    return workspace


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = cli.main(list(words))
    out, err = capsys.readouterr()
    return code, out, err


def test_words_answer_at_once_and_meaning_joins_when_it_is_there(indexed: Workspace):
    assert verbs.search(indexed, "where is x turned?", words=True).ways == ("words", "graph")
    verbs.embed(indexed)
    found = verbs.search(indexed, "where is x turned?")
    assert found.ways == ("vectors", "words", "graph")
    assert found.results[0].id == TURN


def test_no_model_is_touched_when_words_are_asked_for(indexed: Workspace, monkeypatch):
    def never(_: Workspace):
        raise AssertionError("a model was asked for")

    monkeypatch.setattr(searching, "embedder", never)
    assert verbs.search(indexed, "turn x", words=True).results[0].id == TURN


def test_structural_questions_ask_no_model(indexed: Workspace, monkeypatch):
    verbs.embed(indexed)
    model = searching.embedder(indexed)

    def never(*_: object, **__: object):
        raise AssertionError("the question was embedded")

    monkeypatch.setattr(type(model), "question", never)
    found = verbs.search(indexed, "who calls turn?")
    assert found.results[0].id == "pkg/model.py:Net.forward"
    assert "calls turn in line 15" in found.results[0].why


def test_a_model_that_dies_in_the_middle_leaves_an_answer_by_words(indexed, monkeypatch):
    verbs.embed(indexed)
    model = searching.embedder(indexed)

    def dead(*_: object, **__: object):
        raise CannotRead("The model's process is gone.", "Ask again.")

    monkeypatch.setattr(type(model), "question", dead)
    found = verbs.search(indexed, "where is x turned?")
    assert (found.results[0].id, found.ways) == (TURN, ("words", "graph"))


def test_an_edit_is_found_by_the_next_question(indexed: Workspace):
    assert verbs.search(indexed, "zebra", words=True).absent
    file = indexed.root / "pkg/model.py"
    file.write_text(file.read_text() + '\n\ndef zebra():\n    """Stripes."""\n')
    verbs.index(indexed)
    assert verbs.search(indexed, "zebra", words=True).results[0].id == "pkg/model.py:zebra"


def test_the_corpus_is_made_once_for_many_questions(indexed: Workspace, monkeypatch):
    made = []
    whole = retrieval.Corpus

    def counting(*given: object):
        made.append(given)
        return whole(*given)

    monkeypatch.setattr(retrieval, "Corpus", counting)
    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(lambda n: verbs.search(indexed, f"turn {n}", words=True), range(100))
        )
    assert len(made) == 1
    assert all(len(one.results) <= 10 for one in answers)
    verbs.embed(indexed)  # vectors are no reason to read every text again
    verbs.search(indexed, "turn")
    assert len(made) == 1


def test_before_the_first_index_run_it_says_what_to_do(tagged: Path):
    with pytest.raises(NotFound, match="has not been indexed"):
        verbs.search(open_workspace(tagged), "turn")


def test_an_empty_question_is_refused(indexed: Workspace):
    with pytest.raises(BadInput, match="question is empty"):
        verbs.search(indexed, " \n")


# --- the command line


def test_results_are_printed_with_place_and_reason(tagged: Path, capsys):
    code, said, _ = run(capsys, "search", "who calls turn?", str(tagged), "--words")
    assert code == cli.FINE
    assert "Net.forward  [function]  pkg/model.py:14" in said
    assert "calls turn in line 15" in said


def test_what_is_not_there_is_said_first(tagged: Path, capsys):
    _, said, _ = run(capsys, "search", "how does the robot arm move?", str(tagged), "--words")
    assert said.startswith("This code seems to have ")
    assert "What comes nearest:" in said.splitlines()[0]


def test_json_is_the_whole_answer(tagged: Path, capsys):
    _, said, _ = run(capsys, "search", "turn", str(tagged), "--json", "-k", "2")
    answer = json.loads(said)
    assert len(answer["results"]) == 2
    assert answer["ways"] == ["vectors", "words", "graph"] or answer["intent"] == "symbol"


def test_a_batch_gives_one_line_for_each_line(tagged: Path, capsys, monkeypatch):
    questions = ["who calls turn?", "", "how does the robot arm move?", "word " * 3_000]
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(questions) + "\n"))
    code, said, _ = run(capsys, "search", "--batch", "-", str(tagged), "-k", "3")
    lines = [json.loads(line) for line in said.splitlines()]
    assert (code, len(lines)) == (cli.FINE, 4)
    for line in lines:
        assert set(line) == {"query", "results", "absent", "reason"}
        for result in line["results"]:
            assert set(result) == {"id", "score", "type", "label", "file_path", "line"}
    calls, empty, robot, long = lines
    assert calls["results"][0]["id"] == "pkg/model.py:Net.forward"
    assert "question is empty" in empty["reason"]
    assert robot["absent"]
    assert "Only the first" in long["reason"]
    assert all(len(line["results"]) <= 3 for line in lines)


def test_a_batch_from_a_file_and_one_that_is_not_there(tagged: Path, tmp_path: Path, capsys):
    file = tmp_path / "questions.txt"
    file.write_text("who calls turn?\n", encoding="utf-8")
    _, said, _ = run(capsys, "search", "--batch", str(file), str(tagged), "--words")
    assert json.loads(said)["results"]
    code, _, error = run(capsys, "search", "--batch", str(tmp_path / "no"), str(tagged), "--words")
    assert code == cli.COULD_NOT
    assert "cannot be read" in error


def test_no_question_at_all_is_a_sentence(capsys):
    code, _, error = run(capsys, "search")
    assert code == cli.COULD_NOT
    assert "There is no question." in error


def test_a_cold_search_by_words_loads_no_heavy_package(tagged: Path):
    """The first answer may not wait for torch, nor for a database."""
    probe = (
        "import sys; from nanochat_learn import cli;"
        f"cli.main(['search', 'who calls turn?', {str(tagged)!r}, '--words']);"
        "print(sorted({'torch', 'lancedb', 'pyarrow', 'sentence_transformers', 'openai'}"
        " & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
