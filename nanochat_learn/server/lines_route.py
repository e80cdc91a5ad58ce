"""The route of shapes on the line."""

from __future__ import annotations

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from nanochat_learn.server.base import LearnHandler
from nanochat_learn.server.inside import prefix_of


class LinesRoute(LearnHandler):
    @authenticated
    @authorized
    async def get(self) -> None:
        from nanochat_learn import workspace as verbs

        workspace = await self.workspace()
        known = self.get_query_argument("known", "")
        prefix = prefix_of(workspace, self.jupyter_root)
        found = await self.verb(verbs.newest_lines, workspace, prefix, known)
        self.finish(await self.verb(found.model_dump_json))


ROUTES: list[tuple[str, type[LearnHandler]]] = [("lines", LinesRoute)]
