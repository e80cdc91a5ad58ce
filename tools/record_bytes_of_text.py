"""Records src/viz/bytes_of_text/example.json: texts, their code points, bytes and token ids.

Bytes come from ``nanochat.bpe.utf8_bytes``, ids from the shipped tokenizer. Run again, it writes
the same file.
"""

import json
from importlib.resources import files
from pathlib import Path

from nanochat.bpe import utf8_bytes
from nanochat.tokenizer import Tokenizer

THREE, SENTENCE, TWINS = "hé🙂", "Nora was sad", "\u00e9e\u0301"
SAMPLES = [THREE, "aé€🙂", "naïve", TWINS, SENTENCE]
MORE = ["Hi", "Ä", "café", "👨\u200d👩\u200d👧", "\U0010ffff\u0800\u07ff\x7f\x80", ""]

tokenizer = Tokenizer.load(str(files("nanochat") / "checkpoints/stories-chat/tokenizer.json"))


def described(text: str) -> dict:
    ids = tokenizer.encode(text)
    return {
        "text": text,
        "points": [ord(character) for character in text],
        "point_bytes": [list(utf8_bytes(character)) for character in text],
        "ids": ids,
        "id_bytes": [list(tokenizer.decode_bytes(id)) for id in ids],
    }


example = {
    "start": "Hi",
    "three": THREE,
    "sentence": SENTENCE,
    "twins": TWINS,
    "samples": SAMPLES,
    "golden": [described(text) for text in [*SAMPLES, *MORE]],
}
Path("src/viz/bytes_of_text/example.json").write_text(json.dumps(example, indent=2) + "\n")
