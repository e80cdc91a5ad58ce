"""Content added on the fly: kept by the learner's file, found by the next question."""

from __future__ import annotations

import json
import shutil
import threading
from pathlib import Path

import pytest

from nanochat_learn import workspace as verbs
from nanochat_learn.errors import BadInput, NotFound
from nanochat_learn.places import open_workspace
from nanochat_learn.schema.search import AddedItem

PAGE = AddedItem(
    id="torch.nn.Embedding",
    type="external",
    label="Embedding",
    library="torch",
    docstring="A table with a row for each token; looking one up is called a gather.",
)


def found(root: Path, word: str) -> list[str]:
    """Ids of the kept passages that hold this word."""
    return [one.id for one in verbs.store(open_workspace(root)).passages() if word in one.text]


def test_added_reindexed_store_deleted_still_found(tagged: Path):
    workspace = open_workspace(tagged)
    report = verbs.add(workspace, [PAGE])
    assert report.state.nodes == len(verbs.graph(workspace).elements.nodes)
    assert found(tagged, "gather") == [PAGE.id]
    verbs.index(workspace)
    assert found(tagged, "gather") == [PAGE.id]
    shutil.rmtree(workspace.cache)
    assert verbs.index(workspace).state.nodes == report.state.nodes
    assert found(tagged, "gather") == [PAGE.id]
    (workspace.cache / "passages.sqlite").unlink()
    assert found(tagged, "gather") == [PAGE.id]


def test_what_was_added_answers_and_is_not_called_absent(tagged: Path):
    workspace = open_workspace(tagged)
    verbs.index(workspace)
    asked = "which table has a row for each token, and what is a gather?"
    assert verbs.search(workspace, asked, words=True).absent
    verbs.add(workspace, [PAGE])
    answer = verbs.search(workspace, asked, words=True)
    assert (answer.results[0].id, answer.absent, answer.reason) == (PAGE.id, False, "")
    other = verbs.search(workspace, "which planet is farthest from the sun?", words=True)
    assert other.absent, "and it does not make everything else present"


@pytest.mark.parametrize("kind", ["external", "lesson", "viz", "concept", "function"])
def test_a_text_of_any_kind_answers(tagged: Path, kind: str):
    workspace = open_workspace(tagged)
    item = AddedItem(
        id="mine", type=kind, label="Savannah", text="Zebras wear stripes that confuse lions."
    )
    verbs.add(workspace, [item])
    answer = verbs.search(workspace, "why do zebras confuse lions?", words=True)
    assert (answer.results[0].id, answer.absent) == ("mine", False)


def test_it_is_a_node_of_the_graph(tagged: Path):
    workspace = open_workspace(tagged)
    before = verbs.index(workspace).state.content_hash
    verbs.add(
        workspace,
        [
            PAGE,
            AddedItem(id="my/f", type="function", label="f", source="external", library="lib"),
            AddedItem(id="an idea", type="concept", label="An idea", docstring="A thought."),
            AddedItem(id="concept:mine.own", type="concept", label="My own"),
            AddedItem(id="a file", type="file", label="a", source="repo", file_path="README.md"),
            AddedItem(id="a lesson", type="lesson", label="l"),
            AddedItem(id="a picture", type="viz", label="p"),
        ],
    )
    graph = verbs.graph(workspace)
    nodes = {element.data.id: element.data for element in graph.elements.nodes}
    assert (nodes["my/f"].type, nodes["my/f"].library) == ("function", "lib")
    assert nodes["my/f"].source == "external"
    assert nodes[PAGE.id].library == "torch"
    assert nodes["an idea"].docstring == "A thought."
    assert graph.content_hash != before
    assert list(nodes) == sorted(nodes)
    assert "mine.own" in {one.id for one in verbs.concepts(workspace).concepts}
    assert verbs.concept(workspace, "mine.own").title == "My own"
    with pytest.raises(NotFound, match="added by hand"):
        verbs.source(workspace, "my/f")
    owners = verbs.store(workspace)._file.owners()
    assert owners["my/f"] == "added"
    assert owners["pkg/model.py:turn"] == "tree"


def test_the_same_id_is_replaced(tagged: Path):
    workspace = open_workspace(tagged)
    verbs.add(workspace, [PAGE, PAGE.model_copy(update={"docstring": "First."})])
    verbs.add(workspace, [PAGE.model_copy(update={"docstring": "A dictionary of rows."})])
    assert found(tagged, "dictionary") == [PAGE.id]
    assert found(tagged, "gather") == []
    assert len((tagged / "added.jsonl").read_text().splitlines()) == 3


@pytest.mark.parametrize(
    ("item", "says"),
    [
        ({"id": "pkg/model.py:turn", "type": "function"}, "belongs to the code"),
        ({"id": "concept:attention.rope", "type": "concept"}, "belongs to the code"),
        ({"id": "concept:x", "type": "function"}, "says that it is a concept"),
        ({"id": "two\nlines", "type": "function"}, "line break"),
        ({"id": "  ", "type": "function"}, "empty"),
    ],
)
def test_what_cannot_be_added_is_a_sentence_and_nothing_is_kept(tagged: Path, item, says):
    workspace = open_workspace(tagged)
    with pytest.raises(BadInput, match=says) as caught:
        verbs.add(workspace, [PAGE, AddedItem(label="x", **item)])
    assert caught.value.hint
    assert not (tagged / "added.jsonl").exists()
    assert PAGE.id not in {e.data.id for e in verbs.graph(workspace).elements.nodes}


def test_code_that_takes_an_added_id_wins(tagged: Path):
    workspace = open_workspace(tagged)
    verbs.add(workspace, [AddedItem(id="new.py:f", type="function", label="f", text="mine")])
    (tagged / "new.py").write_text('def f():\n    """Real code."""\n')
    verbs.index(workspace)
    nodes = {e.data.id: e.data for e in verbs.graph(workspace).elements.nodes}
    assert nodes["new.py:f"].line == 1
    assert len(nodes) == len(verbs.graph(workspace).elements.nodes)
    texts = {p.id: p.text for p in verbs.store(workspace).passages()}
    assert "Real code." in texts["new.py:f"]


def test_a_damaged_line_costs_only_itself(tagged: Path):
    workspace = open_workspace(tagged)
    verbs.add(workspace, [PAGE])
    with (tagged / "added.jsonl").open("a") as file:
        file.write('{"id": "half\n{"id": "x", "item": {"id": "y"}}\n')
    report = verbs.index(workspace)
    assert [gap.file_path for gap in report.problems] == ["added.jsonl"] * 2
    assert report.problems[0].line == 2
    assert found(tagged, "gather") == [PAGE.id]
    verbs.add(workspace, [PAGE.model_copy(update={"id": "after"})])
    assert "after" in found(tagged, "gather")


def test_a_folder_that_is_no_workspace_stays_clean(tmp_path: Path):
    (tmp_path / "a.py").write_text("x = 1\n")
    workspace = open_workspace(tmp_path)
    verbs.add(workspace, [PAGE])
    assert [one.name for one in tmp_path.iterdir()] == ["a.py"]
    assert found(tmp_path, "gather") == [PAGE.id]


def test_several_at_once_lose_nothing(tagged: Path):
    workspace = open_workspace(tagged)
    verbs.index(workspace)
    wrong: list[BaseException] = []

    def add(number: int) -> None:
        from nanochat_learn.errors import Busy

        try:
            verbs.add(workspace, [PAGE.model_copy(update={"id": f"n{number}"})])
        except Busy:
            pass  # kept; another run is indexing
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=add, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    verbs.index(workspace)
    assert {f"n{n}" for n in range(6)} <= {p.id for p in verbs.store(workspace).passages()}


def test_items_of_the_command_line(tagged: Path, tmp_path: Path, capsys):
    from nanochat_learn import cli

    file = tmp_path / "items.jsonl"
    file.write_text(PAGE.model_dump_json() + "\n\n")
    assert cli.main(["index", str(tagged), "--items", str(file)]) == cli.FINE
    assert found(tagged, "gather") == [PAGE.id]
    file.write_text(json.dumps({"id": "x"}) + "\n")
    capsys.readouterr()
    assert cli.main(["index", str(tagged), "--items", str(file)]) == cli.COULD_NOT
    assert "items.jsonl, line 1: type" in capsys.readouterr().err
    assert cli.main(["index", str(tagged), "--items", str(tmp_path / "no")]) == cli.COULD_NOT
