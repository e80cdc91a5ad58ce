"""Routes of the key: kept, forgotten, got by OpenRouter's sign-in. None of them ever sends one."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from jupyter_server.auth.decorator import authorized
from jupyter_server.utils import url_path_join
from tornado.web import authenticated

from nanochat_learn.server.base import LearnHandler, failure_of

if TYPE_CHECKING:
    from nanochat_learn.workspace.signing_in import SignIns

CALLBACK = "nanochat-learn/api/signin/callback"
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width">
<style>body {{ font: 18px/1.5 system-ui, sans-serif; max-width: 34em; margin: 15vh auto;
padding: 0 1em; color-scheme: light dark; }}</style></head>
<body><h1>{title}</h1><p>{sentence}</p><p>{hint}</p></body></html>
"""


class KeyRoute(LearnHandler):
    @authenticated
    @authorized
    async def post(self) -> None:
        from nanochat_learn import workspace as verbs
        from nanochat_learn.schema.tutor import KeyRequest

        await self.verb(verbs.keep_key, self.body(KeyRequest).key, self.server_config)
        await self.answer_tutor_state()

    @authenticated
    @authorized
    async def delete(self) -> None:
        from nanochat_learn import workspace as verbs

        await self.verb(verbs.forget_key, self.server_config)
        await self.answer_tutor_state()


class _SignInHandler(LearnHandler):
    @property
    def sign_ins(self) -> SignIns:
        from nanochat_learn.workspace.signing_in import SignIns

        return cast("SignIns", self.settings.setdefault("nanochat_learn_sign_ins", SignIns()))


class SignInRoute(_SignInHandler):
    @authenticated
    @authorized
    async def post(self) -> None:
        callback = url_path_join(self._origin(), self.settings["base_url"], CALLBACK)
        self.answer(await self.verb(self.sign_ins.begin, callback, self.server_config))

    def _origin(self) -> str:
        """Where the browser sees us. Behind a hub's TLS only the browser knows that it is https."""
        ours = f"{self.request.protocol}://{self.request.host}"
        origin = self.request.headers.get("Origin", "")
        parts = urlsplit(origin)
        same = parts.netloc == self.request.host and parts.scheme in ("http", "https")
        return f"{parts.scheme}://{parts.netloc}" if same else ours


class CallbackRoute(_SignInHandler):
    """Where OpenRouter sends the browser back to: a page for a person, not JSON."""

    @authenticated
    @authorized
    async def get(self, state: str) -> None:
        await self.sign_ins.finish(state, self.get_query_argument("code", ""))
        self._show(
            "You are signed in",
            "JupyterLab can now ask models at OpenRouter for you.",
            "Close this tab, go back to JupyterLab and ask your question.",
        )

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        error = kwargs.get("exc_info", (None, None, None))[1]
        failure = failure_of(error)
        self.set_status(getattr(error, "status", status_code))
        self._show("You are not signed in", failure["sentence"], failure["hint"])

    def _show(self, title: str, sentence: str, hint: str) -> None:
        self.set_header("Cache-Control", "no-store")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("X-Content-Type-Options", "nosniff")
        page = PAGE.format(
            title=html.escape(title), sentence=html.escape(sentence), hint=html.escape(hint)
        )
        self.finish(page, set_content_type="text/html; charset=utf-8")


ROUTES: list[tuple[str, type[LearnHandler]]] = [
    ("key", KeyRoute),
    ("signin", SignInRoute),
    ("signin/callback/([A-Za-z0-9_-]+)", CallbackRoute),
]
