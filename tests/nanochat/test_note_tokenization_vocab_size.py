"""The note on the size of a vocabulary: one list of merges cut off at several places."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import torch
from note_checks import Claim, shape

from nanochat.bpe import learn_merges, merge, split, utf8_bytes
from nanochat.checkpoint import load_model
from nanochat.gpt import GPT, GPTConfig
from nanochat.stories import documents
from nanochat.tokenizer import SPECIAL_TOKENS, Tokenizer

HOW, HERE = "How it works", "In this code"
DOUBTS, ASK = "Common confusions", "Check yourself"
NORA = "Nora was sad and did not know what to do."
QUANTUM = "Quantum chromodynamics"


def tables(model: GPT) -> int:
    return model.wte.weight.numel() + model.lm_head.weight.numel()


def small(V: int, width: int) -> GPT:
    return GPT(GPTConfig(n_layer=1, n_head=2, n_kv_head=2, n_embd=width, vocab_size=V))


def claims() -> list[Claim]:
    model, words, _ = load_model("stories-chat")
    V, C, M, s = model.config.vocab_size, model.config.n_embd, len(words.merges), 9
    assert s == len(SPECIAL_TOKENS) and words.get_vocab_size() == 256 + M + s == V
    cut = {size: Tokenizer(words.merges[: size - 256 - s]) for size in (265, 400, 512, V)}
    assert all(known.get_vocab_size() == size for size, known in cut.items())
    bare = len(cut[265].encode(NORA))
    assert bare == len(utf8_bytes(NORA)) and model.config.sequence_len // bare == 6
    letters = {"B": 2, "T": 5, "V": V, "C": C}
    scores = model(torch.zeros(2, 5, dtype=torch.int64))
    assert model.wte.weight.shape == model.lm_head.weight.shape
    whole = GPTConfig()
    hug = Tokenizer.train(["hug", "hugs", "bug"], vocab_size=257 + s)
    assert len(hug.merges) == 1  # what is left after bytes and special tokens
    return [
        Claim("Why it exists", f"“{NORA}” costs {bare} tokens, one for each byte."),
        Claim(
            "Why it exists",
            f"reads {model.config.sequence_len} tokens then sees six such sentences",
        ),
        Claim(HOW, f"the {V - M - s} bytes, one piece for each merge"),
        Claim(HOW, "Each has one **token id**, counted from 0."),
        Claim(HOW, "$$V = 256 + M + s$$", "formula"),
        Claim(HOW, f"has {M} merges and {s} special tokens: $256 + {M} + {s} = {V}$."),
        Claim(HOW, r"$$W = 2\, V\, C$$", "formula"),
        Claim(
            HOW,
            f"With $V = {V}$ and $C = {C}$ these are $2 \\cdot {V} \\cdot {C} = "
            + f"{tables(model):,}$".replace(",", "{,}"),
        ),
        *(
            Claim(
                HOW,
                f"| {size:,} | {len(known.encode(NORA))} | {len(known.encode(QUANTUM))} | "
                f"{tables(small(size, C)):,} |",
            )
            for size, known in cut.items()
        ),
        Claim(HOW, r"$$f_0 \ge f_1 \ge f_2 \ge \dots$$", "formula"),
        Claim(HOW, r"while each costs $2\,C$ numbers"),
        Claim(HOW, "which grows with $n^2\\,C$"),
        Claim(HERE, f"both of shape ${shape(model.wte.weight, letters)}$", "shape"),
        Claim(HERE, f"returns scores of shape ${shape(scores, letters)}$: one for", "shape"),
        Claim(HERE, f"The default is {whole.vocab_size:,} tokens, {whole.n_embd} wide:"),
        Claim(DOUBTS, "row 700 was trained for token 700."),
        Claim(
            DOUBTS,
            f"**Why do {V:,} tokens end with id {V - 1:,}?** Because ids are counted from 0.",
        ),
        Claim(ASK, f"1. A vocabulary has 500 merges and {s} special tokens."),
        Claim(ASK, f"if $C$ is {C}?"),
        Claim(ASK, "the scores for 2 texts of 10 tokens in our default model?"),
        Claim(ASK, f"1. $256 + 500 + {s} = {256 + 500 + s}$."),
        Claim(
            ASK,
            f"2. {tables(small(301, C)) - tables(small(300, C))}: a row of {C} in each table.",
        ),
        Claim(ASK, f"3. ${shape((2, 10, whole.vocab_size))}$."),
    ]


def test_counts_never_rise_and_a_merge_saves_at_most_its_count() -> None:
    words = [list(utf8_bytes(p)) for text in documents(40, seed=5) for p in split(text)]
    merges = learn_merges(documents(40, seed=5), 60)
    counts, saved = [], []
    for n, pair in enumerate(merges):
        counts.append(Counter(two for ids in words for two in pairwise(ids))[pair])
        before = sum(map(len, words))
        words = [merge(ids, pair, 256 + n) for ids in words]
        saved.append(before - sum(map(len, words)))
    assert counts == sorted(counts, reverse=True) and counts[0] > 2 * counts[-1]
    assert all(0 < less <= count for less, count in zip(saved, counts, strict=True))


def test_no_story_taught_the_second_text() -> None:
    stories = " ".join(documents(1000, seed=0))
    assert not any(word in stories for word in QUANTUM.split())
    assert NORA in stories


def test_the_vocabulary_is_smaller_when_the_texts_run_out_of_pairs() -> None:
    assert Tokenizer.train(["ab"], vocab_size=300).get_vocab_size() == 266


def test_the_work_for_scores_is_n_times_v_times_c() -> None:
    """One multiplication for each pair of a place, a token and a number of its width."""
    n, V, C = 3, 7, 5
    stream, table = torch.randn(n, C), torch.randn(V, C)
    products = stream[:, None, :] * table
    assert products.numel() == n * V * C
    assert torch.allclose(products.sum(-1), stream @ table.T, atol=1e-5)
