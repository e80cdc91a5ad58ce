"""The wire side of the fake server: writes HTTP and OpenAI's chunks, reads what a prompt offers."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Sequence
from typing import Any

PACE = 0.02
"""Seconds between two pieces where nothing else is said: as fast as a quick model."""

GIVEN = re.compile(r'"id": "([^"\n]{1,300})"')
"""An id in the head of a block of data: the ids that a model is told it may cite."""
NAMED = re.compile(r"\[\[([^\[\]\n]{1,300})\]\]")
"""Where there are no such blocks: an id as a citation."""


class Answering:
    """One answer under way: writes HTTP and, once a stream is open, OpenAI's chunks."""

    def __init__(self, writer: Any, body: dict[str, Any]) -> None:
        self._writer = writer
        self._streaming = False
        self._words = 0
        self.body = body
        self.model = str(body.get("model", ""))
        self.authorization = ""

    @property
    def messages(self) -> list[dict[str, Any]]:
        return list(self.body.get("messages", []))

    @property
    def tools(self) -> list[str]:
        return [tool["function"]["name"] for tool in self.body.get("tools", ())]

    @property
    def tool_results(self) -> list[str]:
        """What the tools have said since the learner's last message."""
        said: list[str] = []
        for message in self.messages:
            if message.get("role") == "user":
                said = []
            elif message.get("role") == "tool":
                said.append(str(message.get("content", "")))
        return said

    def text(self) -> str:
        return "\n".join(str(message.get("content") or "") for message in self.messages)

    def ids(self, text: str | None = None) -> list[str]:
        """The ids that stand in the prompt (not in its rules), in order, each once."""
        if text is None:
            said = [m for m in self.messages if m.get("role") != "system"]
            text = "\n".join(str(message.get("content") or "") for message in said)
        return list(dict.fromkeys(GIVEN.findall(text) or NAMED.findall(text)))

    async def json(self, status: int, value: Any, **headers: str) -> None:
        await self._whole(status, "application/json", json.dumps(value).encode(), headers)

    async def refuse(self, status: int, message: str, **headers: str) -> None:
        """An error as OpenRouter words it; ``retry_after`` becomes the header."""
        await self.json(status, {"error": {"code": status, "message": message}}, **headers)

    async def page(self, html: str) -> None:
        await self._whole(200, "text/html", html.encode(), {})

    async def redirect(self, status: int, to: str) -> None:
        await self._whole(status, "text/plain", b"", {"location": to})

    async def _whole(self, status: int, kind: str, body: bytes, headers: dict[str, str]) -> None:
        more = "".join(f"{k.replace('_', '-')}: {v}\r\n" for k, v in headers.items())
        self._writer.write(
            f"HTTP/1.1 {status} Status\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
            f"{more}Connection: close\r\n\r\n".encode("latin-1")
            + body
        )
        await self._writer.drain()

    async def raw(self, text: str) -> None:
        """Bytes of the event stream as they are; opens it first."""
        if not self._streaming:
            self._streaming = True
            self._writer.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
            )
        data = text.encode()
        self._writer.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        await self._writer.drain()

    async def chunk(self, delta: dict[str, Any], reason: str | None = None, **more: Any) -> None:
        value = {
            "id": "fake-1",
            "object": "chat.completion.chunk",
            "created": int(time.time()),
            "model": self.model,
            "choices": [{"index": 0, "delta": delta, "finish_reason": reason}],
        }
        await self.raw(f"data: {json.dumps(value | more)}\n\n")

    async def say(self, text: str, pace: float | None = None) -> None:
        """Word by word; an id may well be torn apart on the way, as real models do."""
        for piece in re.findall(r"\S{1,12}\s*|\s+", text):
            self._words += 1
            await self.chunk({"content": piece})
            await asyncio.sleep(PACE if pace is None else pace)

    async def end(self, reason: str = "stop") -> None:
        """The last chunk, usage, ``[DONE]``, the end of the body."""
        await self.chunk({}, reason)
        prompt = len(self.text()) // 4
        usage = {"prompt_tokens": prompt, "completion_tokens": self._words}
        usage["total_tokens"] = prompt + self._words
        price: dict[str, Any] = {"cost": 0.0 if self.model.endswith(":free") else 0.0001}
        await self.chunk({}, choices=[], usage=usage | price)
        await self.raw("data: [DONE]\n\n")
        await self.close()

    async def close(self) -> None:
        """The body ends as HTTP wants it."""
        self._writer.write(b"0\r\n\r\n")
        await self._writer.drain()

    def cut(self) -> None:
        """The connection breaks: no end of the body."""
        self._writer.transport.abort()

    async def call(self, name: str, pieces: Sequence[str], call_id: str = "call_1") -> None:
        """A call of a tool, its arguments in pieces."""
        start = {"index": 0, "id": call_id, "type": "function"}
        first = start | {"function": {"name": name, "arguments": ""}}
        await self.chunk({"role": "assistant", "content": None, "tool_calls": [first]})
        for piece in pieces:
            await self.chunk({"tool_calls": [{"index": 0, "function": {"arguments": piece}}]})
        await self.end("tool_calls")
