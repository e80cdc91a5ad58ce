"""The note on guessing the next token: what a small model guesses, and how it writes."""

from __future__ import annotations

import math
from functools import lru_cache

import pytest
import torch
from note_checks import Claim, shape
from random_models import VOCAB, random_model
from test_note_inference_kv_cache import Endless

from nanochat.cache import KVCache
from nanochat.checkpoint import load_model
from nanochat.engine import Engine
from nanochat.sampling import sample_next_token

WHY, HOW, HERE, ASK = "Why it exists", "How it works", "In this code", "Check yourself"
TEXT = "Tom was"


@lru_cache(maxsize=1)
def small():
    """(model, tokenizer) of the small model that ships, loaded once."""
    return load_model("stories-base")[:2]


def ids_of(text: str) -> list[int]:
    tokenizer = small()[1]
    return [tokenizer.get_bos_token_id(), *tokenizer.encode(text)]


@torch.inference_mode()
def guesses(ids: list[int]) -> dict[str, float]:
    """Every token and its probability after these, the likeliest first."""
    model, tokenizer = small()
    best = model(torch.tensor([ids]))[0, -1].double().softmax(dim=-1).sort(descending=True)
    tokens = (tokenizer.decode([token]) for token in best.indices.tolist())
    return dict(zip(tokens, best.values.tolist(), strict=False))


def claims() -> list[Claim]:
    V = small()[1].get_vocab_size()
    assert small()[0].config.vocab_size == V
    (walk, p_walk), (a, p_a), *_ = guesses(ids_of(TEXT)).items()
    (ing, p_ing), *_ = guesses(ids_of(TEXT + walk)).items()
    drawn = sample_next_token(torch.zeros(2, 7), torch.Generator().manual_seed(0))
    return [
        Claim(WHY, f"knows {V:,} pieces of text, called **tokens**. Texts of only 5 tokens"),
        Claim(WHY, f"number $1024^5$, which is {V**5:,}."),
        Claim(WHY, f"you need only {V:,} numbers"),
        Claim(HOW, "a number from 0 to 1, and all of them together make 1."),
        Claim(
            HOW,
            f"reads “{TEXT}”. It gives “{walk}” {p_walk:.2f} and “{a}” {p_a:.2f}.",
        ),
        Claim(HOW, f"The new text is “{TEXT}{walk}”, and now “{ing}” gets {p_ing:.2f}, rounded."),
        Claim(
            HOW,
            r"$$P(a, b \mid \text{text}) = P(a \mid \text{text}) \cdot P(b \mid \text{text}, a)$$",
            "formula",
        ),
        Claim(
            HOW,
            f"With “{TEXT}” as the text, “{walk}” as $a$ and “{ing}” as $b$: "
            f"${p_walk:.2f} \\cdot {p_ing:.2f} = {p_walk * p_ing:.2f}$.",
        ),
        Claim(
            HOW,
            r"$$P(x_1, \dots, x_n) = \prod_{i=1}^{n} P(x_i \mid x_1, \dots, x_{i-1}).$$",
            "formula",
        ),
        Claim(HOW, "probabilities that add up to 1, so are"),
        Claim(HERE, f"scores of shape ${shape((2, 7), {'B': 2, 'V': 7})}$", "shape"),
        Claim(HERE, f"one token a row, shape ${shape(drawn, {'B': 2, '1': 1})}$.", "shape"),
        Claim(ASK, "0.5 and the second 0.4. How"),
        Claim(ASK, "The model writes 20 tokens."),
        Claim(ASK, f"1. {1 - p_walk - p_a:.2f}: the two together have {p_walk + p_a:.2f}, r"),
        Claim(ASK, f"2. $0.5 \\cdot 0.4 = {0.5 * 0.4:.2f}$."),
        Claim(ASK, f"3. {times_asked(20)} times, once"),
    ]


def times_asked(tokens: int) -> int:
    """How often our engine chooses a token to write that many."""
    model, tokenizer = small()
    columns = Engine(model, tokenizer).generate(ids_of("One day"), max_tokens=tokens)
    return sum(mask[0] for _, mask in columns)


def test_the_definition_of_given_is_what_the_small_model_does() -> None:
    """Both tokens at once: the sum over all ways to go on adds up to the first alone."""
    (walk, p_walk), *_ = guesses(ids_of(TEXT)).items()
    after = guesses(ids_of(TEXT + walk))
    assert sum(p_walk * share for share in after.values()) == pytest.approx(p_walk, abs=1e-6)
    assert ids_of(TEXT + walk)[:-1] == ids_of(TEXT)


def test_scores_have_a_row_a_text_and_a_column_a_token() -> None:
    model = random_model()
    read = Engine(model, Endless())._read([[1, 2, 3], [4, 5, 6]], KVCache(model.config, 2, 8))
    assert read.shape == (2, VOCAB - 2)


def test_the_likeliest_is_always_the_same_and_chance_is_not() -> None:
    model, tokenizer = small()
    engine, prompt = Engine(model, tokenizer), ids_of("Tom had a")

    def write(temperature: float, seed: int) -> list[int]:
        return engine.generate_batch(prompt, 1, 12, temperature, seed=seed)[0][0]

    assert write(0, 1) == write(0, 2)
    assert write(1, 1) == write(1, 1) != write(1, 2)


def test_the_probabilities_of_all_texts_of_two_tokens_make_one() -> None:
    model = random_model(vocab_size=8)
    with torch.inference_mode():
        first = model(torch.tensor([[3]]))[0, -1].double().softmax(dim=-1)
        rows = torch.tensor([[3, token] for token in range(8)])
        second = model(rows)[:, -1].double().softmax(dim=-1)
    assert (first[:, None] * second).sum().item() == pytest.approx(1)


def test_a_list_of_longer_texts_is_out_of_reach() -> None:
    assert math.log10(small()[1].get_vocab_size() ** 30) > 80  # more than atoms in what we can see
