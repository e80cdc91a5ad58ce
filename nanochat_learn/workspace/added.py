"""Content added on the fly: kept in ``added.jsonl``, the learner's own file, and read from it.

The file is the truth; graph and store are caches over it. In a folder that is no workspace, or
that cannot be written, it stands in the user's data folder.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from pydantic import ValidationError

from nanochat_learn import journal
from nanochat_learn.errors import BadInput
from nanochat_learn.graph import really_added
from nanochat_learn.places import Workspace
from nanochat_learn.schema.base import NodeId
from nanochat_learn.schema.graph import Gap, KnowledgeGraph
from nanochat_learn.schema.search import AddedItem

ADDED_FILE: Final = "added.jsonl"
_WRITER: Final = "added"
_PREFIXES: Final = {
    "concept": "concept:",
    "lesson": "lesson:",
    "viz": "viz:",
    "external": "external:",
}


class Added(NamedTuple):
    """The items, each id once, and what of the file could not be read."""

    items: tuple[AddedItem, ...]
    problems: tuple[Gap, ...]


def read_added(workspace: Workspace) -> Added:
    """The last item of each id counts. A line that cannot be read is a gap, and costs no other."""
    entries, damaged, _ = journal.read(added_folder(workspace), _WRITER)
    items: dict[NodeId, AddedItem] = {}
    problems = [_gap(int(place.rpartition(" ")[2]), "is not a whole entry") for place in damaged]
    for number, entry in enumerate(entries, start=1):
        try:
            item = AddedItem.model_validate(entry.get("item"))
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(map(str, first["loc"])) or "the item"
            problems.append(_gap(0, f"entry {number}: {field}: {first['msg']}"))
            continue
        items.pop(item.id, None)
        items[item.id] = item
    return Added(tuple(items.values()), tuple(problems))


def append_added(workspace: Workspace, items: Sequence[AddedItem]) -> None:
    """All of them at once: in the file when it returns. Raises ``CannotWrite``."""
    entries = ({"id": uuid.uuid4().hex, "item": item.model_dump(mode="json")} for item in items)
    journal.append(added_folder(workspace), *entries, writer=_WRITER)


def check_items(
    items: Sequence[AddedItem], graph: KnowledgeGraph, own: Sequence[AddedItem]
) -> None:
    """Raises ``BadInput`` for the first item that cannot stand beside the tree."""
    mine = {item.id for item in really_added(graph, own)}
    tree = {element.data.id for element in graph.elements.nodes} - mine
    for item in items:
        if item.id in tree:
            raise BadInput(
                f"The id `{item.id}` belongs to the code of this workspace.",
                "Give the item another id: what stands in the code is changed in the code.",
            )
        for node_type, other in _PREFIXES.items():
            if item.id.startswith(other) and item.type != node_type:
                raise BadInput(
                    f"The id `{item.id}` says that it is a {node_type}, its type is {item.type}.",
                    "Change one of the two.",
                )
        if not item.id.strip() or any(sign in item.id for sign in "\n\r\t\0"):
            raise BadInput(
                "An id of an item is empty, or holds a line break.",
                "Give it an id of one line, such as `torch.nn.Linear`.",
            )


def added_folder(workspace: Workspace) -> Path:
    return workspace.root if workspace.marked and workspace.writable else workspace.cache


def added_fingerprint(workspace: Workspace) -> str:
    try:
        stat = (added_folder(workspace) / ADDED_FILE).stat()
    except OSError:
        return ""
    return f"{stat.st_size} {stat.st_mtime_ns}"


def _gap(line: int, why: str) -> Gap:
    return Gap(
        severity="error",
        kind="unreadable_file",
        message=f"{ADDED_FILE}: {why}. It is left out.",
        file_path=ADDED_FILE,
        line=line,
        id=ADDED_FILE,
    )
