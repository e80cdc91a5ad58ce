"""Writing faster with guesses: a cheap draft proposes tokens, the model checks them all at once.

Reading five tokens in one go costs the model hardly more than reading one. So a draft guesses the
next few; the model scores all of them in one pass and keeps those it agrees with. The rule for
agreeing is exact: what comes out is spread just as if the model had written alone, and with
temperature 0 it is the same text, token for token. A bad draft costs time, never quality.
Source: Leviathan, Kalman and Matias, Fast Inference from Transformers via Speculative Decoding,
2023.

Not here: more than one row, and tools. A row that asks the calculator is written by
``Engine.generate``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import torch
from torch import Tensor

from nanochat.cache import KVCache
from nanochat.common import row_generator
from nanochat.engine import Engine
from nanochat.sampling import all_shares, check_sampling, throw

Sampling = tuple[float, int | None, float | None]
"""temperature, top_k, top_p."""


class Draft(Protocol):
    """Guesses how a text goes on."""

    def propose(
        self, text: Sequence[int], most: int, sampling: Sampling, rng: torch.Generator
    ) -> tuple[list[int], Tensor]:
        """Up to ``most`` tokens after ``text``, and the shares each was drawn from: (n, V).

        The shares must be the true ones: the rule of acceptance relies on them.
        """
        ...


# @learn:inference.speculative_decoding
class NGramDraft:
    """Guesses that the text repeats itself: looks for its last tokens earlier on, and copies.

    Costs next to nothing, and is right where texts repeat names, phrases and code.
    """

    def __init__(self, vocab_size: int, longest: int = 3) -> None:
        """``longest``: how many tokens at the end are looked for; if in vain, one fewer."""
        self.vocab_size, self.longest = vocab_size, longest

    def propose(
        self, text: Sequence[int], most: int, sampling: Sampling, rng: torch.Generator
    ) -> tuple[list[int], Tensor]:
        """What followed the latest earlier place that is like the end of ``text``, if there is one.

        It is certain of each guess, so each has the whole share.
        """
        text = list(text)
        guess: list[int] = []
        for n in range(min(self.longest, len(text) - 1), 0, -1):
            end = text[-n:]
            earlier = (at for at in range(len(text) - n - 1, -1, -1) if text[at : at + n] == end)
            at = next(earlier, None)
            if at is not None:
                guess = text[at + n : at + n + most]
                break
        shares = torch.zeros(len(guess), self.vocab_size, dtype=torch.float64)
        if guess:
            shares.scatter_(1, torch.tensor(guess)[:, None], 1.0)
        return guess, shares


# @learn:inference.speculative_decoding
class ModelDraft:
    """Lets a smaller model write the guesses; it shares the tokenizer of the large one."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.text: list[int] = []  # what the cache has read
        self.cache: KVCache | None = None

    @torch.inference_mode()
    def propose(
        self, text: Sequence[int], most: int, sampling: Sampling, rng: torch.Generator
    ) -> tuple[list[int], Tensor]:
        """``most`` tokens drawn by the small model; fewer where its longest text is reached."""
        model = self.engine.model
        V = self.engine.vocab_size
        text = list(text)
        most = min(most, model.config.sequence_len - len(text) + 1)
        if most < 1:
            return [], torch.zeros(0, V, dtype=torch.float64)
        same = 0
        while same < min(len(self.text), len(text) - 1) and self.text[same] == text[same]:
            same += 1
        if self.cache is None or not self.cache.can_rewind(same):
            weight = model.wte.weight
            self.cache = KVCache(
                model.config, 1, model.config.sequence_len, weight.dtype, weight.device, spare=64
            )
            same = 0
        self.cache.rewind(same)  # guesses that were not kept are taken back
        new, guess, shares = text[same:], [], []
        for _ in range(most):
            idx = torch.tensor([new], device=model.wte.weight.device)
            logits = model(idx, kv_cache=self.cache, last_only=True)[:, 0, :V]  # (1, V)
            shares.append(all_shares(logits, *sampling).cpu())
            new = throw(shares[-1], rng)[0].tolist()
            guess += new
        self.text = text + guess[:-1]
        return guess, torch.cat(shares)


# @learn:inference.speculative_decoding
# @learn:foundations.probability
def accept(
    guess: Sequence[int], drafted: Tensor, wanted: Tensor, rng: torch.Generator
) -> tuple[int, int]:
    """How many guesses to keep, and the token that the model itself puts behind them.

    ``drafted``: (n, V), the shares q each guess was drawn from; ``wanted``: (n + 1, V), the shares
    p of the model at the same places, and after all of them. A guess is kept with the chance
    min(1, p/q): always where the model likes it at least as much as the draft does. The first one
    that is not kept is replaced by a draw from what the draft gave too little of, max(0, p − q).
    Both ways together, each token comes up exactly as often as p says.
    """
    for n, token in enumerate(guess):
        p, q = wanted[n], drafted[n]  # (V,) each
        dart = torch.rand((), generator=rng, dtype=torch.float64)
        if dart * q[token] < p[token]:
            continue
        missing = (p - q).clamp(min=0.0)
        # Only rounding can leave nothing here, where p and q are as good as the same.
        return n, int(throw((missing if missing.any() else p)[None], rng))
    return len(guess), int(throw(wanted[-1:], rng))


@dataclass
class Tally:
    """What the guesses were worth."""

    passes: int = 0  # of the large model, the reading of the prompt included
    guessed: int = 0
    accepted: int = 0
    written: int = 0

    @property
    def acceptance(self) -> float:
        """The share of guesses that were kept; 0 when there were none."""
        return self.accepted / self.guessed if self.guessed else 0.0

    @property
    def tokens_per_pass(self) -> float:
        """Without guesses it is 1; the more, the faster."""
        return self.written / self.passes if self.passes else 0.0


# @learn:inference.speculative_decoding
def generate(
    engine: Engine,
    tokens: Sequence[int],
    draft: Draft,
    max_tokens: int | None = None,
    temperature: float = 1.0,
    top_k: int | None = None,
    seed: int = 42,
    top_p: float | None = None,
    guesses: int = 4,
    tally: Tally | None = None,
) -> Iterator[int]:
    """Continue the prompt in one row, as ``Engine.generate`` does, one token after the other.

    ``guesses``: how many tokens the draft proposes for one pass. ``tally`` is filled while the
    text is written. The row ends as in ``Engine.generate``; a tool that it asks does not answer.
    Raises what ``Engine.generate`` raises, and ``ValueError`` for fewer than 1 guess.
    """
    tokens = list(tokens)
    check_sampling(temperature, top_k, top_p)
    max_tokens = engine.check_length(tokens, max_tokens)
    if guesses < 1:
        raise ValueError(f"guesses is {guesses}; it must be 1 or more, such as 4.")
    sampling = (temperature, top_k, top_p)
    tally = Tally() if tally is None else tally
    return _written(engine, tokens, draft, max_tokens, sampling, seed, guesses, tally)


def _written(
    engine: Engine,
    text: list[int],
    draft: Draft,
    max_tokens: int,
    sampling: Sampling,
    seed: int,
    guesses: int,
    tally: Tally,
) -> Iterator[int]:
    rng = row_generator(seed, 0)
    weight = engine.model.wte.weight
    room = len(text) + max_tokens - 1
    # @learn:inference.kv_cache
    cache = KVCache(
        engine.model.config, 1, max(room, 1), weight.dtype, weight.device, spare=guesses
    )
    end = len(text) + max_tokens
    while len(text) < end:
        # The pass itself gives one token, so no more guesses than what is missing besides it.
        guess, drafted = draft.propose(text, min(guesses, end - len(text) - 1), sampling, rng)
        # @learn:inference.speculative_decoding
        wanted = _shares(engine, text[cache.pos :] + guess, len(guess) + 1, cache, sampling)
        kept, own = accept(guess, drafted, wanted, rng)
        tally.passes += 1
        tally.guessed += len(guess)
        tally.accepted += kept
        cache.rewind(cache.pos - len(guess) + kept)  # what was not kept was never read
        for token in (*guess[:kept], own):
            text.append(token)
            tally.written += 1
            yield token
            if token in engine.terminals:
                return


@torch.inference_mode()
def _shares(
    engine: Engine, new: list[int], last: int, cache: KVCache, sampling: Sampling
) -> Tensor:
    """Read ``new`` tokens in one pass; the model's shares after the ``last`` of them, (last, V)."""
    idx = torch.tensor([new], device=engine.model.wte.weight.device)
    logits = engine.model(idx, kv_cache=cache)[0, -last:, : engine.vocab_size]
    return all_shares(logits, *sampling).cpu()
