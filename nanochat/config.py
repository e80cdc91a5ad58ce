"""The sizes that make one GPT different from another. Numbers only: no tensors, no torch.

Not here: how long to train, on what, or how fast to learn.
"""

from __future__ import annotations

import math
from dataclasses import dataclass


# @learn:architecture.transformer
@dataclass(frozen=True)
class GPTConfig:
    """The sizes of a model. The defaults make one that a laptop can train.

    Raises ``ValueError`` with a sentence when the sizes do not fit together.
    """

    sequence_len: int = 256  # the longest text the model reads, in tokens
    # @learn:tokenization.vocab_size
    vocab_size: int = 4096  # V
    n_layer: int = 4  # L
    # @learn:attention.multi_head
    n_head: int = 4  # H
    # @learn:attention.gqa
    n_kv_head: int = 4  # Hk: each one serves H / Hk query heads
    n_embd: int = 256  # C
    # @learn:architecture.relu2_swiglu
    activation: str = "relu2"  # how the MLP bends: "relu2" or "swiglu"
    # One letter a layer, repeated as needed: L looks at everything, S at the nearest quarter.
    # @learn:attention.sliding_window
    window_pattern: str = "L"
    # @learn:attention.rope
    rope_base: float = 100_000.0  # a larger base turns the slow dials of RoPE more slowly still
    # @learn:attention.qk_norm
    attention_bound: float = 12.0  # no attention score leaves ±12, whatever the head width
    # @learn:architecture.logit_softcap
    logit_softcap: float = 15.0  # no final score leaves ±15

    def __post_init__(self) -> None:
        for name in ("sequence_len", "vocab_size", "n_layer", "n_head", "n_kv_head", "n_embd"):
            value = getattr(self, name)
            if type(value) is not int or value < 1:
                raise ValueError(f"{name} must be a whole number from 1 on, not {value!r}.")
        if self.n_embd % self.n_head:
            raise ValueError(
                f"n_embd ({self.n_embd}) must be a multiple of n_head ({self.n_head}): "
                "the heads share the width equally."
            )
        if self.head_width % 2:
            raise ValueError(
                f"Each head is {self.head_width} numbers wide (n_embd / n_head), which is odd. "
                "RoPE turns pairs of numbers: choose sizes that make it even."
            )
        if self.n_head % self.n_kv_head:
            raise ValueError(
                f"n_head ({self.n_head}) must be a multiple of n_kv_head ({self.n_kv_head}): "
                "each key/value head serves equally many query heads."
            )
        if not self.window_pattern or set(self.window_pattern) - set("LS"):
            raise ValueError(
                f"window_pattern is {self.window_pattern!r}; write one or more of the letters "
                'L (the whole text) and S (a short window), such as "SSSL".'
            )
        if self.activation not in ("relu2", "swiglu"):
            raise ValueError(f'activation must be "relu2" or "swiglu", not {self.activation!r}.')
        for name in ("rope_base", "attention_bound", "logit_softcap"):
            if not 0 < getattr(self, name) < math.inf:
                raise ValueError(f"{name} must be a positive number, not {getattr(self, name)!r}.")

    @property
    def head_width(self) -> int:
        """D, the width of one head: C / H."""
        return self.n_embd // self.n_head

    # @learn:architecture.mlp
    @property
    def mlp_width(self) -> int:
        """F, how wide the MLP is inside: 4C, or with a gate, which has a third matrix, 8C/3.

        So both kinds have equally many weights, up to rounding to a multiple of 8.
        """
        if self.activation == "relu2":
            return 4 * self.n_embd
        return 8 * math.ceil(self.n_embd / 3)

    # @learn:attention.sliding_window
    def windows(self) -> tuple[int, ...]:
        """How many positions each layer sees, the own one included; L numbers.

        The last layer always sees everything: what it misses, nothing after it could find.
        """
        seen = {"L": self.sequence_len, "S": math.ceil(self.sequence_len / 4)}
        pattern = self.window_pattern
        layers = [seen[pattern[layer % len(pattern)]] for layer in range(self.n_layer - 1)]
        return (*layers, self.sequence_len)
