"""Routes of the tutor but the answer itself: preview, conversations, models, whom it asks."""

from __future__ import annotations

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from nanochat_learn.server.ask_stream import AskRoute
from nanochat_learn.server.base import LearnHandler


class PreviewRoute(LearnHandler):
    @authenticated
    @authorized
    async def post(self) -> None:
        from nanochat_learn import workspace as verbs
        from nanochat_learn.schema.tutor import AskRequest

        workspace, question = await self.workspace(), self.body(AskRequest)
        async with verbs.chosen_model(self.server_config, question.model) as chosen:
            self.answer(
                await self.verb(
                    verbs.preview, workspace, question, chosen, ceiling=self.jupyter_root
                )
            )


class ConversationsRoute(LearnHandler):
    @authenticated
    @authorized
    async def get(self) -> None:
        from nanochat_learn import workspace as verbs

        self.answer(await self.verb(verbs.conversations, await self.workspace()))


class ConversationRoute(LearnHandler):
    @authenticated
    @authorized
    async def get(self, id: str) -> None:
        from nanochat_learn import workspace as verbs

        self.answer(await self.verb(verbs.conversation, await self.workspace(), id))

    @authenticated
    @authorized
    async def put(self, id: str) -> None:
        from nanochat_learn import workspace as verbs
        from nanochat_learn.schema.tutor import RenameRequest

        title = self.body(RenameRequest).title
        self.answer(await self.verb(verbs.rename, await self.workspace(), id, title))

    @authenticated
    @authorized
    async def delete(self, id: str) -> None:
        from nanochat_learn import workspace as verbs

        await self.verb(verbs.delete, await self.workspace(), id)
        self.set_status(204)
        self.finish()


class ExportRoute(LearnHandler):
    @authenticated
    @authorized
    async def get(self, id: str) -> None:
        from nanochat_learn import workspace as verbs

        self.answer(await self.verb(verbs.export, await self.workspace(), id))


class SentRoute(LearnHandler):
    @authenticated
    @authorized
    async def get(self, id: str) -> None:
        from nanochat_learn import workspace as verbs

        answer = self.get_query_argument("message", "")
        self.answer(await self.verb(verbs.sent, await self.workspace(), id, answer))


class ModelsRoute(LearnHandler):
    @authenticated
    @authorized
    async def get(self) -> None:
        from nanochat_learn import workspace as verbs

        self.answer(await verbs.models(self.server_config))


class TutorRoute(LearnHandler):
    @authenticated
    @authorized
    async def get(self) -> None:
        await self.answer_tutor_state()

    @authenticated
    @authorized
    async def put(self) -> None:
        from nanochat_learn import workspace as verbs
        from nanochat_learn.schema.tutor import TutorChoice

        await self.verb(verbs.choose, self.body(TutorChoice), self.server_config)
        await self.answer_tutor_state()


ROUTES: list[tuple[str, type[LearnHandler]]] = [
    ("ask", AskRoute),
    ("ask/preview", PreviewRoute),
    ("conversations", ConversationsRoute),
    ("conversations/([^/]+)", ConversationRoute),
    ("conversations/([^/]+)/export", ExportRoute),
    ("conversations/([^/]+)/sent", SentRoute),
    ("models", ModelsRoute),
    ("tutor", TutorRoute),
]
