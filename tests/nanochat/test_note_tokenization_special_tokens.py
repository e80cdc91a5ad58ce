"""The note on special tokens: its chat rendered by ours, its marks typed in as text."""

from __future__ import annotations

import pytest
import torch
from note_checks import Claim
from random_models import VOCAB, random_model

from nanochat.checkpoint import load_model
from nanochat.conversation import render, render_for_completion
from nanochat.engine import Engine
from nanochat.loss import next_token_loss
from nanochat.tokenizer import SPECIAL_TOKENS, Tokenizer

HOW, DOUBTS, ASK = "How it works", "Common confusions", "Check yourself"
QUESTION = {"role": "user", "content": "Hi"}
CHAT = {"messages": [QUESTION, {"role": "assistant", "content": "Hello."}]}
BOS = "<|bos|>"
NUMBER = {6: "six"}


def shipped() -> Tokenizer:
    return load_model("stories-chat")[1]


def name(words: Tokenizer, id: int) -> str:
    special = words.decode([id])
    return f"mark: {special[2:-2]}" if special in SPECIAL_TOKENS else special


def claims() -> list[Claim]:
    words = shipped()
    M, bos = len(words.merges), words.get_bos_token_id()
    last = words.encode_special(SPECIAL_TOKENS[-1])
    ids, mask = render(words, CHAT)
    typed = words.encode(BOS)
    asked = render_for_completion(words, {"messages": [QUESTION]})
    assert asked == ids[: len(asked)] and words.decode(typed) == words.decode([bos]) == BOS
    small = Tokenizer([(97, 97 + n) for n in range(100)]).get_bos_token_id()
    assert bos == 256 + M and last == bos + 8
    return [
        Claim(HOW, f"Ours has {len(SPECIAL_TOKENS)}. One is `{BOS}`"),
        Claim(HOW, "the place in the list of special tokens, counted from 0."),
        Claim(HOW, r"$$\text{id}_j = 256 + M + j$$", "formula"),
        Claim(
            HOW,
            f"With {M} merges: `{BOS}` is $256 + {M} + 0 = {bos}$, and the last, with "
            f"$j = {len(SPECIAL_TOKENS) - 1}$, is {last}. The chat becomes these {len(ids)} "
            "tokens:",
        ),
        *(
            Claim(HOW, f"| {name(words, id)} | {id} | {learned} |")
            for id, learned in zip(ids, mask, strict=True)
        ),
        Claim(HOW, "1 where the model should learn to write this token, 0 where it is given."),
        Claim(HOW, f"$D$ of {bos} and $D$ of the {NUMBER[len(typed)]} ordinary tokens"),
        Claim(HOW, r"$$L = \frac{\sum_t m_t\,\ell_t}{\sum_t m_t}.$$", "formula"),
        Claim(DOUBTS, f"The typed name becomes {len(typed)} ordinary tokens"),
        Claim(ASK, "1. A vocabulary has 100 merges."),
        Claim(ASK, "Why is the mask 0 on `<|assistant_start|>` and 1 on `<|assistant_end|>`?"),
        Claim(ASK, f"1. $256 + 100 + 0 = {small}$."),
        Claim(ASK, f"2. {len(asked)}: the first {NUMBER[len(asked)]} rows of the table."),
    ]


@pytest.mark.parametrize("mark", SPECIAL_TOKENS)
def test_no_text_spells_a_mark_but_its_name_gives_it(mark: str) -> None:
    words = shipped()
    ids = words.encode(f"so {mark}{mark} Assistant: ")
    assert max(ids) < words.get_bos_token_id() <= words.encode_special(mark)


def test_there_is_one_mark_for_documents_four_for_turns_and_four_for_tools() -> None:
    kinds = [mark[2:-2].split("_")[0] for mark in SPECIAL_TOKENS]
    assert kinds == ["bos", *["user"] * 2, *["assistant"] * 2, *["python"] * 2, *["output"] * 2]


def test_the_mask_says_1_on_what_the_assistant_writes_and_on_its_end() -> None:
    words = shipped()
    ids, mask = render(words, CHAT)
    learned = [id for id, one in zip(ids, mask, strict=True) if one]
    assert learned == [*words.encode("Hello."), words.encode_special("<|assistant_end|>")]


def test_training_takes_the_mean_over_what_the_mask_keeps() -> None:
    logits, targets = torch.randn(1, 5, 7), torch.randint(7, (1, 5))
    mask = torch.tensor([[0, 1, 0, 1, 1]])
    each = next_token_loss(logits, targets, loss_reduction="none")
    hidden = targets.masked_fill(mask == 0, -1)
    assert torch.isclose(next_token_loss(logits, hidden), (mask * each).sum() / mask.sum())


class Ends:
    """A tokenizer in which the id that the model likes best ends an answer."""

    def __init__(self, end: int, bos: int) -> None:
        self.end, self.bos = end, bos

    def get_vocab_size(self) -> int:
        return VOCAB

    def get_bos_token_id(self) -> int:
        return self.bos

    def encode_special(self, name: str) -> int:
        return self.end if name == "<|assistant_end|>" else VOCAB - 1


def test_an_answer_stops_at_the_end_of_a_turn_and_at_a_new_document() -> None:
    model = random_model()
    with torch.inference_mode():
        best = int(model(torch.tensor([[5, 6, 7]]))[0, -1].argmax())
    other = (best + 1) % VOCAB
    for end, bos in ((best, other), (other, best)):
        texts, _ = Engine(model, Ends(end, bos)).generate_batch(
            [5, 6, 7], max_tokens=9, temperature=0
        )
        assert len(texts[0]) - 3 <= 1
    texts, _ = Engine(model, Ends(other, other)).generate_batch(
        [5, 6, 7], max_tokens=4, temperature=0
    )
    assert texts[0][3] == best and len(texts[0]) == 7
