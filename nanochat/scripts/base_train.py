"""Train a model from nothing: ``python -m nanochat.scripts.base_train --preset laptop``.

Makes data when there are none, learns a vocabulary, trains, and lets the model talk. Run the same
command again after it was stopped, and it goes on where it was. On several devices:
``torchrun --nproc_per_node=2 -m nanochat.scripts.base_train --preset laptop``.

Not here: teaching a trained model to chat (``chat_sft.py``).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import torch

from nanochat import dataloader
from nanochat.dataset import documents
from nanochat.evaluate import evaluate_bpb
from nanochat.gpt import GPT, GPTConfig
from nanochat.loop import Batches, Loop, run_program
from nanochat.scripts import make_data
from nanochat.scripts.arguments import common_flags, parse
from nanochat.tokenizer import Tokenizer
from nanochat.training import horizon

SMALL_RATES = {"matrix_lr": 0.006, "embedding_lr": 0.06, "lm_head_lr": 0.0012}
PRESETS: dict[str, dict[str, Any]] = {
    # A few seconds: to see that everything works.
    "smoke": {"depth": 1, "width": 32, "heads": 2, "context": 32, "vocab_size": 280, "rows": 4,
              "steps": 10, "stories": 1500, "eval_steps": 2, "save_every": 5, "drill_share": 0.5},
    # Two cores, under five minutes: stories that read well, and heads that copy.
    "laptop": {"depth": 2, "width": 128, "heads": 2, "context": 192, "vocab_size": 512, "rows": 12,
               "steps": 1400, "drill_share": 0.5, "drill_anneal": 0.1} | SMALL_RATES,
    # A model to ship: minutes on a GPU, an hour on two cores.
    "tiny": {"depth": 3, "width": 128, "heads": 2, "context": 256, "vocab_size": 1024,
             "steps": 12_000, "stories": 200_000, "drill_share": 0.5, "drill_anneal": 0.2,
             "eval_every": 500, "save_every": 1000} | SMALL_RATES,
}  # fmt: skip
LENGTHS = ("steps", "flops", "ratio")


def read_arguments(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """The settings, from a preset and from flags."""
    parser = common_flags("base_train", "Train a model from nothing. Run it again to go on.")
    add = parser.add_argument
    add("--data", default="data/stories", help="folder of parquet files; made if missing")
    add("--stories", type=int, default=20_000, help="how many stories to make if data are missing")
    add("--depth", type=int, default=4, help="layers")
    add("--width", type=int, default=256, help="width of the stream")
    add("--heads", type=int, default=4, help="query heads")
    add("--kv-heads", type=int, help="key/value heads; as many as heads, if not given")
    add("--context", type=int, default=256, help="tokens in a row")
    add("--vocab-size", type=int, default=4096, help="tokens in the vocabulary")
    add("--activation", default="relu2", choices=("relu2", "swiglu"))
    add("--window-pattern", default="L", help="L: a layer sees all, S: a quarter; such as SSSL")
    # @learn:optimization.chinchilla
    length = parser.add_argument_group("how long to train; give exactly one")
    length.add_argument("--steps", type=int)
    length.add_argument("--flops", type=float, help="products to spend in all")
    length.add_argument("--ratio", type=float, help="tokens for each weight that multiplies")
    args = parse(parser, PRESETS, argv, one_of=LENGTHS)
    args.folder = args.folder or f"runs/{args.preset or 'base'}"
    args.kv_heads = args.kv_heads or args.heads
    return args


class Pretraining(Loop):
    """Learn to guess the next token of any text."""

    def fresh(self) -> tuple[GPT, Tokenizer]:
        """Random weights, and a vocabulary learned from the first documents."""
        args, words = self.args, self.folder.folder / "tokenizer.json"
        if self.ranks.first:
            there = any(Path(args.data).glob("*.parquet"))
            if not there and make_data.main([args.data, "--stories", str(args.stories)]):
                raise ValueError("Without data there is nothing to learn from.")
            # @learn:tokenization.bpe
            texts = (text for text, _ in islice(documents(args.data, "train", seed=None), 5000))
            self.folder.folder.mkdir(parents=True, exist_ok=True)
            Tokenizer.train(texts, args.vocab_size).save(words)
        self.ranks.barrier()
        tokenizer = Tokenizer.load(words)
        torch.manual_seed(args.seed)  # the same on every process: they begin with equal weights
        model = GPT(
            GPTConfig(
                sequence_len=args.context,
                vocab_size=tokenizer.get_vocab_size(),
                n_layer=args.depth,
                n_head=args.heads,
                n_kv_head=args.kv_heads,
                n_embd=args.width,
                activation=args.activation,
                window_pattern=args.window_pattern,
            )
        )
        model.init_weights()
        return model.to(self.device), tokenizer

    def length(self) -> int:
        """From exactly one of --steps, --flops and --ratio."""
        args = self.args
        return horizon(self.model.config, self.tokens_a_step, args.steps, args.flops, args.ratio)

    def _read(self, split: str, place: Any = None) -> Batches:
        return dataloader.batches(
            self.tokenizer,
            self.args.data,
            split,
            self.micro,
            self.model.config.sequence_len,
            self.ranks.rank,
            self.ranks.world,
            place,
        )

    def batches(self) -> Batches:
        """Packed rows of documents; some are kept apart to evaluate on."""
        self.unseen = list(islice(self._read("validation"), self.args.eval_steps))
        return self._read("train", self.place)

    # @learn:optimization.bits_per_byte
    def evaluate(self) -> tuple[dict[str, float], str]:
        """Bits per byte."""
        lengths = self.tokenizer.token_bytes()
        bpb = evaluate_bpb(self.model, self.unseen, len(self.unseen), lengths, self.ranks)
        return {"val_bpb": bpb}, f"{bpb:.4f} bits per byte on text it has not learned from"

    def prompts(self) -> list[list[int]]:
        """The opening of a document, twice."""
        return [[self.tokenizer.get_bos_token_id()]] * 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run it; the answer is the exit code."""
    return run_program(Pretraining, lambda: read_arguments(argv))


if __name__ == "__main__":
    sys.exit(main())
