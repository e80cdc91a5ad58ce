"""Writing with the KV cache: tokens a second against a floor, and against another library.

The floor is every weight matrix of our model times the vectors of the rows, as ``nn.Linear`` keeps
and multiplies them, and nothing else. "Products" are those products as our model keeps its weights,
column by column, which is faster at eight rows. All read the same 17 MB of weights a step and find
them where the step before left them, in the CPU's large cache or in memory: ours also reads keys
and values, which the floor leaves out. The less there is to wait for memory, the more the small
steps between the products count, so the share of the floor is higher on a busy machine than on a
quiet one. The peer is GPT-2 of the same size in transformers (`generate`, with its cache). One
thread, CPU time; all take turns, and the ratios are medians over the turns. A turn is the time for
65 tokens less the time for 1, so reading the prompt of 64 tokens does not count. Fresh random
weights, temperature 1, top-k 50. Bars: 0.65 of the floor at one row, 0.55 at eight, ahead of the
peer at both. With `--compile`, ours takes part once more, through `torch.compile`; the minutes that
it takes to begin do not count.
"""

from __future__ import annotations

import argparse
import copy
import os
import time
from collections.abc import Callable
from statistics import median

os.environ["OMP_NUM_THREADS"] = "1"

import torch
from torch.nn import functional as F  # noqa: N812

from nanochat.compiling import compile_model
from nanochat.engine import Engine
from nanochat.gpt import GPT, GPTConfig

parser = argparse.ArgumentParser()
parser.add_argument("rounds", nargs="?", type=int, default=7)
parser.add_argument("--compile", action="store_true")
FLAGS = parser.parse_args()
ROUNDS = FLAGS.rounds
PROMPT, WRITTEN = 64, 64
CONFIG = GPTConfig(sequence_len=256, vocab_size=4096, n_layer=4, n_head=4, n_kv_head=4, n_embd=256)


class Endless:
    """Stands in for a tokenizer: as many ids as the model knows, and no row ever ends."""

    def get_vocab_size(self) -> int:
        return CONFIG.vocab_size

    def get_bos_token_id(self) -> int:
        return -1

    def encode_special(self, name: str) -> int:
        return -1


def seconds(of: Callable[[], object]) -> float:
    started = time.process_time()
    of()
    return time.process_time() - started


def per_step(write: Callable[[int], object]) -> float:
    """CPU seconds for one more token in every row."""
    return (seconds(lambda: write(WRITTEN + 1)) - seconds(lambda: write(1))) / WRITTEN


def products_of(model: GPT, rows: int, as_kept: bool) -> Callable[[int], object]:
    matrices = [p for name, p in model.named_parameters() if not name.startswith("wte")]
    if not as_kept:
        matrices = [matrix.detach().contiguous() for matrix in matrices]  # row by row
    vectors = {width: torch.randn(rows, width) for width in {m.size(1) for m in matrices}}

    @torch.inference_mode()
    def multiply(steps: int) -> None:
        for _ in range(steps):
            for matrix in matrices:
                F.linear(vectors[matrix.size(1)], matrix)

    return multiply


def ours_of(model: GPT, rows: int) -> Callable[[int], object]:
    engine = Engine(model, Endless())  # type: ignore[arg-type]
    prompt = list(range(PROMPT))

    def write(tokens: int) -> None:
        for _ in engine.generate(prompt, rows, tokens, temperature=1.0, top_k=50):
            pass

    return write


def peer_of(rows: int) -> Callable[[int], object]:
    from transformers import GPT2Config, GPT2LMHeadModel

    size = {"n_positions": 256, "n_embd": 256, "n_layer": 4, "n_head": 4}
    ends = {"bos_token_id": None, "eos_token_id": None, "pad_token_id": 0}
    model = GPT2LMHeadModel(GPT2Config(vocab_size=4096, **size, **ends)).eval()
    prompt = torch.arange(PROMPT).expand(rows, -1)
    seen = torch.ones_like(prompt)

    def write(tokens: int) -> None:
        model.generate(prompt, attention_mask=seen, max_new_tokens=tokens, do_sample=True, top_k=50)

    return write


torch.set_num_threads(1)
torch.manual_seed(0)
model = GPT(CONFIG)
compiled = copy.deepcopy(model)
if FLAGS.compile:
    compile_model(compiled)
print(f"depth 4, width 256, V 4096, float32, torch {torch.__version__}, {ROUNDS} turns")
for rows in (1, 8):
    turns: dict[str, list[float]] = {}
    runners = {
        "floor": products_of(model, rows, as_kept=False),
        "products": products_of(model, rows, as_kept=True),
        "ours": ours_of(model, rows),
        "HF GPT-2": peer_of(rows),
    }
    if FLAGS.compile:
        runners["compiled"] = ours_of(compiled, rows)
    for turn in range(ROUNDS + 1):  # the first one warms up
        for name, write in runners.items():
            took = per_step(write)
            if turn:
                turns.setdefault(name, []).append(took)
    for name, took in turns.items():
        print(f"rows {rows}  {name:9} {rows / median(took):7.0f} tokens a CPU second")
    for name in ("ours", "compiled") if FLAGS.compile else ("ours",):
        of = {
            peer: median(p / o for p, o in zip(turns[peer], turns[name], strict=True))
            for peer in ("floor", "HF GPT-2")
        }
        print(
            f"rows {rows}  {name}: {of['floor']:.2f} of the floor, {of['HF GPT-2']:.2f} × HF GPT-2"
        )
