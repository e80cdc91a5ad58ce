"""Shapes on the line: what ran, what its lines assigned, and nobody else's tracing is harmed."""

from __future__ import annotations

import importlib
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest
import torch
from torch import nn
from traced_models import nanochat_model

from nanochat_learn.errors import Busy
from nanochat_learn.kernel.cells import fnv1a
from nanochat_learn.kernel.following import follow
from nanochat_learn.kernel.statements import beginning, statements_of
from nanochat_learn.kernel.trace import TraceContext
from nanochat_learn.schema.trace import LineRecord, TraceLines

IDS = torch.arange(2 * 20).reshape(2, 20) * 7 % 300


def lines_of(found: TraceLines, file: str) -> dict[int, LineRecord]:
    (source,) = [source for source in found.sources if source.file_path == file]
    return {record.line: record for record in source.lines}


def functions_of(found: TraceLines) -> dict[str, int]:
    return {f.id: f.calls for source in found.sources for f in source.functions}


def test_the_q_line_shows_the_shape_and_another_n_head_changes_it():
    import nanochat.gpt

    text = Path(nanochat.gpt.__file__).read_text(encoding="utf-8")
    line = next(n for n, t in enumerate(text.splitlines(), 1) if "q, k = qk.split" in t)
    for shape, heads, width in (("full", 4, 8), ("grouped", 4, 16)):
        model = nanochat_model(shape)
        with torch.no_grad(), TraceContext(model, "q", dtype="float32", lines=True) as trace:
            expected = model(IDS)
        record = lines_of(trace.reader.lines(), "nanochat/gpt.py")[line]
        q = next(value for value in record.values if value.name == "q")
        assert q.shape == (2, heads, 20, width)
        assert q.dtype == "float32"
        assert record.hits == 2
        assert record.text.startswith("q, k = qk.split(")
        numbers = trace["blocks.1.attn.q"]  # the last time the line ran
        assert (q.min, q.max) == pytest.approx((numbers.min(), numbers.max()), rel=1e-5)
        assert sum(q.histogram) == numbers.size
        assert torch.equal(model(IDS), expected)
    assert sys.gettrace() is None


def test_exactly_the_functions_that_ran():
    model = nanochat_model()
    with torch.no_grad(), TraceContext(model, lines=True) as trace:
        model(IDS)
    ran = functions_of(trace.reader.lines())
    assert ran == {
        "nanochat/gpt.py:GPT.forward": 1,
        "nanochat/gpt.py:Block.forward": 2,
        "nanochat/gpt.py:CausalSelfAttention.forward": 2,
        "nanochat/gpt.py:MLP.forward": 2,
        "nanochat/gpt.py:Linear.forward": 9,
        "nanochat/gpt.py:norm": 8,
        "nanochat/gpt.py:apply_rotary_emb": 2,
        "nanochat/loss.py:softcap": 1,
    }


def test_the_hash_is_fnv_1a_of_the_file():
    assert fnv1a("") == "811c9dc5"
    assert fnv1a("a") == "e40c292c"
    assert fnv1a("foobar") == "bf9cf968"
    model = nanochat_model()
    with TraceContext(model, "q", lines=True) as trace:
        model(IDS)
    import nanochat.gpt

    source = next(s for s in trace.reader.lines().sources if s.file_path == "nanochat/gpt.py")
    assert source.source_hash == fnv1a(Path(nanochat.gpt.__file__).read_text(encoding="utf-8"))
    assert source.cell is None


PACKAGE = """
import torch
from torch import nn


class Net(nn.Module):
    def forward(self, x):
        y = (
            x
            + 1
        )
        for row in y:
            z = row * 2
        a = b = z.sum(); c = b + 1
        try:
            d = fail(x)
        except ValueError:
            d = x[:1]
        if (e := d.max()) > 100:
            f = e
        total = sum([v for v in numbers(3)], torch.zeros(()))
        with torch.no_grad() as g:
            h = y.bool()
        i: torch.Tensor = y[:0]
        y += torch.tensor(float("nan"))
        return total


def fail(x):
    w = x * 2
    raise ValueError


def numbers(n):
    for k in range(n):
        t = torch.full((), float(k))
        yield t
"""


@pytest.fixture
def net(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> nn.Module:
    folder = tmp_path / "traced_net"
    folder.mkdir()
    (folder / "__init__.py").write_text(PACKAGE)
    monkeypatch.syspath_prepend(str(tmp_path))
    sys.modules.pop("traced_net", None)
    return importlib.import_module("traced_net").Net()


def test_every_kind_of_statement(net: nn.Module):
    with TraceContext(net, lines=True) as trace:
        net(torch.arange(6.0).reshape(3, 2))
    found = lines_of(trace.reader.lines(), "traced_net/__init__.py")
    text = PACKAGE.splitlines()
    told = {
        (text[line - 1].strip().split()[0], value.name): value
        for line, record in found.items()
        for value in record.values
    }
    shapes = {key: value.shape for key, value in told.items()}
    assert shapes == {
        ("y", "y"): (3, 2),
        ("for", "row"): (2,),
        ("z", "z"): (2,),
        ("a", "a"): (),
        ("a", "b"): (),
        ("a", "c"): (),
        ("d", "d"): (1, 2),
        ("if", "e"): (),
        ("total", "total"): (),
        ("h", "h"): (3, 2),
        ("i:", "i"): (0, 2),
        ("w", "w"): (3, 2),
        ("t", "t"): (),
    }
    z = next(record for record in found.values() if record.text == "z = row * 2")
    assert z.hits == 3
    assert z.values[0].max == 12.0  # (5 + 1) · 2: as it was the last time
    assert told[("h", "h")].dtype == "bool"
    assert told[("i:", "i")].min is None
    assert told[("y", "y")].not_finite == 6  # `y += …` is the later of the two lines
    assert functions_of(trace.reader.lines()) == {
        "traced_net/__init__.py:Net.forward": 1,
        "traced_net/__init__.py:fail": 1,
        "traced_net/__init__.py:numbers": 1,  # a generator that goes on is no new call
    }


def test_somebody_elses_trace_function_is_put_back():
    model, seen = nanochat_model(), []

    def coverage(frame, event, arg):
        seen.append(event)

    before = sys.gettrace()
    sys.settrace(coverage)
    try:
        with TraceContext(model, "q", lines=True):
            model(IDS)
        assert sys.gettrace() is coverage
        with pytest.raises(IndexError), TraceContext(model, "q", lines=True):
            model(torch.full((1, 3), 9_999))
        assert sys.gettrace() is coverage
    finally:
        sys.settrace(before)
    assert seen


def test_under_a_debugger_it_refuses_and_nothing_is_left(tmp_path: Path):
    import bdb

    model = nanochat_model()
    debugger = bdb.Bdb()
    before = sys.gettrace()
    debugger.reset()
    sys.settrace(debugger.trace_dispatch)
    try:
        with pytest.raises(Busy, match="debugger"):
            TraceContext(model, lines=True).__enter__()
    finally:
        sys.settrace(before)
    assert model.tap is None
    assert not (tmp_path / "traces").exists()


def test_nested_contexts_with_lines():
    model = nanochat_model()
    with TraceContext(model, "q", lines=True) as outer:
        model(IDS)
        with TraceContext(model, "q", lines=True) as inner:
            model(IDS)
        model(IDS)
    assert sys.gettrace() is None
    assert functions_of(inner.reader.lines())["nanochat/gpt.py:GPT.forward"] == 1
    assert functions_of(outer.reader.lines())["nanochat/gpt.py:GPT.forward"] >= 2


def test_statements_of_odd_source():
    assert statements_of("x = = 1") == {}
    assert statements_of("x = 1\0") == {}
    found = statements_of("match x:\n    case 1:\n        y = 2\nasync def f():\n    z = 3\n")
    assert found[3].names == ("y",)
    assert found[5].names == ("z",)


def test_the_follower_survives_an_error_in_the_followed():
    """An exception that leaves the function: its last line has not finished."""
    finished = []

    def boom():
        one = 1
        two = one / 0
        two.nothing()

    class Follow:
        statements = statements_of(Path(__file__).read_text(encoding="utf-8"))
        begins = beginning(boom.__code__)

        def entered(self) -> None:
            finished.append("in")

        def finished(self, statement, frame) -> None:
            finished.append(statement.names)

    known = Follow()
    with ExitStack() as stack:
        follow(stack, lambda code: known if code is boom.__code__ else None, sys._getframe())
        with pytest.raises(ZeroDivisionError):
            boom()
    assert finished == ["in", ("one",)]
