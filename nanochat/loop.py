"""One training from beginning to end: step, show, evaluate, save, and go on after a stop.

``scripts/base_train.py`` and ``scripts/chat_sft.py`` each add what is theirs: where model and
batches come from, what is measured, and what the model is asked to say.

Not here: the step itself (``training.learn``), the rules (``adamw.py``, ``muon.py``).
"""

from __future__ import annotations

import argparse
import copy
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from nanochat import distributed, drills
from nanochat.checkpoint import load_checkpoint, save_checkpoint
from nanochat.common import autodetect_device_type, compute_dtype
from nanochat.compiling import compile_model
from nanochat.distributed import Ranks
from nanochat.engine import Engine
from nanochat.gpt import GPT
from nanochat.probes import copying_scores
from nanochat.run_folder import RunFolder
from nanochat.schedule import learning_rate_multiplier, momentum_at
from nanochat.tokenizer import Tokenizer
from nanochat.training import Progress, learn, peak_flops, split_rows

Batches = Iterator[tuple[Tensor, Tensor, Any]]
"""Endless (inputs, targets, state); the state of a batch leads to the one after it."""


class Loop:
    """A run in its folder. If the folder holds one that was stopped, that one goes on.

    Raises ``ValueError``, ``OSError`` with a sentence when it cannot begin or go on as asked.
    """

    # These settings do not touch what is learned, so they may change when a run goes on.
    MAY_CHANGE = (
        *("folder", "data", "device", "fresh", "micro_rows", "eval_every", "eval_steps", "preset"),
        *("sample_every", "save_every", "snapshot_steps", "stories", "stop_after", "compile"),
    )

    def __init__(self, args: argparse.Namespace, ranks: Ranks, device: torch.device) -> None:
        self.args, self.ranks, self.device = args, ranks, device
        self.folder = RunFolder(Path(args.folder))
        self.micro, self.accumulate = split_rows(args.rows, args.micro_rows, ranks.world)
        newest = None if args.fresh else self.folder.newest()
        self.step, self.seconds = 0, 0.0
        self.place: Any = None  # where in the data this process is
        remembered = None
        if newest is None:
            self.model, self.tokenizer = self.fresh()
        else:
            self.model, self.tokenizer, meta, remembered = load_checkpoint(newest, device)
            self._go_on(meta)
        # @learn:optimization.mixed_precision
        self.model.work_dtype = compute_dtype(device.type)
        if args.compile:
            compile_model(self.model)
        self.tokens_a_step = args.rows * self.model.config.sequence_len
        self.steps = self.length()
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
        self.drills = drills.Drills(
            drills.ordinary(self.tokenizer),
            drills.mark(self.tokenizer),
            args.drill_share,
            args.drill_anneal,
            longest=max(8, min(48, self.model.config.sequence_len // 2)),
        )
        self.progress = Progress(self.steps, ranks.first)

    # What each kind of training says for itself.

    def fresh(self) -> tuple[GPT, Tokenizer]:
        """The model and the tokenizer to begin with, on the device."""
        raise NotImplementedError

    def length(self) -> int:
        """How many steps."""
        raise NotImplementedError

    def batches(self) -> Batches:
        """Batches of ``self.micro`` rows, from ``self.place`` on."""
        raise NotImplementedError

    def evaluate(self) -> tuple[dict[str, float], str]:
        """Figures on text that is not learned from, and a few words about them."""
        raise NotImplementedError

    def prompts(self) -> list[list[int]]:
        """What the model is given to go on from when it talks."""
        raise NotImplementedError

    # What all have in common.

    def _go_on(self, meta: dict[str, Any]) -> None:
        """Take up a stopped run, if it is the same one."""
        before = meta["arguments"]
        for name, now in self.arguments().items():
            if before.get(name) != now:
                raise ValueError(
                    f"{self.args.folder} holds a run with {name} = {before.get(name)}, and you "
                    f"ask for {now}. Go on with the same settings, choose another --folder, or "
                    "begin it anew with --fresh."
                )
        if len(meta["places"]) != self.ranks.world:
            raise ValueError(
                f"This run was begun with {len(meta['places'])} processes, so it goes on with as "
                f"many, not with {self.ranks.world}: each reads its own part of the data."
            )
        self.step, self.seconds = meta["step"], meta["seconds"]
        self.place = meta["places"][self.ranks.rank]

    def arguments(self) -> dict[str, Any]:
        """The settings that a run keeps from beginning to end."""
        return {name: v for name, v in vars(self.args).items() if name not in self.MAY_CHANGE}

    def run(self) -> None:
        """Train to the end, saving and showing on the way."""
        self.progress.say(
            f"{self.model.count_parameters()['total']:,} weights, {self.tokens_a_step:,} tokens a "
            f"step, {self.steps:,} steps, on {self.ranks.world} × {self.device}"
            + (f"; going on after step {self.step:,}" if self.step else "")
        )
        if self.ranks.first:
            if self.args.fresh:
                self.folder.clear()
            self.folder.begin(self.step)
        if self.step == 0:
            self._snapshot()
        if self.step == self.steps:
            self.progress.say("This run is complete. --fresh begins it anew.")
        args, batches = self.args, self.batches()
        began = time.monotonic() - self.seconds
        stop = min(self.steps, args.stop_after or self.steps)
        while self.step < stop:
            figures = self._one_step(batches)
            self.step += 1
            self.seconds = figures["seconds"] = round(time.monotonic() - began, 3)
            last = self.step == self.steps
            if last or _due(args.eval_every, self.step):
                figures |= self._evaluate()
            if self.ranks.first:
                self.folder.note(**figures)
            more = f"  {figures['mfu']:.1%} of the peak" if "mfu" in figures else ""
            self.progress.show(self.step, figures["loss"], figures["tokens_a_second"], more)
            self._snapshot()
            if self.step == stop or _due(args.save_every, self.step):
                self._save()
            if _due(args.sample_every, self.step) and not last:
                self.talk()
        if self.step == self.steps:
            self.talk()

    def _one_step(self, batches: Batches) -> dict[str, Any]:
        """Learn from the next batches; the figures of this step."""
        args, began = self.args, time.monotonic()
        # @learn:optimization.lr_schedule
        multiplier = learning_rate_multiplier(
            self.step, self.steps, args.warmup_steps, args.warmdown_share
        )
        self.optimizer.multiplier = multiplier
        self.optimizer.set_momentum(momentum_at(self.step))
        share = self.drills.share_at(self.step, self.steps)
        loss = None
        while loss is None:  # batches in which nothing counts are passed over
            chosen = []
            for n in range(self.accumulate):
                inputs, targets, self.place = next(batches)
                # Chance depends on the place in the run alone: a run that goes on draws the same.
                seed = f"{args.seed} {self.step} {n} {self.ranks.rank}"
                self.drills.put_into(inputs, targets, share, seed)
                chosen.append((inputs, targets))
            loss = learn(self.model, self.optimizer, chosen, self.ranks)
        rate = self.tokens_a_step / max(time.monotonic() - began, 1e-9)
        figures = {
            "step": self.step,
            "loss": loss,
            "learning_rate": multiplier,
            "drill_share": share,
            "tokens_a_second": round(rate),
        }
        if peak := peak_flops(self.device):
            figures["mfu"] = self.model.flops_per_token() * rate / (peak * self.ranks.world)
        return figures

    def _evaluate(self) -> dict[str, float]:
        figures, said = self.evaluate()
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
        self.progress.say(f"step {self.step}: {said}")
        return figures

    def _save(self) -> None:
        """A checkpoint to go on from. Every process has a share of it."""
        state = self.optimizer.state_dict()
        places = self.ranks.everyone(self.place)
        if self.ranks.first:
            meta = self._meta() | {"places": places}
            where = self.folder.checkpoint(self.step)
            save_checkpoint(where, self.model, self.tokenizer, meta, state)
            self.folder.prune()

    def _snapshot(self) -> None:
        """Weights to look at later, if this step was asked for."""
        if self.step in self.args.snapshot_steps and self.ranks.first:
            where = self.folder.snapshot(self.step)
            save_checkpoint(where, self.model, self.tokenizer, self._meta(), dtype=torch.bfloat16)

    def _meta(self) -> dict[str, Any]:
        return {
            "step": self.step,
            "steps": self.steps,
            "seconds": self.seconds,
            "arguments": self.arguments(),
        }

    @torch.no_grad()
    def talk(self) -> None:
        """What the model says now, in the number format in which it would be used."""
        if not self.ranks.first:
            return
        model = copy.deepcopy(self.model).eval()
        model.work_dtype = None
        engine = Engine(model.to(compute_dtype(self.device.type)), self.tokenizer)
        for n, prompt in enumerate(self.prompts()):
            most = min(160, model.config.sequence_len - len(prompt) + 1)
            texts, _ = engine.generate_batch(prompt, 1, most, temperature=0.7, seed=n)
            said = self.tokenizer.decode(texts[0][1:])
            self.progress.say("  » " + said.replace("\n", "\n    "))


def _due(every: int, step: int) -> bool:
    return every > 0 and step % every == 0


def run_program(kind: type[Loop], read: Callable[[], argparse.Namespace]) -> int:
    """What a script does: 0 when all went well, 1 with a sentence when it did not."""
    try:
        args = read()
        ranks, device = distributed.start(args.device or autodetect_device_type())
        kind(args, ranks, device).run()
    except (ValueError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. The same command goes on from the last checkpoint.\n")
        return 130
    finally:
        distributed.stop()
    return 0
