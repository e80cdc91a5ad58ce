"""What routes share that answer with server-sent events: one run, told as it goes on.

Closing the request stops the run. What the run is, and what its events say, is the route's.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from tornado.iostream import StreamClosedError

from nanochat_learn.server.base import LearnHandler, failure_of

if TYPE_CHECKING:
    from pydantic import BaseModel

EVERY = 0.1
"""Seconds between two progress events: more often is not seen, only sent."""


class Telling:
    """What a run in a thread hands to the event loop: its latest step, and whether to stop."""

    def __init__(self) -> None:
        self.latest: BaseModel | None = None
        self._stop = threading.Event()

    def stop(self) -> None:
        self._stop.set()

    def should_stop(self) -> bool:
        return self._stop.is_set()


class EventStreamRoute(LearnHandler):
    _gone = False

    def on_connection_close(self) -> None:
        self._gone = True
        super().on_connection_close()

    async def stream(
        self,
        run: Callable[[Telling], Awaitable[BaseModel]],
        failed: Callable[[dict[str, str]], BaseModel],
    ) -> None:
        """``run`` sets ``telling.latest`` and returns the last event; an error becomes ``failed``."""
        self.set_header("Content-Type", "text/event-stream")
        self.set_header("Cache-Control", "no-cache")
        self.set_header("X-Accel-Buffering", "no")
        try:
            await self._stream(run, failed)
        except StreamClosedError:
            self._gone = True

    async def _stream(
        self,
        run: Callable[[Telling], Awaitable[BaseModel]],
        failed: Callable[[dict[str, str]], BaseModel],
    ) -> None:
        telling = Telling()

        async def last() -> BaseModel:
            try:
                return await run(telling)
            except Exception as error:
                if not hasattr(error, "sentence"):
                    self.log.exception("nanochat-learn: %s failed", self.request.path)
                return failed(failure_of(error))

        work = asyncio.ensure_future(last())
        try:
            shown: BaseModel | None = None
            while not work.done():
                await asyncio.wait({work}, timeout=EVERY)
                if self._gone:
                    return
                if telling.latest is not None and telling.latest is not shown:
                    shown = telling.latest
                    await self._send(shown)
            await self._send(work.result())
            # APIHandler.finish would set its own content type
            await self.finish(set_content_type="text/event-stream")
        finally:
            telling.stop()

    async def _send(self, event: BaseModel) -> None:
        self.write(f"data: {event.model_dump_json()}\n\n")
        await self.flush()
