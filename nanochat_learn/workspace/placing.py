"""Where a browser drew the nodes last; a cache that may be lost."""

from __future__ import annotations

import logging

from pydantic import ValidationError

from nanochat_learn.durable import locked, replace_file
from nanochat_learn.places import Workspace
from nanochat_learn.schema.base import NodeId
from nanochat_learn.schema.graph import KnowledgeGraph, Position, Positions
from nanochat_learn.workspace.reading import graph

_log = logging.getLogger("nanochat_learn")


def graph_with_positions(workspace: Workspace) -> KnowledgeGraph:
    """The kept graph with the positions a browser laid out before."""
    kept = graph(workspace)
    known = positions(workspace)
    if not known:
        return kept
    placed = tuple(
        node.model_copy(update={"position": known.get(node.data.id)})
        for node in kept.elements.nodes
    )
    return kept.model_copy(update={"elements": kept.elements.model_copy(update={"nodes": placed})})


def positions(workspace: Workspace) -> dict[NodeId, Position]:
    """Where nodes were drawn last; empty when nothing was kept or the file is damaged."""
    file = workspace.cache / "positions.json"
    try:
        return dict(Positions.model_validate_json(file.read_bytes()).positions)
    except FileNotFoundError:
        return {}
    except (OSError, ValidationError) as error:
        _log.warning("positions of %s are ignored, they cannot be read: %s", workspace.name, error)
        return {}


def save_positions(workspace: Workspace, new: Positions) -> int:
    """Keep what a browser laid out; returns how many positions are known now.

    Ids that are not in the graph are dropped, nodes that were not sent stay where they were.
    """
    known_ids = {node.data.id for node in graph(workspace).elements.nodes}
    with locked(workspace.cache / "positions.lock"):
        merged = positions(workspace) | new.positions
        kept = Positions(positions={id: at for id, at in merged.items() if id in known_ids})
        replace_file(workspace.cache / "positions.json", kept.model_dump_json().encode())
    return len(kept.positions)
