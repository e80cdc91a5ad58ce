"""The tag grammar, shared by the indexer (Python) and the gutter (TypeScript).

The patterns below are exported with the JSON Schema, so the editor and the
indexer can never disagree about what a tag is. ``tests/contracts/tags.json``
lists examples that both sides must read alike.
"""

from __future__ import annotations

from typing import Final, Literal

TagKind = Literal["learn", "def", "viz", "todo"]

CONCEPT_ID: Final = r"[a-z0-9_]+(?:\.[a-z0-9_]+)*"
"""A concept or picture id: lower-case words of ``[a-z0-9_]`` joined by dots."""

WELL_FORMED_TAG: Final = (
    r"^#\s*@(?:(learn|def|viz):(" + CONCEPT_ID + r")|(todo):explain:([a-z0-9_]+))\s*$"
)
"""A whole comment (from ``#`` to the end of the line) that is one correct tag.

Groups: kind and target of learn/def/viz, or kind and slug of todo.
"""

TAG_LIKE: Final = r"^#\s*@\s*([A-Za-z]{2,12})\s*:"
"""A comment that looks like somebody meant a tag. If it is not well formed and its word is
near a real kind (edit distance at most 1 for three letters, at most 2 for more), it is
reported as malformed."""
