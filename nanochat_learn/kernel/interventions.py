"""Change one thing inside a model for the length of a ``with`` block, and see what follows.

``ablate`` sets a part to zero, ``patch`` puts in numbers of another run. Both work by torch's own
hooks on small modules, chosen so that a trace beside them shows what really flows on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from nanochat_learn.errors import BadInput, NotFound
from nanochat_learn.kernel import points
from nanochat_learn.kernel.output import TraceView
from nanochat_learn.kernel.trace import active_model
from nanochat_learn.traces.names import canonical

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from torch import Tensor, nn

Change = Callable[["Tensor"], "Tensor"]
# Where a named place of nanochat can be changed: module, and whether on its way in or out.
PLACES: dict[str, tuple[str, str]] = {
    "resid_pre": ("blocks.{}", "in"),
    "attn.z": ("blocks.{}.attn.c_proj", "in"),
    "attn.out": ("blocks.{}.attn.c_proj", "out"),
    "attn": ("blocks.{}.attn.c_proj", "out"),
    "mlp.pre": ("blocks.{}.mlp.c_fc", "out"),
    "mlp.post": ("blocks.{}.mlp.c_proj", "in"),
    "mlp.out": ("blocks.{}.mlp.c_proj", "out"),
    "mlp": ("blocks.{}.mlp.c_proj", "out"),
    "resid_post": ("blocks.{}", "out"),
}
OUTSIDE = {
    "embed": ("blocks.0", "in"),
    "final": ("lm_head", "in"),
    "logits_raw": ("lm_head", "out"),
}
INSTEAD = {
    "resid_mid": "attn.out, which is what is added there",
    "attn.q": "attn.z of one head",
    "attn.k": "attn.z of one head",
    "attn.v": "attn.z of one head",
    "attn.pattern": "attn.z of one head",
}


@contextmanager
def ablate(
    name: str,
    head: int | None = None,
    *,
    position: int | None = None,
    model: nn.Module | None = None,
) -> Iterator[None]:
    """Set what a part gives to zero: ``ablate("blocks.2.attn", head=1)``, or a whole part.

    ``head``: only what this head of an attention adds. ``position``: only at this place of the
    text that is being read. ``model``: of the trace that is running, unless given. Parts of other
    models are named by their module. Raises ``NotFound``, ``BadInput``.
    """
    model = model if model is not None else active_model()
    name = canonical(name)
    if head is None:
        module, way = _place(model, name)
        width = slice(None)
    else:
        layer = re.fullmatch(r"blocks\.(\d+)\.attn(\.z|\.out)?", name)
        if layer is None or not points.has_points(model):
            raise BadInput(
                f"`{name}` has no heads.", 'Only attention has: ablate("blocks.2.attn", head=1).'
            )
        module, way = _place(model, f"blocks.{layer[1]}.attn.z")
        config: Any = model.config
        heads, wide = config.n_head, config.head_width
        if type(head) is not int or not 0 <= head < heads:
            raise NotFound(
                f"There is no head {head} in block {layer[1]}.",
                f"It has {heads} heads, 0 to {heads - 1}.",
            )
        width = slice(head * wide, (head + 1) * wide)

    def change(x: Tensor) -> Tensor:
        x = x.clone()
        if position is None:
            x[..., width] = 0
        else:
            x[:, _at(position, x), width] = 0
        return x

    with _changed(module, way, change):
        yield


@contextmanager
def patch(
    name: str,
    *,
    from_trace: TraceView,
    step: int | None = None,
    position: int | None = None,
    model: nn.Module | None = None,
) -> Iterator[None]:
    """Put numbers of another run in the place of those of this one.

    ``from_trace``: a trace that holds ``name``. Its steps are put into the calls one after the
    other, or ``step`` into each. ``position``: only this place of the text. Both runs must read
    equally many tokens. Float16, unless the trace was kept in float32. Raises ``NotFound``,
    ``BadInput``.
    """
    import torch

    model = model if model is not None else active_model()
    name = canonical(name)
    module, way = _place(model, name)
    there = from_trace.reader
    numbers = [step] if step is not None else [one.step for one in there.steps]
    for number in numbers:
        there.place(there.step(number).step, name)  # complain before anything runs
    calls = 0

    def change(x: Tensor) -> Tensor:
        nonlocal calls
        number = numbers[min(calls, len(numbers) - 1)]
        calls += 1
        theirs = torch.from_numpy(there.array(number, name)).to(x.device, x.dtype)
        if name.endswith("attn.z"):
            theirs = theirs.transpose(1, 2).flatten(2)  # heads side by side, as they are joined
        if theirs.shape != x.shape:
            raise BadInput(
                f"`{name}` has the shape {tuple(x.shape)} here, and {tuple(theirs.shape)} in step "
                f"{number} of {there.manifest.name}.",
                "Both runs must read equally many tokens in equally many rows.",
            )
        if position is None:
            return theirs
        mixed = x.clone()
        mixed[:, _at(position, x)] = theirs[:, _at(position, x)]
        return mixed

    with _changed(module, way, change):
        yield


@dataclass(frozen=True)
class SideBySide:
    """What a model thinks comes next, without and with a change: (token, share, share) rows."""

    rows: tuple[tuple[str, float, float], ...]
    largest: float
    """The largest difference between any two scores."""

    def __str__(self) -> str:
        lines = [f"{'next token':16} {'before':>8} {'after':>8}"]
        lines += [f"{token!r:16} {a:8.1%} {b:8.1%}" for token, a, b in self.rows]
        return "\n".join([*lines, f"largest change of a score: {self.largest:.3g}"])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td><code>{escape(repr(token))}</code></td><td>{a:.1%}</td><td>{b:.1%}</td></tr>"
            for token, a, b in self.rows
        )
        return (
            "<table><thead><tr><th>next token</th><th>before</th><th>after</th></tr></thead>"
            f"<tbody>{rows}</tbody></table><p>Largest change of a score: {self.largest:.3g}</p>"
        )


def side_by_side(
    model: nn.Module,
    ids: Any,
    change: AbstractContextManager[None],
    tokenizer: Any = None,
    most: int = 8,
) -> SideBySide:
    """Read ``ids`` (one row of tokens) without and with ``change``, and compare the shares of the
    next token: ``side_by_side(model, ids, ablate("blocks.0.attn", head=1, model=model))``."""
    import torch

    idx = torch.as_tensor(ids, device=next(model.parameters()).device).reshape(1, -1)
    with torch.inference_mode():
        before = _scores(model(idx))
        with change:
            after = _scores(model(idx))
    shares = before.softmax(-1), after.softmax(-1)
    best = (shares[0] + shares[1]).topk(min(most, before.numel())).indices.tolist()
    return SideBySide(
        tuple(
            (
                str(tokenizer.decode([token])) if tokenizer is not None else str(token),
                shares[0][token].item(),
                shares[1][token].item(),
            )
            for token in best
        ),
        (before - after).abs().max().item(),
    )


def _scores(output: Any) -> Tensor:
    """Of the last position: (V,)."""
    scores: Tensor = getattr(output, "logits", output)
    return scores.detach().float()[0, -1]


def _place(model: nn.Module, name: str) -> tuple[nn.Module, str]:
    """The module to hook, and on which side of it."""
    path, way = name, "out"
    if points.has_points(model):
        number, _, rest = name.removeprefix("blocks.").partition(".")
        if rest in INSTEAD:
            raise BadInput(
                f"`{name}` lies inside a step that cannot be changed from outside.",
                f"Change {INSTEAD[rest]}.",
            )
        if name in OUTSIDE:
            path, way = OUTSIDE[name]
        elif rest in PLACES:
            path, way = PLACES[rest][0].format(number), PLACES[rest][1]
        elif name == "logits":
            return model, "out"
    try:
        return model.get_submodule(path), way
    except AttributeError as error:
        raise NotFound(
            f"This model has no part `{name}`.",
            "Parts are named like blocks.0.attn, blocks.0.mlp, or by their module in other models.",
        ) from error


@contextmanager
def _changed(module: nn.Module, way: str, change: Change) -> Iterator[None]:
    if way == "in":
        handle = module.register_forward_pre_hook(
            lambda _module, args: (change(args[0]), *args[1:])
        )
    else:
        handle = module.register_forward_hook(lambda _module, _args, output: _first(output, change))
    try:
        yield
    finally:
        handle.remove()


def _first(output: Any, change: Change) -> Any:
    """Change the first tensor of what a module answers; the rest stays."""
    import torch

    if isinstance(output, torch.Tensor):
        return change(output)
    if isinstance(output, tuple) and output and isinstance(output[0], torch.Tensor):
        return (change(output[0]), *output[1:])
    raise BadInput(
        "This part answers with something else than a tensor.", "Choose a part inside it."
    )


def _at(position: int, x: Tensor) -> int:
    if not -x.shape[1] <= position < x.shape[1]:
        raise BadInput(
            f"There is no position {position} in a text of {x.shape[1]} tokens.",
            "Positions count from 0, and from −1 backwards.",
        )
    return position
