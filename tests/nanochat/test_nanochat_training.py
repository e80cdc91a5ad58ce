"""What training stands on: loss in strips, accumulation, counts, drills, probes, bits per byte."""

from __future__ import annotations

import io
import math
import random

import pytest
import torch
from random_models import SHAPES, VOCAB

from nanochat import loss as loss_module
from nanochat.distributed import Ranks
from nanochat.drills import Drills
from nanochat.evaluate import evaluate_bpb
from nanochat.gpt import GPT, GPTConfig
from nanochat.loss import loss_in_strips, next_token_loss, softcap
from nanochat.probes import attention_pattern, copying_scores
from nanochat.training import Progress, horizon, learn, split_rows


def text(rows: int = 2, length: int = 40, seed: int = 3) -> torch.Tensor:
    return torch.randint(VOCAB, (rows, length), generator=torch.Generator().manual_seed(seed))


# --- the loss -----------------------------------------------------------------------------


@pytest.mark.parametrize("strip", [1, 7 * 30, 10**6])
@pytest.mark.parametrize("cap", [3.0, 15.0, 1000.0])
def test_loss_in_strips_equals_the_formula_and_its_slopes(monkeypatch, strip, cap) -> None:
    monkeypatch.setitem(loss_module.STRIP_SCORES, "cpu", strip)
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(2, 11, 8, generator=generator).requires_grad_()
    table = (3 * torch.randn(30, 8, generator=generator)).requires_grad_()
    targets = torch.randint(-1, 30, (2, 11), generator=generator)
    assert (targets == -1).any()
    plain = next_token_loss(softcap(x @ table.T, cap), targets)
    expected = torch.autograd.grad(3 * plain, (x, table))
    ours = loss_in_strips(x, table, targets, cap)
    got = torch.autograd.grad(3 * ours, (x, table))
    assert torch.allclose(ours, plain, atol=1e-5)
    assert all(torch.allclose(a, b, atol=1e-5) for a, b in zip(got, expected, strict=True))
    with torch.no_grad():
        assert torch.allclose(loss_in_strips(x, table, targets, cap), plain, atol=1e-5)


def test_loss_in_strips_of_nothing_is_zero_with_flat_slopes() -> None:
    x, table = torch.randn(1, 3, 4, requires_grad=True), torch.randn(5, 4, requires_grad=True)
    nothing = loss_in_strips(x, table, torch.full((1, 3), -1), 15.0)
    nothing.backward()
    assert nothing.item() == 0
    assert not x.grad.any() and not table.grad.any()


def test_softcap_and_cross_entropy_equal_the_few_lines_of_a_lesson() -> None:
    scores = torch.linspace(-40, 40, 12).view(1, 2, 6)
    capped = torch.tensor([[[15 * math.tanh(s / 15) for s in row] for row in scores[0].tolist()]])
    assert torch.allclose(softcap(scores, 15.0), capped, atol=1e-5)
    targets = torch.tensor([[2, 5]])
    shares = capped.exp() / capped.exp().sum(-1, keepdim=True)
    by_hand = -(shares[0, 0, 2].log() + shares[0, 1, 5].log()) / 2
    assert torch.allclose(next_token_loss(capped, targets), by_hand, atol=1e-5)


# --- taps and options ---------------------------------------------------------------------


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("activation", ["relu2", "swiglu"])
def test_taps_see_every_named_place_and_change_nothing(make, shape: str, activation: str) -> None:
    model, idx = make(shape, activation=activation), text()
    before = model(idx)
    seen: dict[str, torch.Tensor] = {}
    model.tap = lambda name, x: seen.update({name: x})
    assert torch.equal(model(idx), before)
    config = model.config
    B, T, C, D = 2, 40, config.n_embd, config.head_width
    shapes = {"embed": (B, T, C), "final": (B, T, C)}
    shapes |= {"logits_raw": (B, T, VOCAB), "logits": (B, T, VOCAB)}
    for i in range(config.n_layer):
        wide = (2 if activation == "swiglu" else 1) * config.mlp_width
        shapes |= {f"blocks.{i}.resid_{at}": (B, T, C) for at in ("pre", "mid", "post")}
        shapes |= {f"blocks.{i}.attn.{at}": (B, config.n_head, T, D) for at in ("q", "z")}
        shapes |= {f"blocks.{i}.attn.{at}": (B, config.n_kv_head, T, D) for at in ("k", "v")}
        shapes |= {f"blocks.{i}.{at}.out": (B, T, C) for at in ("attn", "mlp")}
        shapes |= {f"blocks.{i}.mlp.pre": (B, T, wide)}
        shapes |= {f"blocks.{i}.mlp.post": (B, T, config.mlp_width)}
    assert {name: tuple(x.shape) for name, x in seen.items()} == shapes
    assert torch.equal(seen["logits"], before)
    # What was seen fits together: the stream is what came in plus what was added.
    added = seen["blocks.0.resid_pre"] + seen["blocks.0.attn.out"]
    assert torch.equal(seen["blocks.0.resid_mid"], added)
    # And the pattern, worked out again from queries and keys, mixes the values to what came out.
    for i, window in enumerate(config.windows()):
        q, k, v = (seen[f"blocks.{i}.attn.{at}"] for at in "qkv")
        p = attention_pattern(q, k, window, config.attention_bound)
        assert torch.allclose(p.sum(-1), torch.ones(()), atol=1e-5)
        mixed = p @ v.repeat_interleave(config.n_head // config.n_kv_head, dim=1)
        assert torch.allclose(mixed, seen[f"blocks.{i}.attn.z"], atol=1e-4)


def test_the_loss_is_the_same_with_a_tap(make) -> None:
    model, idx = make(), text()
    before = model(idx, idx)
    model.tap = lambda name, x: None
    assert torch.allclose(model(idx, idx), before, atol=1e-5)


@torch.no_grad()
def test_swiglu_gates(make) -> None:
    mlp = make(activation="swiglu").blocks[0].mlp
    x = torch.randn(5, 32)
    gate, passed = (x @ mlp.c_fc.weight.T).split(mlp.c_proj.in_features, dim=1)
    expected = (gate / (1 + (-gate).exp()) * passed) @ mlp.c_proj.weight.T
    assert torch.allclose(mlp(x), expected, atol=1e-4)
    with pytest.raises(ValueError, match='activation must be "relu2" or "swiglu"'):
        GPTConfig(activation="gelu")


@pytest.mark.parametrize("activation", ["relu2", "swiglu"])
@pytest.mark.parametrize("shape", SHAPES)
def test_counts_are_what_is_there(make, shape: str, activation: str) -> None:
    model = make(shape, activation=activation)
    counts = model.count_parameters()
    assert counts["total"] == sum(p.numel() for p in model.parameters())
    assert counts["matrices"] == sum(p.numel() for p in model.blocks.parameters())
    assert counts["embedding"] == counts["lm_head"] == model.wte.weight.numel()
    assert counts["scaling"] == counts["total"] - counts["embedding"]


def test_flops_are_what_torch_counts(make) -> None:
    """Torch counts the products of one pass forward and backward; its fused kernel hides them."""
    from torch.nn.attention import SDPBackend, sdpa_kernel
    from torch.utils.flop_counter import FlopCounterMode

    model, idx = make("full"), text(1, 64)
    with FlopCounterMode(display=False) as counter, sdpa_kernel(SDPBackend.MATH):
        next_token_loss(model(idx), idx).backward()
    assert model.flops_per_token() == counter.get_total_flops() / 64


def test_short_windows_are_less_work(make) -> None:
    all_see, short = make("windows", window_pattern="L"), make("windows")  # 64 or 16 places
    assert all_see.flops_per_token() - short.flops_per_token() == 12 * 32 * (2 * 64 - 2 * 16)


# --- one step -----------------------------------------------------------------------------


def test_accumulated_batches_equal_one_large_batch(make) -> None:
    """Also when some targets do not count, and not equally many in each batch."""
    idx, targets = text(4, 20), text(4, 20, seed=9)
    targets[0, :15] = -1
    targets[3] = -1
    moved = []
    for cut in (4, 2, 1):
        model = make()
        optimizer = model.setup_optimizer(matrices="adamw")
        parts = list(zip(idx.split(cut), targets.split(cut), strict=True))
        loss = learn(model, optimizer, parts, Ranks())
        moved.append((loss, model.blocks[0].mlp.c_fc.weight.grad.clone()))
    for loss, slopes in moved[1:]:
        assert loss == pytest.approx(moved[0][0], abs=1e-4)
        assert torch.allclose(slopes, moved[0][1], atol=1e-4)


def test_without_targets_nothing_is_learned(make) -> None:
    model = make()
    before = model.wte.weight.clone()
    optimizer = model.setup_optimizer()
    assert learn(model, optimizer, [(text(), torch.full((2, 40), -1))], Ranks()) is None
    assert torch.equal(model.wte.weight, before)
    assert optimizer.steps == 0


def test_weights_keep_float32_while_products_run_in_bfloat16(make) -> None:
    model, idx = make(), text()
    plain = model(idx, idx)
    model.work_dtype = torch.bfloat16
    loss = model(idx, idx)
    loss.backward()
    assert loss.dtype == torch.float32
    assert loss.item() == pytest.approx(plain.item(), rel=0.05)
    assert loss.item() != plain.item()
    assert all(p.grad.dtype == p.dtype == torch.float32 for p in model.parameters())
    slope = model.blocks[0].mlp.c_fc.weight.grad.clone()
    model.work_dtype = None
    model.zero_grad()
    model(idx, idx).backward()
    exact = model.blocks[0].mlp.c_fc.weight.grad
    assert torch.nn.functional.cosine_similarity(slope.flatten(), exact.flatten(), dim=0) > 0.98


def test_exactly_one_wish_sets_the_horizon() -> None:
    config = GPTConfig(n_layer=2, n_embd=64, vocab_size=100)
    weights = 2 * 12 * 64 * 64 + 100 * 64
    assert horizon(config, 1000, steps=7) == 7
    assert horizon(config, 1000, ratio=20) == round(20 * weights / 1000)
    each = 6 * weights + 12 * 2 * 64 * 256
    assert horizon(config, 1000, flops=each * 5000) == 5
    assert horizon(config, 1000, flops=1) == 1
    for wrong in ({}, {"steps": 5, "ratio": 2}):
        with pytest.raises(ValueError, match="Give exactly one of --steps, --flops and --ratio"):
            horizon(config, 1000, **wrong)
    with pytest.raises(ValueError, match="learns nothing"):
        horizon(config, 1000, steps=0)


def test_rows_are_shared_evenly_or_refused() -> None:
    assert split_rows(16, 64, 1) == (16, 1)
    assert split_rows(16, 4, 2) == (4, 2)
    for rows, micro, world in ((16, 5, 1), (15, 8, 2), (1, 8, 2), (0, 8, 1), (8, 0, 1)):
        with pytest.raises(ValueError, match="cannot be shared evenly"):
            split_rows(rows, micro, world)


# --- bits per byte ------------------------------------------------------------------------


def test_bits_per_byte_counts_text_only(make) -> None:
    model, idx, targets = make(), text(), text(seed=5)
    targets[0, :7] = -1
    lengths = random.Random(1).choices((0, 1, 3), k=VOCAB)
    logits = model(idx).double().log_softmax(-1)
    nats, size = 0.0, 0
    for row in range(2):
        for at in range(40):
            right = int(targets[row, at])
            if right >= 0 and lengths[right]:
                nats -= logits[row, at, right].item()
                size += lengths[right]
    expected = nats / math.log(2) / size
    batch = (idx, targets, {})
    assert evaluate_bpb(model, [batch], 1, lengths) == pytest.approx(expected, rel=1e-5)
    assert evaluate_bpb(model, [batch] * 9, 3, lengths) == pytest.approx(expected, rel=1e-5)
    assert evaluate_bpb(model, [batch], 1, [0] * VOCAB) == math.inf
    nothing = (idx, torch.full_like(idx, -1), {})
    assert evaluate_bpb(model, [nothing], 1, lengths) == math.inf


def test_an_untrained_model_needs_the_bits_of_its_vocabulary() -> None:
    model = GPT(GPTConfig(sequence_len=64, vocab_size=256, n_layer=1, n_head=1, n_kv_head=1,
                          n_embd=16))  # fmt: skip
    model.init_weights()
    idx = text() % 256
    assert evaluate_bpb(model, [(idx, idx, None)], 1, [1] * 256) == pytest.approx(8.0, abs=1e-5)


# --- drills -------------------------------------------------------------------------------


def test_drills_repeat_behind_their_mark_and_spare_the_other_rows() -> None:
    drills = Drills(range(100), mark=(290, 290), share=0.5, shortest=8, longest=20)
    inputs, targets = torch.full((6, 50), 299), torch.full((6, 50), 298)
    drills.put_into(inputs, targets, 0.5, "seed")
    assert (inputs[3:] == 299).all() and (targets[3:] == 298).all()
    periods = set()
    for row in range(3):
        ids = [*inputs[row].tolist(), int(targets[row, -1])]
        assert targets[row, 0] == -1  # the second half of the mark is not to be guessed
        assert targets[row, 1:-1].tolist() == ids[2:-1]
        assert ids[:2] == [290, 290]
        period = next(p for p in range(1, 49) if ids[2 + p :] == ids[2:-p])
        assert 8 <= period <= 20
        assert set(ids[2:]) <= set(range(100))
        periods.add(tuple(ids))
    assert len(periods) == 3
    again, other = torch.zeros(6, 50).long(), torch.zeros(6, 50).long()
    drills.put_into(again, other, 0.5, "seed")
    assert torch.equal(again[:3], inputs[:3])
    drills.put_into(again, other, 0.5, "another seed")
    assert not torch.equal(again[:3], inputs[:3])


def test_drills_fade_out_and_odd_shares_are_met_on_average() -> None:
    drills = Drills(range(9), (0,), share=0.5, anneal=0.2)
    assert [drills.share_at(step, 100) for step in (0, 80, 90, 100, 500)] == pytest.approx(
        [0.5, 0.5, 0.25, 0.0, 0.0]
    )
    rows = []
    for n in range(200):
        inputs = torch.full((2, 20), 10)
        drills.put_into(inputs, inputs.clone(), 0.25, f"seed {n}")
        rows.append(int((inputs[:, -1] != 10).sum()))
    assert set(rows) == {0, 1}
    assert 0.4 < sum(rows) / 200 < 0.6


# --- probes -------------------------------------------------------------------------------


def test_the_probe_tells_a_model_that_copies_from_one_that_does_not(make, monkeypatch) -> None:
    model = make("full", sequence_len=128)
    uniform = copying_scores(model, range(VOCAB), length=24, opening=(299,))
    assert uniform.previous_token.shape == uniform.induction.shape == (3, 4)
    assert uniform.induction.max() < 0.15
    assert abs(uniform.gain) < 1.0
    # A model made by hand: head (0, 1) looks at the token before, head (2, 3) one further than
    # the last time; and the scores say what follows in a repeated text, with the share 0.9.
    T, length, before = 49, 24, 1

    def looking(layer: int, q: torch.Tensor) -> torch.Tensor:
        p = torch.full((*q.shape[:2], T, T), 1 / T)
        places = torch.arange(T)
        if layer == 0:
            p[:, 1] = 0.0
            p[:, 1, places[1:], places[1:] - 1] = 0.8
        if layer == 2:
            late = places[before + length :]
            p[:, 3] = 0.0
            p[:, 3, late, late - length + 1] = 0.7
        return p

    calls = iter(range(3))
    monkeypatch.setattr(
        "nanochat.probes.attention_pattern", lambda q, k, window, bound: looking(next(calls), q)
    )
    by_hand = copying_scores(model, range(VOCAB), length=24, opening=(299,))
    assert by_hand.previous_token.max() == pytest.approx(0.8 * 48 / 48)
    assert by_hand.previous_token.argmax() == 1
    assert by_hand.induction.max() == pytest.approx(0.7)
    assert by_hand.induction.argmax() == 2 * 4 + 3


def test_the_probe_measures_both_copies(make, monkeypatch) -> None:
    """A model that knows the second copy by heart, and nothing of the first."""
    model = make("full", sequence_len=64)
    knows = model.forward

    def forward(idx: torch.Tensor) -> torch.Tensor:
        knows(idx)
        logits = torch.zeros(*idx.shape, VOCAB)
        for at in range(2 + 20, 2 + 40 - 1):
            logits[:, at].scatter_(1, idx[:, at - 19, None], 30.0)
        return logits

    monkeypatch.setattr(model, "forward", forward)
    scores = copying_scores(model, range(VOCAB), length=20, opening=(299, 299))
    assert scores.first_copy == pytest.approx(math.log(VOCAB), abs=1e-4)
    assert scores.second_copy == pytest.approx(0.0, abs=1e-3)
    assert scores.gain == pytest.approx(math.log(VOCAB), abs=1e-3)
    assert model.tap is None
    with pytest.raises(ValueError, match="are 66, but this model reads at most 64"):
        copying_scores(model, range(VOCAB), length=33)


def test_a_pattern_made_of_hand_made_keys_is_found() -> None:
    """Queries equal to the key of the place before: nearly all of the share goes there."""
    places = torch.eye(16)[None, None] * 4  # keys of length √16, one for each place
    queries = places.roll(1, dims=2)
    p = attention_pattern(queries, places, window=16, bound=12.0)
    assert p.diagonal(-1, 2, 3).min() > 0.99
    short = attention_pattern(queries.roll(4, dims=2), places, window=4, bound=12.0)
    assert short.diagonal(-5, 2, 3).max() == 0  # outside the window


# --- what is shown ------------------------------------------------------------------------


def test_progress_is_plain_lines_where_it_is_piped_and_a_bar_on_a_terminal() -> None:
    piped = io.StringIO()
    progress = Progress(100, to=piped, every=0.0)
    for step in (1, 50, 100):
        progress.show(step, loss=2.0, tokens_a_second=1234.5)
    assert piped.getvalue().splitlines()[1] == "step 50/100  loss 2.000  1,234 tokens/s"
    assert "\r" not in piped.getvalue() and "\x1b" not in piped.getvalue()

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    screen = Terminal()
    progress = Progress(2, to=screen)
    progress.show(2, loss=1.0, tokens_a_second=10.0)
    assert screen.getvalue().startswith("\r[████████████████████] step 2/2")
    assert screen.getvalue().endswith("\n")
    silent = io.StringIO()
    other = Progress(2, shown=False, to=silent)
    other.show(1, 1.0, 1.0)
    other.say("nothing")
    assert silent.getvalue() == ""
