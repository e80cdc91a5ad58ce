"""The model: a GPT that reads token ids and scores every possible next token.

What it has: rotary positions (RoPE), RMSNorm without weights, normalised queries and keys,
grouped-query attention, sliding windows, ReLU² or SwiGLU in the MLP, a softcap on the scores, and
separate tables for reading tokens in and scoring them out. No biases, no dropout. Named places
(``tap``) where whoever looks on may see the numbers pass.

What it is not: the fastest recipe known. There are no value embeddings, no smearing of neighbours,
no back-out of earlier layers, no weights on the residual stream. The loss is in ``loss.py``, sizes
are counted in ``counting.py``; training (``optimizer.py``) and writing (``engine.py``) are apart.

Shapes in comments: B batch, T time (positions in this call), S positions a query may look back on
(T plus what the cache keeps), C width, H query heads, Hk key/value heads, D head width, L layers,
V vocabulary.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 (the field's name for it)

from nanochat.common import autodetect_device_type, compute_dtype
from nanochat.config import GPTConfig
from nanochat.counting import count_parameters, flops_per_token
from nanochat.loss import loss_in_strips, next_token_loss, softcap

if TYPE_CHECKING:
    from nanochat.engine import KVCache
    from nanochat.optimizer import Optimizer

Tap = Callable[[str, Tensor], None]
"""Called with the name of a place and the numbers that pass it, such as ("final", (B, T, C))."""


# @learn:architecture.rmsnorm
# @viz:rms_vs_layernorm
def norm(x: Tensor) -> Tensor:
    """Rescale each list of numbers along the last axis so that its mean square is 1 (RMSNorm).

    ``x``: (..., C) → the same shape. Nothing is subtracted and there are no weights, so a list
    keeps its direction and ends with length √C. Source: Zhang and Sennrich, 2019.
    """
    return F.rms_norm(x, (x.size(-1),))


# @learn:attention.rope
def rotary_tables(length: int, head_width: int, base: float) -> tuple[Tensor, Tensor]:
    """Cosine and sine of every angle RoPE needs, each of shape (length, D/2), in float32.

    Pair i of a head turns by base^(−2i/D) radians a position: the first pair by one radian, the
    last one hardly at all. Worked out in float64, because an angle of thousands of radians
    rounded to float32 would be off in the fourth digit.
    Source: Su and others, RoFormer, 2021.
    """
    pair = torch.arange(head_width // 2, dtype=torch.float64, device="cpu")  # (D/2,)
    rate = base ** (-2 * pair / head_width)  # (D/2,) radians a position
    position = torch.arange(length, dtype=torch.float64, device="cpu")  # (length,)
    # @learn:foundations.broadcasting
    angle = position[:, None] * rate[None, :]  # (length, 1) · (1, D/2) → (length, D/2)
    return angle.cos().float(), angle.sin().float()


# @learn:attention.rope
# @viz:rope_dials
def apply_rotary_emb(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Turn every pair of numbers in ``x`` by the angle of its position.

    ``x``: (..., T, D), ``cos`` and ``sin``: (T, D/2) → (..., T, D) in float32, the format of the
    tables. Number i of the first half is paired with number i of the second half, and the pair
    (a, b) turns counter-clockwise: (a·cos − b·sin, a·sin + b·cos). Lengths stay as they are.
    """
    first, second = x.chunk(2, dim=-1)  # (..., T, D/2) each
    # @learn:foundations.broadcasting
    # @viz:broadcasting
    turned = (first * cos - second * sin, first * sin + second * cos)  # one table, all heads
    return torch.cat(turned, dim=-1)


# @learn:attention.causal_mask
# @viz:causal_mask
def visible(T: int, S: int, window: int, device: torch.device) -> Tensor:
    """Which positions may be looked at: (T, S) of true and false.

    The T queries stand at the end of the S positions. Each sees itself and up to ``window`` − 1
    positions before it, never one after it.
    """
    query = torch.arange(S - T, S, device=device)[:, None]  # (T, 1)
    key = torch.arange(S, device=device)[None, :]  # (1, S)
    # @learn:attention.sliding_window
    return (key <= query) & (key > query - window)


# @learn:optimization.mixed_precision
class Linear(nn.Linear):
    """A matrix that works in the number format of what comes in, whatever its own weights keep.

    While training, weights stay in float32, so that small steps are not lost, and products run in
    the format of the stream. When both are the same, nothing is converted.

    ``weight`` is (out, in) as everywhere, but the numbers of one column lie side by side in
    memory, not those of one row. Of a few texts written at once a CPU then multiplies up to
    1.7 times as many a second; one text or a thousand take as long as before.
    """

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__(inputs, outputs, bias=False)
        self.weight = nn.Parameter(self.weight.detach().t().contiguous().t())

    def forward(self, x: Tensor) -> Tensor:
        """``x``: (..., in) → (..., out)."""
        # @learn:foundations.matmul
        # @viz:matmul_cells
        return F.linear(x, self.weight.to(x.dtype))


# @learn:attention.self_attention
# @viz:attention_heatmap
class CausalSelfAttention(nn.Module):
    """Each position gathers what it needs from itself and from positions before it."""

    def __init__(self, config: GPTConfig, layer: int) -> None:
        super().__init__()
        self.layer = layer
        self.name = f"blocks.{layer}.attn"
        self.window = config.windows()[layer]
        self.n_head, self.n_kv_head = config.n_head, config.n_kv_head  # H, Hk
        self.head_width = config.head_width  # D
        # @learn:attention.qk_norm
        self.scale = config.attention_bound / config.head_width
        # Rows: all queries, all keys, all values. One large product is faster than three.
        rows = (config.n_head + 2 * config.n_kv_head) * config.head_width
        # @learn:foundations.matmul
        self.c_qkv = Linear(config.n_embd, rows)
        self.c_proj = Linear(config.n_embd, config.n_embd)

    def forward(
        self,
        x: Tensor,
        cos: Tensor,
        sin: Tensor,
        kv_cache: KVCache | None,
        tap: Tap | None = None,
    ) -> Tensor:
        """``x``: (B, T, C), ``cos`` and ``sin``: (T, D/2) → (B, T, C)."""
        B, T, C = x.shape
        # @learn:attention.multi_head
        # @learn:foundations.tensors
        # @viz:tensor_shapes
        # @def:foundations.tensors
        # A tensor is a table of numbers with any number of directions, and its shape lists how
        # long each direction is. Here one direction of C numbers is cut into heads of D numbers,
        # and the heads become a direction of their own: no number changes, only where it stands.
        heads = self.c_qkv(x).view(B, T, -1, self.head_width).transpose(1, 2)  # (B, H+2Hk, T, D)
        qk, v = heads.split((self.n_head + self.n_kv_head, self.n_kv_head), dim=1)
        # Queries and keys are turned and rescaled alike, so both go through together.
        # @learn:attention.rope
        qk = apply_rotary_emb(qk, cos, sin)
        # After this a query and a key have length √D each, so their dot product stays within ±D
        # and, times the scale bound/D, within ±bound.
        # @learn:attention.qk_norm
        qk = norm(qk).to(v.dtype)
        q, k = qk.split((self.n_head, self.n_kv_head), dim=1)  # (B, H, T, D), (B, Hk, T, D)
        if kv_cache is not None:
            # @learn:inference.kv_cache
            k, v = kv_cache.insert(self.layer, k, v)  # (B, Hk, S, D): the earlier ones too
        if tap is not None:
            tap(f"{self.name}.q", q)
            tap(f"{self.name}.k", k)
            tap(f"{self.name}.v", v)
        S = k.size(2)
        mask, causal = None, False
        if T == 1:
            # @learn:attention.sliding_window
            if self.window < S:
                k, v = k[:, :, -self.window :], v[:, :, -self.window :]  # the newest sees these
        elif T == S and self.window >= T:
            causal = True  # the plain lower triangle, which the kernel below builds by itself
        else:
            # @learn:attention.causal_mask
            mask = visible(T, S, self.window, x.device)  # (T, S)
        # In one fused call: the dot product of each query with each key, times the scale; hidden
        # places dropped; softmax; and the sum of the values in those shares.
        # @learn:attention.self_attention
        # @learn:attention.gqa
        # @learn:foundations.dot_product
        # @viz:dot_product
        # @learn:foundations.softmax
        z = F.scaled_dot_product_attention(
            q,
            k,
            v,
            attn_mask=mask,
            is_causal=causal,
            scale=self.scale,
            enable_gqa=self.n_head != self.n_kv_head,
        )  # (B, H, T, D)
        if tap is not None:
            tap(f"{self.name}.z", z)
        out = self.c_proj(z.transpose(1, 2).reshape(B, T, C))
        if tap is not None:
            tap(f"{self.name}.out", out)
        return out


# @learn:architecture.mlp
# @learn:foundations.neural_network
# @viz:neuron_playground
class MLP(nn.Module):
    """Works on each position alone: widen, bend, fold back."""

    def __init__(self, config: GPTConfig, layer: int = 0) -> None:
        super().__init__()
        self.name = f"blocks.{layer}.mlp"
        # @learn:architecture.relu2_swiglu
        self.gated = config.activation == "swiglu"
        width = config.mlp_width  # F
        # A gate needs a second row of numbers, as many as the first: both come from one product.
        # @learn:foundations.matmul
        self.c_fc = Linear(config.n_embd, 2 * width if self.gated else width)
        self.c_proj = Linear(width, config.n_embd)

    def forward(self, x: Tensor, tap: Tap | None = None) -> Tensor:
        """``x``: (B, T, C) → (B, T, C).

        The bend is ReLU² (So and others, Primer, 2021), or SwiGLU (Shazeer, 2020), in which one
        half of the numbers decides how much of the other half comes through.
        """
        wide = self.c_fc(x)  # (B, T, F), or (B, T, 2F) with a gate
        # @learn:architecture.relu2_swiglu
        # @todo:explain:why_the_square_helps
        if self.gated:
            gate, passed = wide.chunk(2, dim=-1)  # (B, T, F) each
            bent = F.silu(gate) * passed
        else:
            bent = F.relu(wide).square()
        out = self.c_proj(bent)
        if tap is not None:
            tap(f"{self.name}.pre", wide)
            tap(f"{self.name}.post", bent)
            tap(f"{self.name}.out", out)
        return out


# @learn:architecture.transformer
class Block(nn.Module):
    """One layer: look at each other, then work alone. Both results are added to the stream."""

    def __init__(self, config: GPTConfig, layer: int) -> None:
        super().__init__()
        self.name = f"blocks.{layer}"
        self.attn = CausalSelfAttention(config, layer)
        self.mlp = MLP(config, layer)

    def forward(
        self,
        x: Tensor,
        cos: Tensor,
        sin: Tensor,
        kv_cache: KVCache | None,
        tap: Tap | None = None,
    ) -> Tensor:
        """``x``: (B, T, C) → (B, T, C)."""
        if tap is not None:
            tap(f"{self.name}.resid_pre", x)
        # @learn:architecture.residual_stream
        x = x + self.attn(norm(x), cos, sin, kv_cache, tap)
        if tap is not None:
            tap(f"{self.name}.resid_mid", x)
        # @learn:architecture.residual_stream
        x = x + self.mlp(norm(x), tap)
        if tap is not None:
            tap(f"{self.name}.resid_post", x)
        return x


# @learn:architecture.transformer
class GPT(nn.Module):
    """The whole model: token ids in, a score for every possible next token out.

    A new ``GPT`` holds arbitrary numbers until ``init_weights`` (or loaded weights) sets them.

    ``tap`` is called at every named place while the model runs; None, as at first, costs nothing.
    The names: ``embed``; ``blocks.0.`` (and so on) with ``resid_pre``, ``resid_mid``,
    ``resid_post``, ``attn.q``, ``.k``, ``.v``, ``.z``, ``.out``, ``mlp.pre``, ``.post``, ``.out``;
    ``final``, ``logits_raw``, ``logits``. With a cache, ``attn.k`` and ``.v`` hold the earlier ones
    too, in the order that ``KVCache.positions`` tells. ``work_dtype`` is the number format of the
    products; None means that of the weights.
    """

    def __init__(self, config: GPTConfig) -> None:
        super().__init__()
        self.config = config
        self.tap: Tap | None = None
        # @learn:optimization.mixed_precision
        self.work_dtype: torch.dtype | None = None
        # @learn:architecture.embeddings
        self.wte = nn.Embedding(config.vocab_size, config.n_embd)
        self.blocks = nn.ModuleList(Block(config, layer) for layer in range(config.n_layer))
        # @learn:inference.logits
        self.lm_head = Linear(config.n_embd, config.vocab_size)
        # Plain attributes, not buffers: `model.to(torch.bfloat16)` would round a buffer too, and
        # rounded angles confuse neighbouring positions.
        self.cos, self.sin = rotary_tables(
            config.sequence_len, config.head_width, config.rope_base
        )  # (sequence_len, D/2) each

    @torch.no_grad()
    def init_weights(self) -> None:
        """Draw fresh weights from torch's own generator (``torch.manual_seed`` fixes them).

        The three matrices that write into the stream or into the scores start at zero. So each
        block adds nothing yet, all scores are 0, every token is equally likely, and the first
        loss is exactly ln V.
        """
        nn.init.normal_(self.wte.weight, std=1.0)
        nn.init.zeros_(self.lm_head.weight)
        for block in self.blocks:
            for reading in (block.attn.c_qkv, block.mlp.c_fc):
                # Drawn row by row, so that a seed means the same numbers however they lie.
                rows = torch.empty(reading.weight.shape, device=reading.weight.device)
                reading.weight.copy_(rows.normal_(std=1 / math.sqrt(reading.in_features)))
            for writing in (block.attn.c_proj, block.mlp.c_proj):
                nn.init.zeros_(writing.weight)

    def forward(
        self,
        idx: Tensor,
        targets: Tensor | None = None,
        kv_cache: KVCache | None = None,
        loss_reduction: str = "mean",
        last_only: bool = False,
    ) -> Tensor:
        """Scores for the next token, or the loss against ``targets``.

        ``idx``: (B, T) whole numbers below V. Without ``targets`` the answer is (B, T, V) in
        float32, or (B, 1, V) with ``last_only``. With ``targets`` (B, T), where −1 means "does not
        count", it is the mean loss in nats, or (B, T) for ``loss_reduction="none"``. With a
        ``kv_cache``, ``idx`` continues the text that the cache has seen, and is added to it.
        Raises ``ValueError`` when the text is longer than ``config.sequence_len``.
        """
        T = idx.size(1)
        past = 0 if kv_cache is None else kv_cache.pos
        if past + T > self.config.sequence_len:
            raise ValueError(
                f"The text has {past + T} tokens, but this model reads at most "
                f"{self.config.sequence_len}. Shorten it, or build a model with a larger "
                "sequence_len."
            )
        if self.cos.device != idx.device:
            self.cos, self.sin = self.cos.to(idx.device), self.sin.to(idx.device)
        cos, sin = self.cos[past : past + T], self.sin[past : past + T]  # (T, D/2)
        tap = self.tap
        # @learn:architecture.embeddings
        x = norm(self.wte(idx)).to(self.work_dtype or self.wte.weight.dtype)  # (B, T) → (B, T, C)
        if tap is not None:
            tap("embed", x)
        # @learn:architecture.residual_stream
        # @viz:residual_lens
        for block in self.blocks:
            x = block(x, cos, sin, kv_cache, tap)
        if kv_cache is not None:
            kv_cache.advance(T)
        x = norm(x[:, -1:] if last_only else x)
        if tap is not None:
            tap("final", x)
        loss = None
        if targets is not None and loss_reduction == "mean":
            loss = loss_in_strips(x, self.lm_head.weight, targets, self.config.logit_softcap)
            if tap is None:
                return loss  # whoever looks on gets the scores too, and the very same loss
        # @learn:inference.logits
        raw = self.lm_head(x).float()  # (B, T, V)
        # @learn:architecture.logit_softcap
        logits = softcap(raw, self.config.logit_softcap)
        if tap is not None:
            tap("logits_raw", raw)
            tap("logits", logits)
        if loss is not None:
            return loss
        if targets is None:
            return logits
        return next_token_loss(logits, targets, loss_reduction)

    def count_parameters(self) -> dict[str, int]:
        """How many weights each part has; see ``counting.py``."""
        return count_parameters(self.config)

    def flops_per_token(self) -> int:
        """Multiplications and additions to learn from one token; see ``counting.py``."""
        return flops_per_token(self.config)

    def setup_optimizer(self, **settings: Any) -> Optimizer:
        """The optimiser that trains this model; ``settings`` are those of ``optimizer.py``."""
        from nanochat.optimizer import setup_optimizer

        return setup_optimizer(self, **settings)


# @learn:architecture.transformer
def fresh_model(config: GPTConfig, seed: int = 42, device_type: str | None = None) -> GPT:
    """A new model with weights drawn from ``seed``, on the best device of this machine."""
    device_type = device_type or autodetect_device_type()
    torch.manual_seed(seed)
    model = GPT(config)
    model.init_weights()
    # @learn:optimization.mixed_precision
    return model.to(device=device_type, dtype=compute_dtype(device_type))
