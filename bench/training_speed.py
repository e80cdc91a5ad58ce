"""Training at depth 4, width 256, T 256, B 8, V 4096, one thread: CPU time, ratios in one run.

Bars: forward and backward at ≥ 0.70 of the rate at which this machine multiplies matrices; a whole
step ≥ 1.0 × HF GPT-2 of equal size with AdamW on both sides, ≥ 0.85 × it with our Muon. bf16 is
reported apart: not every CPU multiplies it natively. Rounds alternate; medians of per-round ratios.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

import torch

from nanochat.gpt import GPT, GPTConfig
from nanochat.optimizer import Optimizer, fast_dtype

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 7
B, T, V, C, L, H = 8, 256, 4096, 256, 4, 4
torch.set_num_threads(1)
torch.manual_seed(0)
rows = torch.randint(V, (B, T + 1))
inputs, targets = rows[:, :-1].contiguous(), rows[:, 1:].contiguous()


def ours(work: torch.dtype | None = None) -> GPT:
    model = GPT(GPTConfig(sequence_len=T, vocab_size=V, n_layer=L, n_head=H, n_kv_head=H, n_embd=C))
    model.init_weights()
    model.work_dtype = work
    return model


def huggingface() -> torch.nn.Module | None:
    try:
        from transformers import GPT2Config, GPT2LMHeadModel
    except ImportError:
        return None
    sizes = GPT2Config(
        vocab_size=V, n_positions=T, n_embd=C, n_layer=L, n_head=H,
        resid_pdrop=0.0, embd_pdrop=0.0, attn_pdrop=0.0, attn_implementation="sdpa",
        bos_token_id=0, eos_token_id=0,
    )  # fmt: skip
    return GPT2LMHeadModel(sizes)


def spent(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


square = torch.randn(1024, 1024)


def products() -> None:
    for _ in range(4):
        square @ square


def our_pass(model: GPT) -> Callable[[], None]:
    def work() -> None:
        model.zero_grad()
        model(inputs, targets).backward()

    return work


def our_step(model: GPT, optimizer: Optimizer) -> Callable[[], None]:
    def work() -> None:
        model(inputs, targets).backward()
        optimizer.step()
        optimizer.zero_grad()

    return work


def their_step(model: torch.nn.Module) -> Callable[[], None]:
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, fused=True)

    def work() -> None:
        logits = model(inputs).logits.view(-1, V)
        torch.nn.functional.cross_entropy(logits, targets.view(-1)).backward()
        optimizer.step()
        optimizer.zero_grad()

    return work


fast = fast_dtype(torch.device("cpu"))
model, adamw, muon, muon_fast, low = ours(), ours(), ours(), ours(), ours(torch.bfloat16)
peer = huggingface()
contestants = {
    "products": products,
    "forward and backward": our_pass(model),
    "AdamW": our_step(adamw, adamw.setup_optimizer(matrices="adamw")),
    "Muon, fp32": our_step(muon, muon.setup_optimizer()),
}
if fast != torch.float32:
    contestants["Muon, products in bf16"] = our_step(
        muon_fast, muon_fast.setup_optimizer(muon_dtype=fast)
    )
contestants["Muon, all in bf16"] = our_step(low, low.setup_optimizer(muon_dtype=torch.bfloat16))
if peer is not None:
    contestants["HF GPT-2"] = their_step(peer)

seconds: dict[str, list[float]] = {name: [] for name in contestants}
for _ in range(ROUNDS + 1):
    for name, work in contestants.items():
        seconds[name].append(spent(work))
seconds = {name: times[1:] for name, times in seconds.items()}  # the first round warms up


def ratio(of: str, to: str, factor: float = 1.0) -> float:
    pairs = zip(seconds[of], seconds[to], strict=True)
    return statistics.median(factor * b / a for a, b in pairs)


flops = model.flops_per_token() * B * T
rate = 4 * 2 * 1024**3 / statistics.median(seconds["products"])
print(f"products 1024³: {rate / 1e9:.0f} GFLOP/s on one thread; median of {ROUNDS} rounds")
for name, times in seconds.items():
    if name != "products":
        typical = statistics.median(times)
        print(f"{name:26} {typical * 1e3:6.0f} CPU ms  {B * T / typical:7.0f} tokens/s")
share = ratio("forward and backward", "products", flops / (4 * 2 * 1024**3))
print(f"forward and backward / rate of products   {share:.2f}   (bar 0.70)")
if peer is None:
    print("HF GPT-2 is not installed (transformers): no ratios to it")
else:
    for name, bar in (("AdamW", 1.0), ("Muon, fp32", 0.85), ("Muon, products in bf16", 0.85)):
        if name in seconds:
            print(f"{name + ' / HF GPT-2, AdamW':42}{ratio(name, 'HF GPT-2'):.2f}   (bar {bar})")
    print(f"{'all in bf16 / HF GPT-2 in fp32':42}{ratio('Muon, all in bf16', 'HF GPT-2'):.2f}")
