"""``POST index``: one index run as server-sent events. Closing the request stops the run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from nanochat_learn.server.event_stream import EventStreamRoute, Telling

if TYPE_CHECKING:
    from pydantic import BaseModel

    from nanochat_learn.schema.search import IndexItems
    from nanochat_learn.schema.wire import IndexTree


class IndexRoute(EventStreamRoute):
    @authenticated
    @authorized
    async def post(self) -> None:
        from nanochat_learn.schema.wire import Failure, IndexFailure, IndexProgress, IndexTree

        workspace = await self.workspace()
        wanted = await self.verb(self._wanted)

        async def run(telling: Telling) -> BaseModel:
            def step(done: int, total: int, path: str) -> None:
                telling.latest = IndexProgress(done=done, total=total, file_path=path)

            if isinstance(wanted, IndexTree):
                return await self.runs.run(
                    workspace,
                    on_progress=step,
                    should_stop=telling.should_stop,
                    confirmed=wanted.confirmed,
                )
            return await self.runs.add(
                workspace, wanted.items, on_progress=step, should_stop=telling.should_stop
            )

        await self.stream(run, lambda said: IndexFailure(failure=Failure(**said)))

    def _wanted(self) -> IndexTree | IndexItems:
        """The body; without a ``kind`` it is a tree, as it was before there were items."""
        from nanochat_learn.schema.search import IndexItems
        from nanochat_learn.schema.wire import IndexTree

        try:
            sent = json.loads(self.request.body or b"{}")
        except ValueError:
            sent = None
        is_items = isinstance(sent, dict) and sent.get("kind") == "items"
        return self.body(IndexItems) if is_items else self.body(IndexTree)
