"""Node → text: what must be in it, and what must not."""

from __future__ import annotations

from pathlib import Path

import pytest

from nanochat_learn import workspace as verbs
from nanochat_learn.places import open_workspace
from nanochat_learn.retrieval.passages import added_passage, passages, split_identifiers
from nanochat_learn.schema.search import AddedItem
from nanochat_learn.shipping import prepare
from nanochat_learn.sources import Sources
from nanochat_learn.workspace.known import knowledge

MODEL = '''"""A small model."""

# @learn:attention.rope
def turn(x, n_head=2):
    """Turn x.

    By an angle.
    """
    # every pair of numbers is a point in the plane
    y = x  # (B, T, C)
    text = "# no comment at all"

    def innerPart():
        # the deep one
        return y

    return innerPart()


# a net of one layer
class TinyNet:
    """A net."""

    def forward(self, x):
        return turn(x)
'''


@pytest.fixture
def texts(tmp_path: Path):
    root = tmp_path / "course"
    prepare(root, lessons=False)

    def make(model: str = MODEL) -> dict[str, str]:
        (root / "model.py").write_text(model)
        workspace = open_workspace(root)
        verbs.index(workspace)
        made = passages(verbs.graph(workspace), Sources(root).lines, knowledge(workspace))
        assert len({one.id for one in made}) == len(made)
        return {one.id: one.text for one in made}

    return make


def test_the_users_form_stands_first(texts):
    lines = texts()["model.py:turn"].splitlines()
    assert lines[:5] == [
        "Type: function",
        "Name: turn",
        "Source: repo",
        "File: model.py",
        "Description: Turn x.",
    ]


def test_what_carries_meaning_follows(texts):
    made = texts()
    turn = made["model.py:turn"]
    assert "Signature: turn(x, n_head=2)" in turn
    assert "every pair of numbers is a point in the plane" in turn
    assert "rotary embedding" in turn, "another name of the concept that explains it"
    assert "no comment at all" not in turn
    assert "(B, T, C)" not in turn
    assert "the deep one" not in turn
    assert "the deep one" in made["model.py:turn.innerPart"]
    assert "inner, part" in made["model.py:turn.innerPart"]
    assert "tiny net" in made["model.py"], "a file tells what it holds"
    assert made["model.py:TinyNet"].count("a net of one layer") == 1
    assert "a net of one layer" not in made["model.py"]


def test_shifted_lines_and_changed_bodies_leave_all_texts_alone(texts):
    before = texts()
    assert texts("\n\n\n\n" + MODEL) == before
    assert texts(MODEL.replace("y = x ", "y = x + 1 ")) == before
    renamed = texts(MODEL.replace("def forward", "def backward"))
    changed = {node for node in before if renamed.get(node) != before[node]}
    assert changed == {"model.py:TinyNet.forward", "model.py:TinyNet"}


def test_a_concept_is_found_by_its_plain_names(texts):
    text = texts()["concept:inference.kv_cache"]
    assert text.startswith("Type: concept\nName: KV cache\n")
    assert "memory while writing" in text
    assert "A store of results that will be needed again" in text, "from the glossary"
    assert "import torch" not in text
    assert "$" not in text
    assert "[[" not in text


def test_a_file_that_vanished_costs_its_comments_only(tmp_path: Path):
    root = tmp_path / "course"
    prepare(root, lessons=False)
    (root / "model.py").write_text(MODEL)
    workspace = open_workspace(root)
    verbs.index(workspace)
    (root / "model.py").unlink()
    made = passages(verbs.graph(workspace), Sources(root).lines, knowledge(workspace))
    (turn,) = [one.text for one in made if one.id == "model.py:turn"]
    assert "Description: Turn x." in turn
    assert "every pair" not in turn


def test_cells_of_a_notebook_give_their_comments(tmp_path: Path):
    import nbformat

    root = tmp_path / "course"
    prepare(root, lessons=False)
    book = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell("def f():\n    # twice as much\n    return 2")]
    )
    nbformat.write(book, root / "book.ipynb")
    workspace = open_workspace(root)
    verbs.index(workspace)
    made = passages(verbs.graph(workspace), Sources(root).lines, knowledge(workspace))
    assert any("twice as much" in one.text for one in made if one.label == "f")


def test_no_text_is_endless(texts):
    huge = texts('"""' + "word " * 10_000 + '"""\n')["model.py"]
    assert len(huge) <= 4_000


def test_added_items_speak_for_themselves():
    item = AddedItem(
        id="torch:softmax",
        type="external",
        label="softmax",
        library="torch",
        docstring="Makes shares of scores.",
    )
    assert added_passage(item).text == (
        "Type: external\nName: softmax\nSource: external (torch)\n"
        "Description: Makes shares of scores."
    )
    own = added_passage(item.model_copy(update={"text": "my own words"}))
    assert own.text == "my own words"


def test_identifiers_come_apart():
    assert split_identifiers("CausalSelfAttention.n_head GPT2Config") == [
        *("causal", "self", "attention", "n", "head", "gpt", "2", "config")
    ]
