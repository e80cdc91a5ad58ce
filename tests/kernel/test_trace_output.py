"""A trace in a notebook: what the cell carries, which cell it was, and what is left without us."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path

import nbformat
import pytest
from jupyter_client.manager import KernelManager
from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell, new_notebook
from running_notebook import Notebook

from nanochat_learn.kernel.cells import fnv1a
from nanochat_learn.schema.trace import TRACE_MIME, TraceOutput
from nanochat_learn.shipping import prepare
from nanochat_learn.traces import TraceReader

MODEL = """\
import torch
from nanochat.gpt import GPT, GPTConfig
from nanochat_learn.kernel.trace import TraceContext
model = GPT(GPTConfig(sequence_len=32, vocab_size=64, n_layer=2, n_head=2, n_kv_head=2, n_embd=16))
model.init_weights()
def twice(x):
    doubled = x * 2
    return doubled
"""
RUN = """\
# a comment
%time x = torch.ones(3, 2)
with TraceContext(model, "pattern", lines=True, name="cell") as trace:
    both = twice(x)
    scores = model(torch.arange(6)[None])
trace
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory):
    root = tmp_path_factory.mktemp("course")
    prepare(root, lessons=False)
    (root / "lessons").mkdir()
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel(cwd=str(root / "lessons"))
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=120)
    book = Notebook(client)
    first = book.run(MODEL, "cell-model")
    assert not first, first
    outputs = book.run(RUN, "cell-run")
    yield root, book, outputs
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def test_the_cell_carries_a_reference_a_picture_and_words(course):
    root, _, outputs = course
    data = outputs[-1].data
    assert set(data) == {TRACE_MIME, "image/svg+xml", "text/plain"}
    told = TraceOutput.model_validate(data[TRACE_MIME])
    assert told.path == "traces/cell"
    assert (root / told.path / "trace.json").is_file()
    assert told.summary.steps == 1
    assert {t.name for t in told.summary.tensors} == {f"blocks.{n}.attn.pattern" for n in (0, 1)}
    assert len(json.dumps(data[TRACE_MIME])) <= 256_000
    assert "2×2" not in data["text/plain"]
    assert "1×2×6×6" in data["text/plain"]


def test_the_running_cell_is_known_by_its_id_and_every_cell_by_its_source(course):
    root, _, _ = course
    found = TraceReader(root / "traces/cell").lines()
    cells = {source.source_hash: source for source in found.sources if not source.file_path}
    here, before = cells[fnv1a(RUN.rstrip())], cells[fnv1a(MODEL.rstrip())]
    assert here.cell == "cell-run"
    assert before.cell is None
    values = {(r.line, v.name): v.shape for r in here.lines for v in r.values}
    assert values == {(4, "both"): (3, 2), (5, "scores"): (1, 6, 64)}
    assert [(f.id, f.calls) for f in before.functions] == [("twice", 1)]
    assert [(r.line, r.text) for r in before.lines] == [(7, "doubled = x * 2")]


def test_without_the_extension_and_without_a_network_it_is_still_meaningful(course):
    _, _, outputs = course
    cell = new_code_cell(RUN, outputs=outputs)
    notebook = new_notebook(cells=[cell])
    nbformat.validate(notebook)
    page, _ = HTMLExporter().from_notebook_node(notebook)
    image = re.search(r"<img[^>]*data:image/svg\+xml;base64,([^\"]+)[^>]*>", page)
    picture = base64.b64decode(image[1]).decode()
    assert "Trace cell: GPT" in picture
    assert "layer 1" in picture
    assert "href" not in picture
    assert "<script" not in picture


def test_another_run_of_the_same_cell_is_another_trace(course):
    root, book, _ = course
    (output,) = [o for o in book.run(RUN, "cell-run") if "data" in o]
    assert output.data[TRACE_MIME]["path"] == "traces/cell-2"
    assert Path(root / "traces/cell-2").is_dir()


def test_under_a_debugger_of_the_notebook_it_says_so(course):
    _, book, _ = course
    code = "import bdb, sys\nd = bdb.Bdb(); d.reset()\nsys.settrace(d.trace_dispatch)\n"
    code += "try:\n    TraceContext(model, lines=True).__enter__()\n"
    code += "except Exception as error:\n    print(error)\nfinally:\n    sys.settrace(None)\n"
    outputs = book.run(code, "cell-debug")
    assert "A debugger is following" in outputs[0].text


def test_a_trace_that_has_not_begun_shows_words_only(course):
    _, book, _ = course
    outputs = book.run("TraceContext(model)", "cell-new")
    assert outputs[0].data == {"text/plain": "<TraceContext: not begun>"}
    outputs = book.run(
        "from nanochat_learn.kernel.output import open_trace\nopen_trace('cell')", "cell-open"
    )
    assert "Trace cell" in outputs[0].data["text/plain"]
