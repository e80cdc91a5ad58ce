"""``POST ask``: one question, answered as events. Closing the request stops the model."""

from __future__ import annotations

import asyncio
import contextlib
from contextlib import aclosing
from typing import TYPE_CHECKING

from jupyter_server.auth.decorator import authorized
from tornado.iostream import StreamClosedError
from tornado.web import authenticated

from nanochat_learn.server.base import LearnHandler, failure_of

if TYPE_CHECKING:
    from nanochat_learn.places import Workspace
    from nanochat_learn.schema.tutor import AskEvent, AskRequest

KEEP_ALIVE = 15.0
"""Seconds of silence after which a comment is sent: proxies cut what says nothing."""
AHEAD = 64
"""Events that may wait for a slow browser before the model has to wait, too."""


class AskRoute(LearnHandler):
    _work: asyncio.Task[None] | None = None

    def on_connection_close(self) -> None:
        if self._work is not None:
            self._work.cancel()
        super().on_connection_close()

    @authenticated
    @authorized
    async def post(self) -> None:
        from nanochat_learn.schema.tutor import AskRequest

        workspace = await self.workspace()
        question = self.body(AskRequest)
        self.set_header("Content-Type", "text/event-stream")
        self.set_header("Cache-Control", "no-cache")
        self.set_header("X-Accel-Buffering", "no")
        events: asyncio.Queue[AskEvent | None] = asyncio.Queue(AHEAD)
        self._work = asyncio.create_task(self._ask(workspace, question, events))
        try:
            await self._forward(events)
            # APIHandler.finish would set its own content type
            await self.finish(set_content_type="text/event-stream")
        except StreamClosedError:
            pass  # the learner pressed stop, or closed the page
        finally:
            self._work.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._work

    async def _ask(
        self,
        workspace: Workspace,
        question: AskRequest,
        events: asyncio.Queue[AskEvent | None],
    ) -> None:
        """The verb, in one task from begin to end: cancelling it closes the request upstream."""
        from nanochat_learn import workspace as verbs
        from nanochat_learn.schema.tutor import AskFailure
        from nanochat_learn.schema.wire import Failure

        try:
            async with (
                verbs.answering_model(self.server_config, question.model) as chosen,
                aclosing(
                    verbs.ask(workspace, question, chosen, ceiling=self.jupyter_root)
                ) as answer,
            ):
                async for event in answer:
                    await events.put(event)
        except Exception as error:
            if not hasattr(error, "sentence"):
                self.log.exception("nanochat-learn: answering in %s failed", workspace.name)
            await events.put(AskFailure(failure=Failure(**failure_of(error))))
        await events.put(None)

    async def _forward(self, events: asyncio.Queue[AskEvent | None]) -> None:
        """Each event the moment it is there."""
        while True:
            try:
                async with asyncio.timeout(KEEP_ALIVE):
                    event = await events.get()
            except TimeoutError:
                self.write(": still at work\n\n")
                await self.flush()
                continue
            if event is None:
                return
            self.write(f"data: {event.model_dump_json()}\n\n")
            await self.flush()
