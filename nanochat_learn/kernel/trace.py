"""``with TraceContext(model) as trace:``: what a model computes, recorded while it runs.

Here stand the choices and the life of a trace: where it lies, what is asked for, that everything is
undone at the end. How tensors are gathered is in ``capture.py``, the folder in ``traces/``.
"""

from __future__ import annotations

import os
from contextlib import ExitStack, suppress
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nanochat_learn.errors import BadInput, LearnError, NotFound
from nanochat_learn.kernel import points
from nanochat_learn.kernel.capture import Capture
from nanochat_learn.kernel.lens import LENS
from nanochat_learn.kernel.lesson import fingerprint
from nanochat_learn.kernel.numbers import Wish
from nanochat_learn.kernel.output import TraceView
from nanochat_learn.kernel.watching import refuse_compiled
from nanochat_learn.places import find_workspace
from nanochat_learn.schema.base import TraceName
from nanochat_learn.schema.trace import (
    TRACE_FORMAT,
    TracedModel,
    TraceManifest,
    TraceSelection,
)
from nanochat_learn.traces import TRACES, TraceWriter
from nanochat_learn.traces.budget import POLICY, bytes_of
from nanochat_learn.traces.names import Names, choose

if TYPE_CHECKING:
    from torch import nn

    from nanochat_learn.kernel.lines import LineRecorder

DEFAULT = "default"
"""Among names: what is recorded without any."""
_active: list[TraceContext] = []
"""Traces that are running, the innermost last."""


class TraceContext(TraceView):
    """Records the tensors of ``model`` while the ``with`` block runs, into ``traces/<name>/``.

    ``model``: any module of torch, or something that holds one with its tokenizer, such as
    nanochat's ``Engine``. Its answers stay the same, bit by bit.

    ``names``: globs such as ``"attn.*"`` or ``["resid_post", "logits"]``, or a function from name
    to yes or no. Without, what a model of nanochat names itself, save what is large or
    follows from the rest (``points.ON_REQUEST``), and scores of the newest position only; of other
    models the answer of every module. ``["default", "pattern"]`` adds to that, and
    ``"lens"`` (never meant by ``"*"``) what the model would write after each layer.
    ``every``: only each n-th call. ``last_token_only``: only the newest position.
    ``dtype``: ``"float16"`` or ``"float32"``; scores and losses are kept in float32 anyway.
    ``top_k``: of each row only the k largest, with their places. ``statistics``: no numbers at all,
    but range, mean and deviation. ``budget``: how much may lie on disk; see ``budget.POLICY``.
    ``grad``: slopes too, as ``<name>.grad``, and how far each matrix moves.
    ``lines``: also shapes on the line (see ``lines.py``). ``name``: of the folder.
    ``folder``: where traces lie, if not in the workspace.

    Raises ``NotFound`` for names that fit nothing, ``BadInput`` for what cannot be recorded.
    """

    def __init__(
        self,
        model: Any,
        names: Names | None = None,
        *,
        every: int = 1,
        last_token_only: bool = False,
        dtype: str = "float16",
        top_k: int | None = None,
        statistics: bool = False,
        budget: int | str = "64MB",
        grad: bool = False,
        lines: bool = False,
        name: str = "trace",
        tokenizer: Any = None,
        folder: str | os.PathLike[str] | None = None,
    ) -> None:
        super().__init__()
        self.model: nn.Module = _module(model)
        self.tokenizer = tokenizer or getattr(model, "tokenizer", None)
        refuse_compiled(self.model)
        self._points = points.named_points(self.model)
        self._hooked = points.modules(self.model)
        self._chosen = _chosen(names, self.model, self._points, self._hooked)
        self._wish = Wish(_dtype(dtype), _positive("top_k", top_k), statistics)
        self._every = _positive("every", every) or 1
        self._last_only, self._grad, self._want_lines = last_token_only, grad, lines
        self._budget = bytes_of(budget)
        self._brief = names is None or (not callable(names) and DEFAULT in names)
        self._asked = _in_words(names)
        self._name = name
        self._root = Path(folder) if folder is not None else default_folder()
        self._stack: ExitStack | None = None
        self._writer: TraceWriter | None = None
        self._capture: Capture | None = None
        self._lines: LineRecorder | None = None

    def __enter__(self) -> TraceContext:
        if self._stack is not None:
            raise BadInput(
                "This trace is already running.", "Make a second TraceContext for a block inside."
            )
        package = points.package_of(self.model)
        with ExitStack() as stack:  # undoes everything if one of the steps fails
            if self._want_lines:
                from nanochat_learn.kernel.lines import LineRecorder

                self._lines = LineRecorder(package)
            self._writer = TraceWriter(self._root, self._manifest(package))
            self._folder = self._writer.folder
            self._capture = Capture(
                self.model,
                package,
                self._writer,
                set(self._chosen),
                self._points,
                {path: self._hooked[path] for path in self._chosen if path in self._hooked},
                self._wish,
                self._every,
                self._last_only,
                self._grad,
                self.tokenizer,
                self._brief,
                self._lines,
            )
            self._capture.attach(stack)
            _active.append(self)
            stack.callback(_active.remove, self)
            if self._lines is not None:  # last: our own lines are none of the learner's
                self._lines.attach(stack, depth=2)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, _kind: Any, error: BaseException | None, _traceback: Any) -> None:
        assert self._stack is not None and self._capture is not None and self._writer is not None
        stack, self._stack = self._stack, None
        stack.close()  # the model is clean from here on, whatever the disk says
        capture, writer = self._capture, self._writer
        capture.close()
        sentence = capture.stopped or (f"{type(error).__name__}: {error}"[:300] if error else "")
        try:
            if self._lines is not None:
                writer.write_lines(self._lines.result())
            writer.finish(sentence, **capture.description())
        except LearnError as refused:
            if not capture.stopped:
                capture._stop(str(refused))
            with suppress(LearnError):
                writer.describe(state="broken", sentence=capture.stopped)
        self._reader = None

    def flush(self) -> None:
        """Bring what was gathered so far to the disk."""
        if self._stack is not None and self._writer is not None:
            self._writer.close_chunk()

    def _manifest(self, package: points.Package) -> TraceManifest:
        return TraceManifest(
            format=TRACE_FORMAT,
            name=TraceName(self._name),
            model=describe_model(self.model, package),
            policy=POLICY,
            selection=TraceSelection(
                names=self._asked,
                every=self._every,
                last_token_only=self._last_only,
                dtype="float32" if self._wish.dtype == "float32" else "float16",
                top_k=self._wish.top_k,
                statistics=self._wish.statistics,
                grad=self._grad,
                lines=self._want_lines,
                budget=self._budget,
            ),
        )


def active_model() -> nn.Module:
    """The model of the innermost running trace. Raises ``BadInput`` where none runs."""
    if not _active:
        raise BadInput(
            "No trace is running, so it is not clear which model is meant.",
            "Give the model: ablate(…, model=model).",
        )
    return _active[-1].model


def default_folder() -> Path:
    """``traces/`` of the workspace around the working directory, else of that directory."""
    workspace = find_workspace(Path.cwd())
    return (workspace.root if workspace else Path.cwd()) / TRACES


def describe_model(model: nn.Module, package: points.Package) -> TracedModel:
    first = next(model.parameters(), None)
    return TracedModel(
        kind=type(model).__name__,
        config=_config(model),
        parameters=sum(p.numel() for p in model.parameters()),
        device=str(first.device) if first is not None else "cpu",
        code_hash=fingerprint(package.folder) if package.folder and _small(package.folder) else "",
    )


def _small(folder: Path) -> bool:
    """Whether hashing its code is quick: a model's own package, not a library of thousands."""
    return sum(1 for _, _ in zip(folder.rglob("*.py"), range(200), strict=False)) < 200


def _config(model: Any) -> dict[str, Any]:
    """The model's configuration as far as JSON can say it."""
    config = getattr(model, "config", None)
    if is_dataclass(config) and not isinstance(config, type):
        told: dict[str, Any] = asdict(config)
    elif callable(getattr(config, "to_dict", None)):
        told = dict(config.to_dict())  # type: ignore[union-attr]
    else:
        return {}
    if points.has_points(model):
        told["windows"] = list(model.config.windows())
        told["number_bytes"] = model.wte.weight.dtype.itemsize  # of keys and values in the cache
    plain = (str, int, float, bool, list, type(None))
    return {
        str(key): value
        for key, value in told.items()
        if isinstance(value, plain)
        and not (isinstance(value, list) and not all(isinstance(v, plain[:4]) for v in value))
        and not (isinstance(value, float) and value - value != 0)
    }


def _module(model: Any) -> nn.Module:
    from torch import nn

    if isinstance(model, nn.Module):
        return model
    inside = getattr(model, "model", None)
    if isinstance(inside, nn.Module):
        return inside
    raise BadInput(
        f"A {type(model).__name__} is no model of torch.",
        "Give a torch.nn.Module, or nanochat's Engine.",
    )


def _chosen(
    names: Names | None,
    model: nn.Module,
    known: dict[str, tuple[str, ...]],
    hooked: dict[str, nn.Module],
) -> list[str]:
    """Named places first; modules only where a glob fits no named place."""
    if names is None:
        return points.default_names(model)
    if callable(names) or not known:
        return choose(names, list(known or hooked))
    found: list[str] = []
    for glob in [names] if isinstance(names, str) else names:
        if glob == DEFAULT:
            found += points.default_names(model)
            continue
        try:
            found += [
                name
                for name in choose([glob], list(known))
                if LENS in glob or not name.endswith(LENS)  # "*" should not pay for it
            ]
        except NotFound as nothing:
            try:
                found += choose([glob], list(hooked))
            except NotFound:
                raise nothing from None
    return list(dict.fromkeys(found))


def _in_words(names: Names | None) -> tuple[str, ...]:
    if names is None:
        return (DEFAULT,)
    if callable(names):
        return (f"(function {getattr(names, '__name__', 'without a name')})",)
    return (names,) if isinstance(names, str) else tuple(names)


def _dtype(dtype: Any) -> str:
    name = str(dtype).removeprefix("torch.")
    if name in ("float16", "float32"):
        return name
    raise BadInput(
        f"A trace cannot be kept in {dtype!r}.",
        'Choose "float16" (half the size) or "float32" (exact).',
    )


def _positive(what: str, number: int | None) -> int | None:
    if number is not None and (type(number) is not int or number < 1):
        raise BadInput(f"{what} is {number!r}.", "Give a whole number from 1 on.")
    return number
