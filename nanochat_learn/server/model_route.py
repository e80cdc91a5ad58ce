"""The route of small models: the files of one, for a page that runs it itself."""

from __future__ import annotations

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from nanochat_learn.server.base import LearnHandler


class ModelFileRoute(LearnHandler):
    """Bytes, with a mark of their own: a browser that has them is told so and gets none."""

    @authenticated
    @authorized
    async def get(self, name: str, file: str) -> None:
        from nanochat_learn import workspace as verbs

        found = await self.verb(self.find_workspace)
        data = await self.verb(verbs.model_file, found, name, file)
        self.set_header("Cache-Control", "private, no-cache")
        self.set_header("Content-Length", len(data))  # a page shows how much is still to come
        self.finish(data, set_content_type="application/octet-stream")


ROUTES: list[tuple[str, type[LearnHandler]]] = [
    ("models/([^/]+)/([^/]+)", ModelFileRoute),
]
