"""What every training shares: one step from several batches, how long to train, what to show.

Not here: where text comes from (``scripts/base_train.py``, ``scripts/chat_sft.py``), and what is
kept (``run_folder.py``).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from typing import TextIO

import torch
from torch import Tensor

from nanochat.counting import count_parameters, flops_per_token
from nanochat.distributed import Ranks
from nanochat.gpt import GPT, GPTConfig
from nanochat.optimizer import Optimizer


# @learn:optimization.gradient_accumulation
# @viz:accumulation_bucket
# @learn:optimization.backprop
def learn(
    model: GPT,
    optimizer: Optimizer,
    batches: Sequence[tuple[Tensor, Tensor]],
    ranks: Ranks,
) -> float | None:
    """One step from all ``batches`` of (inputs, targets), (B, T) each: the loss before it.

    The slopes of several small batches add up to those of one large one, which might not fit into
    memory. Every target counts alike, wherever it stands: −1 counts nowhere. When there is not one
    target in all processes, nothing is learned and the answer is None.
    """
    device = model.wte.weight.device
    counts = [int((targets != -1).sum()) for _, targets in batches]
    (total,) = ranks.sum([sum(counts)], device)
    if total == 0:
        return None
    optimizer.zero_grad()
    nats = torch.zeros((), device=device)
    for (inputs, targets), count in zip(batches, counts, strict=True):
        loss = model(inputs.to(device, non_blocking=True), targets.to(device, non_blocking=True))
        # The loss is a mean over its own batch; here it gets its share of the whole step. The
        # optimiser takes the mean over processes, so their number is multiplied in.
        # @learn:optimization.gradient_accumulation
        share = loss * (count * ranks.world / total)
        # @learn:optimization.backprop
        # @viz:backprop_graph
        share.backward()
        nats += share.detach()
    optimizer.step()
    # @learn:optimization.loss
    return ranks.sum([nats.item()], device)[0] / ranks.world


def split_rows(rows: int, micro_rows: int, world: int) -> tuple[int, int]:
    """(rows of one batch, batches a step) for each of ``world`` processes.

    Raises ``ValueError`` when ``rows`` a step cannot be shared out evenly.
    """
    each = rows // world
    micro = min(micro_rows, each)
    if rows < 1 or micro < 1 or each * world != rows or each % micro:
        raise ValueError(
            f"{rows} rows a step cannot be shared evenly by {world} processes in batches of "
            f"{micro_rows}. Choose --rows as a multiple of {world}, and --micro-rows to divide "
            "what each process gets."
        )
    return micro, each // micro


# @learn:optimization.chinchilla
# @viz:chinchilla_valley
def horizon(
    config: GPTConfig,
    tokens_a_step: int,
    steps: int | None = None,
    flops: float | None = None,
    ratio: float | None = None,
) -> int:
    """How many steps to train, from exactly one of three wishes.

    ``steps``: that many. ``flops``: as long as this much work lasts. ``ratio``: this many tokens
    for each weight that multiplies (matrices and lm_head); about 20 spends a given amount of work
    best. Source: Hoffmann and others, Training compute-optimal large language models, 2022.
    """
    given = [wish for wish in (steps, flops, ratio) if wish is not None]
    if len(given) != 1:
        raise ValueError(
            f"Give exactly one of --steps, --flops and --ratio: here are {len(given)}. Each alone "
            "says how long to train."
        )
    if given[0] <= 0:
        raise ValueError(f"A training of length {given[0]} learns nothing; give more than 0.")
    if steps is not None:
        return steps
    if flops is not None:
        return max(1, round(flops / (flops_per_token(config) * tokens_a_step)))
    tokens = ratio * count_parameters(config)["scaling"]
    return max(1, round(tokens / tokens_a_step))


# Products a second that the makers state for bfloat16, without sparsity.
PEAK_FLOPS = {"H200": 989e12, "H100": 989e12, "A100": 312e12, "L40S": 362e12, "L4": 121e12}


def peak_flops(device: torch.device) -> float | None:
    """What the device could do at best, for the share that is used (MFU); None if unknown."""
    if device.type != "cuda":
        return None
    name = torch.cuda.get_device_name(device)
    return next((peak for chip, peak in PEAK_FLOPS.items() if chip in name), None)


class Progress:
    """Shows how far a training is: one line that changes on a terminal, plain lines elsewhere."""

    def __init__(
        self, steps: int, shown: bool = True, to: TextIO | None = None, every: float = 10.0
    ) -> None:
        self.steps, self.shown = steps, shown
        self.to = to or sys.stdout
        self.bar = self.to.isatty()
        self.every = 0.1 if self.bar else every  # seconds
        self.last = -self.every
        self.mean, self.weight = 0.0, 0.0

    def show(self, step: int, loss: float, tokens_a_second: float, more: str = "") -> None:
        """After ``step`` (from 1). The loss shown is a running mean; single ones jump about."""
        self.mean, self.weight = 0.9 * self.mean + 0.1 * loss, 0.9 * self.weight + 0.1
        now = time.monotonic()
        if not self.shown or (now - self.last < self.every and step < self.steps):
            return
        self.last = now
        text = (
            f"step {step}/{self.steps}  loss {self.mean / self.weight:.3f}  "
            f"{tokens_a_second:,.0f} tokens/s{more}"
        )
        if self.bar:
            full = round(20 * step / self.steps)
            self.to.write(f"\r[{'█' * full}{'·' * (20 - full)}] {text}\x1b[K")
            self.to.write("\n" if step == self.steps else "")
        else:
            self.to.write(text + "\n")
        self.to.flush()

    def say(self, text: str) -> None:
        """A line of its own, on the first process only."""
        if self.shown:
            self.to.write(("\r\x1b[K" if self.bar else "") + text + "\n")
            self.to.flush()
