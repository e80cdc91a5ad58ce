"""Tokens, money and time of one question, over all its rounds."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from nanochat_learn.ports import Finished
from nanochat_learn.schema.tutor import Usage
from nanochat_learn.tutor.chosen import ChosenModel
from nanochat_learn.tutor.prompting import Prompt


@dataclass
class Spent:
    """``cost`` stays None where no price is known. Where a provider counts no tokens, our
    estimate counts."""

    chosen: ChosenModel | None = None
    model: str = ""
    prompt_tokens: int = 0
    answer_tokens: int = 0
    cost: float | None = None
    rounds: int = 0
    begun: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.model = self.chosen.info.id if self.chosen else ""

    def add(self, last: Finished, prompt: Prompt, said: str) -> None:
        asked = prompt.tokens if last.prompt_tokens is None else last.prompt_tokens
        given = len(said.encode()) // 3 if last.answer_tokens is None else last.answer_tokens
        self.prompt_tokens += asked
        self.answer_tokens += given
        self.model = last.model or self.model
        self.rounds += 1
        cost = last.cost if last.cost is not None else self._price(asked, given)
        if cost is not None:
            self.cost = (self.cost or 0.0) + cost

    def total(self) -> Usage:
        return Usage(
            model=self.model,
            prompt_tokens=self.prompt_tokens,
            answer_tokens=self.answer_tokens,
            cost=self.cost,
            seconds=round(time.monotonic() - self.begun, 3),
        )

    def _price(self, asked: int, given: int) -> float | None:
        info = self.chosen.info if self.chosen else None
        if info is None or self.model != info.id:
            return None
        if info.free:
            return 0.0
        if info.price_in is None or info.price_out is None:
            return None
        return (asked * info.price_in + given * info.price_out) / 1e6
