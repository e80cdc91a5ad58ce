"""Words and vectors of nanochat and its notes, with the packaged model (all-MiniLM-L6-v2).

A process like the server's does everything, its event loop ticks beside. A stall is the processor
time that this process itself used while the loop did not tick: what other programs take from a busy
machine is not counted. Bars: memory without a loaded model 250 MB, stall 50 ms, first answer by
words 1.5 s, one edited function 0.5 s (processor time of server and worker together beside it).
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

EDITS = 5
TICK = 0.002


def megabytes() -> float:
    """Resident memory of this process now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGESIZE") / 1e6


def processor_seconds() -> float:
    """Of this process and of its worker."""
    from nanochat_learn.workspace import stores

    own, worker = time.process_time(), stores.WORKER.pid
    if worker is None:
        return own
    fields = Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()
    return own + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def stall_beside(work: Callable[[], Awaitable[Any]]) -> tuple[Any, float]:
    """What ``work`` returns, and the longest stall of the loop, in ms."""
    longest, over = 0.0, False

    async def tick() -> None:
        nonlocal longest
        while not over:
            before, used = time.perf_counter(), time.process_time()
            await asyncio.sleep(TICK)
            missed = time.perf_counter() - before - TICK
            longest = max(longest, min(missed, time.process_time() - used))

    ticking = asyncio.create_task(tick())
    result = await work()
    over = True
    await ticking
    return result, 1e3 * longest


async def server(root: Path) -> dict[str, float]:
    import jupyter_server.serverapp  # noqa: F401  # the process we live in

    import nanochat_learn.server.routes  # noqa: F401
    from nanochat_learn import workspace as verbs
    from nanochat_learn.places import open_workspace
    from nanochat_learn.server.heap import settle

    settle()  # as the first request does
    workspace = open_workspace(root)
    figures: dict[str, float] = {"memory_import": megabytes()}

    begun = time.perf_counter()
    answer = await asyncio.to_thread(
        lambda: verbs.search(workspace, "where does it remember earlier words?", words=True)
    )
    figures["first_answer"] = time.perf_counter() - begun
    assert answer.results

    _, figures["stall_idle"] = await stall_beside(lambda: asyncio.sleep(3))
    code = root / "nanochat/gpt.py"
    original = code.read_text(encoding="utf-8")

    def edit(number: int) -> None:
        changed = original.replace("def forward(", f"def forward(  # edit {number}\n        ", 1)
        code.write_text(changed + "\n" * number, encoding="utf-8")

    edit(100)
    _, figures["stall_index"] = await stall_beside(
        lambda: asyncio.to_thread(verbs.index, workspace)
    )
    figures["memory_words"] = megabytes()

    seen: list[Any] = []
    begun = time.perf_counter()
    done, figures["stall_embed"] = await stall_beside(
        lambda: asyncio.to_thread(verbs.embed, workspace, on_progress=seen.append)
    )
    first = next(at for at, state in enumerate(seen) if state.phase == "embedding")
    figures["nodes"] = done.total
    figures["embed_all"] = time.perf_counter() - begun
    figures["estimate"] = seen[first].estimate_seconds or 0.0
    figures["memory_embedded"] = megabytes()

    figures["embed_cpu"] = processor_seconds()
    seconds, used = [], []
    for number in range(EDITS):
        edit(number)
        begun, before = time.perf_counter(), processor_seconds()
        await asyncio.to_thread(verbs.index, workspace)
        state = await asyncio.to_thread(verbs.embed, workspace)
        seconds.append(time.perf_counter() - begun)
        used.append(processor_seconds() - before)
        assert state.phase == "ready"
    figures["edit"], figures["edit_cpu"] = statistics.median(seconds), statistics.median(used)
    begun = time.perf_counter()
    for _ in range(10):
        await asyncio.to_thread(verbs.retrieval_state, workspace)
    figures["state"] = (time.perf_counter() - begun) / 10
    return figures


if len(sys.argv) > 1:
    print(json.dumps(asyncio.run(server(Path(sys.argv[1])))))
    sys.exit()

from nanochat_learn import workspace as verbs  # noqa: E402
from nanochat_learn.places import open_workspace  # noqa: E402
from nanochat_learn.shipping import prepare  # noqa: E402

with tempfile.TemporaryDirectory() as folder:
    root = Path(folder) / "course"
    prepare(root, lessons=True)
    verbs.index(open_workspace(root))  # the graph is there when a server starts
    said = subprocess.run(
        [sys.executable, __file__, str(root)],
        stdout=subprocess.PIPE,
        check=True,
        env=os.environ | {"NANOCHAT_LEARN_EMBEDDER": "packaged"},
    ).stdout
    f = json.loads(said.splitlines()[-1])

print(f"load of the machine             {os.getloadavg()[0]:.1f}")
print(f"first answer by words           {f['first_answer']:.2f} s    (bar 1.5)")
print(f"memory after import             {f['memory_import']:.0f} MB")
print(f"memory, words only              {f['memory_words']:.0f} MB   (bar 250)")
print(f"memory, all vectors at hand     {f['memory_embedded']:.0f} MB   (the model is elsewhere)")
print(f"longest stall, nothing to do    {f['stall_idle']:.0f} ms")
print(f"longest stall, indexing         {f['stall_index']:.0f} ms    (bar 50)")
print(f"longest stall, embedding        {f['stall_embed']:.0f} ms    (bar 50)")
print(
    f"all {f['nodes']:.0f} nodes, with loading     {f['embed_all']:.0f} s, "
    f"{f['embed_cpu']:.0f} CPU s; told after the first batch: {f['estimate']:.0f} s"
)
print(f"one function edited, warm       {f['edit']:.2f} s, {f['edit_cpu']:.2f} CPU s  (bar 0.5)")
print(f"retrieval state                 {1e3 * f['state']:.1f} ms")
