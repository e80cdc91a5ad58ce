"""A server that speaks OpenAI's chat protocol as scripted: for tests, and for trying the panel
without a provider. ``python -m nanochat_learn.adapters.fake_openai --port N``

The name of the model decides what happens (``fake_scripts``): ``stream``, ``cites``, ``cut``,
``429`` … A prefix (``fake/``) and a suffix (``:free``) do not matter. ``GET /v1/models`` lists
them all; ``GET /captured`` tells every request that came, ``DELETE /captured`` forgets them.
Not a language model, and not safe to offer to a network: it listens on this machine only.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import contextlib
import hashlib
import json
import time
from dataclasses import asdict, dataclass, field
from typing import Any, Self
from urllib.parse import parse_qs, urlencode, urlsplit

from nanochat_learn.adapters.fake_answering import Answering
from nanochat_learn.adapters.fake_scripts import FREE, SCRIPTS, script_of

LONGEST = 64_000_000
"""Bytes of a request's body: more is a mistake of the one who asks."""

CODE, SIGNED_IN_KEY = "fake-code", "sk-fake-signed-in"


@dataclass
class Captured:
    """One request as it came. ``closed_early``: the client hung up before the answer was over."""

    method: str
    path: str
    headers: dict[str, str]
    body: Any
    at: float = field(default_factory=time.time)
    closed_early: bool = False
    over: bool = False


class FakeOpenAI:
    """``async with FakeOpenAI() as fake: … fake.base_url …``; captures in ``fake.captured``."""

    def __init__(self, port: int = 0) -> None:
        self._port = port
        self._server: asyncio.Server | None = None
        self._challenge = ""
        self._at_work: set[asyncio.Task[None]] = set()
        self.captured: list[Captured] = []

    @property
    def origin(self) -> str:
        assert self._server is not None, "start it first"
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    @property
    def base_url(self) -> str:
        return f"{self.origin}/v1"

    @property
    def asked(self) -> list[Captured]:
        """The requests for an answer, without those for the list of models."""
        return [one for one in self.captured if one.path.endswith("/chat/completions")]

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", self._port)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._at_work:
            task.cancel()
        await asyncio.gather(*self._at_work, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._at_work.add(task)
        try:
            await self._serve(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client is gone, or we are being closed
        finally:
            self._at_work.discard(task)
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request for each connection: hanging up then means exactly one thing."""
        request = await _read(reader)
        if urlsplit(request.path).path == "/captured":
            await self._tell(request, Answering(writer, {}))
            return
        self.captured.append(request)
        answering = Answering(writer, request.body if isinstance(request.body, dict) else {})
        work = asyncio.ensure_future(self._answer(request, answering))
        gone = asyncio.ensure_future(reader.read(1))
        try:
            await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
            request.closed_early = not work.done() or isinstance(work.exception(), ConnectionError)
        finally:
            request.over = True
            for task in (work, gone):
                task.cancel()
        with contextlib.suppress(asyncio.CancelledError, ConnectionError):
            await work

    async def _answer(self, request: Captured, answering: Answering) -> None:
        parts = urlsplit(request.path)
        match request.method, parts.path.rstrip("/").rpartition("/v1")[2] or parts.path:
            case "POST", "/chat/completions":
                answering.authorization = request.headers.get("authorization", "")
                script = script_of(answering)
                if script is None:
                    await answering.refuse(400, f"{answering.model} is not a valid model ID")
                else:
                    await script(answering)
            case "GET", "/models":
                await answering.json(200, {"data": [_listed(name) for name in SCRIPTS]})
            case "GET", "/auth":
                await self._signed_in(parse_qs(parts.query), answering)
            case "POST", "/auth/keys":
                await self._exchange(request.body, answering)
            case _:
                await answering.refuse(404, "Not Found")

    async def _signed_in(self, query: dict[str, list[str]], answering: Answering) -> None:
        """OpenRouter's page where a person agrees; here everybody agrees at once."""
        self._challenge = query["code_challenge"][0]
        back = query["callback_url"][0]
        joint = "&" if "?" in back else "?"
        await answering.redirect(302, f"{back}{joint}{urlencode({'code': CODE})}")

    async def _exchange(self, body: Any, answering: Answering) -> None:
        digest = hashlib.sha256(str(body.get("code_verifier")).encode()).digest()
        given = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if body.get("code") == CODE and given == self._challenge:
            self._challenge = ""
            await answering.json(200, {"key": SIGNED_IN_KEY, "user_id": None})
        else:
            await answering.refuse(403, "Invalid code or code_verifier")

    async def _tell(self, request: Captured, answering: Answering) -> None:
        if request.method == "DELETE":
            self.captured.clear()
        await answering.json(200, {"captured": [asdict(one) for one in self.captured]})


async def _read(reader: asyncio.StreamReader) -> Captured:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.split("\r\n")
    method, path, _ = first.split(" ", 2)
    pairs = [line.split(":", 1) for line in lines if ":" in line]
    headers = {name.lower(): value.strip() for name, value in pairs}
    size = min(int(headers.get("content-length", "0")), LONGEST)
    raw = await reader.readexactly(size)
    try:
        body = json.loads(raw) if raw else None
    except ValueError:
        body = raw.decode("utf-8", "replace")
    return Captured(method, path, headers, body)


def _listed(name: str) -> dict[str, Any]:
    """As OpenRouter lists a model: prices are dollars for one token, in text."""
    free = name in FREE
    price = "0" if free else "0.0000005"
    return {
        "id": f"fake/{name}{':free' if free else ''}",
        "name": f"Fake: {name}{' (free)' if free else ''}",
        "context_length": 32_768,
        "supported_parameters": ["max_tokens", *([] if name == "no-tools" else ["tools"])],
        "pricing": {"prompt": price, "completion": price},
    }


async def _forever(port: int) -> None:
    async with FakeOpenAI(port) as fake:
        print(f"listening on {fake.base_url}", flush=True)  # noqa: T201 - a command line prints
        await asyncio.Event().wait()


def main() -> None:
    parser = argparse.ArgumentParser(description="A scripted server in OpenAI's chat protocol.")
    parser.add_argument("--port", type=int, default=0, help="0: any free port, printed")
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_forever(parser.parse_args().port))


if __name__ == "__main__":
    main()
