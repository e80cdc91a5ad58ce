"""Records src/viz/packing_rows/example.json: the rows that ``nanochat.dataloader.Packer`` makes.

A document is its number, as often as it has tokens. Rows are made while enough tokens wait, as
``batches`` does. Run again, it writes the same file.
"""

import json
from pathlib import Path

from nanochat.dataloader import Packer
from nanochat.dataset import START

LENGTHS, SLOTS = [7, 4, 3, 6, 9, 5], 10
SAMPLES = ["7, 4, 3, 6, 9, 5", "5, 4, 3, 6", "12, 3, 7, 4, 8, 2", "6, 6, 6, 6, 6"]
CASES = [
    (LENGTHS, 10),
    ([5, 4, 3, 6], 8),
    ([12, 3, 7, 4, 8, 2], 10),
    ([6, 6, 6, 6, 6], 10),
    ([6, 6, 6, 6, 6], 7),
    ([1, 1, 1, 1, 1, 1, 1, 1], 4),
    ([30, 2, 9, 4, 4, 9, 1, 7, 7, 3, 5, 16], 16),
    ([3, 2], 10),
]


def packed(lengths: list[int], slots: int) -> dict:
    packer = Packer(slots)
    for number, length in enumerate(lengths):
        packer.add(START, [number] * length)
    rows = []
    while packer.tokens_waiting >= slots:
        rows.append(packer.row())
    waiting = sorted(ids[0] for _, ids in packer.waiting.values())
    return {
        "lengths": lengths,
        "slots": slots,
        "rows": rows,
        "waiting": waiting,
        "counts": packer.counts,
    }


example = {
    "lengths": LENGTHS,
    "slots": SLOTS,
    "samples": SAMPLES,
    "golden": [packed(*case) for case in CASES],
}
Path("src/viz/packing_rows/example.json").write_text(json.dumps(example) + "\n")
