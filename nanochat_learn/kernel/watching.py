"""Attaches listeners to a model, and takes every one of them away again.

A model of nanochat has one tap; several traces share it, and what somebody else put there is called
first. All other modules get torch's own hooks. Whoever attaches owns the undo.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from nanochat_learn.errors import BadInput

if TYPE_CHECKING:
    from torch import Tensor, nn

Listener = Callable[[str, "Tensor"], None]


class _Shared:
    """The tap of a model while somebody listens."""

    def __init__(self, before: Listener | None) -> None:
        self.before = before
        self.listeners: list[Listener] = []

    def __call__(self, name: str, x: Tensor) -> None:
        if self.before is not None:
            self.before(name, x)
        for listener in self.listeners:
            listener(name, x)

    def __deepcopy__(self, _memo: Any) -> Listener | None:
        """A copy of the model is another model: nobody listens to it."""
        return self.before


def listen(stack: ExitStack, model: Any, listener: Listener) -> None:
    """Hear every named place of a nanochat model until the stack is closed."""
    shared = model.tap
    if not isinstance(shared, _Shared):
        shared = _Shared(model.tap)
        model.tap = shared
    shared.listeners.append(listener)

    def leave() -> None:
        shared.listeners.remove(listener)
        if not shared.listeners and model.tap is shared:
            model.tap = shared.before

    stack.callback(leave)


def hook_output(
    stack: ExitStack, module: nn.Module, heard: Callable[[Any], None], failed: bool = False
) -> None:
    """Hear what a module answers; with ``failed``, also that it did not (None)."""

    def after(_module: Any, _args: Any, _kwargs: Any, output: Any) -> None:
        heard(output)

    handle = module.register_forward_hook(after, with_kwargs=True, always_call=failed)
    stack.callback(handle.remove)


def hook_input(
    stack: ExitStack, module: nn.Module, heard: Callable[[tuple[Any, ...], dict[str, Any]], None]
) -> None:
    """Hear with what a module is called, before it runs."""

    def before(_module: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        heard(args, kwargs)

    handle = module.register_forward_pre_hook(before, with_kwargs=True)
    stack.callback(handle.remove)


def refuse_compiled(model: nn.Module) -> None:
    """Raises ``BadInput`` for a model, or a part of one, that torch has compiled."""
    for path, module in model.named_modules():
        if hasattr(module, "_orig_mod") or getattr(module, "_compiled_call_impl", None) is not None:
            where = f"The part `{path}` of this model" if path else "This model"
            raise BadInput(
                f"{where} is compiled: its steps are fused, and nobody can look in between.",
                "Trace the model that you gave to torch.compile (the compiled one holds it as "
                "`_orig_mod`); both have the same weights.",
            )
