"""Checkpoints: what was saved comes back, what is damaged says so, and nothing is lost."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest
import torch

from nanochat import checkpoint
from nanochat.checkpoint import find, load_checkpoint, load_model, load_weights, save_checkpoint
from nanochat.gpt import GPT
from nanochat.run_folder import RunFolder, read_metrics
from nanochat.tokenizer import Tokenizer


@pytest.fixture
def tokenizer() -> Tokenizer:
    return Tokenizer([(n, n + 1) for n in range(35)])  # 256 bytes, 35 merges, 9 special tokens


@pytest.fixture
def model(make) -> GPT:
    return make("windows", activation="swiglu")  # VOCAB is 300 = 256 + 35 + 9


def test_everything_comes_back(model, tokenizer, tmp_path) -> None:
    state = {"steps": torch.tensor(7), "matrices.0.m": torch.randn(2, 3)}
    save_checkpoint(tmp_path / "one", model, tokenizer, {"step": 7, "note": "é"}, state)
    again, words, meta, optimizer = load_checkpoint(tmp_path / "one")
    assert again.config == model.config
    assert all(torch.equal(w, again.state_dict()[name]) for name, w in model.state_dict().items())
    assert words.merges == tokenizer.merges
    assert (meta["step"], meta["note"]) == (7, "é")
    assert all(torch.equal(optimizer[name], value) for name, value in state.items())
    ready, _, _ = load_model(tmp_path / "one")
    assert not ready.training
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one"]  # nothing left lying about


def test_half_as_large_in_bfloat16_and_still_float32_to_work_with(model, tokenizer, tmp_path):
    save_checkpoint(tmp_path / "full", model, tokenizer, {})
    save_checkpoint(tmp_path / "half", model, tokenizer, {}, dtype=torch.bfloat16)
    sizes = [(tmp_path / n / "model.safetensors").stat().st_size for n in ("half", "full")]
    assert 0.5 <= sizes[0] / sizes[1] < 0.55
    again, _, _ = load_model(tmp_path / "half")
    assert again.wte.weight.dtype == torch.float32
    assert torch.allclose(again.wte.weight, model.wte.weight, rtol=1e-2)


def test_a_name_a_run_and_a_folder_are_found(model, tokenizer, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(checkpoint, "SHIPPED", tmp_path / "shipped")
    save_checkpoint(tmp_path / "shipped/tiny", model, tokenizer, {})
    assert find("tiny") == tmp_path / "shipped/tiny"
    elsewhere = tmp_path / "site"
    monkeypatch.setattr("sys.path", [str(elsewhere), "not/there"])
    for name in ("tiny", "small"):
        save_checkpoint(elsewhere / "nanochat/checkpoints" / name, model, tokenizer, {})
    assert find("tiny") == tmp_path / "shipped/tiny"  # beside the code comes first
    assert find("small") == elsewhere / "nanochat/checkpoints/small"
    run = RunFolder(tmp_path / "run")
    for step in (5, 20, 10):
        save_checkpoint(run.checkpoint(step), model, tokenizer, {"step": step})
    assert find(tmp_path / "run") == run.newest() == run.checkpoint(20)
    run.prune()
    assert [path.name for path in sorted((tmp_path / "run/checkpoints").iterdir())] == [
        "step-000010",
        "step-000020",
    ]
    with pytest.raises(FileNotFoundError, match=r"no checkpoint in huge.*or one of small, tiny"):
        find("huge")


def damage(folder: Path, how: str) -> None:
    weights, meta = folder / "model.safetensors", folder / "meta.json"
    if how == "cut":
        weights.write_bytes(weights.read_bytes()[:-100])
    elif how == "flipped":
        data = bytearray(weights.read_bytes())
        data[-1] ^= 1
        weights.write_bytes(data)
    elif how == "gone":
        weights.unlink()
    elif how == "not json":
        meta.write_text("{")
    elif how == "another format":
        meta.write_text("{}")
    elif how == "no sizes":
        meta.write_text('{"format": "nanochat.checkpoint/1"}')
    elif how == "newer":
        content = json.loads(meta.read_text())
        content["config"]["smear"] = True
        meta.write_text(json.dumps(content))
    elif how == "vocabulary":
        Tokenizer([(1, 2)]).save(folder / "tokenizer.json")
    elif how == "tokenizer":
        (folder / "tokenizer.json").write_text("[]")


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ("cut", "is damaged: its contents are not what was written. Copy the whole folder again"),
        ("flipped", "is damaged: its contents are not what was written"),
        ("gone", "model.safetensors is missing in .*Copy the whole folder"),
        ("not json", "meta.json is damaged: it is not JSON"),
        ("another format", "it does not say that its format is"),
        ("no sizes", "the sizes of the model are missing"),
        ("newer", "written by a newer version: it knows smear"),
        ("vocabulary", "the tokenizer has 266 tokens, but the model was trained for 300"),
        ("tokenizer", "is not a tokenizer that can be used"),
    ],
)
def test_what_is_wrong_is_said(model, tokenizer, tmp_path, how: str, sentence: str) -> None:
    folder = save_checkpoint(tmp_path / "one", model, tokenizer, {})
    damage(folder, how)
    with pytest.raises((ValueError, FileNotFoundError), match=sentence):
        load_model(folder)


def test_weights_of_another_shape_are_refused(make) -> None:
    weights = make("full").state_dict()
    with pytest.raises(ValueError, match=r"wte.weight is \(300, 32\) in the file, .*\(300, 64\)"):
        load_weights(make("grouped"), weights)
    with pytest.raises(ValueError, match=r"blocks.3.attn.c_qkv.weight is missing"):
        load_weights(make("full", n_layer=4), weights)
    with pytest.raises(ValueError, match=r"also holds blocks.2.attn.c_proj.weight"):
        load_weights(make("full", n_layer=2), weights)


@pytest.mark.parametrize("at", ["fsync", "write", "rename"])
def test_a_full_disk_leaves_the_old_checkpoint_whole(
    model, tokenizer, tmp_path, monkeypatch, at: str
) -> None:
    folder = save_checkpoint(tmp_path / "one", model, tokenizer, {"step": 1})

    def full(*_, **__) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        if at == "fsync":
            patch.setattr(os, "fsync", full)
        elif at == "write":
            patch.setattr(checkpoint, "_write", full)
        else:
            patch.setattr(checkpoint, "_put_in_place", full)
        with pytest.raises(OSError, match=r"could not be written \(No space left on device\).*MB"):
            save_checkpoint(folder, model, tokenizer, {"step": 2})
    assert load_model(folder)[2]["step"] == 1
    assert [path.name for path in tmp_path.iterdir()] == ["one"]
    save_checkpoint(folder, model, tokenizer, {"step": 3})
    assert load_model(folder)[2]["step"] == 3


def test_a_crash_between_the_two_renames_loses_nothing(model, tokenizer, tmp_path) -> None:
    folder = save_checkpoint(tmp_path / "one", model, tokenizer, {"step": 1})
    folder.rename(tmp_path / ".one.old")  # what a crash leaves at the worst moment
    assert load_model(folder)[2]["step"] == 1
    save_checkpoint(folder, model, tokenizer, {"step": 2})
    assert load_model(folder)[2]["step"] == 2


def test_metrics_of_steps_that_are_done_again_are_cut_off(tmp_path) -> None:
    run = RunFolder(tmp_path / "run")
    run.begin(0)
    for step in range(5):
        run.note(step=step, loss=float(step))
    with run.metrics.open("a") as file:
        file.write('{"step": 5, "lo')  # killed while writing
    assert [line["step"] for line in read_metrics(run.metrics)] == [0, 1, 2, 3, 4]
    run.begin(3)
    run.note(step=3, loss=9.0)
    assert [line["loss"] for line in read_metrics(run.metrics)] == [0.0, 1.0, 2.0, 9.0]
