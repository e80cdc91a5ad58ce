"""Rows that hold nothing to learn but to copy: random ids, repeated.

A model learns to look back ("what followed the last time this token was here?") when that is the
only way to guess right. In random ids given again and again it is; stories alone take far longer.
Each such row begins with a mark, so that a model does not take a strange prompt for a drill.

Not here: sentences to say again, which teach what "say it again" means (``stories.py``).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from nanochat.tokenizer import Tokenizer


def mark(tokenizer: Tokenizer) -> list[int]:
    """How a drill row begins: two openings of a document in a row, which no text has."""
    # @learn:tokenization.special_tokens
    return [tokenizer.get_bos_token_id()] * 2


def ordinary(tokenizer: Tokenizer) -> list[int]:
    """Every id that stands for text."""
    bos = tokenizer.get_bos_token_id()  # the first of the special tokens, which come last
    return list(range(bos))


@dataclass(frozen=True)
class Drills:
    """Which part of the rows are drills, and from when on fewer."""

    ids: Sequence[int]  # what may occur
    mark: Sequence[int]
    share: float = 0.0
    anneal: float = 0.0  # over this last part of the steps the share falls to 0
    shortest: int = 8  # the period of a row is drawn between these two
    longest: int = 48

    def share_at(self, step: int, steps: int) -> float:
        """The share of drill rows at ``step`` (from 0) of ``steps``."""
        left = (steps - step) / (self.anneal * steps) if self.anneal else 1.0
        return self.share * min(max(left, 0.0), 1.0)

    def put_into(self, inputs: Tensor, targets: Tensor, share: float, seed: str) -> None:
        """Replace the first rows of a batch, (B, T), in place. The same seed, the same rows.

        A share that is no whole number of rows is met on average.
        """
        chance = random.Random(seed)
        B, T = inputs.shape
        for row in range(min(B, int(share * B + chance.random()))):
            period = chance.randint(self.shortest, self.longest)
            pattern = chance.choices(self.ids, k=period)
            again = pattern * (T // period + 2)
            ids = torch.tensor([*self.mark, *again][: T + 1])  # (T + 1,)
            # @learn:data.next_token_targets
            inputs[row], targets[row] = ids[:-1], ids[1:]
            # The mark is given, never written: a model asked for a text must not begin a drill.
            targets[row, : len(self.mark) - 1] = -1
