"""The logit lens: the last layer reads as the model itself does, earlier ones by the same steps."""

from __future__ import annotations

import pytest
import torch
from traced_models import hooks_of, nanochat_model

from nanochat.checkpoint import load_model
from nanochat.engine import Engine
from nanochat_learn.kernel.lens import RANKS
from nanochat_learn.kernel.trace import TraceContext

IDS = torch.arange(2 * 12).reshape(2, 12) * 7 % 300


@pytest.mark.parametrize("shape", ["full", "windows"])
def test_every_layer_reads_as_its_stream_would_end(shape, tmp_path):
    model = nanochat_model(shape)
    with torch.no_grad():
        plain = model(IDS)
        with TraceContext(
            model, ["lens", "resid_post", "embed"], dtype="float32", folder=tmp_path
        ) as trace:
            same = model(IDS)
    assert torch.equal(plain, same)
    assert hooks_of(model) == []
    layers = model.config.n_layer
    lenses = [name for name in trace.names if name.endswith(".lens")]
    assert lenses == ["embed.lens", *(f"blocks.{n}.lens" for n in range(layers))]
    for name in lenses:
        stream = "embed" if name.startswith("embed") else name.replace("lens", "resid_post")
        x = torch.from_numpy(trace[stream]).double()
        x = x / x.square().mean(-1, keepdim=True).sqrt()
        cap = model.config.logit_softcap
        shares = (cap * torch.tanh(x @ model.lm_head.weight.double().T / cap)).softmax(-1)
        best, _ = shares.topk(RANKS, dim=-1)
        assert torch.allclose(torch.from_numpy(trace[name]).double(), best, atol=1e-5)
        found = torch.from_numpy(trace[f"{name}.index"]).long()
        assert torch.allclose(shares.gather(-1, found), best, atol=1e-5)  # ties may change places
    last = torch.from_numpy(trace[f"blocks.{layers - 1}.lens"])
    assert torch.allclose(last, plain.softmax(-1).topk(RANKS, dim=-1).values, atol=1e-6)


def test_the_shipped_model_names_its_tokens_and_changes_its_mind(tmp_path):
    model, tokenizer, _ = load_model("stories-base")
    prompt = [tokenizer.get_bos_token_id(), *tokenizer.encode("Once upon a")]
    with TraceContext(Engine(model, tokenizer), "lens", folder=tmp_path) as trace:
        (column, _), *_ = Engine(model, tokenizer).generate(prompt, 1, 2, temperature=0.0)
    vocabulary = trace.reader.manifest.vocabulary
    assert len(vocabulary) == model.config.vocab_size
    assert vocabulary[column[0]] == tokenizer.decode([column[0]])
    last = model.config.n_layer - 1
    assert trace.get(f"blocks.{last}.lens.index", 0)[0, -1, 0] == column[0]
    first = trace.get("embed.lens.index", 0)[0, -1, 0]
    assert first != column[0]  # a copy of the last layer everywhere would not pass


def test_a_model_without_points_has_no_lens(tmp_path):
    from nanochat_learn.errors import NotFound

    with pytest.raises(NotFound, match="lens"):
        TraceContext(torch.nn.Linear(2, 2), "lens", folder=tmp_path)


def test_without_being_asked_nothing_is_read(tmp_path):
    model = nanochat_model()
    with torch.no_grad(), TraceContext(model, folder=tmp_path) as trace:
        model(IDS)
    assert not any(name.endswith("lens") for name in trace.names)
    assert trace.reader.manifest.vocabulary == ()


def test_a_part_of_another_model_may_be_called_lens(tmp_path):
    model = torch.nn.Sequential()
    model.add_module("lens", torch.nn.Linear(4, 32))
    with torch.no_grad(), TraceContext(model, "lens", folder=tmp_path) as trace:
        answer = model(torch.ones(2, 4))
    assert trace.reader.record(0, "lens").kept == "values"
    assert trace["lens"].shape == answer.shape
