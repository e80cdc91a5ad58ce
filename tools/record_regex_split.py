"""Records src/viz/regex_split/example.json: the cuts of ``nanochat.bpe.split``, rule by rule.

Run again, it writes the same file.
"""

import json
from importlib.resources import files
from pathlib import Path

from split_rules import pieces

from nanochat.tokenizer import Tokenizer

SAMPLES = [
    "It's 2024, no?",
    "We'll see 100 cats.",
    "well-known dog",
    "12345",
    "no ??",
    "a   b",
    "one\n\n  two",
    "dog. dog, dog?",
]
MORE = ["1234567", " cats", "Nora was sad.\n\nThen it rained.  \n", "don’t stop", "x² = ½"]

tokenizer = Tokenizer.load(str(files("nanochat") / "checkpoints/stories-chat/tokenizer.json"))
golden = [
    {
        "text": text,
        "pieces": pieces(text),
        "tokens": [len(tokenizer.encode(piece)) for piece, _ in pieces(text)],
    }
    for text in [*SAMPLES, *MORE]
]
example = {"text": SAMPLES[2], "samples": SAMPLES, "golden": golden}
Path("src/viz/regex_split/example.json").write_text(json.dumps(example, indent=2) + "\n")
