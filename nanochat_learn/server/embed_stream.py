"""``GET retrieval`` tells how far the vectors are, ``POST embed`` brings them on, as server-sent
events. Closing the request stops it; what was done is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from nanochat_learn.server.base import LearnHandler
from nanochat_learn.server.event_stream import EventStreamRoute, Telling

if TYPE_CHECKING:
    from pydantic import BaseModel

    from nanochat_learn.schema.search import RetrievalState


class RetrievalRoute(LearnHandler):
    @authenticated
    @authorized
    async def get(self) -> None:
        from nanochat_learn import workspace as verbs

        self.answer(await self.verb(verbs.retrieval_state, await self.workspace()))


class EmbedRoute(EventStreamRoute):
    @authenticated
    @authorized
    async def post(self) -> None:
        from nanochat_learn import workspace as verbs
        from nanochat_learn.schema.search import (
            EmbedDone,
            EmbedFailure,
            EmbedProgress,
            EmbedRequest,
        )
        from nanochat_learn.schema.wire import Failure

        workspace = await self.workspace()
        wanted = self.body(EmbedRequest)

        async def run(telling: Telling) -> BaseModel:
            def step(state: RetrievalState) -> None:
                telling.latest = EmbedProgress(state=state)

            done = await self.verb(
                verbs.embed,
                workspace,
                download=wanted.download,
                on_progress=step,
                should_stop=telling.should_stop,
            )
            return EmbedDone(state=done)

        await self.stream(run, lambda said: EmbedFailure(failure=Failure(**said)))
