"""What model and engine share: which device, which number format, which random numbers.

Not here: training across several devices, logging, folders, checkpoints.
"""

from __future__ import annotations

import random

import torch


def autodetect_device_type() -> str:
    """The best device of this machine: ``"cuda"``, else ``"mps"`` (Apple), else ``"cpu"``."""
    if torch.cuda.is_available():
        return "cuda"
    if torch.backends.mps.is_available():
        return "mps"
    return "cpu"


# @learn:optimization.mixed_precision
def compute_dtype(device_type: str) -> torch.dtype:
    """The number format a model runs in on a device: ``torch.bfloat16`` or ``torch.float32``.

    bfloat16 keeps the range of float32 with 8 significant bits instead of 24. It halves the
    memory, but only pays where the chip multiplies it natively; everywhere else, and always on a
    CPU, lessons run in float32, so that what they print can be checked by hand.
    """
    if device_type == "cuda" and torch.cuda.get_device_capability() >= (8, 0):
        return torch.bfloat16
    return torch.float32


# @learn:foundations.probability
def row_generator(seed: int, row: int) -> torch.Generator:
    """A source of random numbers that belongs to one row of a batch alone.

    Row 3 of seed 42 draws the same numbers whether 4 or 400 rows are written beside it. Seed and
    row are mixed as text: were they added, row 1 of seed 42 would repeat row 0 of seed 43.
    The generator lives on the CPU on every machine, so the draws do not depend on the device.
    """
    mixed = random.Random(f"seed {seed}, row {row}").getrandbits(63)
    return torch.Generator().manual_seed(mixed)
