"""Learning and applying byte-pair merges: plain Python beside rustbpe and tiktoken.

CPU time on one thread, alternating rounds in one process, medians. The text is half stories of our
own, half prose and code from CPython. Bar: the didactic trainer learns from 0.3 MB a second.
"""

from __future__ import annotations

import os
import sys

os.environ["RAYON_NUM_THREADS"] = "1"  # rustbpe's threads, before it is loaded

import argparse as some_code
import inspect
import statistics
import time
from collections.abc import Callable
from pydoc_data import topics

from nanochat import stories
from nanochat.bpe import learn_merges
from nanochat.tokenizer import SMALLEST_VOCAB, Tokenizer

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 5
VOCAB = 4096


def seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def race(runners: dict[str, Callable[[], object]]) -> dict[str, list[float]]:
    """CPU seconds of each, round by round, so that a slow minute slows all of them."""
    times: dict[str, list[float]] = {name: [] for name in runners}
    for _ in range(ROUNDS):
        for name, work in runners.items():
            times[name].append(seconds(work))
    return times


def show(times: dict[str, list[float]], megabytes: float, peer: str) -> None:
    for name, measured in times.items():
        ratio = statistics.median(p / m for p, m in zip(times[peer], measured, strict=True))
        speed = megabytes / statistics.median(measured)
        print(f"  {name:28} {speed:7.2f} MB/s   {ratio:6.3f} × {peer}")


prose = [*topics.topics.values(), *inspect.getsource(some_code).split("\n\n")]
half = sum(map(len, prose))
own: list[str] = []
while sum(map(len, own)) < half:
    own += stories.documents(500, seed=len(own))
texts = prose + own
megabytes = sum(len(text.encode()) for text in texts) / 1e6
print(f"{megabytes:.2f} MB, vocabulary {VOCAB}, {ROUNDS} rounds, one thread")

print("learning")
trained = race(
    {
        "rustbpe": lambda: Tokenizer.train(texts, VOCAB),
        "didactic, plain Python": lambda: learn_merges(texts, VOCAB - SMALLEST_VOCAB),
    }
)
show(trained, megabytes, "rustbpe")

tokenizer = Tokenizer.train(texts, VOCAB)
assert tokenizer.merges == learn_merges(texts, VOCAB - SMALLEST_VOCAB), "the merges differ"
tokenizer.encode("")  # makes the encoder
print("encoding, one text after the other")
encoded = race(
    {
        "tiktoken": lambda: tokenizer.encode_batch(texts),
        "didactic, plain Python": lambda: [tokenizer.encode_slowly(text) for text in texts],
    }
)
show(encoded, megabytes, "tiktoken")

ids = tokenizer.encode_batch(texts)
assert ids == [tokenizer.encode_slowly(text) for text in texts], "the ids differ"
tokens = sum(map(len, ids))
print(f"  the same merges and the same ids; {1e6 * megabytes / tokens:.2f} bytes a token")
speed = megabytes / statistics.median(trained["didactic, plain Python"])
print(f"bar 0.3 MB/s for the didactic trainer: {'held' if speed >= 0.3 else 'MISSED'}")
