"""Records src/viz/shift_by_one/example.json: rows, and their inputs and targets.

The first rows are those of the note, with ids made up for it; then stories in the shipped
vocabulary, and a chat whose targets come from ``chat_sft``. Run again, it writes the same file.
"""

import json
from importlib.resources import files
from pathlib import Path

from nanochat.conversation import render
from nanochat.dataloader import shift
from nanochat.scripts.chat_sft import ChatRows
from nanochat.tokenizer import Tokenizer

tokenizer = Tokenizer.load(str(files("nanochat") / "checkpoints/stories-chat/tokenizer.json"))
WORDS, IDS = ["The", "cat", "sat", "down"], [5, 17, 42, 99]
TEXTS = ["The cat sat down", "Nora was sad and did not know what to do.", "hé🙂"]
CHAT = {
    "messages": [
        {"role": "user", "content": "Hi"},
        {"role": "assistant", "content": "Hello."},
    ]
}


def shifted(row: list[int]) -> dict:
    inputs, targets = shift([row])
    return {"row": row, "inputs": inputs[0].tolist(), "targets": targets[0].tolist()}


ids, mask = render(tokenizer, CHAT)
rows = ChatRows(tokenizer, len(ids) - 1, [(0, CHAT), (1, CHAT)])
inputs, targets = rows.row()
bos = tokenizer.get_bos_token_id()
example = {
    "words": WORDS,
    "ids": IDS,
    "samples": TEXTS,
    "messages": CHAT["messages"],
    "golden": [
        *map(shifted, [IDS, [8, 3, 8, 4], [7, 3, 9, 1], [1]]),
        *(shifted([bos, *tokenizer.encode(text)]) for text in TEXTS),
    ],
    "chat": {"row": ids, "mask": mask, "inputs": inputs, "targets": targets},
}
Path("src/viz/shift_by_one/example.json").write_text(json.dumps(example, indent=2) + "\n")
