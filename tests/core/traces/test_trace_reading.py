"""Names and aliases, summary, difference, export, the picture, the command line."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import numpy as np
import pytest
from test_trace_folder import manifest, some_trace, step_of, written

from nanochat_learn.cli import main
from nanochat_learn.errors import BadInput, NotFound
from nanochat_learn.schema.trace import TrainingRecord
from nanochat_learn.traces import TraceReader, TraceWriter, difference, summaries, to_json, to_npz
from nanochat_learn.traces.budget import bytes_of, fitting
from nanochat_learn.traces.catalog import open_trace
from nanochat_learn.traces.derived import shares
from nanochat_learn.traces.names import canonical, choose, find, matches
from nanochat_learn.traces.picture import draw
from nanochat_learn.traces.summary import summary
from nanochat_learn.traces.words import in_words

THERE = ["embed", "blocks.0.attn.q", "blocks.0.attn.out", "blocks.0.mlp.out", "blocks.10.attn.q"]


@pytest.mark.parametrize(
    ("glob", "expected"),
    [
        ("*", THERE),
        ("attn.*", ["blocks.0.attn.q", "blocks.0.attn.out", "blocks.10.attn.q"]),
        ("q", ["blocks.0.attn.q", "blocks.10.attn.q"]),
        ("out", ["blocks.0.attn.out", "blocks.0.mlp.out"]),
        ("blocks.0.*", THERE[1:4]),
        ("0.attn.q", ["blocks.0.attn.q"]),
        ("blocks.*.attn.hook_q", ["blocks.0.attn.q", "blocks.10.attn.q"]),
        ("hook_q", ["blocks.0.attn.q", "blocks.10.attn.q"]),
        ("blocks.0.hook_attn_out", ["blocks.0.attn.out"]),
        ("hook_embed", ["embed"]),
    ],
)
def test_a_glob_fits_any_ending(glob: str, expected: list[str]):
    assert choose(glob, THERE) == expected


def test_what_fits_nothing_is_told_with_what_is_near():
    assert not matches("tn.q", "blocks.0.attn.q")
    with pytest.raises(NotFound, match=r"blocks\.0\.attn\.q"):
        choose("atn.q", THERE)
    with pytest.raises(BadInput):
        choose([3], THERE)  # type: ignore[list-item]
    assert choose(lambda name: name.endswith("q"), THERE) == [THERE[1], THERE[4]]
    assert canonical("blocks.3.mlp.hook_post") == "blocks.3.mlp.post"
    assert find("blocks.0.attn.hook_q", THERE) == "blocks.0.attn.q"
    assert find("mlp.out", THERE) == "blocks.0.mlp.out"
    with pytest.raises(NotFound, match="fits 2 tensors"):
        find("attn.q", THERE)


def test_budgets():
    assert bytes_of("32MB") == 32_000_000
    assert bytes_of("1.5 kb") == 1_500
    assert bytes_of(5_000) == 5_000
    for wrong in ("", "many", "-3MB", "12", 0, -5, True, 2.5):
        with pytest.raises(BadInput, match="holds no trace"):
            bytes_of(wrong)  # type: ignore[arg-type]
    assert fitting({"a": 10, "b": 30, "c": 20}, 35) == {"a", "c"}
    assert fitting({"a": 10}, 0) == set()


def test_shares_against_a_table_made_by_hand():
    q = np.zeros((1, 2, 2, 1), np.float32)
    q[0, 0, 1] = 1.0
    k = np.array([0.0, 1.0, 2.0], np.float32).reshape(1, 1, 3, 1)
    found = shares(q, k, window=2, scale=np.log(2))
    assert np.allclose(found[0, 0], [[0.5, 0.5, 0], [0, 1 / 3, 2 / 3]])
    assert np.allclose(found[0, 1], [[0.5, 0.5, 0], [0, 0.5, 0.5]])


def test_summary_and_words(tmp_path: Path):
    folder, steps = some_trace(tmp_path)
    told = summary(TraceReader(folder))
    assert told.steps == 4
    b = next(tensor for tensor in told.tensors if tensor.name == "b")
    assert b.shapes == ((1,), (2,), (3,), (4,))
    assert "4 steps" in in_words(told)
    assert len(steps) == 4


def test_difference_of_two_traces(tmp_path: Path):
    base = {"x": np.array([1.0, 2.0], "<f4"), "y": np.zeros(2, "<f4")}
    nan = np.array([np.nan, 1.0], "<f4")
    one = TraceReader(written(tmp_path, [base | {"z": nan}, base]))
    changed = {"x": np.array([1.0, 2.5], "<f4"), "y": np.zeros(3, "<f4"), "z": nan}
    other = TraceReader(written(tmp_path, [changed]))
    found = difference(one, other)
    largest = {one.name: (one.largest, one.reason) for one in found.tensors}
    assert largest["x"] == (0.5, "")
    assert largest["y"] == (None, "shapes (2,) and (3,)")
    assert largest["z"] == (0.0, "")
    assert found.only_one == ("1/x", "1/y")
    assert found.only_other == ()


def test_export_as_json_and_npz(tmp_path: Path):
    arrays = {"x": np.array([1.0, np.nan, np.inf], "<f4"), "n": np.arange(3, dtype="<i4")}
    reader = TraceReader(written(tmp_path, [arrays]))
    told = json.loads(to_json(reader))
    assert told["numbers"] == {"0/x": [1.0, "NaN", "Infinity"], "0/n": [0, 1, 2]}
    assert told["manifest"]["format"] == "nanochat-learn.trace/1"
    assert to_npz(reader, tmp_path / "out.npz", "n") == 1
    with np.load(tmp_path / "out.npz") as found:
        assert found["0/n"].tolist() == [0, 1, 2]
    big = TraceReader(written(tmp_path, [{"x": np.zeros(1_000_001, "<f2")}]))
    with pytest.raises(BadInput, match="1,000,001"):
        to_json(big)


def test_all_traces_of_a_workspace_and_names_that_lead_elsewhere(tmp_path: Path):
    some_trace(tmp_path / "traces")
    some_trace(tmp_path / "traces")
    (tmp_path / "traces/t/trace.json").write_text("{}")
    found, broken = summaries(tmp_path)
    assert [one.name for one in found] == ["t-2"]
    assert len(broken) == 1
    assert open_trace(tmp_path, "t-2").manifest.name == "t-2"
    for name in ("../t", "t/../../x", "", ".", "no"):
        with pytest.raises(NotFound):
            open_trace(tmp_path, name)


def svg(reader: TraceReader) -> str:
    picture = draw(reader)
    ElementTree.fromstring(picture)  # well formed
    assert "http" not in picture.replace("http://www.w3.org/2000/svg", "")
    assert "nan" not in picture.lower().replace("nanochat", "")
    return picture


def test_the_picture_shows_only_what_is_there(tmp_path: Path):
    folder, _ = some_trace(tmp_path)
    assert "4 × forward" in svg(TraceReader(folder))
    empty = TraceWriter(tmp_path, manifest())
    assert "No step" in svg(TraceReader(empty.folder))
    ranges = step_of(0, {"x<&": np.zeros(2, "<f4")})
    (record,) = ranges.tensors
    wide = ranges.model_copy(
        update={"tensors": (record.model_copy(update={"min": -2.0, "max": 1.5}),)}
    )
    empty.add(wide, {"x<&": np.zeros(2, "<f4")})
    empty.finish()
    picture = svg(TraceReader(empty.folder))
    assert "-2 … 1.5" in picture
    assert "x&lt;&amp;" in picture


def test_the_picture_of_a_training(tmp_path: Path):
    writer = TraceWriter(tmp_path, manifest().model_copy(update={"kind": "training"}))
    for step, loss in enumerate([4.0, 3.0, None, 2.5]):
        writer.add_training(
            TrainingRecord(step=step, loss=loss, learning_rate=0.1, gradient=1.0, update=None)
        )
    reader = TraceReader(writer.folder)
    picture = svg(reader)
    assert "ends at 2.5" in picture
    points = re.search(r'points="([^"]+)"', picture)[1].split()
    assert len(points) == 3
    assert "loss 2.5" in in_words(summary(reader))


def test_the_command_line(tmp_path: Path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    some_trace(tmp_path / "traces")
    some_trace(tmp_path / "traces")
    assert main(["trace", "list"]) == 0
    assert "t-2" in capsys.readouterr().out
    assert main(["trace", "show", "t"]) == 0
    assert "4 steps" in capsys.readouterr().out
    assert main(["trace", "show", "traces/t", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["steps"] == 4
    assert main(["trace", "diff", "t", "t-2"]) == 0
    assert "equal" in capsys.readouterr().out
    assert main(["trace", "export", "t", "--out", "x.npz", "--names", "a"]) == 0
    assert main(["trace", "export", "t", "--out", "x.json"]) == 0
    assert json.loads((tmp_path / "x.json").read_text())["manifest"]["name"] == "t"
    assert main(["trace", "show", "nothing"]) == 2
    assert "nothing" in capsys.readouterr().err
    assert main(["trace", "export", "t", "--out", "x.csv"]) == 2
