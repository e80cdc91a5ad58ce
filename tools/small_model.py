"""The small trained model that recorded pictures show, and the words it knows.

It reads made-up sentences such as “the cat sat on the mat and it purred”. Which word follows
“it” depends on the animal and on nothing else, so a model that gets it right has learned to
look back. A fixed seed and one thread: every run on one machine gives the same numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch

from nanochat.config import GPTConfig
from nanochat.gpt import GPT, fresh_model

SENTENCE = ["<|bos|>", "the", "cat", "sat", "on", "the", "mat", "and", "it", "purred"]
# The first of each kind comes twice as often, so the likeliest sentence is SENTENCE.
SOUNDS = {"cat": "purred", "dog": "barked", "duck": "quacked", "cow": "mooed"}
VERBS = ["sat", "lay", "slept", "stood"]
PLACES = ["mat", "box", "bed", "rug"]
WORDS = ["<|bos|>", "the", "on", "and", "it", *SOUNDS, *SOUNDS.values(), *VERBS, *PLACES]

ROWS = 32


@dataclass(frozen=True)
class Trained:
    model: GPT
    steps: int
    loss: float  # nats a token, of the last step

    @property
    def numbers(self) -> int:
        return sum(weight.numel() for weight in self.model.parameters())


def ids(words: list[str]) -> torch.Tensor:
    """(1, T): the words as ids, one row."""
    return torch.tensor([[WORDS.index(word) for word in words]])


def sentences() -> torch.Tensor:
    """Every sentence, (N, T); those that begin with a more frequent word stand there twice."""
    found = []
    for animal, sound in SOUNDS.items():
        for verb in VERBS:
            for place in PLACES:
                start, end = ["<|bos|>"], ["and", "it", sound, "<|bos|>"]
                plain = [*start, "the", animal, verb, "on", "the", place, *end]
                turned = [*start, "on", "the", place, "the", animal, verb, *end]
                often = (1 + (animal == "cat")) * (1 + (verb == "sat")) * (1 + (place == "mat"))
                found += [plain] * (2 * often) + [turned] * often
    return torch.cat([ids(words) for words in found])


def train(seed: int, steps: int, rate: float, **sizes: float) -> Trained:
    """A model of these sizes (the rest as ``GPTConfig`` has them), after ``steps`` steps."""
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    config = GPTConfig(vocab_size=len(WORDS), **sizes)  # type: ignore[arg-type]
    model = fresh_model(config, seed, device_type="cpu").float()
    data = sentences()
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.0)
    loss = torch.zeros(())
    for _ in range(steps):
        rows = data[torch.randint(len(data), (ROWS,))]
        loss = model(rows[:, :-1], rows[:, 1:])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return Trained(model.eval(), steps, float(loss.detach()))
