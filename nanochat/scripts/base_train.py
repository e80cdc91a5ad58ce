"""Train a model from nothing: ``python -m nanochat.scripts.base_train --preset laptop``.

Makes data when there are none, learns a vocabulary, trains, and lets the model talk. Run the same
command again after it was stopped, and it goes on where it was. On several devices:
``torchrun --nproc_per_node=2 -m nanochat.scripts.base_train --preset laptop``.

Not here: teaching a trained model to chat (``chat_sft.py``).
"""

from __future__ import annotations

import argparse
import copy
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from nanochat import distributed, drills
from nanochat.checkpoint import load_checkpoint, save_checkpoint
from nanochat.common import autodetect_device_type, compute_dtype
from nanochat.dataloader import batches
from nanochat.dataset import documents, write_parquet
from nanochat.engine import Engine
from nanochat.evaluate import evaluate_bpb
from nanochat.gpt import GPT, GPTConfig
from nanochat.probes import copying_scores
from nanochat.run_folder import RunFolder
from nanochat.schedule import learning_rate_multiplier, momentum_at
from nanochat.scripts.base_arguments import MAY_CHANGE, read_arguments
from nanochat.stories import documents as story_documents
from nanochat.tokenizer import Tokenizer
from nanochat.training import Progress, horizon, learn, peak_flops, split_rows


class Pretraining:
    """One run: everything it needs, made or read in, and the loop."""

    def __init__(
        self, args: argparse.Namespace, ranks: distributed.Ranks, device: torch.device
    ) -> None:
        self.args, self.ranks, self.device = args, ranks, device
        self.folder = RunFolder(Path(args.folder))
        self.micro, self.accumulate = split_rows(args.rows, args.micro_rows, ranks.world)
        self.tokens_a_step = args.rows * args.context
        if args.fresh and ranks.first:
            self.folder.clear()
        ranks.barrier()
        newest = self.folder.newest()
        self.step, self.seconds = 0, 0.0
        loader_state = None
        if newest is None:
            if ranks.first:
                make_data_if_missing(Path(args.data), args.stories)
                learn_vocabulary(args, self.folder.folder)
            ranks.barrier()
            self.tokenizer = Tokenizer.load(self.folder.folder / "tokenizer.json")
            self.model = self._fresh_model()
            remembered = None
        else:
            self.model, self.tokenizer, meta, remembered = load_checkpoint(newest, device)
            self._check_same_run(meta["arguments"])
            self.step, self.seconds = meta["step"], meta["seconds"]
            if len(meta["loader"]) != ranks.world:
                raise ValueError(
                    f"This run was begun with {len(meta['loader'])} processes, so it goes on with "
                    f"as many, not with {ranks.world}: each reads its own part of the data."
                )
            loader_state = meta["loader"][ranks.rank]
        # @learn:optimization.mixed_precision
        self.model.work_dtype = compute_dtype(device.type)
        self.steps = horizon(
            self.model.config, self.tokens_a_step, args.steps, args.flops, args.ratio
        )
        self.optimizer = self.model.setup_optimizer(
            matrices=args.matrices,
            matrix_lr=args.matrix_lr,
            embedding_lr=args.embedding_lr,
            lm_head_lr=args.lm_head_lr,
            weight_decay=args.weight_decay,
            coefficients=args.coefficients,
            muon_dtype=torch.bfloat16 if args.muon_bfloat16 else self.model.work_dtype,
            ranks=ranks,
        )
        if remembered is not None:
            self.optimizer.load_state_dict(remembered)
        self.loader_state = loader_state
        self.drills = drills.Drills(
            drills.ordinary(self.tokenizer),
            drills.mark(self.tokenizer),
            args.drill_share,
            args.drill_anneal,
            longest=min(48, args.context // 2),
        )
        self.progress = Progress(self.steps, ranks.first)

    def _fresh_model(self) -> GPT:
        args = self.args
        torch.manual_seed(args.seed)
        model = GPT(
            GPTConfig(
                sequence_len=args.context,
                vocab_size=self.tokenizer.get_vocab_size(),
                n_layer=args.depth,
                n_head=args.heads,
                n_kv_head=args.kv_heads,
                n_embd=args.width,
                activation=args.activation,
                window_pattern=args.window_pattern,
            )
        )
        model.init_weights()
        return model.to(self.device)

    def _arguments(self) -> dict[str, Any]:
        return {name: v for name, v in vars(self.args).items() if name not in MAY_CHANGE} | {
            "tokens_a_step": self.tokens_a_step,
            "horizon": [self.args.steps, self.args.flops, self.args.ratio],
        }

    def _check_same_run(self, before: dict[str, Any]) -> None:
        for name, now in self._arguments().items():
            if before.get(name) != now:
                raise ValueError(
                    f"{self.args.folder} holds a run with {name} = {before.get(name)}, and you "
                    f"ask for {now}. Go on with the same settings, choose another --folder, or "
                    "begin it anew with --fresh."
                )

    def run(self) -> None:
        """Train to the end, saving and showing on the way."""
        config = self.model.config
        numbers = self.model.count_parameters()
        self.progress.say(
            f"{numbers['total']:,} weights, {self.tokens_a_step:,} tokens a step, "
            f"{self.steps:,} steps, on {self.ranks.world} × {self.device}"
            + (f"; going on after step {self.step:,}" if self.step else "")
        )
        if self.ranks.first:
            self.folder.begin(self.step)
        own = (self.ranks.rank, self.ranks.world)
        where = (self.tokenizer, self.args.data)
        shape = (self.micro, config.sequence_len)
        loader = batches(*where, "train", *shape, *own, state=self.loader_state)
        self.unseen = list(
            islice(batches(*where, "validation", *shape, *own), self.args.eval_steps)
        )
        if self.step == 0:
            self._snapshot()
        began, done_before = time.monotonic() - self.seconds, self.step
        stop = min(self.steps, self.args.stop_after or self.steps)
        peak, flops = peak_flops(self.device), self.model.flops_per_token()
        while self.step < stop:
            tick = time.monotonic()
            step_batches = list(self._step_batches(loader))
            multiplier = learning_rate_multiplier(
                self.step, self.steps, self.args.warmup_steps, self.args.warmdown_share
            )
            self.optimizer.multiplier = multiplier
            self.optimizer.set_momentum(momentum_at(self.step))
            loss = learn(self.model, self.optimizer, step_batches, self.ranks)
            rate = self.tokens_a_step / max(time.monotonic() - tick, 1e-9)
            figures: dict[str, Any] = {
                "step": self.step,
                "loss": loss,
                "learning_rate": multiplier,
                "drill_share": self.drills.share_at(self.step, self.steps),
                "tokens_a_second": round(rate),
            }
            more = ""
            if peak:
                figures["mfu"] = flops * rate / (peak * self.ranks.world)
                more = f"  {figures['mfu']:.1%} of the peak"
            self.step += 1
            self.seconds = time.monotonic() - began
            last = self.step == self.steps
            if last or _due(self.args.eval_every, self.step):
                figures |= self._evaluate()
            if self.ranks.first:
                self.folder.note(**figures, seconds=round(self.seconds, 3))
            self.progress.show(self.step, loss or 0.0, rate, more)
            if self.step in self.args.snapshot_steps:
                self._snapshot()
            if last or self.step == stop or _due(self.args.save_every, self.step):
                self._save()
            if _due(self.args.sample_every, self.step) and not last:
                self._talk()
        if self.step == self.steps:
            if done_before == self.steps:
                self.progress.say("This run is complete. --fresh begins it anew.")
            self._talk()

    def _step_batches(self, loader: Iterator[Any]) -> Iterator[tuple[Tensor, Tensor]]:
        """The batches of one step, drills among them."""
        share = self.drills.share_at(self.step, self.steps)
        for n in range(self.accumulate):
            inputs, targets, self.loader_state = next(loader)
            # Chance depends on the place in the run alone: a run that goes on draws the same.
            seed = f"{self.args.seed} {self.step} {n} {self.ranks.rank}"
            self.drills.put_into(inputs, targets, share, seed)
            yield inputs, targets

    # @learn:optimization.bits_per_byte
    def _evaluate(self) -> dict[str, Any]:
        bpb = evaluate_bpb(
            self.model, self.unseen, len(self.unseen), self.tokenizer.token_bytes(), self.ranks
        )
        figures: dict[str, Any] = {"val_bpb": bpb}
        said = f"step {self.step}: {bpb:.4f} bits per byte on text it has not learned from"
        if self.args.drill_share:
            opening = self.drills.mark
            length = min(24, (self.model.config.sequence_len - len(opening)) // 2)
            scores = copying_scores(self.model, self.drills.ids, length, opening=opening)
            figures["previous_token"] = scores.previous_token.max().item()
            figures["induction"] = scores.induction.max().item()
            figures["copy_gain"] = scores.gain
            said += (
                f"; copying: previous token {figures['previous_token']:.2f}, induction "
                f"{figures['induction']:.2f}, second copy {scores.gain:.2f} nats cheaper"
            )
        self.progress.say(said)
        return figures

    def _save(self) -> None:
        state = self.optimizer.state_dict()
        loaders = self.ranks.everyone(self.loader_state)
        if self.ranks.first:
            meta = self._meta() | {"loader": loaders}
            save_checkpoint(
                self.folder.checkpoint(self.step), self.model, self.tokenizer, meta, state
            )
            self.folder.prune()

    def _snapshot(self) -> None:
        if self.step in self.args.snapshot_steps and self.ranks.first:
            where = self.folder.snapshot(self.step)
            save_checkpoint(where, self.model, self.tokenizer, self._meta(), dtype=torch.bfloat16)

    def _meta(self) -> dict[str, Any]:
        return {
            "step": self.step,
            "steps": self.steps,
            "seconds": self.seconds,
            "arguments": self._arguments(),
        }

    @torch.no_grad()
    def _talk(self) -> None:
        """Two texts by the model as it is now, in the number format in which it would be used."""
        if not self.ranks.first:
            return
        model = copy.deepcopy(self.model)
        model.work_dtype = None
        engine = Engine(model.to(compute_dtype(self.device.type)), self.tokenizer)
        most = min(160, self.model.config.sequence_len - 1)
        texts, _ = engine.generate_batch(
            [self.tokenizer.get_bos_token_id()], 2, most, temperature=0.7, seed=self.step
        )
        for ids in texts:
            self.progress.say("  » " + self.tokenizer.decode(ids[1:]).replace("\n", "\n    "))


def _due(every: int, step: int) -> bool:
    return every > 0 and step % every == 0


def make_data_if_missing(folder: Path, stories: int) -> None:
    """Write our own stories as parquet, unless the folder holds some."""
    if not list(folder.glob("*.parquet")):
        write_parquet(story_documents(stories, seed=0), folder)


# @learn:tokenization.bpe
def learn_vocabulary(args: argparse.Namespace, folder: Path) -> None:
    """Learn a vocabulary from the first documents and keep it in the folder of the run."""
    texts = (text for text, _ in islice(documents(args.data, "train", seed=None), 5000))
    folder.mkdir(parents=True, exist_ok=True)
    Tokenizer.train(texts, args.vocab_size).save(folder / "tokenizer.json")


def main(argv: Sequence[str] | None = None) -> int:
    """Run it; 0 when all went well, 1 with a sentence when it did not."""
    try:
        args = read_arguments(argv)
        ranks, device = distributed.start(args.device or autodetect_device_type())
        Pretraining(args, ranks, device).run()
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Run the same command again to go on from the last checkpoint.")
        return 130
    finally:
        distributed.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
