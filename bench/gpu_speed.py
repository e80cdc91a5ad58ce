"""Training on a GPU: the share of its peak that is used (MFU), beside its own matrix products and
beside another library. Without a CUDA GPU this bench says so and ends.

Depth 12, width 768, 12 heads, T 1024, V 32,768, 32 rows a step, products in bfloat16, weights in
float32. Whole steps by the clock (forward, backward, optimiser), the median of N after 5 that warm
up. The work of a token is counted as in ``nanochat/counting.py``; the peak is what the maker states
(``nanochat/training.py``), the products are 8192³ in bfloat16, as fast as this GPU really
multiplies. The peer is GPT-2 of the same sizes in transformers, under autocast, with fused AdamW.
No bar: figures are reported.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

import torch
from torch.nn import functional as F  # noqa: N812 (the field's name for it)

from nanochat.compiling import compile_model
from nanochat.gpt import GPT, GPTConfig
from nanochat.training import peak_flops

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 15
B, T, V, C, L, H = 32, 1024, 32_768, 768, 12, 12
CONFIG = GPTConfig(sequence_len=T, vocab_size=V, n_layer=L, n_head=H, n_kv_head=H, n_embd=C)
if not torch.cuda.is_available():
    print("There is no CUDA GPU here: nothing was measured.")
    sys.exit()
GPU = torch.device("cuda")
torch.manual_seed(0)
rows = torch.randint(V, (B, T + 1), device=GPU)
inputs, targets = rows[:, :-1].contiguous(), rows[:, 1:].contiguous()


def seconds(work: Callable[[], object]) -> float:
    """The median of ROUNDS, by the clock, the GPU's own work awaited."""
    took = []
    for turn in range(ROUNDS + 5):
        torch.cuda.synchronize()
        began = time.perf_counter()
        work()
        torch.cuda.synchronize()
        if turn >= 5:
            took.append(time.perf_counter() - began)
    return statistics.median(took)


def ours(compiled: bool = False, **settings: object) -> Callable[[], None]:
    model = GPT(CONFIG)
    model.init_weights()
    model.to(GPU)
    model.work_dtype = torch.bfloat16
    if compiled:
        compile_model(model)
    optimizer = model.setup_optimizer(**settings)

    def work() -> None:
        model(inputs, targets).backward()
        optimizer.step()
        optimizer.zero_grad()

    return work


def theirs() -> Callable[[], None]:
    from transformers import GPT2Config, GPT2LMHeadModel

    sizes = GPT2Config(
        vocab_size=V, n_positions=T, n_embd=C, n_layer=L, n_head=H,
        resid_pdrop=0.0, embd_pdrop=0.0, attn_pdrop=0.0, attn_implementation="sdpa",
        bos_token_id=0, eos_token_id=0,
    )  # fmt: skip
    model = GPT2LMHeadModel(sizes).to(GPU)
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, fused=True)

    def work() -> None:
        with torch.autocast("cuda", torch.bfloat16):
            logits = model(inputs).logits
        F.cross_entropy(logits.view(-1, V).float(), targets.view(-1)).backward()
        optimizer.step()
        optimizer.zero_grad()

    return work


square = torch.randn(8192, 8192, device=GPU, dtype=torch.bfloat16)
rate = 2 * 8192**3 / seconds(lambda: square @ square)

flops = GPT(CONFIG).flops_per_token() * B * T
peak = peak_flops(GPU)
print(f"{torch.cuda.get_device_name()}, torch {torch.__version__}; median of {ROUNDS} steps")
print(f"products 8192³ in bfloat16: {rate / 1e12:.0f} TFLOP/s" + (
    f", {rate / peak:.0%} of the peak of {peak / 1e12:.0f}" if peak else ""))  # fmt: skip
contestants: dict[str, Callable[[], Callable[[], None]]] = {
    "Muon": ours,
    "AdamW": lambda: ours(matrices="adamw"),
    "Muon, compiled": lambda: ours(compiled=True),
    "HF GPT-2, AdamW": theirs,
}
measured: dict[str, float] = {}
for name, make in contestants.items():
    try:
        measured[name] = seconds(make())
    except (ImportError, ValueError, RuntimeError) as error:
        print(f"{name} could not be measured: {str(error)[:200]}")
    torch.cuda.empty_cache()
for name, took in measured.items():
    share = f"MFU {flops / took / peak:.1%}, " if peak else ""
    print(
        f"{name:16} {took * 1e3:6.1f} ms a step  {B * T / took:9,.0f} tokens/s  "
        f"{share}{flops / took / rate:.2f} of the products"
    )
if "HF GPT-2, AdamW" in measured:
    for name in set(measured) - {"HF GPT-2, AdamW"}:
        print(f"{name} / HF GPT-2: {measured['HF GPT-2, AdamW'] / measured[name]:.2f}")
