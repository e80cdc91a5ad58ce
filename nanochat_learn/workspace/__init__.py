"""The composition root: chooses and connects, and offers the verbs of the project.

    index   read the tree, build the graph, keep it        graph      what was kept
    concept / concepts / glossary / gaps / source          positions  where a browser drew things

``server`` and ``cli`` call these and nothing below. Every verb takes a ``Workspace``;
what is kept lives in ``workspace.cache`` and can be deleted at any time.
"""

from nanochat_learn.workspace.indexing import index, state
from nanochat_learn.workspace.placing import graph_with_positions, positions, save_positions
from nanochat_learn.workspace.reading import (
    concept,
    concepts,
    gaps,
    glossary,
    graph,
    graph_index,
    source,
)

__all__ = [
    "concept",
    "concepts",
    "gaps",
    "glossary",
    "graph",
    "graph_index",
    "graph_with_positions",
    "index",
    "positions",
    "save_positions",
    "source",
    "state",
]
