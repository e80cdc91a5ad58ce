"""Teach a trained model to chat: ``python -m nanochat.scripts.chat_sft --base runs/laptop``.

Goes on from the weights of a base model, on conversations that our generator makes: stories on
request, questions about them, sums through the calculator. Only what the assistant writes counts.
Run the same command again after it was stopped, and it goes on where it was.

Not here: what a conversation looks like as tokens (``conversation.py``), rewards.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import torch
from torch import Tensor

from nanochat.checkpoint import load_checkpoint
from nanochat.conversation import render, render_for_completion
from nanochat.gpt import GPT
from nanochat.loop import Batches, Loop, run_program
from nanochat.scripts.arguments import common_flags, parse
from nanochat.stories import conversation
from nanochat.tokenizer import SPECIAL_TOKENS, Tokenizer

PRESETS: dict[str, dict[str, Any]] = {
    "smoke": {"rows": 4, "steps": 6, "eval_steps": 2, "save_every": 3},
    "laptop": {"base": "runs/laptop", "rows": 12, "steps": 600, "drill_share": 0.2},
    "tiny": {"base": "runs/tiny", "steps": 6000, "eval_every": 500, "save_every": 500},
}
QUESTIONS = ("Tell me a story.", "What is 17+25?")
RATES = ("matrix_lr", "embedding_lr", "lm_head_lr")


def read_arguments(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """The settings, from a preset and from flags."""
    parser = common_flags("chat_sft", "Teach a trained model to chat. Run it again to go on.")
    parser.set_defaults(warmup_steps=0, warmdown_share=0.5, embedding_lr=None, lm_head_lr=None)
    add = parser.add_argument
    add("--base", default="runs/laptop", help="run, checkpoint or shipped name to go on from")
    add("--steps", type=int, default=600)
    add("--lr-scale", type=float, default=0.5, help="times the rates of the base, if not given")
    args = parse(parser, PRESETS, argv)
    args.folder = args.folder or f"{args.base}-chat"
    if args.steps < 1:
        raise ValueError(f"--steps is {args.steps}; give 1 or more.")
    return args


# @learn:inference.chat_finetuning
# @viz:chat_mask
# @learn:data.packing
class ChatRows:
    """Rows of whole conversations, one after the other, filled up with nothing that counts.

    A conversation that is longer than a row is dropped and counted: cut in the middle, it would
    teach an answer without its end. ``place`` is the number of the conversation to go on with.
    """

    def __init__(
        self, tokenizer: Tokenizer, T: int, conversations: Iterable[tuple[int, Any]]
    ) -> None:
        self.tokenizer, self.slots = tokenizer, T + 1
        self.conversations = iter(conversations)  # (number, conversation)
        self.dropped = 0
        self.waiting: tuple[int, list[int], list[int]] | None = None

    def _next(self) -> tuple[int, list[int], list[int]]:
        """Number, ids and mask of the next conversation that fits into a row."""
        tried = 0
        for number, chat in self.conversations:
            ids, mask = render(self.tokenizer, chat)
            if len(ids) <= self.slots:
                return number, ids, mask
            self.dropped += 1
            tried += 1
            if tried == 1000:
                break
        raise ValueError(
            f"None of {max(tried, 1)} conversations in a row fits into {self.slots - 1} tokens. "
            "Train a base model with a larger --context."
        )

    def row(self) -> tuple[list[int], list[int]]:
        """Inputs and targets of a row, T each. Targets are −1 wherever nothing is to be learned."""
        ids: list[int] = []
        mask: list[int] = []
        while True:
            number, more, marks = self.waiting or self._next()
            self.waiting = (number, more, marks)
            if len(ids) + len(more) > self.slots:
                break
            ids += more
            mask += marks
            self.waiting = None
        empty = self.slots - len(ids)
        ids += [self.tokenizer.get_bos_token_id()] * empty
        mask += [0] * empty
        # @learn:data.next_token_targets
        targets = [id if mark else -1 for id, mark in zip(ids[1:], mask[1:], strict=True)]
        return ids[:-1], targets

    @property
    def place(self) -> int:
        """The number of the conversation that comes next."""
        assert self.waiting is not None, "a row has been made"
        return self.waiting[0]

    def batch(self, rows: int) -> tuple[Tensor, Tensor]:
        """Inputs and targets, (rows, T) each."""
        made = [self.row() for _ in range(rows)]
        return torch.tensor([ids for ids, _ in made]), torch.tensor([right for _, right in made])


def chats(seed: str, start: int, world: int) -> Iterator[tuple[int, Any]]:
    """Conversations start, start + world, …; each depends on the seed and its number alone."""
    number = start
    while True:
        yield number, conversation(random.Random(f"{seed} {number}"))
        number += world


@torch.no_grad()
def forget_unmet(model: GPT, tokenizer: Tokenizer) -> None:
    """Give the marks of a chat a score of 0 again, as on a fresh model.

    The base model met none of them, so all it learned is never to say them: step by step their
    scores sank to where the softcap is flat, and there no gradient would lift them any more.
    ``<|bos|>`` it has met.
    """
    # @learn:architecture.logit_softcap
    # @learn:tokenization.special_tokens
    unmet = [tokenizer.encode_special(name) for name in SPECIAL_TOKENS if name != "<|bos|>"]
    model.lm_head.weight[unmet] = 0.0


class ChatTuning(Loop):
    """Learn to answer."""

    def fresh(self) -> tuple[GPT, Tokenizer]:
        """The weights and the vocabulary of the base model; its learning rates, scaled."""
        model, tokenizer, meta, _ = load_checkpoint(self.args.base, self.device, False)
        self._take_rates(meta["arguments"])
        forget_unmet(model, tokenizer)
        return model, tokenizer

    def _go_on(self, meta: dict[str, Any]) -> None:
        self._take_rates(meta["arguments"]["of_base"])
        super()._go_on(meta)

    def _take_rates(self, base: dict[str, Any]) -> None:
        """Rates not given are those of the base, a part of them."""
        self.of_base = {name: base.get(name) for name in (*RATES, "matrices")}
        for name in RATES:
            if getattr(self.args, name) is None and base.get(name) is not None:
                setattr(self.args, name, base[name] * self.args.lr_scale)

    def arguments(self) -> dict[str, Any]:
        """Also the rates that the base was trained with."""
        return super().arguments() | {"of_base": self.of_base}

    def length(self) -> int:
        """--steps."""
        return self.args.steps

    def _rows(self, seed: str, start: int) -> ChatRows:
        T = self.model.config.sequence_len
        return ChatRows(self.tokenizer, T, chats(seed, start, self.ranks.world))

    def batches(self) -> Batches:
        """Batches of chats; some are kept apart to evaluate on."""
        unseen = self._rows(f"{self.args.seed} unseen", self.ranks.rank)
        self.unseen = [unseen.batch(self.micro) for _ in range(self.args.eval_steps)]
        return self._batches()

    def _batches(self) -> Batches:
        start = self.ranks.rank if self.place is None else self.place
        self.rows = self._rows(f"{self.args.seed}", start)
        while True:
            inputs, targets = self.rows.batch(self.micro)
            yield inputs, targets, self.rows.place

    @torch.no_grad()
    def evaluate(self) -> tuple[dict[str, float], str]:
        """Mean loss on what the assistant says in conversations it has not learned from."""
        nats, counted = 0.0, 0
        for inputs, targets in islice(self.unseen, self.args.eval_steps):
            count = int((targets != -1).sum())
            loss = self.model(inputs.to(self.device), targets.to(self.device)).item()
            nats, counted = nats + loss * count, counted + count
        nats, total = self.ranks.sum([nats, counted], self.device)
        loss = nats / total if total else math.inf
        said = f"{loss:.4f} nats for each token of answers it has not learned from"
        if self.rows.dropped:
            said += f"; {self.rows.dropped} conversations were too long and left out"
        return {"val_loss": loss, "dropped": self.rows.dropped}, said

    def prompts(self) -> list[list[int]]:
        """Two questions."""
        asked = ({"messages": [{"role": "user", "content": text}]} for text in QUESTIONS)
        return [render_for_completion(self.tokenizer, chat) for chat in asked]


def main(argv: Sequence[str] | None = None) -> int:
    """Run it; the answer is the exit code."""
    return run_program(ChatTuning, lambda: read_arguments(argv))


if __name__ == "__main__":
    sys.exit(main())
