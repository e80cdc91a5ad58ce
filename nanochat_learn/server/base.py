"""What every route shares: who may ask, JSON in and out, which workspace, errors as sentences.

No verb and no route lives here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from jupyter_server.base.handlers import APIHandler
from tornado.web import HTTPError

from nanochat_learn.errors import BadInput, LearnError, NoWorkspace
from nanochat_learn.server.heap import settle
from nanochat_learn.server.inside import inside, prefix_of

if TYPE_CHECKING:
    from pydantic import BaseModel

    from nanochat_learn.keys import ServerConfig
    from nanochat_learn.places import Workspace
    from nanochat_learn.schema.wire import WorkspaceInfo
    from nanochat_learn.server.runs import Runs

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound="BaseModel")


class LearnHandler(APIHandler):
    """Base of all routes. Subclasses decode, call one verb off the event loop, encode."""

    auth_resource = "contents"
    """Who may read and write files may use us: Jupyter's authorizer decides by this name."""

    async def verb(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a verb in a thread: indexing and reading files must not hold the event loop."""
        settle()
        return await asyncio.to_thread(function, *args, **kwargs)

    @property
    def jupyter_root(self) -> Path:
        return Path(self.settings["server_root_dir"]).expanduser().resolve()

    @property
    def runs(self) -> Runs:
        return cast("Runs", self.settings["nanochat_learn_runs"])

    @property
    def server_config(self) -> ServerConfig:
        return cast("ServerConfig", self.settings["nanochat_learn_config"])

    def inside_root(self, wire: str) -> Path:
        return inside(self.jupyter_root, wire)

    def find_workspace(self) -> Workspace | None:
        """The workspace of the document named by ``?document=`` (default: Jupyter's root)."""
        from nanochat_learn.places import find_workspace

        # documents on other drives of JupyterLab ("RTC:notes.ipynb") are named with a prefix
        document = self.get_query_argument("document", "").rpartition(":")[2]
        return find_workspace(self.inside_root(document), ceiling=self.jupyter_root)

    async def workspace(self) -> Workspace:
        found = await self.verb(self.find_workspace)
        if found is None:
            raise NoWorkspace(
                "This folder is not a nanochat-learn workspace.",
                "Prepare a workspace here, or index this folder.",
            )
        return found

    def about(self, workspace: Workspace) -> WorkspaceInfo:
        from nanochat_learn.schema.wire import WorkspaceInfo

        return WorkspaceInfo(
            prefix=prefix_of(workspace, self.jupyter_root),
            name=workspace.name,
            writable=workspace.writable,
        )

    async def answer_tutor_state(self) -> None:
        """Whom the tutor asks now: what every route that changes it answers."""
        from nanochat_learn import workspace as verbs

        workspace = await self.verb(self.find_workspace)
        self.answer(
            await self.verb(
                verbs.tutor_state, workspace, self.server_config, ceiling=self.jupyter_root
            )
        )

    def body(self, model: type[M]) -> M:
        """The request's JSON as a model, or ``BadInput`` that names the first wrong field."""
        from pydantic import ValidationError

        try:
            return model.model_validate_json(self.request.body or b"{}")
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(map(str, first["loc"])) or "the body"
            raise BadInput(
                f"The request cannot be used: {place}: {first['msg']}.",
                "Reload the page; if it happens again, the two halves have different versions.",
            ) from error

    def answer(self, value: BaseModel) -> None:
        self.finish(value.model_dump_json())

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """The one place where an error becomes an answer. No traceback leaves the server."""
        from nanochat_learn.schema.wire import Failure

        error = kwargs.get("exc_info", (None, None, None))[1]
        failure = failure_of(error)
        if isinstance(error, LearnError):
            self.set_status(error.status, error.code)
        self.finish(Failure(**failure).model_dump_json())

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        if isinstance(value, LearnError):
            self.log.info("nanochat-learn: %s", value)  # expected: no traceback in the log
        else:
            super().log_exception(typ, value, tb)


def failure_of(error: BaseException | None) -> dict[str, str]:
    """code, sentence and hint of any error, ours or not."""
    if isinstance(error, LearnError):
        return {"code": error.code, "sentence": error.sentence, "hint": error.hint}
    if isinstance(error, HTTPError):
        sentence = error.log_message or error.reason or "The request was refused"
        return {
            "code": f"http_{error.status_code}",
            "sentence": sentence,
            "hint": "Reload the page.",
        }
    return {
        "code": "error",
        "sentence": "Something went wrong in the server.",
        "hint": "Its log has the details. Try again; if it stays, run `nanochat-learn doctor`.",
    }
