"""Passages to fill a store with."""

from __future__ import annotations

from nanochat_learn.ports import Passage
from nanochat_learn.schema.base import NodeId


def passage(node: str, text: str, **more) -> Passage:
    return Passage(
        **{
            "id": NodeId(node),
            "text": text,
            "type": "function",
            "label": node.rpartition(":")[2],
            "source": "repo",
            "library": None,
            "file_path": node.partition(":")[0],
            "docstring": "",
        }
        | more
    )


THREE = [
    passage("a.py:cache", "keeps the keys and values of earlier tokens"),
    passage("a.py:norm", "divides a vector by its length"),
    passage("b.py:sample", "draws the next token by chance; KVCache"),
]
