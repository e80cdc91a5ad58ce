"""The index runs of this server: one at a time for each workspace, and its end announced.

Who wants a run, and why, is elsewhere: the learner (``index_stream``) or a save (``saves``).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nanochat_learn.server.inside import prefix_of

if TYPE_CHECKING:
    from jupyter_events import EventLogger

    from nanochat_learn.places import Workspace
    from nanochat_learn.schema.search import AddedItem
    from nanochat_learn.schema.wire import IndexReport, IndexState

CHANGED_SCHEMA = Path(__file__).with_name("changed.v1.yaml")
"""Jupyter's event bus refuses what does not fit it, and hands the rest to whoever may listen."""


class Runs:
    def __init__(self, root: Path, event_logger: EventLogger) -> None:
        self._root = root
        self._event_logger = event_logger
        self._turns: dict[Path, asyncio.Lock] = {}
        self._told: dict[Path, IndexState] = {}
        event_logger.register_event_schema(CHANGED_SCHEMA)

    def is_running(self, workspace: Workspace) -> bool:
        """Whether this server is indexing the workspace now."""
        turn = self._turns.get(workspace.root)
        return turn is not None and turn.locked()

    async def run(self, workspace: Workspace, **wanted: Any) -> IndexReport:
        """``workspace.index`` in a thread, as soon as no other run of ours is under way.

        Raises what it raises; ``Busy`` then means another process.
        """
        from nanochat_learn import workspace as verbs

        return await self._in_turn(workspace, verbs.index, **wanted)

    async def add(
        self, workspace: Workspace, items: Sequence[AddedItem], **wanted: Any
    ) -> IndexReport:
        """``workspace.add`` likewise."""
        from nanochat_learn import workspace as verbs

        return await self._in_turn(workspace, verbs.add, items, **wanted)

    async def _in_turn(
        self, workspace: Workspace, verb: Callable[..., IndexReport], *what: Any, **wanted: Any
    ) -> IndexReport:
        async with self._turns.setdefault(workspace.root, asyncio.Lock()):
            report = await asyncio.to_thread(verb, workspace, *what, **wanted)
        self._announce(workspace, report.state)
        return report

    def _announce(self, workspace: Workspace, state: IndexState) -> None:
        from nanochat_learn.schema.wire import CHANGED_EVENT, Changed

        if self._told.get(workspace.root) == state:
            return
        self._told[workspace.root] = state
        changed = Changed(
            prefix=prefix_of(workspace, self._root),
            content_hash=state.content_hash,
            errors=state.errors,
            warnings=state.warnings,
        )
        self._event_logger.emit(schema_id=CHANGED_EVENT, data=changed.model_dump())
