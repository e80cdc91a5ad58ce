"""base_train and chat_sft: whole small runs, stopped and gone on with, and what goes wrong."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import torch

from nanochat import loop
from nanochat.checkpoint import load_model
from nanochat.conversation import render
from nanochat.run_folder import read_metrics
from nanochat.scripts import base_train, chat_sft
from nanochat.scripts.chat_sft import ChatRows, chats
from nanochat.tokenizer import Tokenizer


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from nanochat.scripts import make_data

    folder = tmp_path_factory.mktemp("data") / "stories"
    assert make_data.main([str(folder), "--stories", "400", "--quiet"]) == 0
    return folder


def base(data: Path, folder: Path, *more: str) -> int:
    """A run of ten steps with a checkpoint after every third."""
    settings = ["--preset", "smoke", "--data", str(data), "--folder", str(folder)]
    return base_train.main([*settings, "--context", "160", "--save-every", "3", *more])


def learned(folder: Path) -> list[tuple[Any, ...]]:
    """What must not depend on when the run was stopped."""
    kept = ("step", "loss", "learning_rate", "drill_share", "val_bpb", "val_loss", "induction")
    return [tuple(line.get(name) for name in kept)
            for line in read_metrics(folder / "metrics.jsonl")]  # fmt: skip


@pytest.fixture(scope="module")
def whole(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An uninterrupted run."""
    folder = tmp_path_factory.mktemp("runs") / "whole"
    torch.set_num_threads(1)
    assert base(data, folder, "--snapshot-steps", "0,4") == 0
    return folder


def test_a_run_leaves_checkpoints_snapshots_and_metrics(whole: Path) -> None:
    lines = read_metrics(whole / "metrics.jsonl")
    assert [line["step"] for line in lines] == list(range(10))
    assert lines[0]["loss"] == pytest.approx(torch.tensor(280.0).log().item(), abs=1e-4)
    assert lines[-1]["loss"] < lines[0]["loss"] - 0.1
    assert lines[-1]["val_bpb"] < 8 and "copy_gain" in lines[-1]
    assert [path.name for path in sorted((whole / "checkpoints").iterdir())] == [
        "step-000009",
        "step-000010",
    ]
    model, tokenizer, meta = load_model(whole)
    assert meta["step"] == 10 and tokenizer.get_vocab_size() == 280
    early, _, noted = load_model(whole / "snapshots/step-000000")
    assert noted["step"] == 0 and not early.lm_head.weight.any()
    assert model.lm_head.weight.any()
    assert (whole / "snapshots/step-000004").is_dir()


def test_a_stopped_run_goes_on_with_the_same_losses(data, whole, tmp_path, capsys) -> None:
    folder = tmp_path / "stopped"
    assert base(data, folder, "--stop-after", "4") == 0
    assert base(data, folder, "--stop-after", "5") == 0
    assert len(learned(folder)) == 5
    assert base(data, folder) == 0
    assert "going on after step 5" in capsys.readouterr().out
    assert learned(folder) == learned(whole)
    one, two = load_model(folder)[0].state_dict(), load_model(whole)[0].state_dict()
    assert all(torch.equal(one[name], two[name]) for name in two)
    assert base(data, folder) == 0
    assert "This run is complete" in capsys.readouterr().out
    assert learned(folder) == learned(whole)


def test_a_killed_run_goes_on_with_the_same_losses(data, whole, tmp_path) -> None:
    """kill -9 in the middle of steps, wherever that happens to be."""
    folder = tmp_path / "killed"
    program = (
        "import sys, time, torch; torch.set_num_threads(1)\n"
        "from nanochat import loop\n"
        "from nanochat.scripts import base_train\n"
        "learn = loop.learn\n"
        "def slow(*given):\n"
        "    time.sleep(0.1)\n"
        "    return learn(*given)\n"
        "loop.learn = slow\n"
        "base_train.main(sys.argv[1:])\n"
    )
    settings = ["--preset", "smoke", "--data", str(data), "--folder", str(folder)]
    running = subprocess.Popen(
        [sys.executable, "-c", program, *settings, "--context", "160", "--save-every", "3"],
        stdout=subprocess.DEVNULL,
    )
    patience = time.monotonic() + 60
    while len(learned(folder)) < 8:
        assert running.poll() is None and time.monotonic() < patience
        time.sleep(0.02)
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    reached = len(learned(folder))
    assert 8 <= reached < 10
    assert base(data, folder) == 0  # from the checkpoint after step 6: the rest is done again
    assert learned(folder) == learned(whole)


def test_other_settings_are_not_mixed_into_a_run(data, whole, capsys) -> None:
    before = (whole / "metrics.jsonl").read_text()
    assert base(data, whole, "--matrix-lr", "0.5") == 1
    said = capsys.readouterr().err
    assert "holds a run with matrix_lr = None, and you ask for 0.5" in said
    assert "--fresh" in said
    assert base(data, whole, "--fresh", "--flops", "1e9", "--ratio", "2") == 1  # not deleted for it
    assert (whole / "metrics.jsonl").read_text() == before
    assert load_model(whole)[2]["step"] == 10


def test_fresh_begins_anew(data, tmp_path) -> None:
    folder = tmp_path / "run"
    assert base(data, folder, "--stop-after", "6") == 0
    assert base(data, folder, "--fresh", "--rows", "2", "--stop-after", "3") == 0
    assert len(learned(folder)) == 3
    assert [path.name for path in (folder / "checkpoints").iterdir()] == ["step-000003"]


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (["--preset", "huge"], "There is no preset 'huge'; choose: smoke, laptop, tiny"),
        (["--flops", "1e9", "--ratio", "2"], "Give exactly one of --steps, --flops and --ratio"),
        (["--rows", "6", "--micro-rows", "4"], "cannot be shared evenly"),
        (["--heads", "3"], "n_embd (32) must be a multiple of n_head (3)"),
        (["--snapshot-steps", "1,x"], "write whole numbers with commas"),
        (["--vocab-size", "100"], "already need 265"),
    ],
)
def test_what_is_wrong_is_said(data, tmp_path, capsys, more: list[str], sentence: str) -> None:
    assert base(data, tmp_path / "run", *more) == 1
    assert sentence in capsys.readouterr().err


def test_a_wish_of_ones_own_replaces_the_presets_length() -> None:
    args = base_train.read_arguments(["--preset", "laptop", "--ratio", "3"])
    assert (args.steps, args.ratio, args.width) == (None, 3.0, 128)
    args = base_train.read_arguments(["--preset", "laptop", "--width", "64"])
    assert (args.steps, args.width, args.folder) == (1400, 64, "runs/laptop")


def test_a_whole_run_in_bfloat16(data, tmp_path, monkeypatch) -> None:
    """As on a GPU: products in bfloat16, weights in float32, and the model talks in bfloat16."""
    monkeypatch.setattr(loop, "compute_dtype", lambda device_type: torch.bfloat16)
    folder = tmp_path / "low"
    assert base(data, folder, "--stop-after", "5") == 0
    assert base(data, folder) == 0
    lines = read_metrics(folder / "metrics.jsonl")
    assert lines[-1]["loss"] < lines[0]["loss"] - 0.1
    assert load_model(folder)[0].wte.weight.dtype == torch.float32


def test_data_are_made_when_there_are_none(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    small = ["--preset", "smoke", "--stories", "100", "--stop-after", "1"]
    assert base_train.main(small) == 0
    assert list((tmp_path / "data/stories").glob("*.parquet"))
    assert load_model("runs/smoke")[2]["step"] == 1


# --- chats --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    texts = [part for n in range(50) for part in _texts(conversation_of(n))]
    return Tokenizer.train(texts, 400)


def conversation_of(n: int) -> dict[str, Any]:
    return next(chats("test", n, 1))[1]


def _texts(chat: dict[str, Any]) -> list[str]:
    said = [message["content"] for message in chat["messages"]]
    return [text for text in said if isinstance(text, str)]


def test_rows_of_chats_are_whole_masked_and_padded(tokenizer: Tokenizer) -> None:
    rows = ChatRows(tokenizer, 300, chats("test", 0, 1))
    bos = tokenizer.get_bos_token_id()
    fitting = [
        rendered
        for rendered in (render(tokenizer, conversation_of(n)) for n in range(60))
        if len(rendered[0]) <= 301
    ]
    expected = iter(fitting)
    for _ in range(5):
        ids, targets = rows.row()
        assert len(ids) == len(targets) == 300
        at = 0
        while at < 300 and any(right != -1 for right in targets[at:]):
            chat, mask = next(expected)
            assert ids[at : at + len(chat)] == chat[: 300 - at]
            for n in range(1, len(chat)):
                right = chat[n] if mask[n] else -1
                assert targets[at + n - 1] == right
            at += len(chat)
        assert set(ids[at:]) <= {bos} and set(targets[at:]) <= {-1}
    assert rows.dropped >= 0


def test_the_calculators_answers_are_not_learned(tokenizer: Tokenizer) -> None:
    chat = {"messages": [
        {"role": "user", "content": "What is 1+2?"},
        {"role": "assistant", "content": [
            {"type": "python", "text": "1+2"},
            {"type": "python_output", "text": "3"},
            {"type": "text", "text": "It is 3."},
        ]},
    ]}  # fmt: skip
    ids, targets = ChatRows(tokenizer, 45, [(0, chat), (1, chat), (2, chat)]).row()
    special = tokenizer.encode_special
    assert special("<|python_start|>") in targets and special("<|assistant_end|>") in targets
    for mark in ("output_start", "output_end", "user_start", "user_end", "assistant_start", "bos"):
        assert special(f"<|{mark}|>") in ids and special(f"<|{mark}|>") not in targets


def test_chats_too_long_for_a_row_are_dropped_and_counted(tokenizer: Tokenizer) -> None:
    long = {"messages": [
        {"role": "user", "content": "Tell me. " * 30},
        {"role": "assistant", "content": "No."},
    ]}  # fmt: skip
    short = {"messages": [
        {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello."},
    ]}  # fmt: skip
    rows = ChatRows(tokenizer, 40, enumerate([long, short, long, short, short, short]))
    _, targets = rows.row()
    assert rows.dropped >= 1 and any(right != -1 for right in targets)
    with pytest.raises(ValueError, match="in a row fits into 40 tokens"):
        ChatRows(tokenizer, 40, ((n, long) for n in range(2000))).row()


def test_each_process_has_its_own_chats() -> None:
    alone = [chat for _, chat in zip(range(6), chats("s", 0, 1), strict=False)]
    shared = [list(zip(range(3), chats("s", rank, 2), strict=False)) for rank in range(2)]
    assert [number for _, (number, _) in shared[0]] == [0, 2, 4]
    assert [chat for pair in zip(*shared, strict=True) for _, (_, chat) in pair] == [
        chat for _, chat in alone
    ]


def test_tuning_goes_on_with_the_same_losses(whole, tmp_path, capsys) -> None:
    def tune(folder: Path, *more: str) -> int:
        settings = ["--preset", "smoke", "--base", str(whole), "--folder", str(folder)]
        return chat_sft.main([*settings, "--drill-share", "0.25", *more])

    assert tune(tmp_path / "one") == 0
    assert "What is 17+25?" in capsys.readouterr().out
    assert tune(tmp_path / "two", "--stop-after", "4") == 0
    assert tune(tmp_path / "two") == 0
    assert learned(tmp_path / "one") == learned(tmp_path / "two")
    lines = read_metrics(tmp_path / "one/metrics.jsonl")
    assert len(lines) == 6 and lines[-1]["val_loss"] < lines[0]["loss"]
    assert lines[-1]["dropped"] > 0  # 160 tokens are few
    assert all(0 <= line["learning_rate"] <= 1 for line in lines)
    base_rate = 0.2 * (32 / 768) ** -0.5
    run = chat_sft.ChatTuning(
        chat_sft.read_arguments(["--preset", "smoke", "--base", str(whole), "--folder",
                                 str(tmp_path / "three")]),
        loop.Ranks(), torch.device("cpu"))  # fmt: skip
    assert run.optimizer.groups[1].rule.lr == pytest.approx(base_rate / 2)


def test_chats_without_a_base_model_say_what_to_do(tmp_path, capsys) -> None:
    assert chat_sft.main(["--base", str(tmp_path / "none"), "--folder", str(tmp_path / "x")]) == 1
    assert "There is no checkpoint in" in capsys.readouterr().err


def test_conversations_are_varied() -> None:
    assert len({str(conversation_of(n)) for n in range(20)}) == 20
