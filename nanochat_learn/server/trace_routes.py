"""Routes of traces: which there are, one page by page, the numbers of a tensor, two compared."""

from __future__ import annotations

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from nanochat_learn.errors import BadInput
from nanochat_learn.schema.trace import TrainingControl
from nanochat_learn.server.base import LearnHandler


class TraceHandler(LearnHandler):
    def count(self, name: str, default: str = "") -> int:
        """A whole number of the query, from 0 on."""
        text = self.get_query_argument(name, default)
        if not (text.isascii() and text.isdigit() and len(text) <= 15):
            raise BadInput(f"{name} is {text[:40]!r}.", "Give a whole number, 0 or more.")
        return int(text)


class TracesRoute(TraceHandler):
    @authenticated
    @authorized
    async def get(self) -> None:
        from nanochat_learn import workspace as verbs

        self.answer(await self.verb(verbs.trace_list, await self.workspace()))


class TraceRoute(TraceHandler):
    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        from nanochat_learn import workspace as verbs

        first = self.count("first", "0")
        page = await self.verb(verbs.trace_page, await self.workspace(), name, first)
        self.finish(await self.verb(page.model_dump_json))

    @authenticated
    @authorized
    async def delete(self, name: str) -> None:
        from nanochat_learn import workspace as verbs

        await self.verb(verbs.remove_trace, await self.workspace(), name)
        self.set_status(204)
        self.finish()


class TraceBytesRoute(TraceHandler):
    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        from nanochat_learn import workspace as verbs

        wanted = self.get_query_argument("name", "")
        start, step = self.count("from", "0"), self.count("step")
        end = self.count("to") if self.get_query_argument("to", "") else None
        found = await self.verb(
            verbs.numbers, await self.workspace(), name, step, wanted, start, end
        )
        self.set_header("X-Trace-Dtype", found.dtype)
        self.set_header("X-Trace-Shape", ",".join(map(str, found.shape)))
        self.set_header("X-Trace-Computed", str(found.computed).lower())
        self.finish(found.data, set_content_type="application/octet-stream")


class TrainingRoute(TraceHandler):
    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        from nanochat_learn import workspace as verbs

        first = self.count("first", "0")
        parts = self.get_query_argument("parts", "") == "true"
        page = await self.verb(verbs.training_page, await self.workspace(), name, first, parts)
        self.finish(await self.verb(page.model_dump_json))

    @authenticated
    @authorized
    async def put(self, name: str) -> None:
        from nanochat_learn import workspace as verbs

        wish = self.body(TrainingControl)
        self.answer(
            await self.verb(verbs.pause_training, await self.workspace(), name, wish.paused)
        )


class TraceDiffRoute(TraceHandler):
    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        from nanochat_learn import workspace as verbs

        other = self.get_query_argument("other", "")
        self.answer(await self.verb(verbs.difference_of, await self.workspace(), name, other))


ROUTES: list[tuple[str, type[LearnHandler]]] = [
    ("traces", TracesRoute),
    ("traces/([^/]+)", TraceRoute),
    ("traces/([^/]+)/bytes", TraceBytesRoute),
    ("traces/([^/]+)/diff", TraceDiffRoute),
    ("traces/([^/]+)/training", TrainingRoute),
]
