"""The folder: what is written is read; what is damaged is a sentence, never a crash or a wrong
number; what is still growing is readable."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import load_file

from nanochat_learn.errors import BadInput, CannotRead, CannotWrite, LearnError, NotFound
from nanochat_learn.schema.trace import (
    TRACE_FORMAT,
    TensorRecord,
    TracedModel,
    TraceManifest,
    TraceSelection,
    TraceStep,
)
from nanochat_learn.traces import TraceReader, TraceWriter
from nanochat_learn.traces.chunks import NUMPY, read_header, write_chunk

MODEL = TracedModel(kind="Net", config={}, parameters=3, device="cpu")


def manifest(name: str = "t", budget: int = 10**9) -> TraceManifest:
    return TraceManifest(
        format=TRACE_FORMAT,
        name=name,
        model=MODEL,
        selection=TraceSelection(names=("*",), budget=budget),
    )


def step_of(number: int, arrays: dict[str, np.ndarray]) -> TraceStep:
    kinds = {np.dtype(v): k for k, v in NUMPY.items()}
    return TraceStep(
        step=number,
        phase="forward",
        position=0,
        length=0,
        tensors=tuple(
            TensorRecord(name=name, shape=a.shape, dtype=kinds[a.dtype])
            for name, a in arrays.items()
        ),
    )


def written(folder: Path, steps: list[dict[str, np.ndarray]]) -> Path:
    writer = TraceWriter(folder, manifest())
    for number, arrays in enumerate(steps):
        writer.add(step_of(number, arrays), arrays)
    writer.finish()
    return writer.folder


names = st.text(st.sampled_from('abz.0é\u2028"\\'), min_size=1, max_size=12)
dtypes = st.sampled_from([np.dtype(d) for d in NUMPY.values()])
shapes = st.lists(st.integers(0, 5), max_size=4).map(tuple)


@st.composite
def arrays(draw: st.DrawFn) -> np.ndarray:
    shape, dtype = draw(shapes), draw(dtypes)
    raw = np.random.default_rng(draw(st.integers(0, 99))).bytes(
        int(np.prod(shape)) * dtype.itemsize
    )
    if dtype.kind == "b":
        return np.frombuffer(bytes(b & 1 for b in raw), bool).reshape(shape)
    return np.frombuffer(raw, dtype).reshape(shape)  # any bits: NaN and infinities too


@settings(max_examples=40)
@given(st.lists(st.dictionaries(names, arrays(), max_size=4), max_size=5))
def test_whatever_is_written_is_read_bit_by_bit(steps: list[dict[str, np.ndarray]]):
    with tempfile.TemporaryDirectory() as place:
        reader = TraceReader(written(Path(place), steps))
        assert not reader.damaged
        assert len(reader.steps) == len(steps)
        for number, expected in enumerate(steps):
            for name, array in expected.items():
                found = reader.array(number, name)
                assert found.dtype == array.dtype
                assert found.shape == array.shape
                assert found.tobytes() == array.tobytes()
        for chunk in reader.folder.glob("*.safetensors"):
            load_file(chunk)  # another reader agrees that the file is sound


def some_trace(place: Path) -> tuple[Path, list[dict[str, np.ndarray]]]:
    rng = np.random.default_rng(0)
    steps = [
        {
            "a": rng.normal(size=(3, 4)).astype("<f2"),
            "b": rng.normal(size=(n + 1,)).astype("<f4"),
            "c": np.arange(n, dtype="<i4"),
        }
        for n in range(4)
    ]
    return written(place, steps), steps


def read_everything(folder: Path, steps: list[dict[str, np.ndarray]], exact: bool) -> int:
    """How many tensors could be read. Whatever else happens must be a sentence."""
    fine = 0
    try:
        reader = TraceReader(folder)
        reader.lines()
        reader.training()
        listed = reader.steps
    except LearnError as error:
        assert error.sentence.endswith(".")
        return 0
    for step in listed:
        for record in step.tensors:
            try:
                found = reader.array(step.step, record.name)
            except LearnError as error:
                assert error.sentence
                continue
            fine += 1
            if exact and step.step < len(steps) and record.name in steps[step.step]:
                assert found.tobytes() == steps[step.step][record.name].tobytes()
    return fine


@pytest.mark.parametrize("file", ["trace.json", "steps.jsonl", "chunk-000000.safetensors"])
def test_a_file_cut_anywhere_is_a_sentence_or_the_right_numbers(tmp_path: Path, file: str):
    folder, steps = some_trace(tmp_path)
    whole = (folder / file).read_bytes()
    places = sorted(
        {0, 1, 7, 8, 9, len(whole) - 1, *range(0, len(whole), max(1, len(whole) // 60))}
    )
    for length in places:
        (folder / file).write_bytes(whole[:length])
        read_everything(folder, steps, exact=True)
    (folder / file).write_bytes(whole)
    assert read_everything(folder, steps, exact=True) == 12


@settings(max_examples=150)
@given(st.data())
def test_flipped_bytes_never_crash(data: st.DataObject):
    with tempfile.TemporaryDirectory() as place:
        folder, steps = some_trace(Path(place))
        file = folder / data.draw(
            st.sampled_from(["trace.json", "steps.jsonl", "chunk-000000.safetensors"])
        )
        content = bytearray(file.read_bytes())
        for _ in range(data.draw(st.integers(1, 3))):
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
        file.write_bytes(bytes(content))
        read_everything(folder, steps, exact=False)


def hostile(header: object, length: int | None = None, body: bytes = b"\0" * 64) -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return (len(text) if length is None else length).to_bytes(8, "little") + text + body


def entry(start: object, end: object, shape: object = (2,), dtype: object = "F32") -> dict:
    return {"dtype": dtype, "shape": shape, "data_offsets": [start, end]}


HOSTILE = {
    "claims 100 MB": (hostile({}, 100 << 20), "within its header"),
    "claims 2**63": (hostile({}, 1 << 63), "within its header"),
    "empty file": (b"", "within its header"),
    "no JSON": (hostile(b"\xff\xfe{"), "not JSON"),
    "deep JSON": (hostile(b"[" * 100_000), "not JSON"),
    "a list": (hostile([1]), "not a table"),
    "NaN": (hostile(b'{"a": NaN}'), "not JSON"),
    "twins": (hostile(b'{"a": 1, "a": 2}'), "not JSON"),
    "no place": (hostile({"a": 3}), "no place"),
    "one offset": (hostile({"a": {"dtype": "F32", "shape": [], "data_offsets": [0]}}), "no place"),
    "negative": (hostile({"a": entry(-8, 0)}), "negative"),
    "negative shape": (hostile({"a": entry(0, 8, [-2])}), "negative"),
    "fractions": (hostile({"a": entry(0, 8.0)}), "negative or broken"),
    "truth": (hostile({"a": entry(False, 8)}), "negative or broken"),
    "huge": (hostile({"a": entry(0, 1 << 60)}), "negative or broken"),
    "backwards": (hostile({"a": entry(8, 0)}), "outside"),
    "outside": (hostile({"a": entry(60, 68)}), "outside"),
    "another length": (hostile({"a": entry(0, 12)}), "another length"),
    "overflowing shape": (hostile({"a": entry(0, 8, [1 << 40, 1 << 40])}), "another length"),
    "many directions": (hostile({"a": entry(0, 4, [1] * 40)}), "outside"),
    "unknown format": (hostile({"a": entry(0, 8, (2,), "F7")}), "unknown number format"),
    "format of a list": (hostile({"a": entry(0, 8, (2,), [1])}), "unknown number format"),
    "overlap": (hostile({"a": entry(0, 8), "b": entry(4, 12)}), "overlap"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_headers_are_sentences(tmp_path: Path, case: str):
    content, words = HOSTILE[case]
    file = tmp_path / "chunk-000000.safetensors"
    file.write_bytes(content)
    with pytest.raises(CannotRead, match=words) as refused:
        read_header(file)
    assert refused.value.hint


def test_a_true_header_that_is_too_long_is_refused_before_it_is_read(tmp_path: Path):
    file = tmp_path / "chunk-000000.safetensors"
    with file.open("wb") as opened:
        opened.write((100 << 20).to_bytes(8, "little"))
        opened.truncate(101 << 20)  # a sparse file
    began = time.process_time()
    with pytest.raises(CannotRead, match="104,857,600"):
        read_header(file)
    assert time.process_time() - began < 5  # a floor for "was not parsed", not a bench


def test_lines_that_point_elsewhere_are_sentences(tmp_path: Path):
    folder, _ = some_trace(tmp_path)
    lines = [json.loads(line) for line in (folder / "steps.jsonl").read_text().splitlines()]
    for change in (
        {"start": 10_000},
        {"start": -4},
        {"shape": [-1]},
        {"shape": [1 << 40]},
        {"key": "nobody"},
        {"dtype": "F32"},
    ):
        damaged = json.loads(json.dumps(lines))
        damaged[1]["tensors"][0] |= change
        (folder / "steps.jsonl").write_text("".join(json.dumps(line) + "\n" for line in damaged))
        with pytest.raises(CannotRead, match="no such numbers"):
            TraceReader(folder).array(1, "a")
        assert TraceReader(folder).array(2, "a").shape == (3, 4)


def test_another_version_and_no_trace_at_all(tmp_path: Path):
    folder, _ = some_trace(tmp_path)
    told = json.loads((folder / "trace.json").read_text())
    (folder / "trace.json").write_text(json.dumps(told | {"format": "nanochat-learn.trace/9"}))
    with pytest.raises(CannotRead, match=r"trace/9.*Upgrade"):
        TraceReader(folder)
    (folder / "trace.json").write_text("[]")
    with pytest.raises(CannotRead, match="damaged"):
        TraceReader(folder)
    with pytest.raises(NotFound):
        TraceReader(tmp_path / "nothing")


def test_it_is_readable_while_it_grows(tmp_path: Path):
    writer = TraceWriter(tmp_path, manifest())
    reader = TraceReader(writer.folder)
    assert reader.manifest.state == "growing"
    for number in range(130):
        small = {"x": np.full(4, number, "<f2")}
        writer.add(step_of(number, small), small)
        if number in (63, 127):
            assert reader.refresh() == number + 1
    assert reader.array(-1, "x")[0] == 127
    with (writer.folder / "steps.jsonl").open("a") as file:
        file.write('{"step": 500, "pha')  # somebody is in the middle of a line
    assert reader.refresh() == 128
    assert not reader.damaged
    writer.finish()
    assert reader.refresh() >= 128


def test_a_damaged_line_is_told_and_the_others_are_read(tmp_path: Path):
    folder, steps = some_trace(tmp_path)
    lines = (folder / "steps.jsonl").read_text().splitlines(keepends=True)
    lines[1] = lines[1].replace("forward", "sideways")
    (folder / "steps.jsonl").write_text("".join(lines))
    reader = TraceReader(folder)
    assert [step.step for step in reader.steps] == [0, 2, 3]
    assert len(reader.damaged) == 1
    assert np.array_equal(reader.array(2, "b"), steps[2]["b"])


def test_chunks_close_at_a_megabyte_or_64_steps(tmp_path: Path):
    large = {"x": np.zeros(400_000, "<f2")}
    small = {"x": np.zeros(4, "<f2")}
    folder = written(tmp_path, [large] * 4)
    assert len(list(folder.glob("*.safetensors"))) == 2
    folder = written(tmp_path, [small] * 65)
    assert [step.chunk for step in TraceReader(folder).steps][62:] == [0, 0, 1]


def test_steps_of_different_formats_under_one_name(tmp_path: Path):
    steps = [{"x": np.array([1.5], "<f2")}, {"x": np.array([1e9], "<f4")}, {"x": np.ones(1, "<f2")}]
    reader = TraceReader(written(tmp_path, steps))
    assert [reader.array(n, "x").tolist() for n in range(3)] == [[1.5], [1e9], [1.0]]


def test_numbers_that_no_trace_holds(tmp_path: Path):
    with pytest.raises(CannotWrite, match="complex"):
        write_chunk(tmp_path / "c", {"x": [np.zeros(2, complex)]})
    for name in ("", "../up", "a/b", ".hidden", "x" * 200, "a\0b"):
        with pytest.raises(BadInput, match="cannot be called"):
            TraceWriter(tmp_path, manifest(name))


WRITER = """
import sys
sys.path[:0] = [{here!r}, {root!r}]
from pathlib import Path
from test_trace_folder import TraceWriter, manifest, step_of
import numpy as np
writer = TraceWriter(Path({traces!r}), manifest())
print(writer.folder.name, flush=True)
number = 0
while True:
    x = {{"x": np.full(300_000, number % 1000, "<f2")}}
    writer.add(step_of(number, x), x)
    number += 1
    if number == 6:
        print("six", flush=True)
    if number > 30:
        break
"""


def child(traces: Path) -> subprocess.Popen[str]:
    here = Path(__file__).parent
    code = WRITER.format(here=str(here), root=str(here.parents[2]), traces=str(traces))
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
def test_killed_while_writing_leaves_what_was_closed(tmp_path: Path):
    process = child(tmp_path)
    assert process.stdout.readline() == "t\n"
    assert process.stdout.readline() == "six\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    reader = TraceReader(tmp_path / "t")
    assert reader.manifest.state == "growing"
    assert len(reader.steps) >= 4
    for step in reader.steps:
        assert (reader.array(step.step, "x") == step.step).all()


def test_two_processes_never_share_a_folder(tmp_path: Path):
    one, other = child(tmp_path), child(tmp_path)
    found = {p.stdout.readline().strip() for p in (one, other)}
    for process in (one, other):
        process.stdout.close()
        process.kill()
        process.wait()
    assert found == {"t", "t-2"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_a_sentence_and_leaves_no_half_file(tmp_path: Path, monkeypatch):
    writer = TraceWriter(tmp_path, manifest())
    kept = {"x": np.zeros(600_000, "<f2")}
    writer.add(step_of(0, kept), kept)
    real = Path.open

    def full(self: Path, *args: object, **kwargs: object):
        if self.name.endswith(".part"):
            real(self, "wb").close()
            return real(Path("/dev/full"), *args, **kwargs)
        return real(self, *args, **kwargs)

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(CannotWrite, match="No space left"):
        writer.add(step_of(1, kept), kept)
    monkeypatch.undo()
    assert not list(writer.folder.glob(".*.part"))
    assert len(TraceReader(writer.folder).steps) == 1
    writer.add(step_of(2, kept), kept)  # there is room again
    assert [step.step for step in TraceReader(writer.folder).steps] == [0, 2]


def test_ten_thousand_steps(tmp_path: Path):
    writer = TraceWriter(tmp_path, manifest())
    rng = random.Random(0)
    for number in range(10_000):
        small = {"x": np.array([number, rng.random()], "<f4")}
        writer.add(step_of(number, small), small)
    writer.finish()
    reader = TraceReader(writer.folder)
    assert len(reader.steps) == 10_000
    assert reader.array(7_654, "x")[0] == 7_654
    shutil.rmtree(writer.folder)
