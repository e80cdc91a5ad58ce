"""Writing text: the loop that reads a prompt, chooses a token, reads it, chooses the next.

What it leans on: the cache of keys and values (``cache.py``), the choice of a token
(``sampling.py``) and the tool that a row may ask (``tools.py``). Every token is sampled by the
model, except the answers of the tool: those are forced into the text.

Not here: drafts by a second, smaller model (``speculative.py``).
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator, Sequence

import torch
from torch import Tensor

from nanochat.cache import KVCache
from nanochat.calculator import answer
from nanochat.common import row_generator
from nanochat.gpt import GPT
from nanochat.sampling import check_sampling, sample_next_token
from nanochat.tokenizer import Tokenizer
from nanochat.tools import Tool, ToolUse

Column = list[int | None]
"""One place of all rows: a token id each, or None for a row that has ended before."""

# How a question to the tool and its answer look where text is shown to a person: [17+25] = [42]
TOOL_MARKS = {
    "<|python_start|>": "[",
    "<|python_end|>": "]",
    "<|output_start|>": " = [",
    "<|output_end|>": "]",
}


# @learn:foundations.next_token
class Engine:
    """A model and its tokenizer, ready to continue a text.

    ``tool`` answers what the model asks between its marks: the calculator, unless you give
    another function from text to text (or to None: no answer). With ``tool=None`` nothing is
    ever answered.
    """

    def __init__(self, model: GPT, tokenizer: Tokenizer, tool: Tool | None = answer) -> None:
        self.model = model
        self.tokenizer = tokenizer
        self.tool: Tool = tool or (lambda question: None)
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
    # @viz:next_token_game
    def generate(
        self,
        tokens: Sequence[int],
        num_samples: int = 1,
        max_tokens: int | None = None,
        temperature: float = 1.0,
        top_k: int | None = None,
        seed: int = 42,
        top_p: float | None = None,
    ) -> Iterator[tuple[Column, list[int]]]:
        """Continue the prompt ``tokens`` in ``num_samples`` rows, one column at a time.

        Each step yields (token column, mask column). The first holds one id a row, None for a row
        that has ended; the second holds 1 where the id was sampled, and 0 where it was forced (an
        answer of the tool) or the row has ended.
        A row ends with ``<|assistant_end|>`` or ``<|bos|>``, which is its last id. All end after
        ``max_tokens`` columns; None stands for as many as the model can read and one more.
        What a row says depends on ``seed`` and its number, not on how many rows there are.

        Raises ``ValueError``, before anything is computed, for a prompt that is empty, too long or
        not made of ids, for more ``max_tokens`` than fit, and for odd sampling settings.
        """
        tokens = list(tokens)
        check_sampling(temperature, top_k, top_p)
        max_tokens = self.check_length(tokens, max_tokens)
        if num_samples < 1:
            raise ValueError(f"num_samples is {num_samples}; it must be 1 or more.")
        return self._columns(tokens, num_samples, max_tokens, seed, (temperature, top_k, top_p))

    def check_length(self, tokens: list[int], max_tokens: int | None) -> int:
        """How many tokens to write after this prompt: ``max_tokens``, or as many as fit for None.

        Raises ``ValueError`` for a prompt that cannot be continued, and for more than fit.
        """
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
        most = longest - len(tokens) + 1  # the last one is written, but not read again
        if max_tokens is None:
            return most
        if not 0 <= max_tokens <= most:
            raise ValueError(
                f"max_tokens is {max_tokens}, but after {len(tokens)} tokens of prompt this model "
                f"can write 0 to {most}: it reads at most {longest} in all. "
                "Ask for fewer, or shorten the prompt."
            )
        return max_tokens

    def _columns(
        self,
        tokens: list[int],
        num_samples: int,
        max_tokens: int,
        seed: int,
        sampling: tuple[float, int | None, float | None],
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
        asking = [ToolUse(self.tokenizer, self.tool) for _ in alive]
        for row in asking:
            row.begin(tokens)
        for written in range(1, max_tokens + 1):
            # @learn:foundations.next_token
            chosen = sample_next_token(logits, generators, *sampling)[:, 0].tolist()
            column: Column = [None] * num_samples
            mask = [0] * num_samples
            for n, row in enumerate(alive):
                # @learn:inference.tool_use
                if asking[n].forced:
                    chosen[n] = asking[n].forced.popleft()  # whatever the model would have said
                else:
                    mask[row] = 1
                asking[n].take(chosen[n])
                column[row] = chosen[n]
            yield column, mask
            going = [n for n, token in enumerate(chosen) if token not in self.terminals]
            if not going or written == max_tokens:
                return
            if len(going) < len(alive):  # rows that ended cost nothing from here on
                cache = cache.take_rows(going)
                alive = [alive[n] for n in going]
                generators = [generators[n] for n in going]
                asking = [asking[n] for n in going]
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
        top_p: float | None = None,
    ) -> tuple[list[list[int]], list[list[int]]]:
        """``generate``, gathered: (texts, masks), one list a row, the prompt first (mask 0).

        The token that ends a row is left out. Raises what ``generate`` raises.
        """
        texts = [list(tokens) for _ in range(num_samples)]
        masks = [[0] * len(tokens) for _ in range(num_samples)]
        for column, marks in self.generate(
            tokens, num_samples, max_tokens, temperature, top_k, seed, top_p
        ):
            for row, token in enumerate(column):
                if token is not None and token not in self.terminals:
                    texts[row].append(token)
                    masks[row].append(marks[row])
        return texts, masks

    # @learn:tokenization.unicode_bytes
    def generate_text(
        self,
        prompt: str | Sequence[int],
        max_tokens: int | None = None,
        temperature: float = 1.0,
        top_k: int | None = None,
        seed: int = 42,
        top_p: float | None = None,
    ) -> Iterator[str]:
        """Continue ``prompt`` in one row and hand the text over as it comes, piece by piece.

        A text begins a new document; token ids are continued as they are. A character of several
        bytes may be spread over several tokens: it is held back until it is whole. Questions to
        the tool stand in brackets, with the answer behind them. Raises what ``generate`` raises.
        """
        if isinstance(prompt, str):
            prompt = [self.tokenizer.get_bos_token_id(), *self.tokenizer.encode(prompt)]
        columns = self.generate(prompt, 1, max_tokens, temperature, top_k, seed, top_p)
        return self.pieces(token for (token,), _ in columns if token is not None)

    def pieces(self, tokens: Iterable[int]) -> Iterator[str]:
        """The text of one row's tokens as they come, up to the token that ends it."""
        shown = {self.tokenizer.encode_special(name): mark for name, mark in TOOL_MARKS.items()}
        unfinished = codecs.getincrementaldecoder("utf-8")(errors="replace")
        for token in tokens:
            if token in self.terminals:
                break
            if token in shown:  # a mark ends what stood before it, whole or not
                piece = unfinished.decode(b"", final=True) + shown[token]
            else:
                piece = unfinished.decode(self.tokenizer.decode_bytes(token))
            if piece:
                yield piece
        rest = unfinished.decode(b"", final=True)
        if rest:
            yield rest
