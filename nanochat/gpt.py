"""The model: token ids in, one score per vocabulary entry out.

A decoder-only transformer in the style of nanochat: rotary positions, normalised queries
and keys, grouped key/value heads, squared ReLU, capped scores, separate input and output
embeddings, no biases. Not here: training (only the loss), sampling, the per-layer extras of
later nanochat versions (value embeddings, smear, backout).

Shapes: B texts, T positions, C width, H query heads, Hk key/value heads, D head width,
V vocabulary.
"""

import math
from dataclasses import dataclass

import torch
import torch.nn as nn
import torch.nn.functional as F

ROPE_BASE = 100_000.0
"""How slowly the slowest pair of dimensions turns: larger reaches further back."""
SOFTCAP = 15.0
"""No score leaves the range −15 … 15."""
ATTENTION_BOUND = 12.0
"""Largest possible attention score; the same for every head width."""


@dataclass(frozen=True)
class GPTConfig:
    """The size of a model. Raises ValueError with what does not fit together."""

    sequence_len: int = 1024
    vocab_size: int = 4096
    n_layer: int = 4
    n_head: int = 4  # query heads
    n_kv_head: int = 4  # key/value heads; n_head must be a multiple
    n_embd: int = 256
    window_pattern: str = "L"  # one letter per layer, repeated: L sees all, S a quarter

    def __post_init__(self):
        for name in ("sequence_len", "vocab_size", "n_layer", "n_head", "n_kv_head", "n_embd"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} is {getattr(self, name)}; it must be at least 1.")
        if self.n_embd % self.n_head:
            raise ValueError(f"n_embd {self.n_embd} cannot be split into {self.n_head} heads.")
        if self.head_dim % 2:
            raise ValueError(f"Each head is {self.head_dim} wide; rotary positions need pairs.")
        if self.n_head % self.n_kv_head:
            raise ValueError(f"{self.n_head} query heads cannot share {self.n_kv_head} equally.")
        if not self.window_pattern or set(self.window_pattern) - {"L", "S"}:
            raise ValueError(f"window_pattern {self.window_pattern!r} may hold only L and S.")

    @property
    def head_dim(self) -> int:
        return self.n_embd // self.n_head

    # @learn:attention.sliding_window
    def window(self, layer: int) -> int:
        """How many positions, itself included, a position of this layer may look at."""
        last = layer == self.n_layer - 1
        if last or self.window_pattern[layer % len(self.window_pattern)] == "L":
            return self.sequence_len
        return math.ceil(self.sequence_len / 4)


# @learn:architecture.rmsnorm
def norm(x: torch.Tensor) -> torch.Tensor:
    """Scale the last dimension to root-mean-square 1 (Zhang and Sennrich, 2019); no parameters."""
    return F.rms_norm(x, (x.size(-1),))


# @learn:attention.rope
def rotary_tables(config: GPTConfig) -> tuple[torch.Tensor, torch.Tensor]:
    """cos and sin of every angle, each (sequence_len, 1, D/2), in float32.

    Pair i of a head turns by ``ROPE_BASE ** (-2i/D)`` radians per position.
    """
    pair = torch.arange(0, config.head_dim, 2, dtype=torch.float32)
    speed = ROPE_BASE ** (-pair / config.head_dim)  # (D/2,)
    position = torch.arange(config.sequence_len, dtype=torch.float32)
    angle = torch.outer(position, speed)[:, None, :]  # (T, 1, D/2)
    return angle.cos(), angle.sin()


# @learn:attention.rope
# @viz:rope_dials
def apply_rotary_emb(x: torch.Tensor, cos: torch.Tensor, sin: torch.Tensor) -> torch.Tensor:
    """Turn each pair of dimensions by its angle (Su and others, 2021).

    x: (B, T, H, D); cos, sin: (T, 1, D/2). Dimension i is paired with i + D/2. The turn is
    clockwise, by minus the angle; only differences of positions matter to attention.
    """
    half = x.size(-1) // 2
    first, second = x[..., :half], x[..., half:]  # (B, T, H, D/2) each
    # @learn:foundations.broadcasting
    turned = torch.cat(
        (first * cos + second * sin, second * cos - first * sin), dim=-1
    )  # the one table row of a position serves all B texts and H heads
    return turned.to(x.dtype)


# @learn:attention.self_attention
class CausalSelfAttention(nn.Module):
    """Each position collects from earlier ones what matters to it (Vaswani and others, 2017)."""

    def __init__(self, config: GPTConfig, layer: int):
        super().__init__()
        self.layer = layer
        self.n_head, self.n_kv_head = config.n_head, config.n_kv_head
        self.head_dim = config.head_dim
        self.c_q = nn.Linear(config.n_embd, config.n_head * config.head_dim, bias=False)
        self.c_k = nn.Linear(config.n_embd, config.n_kv_head * config.head_dim, bias=False)
        self.c_v = nn.Linear(config.n_embd, config.n_kv_head * config.head_dim, bias=False)
        self.c_proj = nn.Linear(config.n_embd, config.n_embd, bias=False)

    def forward(self, x, cos, sin, mask, kv_cache=None):
        B, T, C = x.shape
        # @learn:foundations.tensors
        # @learn:attention.multi_head
        q = self.c_q(x).view(B, T, self.n_head, self.head_dim)  # (B, T, H, D)
        k = self.c_k(x).view(B, T, self.n_kv_head, self.head_dim)  # (B, T, Hk, D)
        v = self.c_v(x).view(B, T, self.n_kv_head, self.head_dim)

        q, k = apply_rotary_emb(q, cos, sin), apply_rotary_emb(k, cos, sin)
        # @learn:attention.qk_norm
        q, k = norm(q), norm(k)  # every query and key now has length √D

        # @learn:inference.kv_cache
        if kv_cache is not None:
            k, v = kv_cache.insert(self.layer, k, v)  # with all earlier positions: (B, Tk, Hk, D)

        # Lengths √D make q·k at most D, so this scale bounds each score by ATTENTION_BOUND.
        # @learn:foundations.dot_product
        # @learn:foundations.softmax
        y = F.scaled_dot_product_attention(
            q.transpose(1, 2),
            k.transpose(1, 2),
            v.transpose(1, 2),
            attn_mask=mask,
            is_causal=mask is None and T > 1,
            scale=ATTENTION_BOUND / self.head_dim,
            enable_gqa=self.n_kv_head != self.n_head,  # @learn:attention.gqa
        )  # (B, H, T, D)
        y = y.transpose(1, 2).reshape(B, T, C)
        return self.c_proj(y)


# @learn:architecture.mlp
# @learn:foundations.neural_network
class MLP(nn.Module):
    """Each position thinks by itself: widen four times, bend, narrow again."""

    def __init__(self, config: GPTConfig):
        super().__init__()
        self.c_fc = nn.Linear(config.n_embd, 4 * config.n_embd, bias=False)
        self.c_proj = nn.Linear(4 * config.n_embd, config.n_embd, bias=False)

    def forward(self, x):
        x = self.c_fc(x)  # (B, T, 4C)
        # @learn:architecture.relu2_swiglu
        x = F.relu(x).square()
        # @learn:foundations.matmul
        return self.c_proj(x)  # (B, T, C)


# @learn:architecture.transformer
class Block(nn.Module):
    """One layer: look around (attention), then think (MLP)."""

    def __init__(self, config: GPTConfig, layer: int):
        super().__init__()
        self.attn = CausalSelfAttention(config, layer)
        self.mlp = MLP(config)

    def forward(self, x, cos, sin, mask, kv_cache=None):
        # @learn:architecture.residual_stream
        x = x + self.attn(norm(x), cos, sin, mask, kv_cache)
        # @learn:architecture.residual_stream
        x = x + self.mlp(norm(x))
        return x


# @learn:architecture.transformer
class GPT(nn.Module):
    """The whole model. Call ``init_weights`` once after making it."""

    def __init__(self, config: GPTConfig):
        super().__init__()
        self.config = config
        # @learn:architecture.embeddings
        self.wte = nn.Embedding(config.vocab_size, config.n_embd)
        self.blocks = nn.ModuleList(Block(config, layer) for layer in range(config.n_layer))
        self.lm_head = nn.Linear(config.n_embd, config.vocab_size, bias=False)
        cos, sin = rotary_tables(config)
        self.register_buffer("cos", cos, persistent=False)
        self.register_buffer("sin", sin, persistent=False)

    @torch.no_grad()
    def init_weights(self) -> None:
        """Fill all weights from torch's current seed.

        Whatever writes into the stream or makes scores starts at zero, so every score is 0
        and the first loss is exactly ln V: the model begins by knowing nothing.
        """
        bound = math.sqrt(3.0 / self.config.n_embd)  # uniform ±bound has deviation 1/√C
        nn.init.normal_(self.wte.weight, std=0.8)
        nn.init.zeros_(self.lm_head.weight)
        for block in self.blocks:
            for linear in (block.attn.c_q, block.attn.c_k, block.attn.c_v, block.mlp.c_fc):
                nn.init.uniform_(linear.weight, -bound, bound)
            nn.init.zeros_(block.attn.c_proj.weight)
            nn.init.zeros_(block.mlp.c_proj.weight)

    def forward(self, idx, targets=None, kv_cache=None, loss_reduction="mean"):
        """idx (B, T) → logits (B, T, V); with ``targets`` (B, T) → the loss instead.

        A target of −1 does not count. ``loss_reduction="none"`` gives one loss per position,
        (B·T,). Raises ValueError when the text is longer than ``sequence_len``.
        """
        B, T = idx.shape
        start = 0 if kv_cache is None else kv_cache.length
        if start + T > self.config.sequence_len:
            raise ValueError(
                f"{start + T} positions, but this model can see only {self.config.sequence_len}. "
                "Shorten the text, or make a model with a larger sequence_len."
            )
        cos, sin = self.cos[start : start + T], self.sin[start : start + T]
        masks = self._masks(start, T, idx.device)

        # @learn:foundations.tensors
        x = norm(self.wte(idx))  # (B, T, C)
        for layer, block in enumerate(self.blocks):
            x = block(x, cos, sin, masks[self.config.window(layer)], kv_cache)
        if kv_cache is not None:
            kv_cache.advance(T)
        x = norm(x)

        # @learn:inference.logits
        logits = self.lm_head(x).float()  # (B, T, V)
        # @learn:architecture.logit_softcap
        logits = SOFTCAP * torch.tanh(logits / SOFTCAP)
        if targets is None:
            return logits
        # @learn:optimization.loss
        return F.cross_entropy(
            logits.view(B * T, -1), targets.reshape(-1), ignore_index=-1, reduction=loss_reduction
        )

    # @learn:attention.causal_mask
    def _masks(self, start: int, T: int, device) -> dict[int, torch.Tensor | None]:
        """Per window size: True where a position may look, (T, start + T). None where torch's
        own causal rule says the same, which is faster."""
        masks: dict[int, torch.Tensor | None] = {}
        for window in {self.config.window(layer) for layer in range(self.config.n_layer)}:
            total = start + T
            if window >= total and (start == 0 or T == 1):
                masks[window] = None
                continue
            query = torch.arange(start, total, device=device)[:, None]
            key = torch.arange(total, device=device)[None, :]
            masks[window] = (key <= query) & (key > query - window)
        return masks
