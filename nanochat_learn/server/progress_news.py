"""Tells every open page that there is new evidence: of the page that sent it, or of a kernel.

Kernels append to the journal without asking the server, so nobody is told at that moment. The page
in which a cell has run asks for the path; whoever else has it open hears of it through this.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nanochat_learn.server.inside import prefix_of

if TYPE_CHECKING:
    from jupyter_events import EventLogger

    from nanochat_learn.places import Workspace

PROGRESS_SCHEMA = Path(__file__).with_name("progress.v1.yaml")
"""Jupyter's event bus refuses what does not fit it, and hands the rest to whoever may listen."""


class ProgressNews:
    def __init__(self, root: Path, event_logger: EventLogger) -> None:
        self._root = root
        self._event_logger = event_logger
        self._seen: dict[Path, str] = {}
        event_logger.register_event_schema(PROGRESS_SCHEMA)

    def knows(self, workspace: Workspace) -> bool:
        return workspace.root in self._seen

    def saw(self, workspace: Workspace, mark: str) -> None:
        """``mark`` is that of the evidence which is there now. The first look is no news."""
        from nanochat_learn.schema.learner import PROGRESS_EVENT, ProgressChanged

        before = self._seen.get(workspace.root)
        self._seen[workspace.root] = mark
        if before is not None and before != mark:
            changed = ProgressChanged(prefix=prefix_of(workspace, self._root))
            self._event_logger.emit(schema_id=PROGRESS_EVENT, data=changed.model_dump())
