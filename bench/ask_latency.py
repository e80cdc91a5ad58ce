"""How long a word of the model takes through our server, what the server weighs, how long its
event loop stands still. Fake provider, Jupyter server and client are three processes.

Bars: a piece is forwarded within 30 ms; 250 MB without a loaded model; no stall above 50 ms.
The floor in the same run is the same stream read from the provider without us.
"""

from __future__ import annotations

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TOKEN, QUESTIONS = "bench", 5

SERVER = """
import asyncio, json, sys, time
from jupyter_server.serverapp import ServerApp

app = ServerApp.instance()
app.initialize(sys.argv[2:])

async def watch():
    with open(sys.argv[1], "w", buffering=1) as stalls:
        while True:
            before, worked = time.monotonic(), time.thread_time()
            await asyncio.sleep(0.005)
            late, worked = time.monotonic() - before - 0.005, time.thread_time() - worked
            if late > 0.01:
                print(json.dumps([time.monotonic(), late, worked]), file=stalls)

app.io_loop.add_callback(watch)
app.start()
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], environment: dict[str, str], log: Path) -> Iterator[int]:
    with log.open("w") as writing:
        process = subprocess.Popen(
            command, env=os.environ | environment, stdout=writing, stderr=writing
        )
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(20)


def until_answered(url: str, log: Path) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    sys.exit(log.read_text()[-3_000:])


def megabytes(pid: int) -> float:
    """Resident memory of one process."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return float("nan")


def delays(url: str, body: dict[str, object], text_of: str) -> list[float]:
    """Milliseconds from the moment a piece was sent, which is what the piece says, to now."""
    request = urllib.request.Request(
        url,
        json.dumps(body).encode(),
        {"Content-Type": "application/json", "Authorization": f"token {TOKEN}"},
    )
    found: list[float] = []
    with urllib.request.urlopen(request, timeout=60) as response:
        held = ""
        for line in response:
            now = time.monotonic_ns()
            if not line.startswith(b"data: {"):
                continue
            held += text(json.loads(line[6:]), text_of)
            *whole, held = held.split(" ")
            found += [(now - int(one)) / 1e6 for one in whole if one.strip().isdecimal()]
    return found


def text(event: dict, text_of: str) -> str:
    if text_of == "ours":
        return event["text"] if event["type"] == "delta" else ""
    choices = event["choices"]
    return choices[0]["delta"].get("content") or "" if choices else ""


def main() -> None:
    from nanochat_learn import workspace as verbs
    from nanochat_learn.places import open_workspace
    from nanochat_learn.shipping import prepare

    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        root = home / "root"
        prepare(root, lessons=True)
        verbs.index(open_workspace(root))
        fake_port, port = free_port(), free_port()
        base_url = f"http://127.0.0.1:{fake_port}/v1"
        environment = {
            "HOME": str(home),
            "JUPYTER_DATA_DIR": str(home / "data"),
            "JUPYTER_CONFIG_DIR": str(home / "config"),
            "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
            "NANOCHAT_LEARN_BASE_URL": base_url,
            "NANOCHAT_LEARN_EMBEDDER": "words",
        }
        fake = [sys.executable, "-m", "nanochat_learn.adapters.fake_openai"]
        stalls = home / "stalls"
        options = [
            f"--ServerApp.root_dir={root}",
            f"--ServerApp.port={port}",
            "--ServerApp.open_browser=False",
            f"--IdentityProvider.token={TOKEN}",
            "--ServerApp.jpserver_extensions={'nanochat_learn': True}",
            "--allow-root",
        ]
        server = [sys.executable, "-c", SERVER, str(stalls), *options]
        api = f"http://127.0.0.1:{port}/nanochat-learn/api"
        with (
            running([*fake, "--port", str(fake_port)], {}, home / "fake.log"),
            running(server, environment, home / "server.log") as pid,
        ):
            until_answered(f"{base_url}/models", home / "fake.log")
            until_answered(f"{api}/status?token={TOKEN}", home / "server.log")
            before = megabytes(pid)
            message = {"role": "user", "content": "q"}
            asking = {"question": "Where does it remember earlier words?", "model": "clock"}
            started = time.monotonic()
            first = delays(f"{api}/ask", asking, "ours")
            cold = time.monotonic() - started
            ours, direct = [], []
            began = time.monotonic()
            for _ in range(QUESTIONS):
                ours += delays(f"{api}/ask", asking, "ours")
                plain = {"model": "clock", "messages": [message], "stream": True}
                direct += delays(f"{base_url}/chat/completions", plain, "theirs")
            after = megabytes(pid)
            late = [json.loads(line) for line in stalls.read_text().splitlines()]
    floor, middle = statistics.median(direct), statistics.median(ours)
    nineties = statistics.quantiles(ours, n=10)[-1]
    print(f"a piece, without us         p50 {floor:6.2f} ms   ({len(direct)} pieces)")
    print(
        f"a piece, through the server p50 {middle:6.2f} ms   p90 {nineties:.2f}   "
        f"worst {max(ours):.2f}   (bar 30)   above the floor {middle - floor:.2f} ms"
    )
    print(f"first piece of a cold server    {first[0]:6.2f} ms   (the whole stream {cold:.2f} s)")
    print(
        f"memory of the server        {before:.0f} MB idle, {after:.0f} MB after asking   (bar 250)"
    )
    for when, since, until in (("first question", started, began), ("later", began, 1e99)):
        there = [(wall, own) for at, wall, own in late if since < at <= until] or [(0.0, 0.0)]
        wall, own = (1e3 * max(column) for column in zip(*there, strict=True))
        print(
            f"longest stall, {when:14} {wall:5.0f} ms by the clock, {own:.0f} ms of the loop's own "
            "work   (bar 50 on a quiet machine)"
        )


if __name__ == "__main__":
    main()
