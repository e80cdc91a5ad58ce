"""The route table: one short class per verb. Each decodes, calls one verb, encodes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from nanochat_learn._version import __version__
from nanochat_learn.errors import BadInput, NotFound
from nanochat_learn.server import (
    key_routes,
    lines_route,
    model_route,
    progress_routes,
    trace_routes,
    tutor_routes,
)
from nanochat_learn.server.base import LearnHandler
from nanochat_learn.server.embed_stream import EmbedRoute, RetrievalRoute
from nanochat_learn.server.index_stream import IndexRoute

PICTURES = Path(__file__).parents[1] / "static" / "viz"


class StatusRoute(LearnHandler):
    @authenticated
    @authorized
    async def get(self) -> None:
        self.answer(await self.verb(self.status))

    def status(self) -> Any:
        from nanochat_learn import workspace as verbs
        from nanochat_learn.schema.wire import Status

        found = self.find_workspace()
        if found is None:
            return Status(version=__version__, workspace=None, index=None, indexing=False)
        return Status(
            version=__version__,
            workspace=self.about(found),
            index=verbs.state(found),
            indexing=self.runs.is_running(found),
        )


class GraphRoute(LearnHandler):
    @authenticated
    @authorized
    async def get(self) -> None:
        from nanochat_learn import workspace as verbs

        graph = await self.verb(verbs.graph_with_positions, await self.workspace())
        body = await self.verb(graph.model_dump_json)
        self.finish(body)  # tornado answers 304 when the browser's ETag still fits


class PositionsRoute(LearnHandler):
    @authenticated
    @authorized
    async def put(self) -> None:
        from nanochat_learn import workspace as verbs
        from nanochat_learn.schema.graph import Positions

        await self.verb(verbs.save_positions, await self.workspace(), self.body(Positions))
        self.set_status(204)
        self.finish()


class SourceRoute(LearnHandler):
    @authenticated
    @authorized
    async def get(self) -> None:
        from nanochat_learn import workspace as verbs

        node_id = self.get_query_argument("id", "")
        self.answer(await self.verb(verbs.source, await self.workspace(), node_id))


class ConceptsRoute(LearnHandler):
    @authenticated
    @authorized
    async def get(self) -> None:
        from nanochat_learn import workspace as verbs

        self.answer(await self.verb(verbs.concepts, await self.workspace()))


class ConceptRoute(LearnHandler):
    @authenticated
    @authorized
    async def get(self, concept_id: str) -> None:
        from nanochat_learn import workspace as verbs

        self.answer(await self.verb(verbs.concept, await self.workspace(), concept_id))


class GlossaryRoute(LearnHandler):
    @authenticated
    @authorized
    async def get(self) -> None:
        from nanochat_learn import workspace as verbs

        self.answer(await self.verb(verbs.glossary, await self.workspace()))


class SearchRoute(LearnHandler):
    @authenticated
    @authorized
    async def get(self) -> None:
        from nanochat_learn import workspace as verbs

        wanted = self.get_query_argument("k", "10")
        if not wanted.isascii() or not wanted.isdigit():
            raise BadInput(f"k is {wanted[:40]!r}.", "Give how many results you want, 1 to 100.")
        question = self.get_query_argument("q", "")
        limit = min(int(wanted[:9]), 100)
        self.answer(await self.verb(verbs.search, await self.workspace(), question, limit))


class WorkspaceRoute(LearnHandler):
    @authenticated
    @authorized
    async def post(self) -> None:
        from nanochat_learn.places import open_workspace
        from nanochat_learn.schema.wire import PrepareRequest, Status
        from nanochat_learn.shipping import prepare

        wanted = self.body(PrepareRequest)
        folder = self.inside_root(wanted.folder)
        await self.verb(prepare, folder, wanted.lessons)
        made = self.about(open_workspace(folder))
        self.answer(Status(version=__version__, workspace=made, index=None, indexing=False))


class PictureRoute(LearnHandler):
    """A picture's module. The route's pattern admits only plain ids: no path can be walked."""

    @authenticated
    @authorized
    async def get(self, picture_id: str) -> None:
        try:
            module = await self.verb((PICTURES / f"{picture_id}.js").read_bytes)
        except FileNotFoundError as error:
            raise NotFound(
                f"There is no picture {picture_id}.",
                "It may be still to come; in a checkout, `npm run build` makes the pictures.",
            ) from error
        self.set_header("Cache-Control", "no-cache")
        self.finish(module, set_content_type="text/javascript; charset=utf-8")


ROUTES: list[tuple[str, type[LearnHandler]]] = [
    ("status", StatusRoute),
    ("index", IndexRoute),
    ("retrieval", RetrievalRoute),
    ("embed", EmbedRoute),
    ("graph", GraphRoute),
    ("positions", PositionsRoute),
    ("source", SourceRoute),
    ("concepts", ConceptsRoute),
    ("concepts/([^/]+)", ConceptRoute),
    ("glossary", GlossaryRoute),
    ("search", SearchRoute),
    ("workspace", WorkspaceRoute),
    (r"pictures/([a-z0-9_]+)\.js", PictureRoute),
    *tutor_routes.ROUTES,
    *key_routes.ROUTES,
    *trace_routes.ROUTES,
    *lines_route.ROUTES,
    *model_route.ROUTES,
    *progress_routes.ROUTES,
]
"""Pattern below ``<base_url>nanochat-learn/api/`` → handler."""
