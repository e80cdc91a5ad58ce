"""The note on logits: its table, the scores of the small model that ships, and every shape."""

from __future__ import annotations

import math
from functools import lru_cache

import pytest
import torch
from note_checks import Claim, shape, signed
from random_models import random_model
from test_note_foundations_next_token import ids_of, small
from test_note_inference_kv_cache import Endless

from nanochat.cache import KVCache
from nanochat.engine import Engine
from nanochat.gpt import GPT, GPTConfig

WHY, HOW, HERE = "Why it exists", "How it works", "In this code"
DOUBTS, ASK = "Common confusions", "Check yourself"
TEXT = "Tom was"
X = torch.tensor([1.0, -1.0])
TABLE = {"walk": (3.0, -1.0), "a": (2.0, -1.0), "blue": (-1.0, 1.0)}
W = torch.tensor(list(TABLE.values()))


@lru_cache(maxsize=1)
def tapped() -> dict[str, torch.Tensor]:
    """What passes the named places of the small model when it reads the text."""
    model, seen = small()[0], {}
    model.tap = lambda name, numbers: seen.update({name: numbers.clone()})
    try:
        with torch.no_grad():
            model(torch.tensor([ids_of(TEXT)]))
    finally:
        model.tap = None
    return seen


def token(id_: int) -> str:
    return small()[1].decode([id_])


def listed(numbers: torch.Tensor) -> str:
    return ", ".join(signed(number, 0) for number in numbers.tolist())


def claims() -> list[Claim]:
    config = small()[0].config
    scores = W @ X
    shares = scores.softmax(dim=-1)
    logits, raw = tapped()["logits"][0].double(), tapped()["logits_raw"][0]
    p = logits[-1].softmax(dim=-1)
    best, ids = logits[-1].topk(3)
    lead = (best[0] - best[1]).item()
    first, second, third = (token(id_) for id_ in ids.tolist())
    cap = config.logit_softcap
    whole = GPTConfig()
    model = GPT(whole)
    asked = model(torch.zeros(2, 10, dtype=torch.long))
    x = torch.zeros(2, 3, 32)
    odd = random_model(vocab_size=50)
    letters = {"B": 2, "T": 3, "C": 32, "V": 50}
    out = odd(torch.zeros(2, 3, dtype=torch.long))
    assert odd.config.n_embd == 32
    spelled = [token(id_) for id_ in ids_of(TEXT)]
    after_t = token(int(logits[1].argmax()))
    return [
        Claim(WHY, f"for each token of the text, {config.n_embd} of them in the small"),
        Claim(
            WHY,
            f"But a list of {config.n_embd} numbers is no answer. The answer must be about "
            f"tokens, and the model knows {config.vocab_size:,} of them",
        ),
        Claim(WHY, f"turns {config.n_embd} numbers into {config.vocab_size:,} scores."),
        Claim(HOW, r"$$s_v = w_v \cdot x$$", "formula"),
        Claim(HOW, f"lists of {len(X)}, and $x = ({listed(X).replace('−', '-')})$:"),
        *(
            Claim(
                HOW,
                f"| {name} | {listed(W[n])} | {signed(scores[n], 0)} | {shares[n]:.2f} |",
            )
            for n, name in enumerate(TABLE)
        ),
        Claim(HOW, f"a lead of 1 means {math.e:.2f} times the share."),
        Claim(HOW, f"our small model gives “{first}” {best[0]:.2f} and “{second}” {best[1]:.2f}."),
        Claim(
            HOW,
            f"The lead of {lead:.2f} makes {math.exp(lead):.2f} times the share: "
            f"{p[ids[0]]:.2f} against {p[ids[1]]:.2f}. The third, “{third}”, has {best[2]:.2f}, "
            f"and its share is only {p[ids[2]]:.4f}.",
        ),
        Claim(HOW, f"Why does none pass {cap:.0f}?"),
        Claim(
            HOW,
            f"large ones are squeezed under {cap:.0f}. The raw score of “{first}” was "
            f"{raw[-1, ids[0]]:.2f}.",
        ),
        Claim(
            HOW,
            "With $W$ of shape $(V, C)$ and $X$ of shape $(T, C)$, one row a place, the scores are "
            "$X W^\\top$, of shape "
            f"${shape(x[0] @ torch.zeros(50, 32).T, {'T': 3, 'V': 50})}$.",
            "shape",
        ),
        Claim(HOW, f"With the cap $c = {cap:.0f}$ the logits are"),
        Claim(HOW, r"$$\ell = c \tanh\Big(\frac{s}{c}\Big).$$", "formula"),
        Claim(HOW, r"$p$ and $1 - p$, the *logit* is $\ln \frac{p}{1 - p}$.", "formula"),
        Claim(HOW, r"Softmax of $(\ell, 0)$ gives back $p$.", "formula"),
        Claim(HOW, r"$$\ell_i - \ell_j = \ln \frac{p_i}{p_j},$$", "formula"),
        Claim(HERE, f"`x` has the shape ${shape(x, letters)}$: one list", "shape"),
        Claim(HERE, f"makes ${shape(out, letters)}$ of it", "shape"),
        Claim(HERE, f"at “{spelled[1]}” the best guess is “{after_t}”."),
        Claim(HERE, f"hands on ${shape(read(), {'B': 2, 'V': 48})}$.", "shape"),
        Claim(
            HERE,
            f"`lm_head` has the shape ${shape(model.lm_head.weight)}$: "
            f"{model.lm_head.weight.numel():,} weights.",
            "shape",
        ),
        Claim(
            HERE,
            f"The {len(spelled)} tokens: a mark that opens the text, “{spelled[1]}”, "
            f"“{spelled[2]}” "
            f"and “{spelled[3]}”.",
        ),
        Claim(DOUBTS, f"negative or {best[1]:.0f}, and logits do not add up to 1."),
        Claim(DOUBTS, "**Does 0 or a negative logit mean"),
        Claim(
            DOUBTS,
            f"After “{TEXT}”, {(logits[-1] < 0).sum()} of {config.vocab_size:,} are below 0, and "
            "each has a share above 0.",
        ),
        Claim(
            ASK,
            f"1. With $x = ({listed(X).replace('−', '-')})$, what is the score of a token "
            "with the weights 0 and 2?",
        ),
        Claim(ASK, "have the logits 5 and 5."),
        Claim(ASK, "reads 2 texts of 10 tokens"),
        Claim(
            ASK,
            f"1. {signed(torch.tensor([0.0, 2.0]) @ X, 0)}: $0 \\cdot 1 + 2 \\cdot (-1)$.",
        ),
        Claim(ASK, f"3. ${shape(asked)}$.", "shape"),
    ]


def read() -> torch.Tensor:
    """What the engine gets for 2 rows, of a model whose table is 2 tokens longer than needed."""
    model = random_model(vocab_size=50)
    tokenizer = Endless()
    tokenizer.get_vocab_size = lambda: 48
    engine = Engine(model, tokenizer)
    return engine._read([[1, 2, 3], [4, 5, 6]], KVCache(model.config, 2, 8))


@torch.no_grad()
def test_a_logit_is_a_dot_product_and_a_bend() -> None:
    model, seen = small()[0], tapped()
    x, cap = seen["final"][0, -1].float(), model.config.logit_softcap
    for id_ in (0, 97, 258, 483):
        raw = (model.lm_head.weight[id_].float() @ x).item()
        assert seen["logits_raw"][0, -1, id_].item() == pytest.approx(raw, abs=1e-3)
        bent = cap * math.tanh(raw / cap)
        assert seen["logits"][0, -1, id_].item() == pytest.approx(bent, abs=1e-3)


def test_small_scores_stay_nearly_as_they_are_and_none_passes_the_cap() -> None:
    raw, logits = tapped()["logits_raw"], tapped()["logits"]
    near = raw.abs() < 3
    assert near.any() and (raw[near] - logits[near]).abs().max() < 0.05
    assert raw.abs().max() > 15 > logits.abs().max()


def test_the_differences_are_logarithms_of_ratios() -> None:
    logits = tapped()["logits"][0, -1].double()
    p = logits.softmax(dim=-1)
    assert torch.allclose((p[:-1] / p[1:]).log(), logits[:-1] - logits[1:])
    assert (p > 0).all() and p.sum().item() == pytest.approx(1)
    two = torch.tensor([math.log(0.3 / 0.7), 0.0]).softmax(dim=-1)
    assert two[0].item() == pytest.approx(0.3)
    assert logits.sum().item() != pytest.approx(1)


def test_the_last_place_alone_gives_the_same_scores() -> None:
    model, ids = small()[0], torch.tensor([ids_of(TEXT)])
    with torch.inference_mode():
        assert torch.allclose(model(ids, last_only=True), model(ids)[:, -1:], atol=1e-4)


def test_equal_logits_have_equal_shares_whatever_the_others_have() -> None:
    for other in (-9.0, 5.0, 14.0):
        p = torch.tensor([5.0, 5.0, other]).softmax(dim=-1)
        assert p[0] == p[1]
