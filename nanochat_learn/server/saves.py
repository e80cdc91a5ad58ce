"""Follows what is saved through Jupyter: its workspace is indexed again, and the panels hear of it.

Only a workspace that was indexed before: nothing is indexed unasked. Nobody waits for these
runs, so what goes wrong in one is told in the log and nowhere else.
"""

from __future__ import annotations

import asyncio
from logging import Logger
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from nanochat_learn.errors import Busy, LearnError
from nanochat_learn.server.inside import inside

if TYPE_CHECKING:
    from nanochat_learn.places import Workspace
    from nanochat_learn.server.runs import Runs

CONTENTS_EVENT = "https://events.jupyter.org/jupyter_server/contents_service/v1"
WRITES = frozenset({"save", "upload", "create", "rename", "copy", "delete"})
"""Every action of the contents service but ``get``."""

READ_BY_INDEX = frozenset({".py", ".ipynb", ".md", ".yaml", ".json", ".toml"})
"""Code, notes, clusters, picture metas, the workspace's marker. A folder may hold any of them."""

PAUSE = 0.5
"""Seconds until we try again where another process is writing the index."""


class Saves:
    """However many saves come: one run is under way, and at most one waits to see the rest."""

    def __init__(self, root: Path, runs: Runs, log: Logger) -> None:
        self._root = root
        self._runs = runs
        self._log = log
        self._due: dict[Path, Workspace] = {}
        self._at_work: dict[Path, asyncio.Task[None]] = {}

    async def heard(self, logger: Any, schema_id: str, data: dict[str, Any]) -> None:
        """A listener of Jupyter's event bus, which hands over these three by name."""
        if data["action"] not in WRITES:
            return
        paths = {data["path"], data.get("source_path") or data["path"]}
        for wire in paths:
            if data["action"] == "save" and PurePosixPath(wire).suffix not in READ_BY_INDEX:
                continue
            workspace = await asyncio.to_thread(self._indexed_workspace, wire)
            if workspace is not None:
                self._want(workspace)

    def _indexed_workspace(self, wire: str) -> Workspace | None:
        from nanochat_learn import workspace as verbs
        from nanochat_learn.places import find_workspace

        try:
            found = find_workspace(inside(self._root, wire.lstrip("/")), ceiling=self._root)
            return found if found and verbs.state(found) else None
        except (LearnError, OSError) as error:
            self._log.info("nanochat-learn: the save of %s is not followed: %s", wire, error)
            return None

    def _want(self, workspace: Workspace) -> None:
        self._due[workspace.root] = workspace
        if workspace.root not in self._at_work:
            self._at_work[workspace.root] = asyncio.create_task(self._work(workspace.root))

    async def _work(self, root: Path) -> None:
        try:
            while (workspace := self._due.pop(root, None)) is not None:
                await self._run(workspace)
        finally:
            del self._at_work[root]

    async def _run(self, workspace: Workspace) -> None:
        while True:
            try:
                await self._runs.run(workspace)
            except Busy:
                await asyncio.sleep(PAUSE)
                continue
            except LearnError as error:
                self._log.warning("nanochat-learn: %s is not up to date: %s", workspace.name, error)
            except Exception:
                self._log.exception("nanochat-learn: indexing %s failed", workspace.name)
            return
