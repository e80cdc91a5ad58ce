"""AdamW, Muon and the schedules: each against what it promises, worked out another way."""

from __future__ import annotations

import math

import pytest
import torch
from random_models import SHAPES

from nanochat.adamw import AdamW
from nanochat.gpt import GPT, GPTConfig
from nanochat.muon import COEFFICIENTS, Muon, newton_schulz
from nanochat.optimizer import Group, Optimizer, Part
from nanochat.schedule import learning_rate_multiplier, momentum_at


def drawn(*shape: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


# --- AdamW --------------------------------------------------------------------------------


@pytest.mark.parametrize("weight_decay", [0.0, 0.1])
def test_adamw_equals_torchs_over_20_steps(weight_decay: float) -> None:
    ours = torch.nn.Parameter(drawn(7, 5))
    theirs = torch.nn.Parameter(ours.detach().clone())
    rule = AdamW(0.05, betas=(0.8, 0.95), eps=1e-8, weight_decay=weight_decay)
    mine = Optimizer([Group("all", rule, [Part(ours, 0, 7)])])
    torchs = torch.optim.AdamW(
        [theirs], lr=0.05, betas=(0.8, 0.95), eps=1e-8, weight_decay=weight_decay
    )
    for step in range(20):
        ours.grad = drawn(7, 5, seed=step + 1)
        theirs.grad = ours.grad.clone()
        mine.multiplier = 0.5 if step > 10 else 1.0
        torchs.param_groups[0]["lr"] = 0.05 * mine.multiplier
        mine.step()
        torchs.step()
    assert (ours - theirs).abs().max() < 1e-6
    assert (ours - drawn(7, 5)).abs().min() > 1e-3  # it has moved everywhere


def test_one_adamw_step_by_hand() -> None:
    """The few lines that a lesson shows, to 1e-6."""
    p, slope, lr, b1, b2, eps, decay = drawn(4, 3), drawn(4, 3, seed=1), 0.1, 0.9, 0.99, 1e-8, 0.01
    weights = p.clone()
    rule = AdamW(lr, (b1, b2), eps, decay)
    rule.apply(weights, rule.direction(slope, {}, step=1), lr)
    m, v = (1 - b1) * slope, (1 - b2) * slope**2
    expected = p * (1 - lr * decay) - lr * (m / (1 - b1)) / ((v / (1 - b2)).sqrt() + eps)
    assert torch.allclose(weights, expected, atol=1e-6)


# --- Newton–Schulz and Muon ---------------------------------------------------------------


@pytest.mark.parametrize("shape", [(12, 12), (8, 30), (30, 8), (3, 20, 9)])
@pytest.mark.parametrize(("coefficients", "near"), [("classic", 0.35), ("polar", 0.2)])
def test_newton_schulz_evens_out_and_keeps_directions(shape, coefficients, near) -> None:
    G = drawn(*shape)
    X = newton_schulz(G, coefficients)
    assert X.shape == G.shape
    values = torch.linalg.svdvals(X)
    before = torch.linalg.svdvals(G)
    assert (values - 1).abs().max() < near
    assert (before.amax(-1) / before.amin(-1)).min() > 2  # there was something to even out
    # The same directions: U and V of the matrix undo it to a diagonal.
    U, _, Vh = torch.linalg.svd(G, full_matrices=False)
    inside = U.mT @ X @ Vh.mT
    assert torch.allclose(inside, torch.diag_embed(inside.diagonal(0, -2, -1)), atol=1e-4)


def test_newton_schulz_of_a_transpose_is_the_transpose() -> None:
    G = drawn(2, 6, 14)
    for coefficients in COEFFICIENTS:
        a, b = newton_schulz(G, coefficients), newton_schulz(G.mT, coefficients).mT
        assert torch.allclose(a, b, atol=1e-5)


def test_newton_schulz_in_bfloat16_is_close_and_zero_stays_zero() -> None:
    G = drawn(10, 24)
    low = newton_schulz(G, dtype=torch.bfloat16)
    assert low.dtype == torch.float32
    assert (torch.linalg.svdvals(low) - 1).abs().max() < 0.25
    assert torch.equal(newton_schulz(torch.zeros(3, 4)), torch.zeros(3, 4))
    with pytest.raises(ValueError, match="choose one of"):
        newton_schulz(G, "cubic")


def naive_muon(W, G, m, lr, mu, decay, coefficients):
    """One matrix, one line a step, as a lesson would write it."""
    m = mu * m + (1 - mu) * G
    X = (1 - mu) * G + mu * m
    wide = X if X.shape[0] <= X.shape[1] else X.T
    wide = wide / (1.01 * (wide**2).sum().sqrt() + 1e-6)
    for a, b, c in COEFFICIENTS[coefficients]:
        A = wide @ wide.T
        wide = a * wide + b * A @ wide + c * A @ A @ wide
    X = wide if X.shape[0] <= X.shape[1] else wide.T
    X = X * max(1, W.shape[0] / W.shape[1]) ** 0.5
    W = W - lr * decay * torch.where(W * X > 0, W, 0.0)
    return W - lr * X, m


@pytest.mark.parametrize("coefficients", ["classic", "polar"])
def test_stacked_muon_equals_the_naive_one_matrix_step(coefficients: str) -> None:
    shapes = [(6, 10), (10, 6), (6, 10), (8, 8)]
    weights = [torch.nn.Parameter(drawn(*shape, seed=n)) for n, shape in enumerate(shapes)]
    naive = [(w.detach().clone(), torch.zeros_like(w)) for w in weights]
    rule = Muon(0.1, weight_decay=0.2, coefficients=coefficients)
    optimizer = Optimizer([Group("m", rule, [Part(w, 0, len(w)) for w in weights])])
    assert [len(bundle.parts) for bundle in optimizer.groups[0].bundles] == [2, 1, 1]
    for step in range(3):
        mu = 0.85 + 0.05 * step
        optimizer.set_momentum(mu)
        for n, w in enumerate(weights):
            w.grad = drawn(*w.shape, seed=100 * step + n)
            naive[n] = naive_muon(naive[n][0], w.grad, naive[n][1], 0.1, mu, 0.2, coefficients)
        optimizer.step()
    for w, (expected, _) in zip(weights, naive, strict=True):
        assert torch.allclose(w, expected, atol=1e-5)


# --- groups -------------------------------------------------------------------------------


@pytest.mark.parametrize("matrices", ["muon", "adamw"])
@pytest.mark.parametrize("shape", SHAPES)
def test_every_weight_is_in_exactly_one_group(make, shape: str, matrices: str) -> None:
    model = make(shape, activation="swiglu")
    optimizer = model.setup_optimizer(matrices=matrices)
    moved = {id(p): torch.zeros(len(p)) for p in model.parameters()}
    for group in optimizer.groups:
        for bundle in group.bundles:
            for part in bundle.parts:
                moved[id(part.parameter)][part.first : part.last] += 1
    assert all((rows == 1).all() for rows in moved.values())
    names = [group.name for group in optimizer.groups]
    assert names == ["lm_head", "embedding", "matrices"]


def test_learning_rates_grow_as_models_get_narrower(make) -> None:
    narrow = make(n_embd=48, n_head=4).setup_optimizer().groups
    wide = make(n_embd=192, n_head=4).setup_optimizer().groups
    assert narrow[0].rule.lr == pytest.approx(2 * wide[0].rule.lr)
    assert narrow[0].rule.lr == pytest.approx(0.004 * 4)  # 768 / 48 = 16
    assert narrow[2].rule.lr == wide[2].rule.lr == 0.02
    with pytest.raises(ValueError, match='choose "muon" or "adamw"'):
        make().setup_optimizer(matrices="sgd")


def test_queries_keys_and_values_are_evened_out_apart(make) -> None:
    """One table holds them, but a large slope in the queries must not quieten the values."""
    model = make()
    model.setup_optimizer()
    optimizer = model.setup_optimizer()
    table = model.blocks[0].attn.c_qkv.weight
    for p in model.parameters():
        p.grad = drawn(*p.shape)
    table.grad[:32] *= 1000
    before = table.detach().clone()
    optimizer.step()
    q, k, v = (table - before).split(32)
    assert q.norm().item() == pytest.approx(v.norm().item(), rel=0.2)
    assert k.norm().item() == pytest.approx(v.norm().item(), rel=0.2)


@pytest.mark.parametrize("activation", ["relu2", "swiglu"])
def test_muon_learns_a_few_rows_by_heart(activation: str) -> None:
    torch.manual_seed(0)
    model = GPT(GPTConfig(sequence_len=16, vocab_size=40, n_layer=2, n_embd=32,
                          activation=activation))  # fmt: skip
    model.init_weights()
    optimizer = model.setup_optimizer()
    idx = torch.randint(40, (4, 17))
    losses = []
    for _ in range(25):
        loss = model(idx[:, :-1], idx[:, 1:])
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        losses.append(loss.item())
    assert losses[0] == pytest.approx(math.log(40), abs=1e-5)
    assert losses[-1] < 0.5


def test_an_optimiser_goes_on_where_it_was(make) -> None:
    model = make()
    one = model.setup_optimizer(muon_dtype=torch.float32)

    def step(optimizer: Optimizer, seed: int) -> None:
        for n, p in enumerate(model.parameters()):
            p.grad = drawn(*p.shape, seed=seed + n)
        optimizer.step()

    step(one, 0)
    weights = {name: w.clone() for name, w in model.state_dict().items()}
    state = {name: x.clone() for name, x in one.state_dict().items()}
    step(one, 50)
    after = {name: w.clone() for name, w in model.state_dict().items()}
    model.load_state_dict(weights)
    two = model.setup_optimizer()
    two.load_state_dict(state)
    step(two, 50)
    assert all(torch.equal(w, after[name]) for name, w in model.state_dict().items())
    with pytest.raises(ValueError, match="belongs to another model or another optimiser"):
        make("grouped").setup_optimizer().load_state_dict(state)
    with pytest.raises(ValueError, match="belongs to another"):
        model.setup_optimizer(matrices="adamw").load_state_dict(state)
    with pytest.raises(ValueError, match="belongs to another"):
        model.setup_optimizer().load_state_dict({})


# --- schedules ----------------------------------------------------------------------------


def test_the_learning_rate_rises_stays_and_falls() -> None:
    rates = [learning_rate_multiplier(step, 100, 10, 0.4) for step in range(101)]
    assert rates[0] == pytest.approx(0.1)
    assert rates[9] == rates[60] == 1
    assert rates[80] == pytest.approx(0.5)
    assert rates[99] == pytest.approx(1 / 40)
    assert rates[100] == 0
    assert rates[:10] == sorted(rates[:10])
    assert rates[60:] == sorted(rates[60:], reverse=True)


@pytest.mark.parametrize("step", [-1000, -1, 0, 1, 5, 9, 10, 11, 1000, 10**9])
@pytest.mark.parametrize("warmup", [0, 1, 7, 50])
@pytest.mark.parametrize("warmdown", [0.0, 0.3, 1.0])
def test_schedules_never_leave_their_range(step: int, warmup: int, warmdown: float) -> None:
    rate = learning_rate_multiplier(step, 10, warmup, warmdown, final=0.05)
    assert 0 <= rate <= 1
    if step >= 10:
        assert rate == pytest.approx(min(0.05, 11 / warmup if warmup else 1))
    assert 0.85 <= momentum_at(step) <= 0.95
    assert momentum_at(step, warmup_steps=0) == 0.95


def test_the_momentum_rises_in_a_straight_line() -> None:
    assert [momentum_at(step) for step in (0, 150, 300)] == pytest.approx([0.85, 0.90, 0.95])


def test_odd_schedules_are_refused() -> None:
    for odd in ({"steps": 0}, {"steps": 5, "warmdown_share": 1.5}, {"steps": 5, "final": -0.1}):
        with pytest.raises(ValueError):
            learning_rate_multiplier(0, **odd)
