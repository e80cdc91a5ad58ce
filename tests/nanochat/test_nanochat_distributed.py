"""Two processes that train one model end where one process ends."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from nanochat.distributed import Ranks, start
from nanochat.evaluate import evaluate_bpb
from nanochat.gpt import GPT, GPTConfig
from nanochat.training import learn

STEPS, ROWS, T = 3, 4, 12
# Odd sizes: neither 61 words nor 5 matrices of one shape divide by two.
CONFIG = GPTConfig(sequence_len=T, vocab_size=61, n_layer=1, n_head=2, n_kv_head=2, n_embd=16)


def trained(ranks: Ranks) -> dict[str, torch.Tensor]:
    """Three steps on the rows of this rank; weights, the optimiser's memory, and the figures."""
    torch.manual_seed(0)
    model = GPT(CONFIG)
    model.init_weights()
    optimizer = model.setup_optimizer(ranks=ranks, weight_decay=0.1)
    generator = torch.Generator().manual_seed(1)
    losses = []
    for _ in range(STEPS):
        rows = torch.randint(61, (ROWS, T + 1), generator=generator)
        rows[0, 5:] = -1  # the first row counts less than the others
        mine = rows[ranks.rank :: ranks.world]
        batch = (mine[:, :-1].clamp(min=0), mine[:, 1:])
        losses.append(learn(model, optimizer, [batch], ranks))
    bpb = evaluate_bpb(model, [(*batch, None)], 1, [1] * 61, ranks)
    figures = {"losses": torch.tensor(losses), "bpb": torch.tensor(bpb)}
    state = {f"optimizer {name}": value for name, value in optimizer.state_dict().items()}
    return {**model.state_dict(), **state, **figures}


def main() -> None:
    """What each process does."""
    ranks, _ = start("cpu")
    torch.set_num_threads(1)
    assert ranks.world == 2
    assert ranks.everyone(ranks.rank) == [0, 1]
    # Rows that do not divide are padded, and the padding is gone afterwards.
    table = torch.arange(6.0).view(3, 2) * (1 + ranks.rank)
    share = ranks.scatter_mean(table)()
    whole = ranks.gather(share, 3)()
    assert torch.equal(whole, torch.arange(6.0).view(3, 2) * 1.5), whole
    assert torch.equal(ranks.gather(ranks.share_of(table), 3)()[:2], torch.arange(4.0).view(2, 2))
    memory = trained(ranks)
    torch.save(memory, Path(sys.argv[1]) / f"rank{ranks.rank}.pt")
    ranks.barrier()


def spawn(script: list[str], world: int = 2) -> list[subprocess.Popen[str]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    common = {**os.environ, "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port),
              "WORLD_SIZE": str(world), "OMP_NUM_THREADS": "1"}  # fmt: skip
    return [
        subprocess.Popen(
            [sys.executable, *script],
            env={**common, "RANK": str(rank), "LOCAL_RANK": str(rank)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for rank in range(world)
    ]


def test_two_ranks_equal_one(tmp_path: Path) -> None:
    processes = spawn([__file__, str(tmp_path)])
    said = [process.communicate(timeout=120)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0], "\n".join(said)
    two = [torch.load(tmp_path / f"rank{rank}.pt") for rank in range(2)]
    one = trained(Ranks())
    assert set(one) == set(two[0]) and "optimizer matrices.0.m" in one
    for name, value in one.items():
        if name != "bpb":  # each process evaluated its own rows, together all: see below
            assert torch.allclose(two[0][name].float(), value.float(), atol=1e-4), name
        assert torch.equal(two[0][name], two[1][name]), f"the ranks differ in {name}"
    assert two[0]["bpb"] == pytest.approx(one["bpb"].item(), rel=1e-4)
    start_of = GPT(CONFIG)
    torch.manual_seed(0)
    start_of.init_weights()
    assert (one["wte.weight"] - start_of.wte.weight).abs().max() > 0.05  # it did move


def test_a_run_of_two_ranks_goes_on_with_the_same_losses(tmp_path: Path) -> None:
    from nanochat.run_folder import read_metrics
    from nanochat.scripts import make_data

    data = tmp_path / "data"
    more = ["--stories", "300", "--rows-per-group", "20", "--quiet"]
    assert make_data.main([str(data), *more]) == 0

    folder = tmp_path / "run"

    def run() -> list[float]:
        settings = ["--preset", "smoke", "--data", str(data), "--folder", str(folder)]
        processes = spawn(["-m", "nanochat.scripts.base_train", *settings])
        said = [process.communicate(timeout=120)[0] for process in processes]
        assert [process.returncode for process in processes] == [0, 0], "\n".join(said)
        assert said[1] == ""  # one of them speaks for both
        return [line["loss"] for line in read_metrics(folder / "metrics.jsonl")]

    whole = run()
    assert len(whole) == 10
    shutil.rmtree(folder / "checkpoints/step-000010")  # as if killed after step 5
    assert run() == whole


def test_alone_nothing_is_sent() -> None:
    alone, device = start("cpu")
    assert (alone.rank, alone.world, alone.first, device.type) == (0, 1, True, "cpu")
    table = torch.randn(3, 2)
    assert alone.scatter_mean(table)() is table
    assert alone.gather(table, 3)() is table
    assert alone.sum([1.5, 2.0], device) == [1.5, 2.0]
    assert alone.everyone("x") == ["x"]


if __name__ == "__main__":
    main()
