"""The graph as bytes and back: what ``knowledge_graph.json`` holds. Opens no file."""

from __future__ import annotations

import hashlib

from pydantic import ValidationError

from nanochat_learn.errors import CannotRead
from nanochat_learn.graph.collector import paused_collector
from nanochat_learn.schema.graph import KnowledgeGraph

_NO_POSITIONS = {"elements": {"nodes": {"__all__": {"position"}}}}


def to_bytes(graph: KnowledgeGraph) -> bytes:
    """UTF-8 JSON as the schema promises it, the same for the same graph; no positions."""
    return graph.model_dump_json(exclude=_NO_POSITIONS).encode() + b"\n"


def hash_of_content(graph: KnowledgeGraph) -> str:
    """sha256 of everything the graph says; who generated it does not count."""
    bare = graph.model_copy(update={"content_hash": "", "generated_by": ""})
    return hashlib.sha256(to_bytes(bare)).hexdigest()


def from_bytes(stored: bytes) -> KnowledgeGraph:
    """What ``to_bytes`` wrote; raises ``CannotRead``."""
    try:
        with paused_collector():
            return KnowledgeGraph.model_validate_json(stored)
    except ValidationError as error:
        again = "Index again: `nanochat-learn index`, or “Index this workspace” in the menu."
        if any(detail["loc"] == ("format",) for detail in error.errors()):
            raise CannotRead(
                "The stored graph was written by another version of nanochat-learn.", again
            ) from error
        raise CannotRead("The stored graph is damaged and cannot be read.", again) from error
