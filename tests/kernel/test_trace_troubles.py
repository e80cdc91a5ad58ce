"""Recording what goes wrong: the model is left clean, the run goes on, the trace is readable."""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn
from traced_models import hooks_of, mlp, nanochat_model

from nanochat.engine import Engine
from nanochat_learn.errors import BadInput
from nanochat_learn.kernel.trace import TraceContext

HERE = Path(__file__).resolve().parent
IDS = torch.arange(2 * 20).reshape(2, 20) * 7 % 300


def test_the_engine_and_a_generator_left_half_way():
    model = nanochat_model(vocab_size=400)

    class Tokenizer:
        def get_vocab_size(self) -> int:
            return 400

        def get_bos_token_id(self) -> int:
            return 399

        def encode_special(self, name: str) -> int:
            return 398

        def decode(self, ids: list[int]) -> str:
            return f"<{ids[0]}>"

    engine = Engine(model, Tokenizer(), tool=None)  # type: ignore[arg-type]
    with TraceContext(model, "resid_post") as trace:
        columns = engine.generate([1, 2, 3], max_tokens=10)
        next(columns)
        next(columns)
        next(columns)
    steps = trace.reader.steps
    assert [step.phase for step in steps] == ["prefill", "decode", "decode"]
    assert [step.length for step in steps] == [3, 1, 1]
    assert steps[0].texts == (("<1>", "<2>", "<3>"),)
    assert trace.reader.manifest.tokens[:3] == (1, 2, 3)
    assert trace.get("blocks.0.resid_post", 1).shape == (1, 1, 32)
    assert hooks_of(model) == []
    next(columns)  # the generator itself is unharmed
    assert len(trace.reader.steps) == 3


def test_an_error_in_the_forward_leaves_the_model_clean_and_the_trace_readable():
    model = nanochat_model()
    bad = torch.full((1, 4), 5_000)
    with pytest.raises(IndexError), TraceContext(model) as trace:
        model(IDS)
        model(bad)
    assert hooks_of(model) == []
    assert trace.reader.manifest.state == "broken"
    assert "IndexError" in trace.reader.manifest.sentence
    assert [bool(step.failed) for step in trace.reader.steps] == [False, True]
    assert trace.get("logits", 0).shape == (2, 1, 300)


def test_an_interrupted_call_and_one_that_the_learner_caught():
    model = nanochat_model()

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with TraceContext(model, "resid_pre") as trace:
        handle = model.blocks[1].register_forward_pre_hook(stop)
        with pytest.raises(KeyboardInterrupt):
            model(IDS)
        handle.remove()
        model(IDS)
    assert [step.failed for step in trace.reader.steps] == ["The call was interrupted.", ""]
    assert len(trace.reader.steps[0].tensors) == 1
    assert hooks_of(model) == []


def test_somebody_elses_tap_is_called_and_put_back():
    model, heard = nanochat_model(), []
    theirs = lambda name, x: heard.append(name)  # noqa: E731
    model.tap = theirs
    with TraceContext(model):
        model(IDS)
    assert model.tap is theirs
    assert heard.count("final") == 1


def test_contexts_that_end_in_another_order_leave_the_model_clean():
    model = nanochat_model()
    one, other = TraceContext(model, "embed"), TraceContext(model, "final")
    one.__enter__()
    other.__enter__()
    one.__exit__(None, None, None)
    model(IDS)
    other.__exit__(None, None, None)
    assert hooks_of(model) == []
    assert one.reader.steps == ()
    assert len(other.reader.steps) == 1


def test_numbers_beyond_float16_and_numbers_that_are_none():
    class Far(nn.Module):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return x

    model = nn.Sequential(Far())
    with TraceContext(model, "0") as trace:
        model(torch.tensor([1e6, 2.0]))
        model(torch.tensor([float("nan"), float("inf"), 3.0, -1.0]))
        model(torch.full((2,), float("nan")))
        model(torch.empty(0, 3))
        model(torch.tensor([True, False]))
    first, second, third, empty, truth = (step.tensors[0] for step in trace.reader.steps)
    assert trace.get("0", 0).tolist() == [1e6, 2.0]
    assert first.dtype == "F32"
    assert (second.not_finite, second.min, second.max) == (2, -1.0, 3.0)
    assert (third.not_finite, third.min) == (2, None)
    assert empty.shape == (0, 3)
    assert truth.dtype == "BOOL"
    assert np.isnan(trace.get("0", 1)[0])


def test_tensors_that_cannot_be_read_do_not_stop_the_model():
    class Odd(nn.Module):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return x.to_sparse()

    model = Odd()
    with pytest.warns(UserWarning, match="cannot be read"), TraceContext(model) as trace:
        output = model(torch.eye(3))
    assert output.is_sparse
    assert trace.reader.steps[0].tensors[0].shape == (3, 3)


def test_another_device_says_what_is_missing():
    """No numbers on ``meta``: the shapes are recorded, and the model runs on."""
    model = mlp().to("meta")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with TraceContext(model) as trace:
            model(torch.empty(5, 8, device="meta"))
    assert trace.reader.manifest.model.device == "meta"
    assert trace.reader.steps[0].tensors[0].shape == (5, 16)
    assert trace.reader.steps[0].tensors[0].kept == "statistics"


def test_inference_mode_and_half_formats():
    model = nanochat_model().to(torch.bfloat16)
    with torch.inference_mode():
        before = model(IDS)
        with TraceContext(model, ["pattern", "resid_post"]) as trace:
            assert torch.equal(model(IDS), before)
    shares = trace["blocks.0.attn.pattern"].astype(np.float32)
    assert np.allclose(shares.sum(-1), 1, atol=5e-3)


def test_a_compiled_model_is_refused_with_a_way_out():
    compiled = torch.compile(mlp())
    with pytest.raises(BadInput, match="_orig_mod"):
        TraceContext(compiled)
    part = nn.Sequential(mlp(), mlp())
    part[1].compile()
    with pytest.raises(BadInput, match="part `1`"):
        TraceContext(part)
    with TraceContext(compiled._orig_mod) as trace:
        compiled._orig_mod(torch.randn(2, 8))
    assert trace.names[0] == "0"


def test_a_module_that_runs_twice_and_answers_of_many_tensors():
    class Twice(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.step = nn.Linear(4, 4)
            self.both = nn.LSTM(4, 4)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return self.both(self.step(self.step(x)))[0]

    with TraceContext(Twice()) as trace:
        trace.model(torch.randn(3, 4))
    assert trace.names == ["step", "step:2", "both", "both.1.0", "both.1.1", "output"]


def test_a_full_disk_ends_the_trace_and_not_the_run():
    """A real limit of the system, in a process of its own."""
    code = """
import resource, warnings, torch, sys
from traced_models import nanochat_model, hooks_of
from nanochat_learn.kernel.trace import TraceContext
torch.set_num_threads(1)
model = nanochat_model()
ids = torch.arange(40).reshape(2, 20)
before = model(ids)
resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
with warnings.catch_warnings(record=True) as said:
    warnings.simplefilter("always")
    with torch.no_grad(), TraceContext(model, "*") as trace:
        for _ in range(40):
            assert torch.equal(model(ids), before)
print([str(w.message) for w in said], hooks_of(model))
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={
            **os.environ,
            "PYTHONPATH": f"{HERE}:{HERE.parents[1]}",
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "cannot be written" in done.stdout
    assert done.stdout.strip().endswith("[]")


def test_two_traces_of_one_name_have_folders_of_their_own():
    model = nanochat_model()
    names = []
    for _ in range(3):
        with TraceContext(model, "final", name="mine") as trace:
            model(IDS)
        names.append(trace.name)
    assert names == ["mine", "mine-2", "mine-3"]


def test_a_trace_of_an_engine_is_one_of_its_model():
    class Holder:
        model = nanochat_model()
        tokenizer = None

    with TraceContext(Holder()) as trace:
        Holder.model(IDS)
    assert trace.reader.manifest.model.kind == "GPT"
    with pytest.raises(BadInput, match=r"no model of torch"):
        TraceContext(object())
