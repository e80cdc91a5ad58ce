"""Records src/viz/vocab_tradeoff/: what vocabularies of several sizes do to texts and tables.

The data of the shipped models are made anew, and byte-pair encoding learns a vocabulary of each
size from their first 5,000 documents, as ``base_train`` does. The list of 1,024 is the shipped
one. Then stories that it has not learned from are cut. Takes about ten seconds. Run again, it
writes the same file.
"""

import json
import tempfile
from importlib.resources import files
from itertools import islice
from pathlib import Path

from nanochat.dataset import documents
from nanochat.scripts import make_data
from nanochat.tokenizer import SPECIAL_TOKENS, Tokenizer

SIZES = [265, 300, 400, 512, 768, 1024, 1536, 2048, 4096]
LEARNED_FROM, UNSEEN = 5_000, 500
KNOWN, FOREIGN = "Nora was sad and did not know what to do.", "Quantum chromodynamics"
TEXTS = [KNOWN, FOREIGN, "unbelievable", "It's 2024, no?"]
SELDOM = 10

shipped = files("nanochat") / "checkpoints/stories-chat"
meta = json.loads((shipped / "meta.json").read_text())
width, vocab_size = meta["config"]["n_embd"], meta["config"]["vocab_size"]

with tempfile.TemporaryDirectory() as folder:
    assert make_data.main([folder, "--stories", "200000", "--quiet"]) == 0
    known = [text for text, _ in islice(documents(folder, "train", seed=None), LEARNED_FROM)]
    unseen = [text for text, _ in islice(documents(folder, "validation", seed=None), UNSEEN)]

learned = [Tokenizer.train(known, size) for size in SIZES]
merges = learned[-1].merges
for tokenizer in learned:  # a smaller vocabulary is the beginning of a larger one
    assert tokenizer.merges == merges[: len(tokenizer.merges)]
at_size = learned[SIZES.index(vocab_size)]
assert at_size.merges == Tokenizer.load(str(shipped / "tokenizer.json")).merges


def measured(tokenizer: Tokenizer) -> dict:
    size = tokenizer.get_vocab_size()
    times = [0] * size
    for ids in tokenizer.encode_batch(known):
        for id in ids:
            times[id] += 1
    glued = times[256 : size - len(SPECIAL_TOKENS)]
    return {
        "size": size,
        "story_tokens": round(sum(map(len, tokenizer.encode_batch(unseen))) / UNSEEN, 2),
        "seldom": sum(n < SELDOM for n in glued),
        "text_tokens": [len(tokenizer.encode(text)) for text in TEXTS],
    }


example = {
    "width": width,
    "shipped": vocab_size,
    "special": len(SPECIAL_TOKENS),
    "learned_from": LEARNED_FROM,
    "unseen": UNSEEN,
    "seldom_below": SELDOM,
    "texts": TEXTS,
    "sizes": [measured(tokenizer) for tokenizer in learned],
    "merges": [id for pair in merges for id in pair],
}
Path("src/viz/vocab_tradeoff/example.json").write_text(json.dumps(example) + "\n")
