"""How large a model is, and how much work one token makes. Arithmetic on the sizes, no tensors.

Not here: how fast a machine does the work; that is measured (``bench/training_speed.py``).
"""

from __future__ import annotations

from nanochat.config import GPTConfig


# @learn:optimization.chinchilla
def count_parameters(config: GPTConfig) -> dict[str, int]:
    """How many weights each part has: ``embedding``, ``attention``, ``mlp``, ``lm_head``, and
    ``matrices`` (attention and mlp together), ``scaling`` (all that multiply: matrices and
    lm_head) and ``total``.
    """
    C, D, V = config.n_embd, config.head_width, config.vocab_size
    heads = config.n_head + 2 * config.n_kv_head  # H queries, Hk keys, Hk values
    # @learn:attention.gqa
    attention = config.n_layer * (C * heads * D + C * C)
    # @learn:architecture.relu2_swiglu
    tables = 3 if config.activation == "swiglu" else 2
    mlp = config.n_layer * tables * C * config.mlp_width
    return {
        "embedding": V * C,
        "attention": attention,
        "mlp": mlp,
        "lm_head": V * C,
        "matrices": attention + mlp,
        "scaling": attention + mlp + V * C,
        "total": attention + mlp + 2 * V * C,
    }


# @learn:optimization.chinchilla
def flops_per_token(config: GPTConfig) -> int:
    """Multiplications and additions for one token, forward and backward, in training.

    Each weight that multiplies costs 2 going forward (times, plus) and 4 going back, so 6. Reading
    the embedding is a look-up and costs none. Attention adds 12·C for each position a query may
    look at, the whole window counted, though the earliest tokens see less.
    Source: the appendix of Chowdhery and others, PaLM, 2022.
    """
    # @learn:attention.sliding_window
    looks = sum(config.windows())
    return 6 * count_parameters(config)["scaling"] + 12 * config.n_embd * looks
