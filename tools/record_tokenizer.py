"""Records src/viz/kit/: the vocabulary of the shipped models, and what nanochat makes of texts.

``tokenizer.json`` holds the merges and special tokens of ``stories-chat``, for the pictures that
cut text. ``tokenizer.golden.json`` holds what ``nanochat/bpe.py`` and the tokenizer answer for
some texts, so that the pictures' own code can be compared. Run again, it writes the same files.
"""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

from split_rules import RULES, pieces

from nanochat.bpe import learn_merges, utf8_bytes
from nanochat.tokenizer import SPECIAL_TOKENS, Tokenizer

FOLDER = Path("src/viz/kit")
TEXTS = [
    "hé🙂", "a é € 🙂", "naïve", "é e\u0301", "👨\u200d👩\u200d👧 🇫🇷",
    "Nora was sad and did not know what to do.", "Quantum chromodynamics", "unbelievable",
    "It's 2024, no?", "We'll see 100 cats.", "well-known dog", "12345", "no ??", "a   b",
    "dog. dog, dog?", "WE'LL I'M he'ſ 'tis rock'n'roll", "line\n\n  next\r\n\tend \n",
    "  two before", "after  ", "1\u00bd2 x² ⅷ Ⅻ", "\u00a0nbsp \u3000wide \u2003em", "\ufeffbom",
    "a\u0085b\u001cc\u200bd", "__init__(self):\n\n    pass\n", "…«quoted»—dash", "<|bos|>",
    "नमस्ते 你好，世界 שלום", "e\u0301\u0345x", "'''s ''ll", "don't DON'T don’t", " \n \n x", "",
]  # fmt: skip
LEARNED = [
    ["hug", "hugs", "bug"], ["pin", "pins", "spin"], ["aaa"], ["aaaa", "aa"],
    ["hug", "hugs", "bug", "bud", "bud", "bud"], ["dog. dog, dog?"], ["hé🙂 hé🙂"],
    ["Nora was sad and did not know what to do. Nora had lost the red ball."],
]  # fmt: skip


tokenizer = Tokenizer.load(str(files("nanochat") / "checkpoints/stories-chat/tokenizer.json"))


def described(text: str) -> dict[str, object]:
    ids = tokenizer.encode(text)
    assert ids == tokenizer.encode_slowly(text)
    return {
        "text": text,
        "bytes": list(utf8_bytes(text)),
        "pieces": pieces(text),
        "ids": ids,
        "token_bytes": [len(tokenizer.decode_bytes(id)) for id in ids],
    }


shipped = {
    "rules": RULES,
    "special": SPECIAL_TOKENS,
    "merges": [id for pair in tokenizer.merges for id in pair],
}
golden = {
    "texts": [described(text) for text in TEXTS],
    "learned": [{"texts": texts, "merges": learn_merges(texts, 40)} for texts in LEARNED],
}
for name, content in (("tokenizer", shipped), ("tokenizer.golden", golden)):
    (FOLDER / f"{name}.json").write_text(json.dumps(content) + "\n")
