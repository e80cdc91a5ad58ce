"""``POST index``: one index run as server-sent events. Closing the request stops the run."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

from jupyter_server.auth.decorator import authorized
from tornado.iostream import StreamClosedError
from tornado.web import authenticated

from nanochat_learn.server.base import LearnHandler, failure_of

if TYPE_CHECKING:
    from pydantic import BaseModel

    from nanochat_learn.places import Workspace

EVERY = 0.1
"""Seconds between two progress events: more often is not seen, only sent."""


class IndexRoute(LearnHandler):
    _gone = False

    def on_connection_close(self) -> None:
        self._gone = True
        super().on_connection_close()

    @authenticated
    @authorized
    async def post(self) -> None:
        from nanochat_learn.schema.wire import IndexTree

        workspace = await self.workspace()
        wanted = self.body(IndexTree)
        self.set_header("Content-Type", "text/event-stream")
        self.set_header("Cache-Control", "no-cache")
        self.set_header("X-Accel-Buffering", "no")
        try:
            await self._run(workspace, wanted.confirmed)
        except StreamClosedError:
            self._gone = True

    async def _run(self, workspace: Workspace, confirmed: bool) -> None:
        from nanochat_learn.schema.wire import Failure, IndexFailure, IndexProgress

        stop = threading.Event()
        latest: list[tuple[int, int, str]] = []  # the worker thread writes, the loop reads

        async def run() -> BaseModel:
            try:
                return await self.runs.run(
                    workspace,
                    on_progress=lambda *step: latest.__setitem__(slice(None), [step]),
                    should_stop=stop.is_set,
                    confirmed=confirmed,
                )
            except Exception as error:
                if not hasattr(error, "sentence"):
                    self.log.exception("nanochat-learn: indexing %s failed", workspace.name)
                return IndexFailure(failure=Failure(**failure_of(error)))

        work = asyncio.ensure_future(run())
        try:
            shown: tuple[int, int, str] | None = None
            while not work.done():
                await asyncio.wait({work}, timeout=EVERY)
                if self._gone:
                    return
                if latest and latest[0] != shown:
                    shown = latest[0]
                    done, total, path = shown
                    await self._send(IndexProgress(done=done, total=total, file_path=path))
            await self._send(work.result())
            # APIHandler.finish would set its own content type
            await self.finish(set_content_type="text/event-stream")
        finally:
            stop.set()

    async def _send(self, event: BaseModel) -> None:
        self.write(f"data: {event.model_dump_json()}\n\n")
        await self.flush()
