"""The composition root: chooses and connects, and offers the verbs of the project.

    index   read the tree, build the graph, keep it        graph      what was kept
    concept / concepts / glossary / gaps / source          positions  where a browser drew things
    traces / trace / trace_summary / compare_traces / export_trace

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
from nanochat_learn.workspace.tracing import (
    compare_traces,
    export_trace,
    trace,
    trace_summary,
    traces,
)

__all__ = [
    "compare_traces",
    "concept",
    "concepts",
    "export_trace",
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
    "trace",
    "trace_summary",
    "traces",
]
