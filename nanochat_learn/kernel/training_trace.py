"""``with TrainingTrace(model, optimizer):``: a training that can be watched, and that can wait.

Works with nanochat's own loop and with one written by hand: each step of the optimiser is a line
of ``training.jsonl``. The loss is what the model answers when it is given targets; a loop that
works it out elsewhere says ``trace.loss(…)``. Nothing is changed in what is learned.
"""

from __future__ import annotations

import math
import os
import time
import warnings
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nanochat_learn.errors import BadInput, LearnError
from nanochat_learn.kernel import points
from nanochat_learn.kernel.output import TraceView
from nanochat_learn.kernel.trace import default_folder, describe_model
from nanochat_learn.kernel.watching import hook_output
from nanochat_learn.kernel.weights import finite
from nanochat_learn.schema.base import TraceName
from nanochat_learn.schema.trace import (
    TRACE_FORMAT,
    PartNorms,
    TraceManifest,
    TrainingRecord,
)
from nanochat_learn.traces import TraceWriter
from nanochat_learn.traces.training import ask, asked

if TYPE_CHECKING:
    from torch import Tensor, nn

LOOKS_PER_SECOND = 5
"""How often a training that waits looks whether it may go on."""


class TrainingTrace(TraceView):
    """Records loss, learning rate, sizes of slopes and steps, and samples of a training.

    ``model`` and ``optimizer``: of torch, or of nanochat. A ``Loop`` of nanochat holds both:
    ``with TrainingTrace(loop): loop.run()``. ``every``: only each n-th step. ``parts``: sizes for
    every matrix too. ``sample``: called with nothing every ``sample_every`` steps, gives text.
    Holds a second copy of the weights while a step is taken, to measure how far they move.
    """

    def __init__(
        self,
        model: Any,
        optimizer: Any = None,
        *,
        every: int = 1,
        parts: bool = True,
        sample: Callable[[], str] | None = None,
        sample_every: int = 100,
        name: str = "training",
        folder: str | os.PathLike[str] | None = None,
    ) -> None:
        super().__init__()
        found = optimizer if optimizer is not None else getattr(model, "optimizer", None)
        self.optimizer: Any = found
        holder: Any = model
        self.model: nn.Module = model if optimizer is not None else getattr(holder, "model", holder)
        if not hasattr(self.optimizer, "step") or not hasattr(self.model, "named_parameters"):
            raise BadInput(
                "A training needs a model and an optimiser.",
                "Write TrainingTrace(model, optimizer), or TrainingTrace(loop) for nanochat's own.",
            )
        if min(every, sample_every) < 1:
            raise BadInput("every and sample_every count steps.", "Give numbers from 1 on.")
        self._every, self._parts = every, parts
        self._sample, self._sample_every = sample, sample_every
        self._name = name
        self._root = Path(folder) if folder is not None else default_folder()
        self._stack: ExitStack | None = None
        self._writer: TraceWriter | None = None
        self._steps = 0
        self._losses: list[Tensor | float] = []
        self._figures: dict[str, float] = {}
        self._before: dict[str, Tensor] = {}
        self._slopes: dict[str, float] = {}
        self._refused = ""

    def __enter__(self) -> TrainingTrace:
        if self._stack is not None:
            raise BadInput("This trace is already running.", "Make another TrainingTrace.")
        package = points.package_of(self.model)
        manifest = TraceManifest(
            format=TRACE_FORMAT,
            name=TraceName(self._name),
            kind="training",
            model=describe_model(self.model, package),
        )
        self._writer = TraceWriter(self._root, manifest)
        self._folder = self._writer.folder
        with ExitStack() as stack:
            hook_output(stack, self.model, self._heard)
            self._around_step(stack)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, _kind: Any, error: BaseException | None, _traceback: Any) -> None:
        assert self._stack is not None and self._writer is not None
        stack, self._stack = self._stack, None
        stack.close()
        self._before.clear()
        sentence = self._refused or (f"{type(error).__name__}: {error}"[:300] if error else "")
        try:
            self._writer.finish(sentence)
        except LearnError as refused:
            self._warn(refused)
        self._reader = None

    def loss(self, value: Any) -> None:
        """Tell the loss of this step, where the model does not answer with it."""
        self._losses.append(value.detach() if hasattr(value, "detach") else float(value))

    def log(self, **figures: float) -> None:
        """Tell anything else about this step: ``trace.log(accuracy=0.5)``."""
        for name, value in figures.items():
            number = float(value)
            if math.isfinite(number):
                self._figures[name] = number

    def pause(self) -> None:
        """Wait before the next step, until ``resume`` (from another kernel, or in the panel)."""
        ask(self.folder, paused=True)

    def resume(self) -> None:
        ask(self.folder, paused=False)

    # --- inside a step ------------------------------------------------------------------------

    def _heard(self, output: Any) -> None:
        import torch

        loss = output if isinstance(output, torch.Tensor) else getattr(output, "loss", None)
        if torch.is_grad_enabled() and isinstance(loss, torch.Tensor) and loss.ndim == 0:
            self._losses.append(loss.detach())

    def _around_step(self, stack: ExitStack) -> None:
        """Be called before and after each step: by torch's hooks, or around nanochat's method."""
        optimizer = self.optimizer
        if hasattr(optimizer, "register_step_pre_hook"):
            before = optimizer.register_step_pre_hook(lambda *_: self._begin())
            stack.callback(before.remove)
            after = optimizer.register_step_post_hook(lambda *_: self._end())
            stack.callback(after.remove)
            return
        step = optimizer.step

        def stepping(*args: Any, **kwargs: Any) -> Any:
            self._begin()
            answer = step(*args, **kwargs)
            self._end()
            return answer

        optimizer.step = stepping

        def leave() -> None:
            if vars(optimizer).get("step") is stepping:
                del optimizer.step

        stack.callback(leave)

    def _begin(self) -> None:
        while asked(self.folder).paused:
            time.sleep(1 / LOOKS_PER_SECOND)
        if self._steps % self._every:
            return
        self._before = {n: p.detach().clone() for n, p in self.model.named_parameters()}
        self._slopes = {
            n: float(p.grad.detach().float().norm())
            for n, p in self.model.named_parameters()
            if p.grad is not None
        }

    def _end(self) -> None:
        number, self._steps = self._steps, self._steps + 1
        losses, self._losses = self._losses, []
        figures, self._figures = self._figures, {}
        if number % self._every or self._refused or self._writer is None:
            return
        before, self._before = self._before, {}
        moved = {
            n: float((p.detach() - before[n]).float().norm())
            for n, p in self.model.named_parameters()
            if n in before
        }
        found = {
            "loss": sum(map(float, losses)) / len(losses) if losses else None,
            "learning_rate": _learning_rate(self.optimizer),
            "gradient": _length(self._slopes.values()),
            "update": _length(moved.values()),
        }
        record = TrainingRecord(
            step=number,
            **{k: None if v is None else finite(v) for k, v in found.items()},
            parts=tuple(
                PartNorms(name=n, gradient=_known(self._slopes.get(n)), update=finite(moved[n]))
                for n in moved
            )
            if self._parts
            else (),
            sample=self._say(number),
            figures=figures,
            not_finite=tuple(k for k, v in found.items() if v is not None and not math.isfinite(v)),
        )
        try:
            self._writer.add_training(record)
        except LearnError as refused:
            self._warn(refused)

    def _say(self, number: int) -> str:
        if self._sample is None or (number + 1) % self._sample_every:
            return ""
        mode = self.model.training
        try:
            return str(self._sample())[:4_000]
        finally:
            self.model.train(mode)

    def _warn(self, refused: LearnError) -> None:
        self._refused = str(refused)
        warnings.warn(f"The trace ends here; the training goes on. {refused}", stacklevel=3)


def _known(number: float | None) -> float | None:
    return None if number is None else finite(number)


def _length(parts: Any) -> float | None:
    """2-norm of everything, from those of its parts; None where there are none."""
    squares = [part * part for part in parts]
    return math.sqrt(sum(squares)) if squares else None


def _learning_rate(optimizer: Any) -> float | None:
    """Of the last group: in nanochat that of the matrices, times the schedule's multiplier."""
    groups = getattr(optimizer, "param_groups", None)
    if groups:
        return float(groups[-1]["lr"])
    rules = [group.rule for group in getattr(optimizer, "groups", ()) if hasattr(group, "rule")]
    return float(rules[-1].lr * getattr(optimizer, "multiplier", 1.0)) if rules else None
