"""The command line: what it prints, and what it exits with."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from nanochat_learn import cli


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = cli.main(list(words))
    out, err = capsys.readouterr()
    return code, out, err


def test_index_writes_the_graph_where_asked(tagged: Path, tmp_path: Path, capsys):
    out = tmp_path / "knowledge_graph.json"
    code, said, _ = run(capsys, "index", str(tagged), "--out", str(out))
    assert code == cli.FINE
    assert "1 files (1 read anew)" in said
    graph = json.loads(out.read_text())
    assert set(graph) >= {"format", "generated_by", "root", "content_hash", "elements", "gaps"}
    assert set(graph["elements"]) == {"nodes", "edges"}


def test_index_as_json(tagged: Path, capsys):
    _, said, _ = run(capsys, "index", str(tagged), "--json")
    assert json.loads(said)["state"]["files"] == 1


def test_findings_have_place_and_exit_code(tagged: Path, capsys):
    (tagged / "broken.py").write_text("x = (\n")
    code, said, _ = run(capsys, "index", str(tagged))
    assert code == cli.FINDINGS
    assert "broken.py:1" in said


def test_gaps_check_fails_on_errors_only(tagged: Path, capsys):
    assert run(capsys, "gaps", str(tagged), "--check")[0] == cli.FINE
    assert run(capsys, "gaps", str(tagged), "--strict")[0] == cli.FINDINGS
    (tagged / "typo.py").write_text("# @lern:attention.rope\n")
    assert run(capsys, "gaps", str(tagged))[0] == cli.FINE
    code, said, _ = run(capsys, "gaps", str(tagged), "--check")
    assert code == cli.FINDINGS
    assert "typo.py:1" in said


def test_gaps_as_json(tagged: Path, capsys):
    gaps = json.loads(run(capsys, "gaps", str(tagged), "--json")[1])
    assert gaps
    assert {"severity", "kind", "message", "file_path", "line", "id", "cell"} == set(gaps[0])


def test_graph_and_a_neighbourhood(tagged: Path, capsys):
    assert "most connected" in run(capsys, "graph", str(tagged))[1]
    said = run(capsys, "graph", str(tagged), "--node", "pkg/model.py:turn")[1]
    assert "← explains concept:attention.rope" in said
    assert "← calls pkg/model.py:Net.forward" in said


def test_concept_prints_note_and_code(tagged: Path, capsys):
    code, said, _ = run(capsys, "concept", "attention.rope", str(tagged))
    assert code == cli.FINE
    assert "def turn(x):" in said


@pytest.mark.parametrize(
    "words",
    [("concept", "no.such.concept"), ("graph", "--node", "nothing.py"), ("index", "/no/such/dir")],
)
def test_what_cannot_be_done_is_a_sentence_on_stderr(tagged: Path, capsys, monkeypatch, words):
    monkeypatch.chdir(tagged)
    code, said, complaint = run(capsys, *words)
    assert code == cli.COULD_NOT
    assert not said
    assert complaint.startswith("nanochat-learn: ")
    assert "Traceback" not in complaint


def test_without_a_folder_the_workspace_around_is_meant(tagged: Path, capsys, monkeypatch):
    monkeypatch.chdir(tagged / "pkg")
    assert run(capsys, "index")[1].startswith("course: 1 files")


def test_piped_output_is_plain_and_foreign_trees_stay_clean(tmp_path: Path):
    (tmp_path / "a.py").write_text("def f(): pass\n")
    done = subprocess.run(
        [sys.executable, "-m", "nanochat_learn.cli", "index", str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "\r" not in done.stdout + done.stderr
    assert "\x1b" not in done.stdout + done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["a.py"]


def test_the_keyboard_stops_it(tagged: Path, capsys, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setitem(cli._VERBS, "index", interrupted)
    code, _, complaint = run(capsys, "index", str(tagged))
    assert code == cli.STOPPED
    assert "Stopped" in complaint


def test_every_verb_explains_itself(capsys):
    for verb in ("index", "graph", "gaps", "concept", "lab", "doctor"):
        with pytest.raises(SystemExit) as left:
            cli.main([verb, "--help"])
        assert left.value.code == 0
        assert "Example:" in capsys.readouterr().out


def test_doctor_names_each_package_and_a_mend(capsys):
    code, said, _ = run(capsys, "doctor", "--json")
    findings = {one["name"]: one for one in json.loads(said)}
    fixed = {"jupyterlab", "jupyter-server", "ipywidgets", "ipycytoscape", "lancedb"}
    fixed |= {"sentence-transformers", "torch", "openai", "nbformat"}
    assert fixed <= set(findings)
    assert all(one["ok"] or one["mend"] for one in findings.values())
    assert code == (cli.FINE if all(one["ok"] for one in findings.values()) else cli.FINDINGS)


def test_lab_prepares_indexes_and_starts_jupyter(tmp_path: Path, capsys, monkeypatch):
    started: list[list[str]] = []

    class Server:
        def __init__(self, command: list[str], env: dict[str, str]):
            started.append(command)
            assert (Path(env["JUPYTER_CONFIG_PATH"]) / "labconfig/page_config.json").is_file()

        def wait(self) -> int:
            return 0

    monkeypatch.setattr(cli.subprocess, "Popen", Server)
    folder = tmp_path / "new" / "course"
    code, said, _ = run(capsys, "lab", str(folder), "--no-browser", "--", "--port=1")
    assert code == cli.FINE
    assert "files copied" in said
    (command,) = started
    assert f"--ServerApp.root_dir={folder.resolve()}" in command
    assert "--LabApp.default_url=/lab/tree/lessons/00_start_here.ipynb" in command
    assert command[-2:] == ["--no-browser", "--port=1"]
    assert (folder / ".nanochat-learn/knowledge_graph.json").is_file()


def test_ask_without_a_key_answers_from_notes_and_code(tagged: Path, capsys):
    code, said, _ = run(capsys, "ask", "What does turn do?", str(tagged))
    assert code == cli.FINE
    assert "turn: pkg/model.py:6" in said
    assert "without a language model" in said
    assert "[[" not in said
    (kept,) = (tagged / "conversations").iterdir()
    code, said, _ = run(
        capsys, "ask", "And Net?", str(tagged), "--conversation", kept.stem, "--json"
    )
    assert code == cli.FINE
    events = [json.loads(line) for line in said.splitlines()]
    assert [events[0]["type"], events[1]["type"], events[-1]["type"]] == [
        *("status", "retrieved", "done"),
    ]
    assert len(json.loads(kept.read_text())["messages"]) == 4


def test_ask_complains_in_a_sentence(tagged: Path, capsys):
    for words, complaint in (
        (("  ",), "There is no question."),
        (("x" * 20_001,), "20,001 signs"),
        (("q", "--conversation", "../x"), "not the name of a conversation"),
        (("q", "--conversation", "gone"), "no conversation gone"),
    ):
        code, _, error = run(capsys, "ask", words[0], str(tagged), *words[1:])
        assert code == cli.COULD_NOT
        assert complaint in error
    code, said, error = run(capsys, "ask", " ", str(tagged), "--json")
    assert json.loads(said)["type"] == "error" and error
