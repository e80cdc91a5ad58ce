"""The verbs: index once, read often, lose nothing."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nanochat_learn import workspace as verbs
from nanochat_learn.durable import locked
from nanochat_learn.errors import BadInput, Busy, CannotRead, NotFound, Stopped
from nanochat_learn.places import content, open_workspace
from nanochat_learn.schema.graph import Position, Positions
from nanochat_learn.shipping import prepare
from nanochat_learn.workspace import indexing

TURN = "pkg/model.py:turn"


def test_index_then_everything_else(tagged: Path):
    workspace = open_workspace(tagged)
    report = verbs.index(workspace)
    assert (report.parsed, report.state.errors) == (1, 0)
    ids = {node.data.id for node in verbs.graph(workspace).elements.nodes}
    assert {TURN, "pkg/model.py:Net.forward", "concept:attention.rope"} <= ids

    assert verbs.source(workspace, TURN).text.startswith("def turn(x):")
    assert "attention.rope" in {one.id for one in verbs.concepts(workspace).concepts}
    page = verbs.concept(workspace, "attention.rope")
    assert [anchor.node for anchor in page.anchors] == [TURN]
    assert verbs.gaps(workspace).errors == 0
    assert verbs.state(workspace) == report.state


def test_before_the_first_run_there_is_a_next_step(tagged: Path):
    workspace = open_workspace(tagged)
    with pytest.raises(NotFound, match="not been indexed") as caught:
        verbs.graph(workspace)
    assert "Index" in caught.value.hint
    assert verbs.state(workspace) is None


def test_an_unchanged_tree_is_not_built_again(tagged: Path, monkeypatch):
    workspace = open_workspace(tagged)
    first = verbs.index(workspace)
    monkeypatch.setattr(indexing.graphs, "build", lambda *_, **__: pytest.fail("built again"))
    again = verbs.index(workspace)
    assert again.parsed == 0
    assert again.state == first.state


def test_looking_again_costs_next_to_nothing(tmp_path: Path):
    """Asked for whenever a browser window gets the focus; some 1 ms, the limit is 50."""
    prepare(tmp_path, lessons=True)
    workspace = open_workspace(tmp_path)
    verbs.index(workspace)
    times = []
    for _ in range(5):
        begin = time.perf_counter()
        verbs.index(workspace)
        times.append(time.perf_counter() - begin)
    assert min(times) < 0.05


def test_an_edit_is_seen_and_only_that_file_is_read(tagged: Path):
    (tagged / "other.py").write_text("def f(): pass\n")
    workspace = open_workspace(tagged)
    assert verbs.index(workspace).parsed == 2
    (tagged / "other.py").write_text("def g(): pass\n\n")
    assert verbs.index(workspace).parsed == 1
    ids = {node.data.id for node in verbs.graph(workspace).elements.nodes}
    assert "other.py:g" in ids
    assert "other.py:f" not in ids


def test_the_hash_covers_what_concept_pages_show(tagged: Path):
    """An excerpt of code, the text of a note: the graph is the same, what is on screen is not."""
    workspace = open_workspace(tagged)
    hashes = [verbs.index(workspace).state.content_hash]
    model = tagged / "pkg/model.py"
    tag = "# @learn:attention.rope\n"
    assert tag in model.read_text()
    model.write_text(model.read_text().replace("return x", "return x  # !", 1))
    hashes.append(verbs.index(workspace).state.content_hash)
    notes = tagged / "docs/knowledge_base"
    shutil.copytree(content("knowledge_base"), notes)
    hashes.append(verbs.index(workspace).state.content_hash)
    note = notes / "attention.rope.md"
    note.write_text(note.read_text() + "\nOne sentence more.\n")
    hashes.append(verbs.index(workspace).state.content_hash)
    assert len(set(hashes)) == 4
    (tagged / "README.md").write_text("Hello")
    assert verbs.index(workspace).state.content_hash == hashes[-1]


def test_two_runs_give_identical_bytes(tagged: Path, tmp_path: Path):
    workspace = open_workspace(tagged)
    verbs.index(workspace, out=tmp_path / "one.json")
    for kept in workspace.cache.iterdir():
        kept.unlink()
    verbs.index(workspace, out=tmp_path / "two.json")
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    assert str(tagged) not in (tmp_path / "one.json").read_text()


@pytest.mark.parametrize("name", ["state.json", "facts.sqlite", "positions.json"])
def test_a_damaged_cache_is_rebuilt(tagged: Path, name: str):
    workspace = open_workspace(tagged)
    first = verbs.index(workspace)
    (workspace.cache / name).write_bytes(b"\x00nonsense")
    assert verbs.index(workspace).state == first.state
    assert verbs.positions(workspace) == {}


def test_a_damaged_graph_says_what_to_do(tagged: Path):
    workspace = open_workspace(tagged)
    verbs.index(workspace)
    (workspace.cache / indexing.GRAPH_FILE).write_bytes(b"{")
    with pytest.raises(CannotRead) as caught:
        verbs.graph(workspace)
    assert caught.value.hint


def test_one_writer_at_a_time(tagged: Path):
    workspace = open_workspace(tagged)
    verbs.index(workspace)
    with locked(workspace.cache / "lock"), pytest.raises(Busy):
        verbs.index(workspace)


def test_stopping_keeps_the_old_graph(tagged: Path):
    workspace = open_workspace(tagged)
    verbs.index(workspace)
    before = (workspace.cache / indexing.GRAPH_FILE).read_bytes()
    (tagged / "new.py").write_text("x = 1\n")
    with pytest.raises(Stopped):
        verbs.index(workspace, should_stop=lambda: True)
    assert (workspace.cache / indexing.GRAPH_FILE).read_bytes() == before


def test_a_big_tree_asks_first(tagged: Path, monkeypatch):
    monkeypatch.setenv("NANOCHAT_LEARN_ASK_ABOVE", "1")
    (tagged / "other.py").write_text("x = 1\n")
    workspace = open_workspace(tagged)
    with pytest.raises(BadInput, match="2 Python files"):
        verbs.index(workspace, confirmed=False)
    assert verbs.index(workspace, confirmed=True).state.files == 2


KILLED = """
import os, signal, sys
from pathlib import Path
from nanochat_learn import durable, workspace
from nanochat_learn.places import content, open_workspace

real = os.fsync
def die(descriptor):
    os.write(descriptor, b"half")
    os.kill(os.getpid(), signal.SIGKILL)
os.fsync = die
workspace.index(open_workspace(Path(sys.argv[1])))
"""


def test_kill_in_the_middle_leaves_the_old_graph(tagged: Path):
    workspace = open_workspace(tagged)
    verbs.index(workspace)
    before = (workspace.cache / indexing.GRAPH_FILE).read_bytes()
    (tagged / "new.py").write_text("def late(): pass\n")
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tagged)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert (workspace.cache / indexing.GRAPH_FILE).read_bytes() == before
    verbs.index(workspace)  # and the lock did not outlive its holder
    assert b"new.py:late" in (workspace.cache / indexing.GRAPH_FILE).read_bytes()


def test_positions_are_kept_merged_and_bounded(tagged: Path):
    workspace = open_workspace(tagged)
    verbs.index(workspace)
    here, there = Position(x=1, y=2), Position(x=3, y=4)
    verbs.save_positions(workspace, Positions(positions={TURN: here, "gone.py": there}))
    verbs.save_positions(workspace, Positions(positions={"pkg/model.py": there}))
    assert verbs.positions(workspace) == {TURN: here, "pkg/model.py": there}
    placed = {n.data.id: n.position for n in verbs.graph_with_positions(workspace).elements.nodes}
    assert placed[TURN] == here
    assert placed["concept:attention.rope"] is None
    assert (
        "position"
        not in json.loads((workspace.cache / indexing.GRAPH_FILE).read_text())["elements"]["nodes"][
            0
        ]
    )


def test_unknown_ids_are_sentences(tagged: Path):
    workspace = open_workspace(tagged)
    verbs.index(workspace)
    with pytest.raises(NotFound, match="attention") as caught:
        verbs.concept(workspace, "attention.rop")
    assert "attention.rope" in caught.value.hint
    with pytest.raises(NotFound):
        verbs.source(workspace, "pkg/model.py:nothing")
    with pytest.raises(NotFound, match="not code"):
        verbs.source(workspace, "concept:attention.rope")


def test_code_that_went_away_after_indexing_is_a_sentence(tagged: Path):
    workspace = open_workspace(tagged)
    verbs.index(workspace)
    (tagged / "pkg/model.py").unlink()
    with pytest.raises(CannotRead, match="pkg/model") as caught:
        verbs.source(workspace, TURN)
    assert "Index" in caught.value.hint


def test_bad_files_are_reported_and_the_rest_is_indexed(tagged: Path):
    (tagged / "broken.py").write_text("def f(:\n")
    (tagged / "latin.py").write_bytes(
        b"# -*- coding: latin-1 -*-\nname = '\xe9'\ndef caf\xe9(): pass\n"
    )
    (tagged / "bytes.py").write_bytes(b"x = '\xff\xfe'\n")
    (tagged / "bom.py").write_bytes(b"\xef\xbb\xbfdef bom(): pass\r\n")
    (tagged / "book.ipynb").write_text("{ not json")
    (tagged / "typo.py").write_text("# @lern:attention.rope\nx = 1\n")
    (tagged / "loop").symlink_to(tagged)
    workspace = open_workspace(tagged)
    report = verbs.index(workspace)
    named = {gap.file_path: gap for gap in report.problems}
    assert set(named) == {"broken.py", "bytes.py", "book.ipynb", "typo.py"}
    assert named["broken.py"].line == 1
    assert "@learn:attention.rope" in named["typo.py"].message
    ids = {node.data.id for node in verbs.graph(workspace).elements.nodes}
    assert {"latin.py:café", "bom.py:bom", TURN} <= ids


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root reads every folder")
def test_an_unreadable_folder_is_one_line(tagged: Path):
    closed = tagged / "closed"
    closed.mkdir()
    closed.chmod(0)
    try:
        report = verbs.index(open_workspace(tagged))
    finally:
        closed.chmod(0o755)
    assert [gap.file_path for gap in report.problems] == ["closed"]


def test_an_empty_folder_is_fine(tmp_path: Path):
    report = verbs.index(open_workspace(tmp_path))
    assert report.state.files == 0
    assert not list(tmp_path.iterdir()), "nothing is left in a folder that is not ours"


def test_reading_while_writing_never_sees_half_a_file(tagged: Path):
    workspace = open_workspace(tagged)
    verbs.index(workspace)
    until = time.monotonic() + 0.5
    number = 0
    while time.monotonic() < until:
        number += 1
        (tagged / "n.py").write_text(f"def f{number}(): pass\n")
        verbs.index(workspace)
        ids = {node.data.id for node in verbs.graph(workspace).elements.nodes}
        assert f"n.py:f{number}" in ids
