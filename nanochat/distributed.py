"""Several processes train one model: each reads its own rows, and each keeps its own share.

Started by ``torchrun --nproc_per_node=2 -m nanochat.scripts.base_train``; the processes talk
through gloo on CPUs and NCCL on GPUs. With one process nothing here does anything.

What it is not: a way to split a model that is too large for one device. Every process holds all
weights; only the work and the memory of the optimiser are shared out.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch import distributed as dist
from torch.nn import functional as F  # noqa: N812 (the field's name for it)

# Torch has renamed these two; older versions know the older names.
_reduce_scatter = getattr(dist, "reduce_scatter_single", None) or dist.reduce_scatter_tensor
_all_gather = getattr(dist, "all_gather_single", None) or dist.all_gather_into_tensor

Wait = Callable[[], Tensor]
"""Waits until a message has arrived, and answers it."""


# @learn:optimization.ddp
# @viz:ddp_ranks
@dataclass(frozen=True)
class Ranks:
    """Which of how many processes this is."""

    rank: int = 0
    world: int = 1

    @property
    def first(self) -> bool:
        """True for the one process that prints and saves."""
        return self.rank == 0

    # @learn:optimization.ddp
    def scatter_mean(self, slopes: Tensor) -> Wait:
        """Average a table over all processes and hand each its share of the rows.

        ``slopes``: (n, ...) on every process → after waiting (⌈n/world⌉, ...): rows from
        rank·⌈n/world⌉ on, zeros where the table does not divide. Called reduce-scatter.
        """
        if self.world == 1:
            return lambda: slopes
        padded = self._pad(slopes)
        share = torch.empty_like(padded[: len(padded) // self.world])
        work = _reduce_scatter(share, padded, async_op=True)

        def wait() -> Tensor:
            work.wait()
            return share.div_(self.world)

        return wait

    # @learn:optimization.ddp
    def gather(self, share: Tensor, rows: int) -> Wait:
        """Put the shares of all processes together again: after waiting (``rows``, ...)."""
        if self.world == 1:
            return lambda: share
        whole = share.new_empty((len(share) * self.world, *share.shape[1:]))
        work = _all_gather(whole, share.contiguous(), async_op=True)

        def wait() -> Tensor:
            work.wait()
            return whole[:rows]

        return wait

    def share_of(self, whole: Tensor) -> Tensor:
        """This process's rows of a table that every process has."""
        if self.world == 1:
            return whole
        padded = self._pad(whole)
        each = len(padded) // self.world
        return padded[self.rank * each : (self.rank + 1) * each].clone()

    def sum(self, numbers: Sequence[float], device: torch.device) -> list[float]:
        """Each number added up over all processes. Their devices talk, so it travels by them."""
        if self.world == 1:
            return list(numbers)
        table = torch.tensor(numbers, dtype=torch.float64, device=device)
        dist.all_reduce(table)
        return table.tolist()

    def everyone(self, thing: Any) -> list[Any]:
        """What each process has to say (small things that pickle), in the order of the ranks."""
        if self.world == 1:
            return [thing]
        heard: list[Any] = [None] * self.world
        dist.all_gather_object(heard, thing)
        return heard

    def barrier(self) -> None:
        """Wait until every process has come this far."""
        if self.world > 1:
            dist.barrier()

    def _pad(self, whole: Tensor) -> Tensor:
        """Zeros below, so that the rows divide evenly."""
        missing = -len(whole) % self.world
        if not missing:
            return whole.contiguous()
        return F.pad(whole, (0, 0) * (whole.dim() - 1) + (0, missing))


# @learn:optimization.ddp
def start(device_type: str) -> tuple[Ranks, torch.device]:
    """Join the other processes, if ``torchrun`` started any: who this one is, and its device."""
    if "WORLD_SIZE" not in os.environ or int(os.environ["WORLD_SIZE"]) == 1:
        return Ranks(), torch.device(device_type)
    device = torch.device(device_type)
    if device_type == "cuda":
        device = torch.device("cuda", int(os.environ["LOCAL_RANK"]))
        torch.cuda.set_device(device)
    if not dist.is_initialized():
        dist.init_process_group("nccl" if device_type == "cuda" else "gloo")
    return Ranks(dist.get_rank(), dist.get_world_size()), device


def stop() -> None:
    """Leave the other processes."""
    if dist.is_available() and dist.is_initialized():
        dist.destroy_process_group()
