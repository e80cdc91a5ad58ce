"""Recording a model: its answers stay the same, the model is left clean, the numbers are true."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn
from traced_models import gpt2, hooks_of, mlp, nanochat_model

from nanochat.cache import KVCache
from nanochat_learn.errors import NotFound
from nanochat_learn.kernel.trace import TraceContext

IDS = torch.arange(2 * 20).reshape(2, 20) * 7 % 300


def answer(model: nn.Module, x: torch.Tensor) -> torch.Tensor:
    output = model(x)
    return output if isinstance(output, torch.Tensor) else output.logits


MODELS = {"nanochat": (nanochat_model, IDS), "gpt2": (gpt2, IDS), "mlp": (mlp, torch.randn(5, 8))}


@pytest.mark.parametrize("which", MODELS)
@pytest.mark.parametrize("names", [None, "*"])
def test_answers_are_bit_equal_and_nothing_stays(which: str, names: str | None):
    make, x = MODELS[which]
    model = make()
    with torch.no_grad():
        before = answer(model, x)
        with TraceContext(model, names, grad=False) as trace:
            during = answer(model, x)
            with TraceContext(model, names, statistics=True):  # nested
                again = answer(model, x)
        after = answer(model, x)
    for other in (during, again, after):
        assert torch.equal(before, other)
    assert hooks_of(model) == []
    assert len(trace.reader.steps) == 2
    assert trace.reader.manifest.state == "complete"


@pytest.mark.parametrize("which", MODELS)
def test_slopes_are_bit_equal_too(which: str):
    make, x = MODELS[which]

    def slopes(traced: bool) -> list[torch.Tensor]:
        model = make()
        if traced:
            with TraceContext(model, grad=True) as trace:
                answer(model, x).square().mean().backward()
            assert hooks_of(model) == []
            (step,) = trace.reader.steps
            assert any(record.name.endswith(".grad") for record in step.tensors)
            told = {w.name: w for w in step.weights}
            for name, weight in model.named_parameters():
                if weight.grad is not None:
                    assert told[name].gradient == pytest.approx(weight.grad.norm().item(), rel=1e-4)
        else:
            answer(model, x).square().mean().backward()
        return [p.grad for p in model.parameters() if p.grad is not None]

    for one, other in zip(slopes(False), slopes(True), strict=True):
        assert torch.equal(one, other)


def test_a_loss_and_its_slopes_are_bit_equal():
    targets = IDS.roll(-1, 1)
    found = []
    for traced in (False, True):
        model = nanochat_model()
        if traced:
            with TraceContext(model) as trace:
                loss = model(IDS, targets)
                loss.backward()
            assert trace.reader.steps[0].phase == "train"
            assert trace.reader.steps[0].loss == pytest.approx(loss.item())
        else:
            loss = model(IDS, targets)
            loss.backward()
        found.append([loss.detach(), *(p.grad for p in model.parameters())])
    for one, other in zip(*found, strict=True):
        assert torch.equal(one, other)


def reference_patterns(model: nn.Module, ids: torch.Tensor) -> list[torch.Tensor]:
    """Written out position by position, from the weights, without anything of ours."""
    from nanochat.gpt import apply_rotary_emb, norm

    found = []

    def before_attention(attn, args):
        x, cos, sin, *_ = args
        B, T, _ = x.shape
        heads = attn.c_qkv(x).view(B, T, -1, attn.head_width).transpose(1, 2).double()
        q = norm(apply_rotary_emb(heads[:, : attn.n_head], cos.double(), sin.double()))
        k = heads[:, attn.n_head : attn.n_head + attn.n_kv_head]
        k = norm(apply_rotary_emb(k, cos.double(), sin.double()))
        shares = torch.zeros(B, attn.n_head, T, T, dtype=torch.float64)
        for head in range(attn.n_head):
            theirs = head * attn.n_kv_head // attn.n_head
            for t in range(T):
                first = max(0, t - attn.window + 1)
                scores = (k[:, theirs, first : t + 1] @ q[:, head, t, :, None])[..., 0]
                bound = model.config.attention_bound / attn.head_width
                shares[:, head, t, first : t + 1] = (scores * bound).softmax(-1)
        found.append(shares)

    handles = [b.attn.register_forward_pre_hook(before_attention) for b in model.blocks]
    with torch.no_grad():
        model(ids)
    for handle in handles:
        handle.remove()
    return found


@pytest.mark.parametrize("shape", ["full", "grouped", "windows"])
def test_patterns_equal_the_reference(shape: str):
    model = nanochat_model(shape)
    expected = reference_patterns(model, IDS)
    with torch.no_grad(), TraceContext(model, "pattern", dtype="float32") as trace:
        model(IDS)
    for layer, shares in enumerate(expected):
        found = trace[f"blocks.{layer}.attn.hook_pattern"]
        assert found.shape == shares.shape
        assert np.abs(found - shares.numpy()).max() <= 1e-5


@pytest.mark.parametrize("shape", ["full", "grouped", "windows"])
@pytest.mark.parametrize("pieces", [[12] + [1] * 28, [20, 9, 11], [1] * 40])
def test_capture_under_the_cache_equals_capture_without(shape: str, pieces: list[int]):
    """Also where a ring has gone round, whose keys do not lie in the order of the text."""
    model = nanochat_model(shape)
    ids = torch.arange(2 * 40).reshape(2, 40) * 11 % 300
    with torch.no_grad():
        with TraceContext(model, "*", dtype="float32", name="whole") as whole:
            model(ids)
        cache = KVCache(model.config, 2, 40)
        with TraceContext(model, "*", dtype="float32", name="pieces") as cached:
            for part in ids.split(pieces, dim=1):
                model(part, kv_cache=cache)
    position = 0
    for step, length in zip(cached.reader.steps, pieces, strict=True):
        assert (step.position, step.length) == (position, length)
        assert step.phase == ("decode" if position else "prefill")
        here = slice(position, position + length)
        for layer in range(model.config.n_layer):
            for name in ("q", "k", "v", "z"):
                a = whole.get(f"blocks.{layer}.attn.{name}")[:, :, here]
                assert np.allclose(
                    cached.get(f"blocks.{layer}.attn.{name}", step.step), a, atol=1e-4
                )
            shares = cached.get(f"blocks.{layer}.attn.pattern", step.step)
            assert shares.shape == (2, 4, length, position + length)
            expected = whole.get(f"blocks.{layer}.attn.pattern")[:, :, here, : position + length]
            assert np.abs(shares - expected).max() <= 1e-5
            assert np.abs(shares.sum(-1) - 1).max() <= 1e-5
        position += length


@pytest.mark.parametrize("shape", ["full", "windows"])
def test_a_pattern_that_was_not_recorded_is_worked_out_from_the_folder(shape: str):
    model = nanochat_model(shape)
    cache = KVCache(model.config, 2, 40)
    with torch.no_grad(), TraceContext(model, ["q", "k", "v", "z"], dtype="float32") as trace:
        for part in IDS.repeat(1, 2).split([17] + [1] * 23, dim=1):
            model(part, kv_cache=cache)
    assert "blocks.0.attn.pattern" not in trace.names
    shares = trace["blocks.0.attn.pattern"]
    assert shares.shape == (2, 4, 1, 40)
    values = np.concatenate([trace.get("blocks.0.attn.v", s.step) for s in trace.reader.steps], 2)
    values = np.repeat(values, 4 // values.shape[1], axis=1)
    assert np.allclose(shares @ values, trace["blocks.0.attn.z"], atol=1e-5)


def test_names_that_fit_nothing_are_told_with_the_nearest():
    model = nanochat_model()
    with pytest.raises(NotFound, match=r"attn\.q"):
        TraceContext(model, "attn.qq")
    assert hooks_of(model) == []


def test_modules_can_be_asked_for_where_no_point_has_the_name():
    model = nanochat_model()
    with TraceContext(model, ["c_qkv", "final"]) as trace:
        model(IDS)
    assert trace.names == ["blocks.0.attn.c_qkv", "blocks.1.attn.c_qkv", "final"]


def test_foreign_names_are_aliases_and_are_not_stored():
    model = nanochat_model()
    with TraceContext(model, ["blocks.*.hook_resid_pre", "hook_embed"], dtype="float32") as trace:
        model(IDS)
    assert trace.names == ["embed", "blocks.0.resid_pre", "blocks.1.resid_pre"]
    assert np.array_equal(trace["blocks.1.hook_resid_pre"], trace["blocks.1.resid_pre"])
    assert trace.reader.manifest.aliases["hook_embed"] == "embed"


def test_in_place_changes_do_not_reach_the_trace():
    model = mlp()
    x = torch.randn(5, 8)
    with torch.no_grad(), TraceContext(model, dtype="float32") as trace:
        model(x)
        expected = model[0](x)
    assert (trace.get("0", 0) < 0).any()
    assert np.array_equal(trace.get("0", 0), expected.numpy())


def test_every_last_token_top_k_and_statistics():
    model = nanochat_model()
    with torch.no_grad():
        expected = model(IDS)
        with TraceContext(model, "logits", every=3, top_k=5) as few:
            for _ in range(7):
                model(IDS)
        with TraceContext(model, ["logits", "q", "pattern"], last_token_only=True) as last:
            model(IDS)
        with TraceContext(model, "logits", statistics=True) as bare:
            model(IDS)
    assert [step.step for step in few.reader.steps] == [0, 3, 6]
    best = expected.topk(5)
    assert np.array_equal(few["logits"], best.values.numpy())
    assert np.array_equal(few["logits.index"], best.indices.numpy())
    assert last["logits"].shape == (2, 1, 300)
    assert last["blocks.0.attn.q"].shape == (2, 4, 1, 8)
    assert last["blocks.0.attn.pattern"].shape == (2, 4, 1, 20)
    (record,) = bare.reader.steps[0].tensors
    assert record.kept == "statistics"
    assert record.mean == pytest.approx(expected.mean().item(), abs=1e-4)
    assert record.std == pytest.approx(expected.std(correction=0).item(), rel=1e-4)
    with pytest.raises(NotFound, match="only statistics"):
        bare["logits"]


def test_the_budget_drops_the_largest_first_and_says_so():
    model = nanochat_model()
    with torch.no_grad(), TraceContext(model, ["logits", "final"], budget="30KB") as trace:
        for _ in range(60):
            model(IDS)
    manifest = trace.reader.manifest
    assert [one.name for one in manifest.dropped] == ["logits"]
    assert trace.get("final", 0).shape == (2, 20, 32)
    record = trace.reader.record(0, "logits")
    assert record.kept == "dropped"
    assert record.shape == (2, 20, 300)
    assert record.max is not None
    assert manifest.unrecorded > 0
    on_disk = sum(f.stat().st_size for f in trace.folder.iterdir() if f.name != "trace.json")
    assert on_disk <= 30_000
    assert len(trace.reader.steps) + manifest.unrecorded == 60


def test_source_lines_are_those_that_make_the_numbers():
    model = nanochat_model()
    with torch.no_grad(), TraceContext(model, "*") as trace:
        model(IDS)
    import nanochat.gpt

    text = Path(nanochat.gpt.__file__).read_text(encoding="utf-8").splitlines()
    expected = {
        "embed": "x = norm(self.wte(idx))",
        "blocks.0.attn.q": "q, k = qk.split",
        "blocks.0.attn.pattern": "scaled_dot_product_attention",
        "blocks.0.resid_mid": "x = x + self.attn(",
        "blocks.1.mlp.post": "bent = F.relu",
        "logits": "logits = softcap(",
    }
    for name, words in expected.items():
        place = trace.reader.point(name).source
        assert words in text[place.line - 1], name
        assert place.file_path == "nanochat/gpt.py"
    assert trace.reader.point("blocks.0.attn.q").source.id == (
        "nanochat/gpt.py:CausalSelfAttention.forward"
    )
