"""Records src/viz/bpe_merges/example.json: what our byte-pair encoding learns, merge by merge.

After each merge of ``nanochat.bpe.learn_merges`` the words are cut anew by ``apply_merges`` and
the pieces are counted. Run again, it writes the same file.
"""

import json
from pathlib import Path

from nanochat.bpe import apply_merges, learn_merges, split, utf8_bytes

TEXTS = ["hug", "hugs", "bug"]
MOST = 20
SAMPLES = [
    "hug, hugs, bug",
    "pin, pins, spin",
    "aaa",
    "hug, hugs, bug, bud, bud, bud",
    "the cat sat on the mat, the cat sat down, the mat was flat",
]


def learned(texts: list[str]) -> dict:
    merges = learn_merges(texts, MOST)
    steps = []
    for done in range(len(merges) + 1):
        rank = {pair: 256 + n for n, pair in enumerate(merges[:done])}
        words = [apply_merges(utf8_bytes(piece), rank) for text in texts for piece in split(text)]
        steps.append({"ids": words, "pieces": sum(map(len, words))})
    return {"texts": texts, "merges": merges, "steps": steps}


cases = [[text.strip() for text in line.split(",")] for line in SAMPLES]
example = {"texts": TEXTS, "samples": SAMPLES, "golden": [learned(texts) for texts in cases]}
Path("src/viz/bpe_merges/example.json").write_text(json.dumps(example, indent=2) + "\n")
