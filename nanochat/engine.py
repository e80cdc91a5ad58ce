"""Writing text: the cache of keys and values, the choice of a token, and the loop around both.

Not here yet: tools (a calculator between special marks) and drafts by a second model. So every
token that comes out was sampled, and none is forced.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import torch
from torch import Tensor

from nanochat.common import row_generator
from nanochat.config import GPTConfig
from nanochat.gpt import GPT
from nanochat.tokenizer import Tokenizer

Column = list[int | None]
"""One place of all rows: a token id each, or None for a row that has ended before."""


# @learn:inference.kv_cache
# @viz:kv_cache_steps
class KVCache:
    """Keys and values of every position read so far, so that none is worked out twice.

    All room is taken at the start: (L, B, Hk, capacity, D) for the keys and again for the values.
    It never grows; ``insert`` refuses what does not fit. Layers with a sliding window keep
    everything too, and look only at the end.
    """

    def __init__(
        self,
        config: GPTConfig,
        rows: int,
        capacity: int,
        dtype: torch.dtype = torch.float32,
        device: torch.device | str = "cpu",
    ) -> None:
        shape = (config.n_layer, rows, config.n_kv_head, capacity, config.head_width)
        self.k = torch.zeros(shape, dtype=dtype, device=device)
        self.v = torch.zeros(shape, dtype=dtype, device=device)
        self.pos = 0  # how many positions are filled, alike in all rows and layers

    @property
    def rows(self) -> int:
        """B, how many texts are kept side by side."""
        return self.k.size(1)

    @property
    def capacity(self) -> int:
        """How many positions fit."""
        return self.k.size(3)

    # @learn:inference.kv_cache
    def insert(self, layer: int, k: Tensor, v: Tensor) -> tuple[Tensor, Tensor]:
        """Keep ``k`` and ``v``, (B, Hk, T, D), of the next T positions of one layer.

        The answer is all keys and values of the layer so far, (B, Hk, pos + T, D), as views.
        ``pos`` stays: ``advance`` moves it once every layer has been through.
        Raises ``ValueError`` when T positions do not fit, or when the rows are not as many.
        """
        end = self.pos + k.size(2)
        if end > self.capacity:
            raise ValueError(
                f"The cache has room for {self.capacity} positions and {self.pos} are filled, so "
                f"{k.size(2)} more do not fit. Make one with capacity={end} or larger."
            )
        if k.size(0) != self.rows:
            raise ValueError(
                f"The cache keeps {self.rows} rows, but {k.size(0)} came in. Make one cache for "
                "each batch."
            )
        keys, values = self.k[layer, :, :, :end], self.v[layer, :, :, :end]
        keys[:, :, self.pos :] = k
        values[:, :, self.pos :] = v
        return keys, values

    def advance(self, T: int) -> None:
        """Count the T positions that every layer has now inserted."""
        self.pos += T

    def take_rows(self, rows: Sequence[int]) -> KVCache:
        """A new cache with copies of these rows, in this order; a row may be named many times."""
        chosen = torch.tensor(list(rows), device=self.k.device)
        taken = object.__new__(type(self))
        taken.__dict__.update(self.__dict__)
        taken.k = self.k.index_select(1, chosen)
        taken.v = self.v.index_select(1, chosen)
        return taken


# @learn:inference.sampling
@torch.inference_mode()
def sample_next_token(
    logits: Tensor,
    rng: torch.Generator | Sequence[torch.Generator],
    temperature: float = 1.0,
    top_k: int | None = None,
) -> Tensor:
    """Choose one token a row by chance: ``logits`` (B, V) → ids (B, 1).

    ``temperature`` below 1 makes likely tokens likelier; 0 takes the likeliest and uses no
    chance. ``top_k`` keeps only the k best (None or 0: all). ``rng`` is one generator for all
    rows, or one per row. Raises ``ValueError`` for a negative temperature or ``top_k``.
    """
    check_sampling(temperature, top_k)
    if temperature == 0:
        return logits.argmax(dim=-1, keepdim=True)
    V = logits.size(-1)
    k = min(top_k or V, V)
    # @learn:inference.sampling
    best, ids = logits.topk(k) if k < V else (logits, None)  # (B, k)
    # Less the maximum first: softmax does not change, and no temperature makes it overflow.
    scores = (best - best.amax(dim=-1, keepdim=True)).double() / temperature
    # @learn:foundations.softmax
    # @viz:softmax_bars
    shares = scores.softmax(dim=-1)  # (B, k): positive, and 1 together
    generators = [rng] * len(shares) if isinstance(rng, torch.Generator) else rng
    darts = torch.stack([torch.rand(1, generator=g, dtype=torch.float64) for g in generators])
    # Lay the shares end to end: a dart between 0 and 1 hits each as often as it is long.
    # @learn:foundations.probability
    ends = shares.cumsum(dim=-1)  # (B, k)
    hit = torch.searchsorted(ends, darts.to(ends.device) * ends[:, -1:], right=True)  # (B, 1)
    return hit if ids is None else ids.gather(1, hit)


def check_sampling(temperature: float, top_k: int | None) -> None:
    """Raise ``ValueError`` with a sentence for a temperature or ``top_k`` that means nothing."""
    if not 0 <= temperature < math.inf:
        raise ValueError(
            f"temperature is {temperature}; it must be 0 (always the likeliest token) or more."
        )
    if top_k is not None and top_k < 0:
        raise ValueError(f"top_k is {top_k}; give a number from 1 on, or None for all tokens.")


# @learn:foundations.next_token
class Engine:
    """A model and its tokenizer, ready to continue a text."""

    def __init__(self, model: GPT, tokenizer: Tokenizer) -> None:
        self.model = model
        self.tokenizer = tokenizer
        self.vocab_size = tokenizer.get_vocab_size()
        if self.vocab_size > model.config.vocab_size:
            raise ValueError(
                f"The tokenizer has {self.vocab_size} tokens, but the model only knows "
                f"{model.config.vocab_size}. They do not belong together."
            )
        # @learn:tokenization.special_tokens
        self.terminals = {
            tokenizer.get_bos_token_id(),  # a new document would begin
            tokenizer.encode_special("<|assistant_end|>"),
        }

    # @learn:foundations.next_token
    def generate(
        self,
        tokens: Sequence[int],
        num_samples: int = 1,
        max_tokens: int | None = None,
        temperature: float = 1.0,
        top_k: int | None = None,
        seed: int = 42,
    ) -> Iterator[tuple[Column, list[int]]]:
        """Continue the prompt ``tokens`` in ``num_samples`` rows, one column at a time.

        Each step yields (token column, mask column). The first holds one id a row, None for a row
        that has ended; the second holds 1 where the id was sampled and 0 where the row has ended.
        A row ends with ``<|assistant_end|>`` or ``<|bos|>``, which is its last id. All end after
        ``max_tokens`` columns; None stands for as many as the model can read and one more.
        What a row says depends on ``seed`` and its number, not on how many rows there are.

        Raises ``ValueError``, before anything is computed, for a prompt that is empty, too long or
        not made of ids, for more ``max_tokens`` than fit, and for odd sampling settings.
        """
        tokens = list(tokens)
        check_sampling(temperature, top_k)
        most = self._room(tokens)
        if max_tokens is None:
            max_tokens = most
        if not 0 <= max_tokens <= most:
            raise ValueError(
                f"max_tokens is {max_tokens}, but after {len(tokens)} tokens of prompt this model "
                f"can write 0 to {most}: it reads at most {self.model.config.sequence_len} in all. "
                "Ask for fewer, or shorten the prompt."
            )
        if num_samples < 1:
            raise ValueError(f"num_samples is {num_samples}; it must be 1 or more.")
        return self._columns(tokens, num_samples, max_tokens, temperature, top_k, seed)

    def _room(self, tokens: list[int]) -> int:
        """How many tokens fit after this prompt; the last one is written, but not read again."""
        longest = self.model.config.sequence_len
        if not tokens:
            raise ValueError(
                "The prompt is empty. Begin with the token that opens every document: "
                "[tokenizer.get_bos_token_id()]."
            )
        strange = next((t for t in tokens if not 0 <= t < self.vocab_size), None)
        if strange is not None:
            raise ValueError(
                f"The prompt holds {strange!r}, but ids go from 0 to {self.vocab_size - 1}. "
                "Make the prompt with this tokenizer's encode."
            )
        if len(tokens) > longest:
            raise ValueError(
                f"The prompt has {len(tokens)} tokens, but this model reads at most {longest}. "
                f"Keep the last {longest} of them, or use a model with a larger sequence_len."
            )
        return longest - len(tokens) + 1

    def _columns(
        self,
        tokens: list[int],
        num_samples: int,
        max_tokens: int,
        temperature: float,
        top_k: int | None,
        seed: int,
    ) -> Iterator[tuple[Column, list[int]]]:
        if max_tokens == 0:
            return
        weight = self.model.wte.weight
        cache = KVCache(
            self.model.config, 1, len(tokens) + max_tokens - 1, weight.dtype, weight.device
        )
        # The prompt is read once, whatever the number of rows.
        logits = self._read([tokens], cache).expand(num_samples, -1)  # (B, V)
        # @learn:inference.kv_cache
        cache = cache.take_rows([0] * num_samples)
        alive = list(range(num_samples))  # rows that have not ended, as they stand in the cache
        generators = [row_generator(seed, row) for row in alive]
        for written in range(1, max_tokens + 1):
            # @learn:foundations.next_token
            chosen = sample_next_token(logits, generators, temperature, top_k)[:, 0].tolist()
            column: Column = [None] * num_samples
            for row, token in zip(alive, chosen, strict=True):
                column[row] = token
            yield column, [int(token is not None) for token in column]
            going = [n for n, token in enumerate(chosen) if token not in self.terminals]
            if not going or written == max_tokens:
                return
            if len(going) < len(alive):  # rows that ended cost nothing from here on
                cache = cache.take_rows(going)
                alive = [alive[n] for n in going]
                generators = [generators[n] for n in going]
            logits = self._read([[chosen[n]] for n in going], cache)

    # Not around the whole loop: between two steps the caller's own code runs.
    @torch.inference_mode()
    def _read(self, rows: list[list[int]], cache: KVCache) -> Tensor:
        """Feed the next tokens of each row, (B, T); the scores after the last one, (B, V)."""
        idx = torch.tensor(rows, device=self.model.wte.weight.device)
        # @learn:inference.logits
        logits = self.model(idx, kv_cache=cache, last_only=True)[:, 0]  # (B, V of the model)
        return logits[:, : self.vocab_size]  # a padded table has scores that mean no token

    def generate_batch(
        self,
        tokens: Sequence[int],
        num_samples: int = 1,
        max_tokens: int | None = None,
        temperature: float = 1.0,
        top_k: int | None = None,
        seed: int = 42,
    ) -> tuple[list[list[int]], list[list[int]]]:
        """``generate``, gathered: (texts, masks), one list a row, the prompt first (mask 0).

        The token that ends a row is left out. Raises what ``generate`` raises.
        """
        texts = [list(tokens) for _ in range(num_samples)]
        masks = [[0] * len(tokens) for _ in range(num_samples)]
        for column, marks in self.generate(
            tokens, num_samples, max_tokens, temperature, top_k, seed
        ):
            for row, token in enumerate(column):
                if token is not None and token not in self.terminals:
                    texts[row].append(token)
                    masks[row].append(marks[row])
        return texts, masks
