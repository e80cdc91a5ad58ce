"""The composition root: chooses and connects, and offers the verbs of the project.

    index   read the tree, build the graph, keep it        graph      what was kept
    concept / concepts / glossary / gaps / source          positions  where a browser drew things
    ask     a question → a stream of events                preview / sent   what leaves the machine
    models / choose / tutor_state           keep_key / forget_key
    conversations / conversation / rename / delete / export
    search  the nodes that answer a question

``server`` and ``cli`` call these and nothing below. Every verb takes a ``Workspace``;
what is kept lives in ``workspace.cache`` and can be deleted at any time.
"""

from nanochat_learn.workspace.asking import ask, preview
from nanochat_learn.workspace.choosing import (
    answering_model,
    choose,
    chosen_model,
    forget_key,
    keep_key,
    models,
    tutor_state,
)
from nanochat_learn.workspace.conversing import (
    conversation,
    conversations,
    delete,
    export,
    rename,
    sent,
)
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
from nanochat_learn.workspace.searching import search

__all__ = [
    "answering_model",
    "ask",
    "choose",
    "chosen_model",
    "concept",
    "concepts",
    "conversation",
    "conversations",
    "delete",
    "export",
    "forget_key",
    "gaps",
    "glossary",
    "graph",
    "graph_index",
    "graph_with_positions",
    "index",
    "keep_key",
    "models",
    "positions",
    "preview",
    "rename",
    "save_positions",
    "search",
    "sent",
    "source",
    "state",
    "tutor_state",
]
