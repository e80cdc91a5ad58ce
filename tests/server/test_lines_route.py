"""Shapes on the line over HTTP: those of the newest trace that has some and can be read."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from tornado.httpclient import HTTPClientError

from nanochat_learn.schema.trace import (
    TRACE_FORMAT,
    LineRecord,
    LineValue,
    TracedModel,
    TracedSource,
    TraceLines,
    TraceManifest,
)
from nanochat_learn.traces import TraceWriter


def traced(root: Path, name: str, heads: int | None, age: int) -> Path:
    model = TracedModel(kind="Net", config={}, parameters=1, device="cpu")
    writer = TraceWriter(
        root / "traces", TraceManifest(format=TRACE_FORMAT, name=name, model=model)
    )
    if heads is not None:
        value = LineValue(name="q", shape=(1, heads), dtype="float32")
        line = LineRecord(line=3, text="q = f(x)", hits=1, values=(value,))
        source = TracedSource(file_path="net.py", source_hash="0", functions=(), lines=(line,))
        writer.write_lines(TraceLines(sources=(source,)))
        os.utime(writer.folder / "lines.json", (1_000_000 - age,) * 2)
    writer.finish()
    return writer.folder


async def lines(ask, known: str = "") -> dict:
    return json.loads((await ask("lines", params={"known": known})).body)


def heads_of(found: dict) -> int:
    return found["lines"]["sources"][0]["lines"][0]["values"][0]["shape"][1]


async def test_nothing_then_the_newest(ask, course):
    found = await lines(ask)
    assert found == {"prefix": "course", "mark": "", "name": None, "lines": None}
    traced(course, "old", 4, age=20)
    newest = traced(course, "new", 2, age=10)
    traced(course, "without", None, age=0)
    found = await lines(ask)
    assert (found["name"], heads_of(found)) == ("new", 2)

    again = await lines(ask, found["mark"])
    assert (again["mark"], again["lines"]) == (found["mark"], None)

    traced(course, "newer", 8, age=5)
    after = await lines(ask, found["mark"])
    assert (after["name"], heads_of(after)) == ("newer", 8)
    assert newest.is_dir()


@pytest.mark.parametrize("damage", ["lines.json", "trace.json"])
async def test_a_damaged_one_is_passed_over(ask, course, damage):
    traced(course, "old", 4, age=20)
    torn = traced(course, "torn", 2, age=10) / damage
    torn.write_text('{"sources": [', encoding="utf-8")
    os.utime(torn.parent / "lines.json", (1_000_000,) * 2)
    assert (await lines(ask))["name"] == "old"


async def test_outside_a_workspace(ask, course):
    with pytest.raises(HTTPClientError) as caught:
        await ask("lines", document="elsewhere.py")
    assert "workspace" in json.loads(caught.value.response.body)["sentence"]
