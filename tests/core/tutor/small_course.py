"""The code of a small course, a search by plain words, and how a test waits for events."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Coroutine
from typing import Any

from nanochat_learn import workspace as verbs
from nanochat_learn.places import Workspace
from nanochat_learn.schema.graph import CodeNode
from nanochat_learn.schema.search import SearchAnswer, SearchHit
from nanochat_learn.schema.tutor import AskEvent
from nanochat_learn.tutor import Search

CODE = '''"""Remembers earlier words."""


class Cache:
    """Keeps the keys and values of earlier words, so that none is worked out twice."""

    def __init__(self, rows, room=8):
        self.kept = []
        self.room = room

    # @learn:inference.kv_cache
    def insert(self, key, value):
        """Put the newest key and value at the end; raises when there is no room."""
        if len(self.kept) == self.room:
            raise ValueError("no room")
        self.kept.append((key, value))
        return self.kept


def write(model, cache, count):
    """Write words one after the other."""
    for _ in range(count):
        cache.insert(*model())


class Small(Cache):
    """A cache for two words."""

    def __init__(self):
        super().__init__(1, 2)
'''


def word_search(workspace: Workspace) -> Search:
    """Shared words, the most first; absent when there are none."""
    index = verbs.graph_index(workspace)

    def words(text: str) -> set[str]:
        return {word[:5] for word in re.findall(r"[a-z]{4,}", text.lower())}

    def search(question: str) -> SearchAnswer:
        asked = words(question) - {"where", "what", "does", "this", "which", "when"}
        ranked = sorted(
            (-len(asked & words(f"{node.id} {node.docstring}")), node.id)
            for node in index.nodes.values()
            if node.type in ("class", "function", "concept")
        )
        hits = []
        for score, id in ranked[:6]:
            node = index.nodes[id]
            line = node.line if isinstance(node, CodeNode) else None
            hits.append(
                SearchHit(
                    id=id,
                    score=min(-score / 5, 1.0),
                    type=node.type,
                    label=node.label,
                    file_path=node.file_path,
                    line=line,
                )
            )
        absent = not ranked or not ranked[0][0]
        return SearchAnswer(
            query=question, results=tuple(hits), intent="open", ways=("words",), absent=absent
        )

    return search


async def all_of(events: AsyncIterator[AskEvent]) -> list[AskEvent]:
    return [event async for event in events]


def run(work: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(asyncio.wait_for(work, 60))
