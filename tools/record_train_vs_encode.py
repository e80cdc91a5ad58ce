"""Records src/viz/train_vs_encode/example.json: lists learned, texts cut, and that all ways agree.

``learn_merges`` and rustbpe learn from the texts of the note; then both ways to learn get 2,000 of
our stories, and both ways to use the list cut 300 others. Run again, it writes the same file.
"""

import json
from itertools import islice
from pathlib import Path

from nanochat import stories
from nanochat.tokenizer import SMALLEST_VOCAB, Tokenizer

MERGES = 2
LEARNED = {
    "plain": ["hug", "hugs", "bug"],
    "bud": ["hug", "hugs", "bug", "bud", "bud", "bud"],
}
USED = ["hugs", "mug", "bug", "hug", "bud", "hugs bugs", "é"]
KNOWN, OTHERS, VOCAB = 2_000, 300, 1_024


def learned(texts: list[str]) -> dict:
    fast = Tokenizer.train(texts, SMALLEST_VOCAB + MERGES)
    plain = Tokenizer.train(texts, SMALLEST_VOCAB + MERGES, method="didactic")
    assert fast.merges == plain.merges
    for text in USED:
        assert fast.encode(text) == fast.encode_slowly(text)
    return {
        "texts": texts,
        "merges": fast.merges,
        "used": [{"text": text, "ids": fast.encode(text)} for text in USED],
    }


documents = list(islice(stories.documents(KNOWN + OTHERS, 0), KNOWN + OTHERS))
fast = Tokenizer.train(documents[:KNOWN], VOCAB)
plain = Tokenizer.train(documents[:KNOWN], VOCAB, method="didactic")
ids = [fast.encode(text) for text in documents[KNOWN:]]

example = {
    "merges": MERGES,
    "text": USED[0],
    "samples": USED[:5],
    "golden": {name: learned(texts) for name, texts in LEARNED.items()},
    "agreement": {
        "stories": KNOWN,
        "merges": len(plain.merges),
        "same_merges": sum(a == b for a, b in zip(fast.merges, plain.merges, strict=True)),
        "others": OTHERS,
        "tokens": sum(map(len, ids)),
        "same_stories": sum(
            one == plain.encode_slowly(text)
            for one, text in zip(ids, documents[KNOWN:], strict=True)
        ),
    },
}
Path("src/viz/train_vs_encode/example.json").write_text(json.dumps(example, indent=2) + "\n")
