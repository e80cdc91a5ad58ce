"""Routes of progress: the path, evidence from the page, all of it as a file, a lesson anew."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, cast

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from nanochat_learn.server.base import LearnHandler

if TYPE_CHECKING:
    from nanochat_learn.places import Workspace
    from nanochat_learn.server.progress_news import ProgressNews


class ProgressHandler(LearnHandler):
    @asynccontextmanager
    async def looking(self) -> AsyncIterator[Workspace]:
        """The workspace; afterwards other pages are told if its evidence is not what it was."""
        from nanochat_learn import workspace as verbs

        news = cast("ProgressNews", self.settings["nanochat_learn_progress"])
        workspace = await self.workspace()
        if not news.knows(workspace):
            news.saw(workspace, await self.verb(verbs.evidence_mark, workspace))
        yield workspace
        news.saw(workspace, await self.verb(verbs.evidence_mark, workspace))


class ProgressRoute(ProgressHandler):
    @authenticated
    @authorized
    async def get(self) -> None:
        from nanochat_learn import workspace as verbs

        async with self.looking() as workspace:
            found = await self.verb(verbs.progress, workspace)
        self.finish(await self.verb(found.model_dump_json))


class EvidenceRoute(ProgressHandler):
    @authenticated
    @authorized
    async def post(self) -> None:
        from nanochat_learn import workspace as verbs
        from nanochat_learn.schema.learner import EvidenceRequest

        async with self.looking() as workspace:
            lines = self.body(EvidenceRequest).evidence
            self.answer(await self.verb(verbs.add_evidence, workspace, lines))


class ProgressExportRoute(ProgressHandler):
    @authenticated
    @authorized
    async def get(self) -> None:
        from nanochat_learn import workspace as verbs

        async with self.looking() as workspace:
            found = await self.verb(verbs.export_progress, workspace)
        self.finish(await self.verb(found.model_dump_json))


class ProgressImportRoute(ProgressHandler):
    @authenticated
    @authorized
    async def put(self) -> None:
        from nanochat_learn import workspace as verbs

        async with self.looking() as workspace:
            content = self.request.body
            self.answer(await self.verb(verbs.import_progress, workspace, content))


class ProgressResetRoute(ProgressHandler):
    @authenticated
    @authorized
    async def post(self) -> None:
        from nanochat_learn import workspace as verbs
        from nanochat_learn.schema.learner import ResetRequest

        async with self.looking() as workspace:
            lesson = self.body(ResetRequest).lesson
            self.answer(await self.verb(verbs.reset_lesson, workspace, lesson))


ROUTES: list[tuple[str, type[LearnHandler]]] = [
    ("progress", ProgressRoute),
    ("evidence", EvidenceRoute),
    ("progress/export", ProgressExportRoute),
    ("progress/import", ProgressImportRoute),
    ("progress/reset", ProgressResetRoute),
]
