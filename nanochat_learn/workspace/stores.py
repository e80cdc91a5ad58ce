"""The store of each workspace, brought up to date with graph and added items when it is asked for.

A cache over both: deleted, damaged or left behind by a crash, it is filled again here.
"""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from typing import Final

from nanochat_learn.adapters.embed_process import ProcessTables
from nanochat_learn.adapters.passage_store import MemoryStore, PassageStore
from nanochat_learn.adapters.passages_file import PassagesFile
from nanochat_learn.adapters.tables import MemoryTables, Tables
from nanochat_learn.adapters.worker import Worker
from nanochat_learn.errors import CannotWrite
from nanochat_learn.graph import really_added
from nanochat_learn.places import Workspace
from nanochat_learn.retrieval.passages import FORMAT, passages
from nanochat_learn.sources import Sources
from nanochat_learn.workspace.added import read_added
from nanochat_learn.workspace.kept import kept_run
from nanochat_learn.workspace.known import knowledge
from nanochat_learn.workspace.reading import graph

PASSAGES_FILE: Final = "passages.sqlite"
VECTORS: Final = "lancedb"
WORKER: Final = Worker(environment={"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"})
"""The one child process of this server: its models and its databases are open there. It reads
what is on disk, and never asks a hub."""

_log = logging.getLogger("nanochat_learn")
_turn = threading.RLock()
_stores: dict[tuple[Path, bool], PassageStore] = {}


def store(workspace: Workspace, *, fake: bool = False) -> PassageStore:
    """Holds what the kept graph holds, and what was added. Raises ``NotFound`` before the first
    index run.

    Where nothing can be written, all is kept in memory: words and graph answer on a full disk too.
    ``fake`` keeps vectors in memory, for an embedder whose vectors mean nothing.
    """
    kept = graph(workspace)  # raises where there is none
    with _turn:
        found = _opened(workspace, fake)
        run = kept_run(workspace.cache)
        stamp = f"{FORMAT} {run.seen if run else kept.content_hash}"
        try:
            _refresh(workspace, found, stamp)
        except CannotWrite as error:
            _log.warning("nanochat-learn: %s Search works from memory.", error)
            found.close()
            found = _stores[workspace.cache, fake] = MemoryStore()
            _refresh(workspace, found, stamp)
        return found


def is_open(workspace: Workspace) -> bool:
    """Whether somebody has asked for this store since the server started."""
    with _turn:
        return any(cache == workspace.cache for cache, _ in _stores)


def _opened(workspace: Workspace, fake: bool) -> PassageStore:
    key = workspace.cache, fake
    if key not in _stores:
        cache = workspace.cache
        tables: Tables = MemoryTables() if fake else ProcessTables(WORKER, cache / VECTORS)
        lock = None if fake else cache / "vectors.lock"
        _stores[key] = PassageStore(PassagesFile(cache / PASSAGES_FILE), tables, lock)
    return _stores[key]


def _refresh(workspace: Workspace, kept: PassageStore, stamp: str) -> None:
    if kept.stamp("tree") == stamp:
        return
    added = really_added(graph(workspace), read_added(workspace).items)
    own = {item.id for item in added}
    lines = Sources(workspace.root).lines
    made = passages(graph(workspace), lines, knowledge(workspace), added)
    # the tree last: its stamp says that both are there
    kept.sync("added", [one for one in made if one.id in own])
    kept.sync("tree", [one for one in made if one.id not in own], stamp)
