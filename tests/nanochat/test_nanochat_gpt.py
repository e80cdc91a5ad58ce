"""The model: each part against what it promises, worked out another way."""

from __future__ import annotations

import copy
import math
from dataclasses import FrozenInstanceError

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from random_models import SHAPES, VOCAB
from torch.nn import functional as F  # noqa: N812 (the field's name for it)

from nanochat.gpt import (
    GPT,
    GPTConfig,
    Linear,
    apply_rotary_emb,
    fresh_model,
    next_token_loss,
    norm,
    rotary_tables,
    visible,
)

# --- configuration ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sizes", "sentence"),
    [
        ({"n_embd": 100, "n_head": 3, "n_kv_head": 3}, r"n_embd \(100\) must be a multiple of n_h"),
        ({"n_embd": 12, "n_head": 4, "n_kv_head": 4}, r"Each head is 3 numbers wide .* is odd"),
        ({"n_head": 4, "n_kv_head": 3}, r"n_head \(4\) must be a multiple of n_kv_head \(3\)"),
        ({"n_head": 2, "n_kv_head": 4}, r"must be a multiple of n_kv_head \(4\)"),
        ({"window_pattern": ""}, "window_pattern is ''; write one or more of the letters"),
        ({"window_pattern": "sl"}, "window_pattern is 'sl'"),
        ({"n_layer": 0}, "n_layer must be a whole number from 1 on, not 0"),
        ({"vocab_size": -5}, "vocab_size must be a whole number from 1 on, not -5"),
        ({"sequence_len": 64.0}, "sequence_len must be a whole number from 1 on, not 64.0"),
        ({"n_layer": True}, "n_layer must be a whole number from 1 on, not True"),
        ({"rope_base": 0.0}, "rope_base must be a positive number, not 0.0"),
        ({"logit_softcap": math.nan}, "logit_softcap must be a positive number, not nan"),
    ],
)
def test_sizes_that_do_not_fit_are_refused(sizes: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        GPTConfig(**sizes)


def test_the_configuration_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        GPTConfig().n_layer = 5


@pytest.mark.parametrize(
    ("pattern", "layers", "expected"),
    [
        ("L", 3, (100, 100, 100)),
        ("S", 3, (25, 25, 100)),
        ("SSSL", 6, (25, 25, 25, 100, 25, 100)),
        ("SL", 1, (100,)),
    ],
)
def test_windows_follow_the_pattern_and_the_last_layer_is_full(pattern, layers, expected) -> None:
    config = GPTConfig(sequence_len=100, n_layer=layers, window_pattern=pattern)
    assert config.windows() == expected


# --- parts --------------------------------------------------------------------------------


def test_norm_keeps_direction_and_sets_the_length() -> None:
    x = torch.randn(2, 3, 16, generator=torch.Generator().manual_seed(0)) * 50
    y = norm(x)
    assert torch.allclose(y, x / x.pow(2).mean(-1, keepdim=True).sqrt(), atol=1e-5)
    assert torch.allclose(y.norm(dim=-1), torch.tensor(4.0))  # √16
    assert not norm(torch.zeros(1, 4)).isnan().any()


def test_the_mlp_bends_by_the_square_of_what_is_positive(make) -> None:
    mlp = make().blocks[0].mlp
    x = torch.randn(5, 32, generator=torch.Generator().manual_seed(2))
    wide = x @ mlp.c_fc.weight.T
    assert wide.shape == (5, 128)
    expected = torch.where(wide > 0, wide * wide, 0.0) @ mlp.c_proj.weight.T
    assert torch.allclose(mlp(x), expected, atol=1e-4)


positions = st.integers(0, 2000)
vectors = st.lists(st.floats(-3, 3, width=32), min_size=8, max_size=8).map(torch.tensor)
TABLES = rotary_tables(4001, 8, 100_000.0)


def turned(vector: torch.Tensor, position: int) -> torch.Tensor:
    cos, sin = (table[position : position + 1] for table in TABLES)
    return apply_rotary_emb(vector[None, :], cos, sin)[0]


@given(vectors, vectors, positions, positions, positions)
def test_rope_scores_depend_on_the_distance_only(q, k, m, n, shift) -> None:
    score = turned(q, m) @ turned(k, n)
    moved = turned(q, m + shift) @ turned(k, n + shift)
    assert torch.allclose(score, moved, atol=1e-4)


def test_rope_scores_do_change_with_the_distance() -> None:
    q = k = torch.ones(8)
    scores = torch.stack([turned(q, 100) @ turned(k, 100 - d) for d in range(5)])
    assert (scores.diff().abs() > 1e-2).all()


@given(vectors, positions)
def test_rope_is_a_turn(vector, position) -> None:
    assert torch.allclose(turned(vector, position).norm(), vector.norm(), atol=1e-4)
    assert torch.equal(turned(vector, 0), vector)


def test_rope_equals_complex_multiplication_in_float64() -> None:
    length, D, base = 4000, 16, 100_000.0
    x = torch.randn(2, 3, length, D, generator=torch.Generator().manual_seed(1))
    cos, sin = rotary_tables(length, D, base)
    assert cos.dtype == sin.dtype == torch.float32
    assert cos.shape == sin.shape == (length, D // 2)
    rate = torch.tensor([base ** (-2 * i / D) for i in range(D // 2)], dtype=torch.float64)
    dial = torch.polar(torch.ones(1).double(), torch.arange(length)[:, None] * rate)
    pairs = torch.complex(x[..., : D // 2].double(), x[..., D // 2 :].double()) * dial
    expected = torch.cat([pairs.real, pairs.imag], dim=-1)
    assert torch.allclose(apply_rotary_emb(x, cos, sin).double(), expected, atol=1e-5)


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float32, torch.int64])
def test_rope_answers_in_float32(dtype: torch.dtype) -> None:
    cos, sin = rotary_tables(3, 4, 100.0)
    expected = apply_rotary_emb(torch.ones(3, 4), cos, sin)
    answer = apply_rotary_emb(torch.ones(3, 4).to(dtype), cos, sin)
    assert answer.dtype == torch.float32
    assert torch.equal(answer, expected)  # whole numbers are not cut to whole numbers again


@given(st.integers(1, 12), st.integers(0, 12), st.integers(1, 30))
def test_visible_is_the_near_past(T: int, past: int, window: int) -> None:
    seen = visible(T, past + T, window, torch.device("cpu"))
    for row in range(T):
        m = past + row
        expected = [n for n in range(past + T) if m - window < n <= m]
        assert seen[row].nonzero().flatten().tolist() == expected


# --- the whole model ----------------------------------------------------------------------


def test_the_first_loss_is_ln_v() -> None:
    torch.manual_seed(0)
    model = GPT(GPTConfig(sequence_len=16, vocab_size=VOCAB, n_embd=64))
    model.init_weights()
    idx = torch.randint(VOCAB, (3, 16))
    assert torch.equal(model(idx), torch.zeros(3, 16, VOCAB))
    assert model(idx, idx).item() == pytest.approx(math.log(VOCAB), abs=1e-5)


def text(rows: int = 2, length: int = 40, seed: int = 3) -> torch.Tensor:
    return torch.randint(VOCAB, (rows, length), generator=torch.Generator().manual_seed(seed))


@pytest.mark.parametrize("shape", SHAPES)
@torch.no_grad()
def test_the_future_never_changes_the_past(make, shape: str) -> None:
    model, idx = make(shape), text()
    before = model(idx)
    for at in (0, 1, 17, 39):
        changed = idx.clone()
        changed[:, at] = (changed[:, at] + 1) % VOCAB
        after = model(changed)
        assert torch.allclose(before[:, :at], after[:, :at], atol=1e-5)
        assert (before[:, at:] - after[:, at:]).abs().amax(dim=-1).min() > 1e-4


@torch.no_grad()
def test_a_short_window_hides_what_is_far(make) -> None:
    """Two layers, the second full: blank the second, and only the window of the first is left."""
    model = make("windows", n_layer=2)  # windows 16 and 64
    model.blocks[1].attn.c_proj.weight.zero_()
    idx = text(1)
    changed = idx.clone()
    changed[0, 10] = (changed[0, 10] + 1) % VOCAB
    moved = (model(idx) - model(changed)).abs().amax(dim=-1)[0] > 1e-5
    assert moved.nonzero().flatten().tolist() == list(range(10, 26))


@torch.no_grad()
def test_grouped_heads_equal_repeated_heads(make) -> None:
    grouped = make("grouped")  # 4 query heads, 2 key/value heads, 16 wide
    plain = GPT(GPTConfig(sequence_len=64, vocab_size=VOCAB, n_layer=2, n_head=4, n_embd=64))
    state = grouped.state_dict()
    for name in [name for name in state if name.endswith("c_qkv.weight")]:
        q, k, v = state[name].split((64, 32, 32))
        k, v = (part.view(2, 16, 64).repeat_interleave(2, dim=0).reshape(64, 64) for part in (k, v))
        state[name] = torch.cat([q, k, v])
    plain.load_state_dict(state)
    assert torch.allclose(plain(text()), grouped(text()), atol=1e-5)


@pytest.mark.parametrize("width", [8, 32, 128])
@torch.no_grad()
def test_attention_scores_reach_and_respect_the_bound(make, monkeypatch, width: int) -> None:
    model = make(n_layer=1, n_head=2, n_kv_head=2, n_embd=2 * width)
    half = model.blocks[0].attn.c_qkv.weight
    half[2 * width : 4 * width] = half[
        : 2 * width
    ]  # keys equal queries: the largest score there is
    seen = []
    fused = F.scaled_dot_product_attention

    def watched(q, k, v, **how):
        seen.append((q @ k.transpose(-1, -2) * how["scale"]).abs().max().item())
        return fused(q, k, v, **how)

    monkeypatch.setattr(F, "scaled_dot_product_attention", watched)
    model(text())
    assert seen == [pytest.approx(12.0, abs=1e-3)]


@torch.no_grad()
def test_softcap(make) -> None:
    model, idx = make(), text()
    raw = torch.linspace(-400, 400, VOCAB)
    stream = torch.zeros(1, model.config.n_embd)

    def record(_module, inputs) -> None:
        stream.copy_(inputs[0][0, -1:])

    with_hook = model.lm_head.register_forward_pre_hook(record)
    model(idx)
    with_hook.remove()
    model.lm_head.weight.copy_(raw[:, None] * stream / stream.pow(2).sum())  # scores `raw` there
    logits = model(idx)[0, -1]
    assert torch.allclose(logits, 15 * torch.tanh(raw / 15), atol=1e-3)
    assert logits.abs().max() <= 15
    assert (logits.diff() >= 0).all()


def test_last_only_is_the_last_column(make) -> None:
    model = make()
    assert torch.allclose(model(text())[:, -1:], model(text(), last_only=True), atol=1e-5)


def test_a_text_too_long_is_refused(make) -> None:
    with pytest.raises(ValueError, match="The text has 65 tokens, but this model reads at most 64"):
        make()(text(1, 65))
    assert make()(text(1, 64)).shape == (1, 64, VOCAB)


def test_loss_modes(make) -> None:
    model, idx = make(), text()
    targets = idx.roll(-1, dims=1).clone()
    targets[0, :5] = -1
    each = model(idx, targets, loss_reduction="none")
    shares = model(idx).softmax(-1)
    picked = shares.gather(-1, targets.clamp(min=0)[..., None])[..., 0]
    assert each.shape == targets.shape
    assert (each[0, :5] == 0).all()
    assert torch.allclose(each[1], -picked[1].log(), atol=1e-4)
    assert torch.allclose(model(idx, targets), each.sum() / 75, atol=1e-5)
    assert model(idx, torch.full_like(idx, -1)).item() == 0.0  # nothing counts: no NaN
    assert torch.allclose(model(idx, targets.int().t().contiguous().t()), each.sum() / 75)
    with pytest.raises(ValueError, match="loss_reduction must be"):
        next_token_loss(model(idx), targets, "sum")


def test_training_lowers_the_loss_and_reaches_every_weight() -> None:
    torch.manual_seed(0)
    model = fresh_model(
        GPTConfig(sequence_len=16, vocab_size=40, n_layer=2, n_embd=32, window_pattern="SL"),
        device_type="cpu",
    )
    optimiser = torch.optim.Adam(model.parameters(), lr=0.01)
    idx = torch.randint(40, (4, 16))
    losses = []
    for _ in range(30):
        loss = model(idx[:, :-1], idx[:, 1:])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    assert losses[0] == pytest.approx(math.log(40), abs=1e-5)
    assert losses[-1] < losses[0] / 4
    assert all(weight.grad.abs().sum() > 0 for weight in model.parameters())


def test_the_tables_of_rope_stay_exact_in_bfloat16(make) -> None:
    model = make().to(torch.bfloat16)
    assert model.cos.dtype == model.sin.dtype == torch.float32
    logits = model(text())
    assert logits.dtype == torch.float32
    assert torch.nn.functional.cosine_similarity(
        logits.flatten(), make()(text()).flatten(), dim=0
    ) > 0.98  # fmt: skip
    assert not [name for name in model.state_dict() if "cos" in name or "sin" in name]


def test_fresh_models_repeat_by_seed() -> None:
    config = GPTConfig(sequence_len=8, vocab_size=10, n_embd=16)
    one, same, other = (fresh_model(config, seed, "cpu") for seed in (1, 1, 2))
    assert torch.equal(one.wte.weight, same.wte.weight)
    assert not torch.equal(one.wte.weight, other.wte.weight)


def test_columns_of_weights_lie_side_by_side_wherever_a_model_goes(make) -> None:
    """Drawn, copied, loaded and converted: a few rows are multiplied faster that way."""
    model = make("full")
    loaded = GPT(model.config)
    loaded.load_state_dict({name: w.contiguous() for name, w in model.state_dict().items()})
    fresh = fresh_model(model.config, device_type="cpu")
    low = copy.deepcopy(fresh).to(torch.bfloat16)
    for each in (model, copy.deepcopy(model), loaded, fresh, low):
        layers = [part for part in each.modules() if isinstance(part, Linear)]
        assert len(layers) == 4 * model.config.n_layer + 1
        for layer in layers:
            assert layer.weight.shape == (layer.out_features, layer.in_features)
            assert layer.weight.t().is_contiguous()
