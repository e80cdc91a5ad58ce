"""The note on inputs and targets: each row shifted by ours, each loss worked out in full."""

from __future__ import annotations

import math
from itertools import islice
from pathlib import Path

import pytest
import torch
from note_checks import Claim, shape
from random_models import VOCAB, random_model

from nanochat.dataloader import batches, shift
from nanochat.dataset import write_parquet
from nanochat.gpt import GPT, GPTConfig
from nanochat.loss import next_token_loss
from nanochat.scripts.chat_sft import ChatRows
from nanochat.tokenizer import Tokenizer

HOW, HERE, ASK = "How it works", "In this code", "Check yourself"
WORDS = ("The", "cat", "sat", "down")
ROW = [5, 17, 42, 99]


def listed(ids: torch.Tensor | list[int]) -> str:
    return ", ".join(str(int(id)).replace("-", "−") for id in ids)


def shifted(row: list[int]) -> tuple[list[int], list[int]]:
    inputs, targets = shift([row])
    return inputs[0].tolist(), targets[0].tolist()


class ChatOfFour:
    """A tokenizer for which a chat is 10, 20, 30, 40; the mask comes with it."""

    def get_bos_token_id(self) -> int:
        return 0


def chat_targets(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    told = ([10, 20, 30, 40], [0, 0, 1, 1])
    monkeypatch.setattr("nanochat.scripts.chat_sft.render", lambda tokenizer, chat: told)
    return ChatRows(ChatOfFour(), 3, ((n, {}) for n in range(9))).row()[1]


def claims() -> list[Claim]:
    inputs, targets = shifted(ROW)
    words = dict(zip(ROW, WORDS, strict=True))
    config = GPTConfig()
    fresh = GPT(config)
    fresh.init_weights()
    loss = fresh(*shift([ROW])).item()
    assert loss == pytest.approx(math.log(config.vocab_size), abs=1e-3)
    letters = {"B": 2, "T": 3, "V": VOCAB}
    both = shift([ROW, ROW])
    scores = random_model()(both[0])
    asked = shifted([7, 3, 9, 1])
    long = shift([list(range(config.sequence_len + 1))])
    assert long[1].numel() == config.sequence_len
    with pytest.MonkeyPatch.context() as here:
        chat = chat_targets(here)
    return [
        Claim(HOW, f"A row of {len(ROW)} tokens asks {len(targets)} questions"),
        *(
            Claim(
                HOW,
                f"| {t} | {' '.join(words[id] for id in inputs[: t + 1])} | {words[targets[t]]} |",
            )
            for t in range(len(targets))
        ),
        Claim(
            HOW,
            r"$r_0, \dots, r_T$ are the $T + 1$ tokens of a row, $x_t$ is the input and $y_t$ the "
            r"target at place $t$, which goes from 0 to $T - 1$.",
            "formula",
        ),
        Claim(HOW, "$$x_t = r_t$$", "formula"),
        Claim(HOW, "$$y_t = r_{t+1}$$", "formula"),
        Claim(
            HOW,
            f"Let the ids be {listed(ROW)}. The inputs are {listed(inputs)} and the targets "
            f"{listed(targets)}. At place 1 the input is {inputs[1]} and the target {targets[1]}.",
        ),
        Claim(
            HOW,
            "at place 1 the model sees places 0 and 1 only: the [[attention.causal_mask]] hides "
            f"{targets[1]}, although it is in the row, as the input of place "
            f"{inputs.index(targets[1])}.",
        ),
        Claim(
            HOW,
            r"$$p(r_1, \dots, r_T \mid r_0) = \prod_{t=0}^{T-1} p(y_t \mid x_0, \dots, x_t).$$",
            "formula",
        ),
        Claim(
            HOW,
            r"$$L = -\frac{1}{T} \sum_{t=0}^{T-1} \ln p(y_t \mid x_0, \dots, x_t).$$",
            "formula",
        ),
        Claim(HERE, "takes $B$ rows of $T + 1$ tokens"),
        Claim(HERE, f"both of shape ${shape(both[0], letters)}$", "shape"),
        Claim(HERE, f"scores of shape ${shape(scores, letters)}$", "shape"),
        Claim(HERE, "A target of −1 means: no question here."),
        Claim(HERE, f"Here a fresh model of {config.vocab_size:,} tokens"),
        Claim(HERE, f"the logarithm of {config.vocab_size:,}:"),
        Claim(ASK, "1. A row is 7, 3, 9, 1."),
        Claim(ASK, f"for {config.sequence_len} questions?"),
        Claim(ASK, "A chat has the tokens 10, 20, 30, 40,"),
        Claim(ASK, f"1. Inputs {listed(asked[0])}; targets {listed(asked[1])}."),
        Claim(ASK, f"2. {config.sequence_len + 1}: one more"),
        Claim(ASK, f"3. {listed(chat)}: the 20 was given."),
    ]


def test_the_probability_of_a_text_is_the_product_of_the_answers() -> None:
    """Over all 3-token texts after a first one, the products add up to 1: nothing is left out."""
    model = random_model(vocab_size=5)
    texts = torch.cartesian_prod(*[torch.arange(5)] * 3)
    rows = torch.cat([torch.full((125, 1), 2), texts], dim=1)
    inputs, targets = rows[:, :-1], rows[:, 1:]
    with torch.inference_mode():
        each = model(inputs, targets, loss_reduction="none")
        mean = model(inputs[:1], targets[:1])
    assert (-each.sum(dim=1)).exp().sum().item() == pytest.approx(1, abs=1e-4)
    assert torch.isclose(mean, each[0].mean(), atol=1e-5)


def test_the_answer_stands_in_the_inputs_and_cannot_be_seen() -> None:
    model = random_model()
    inputs, _ = shift([ROW])
    other = inputs.clone()
    other[0, 2] = 7
    with torch.inference_mode():
        before, after = model(inputs), model(other)
    assert torch.allclose(before[:, :2], after[:, :2], atol=1e-5)
    assert not torch.allclose(before[:, 2], after[:, 2], atol=1e-2)


def test_minus_one_is_no_question_and_all_others_count_the_same() -> None:
    logits, targets = torch.randn(1, 4, 7), torch.tensor([[3, -1, 0, 6]])
    each = next_token_loss(logits, targets, loss_reduction="none")[0]
    assert each[1] == 0
    assert torch.isclose(next_token_loss(logits, targets), each[[0, 2, 3]].mean())


def test_the_end_of_a_document_asks_for_the_mark_of_the_next(tmp_path: Path) -> None:
    texts = [f"tale {n}" for n in range(60)]
    words = Tokenizer([])
    write_parquet(texts, tmp_path / "tales", rows_per_group=10)
    found = islice(batches(words, tmp_path / "tales", "train", B=2, T=20, waiting=9), 3)
    bos, ends = words.get_bos_token_id(), 0
    for inputs, targets, _ in found:
        for row, right in zip(inputs.tolist(), targets.tolist(), strict=True):
            assert row[0] == bos and row[1:] == right[:-1]
            ends += right.count(bos)
    assert ends > 0
