"""One thing changed: exactly that, and everything as before afterwards."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from traced_models import gpt2, hooks_of, nanochat_model

from nanochat.cache import KVCache
from nanochat_learn.errors import BadInput, NotFound
from nanochat_learn.kernel.interventions import ablate, patch, side_by_side
from nanochat_learn.kernel.trace import TraceContext

IDS = torch.arange(20).reshape(1, 20) * 7 % 300


def without_head(model, layer: int, head: int) -> torch.Tensor:
    """The answer when the columns of the head are taken out of the weights themselves."""
    weight = model.blocks[layer].attn.c_proj.weight
    kept = weight.detach().clone()
    wide = model.config.head_width
    with torch.no_grad():
        weight[:, head * wide : (head + 1) * wide] = 0
        answer = model(IDS)
        weight.copy_(kept)
    return answer


@torch.no_grad()
def test_a_head_without_which_the_model_answers_like_one_that_never_had_it():
    model = nanochat_model("grouped")
    before = model(IDS)
    expected = without_head(model, 1, 2)
    with TraceContext(model, ["out", "z"], dtype="float32"), ablate("blocks.1.attn", head=2):
        assert torch.allclose(model(IDS), expected, atol=1e-5)
    assert not torch.allclose(before, expected, atol=1e-3)
    assert torch.equal(model(IDS), before)
    assert hooks_of(model) == []


@torch.no_grad()
def test_a_whole_part_is_zero_and_the_trace_beside_it_shows_that():
    model = nanochat_model()
    with TraceContext(model, ["attn.out", "mlp.out"]) as trace, ablate("blocks.0.mlp"):
        model(IDS)
    assert (trace["blocks.0.mlp.out"] == 0).all()
    assert (trace["blocks.1.mlp.out"] != 0).any()
    with TraceContext(model, "attn.out") as trace, ablate("blocks.1.attn", position=-1):
        model(IDS)
    assert (trace["blocks.1.attn.out"][:, -1] == 0).all()
    assert (trace["blocks.1.attn.out"][:, :-1] != 0).any()


@torch.no_grad()
def test_decoding_with_a_cache_is_changed_too():
    model = nanochat_model()
    cache = KVCache(model.config, 1, 20)
    with ablate("blocks.1.attn", head=0, model=model):
        whole = model(IDS)
        parts = [model(IDS[:, :15], kv_cache=cache)]
        parts += [model(IDS[:, n : n + 1], kv_cache=cache) for n in range(15, 20)]
    assert torch.allclose(torch.cat(parts, 1), whole, atol=1e-4)
    assert torch.allclose(whole, without_head(model, 1, 0), atol=1e-5)


@pytest.mark.parametrize(
    "name",
    ["embed", "blocks.0.resid_post", "blocks.1.resid_pre", "blocks.1.attn.z", "blocks.1.attn.out",
     "blocks.0.mlp.pre", "blocks.1.mlp.post", "blocks.1.mlp.out", "final", "logits_raw", "logits"],
)  # fmt: skip
@torch.no_grad()
def test_patching_everything_of_another_run_at_one_place(name: str):
    """From the last place on, the answer is that of the other run; earlier, only in part."""
    model = nanochat_model()
    other = IDS.flip(1)
    with TraceContext(model, name, dtype="float32") as clean:
        theirs = model(IDS)
    with patch(name, from_trace=clean, model=model):
        mixed = model(other)
    ours = model(other)
    assert not torch.equal(mixed, ours)
    if name in (
        "embed",
        "blocks.1.resid_pre",
        "blocks.0.resid_post",
        "final",
        "logits_raw",
        "logits",
    ):
        assert torch.allclose(mixed, theirs, atol=1e-5)  # nothing else flows past these places
    assert hooks_of(model) == []


@torch.no_grad()
def test_one_position_of_another_run():
    model = nanochat_model()
    with TraceContext(model, "resid_post", dtype="float32") as clean:
        model(IDS)
    with (
        TraceContext(model, "resid_pre", dtype="float32") as mixed,
        patch("blocks.0.resid_post", from_trace=clean, position=3),
    ):
        model(IDS.flip(1))
    expected = clean["blocks.0.resid_post"]
    found = mixed["blocks.1.resid_pre"]
    assert np.array_equal(found[:, 3], expected[:, 3])
    assert not np.allclose(found[:, 4], expected[:, 4])


@torch.no_grad()
def test_other_models_by_their_modules():
    model = gpt2()
    before = model(IDS).logits
    with ablate("transformer.h.1.mlp", model=model):
        assert not torch.equal(model(IDS).logits, before)
    assert torch.equal(model(IDS).logits, before)


def test_what_cannot_be_changed_is_a_sentence():
    model = nanochat_model()
    with TraceContext(model, "resid_post") as short:
        model(IDS[:, :5])
    for change, words in (
        (lambda: ablate("blocks.0.attn"), "No trace is running"),
        (lambda: ablate("blocks.9.attn", model=model), "no part"),
        (lambda: ablate("blocks.0.attn", head=4, model=model), "0 to 3"),
        (lambda: ablate("blocks.0.mlp", head=1, model=model), "no heads"),
        (lambda: ablate("blocks.0.attn.q", model=model), "cannot be changed"),
        (lambda: patch("blocks.0.mlp.out", from_trace=short, model=model), "no tensor"),
    ):
        with pytest.raises((BadInput, NotFound), match=words), change():
            pass
    with (
        pytest.raises(BadInput, match="equally many tokens"),
        patch("blocks.0.resid_post", from_trace=short, model=model),
    ):
        model(IDS)
    with (
        pytest.raises(BadInput, match="no position 30"),
        ablate("blocks.0.attn", position=30, model=model),
    ):
        model(IDS)
    assert hooks_of(model) == []


def test_side_by_side():
    model = nanochat_model()
    found = side_by_side(model, IDS[0], ablate("blocks.0.attn", head=1, model=model))
    shares = model(IDS)[0, -1].softmax(-1)
    for token, before, _ in found.rows:
        assert before == pytest.approx(shares[int(token)].item(), rel=1e-4)
    assert found.largest > 0
    assert "before" in str(found)
    assert "<table>" in found._repr_html_()
