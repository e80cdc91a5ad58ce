"""The verb ``add``: content that is not in the tree, found by the next question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from nanochat_learn.durable import locked
from nanochat_learn.errors import NotFound
from nanochat_learn.places import Workspace
from nanochat_learn.schema.search import AddedItem
from nanochat_learn.schema.wire import IndexReport
from nanochat_learn.workspace.added import append_added, check_items, read_added
from nanochat_learn.workspace.indexing import Progress, index
from nanochat_learn.workspace.reading import graph

_LOCK: Final = "added.lock"


def add(
    workspace: Workspace,
    items: Sequence[AddedItem],
    *,
    on_progress: Progress | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> IndexReport:
    """Keep ``items`` in ``added.jsonl`` and index anew. All of them, or none.

    An id that was added before is replaced. Raises ``BadInput`` for an id of the tree.
    """
    try:
        known = graph(workspace)
    except NotFound:
        index(workspace, on_progress=on_progress, should_stop=should_stop)
        known = graph(workspace)
    with locked(workspace.cache / _LOCK):
        check_items(items, known, read_added(workspace).items)
        append_added(workspace, items)
    return index(workspace, on_progress=on_progress, should_stop=should_stop)
