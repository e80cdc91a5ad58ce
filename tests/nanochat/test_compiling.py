"""torch.compile is a choice: it changes nothing that is said, and without a compiler it says so."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from random_models import VOCAB, random_model

from nanochat.cache import KVCache
from nanochat.compiling import compile_model
from nanochat.scripts import base_train


def test_without_a_compiler_a_sentence_and_nothing_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from nanochat.scripts import make_data

    data = str(tmp_path / "data")
    assert make_data.main([data, "--stories", "300", "--quiet"]) == 0
    monkeypatch.delenv("CXX", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    argv = ["--preset", "smoke", "--data", data, "--folder", str(tmp_path / "run"), "--compile"]
    assert base_train.main(argv) == 1
    assert "needs a C++ compiler, and there is none here (g++, clang" in capsys.readouterr().err
    assert not (tmp_path / "run/checkpoints").exists()
    monkeypatch.setenv("CXX", "no-such-compiler")
    with pytest.raises(ValueError, match=r"none here \(no-such-compiler\)"):
        compile_model(random_model())


def test_the_compiled_model_says_the_same() -> None:
    """Everything of ours passes through torch's compiler whole; the code it would write is left
    out here (``backend="eager"``), since that takes minutes."""
    model = random_model("full", n_layer=1, n_embd=16)
    idx = torch.randint(VOCAB, (2, 24), generator=torch.Generator().manual_seed(5))
    plain = model(idx)
    loss = model(idx, idx)
    loss.backward()
    slopes = [weight.grad.clone() for weight in model.parameters()]
    model.zero_grad()
    torch._dynamo.reset()
    compile_model(model, backend="eager")
    try:
        again = model(idx, idx)
        again.backward()
        assert torch.allclose(again, loss, atol=1e-5)
        for weight, slope in zip(model.parameters(), slopes, strict=True):
            assert torch.allclose(weight.grad, slope, atol=1e-5)
        cache = KVCache(model.config, 2, 24)
        with torch.inference_mode():
            parts = [model(part, kv_cache=cache) for part in idx.split([12] + [1] * 12, dim=1)]
        assert (torch.cat(parts, dim=1) - plain).abs().max() < 1e-4
        graphs = torch._dynamo.utils.counters["stats"]["unique_graphs"]
        assert 3 <= graphs <= 6  # not a new one for each length
        assert not torch._dynamo.utils.counters["graph_break"]
    finally:
        torch._dynamo.reset()
