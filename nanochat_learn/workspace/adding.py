"""The verb ``add``: content that is not in the tree, found by the next question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from nanochat_learn.durable import locked
from nanochat_learn.errors import BadInput, CannotRead, NotFound
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


def items_from(file: Path) -> list[AddedItem]:
    """One JSON object a line. Raises ``BadInput`` that names the first line that is wrong."""
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CannotRead(f"{file} cannot be read: {error}.", "Check its name and place.") from error
    items = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            items.append(AddedItem.model_validate_json(line))
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(map(str, first["loc"])) or "the line"
            raise BadInput(
                f"{file.name}, line {number}: {field}: {first['msg']}.",
                'For example: {"id": "torch.nn.Linear", "type": "external", "label": "Linear"}',
            ) from error
    return items
