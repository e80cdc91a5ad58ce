"""The note on the KV cache: tokens counted while our engine writes, shapes of a real cache."""

from __future__ import annotations

import pytest
import torch
from note_checks import Claim, run, shape
from note_text import NoteText, text_of
from random_models import VOCAB, random_model

from nanochat.cache import KVCache
from nanochat.engine import Engine
from nanochat.gpt import GPT, GPTConfig

WHY, HOW, HERE, ASK = "Why it exists", "How it works", "In this code", "Check yourself"


class Endless:
    """A tokenizer whose ending marks lie beyond what can be drawn: no row ends early."""

    def get_vocab_size(self) -> int:
        return VOCAB - 2

    def get_bos_token_id(self) -> int:
        return VOCAB - 2

    def encode_special(self, name: str) -> int:
        return VOCAB - 1


def model_that_counts(P: int, N: int) -> tuple[GPT, list[int]]:
    """A small model, and how many tokens each call of it reads."""
    model, read = random_model(sequence_len=P + N), []
    model.register_forward_pre_hook(lambda _, args: read.append(args[0].numel()))
    return model, read


def with_cache(P: int, N: int) -> tuple[list[int], list[int]]:
    """(tokens read by each call, text) when our engine writes N tokens after P."""
    model, read = model_that_counts(P, N)
    prompt = list(range(P))
    texts, _ = Engine(model, Endless()).generate_batch(prompt, max_tokens=N, temperature=0)
    return read, texts[0]


def without(P: int, N: int) -> tuple[list[int], list[int]]:
    """The same, reading the whole text again for every token."""
    model, read = model_that_counts(P, N)
    text = list(range(P))
    with torch.inference_mode():
        for _ in range(N):
            scores = model(torch.tensor([text]))[0, -1, : VOCAB - 2]
            text.append(int(scores.argmax()))
    return read, text


def formula(P: int, N: int) -> tuple[int, int]:
    return N * P + N * (N - 1) // 2, P + N - 1


def kept(cache: KVCache) -> int:
    return sum(kept.numel() for kept in (*cache.k, *cache.v))


def claims() -> list[Claim]:
    config, P, N = GPTConfig(), 4, 3
    L, Hk, D, T = config.n_layer, config.n_kv_head, config.head_width, config.sequence_len
    short, long = with_cache(P, N)[0], without(P, N)[0]
    token, full = kept(KVCache(config, 1, 1)), KVCache(config, 1, T)
    size = sum(part.nbytes for part in (*full.k, *full.v))
    letters = {"B": 2, "H_k": 5, "S": 7, "D": 8, "T": 4}
    odd = GPTConfig(n_layer=3, n_head=5, n_kv_head=5, n_embd=40)
    cache = KVCache(odd, rows=2, capacity=7)
    new = torch.zeros(2, 5, 4, 8)
    assert cache.insert(0, new, new)[0].shape == new.shape
    asked = KVCache(config, rows=2, capacity=100)
    shared = kept(KVCache(GPTConfig(n_kv_head=1), 1, T)) / kept(full)
    assert shared == 1 / 4 and config.n_head == 4
    a, b, c = long
    return [
        Claim(
            WHY,
            f"a prompt of {P} tokens and let it write {N}. Without a cache it reads {a} tokens, "
            f"then all {b}, then all {c}: together {sum(long)}.",
        ),
        Claim(
            WHY,
            f"it reads the {short[0]} once, then only the newest: {', '.join(map(str, short))}, "
            f"together {sum(short)}. For a prompt of 10 and 100 written tokens it is "
            f"{sum(without(10, 100)[0]):,} against {sum(with_cache(10, 100)[0])}.",
        ),
        Claim(
            HOW,
            r"are $P$, then $P + 1$, up to $P + N - 1$. Together that is" + "\n\n"
            r"$$N P + \frac{N (N - 1)}{2}.$$" + "\n\n"
            r"With the cache it is $P + N - 1$.",
            "formula",
        ),
        Claim(
            HOW,
            f"For $P = {P}$ and $N = {N}$: ${N} \\cdot {P} + \\frac{{{N} \\cdot {N - 1}}}{{2}} = "
            f"{formula(P, N)[0]}$ against ${P} + {N} - 1 = {formula(P, N)[1]}$.",
        ),
        Claim(
            HOW,
            f"that is 2 lists of {D} numbers, in {Hk} heads, in {L} layers: "
            f"$2 \\cdot {D} \\cdot {Hk} \\cdot {L} = {token}$ numbers. A full text of {T} tokens "
            f"leaves {kept(full):,} numbers, at {size // kept(full)} bytes each (float32) about "
            f"{size / 1e6:.0f} million bytes.",
        ),
        Claim(HOW, r"from $x_1, \dots, x_s$", "formula"),
        Claim(HOW, r"$$z_t = \sum_{s \le t} p_{ts}\, v_s$$", "formula"),
        Claim(HOW, r"are $2\, L\, B\, H_k\, S\, D$.", "formula"),
        Claim(HERE, f"one tensor a layer, of shape ${shape(cache.k[0], letters)}$", "shape"),
        Claim(HERE, f"the $T$ new tokens, ${shape(new, letters)}$, and hands", "shape"),
        Claim(HERE, "The code below reads 4 tokens both ways"),
        Claim(ASK, "1. A prompt has 10 tokens and the model writes 5."),
        Claim(ASK, "2. Which shape has the `k` of one layer for 2 texts and a capacity of 100"),
        Claim(ASK, "if 4 query heads share 1 key/value head?"),
        Claim(ASK, f"1. {sum(without(10, 5)[0])} without, {sum(with_cache(10, 5)[0])} with."),
        Claim(ASK, f"2. ${shape(asked.k[0])}$: texts, heads, places, width.", "shape"),
    ]


@pytest.mark.parametrize(("P", "N"), [(1, 1), (4, 3), (10, 5), (7, 20)])
def test_the_formula_counts_what_is_read_and_the_text_is_the_same(P: int, N: int) -> None:
    (short, text), (long, same) = with_cache(P, N), without(P, N)
    assert (sum(long), sum(short)) == formula(P, N)
    assert text == same and len(text) == P + N


def test_the_formula_counts_what_is_kept() -> None:
    config = GPTConfig(n_layer=3, n_head=6, n_kv_head=2, n_embd=48)
    assert kept(KVCache(config, rows=5, capacity=7)) == 2 * 3 * 5 * 2 * 7 * 8


def test_earlier_keys_and_values_never_change_when_the_text_grows() -> None:
    model, text = random_model(), torch.arange(9)[None]
    config = model.config
    short, long = KVCache(config, 1, 9), KVCache(config, 1, 9)
    with torch.inference_mode():
        model(text[:, :5], kv_cache=short)
        model(text, kv_cache=long)
    for few, all_nine in zip((*short.k, *short.v), (*long.k, *long.v), strict=True):
        assert torch.allclose(few[..., :5, :], all_nine[..., :5, :], atol=1e-5)
        assert few[..., :5, :].abs().min() > 0 and (few[..., 5:, :] == 0).all()


def test_a_window_keeps_only_its_window_and_writes_over_the_oldest() -> None:
    model = random_model("windows")  # the first layer sees 16 positions
    cache = KVCache(model.config, 1, 40)
    with torch.inference_mode():
        model(torch.arange(16)[None], kv_cache=cache)
        before = cache.k[0].clone()
        model(torch.tensor([[7]]), kv_cache=cache)
    changed = (cache.k[0] != before).any(dim=-1).any(dim=1)[0]
    assert cache.k[0].size(2) == 16 and changed.nonzero().flatten().tolist() == [0]


def test_the_block_of_the_note_compares_scores_that_are_no_zeros() -> None:
    """All its weights come from torch's own start values: else 0.0000 would say nothing."""
    _, code = NoteText(text_of("inference.kv_cache"), "kv.md").fences[0]
    largest = float(run(code + "print(whole.abs().max().item())\n").split()[-1])
    assert largest > 0.5


def test_a_full_cache_refuses() -> None:
    cache = KVCache(GPTConfig(), rows=1, capacity=2)
    new = torch.zeros(1, 4, 3, 64)
    with pytest.raises(ValueError, match="do not fit"):
        cache.insert(0, new, new)
