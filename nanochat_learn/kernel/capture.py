"""Gathers the tensors of one step after the other and hands them to the writer.

Nothing that goes wrong here may reach the model: a disk that refuses ends the capture with a
warning, and the forward pass goes on.
"""

from __future__ import annotations

import dataclasses
import sys
import warnings
from collections.abc import Callable
from contextlib import ExitStack
from types import FrameType
from typing import TYPE_CHECKING, Any, ParamSpec

from nanochat_learn.errors import LearnError
from nanochat_learn.kernel import attention, calls, lens
from nanochat_learn.kernel.numbers import Buffers, Wish, record, take
from nanochat_learn.kernel.points import (
    BRIEF,
    IN_FLOAT32,
    TOKEN_AXES,
    Package,
    axes_of,
    source_of_module,
    source_of_tap,
)
from nanochat_learn.kernel.watching import hook_input, hook_output, listen
from nanochat_learn.kernel.weights import WeightWatch
from nanochat_learn.schema.trace import SourcePlace, TensorRecord, TracePoint, TraceStep
from nanochat_learn.traces.names import aliases_of

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from torch import Tensor, nn

    from nanochat_learn.kernel.lines import LineRecorder
    from nanochat_learn.traces import TraceWriter

P = ParamSpec("P")


class Capture:
    """What one ``TraceContext`` records between its beginning and its end.

    ``points``: the axes of nanochat's named places. ``hooked``: dotted path → module for
    everything else. ``chosen``: which of all these names are kept. ``brief``: nobody asked for
    names, so scores are kept of the newest position only.
    """

    def __init__(
        self,
        model: nn.Module,
        package: Package,
        writer: TraceWriter,
        chosen: set[str],
        points: dict[str, tuple[str, ...]],
        hooked: dict[str, nn.Module],
        wish: Wish,
        every: int,
        last_only: bool,
        grad: bool,
        tokenizer: Any,
        brief: bool = False,
        lines: LineRecorder | None = None,
    ) -> None:
        self.model, self.package, self.writer = model, package, writer
        self.chosen, self.points, self.hooked = chosen, points, hooked
        self.wish, self.every, self.last_only, self.grad = wish, every, last_only, grad
        self.tokenizer, self._looked = tokenizer, tokenizer is not None
        self.brief, self.lines = brief, lines
        self._exact = dataclasses.replace(wish, dtype="float32")
        self._ranked = dataclasses.replace(self._exact, top_k=lens.RANKS)
        self.calls = 0
        self.known: dict[str, TracePoint] = {}
        self.stopped = ""
        """Why nothing is recorded any more."""
        self._call: calls.Call | None = None
        self._running = False
        self._told = 0
        self._names: tuple[str, ...] = ()
        self._taken: list[tuple[TensorRecord, NDArray[Any] | None]] = []
        self._times: dict[str, int] = {}
        self._queries: dict[str, Tensor] = {}
        self._buffers = Buffers()
        self._loss: float | None = None
        self._failed = ""
        self._weights = WeightWatch(model) if grad else None

    def attach(self, stack: ExitStack) -> None:
        """Listen until the stack is closed."""
        hook_input(stack, self.model, self._aside(self._begin))
        if any(name in self.points for name in self.chosen):
            listen(stack, self.model, self._aside(self._at_point))
        for path, module in self.hooked.items():
            if path in self.chosen and path != "output":
                hook_output(stack, module, self._aside(self._heard(path, module)))
        hook_output(stack, self.model, self._aside(self._end), failed=True)
        if self._weights is not None:
            self._weights.attach(stack)

    def _aside(self, function: Callable[P, None]) -> Callable[P, None]:
        """What we do in between is not what the learner's code does: it is not followed."""
        if self.lines is None:
            return function
        lines = self.lines

        def aside(*args: P.args, **kwargs: P.kwargs) -> None:
            lines.pause.begin()
            try:
                function(*args, **kwargs)
            finally:
                lines.pause.end()

        return aside

    def close(self) -> None:
        """Write the step that is still open, if any."""
        if self._running:
            self._failed = self._failed or "The call was interrupted."
            self._running = False
        self._flush()

    # --- one step -----------------------------------------------------------------------------

    def _begin(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        self.close()
        number, self.calls = self.calls, self.calls + 1
        if self.stopped or number % self.every:
            return
        self._call = calls.describe(self.model, args, kwargs)
        self._running = True
        self._times.clear()
        if self._weights is not None:
            self._weights.begin()
        if not self._looked:
            self.tokenizer, self._looked = calls.tokenizer_nearby(self.model), True

    def _end(self, output: Any) -> None:
        if self._call is None or not self._running:
            return
        self._running = False
        if output is None:
            error = sys.exc_info()[1]
            self._failed = f"{type(error).__name__}: {error}"[:300] if error else ""
        self._loss = calls.loss_of(output)
        if "output" in self.chosen and output is not None:
            self._leaves("output", output, self.model)
        if not self.grad:  # slopes come later: then the step stays open until the next one
            self._flush()

    def _flush(self) -> None:
        call, taken = self._call, self._taken
        self._call, self._taken = None, []
        self._queries.clear()
        loss, failed = self._loss, self._failed
        self._loss, self._failed = None, ""
        if call is None or self.stopped:
            return
        step = TraceStep(
            step=self.calls - 1,
            phase=call.phase,
            position=call.position,
            length=call.length,
            tokens=call.tokens,
            texts=calls.texts_of(call.tokens, self.tokenizer),
            loss=loss,
            failed=failed,
            tensors=tuple(tensor for tensor, _ in taken),
            weights=self._weights.end() if self._weights is not None else (),
        )
        try:
            self.writer.add(step, {r.name: array for r, array in taken if array is not None})
            self._buffers.give_back(self.writer.free())
            if len(self.known) != self._told:
                self._told = len(self.known)
                self.writer.describe(**self.description())
        except LearnError as error:
            self._stop(str(error))

    def description(self) -> dict[str, Any]:
        """What the manifest can say by now."""
        return {
            "points": tuple(self.known.values()),
            "aliases": aliases_of(self.known),
            "vocabulary": self._vocabulary(),
        }

    def _vocabulary(self) -> tuple[str, ...]:
        """The text of every token, where ranks are of tokens and there are not too many."""
        if not self._names and any(map(self._is_lens, self.known)):
            size = int(getattr(getattr(self.model, "config", None), "vocab_size", 0))
            if 0 < size <= lens.MOST_NAMED:
                self._names = next(iter(calls.texts_of((tuple(range(size)),), self.tokenizer)), ())
        return self._names

    def _stop(self, sentence: str) -> None:
        self.stopped = sentence
        warnings.warn(f"The trace ends here. {sentence}", stacklevel=2)

    # --- one tensor ---------------------------------------------------------------------------

    def _at_point(self, name: str, x: Tensor) -> None:
        if not self._running or self._call is None:
            return
        begin, _, end = name.rpartition(".")
        if begin.endswith(".attn") and end in ("q", "k", "v"):
            self._at_head(name, begin, end, x)
        elif name in self.chosen:
            self._keep(name, x, self.points.get(name) or axes_of(tuple(x.shape), None))
        if (read := lens.lens_after(name)) in self.chosen:
            self._keep(read, lens.shares(self.model, x), self.points[read], computed=True)

    def _at_head(self, name: str, begin: str, end: str, x: Tensor) -> None:
        """Keys and values come with those of earlier steps: keep the new ones. With query and keys
        at hand, work out the pattern."""

        assert self._call is not None
        if end == "q":
            self._queries[begin] = x
            if name in self.chosen:
                self._keep(name, x, self.points[name])
            return
        layer, length = int(begin.split(".")[1]), self._call.length
        positions = attention.positions_in(self._call.cache, layer, length, x)
        if name in self.chosen:
            self._keep(name, attention.newest(x, positions, length), self.points[name])
        wanted = f"{begin}.pattern"
        if end == "k" and wanted in self.chosen:
            attn: Any = self.model.get_submodule(begin)
            q = self._queries.pop(begin).detach()
            shares = attention.pattern(q, x.detach(), attn.window, attn.scale, positions)
            self._keep(wanted, shares, self.points[wanted], computed=True)

    def _heard(self, path: str, module: nn.Module) -> Any:
        def heard(output: Any) -> None:
            if self._running:
                times = self._times[path] = self._times.get(path, 0) + 1
                self._leaves(path if times == 1 else f"{path}:{times}", output, module)

        return heard

    def _leaves(self, name: str, output: Any, module: nn.Module) -> None:
        """All tensors in what a module answers; the first one has the module's own name."""
        import torch

        assert self._call is not None
        found: list[tuple[str, Tensor]] = []

        def gather(path: str, value: Any, depth: int) -> None:
            if isinstance(value, torch.Tensor):
                found.append((path, value))
            elif isinstance(value, dict) and depth < 3:
                for key, inner in value.items():
                    gather(f"{path}.{key}", inner, depth + 1)
            elif isinstance(value, list | tuple) and depth < 3:
                for n, inner in enumerate(value):
                    gather(f"{path}.{n}", inner, depth + 1)

        gather(name, output, 0)
        for n, (path, x) in enumerate(found):
            own = name if n == 0 else path
            self._keep(own, x, axes_of(tuple(x.shape), self._call.rows_and_length), module)

    def _keep(
        self,
        name: str,
        x: Tensor,
        axes: tuple[str, ...],
        module: nn.Module | None = None,
        computed: bool = False,
    ) -> None:
        if self.stopped:
            return
        if name not in self.known:
            source = self._source(module, name.endswith(".pattern"))
            self.known[name] = TracePoint(name=name, axes=axes, source=source, computed=computed)
        self._store(name, x, axes)
        if self.grad and x.requires_grad and not computed:
            x.register_hook(lambda slope: self._slope(name, slope, axes))  # type: ignore[no-untyped-call]

    def _slope(self, name: str, slope: Tensor, axes: tuple[str, ...]) -> None:
        if self._call is not None:
            self._store(f"{name}.grad", slope, axes)

    def _store(self, name: str, x: Tensor, axes: tuple[str, ...]) -> None:
        x = x.detach()
        try:
            if self.last_only or (self.brief and name in BRIEF):
                x = _last(x, axes)
            in_full = name.endswith(IN_FLOAT32)
            wish = self._exact if in_full else self.wish
            if self._is_lens(name):
                wish, in_full = self._ranked, True
            self._taken.extend(take(name, x, wish, self._buffers, not in_full))
        except (RuntimeError, NotImplementedError, TypeError) as error:
            # A kind of tensor that cannot be read (sparse, meta …): its shape is told, and why.
            self._taken.append((record(name, tuple(x.shape), "statistics", {}), None))
            warnings.warn(f"The numbers of `{name}` cannot be read: {error}", stacklevel=2)

    def _is_lens(self, name: str) -> bool:
        """A module of somebody else's model may be called lens too."""
        return name in self.points and name.endswith(f".{lens.LENS}")

    def _source(self, module: nn.Module | None, attends: bool) -> SourcePlace | None:
        if module is not None:
            return source_of_module(self.package, module)
        frame: FrameType | None = sys._getframe(2)
        while frame is not None and self.package.file_path(frame.f_code.co_filename) is None:
            frame = frame.f_back
        if frame is None:
            return None
        return source_of_tap(self.package, frame.f_code, frame.f_lineno, attends)


def _last(x: Tensor, axes: tuple[str, ...]) -> Tensor:
    """Only the newest position, on the axis that counts them."""
    axis = next((n for n, axis in enumerate(axes) if axis in TOKEN_AXES), None)
    if axis is None or axis >= x.ndim or x.shape[axis] < 2:
        return x
    return x.narrow(axis, x.shape[axis] - 1, 1)
