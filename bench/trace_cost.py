"""What it costs to look inside: a forward pass that is recorded against the same one that is not.

nanochat, depth 4, width 256, T 256, V 4096, float32, one thread, CPU time; all ways take turns, the
smallest of N counts. Bars: off (a model that was recorded before, against one that never was) 1.01,
the default points 1.15, with attention patterns 1.30, shapes on the line 3. Writing the folder is
part of the time. And the size: chunks of a megabyte or more hold at most 1.05 times the bytes of
their tensors, while reading and while writing with the cache.

The peers are in ``trace_peers.py``.
"""

from __future__ import annotations

import copy
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = "1"

import torch

from nanochat.cache import KVCache
from nanochat.gpt import GPT, GPTConfig
from nanochat_learn.kernel.trace import TraceContext
from nanochat_learn.traces import TraceReader
from nanochat_learn.traces.chunks import SIZES

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 15
CONFIG = GPTConfig(sequence_len=256, vocab_size=4096, n_layer=4, n_head=4, n_kv_head=4, n_embd=256)
BARS = {"off": 1.01, "default": 1.15, "with patterns": 1.30, "lines": 3.0}
torch.set_num_threads(1)
torch.manual_seed(0)
model = GPT(CONFIG)
for weight in model.parameters():
    torch.nn.init.normal_(weight, std=0.05)
ids = torch.randint(0, 4096, (1, 256))
place = Path(tempfile.mkdtemp())


untouched = copy.deepcopy(model)  # nobody ever looks into this one


def timed(which: GPT) -> Callable[[], float]:
    def run() -> float:
        began = time.process_time()
        which(ids)
        return time.process_time() - began

    return run


def recorded(**settings: object) -> Callable[[], float]:
    """CPU seconds of one forward pass in the middle of a trace, folder and all."""

    def run() -> float:
        with TraceContext(model, folder=place, budget="10GB", **settings) as trace:
            model(ids)  # the first step also looks for source lines
            began = time.process_time()
            model(ids)
            took = time.process_time() - began
        shutil.rmtree(trace.folder)
        return took

    return run


ways: dict[str, Callable[[], float]] = {
    "plain": timed(untouched),
    "off": timed(model),
    "default": recorded(),
    "with patterns": recorded(names=["default", "pattern"]),
    "all names": recorded(names="*"),
    "lines": recorded(lines=True),
}
best = dict.fromkeys(ways, float("inf"))
with torch.inference_mode():
    for turn in range(ROUNDS + 1):
        for name, way in ways.items():
            took = way()
            if turn:
                best[name] = min(best[name], took)
print(f"depth 4, width 256, T 256, torch {torch.__version__}, smallest of {ROUNDS}")
for name, took in best.items():
    bar = f"  bar {BARS[name]:.2f}" if name in BARS else ""
    print(f"{name:14} {took * 1e3:6.1f} ms  {took / best['plain']:5.3f} of plain{bar}")


def fullness(folder: Path) -> list[float]:
    """Bytes of each chunk of a megabyte or more, over the bytes of the tensors in it."""
    reader = TraceReader(folder)
    tensors: dict[int, int] = {}
    for step in reader.steps:
        for record in step.tensors:
            if record.kept == "values" and step.chunk is not None:
                size = SIZES[record.dtype]
                for side in record.shape:
                    size *= side
                tensors[step.chunk] = tensors.get(step.chunk, 0) + size
    sizes = {n: (folder / f"chunk-{n:06}.safetensors").stat().st_size for n in tensors}
    return [sizes[n] / tensors[n] for n in tensors if sizes[n] >= 1_000_000]


with torch.inference_mode():
    with TraceContext(model, "*", folder=place, budget="10GB") as read:
        model(ids)
    cache = KVCache(model.config, 1, 256)
    with TraceContext(model, "*", folder=place, budget="10GB") as wrote:
        for n in range(200):
            model(ids[:, n : n + 1], kv_cache=cache)
for name, trace in (("reading", read), ("writing", wrote)):
    ratios = fullness(trace.folder)
    print(
        f"chunks while {name}: {len(ratios)} of 1 MB or more, at most {max(ratios):.4f}  bar 1.05"
    )
shutil.rmtree(place)
