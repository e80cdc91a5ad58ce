"""Who wants to hear that a graph was built anew. The one thing that ``indexing`` tells upward."""

from __future__ import annotations

from collections.abc import Callable

from nanochat_learn.places import Workspace

_listeners: list[Callable[[Workspace], None]] = []


def listen(listener: Callable[[Workspace], None]) -> None:
    _listeners.append(listener)


def graph_changed(workspace: Workspace) -> None:
    """Listeners return at once: nobody who saved a file waits for them."""
    for listener in _listeners:
        listener(workspace)
