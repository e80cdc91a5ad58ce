"""The composition root: chooses and connects, and offers the verbs of the project.

    index   read the tree, build the graph, keep it        graph      what was kept
    concept / concepts / glossary / gaps / source          positions  where a browser drew things
    ask     a question → a stream of events                preview / sent   what leaves the machine
    models / choose / tutor_state                          keep_key / forget_key
    conversations / conversation / rename / delete / export
    search  the nodes that answer a question
    add     content that is not in the tree                embed      bring the vectors up to date
    store, embedder, retrieval_state: what questions are answered from
    traces / trace / trace_summary / compare_traces / export_trace
    trace_list / trace_page / numbers / difference_of / remove_trace: the same by name only
    training_page / pause_training: a training, while it runs or after
    newest_lines    shapes on the line, for editors
    model_file      a file of a small model, for a page that runs it
    progress        what was understood, and the next step
    add_evidence / evidence_mark                           what was answered, and whether more was
    export_progress / import_progress / reset_lesson

``server`` and ``cli`` call these and nothing below. Every verb takes a ``Workspace``;
what is kept lives in ``workspace.cache`` and can be deleted at any time.
"""

from nanochat_learn.workspace.adding import add, items_from
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
from nanochat_learn.workspace.embedding import embed, embedder, retrieval_state, store, wake
from nanochat_learn.workspace.indexing import index
from nanochat_learn.workspace.kept import state
from nanochat_learn.workspace.learning import (
    add_evidence,
    evidence_mark,
    export_progress,
    import_progress,
    progress,
    reset_lesson,
)
from nanochat_learn.workspace.modelling import model_file
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
from nanochat_learn.workspace.replaying import (
    difference_of,
    numbers,
    pause_training,
    remove_trace,
    trace_list,
    trace_page,
    training_page,
)
from nanochat_learn.workspace.searching import search
from nanochat_learn.workspace.shaping import newest_lines
from nanochat_learn.workspace.tracing import (
    compare_traces,
    export_trace,
    trace,
    trace_summary,
    traces,
)

__all__ = [
    "add",
    "add_evidence",
    "answering_model",
    "ask",
    "choose",
    "chosen_model",
    "compare_traces",
    "concept",
    "concepts",
    "conversation",
    "conversations",
    "delete",
    "difference_of",
    "embed",
    "embedder",
    "evidence_mark",
    "export",
    "export_progress",
    "export_trace",
    "forget_key",
    "gaps",
    "glossary",
    "graph",
    "graph_index",
    "graph_with_positions",
    "import_progress",
    "index",
    "items_from",
    "keep_key",
    "model_file",
    "models",
    "newest_lines",
    "numbers",
    "pause_training",
    "positions",
    "preview",
    "progress",
    "remove_trace",
    "rename",
    "reset_lesson",
    "retrieval_state",
    "save_positions",
    "search",
    "sent",
    "source",
    "state",
    "store",
    "trace",
    "trace_list",
    "trace_page",
    "trace_summary",
    "traces",
    "training_page",
    "tutor_state",
    "wake",
]
