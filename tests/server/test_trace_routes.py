"""Traces over HTTP: what is there comes back bit by bit; what is damaged, hostile, of another
version or not there is a sentence, and nothing outside `traces/` can be reached."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from tornado.httpclient import HTTPClientError

from nanochat_learn.schema.trace import (
    TRACE_FORMAT,
    PartNorms,
    TensorRecord,
    TracedModel,
    TraceManifest,
    TraceStep,
    TrainingRecord,
)
from nanochat_learn.traces import TraceReader, TraceWriter
from nanochat_learn.traces.training import asked
from nanochat_learn.workspace import replaying

CONFIG = {"attention_bound": 2.0, "windows": [8]}
MODEL = TracedModel(kind="GPT", config=CONFIG, parameters=3, device="cpu")


def begin(root: Path, name: str = "run") -> TraceWriter:
    manifest = TraceManifest(format=TRACE_FORMAT, name=name, model=MODEL)
    return TraceWriter(root / "traces", manifest)


def add(writer: TraceWriter, number: int, length: int, position: int) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(number)
    arrays = {
        "blocks.0.attn.q": rng.normal(size=(1, 2, length, 4)).astype("<f2"),
        "blocks.0.attn.k": rng.normal(size=(1, 1, length, 4)).astype("<f2"),
        "logits": rng.normal(size=(1, 1, 5)).astype("<f4"),
    }
    kinds = {"float16": "F16", "float32": "F32"}
    records = tuple(
        TensorRecord(name=name, shape=a.shape, dtype=kinds[a.dtype.name])
        for name, a in arrays.items()
    )
    phase = "decode" if position else "prefill"
    writer.add(
        TraceStep(step=number, phase=phase, position=position, length=length, tensors=records),
        arrays,
    )
    return arrays


@pytest.fixture
def traced(course: Path) -> tuple[Path, list[dict[str, np.ndarray]]]:
    writer = begin(course)
    steps = [add(writer, 0, 3, 0), add(writer, 1, 1, 3)]
    writer.finish()
    return course, steps


async def refused(asking) -> tuple[int, str]:
    with pytest.raises(HTTPClientError) as caught:
        await asking
    failure = json.loads(caught.value.response.body)
    assert set(failure) == {"code", "sentence", "hint"}
    assert "Traceback" not in failure["sentence"]
    return caught.value.code, failure["sentence"]


def numbers(ask, **params):
    wanted = {"step": "0", "name": "logits"} | params
    return ask("traces/run/bytes", params=wanted)


async def test_list_page_and_numbers(ask, traced):
    _, steps = traced
    listed = json.loads((await ask("traces")).body)
    assert [trace["name"] for trace in listed["traces"]] == ["run"]
    page = json.loads((await ask("traces/run")).body)
    assert page["manifest"]["state"] == "complete"
    assert (page["first"], page["total"]) == (0, 2)
    assert [step["phase"] for step in page["steps"]] == ["prefill", "decode"]
    assert page["lines"] is None
    for number, arrays in enumerate(steps):
        for name, array in arrays.items():
            answer = await numbers(ask, step=str(number), name=name)
            assert answer.body == array.tobytes()
            assert answer.headers["X-Trace-Shape"] == ",".join(map(str, array.shape))
            assert answer.headers["X-Trace-Dtype"] == {"<f2": "F16", "<f4": "F32"}[array.dtype.str]
            assert answer.headers["X-Trace-Computed"] == "false"


async def test_a_pattern_is_worked_out_from_queries_and_keys_of_all_steps(ask, traced):
    _, steps = traced
    answer = await numbers(ask, step="1", name="blocks.0.attn.pattern")
    assert answer.headers["X-Trace-Computed"] == "true"
    assert answer.headers["X-Trace-Shape"] == "1,2,1,4"
    q = steps[1]["blocks.0.attn.q"].astype(np.float64)
    k = np.concatenate([s["blocks.0.attn.k"] for s in steps], axis=2).astype(np.float64)
    scores = np.exp((q @ k.swapaxes(-1, -2)) * 2.0 / 4)
    expected = scores / scores.sum(-1, keepdims=True)
    found = np.frombuffer(answer.body, "<f4").reshape(1, 2, 1, 4)
    assert np.allclose(found, expected, atol=1e-6)


async def test_a_part_of_a_tensor(ask, traced):
    whole = traced[1][0]["logits"].tobytes()
    assert (await numbers(ask, **{"from": "4", "to": "12"})).body == whole[4:12]
    assert (await numbers(ask, **{"from": "20"})).body == b""
    for place in ({"from": "21"}, {"to": "21"}, {"from": "8", "to": "4"}):
        code, sentence = await refused(numbers(ask, **place))
        assert code == 400
        assert "20" in sentence


@pytest.mark.parametrize(
    "params",
    [{"step": "-1"}, {"step": "x"}, {"step": ""}, {"step": "9" * 30}, {"from": "1e3"}],
)
async def test_what_is_no_number_is_told(ask, traced, params):
    assert (await refused(numbers(ask, **params)))[0] == 400


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"step": "7"}, "has no step 7"),
        ({"name": "nothing"}, "no tensor"),
        ({"name": ""}, "no tensor"),
        ({"name": "x.attn.pattern"}, "no tensor"),
        ({"name": "blocks.9.attn.pattern"}, "no tensor"),
    ],
)
async def test_what_is_not_there_is_told(ask, traced, params, said):
    code, sentence = await refused(numbers(ask, **params))
    assert code in (404, 422)
    assert said in sentence


@pytest.mark.parametrize(
    "name", ["..", "%2e%2e", "..%2frun", "%2fetc", "run%2f..%2frun", ".", "%00"]
)
async def test_no_path_can_be_walked(ask, traced, name, monkeypatch):
    root, _ = traced
    # A trace outside `traces/`, where a path from the working directory would find it.
    (root / "traces/run").rename(root / "run")
    monkeypatch.chdir(root)
    for route in (f"traces/{name}", f"traces/{name}/bytes", f"traces/{name}/diff"):
        with pytest.raises(HTTPClientError) as caught:
            await ask(route, params={"step": "0", "name": "logits", "other": "run"})
        assert caught.value.code in (400, 404)
    for other in ("../run", "run", str(root / "run")):
        with pytest.raises(HTTPClientError) as caught:
            await ask("traces/run/diff", params={"other": other})
        assert caught.value.code == 404
    with pytest.raises(HTTPClientError):
        await ask(f"traces/{name}", method="DELETE")
    assert TraceReader(root / "run").steps


async def test_a_trace_that_grows(ask, course, monkeypatch):
    monkeypatch.setattr(replaying, "PAGE", 2)
    writer = begin(course)
    add(writer, 0, 3, 0)
    writer.close_chunk()
    first = json.loads((await ask("traces/run")).body)
    assert (first["manifest"]["state"], first["total"]) == ("growing", 1)
    later = [add(writer, n, 1, n + 2) for n in (1, 2)]
    writer.close_chunk()
    rest = json.loads((await ask("traces/run", params={"first": "1"})).body)
    assert [step["step"] for step in rest["steps"]] == [1, 2]
    assert (await numbers(ask, step="2")).body == later[1]["logits"].tobytes()
    writer.finish()
    assert json.loads((await ask("traces/run")).body)["manifest"]["state"] == "complete"
    assert len(json.loads((await ask("traces/run")).body)["steps"]) == 2
    beyond = json.loads((await ask("traces/run", params={"first": "99"})).body)
    assert (beyond["steps"], beyond["total"]) == ([], 3)


async def test_another_trace_of_the_same_name_is_not_mixed_up_with_the_old_one(ask, traced):
    root, steps = traced
    assert (await numbers(ask)).body == steps[0]["logits"].tobytes()
    await ask("traces/run", method="DELETE")
    writer = begin(root)
    arrays = add(writer, 5, 2, 0)
    writer.finish()
    assert (await refused(numbers(ask)))[0] == 404
    assert (await numbers(ask, step="5")).body == arrays["logits"].tobytes()


async def test_truncated_and_hostile_chunks(ask, traced):
    root, _ = traced
    chunk = next((root / "traces/run").glob("chunk-*"))
    whole = chunk.read_bytes()
    for damage in (
        whole[:-30],
        whole[:5],
        b"",
        (100_000_000).to_bytes(8, "little") + whole[8:],
        whole.replace(b'"data_offsets":[0,', b'"data_offsets":[-4,', 1),
    ):
        chunk.write_bytes(damage)
        replaying._readers.forget(chunk.parent)
        for name in ("logits", "blocks.0.attn.k"):
            code, sentence = await refused(numbers(ask, name=name, step="1"))
            assert code == 422
            assert chunk.name in sentence
        assert json.loads((await ask("traces/run")).body)["total"] == 2


async def test_damaged_lines_and_another_version(ask, traced):
    folder = traced[0] / "traces/run"
    with (folder / "steps.jsonl").open("a") as file:
        file.write("no step\n")
    (folder / "lines.json").write_text('{"sources": 3}')
    page = json.loads((await ask("traces/run")).body)
    assert page["total"] == 2
    assert len(page["damaged"]) == 2
    text = (folder / "trace.json").read_text()
    (folder / "trace.json").write_text(text.replace("trace/1", "trace/9"))
    code, sentence = await refused(ask("traces/run"))
    assert code == 422
    assert "trace/9" in sentence
    listed = json.loads((await ask("traces")).body)
    assert listed["traces"] == []
    assert "trace/9" in listed["unreadable"][0]


async def test_two_traces_compared(ask, traced):
    root, steps = traced
    writer = begin(root, "other")
    add(writer, 0, 3, 0)
    writer.finish()
    found = json.loads((await ask("traces/run/diff", params={"other": "other"})).body)
    assert {tensor["largest"] for tensor in found["tensors"]} == {0.0}
    assert sorted(found["only_one"]) == sorted(f"1/{name}" for name in steps[1])


async def test_removed_and_nothing_else(ask, traced):
    folder = traced[0] / "traces/run"
    (folder / "mine.txt").write_text("notes")
    assert (await ask("traces/run", method="DELETE")).code == 204
    assert [file.name for file in folder.iterdir()] == ["mine.txt"]
    assert (await refused(ask("traces/run", method="DELETE")))[0] == 404
    assert (await refused(ask("traces/run")))[0] == 404


async def test_a_link_is_not_removed(ask, traced, tmp_path):
    root, _ = traced
    (root / "traces/run").rename(tmp_path / "elsewhere")
    (root / "traces/run").symlink_to(tmp_path / "elsewhere")
    assert (await refused(ask("traces/run", method="DELETE")))[0] == 404
    assert TraceReader(tmp_path / "elsewhere").steps


@pytest.mark.parametrize(
    "route", ["traces", "traces/run", "traces/run/bytes", "traces/run/diff", "traces/run/training"]
)
async def test_nobody_unknown_gets_anything(ask, traced, route):
    with pytest.raises(HTTPClientError) as caught:
        await ask(route, headers={"Authorization": "token wrong"})
    assert caught.value.code == 403


def record(number: int, loss: float | None = 1.0) -> TrainingRecord:
    parts = (PartNorms(name="lm_head.weight", gradient=0.5, update=0.25),)
    figures = {"learning_rate": 0.1, "gradient": 2.0, "update": 0.5}
    return TrainingRecord(step=number, loss=loss, parts=parts, **figures)


async def test_a_training_comes_page_by_page_while_it_grows_and_can_be_made_to_wait(
    ask, course, monkeypatch
):
    monkeypatch.setattr(replaying, "RECORDS", 2)
    manifest = TraceManifest(format=TRACE_FORMAT, name="lesson", kind="training", model=MODEL)
    writer = TraceWriter(course / "traces", manifest)
    for number in range(3):
        writer.add_training(record(number, 3.0 - number))
    page = json.loads((await ask("traces/lesson/training")).body)
    assert (page["first"], page["total"], page["paused"]) == (0, 3, False)
    assert [r["loss"] for r in page["records"]] == [3.0, 2.0]
    assert [r["parts"] for r in page["records"]] == [[], []]
    writer.add_training(record(3, None))
    page = json.loads((await ask("traces/lesson/training", params={"first": "2"})).body)
    assert page["total"] == 4
    assert [r["loss"] for r in page["records"]] == [1.0, None]
    one = {"first": "1", "parts": "true"}
    (chosen,) = json.loads((await ask("traces/lesson/training", params=one)).body)["records"]
    assert chosen["step"] == 1
    assert chosen["parts"] == [{"name": "lm_head.weight", "gradient": 0.5, "update": 0.25}]

    wish = json.dumps({"paused": True})
    await ask("traces/lesson/training", method="PUT", body=wish)
    assert asked(writer.folder).paused
    assert json.loads((await ask("traces/lesson/training")).body)["paused"]
    await ask("traces/lesson/training", method="PUT", body="{}")
    assert not asked(writer.folder).paused

    with (writer.folder / "training.jsonl").open("a") as file:
        file.write("half a line\n" + '{"step": 9, "lo')
    page = json.loads((await ask("traces/lesson/training")).body)
    assert page["total"] == 4
    assert len(page["damaged"]) == 1
    writer.finish()
    code, sentence = await refused(ask("traces/lesson/training", method="PUT", body=wish))
    assert code == 400
    assert "has ended" in sentence


async def test_a_trace_of_a_model_is_no_training(ask, traced):
    for how in ({}, {"method": "PUT", "body": "{}"}):
        code, sentence = await refused(ask("traces/run/training", **how))
        assert code == 400
        assert "no training" in sentence
    assert (await refused(ask("traces/gone/training")))[0] == 404
