"""What every part needs: where to compute, in which number format, and repeatable chance.

Not here: anything about the model itself.
"""

import torch


def pick_device() -> torch.device:
    """The fastest device there is: a CUDA graphics card, Apple's, else the processor."""
    if torch.cuda.is_available():
        return torch.device("cuda")
    if torch.backends.mps.is_available():
        return torch.device("mps")
    return torch.device("cpu")


# @todo:explain:why_bfloat16_only_on_new_cards
def compute_dtype(device: torch.device) -> torch.dtype:
    """The number format for activations: bfloat16 where the card computes it natively, else float32."""
    if device.type == "cuda" and torch.cuda.get_device_capability(device) >= (8, 0):
        return torch.bfloat16
    return torch.float32


def seeded_generator(seed: int, row: int, device: torch.device) -> torch.Generator:
    """A source of chance for one row of a batch.

    Each row has its own, so that what row 3 writes does not depend on how many rows there are.
    """
    generator = torch.Generator(device=device)
    generator.manual_seed(seed * 1_000_003 + row)
    return generator
