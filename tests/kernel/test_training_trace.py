"""A training that is watched learns the very same, and can be made to wait."""

from __future__ import annotations

import threading
import time

import pytest
import torch
from torch import nn
from traced_models import hooks_of, mlp, nanochat_model

from nanochat.distributed import Ranks
from nanochat.training import learn
from nanochat_learn.errors import BadInput
from nanochat_learn.kernel.training_trace import TrainingTrace
from nanochat_learn.traces.training import CONTROL, asked

IDS = torch.arange(2 * 20).reshape(2, 20) * 7 % 300
BATCH = [(IDS, IDS.roll(-1, 1)), (IDS.flip(0), IDS.flip(0).roll(-1, 1))]


def nanochat_run(traced: bool) -> tuple[list[torch.Tensor], TrainingTrace | None, list[float]]:
    model = nanochat_model()
    optimizer = model.setup_optimizer()
    losses, trace = [], None
    if traced:
        said = iter(range(100))
        trace = TrainingTrace(
            model, optimizer, sample=lambda: f"hello {next(said)}", sample_every=2
        )
        with trace:
            for step in range(5):
                optimizer.multiplier = 1 - step / 10
                losses.append(learn(model, optimizer, BATCH, Ranks()))
        assert "step" not in vars(optimizer)
        assert hooks_of(model) == []
    else:
        for step in range(5):
            optimizer.multiplier = 1 - step / 10
            losses.append(learn(model, optimizer, BATCH, Ranks()))
    return [p.detach() for p in model.parameters()], trace, losses


def test_nanochats_own_step_learns_the_same_and_is_recorded():
    weights, _, losses = nanochat_run(False)
    same, trace, traced_losses = nanochat_run(True)
    assert losses == traced_losses
    for one, other in zip(weights, same, strict=True):
        assert torch.equal(one, other)
    records = trace.reader.training()
    assert [record.step for record in records] == [0, 1, 2, 3, 4]
    assert [record.loss for record in records] == pytest.approx(losses, rel=1e-5)
    rates = [record.learning_rate for record in records]
    assert rates == pytest.approx([0.02 * (1 - step / 10) for step in range(5)])
    assert [record.sample for record in records] == ["", "hello 0", "", "hello 1", ""]
    assert all(record.gradient > 0 and record.update > 0 for record in records)
    assert trace.reader.manifest.kind == "training"
    assert trace.reader.manifest.state == "complete"


def test_a_loop_written_by_hand_has_the_sizes_that_are_worked_out_beside_it():
    model = mlp()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
    x, y = torch.randn(16, 8), torch.randint(0, 3, (16,))
    expected = []
    with TrainingTrace(model, optimizer, every=2) as trace:
        for step in range(4):
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(model(x), y)
            loss.backward()
            slope = torch.cat([p.grad.flatten() for p in model.parameters()]).norm().item()
            trace.loss(loss)
            trace.log(step_again=step, bad=float("nan"))
            optimizer.step()
            expected.append((loss.item(), slope))
    records = trace.reader.training()
    assert [record.step for record in records] == [0, 2]
    for record in records:
        loss, slope = expected[record.step]
        assert record.loss == pytest.approx(loss, rel=1e-4)
        assert record.gradient == pytest.approx(slope, rel=1e-4)
        assert record.update == pytest.approx(slope * 0.5, rel=1e-4)
        assert record.learning_rate == 0.5
        assert record.figures == {"step_again": record.step}
        assert {part.name for part in record.parts} == {n for n, _ in model.named_parameters()}
    assert hooks_of(model) == []
    assert not optimizer._optimizer_step_pre_hooks


def test_numbers_that_are_not_finite_are_named_and_never_written():
    model = mlp()
    optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
    with TrainingTrace(model, optimizer) as trace:
        for parameter in model.parameters():
            parameter.grad = torch.full_like(parameter, float("inf"))
        trace.loss(float("nan"))
        optimizer.step()
    (record,) = trace.reader.training()
    assert record.loss is None
    assert set(record.not_finite) == {"loss", "gradient", "update"}
    assert "NaN" not in (trace.folder / "training.jsonl").read_text()


def test_it_waits_when_it_is_asked_to_and_goes_on():
    model = mlp()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    with TrainingTrace(model, optimizer) as trace:
        optimizer.step()
        trace.pause()
        assert asked(trace.folder).paused
        began = time.monotonic()
        timer = threading.Timer(0.5, trace.resume)
        timer.start()
        optimizer.step()
        assert time.monotonic() - began >= 0.5
        timer.join()
        (trace.folder / CONTROL).write_text("nonsense")
        optimizer.step()  # a wish that cannot be read stops nobody
    assert len(trace.reader.training()) == 3


def test_an_error_ends_it_and_leaves_everything_clean():
    model = mlp()
    optimizer = torch.optim.AdamW(model.parameters())
    with pytest.raises(ZeroDivisionError), TrainingTrace(model, optimizer) as trace:
        optimizer.step()
        1 / 0  # noqa: B018
    assert trace.reader.manifest.state == "broken"
    assert hooks_of(model) == []
    assert not optimizer._optimizer_step_post_hooks
    with pytest.raises(BadInput):
        TrainingTrace(model)


def test_the_loop_of_base_train():
    from nanochat.scripts.base_train import Pretraining, read_arguments

    small = ["--preset", "smoke", "--stories", "100", "--context", "64", "--steps", "4", "--rows"]
    args = read_arguments([*small, "4", "--micro-rows", "2", "--eval-every", "2"])
    loop = Pretraining(args, Ranks(), torch.device("cpu"))
    with TrainingTrace(loop) as trace:
        loop.run()
    records = trace.reader.training()
    assert len(records) == loop.steps
    assert all(record.loss and record.update for record in records)
    assert hooks_of(loop.model) == []
