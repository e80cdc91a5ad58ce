"""Records src/viz/next_token_game/ and src/viz/kit/gpt/: what PyTorch says of the shipped model.

``example.json``: a story that the model has not seen, the places where a learner guesses, and the
scores, shares and attention that the model has there: what the picture shows while the model
itself is not in the page. ``golden.json`` (of the picture): shares by temperature and top-k.
``kit/gpt/golden.json``: token ids of odd texts, scores for several prompts up to the full context,
and a small random model with everything that the shipped one lacks (windows, shared keys, a gate).
Run again, and laid out by prettier, it writes the same files.
"""

from __future__ import annotations

import base64
import dataclasses
import json
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import torch
from safetensors.torch import save
from torch import Tensor

from nanochat.checkpoint import load_model
from nanochat.config import GPTConfig
from nanochat.gpt import GPT, fresh_model
from nanochat.sampling import all_shares
from nanochat.stories import story

MODEL = "stories-base"
FOLDER = Path("src/viz/next_token_game")
KIT = Path("src/viz/kit/gpt")
# A story of a seed that no training used. It begins like the example of the notes.
STORY = "held out 1743"
# What has been read when the learner guesses: each ends where another kind of guess is due.
ASKED = ("Tom was", " walk", "ing", " the", " sat a", ". The", " was")
NAMED = 12  # so many of the best tokens are named at each place
OPTIONS = 4
UNIT = 1000  # scores are kept in thousandths
PART = 16  # of the scores at a place every sixteenth is kept, another one at each place

torch.set_num_threads(1)
model, tokenizer, meta = load_model(MODEL)
BOS = tokenizer.get_bos_token_id()


def write(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False) + "\n", encoding="utf-8")


@torch.inference_mode()
def scores(of: GPT, ids: list[int]) -> Tensor:
    """(T, V): the score of every next token after each."""
    return of(torch.tensor([ids]))[0]


@torch.inference_mode()
def patterns(of: GPT, ids: list[int]) -> Tensor:
    """(L, H, T, T): the shares of attention, from the queries and keys that pass by."""
    seen: dict[str, Tensor] = {}
    of.tap = lambda name, x: seen.__setitem__(name, x)
    scores(of, ids)
    of.tap = None
    config = of.config
    found = []
    for layer, window in enumerate(config.windows()):
        q, k = (seen[f"blocks.{layer}.attn.{part}"][0].double() for part in "qk")
        k = k.repeat_interleave(config.n_head // config.n_kv_head, dim=0)
        place = torch.arange(len(ids))
        hidden = (place > place[:, None]) | (place <= place[:, None] - window)
        raw = q @ k.transpose(1, 2) * (config.attention_bound / config.head_width)
        found.append(raw.masked_fill(hidden, -torch.inf).softmax(-1))
    return torch.stack(found)


def rounded(x: Tensor, digits: int) -> list[float]:
    return [round(value, digits) for value in x.flatten().tolist()]


def record_example() -> tuple[list[int], list[int]]:
    """The ids of the story as far as it is shown, and the places that are asked about."""
    ids = [BOS, *tokenizer.encode(story(Random(STORY)))]
    places, at = [], 0
    for end in ASKED:
        while not tokenizer.decode(ids[1 : at + 1]).endswith(end) or at in places:
            at += 1
        places.append(at)
    ids = ids[: places[-1] + 2]
    logits = scores(model, ids)
    shares = logits.double().softmax(-1)
    attention = patterns(model, ids)
    recorded = []
    for place in places:
        best, order = logits[place].sort(descending=True)
        steps = [round(score * UNIT) for score in best.tolist()]
        truth = ids[place + 1]
        others = [token for token in order.tolist() if token != truth][: OPTIONS - 1]
        options = sorted(map(tokenizer.decode, ([truth], *([token] for token in others))))
        recorded.append(
            {
                "place": place,
                "names": [tokenizer.decode([token]) for token in order[:NAMED].tolist()],
                # the highest score, then how much each one is below the one before
                "scores": [steps[0], *(a - b for a, b in pairwise(steps))],
                "options": options,
                "attention": [
                    [rounded(head[place, : place + 1], 4) for head in layer] for layer in attention
                ],
            }
        )
    example = {
        "model": MODEL,
        "weights": sum(weight.numel() for weight in model.parameters()),
        "context": model.config.sequence_len,
        "unit": UNIT,
        "story": {
            "ids": ids,
            "texts": [tokenizer.decode([token]) for token in ids],
            # what the model gave to each token before it came; the first was given
            "shares": [1, *(round(float(shares[n, ids[n + 1]]), 4) for n in range(len(ids) - 1))],
        },
        "places": recorded,
    }
    write(FOLDER / "example.json", example)
    return ids, places


def record_shares(ids: list[int], place: int) -> None:
    """The shares of the first place that is asked about, as the engine throws its dart at them."""
    logits = scores(model, ids)[place : place + 1]
    cases = []
    for temperature, top_k in (
        (1, 0),
        (0.5, 0),
        (2, 0),
        (1, 1),
        (2, 5),
        (0.1, 3),
        (0, 0),
        (1.5, 50),
    ):
        shares = all_shares(logits, temperature, top_k or None)[0]
        best, _ = shares.sort(descending=True)
        cases.append({"temperature": temperature, "top_k": top_k, "shares": rounded(best[:20], 9)})
    best, _ = logits[0].sort(descending=True)
    write(FOLDER / "golden.json", {"scores": rounded(best, 4), "cases": cases})


TEXTS = (
    "", " ", "\n", "Tom was walking in the park.", "Tom  was   here\n\n  and there \n",
    "It's we'LL THEY'RE I've 'ſ 's 'x", "12345 7 ٣٤ ½ x2y", "é à la carte, naïve", "e\u0301",
    "😀 👩‍👩‍👧 🇩🇪", "日本語 テキスト", "\u00a0x\u2003y\u0085z\ufeffw", "\t\ttabs\r\nend\r",
    "<|bos|>", '"Do not be afraid," said Tom to the kitten.', "\x00\x01\x7f\u200b",
    "a_b-c!!??\n\n\nd", "ǅ ʰ ͅ",
)  # fmt: skip
ALPHABET = " \n\t\r'abcTom sſé😀日12٣!?-\u00a0\u0301\ufeff\u2028"


def random_texts(count: int) -> list[str]:
    """Texts as no person writes them, from signs that are cut in different ways."""
    rng = Random(7)
    return ["".join(rng.choices(ALPHABET, k=rng.randrange(1, 24))) for _ in range(count)]


def case(of: GPT, ids: list[int], places: list[int]) -> dict[str, Any]:
    logits = scores(of, ids)
    part = PART if logits.size(1) == tokenizer.get_vocab_size() else 1
    return {
        "ids": ids,
        "places": [
            {
                "place": place,
                "first": place % part,
                "step": part,
                "scores": rounded(logits[place, place % part :: part], 4),
                "sum": round(float(logits[place].double().sum()), 3),
                "best": int(logits[place].argmax()),
            }
            for place in places
        ],
    }


def small_models() -> list[dict[str, Any]]:
    """Random models of other kinds, small enough to be kept whole."""
    kinds = (
        {"n_head": 4, "n_kv_head": 2, "n_embd": 16, "activation": "swiglu", "window_pattern": "SL",
         "n_layer": 2, "rope_base": 1000.0, "attention_bound": 7.0, "logit_softcap": 5.0},
        {"n_head": 2, "n_kv_head": 1, "n_embd": 12, "activation": "relu2", "window_pattern": "S",
         "n_layer": 2, "rope_base": 50.0, "attention_bound": 3.0, "logit_softcap": 30.0},
    )  # fmt: skip
    found = []
    for seed, kind in enumerate(kinds):
        config = GPTConfig(sequence_len=24, vocab_size=24, **kind)  # type: ignore[arg-type]
        small = fresh_model(config, seed, device_type="cpu").float().eval()
        with torch.no_grad():
            for weight in small.parameters():
                weight.copy_(torch.randn_like(weight) * 0.3)
        weights = {
            name: weight.detach().to(torch.bfloat16 if seed == 0 else torch.float16)
            for name, weight in small.state_dict().items()
        }
        with torch.no_grad():
            small.load_state_dict({name: weight.float() for name, weight in weights.items()})
        ids = torch.randint(24, (24,)).tolist()
        found.append(
            {
                "meta": json.dumps({"config": dataclasses.asdict(config)}),
                "weights": base64.b64encode(save(weights)).decode(),
                **case(small, ids, [0, 5, 23]),
                "attention": [
                    [rounded(head[23], 5) for head in layer] for layer in patterns(small, ids)
                ],
            }
        )
    return found


def record_kit() -> None:
    long = [BOS, *tokenizer.encode("\n".join(story(Random(n)) for n in range(4)))]
    full = long[: model.config.sequence_len]
    noise = torch.randint(
        tokenizer.get_vocab_size(), (60,), generator=torch.Generator().manual_seed(3)
    ).tolist()
    prompts = [[BOS], [BOS, *tokenizer.encode("Tom was")], [BOS, *tokenizer.encode("é 😀 and 17")]]
    golden = {
        "tokenizer": [
            {"text": text, "ids": tokenizer.encode(text)} for text in (*TEXTS, *random_texts(60))
        ],
        "decoded": [
            {"ids": ids, "text": tokenizer.decode(ids)}
            for ids in ([240, 159], [195], noise[:12], [BOS, 84], [240, 159, 152, 128, 255])
        ],
        "prompts": [
            *(case(model, ids, [len(ids) - 1]) for ids in prompts),
            case(model, noise, [20, 59]),
            case(model, full, [1, 64, 130, 200, len(full) - 1]),
        ],
        "small": small_models(),
    }
    write(KIT / "golden.json", golden)


FOLDER.mkdir(exist_ok=True)
shown, asked = record_example()
record_shares(shown, asked[0])
record_kit()
