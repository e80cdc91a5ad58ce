"""Questions → nodes of the graph, with reasons; and what of them goes into a prompt.

Speaks only ports, graph and schema. Opens no file and loads no model.
"""

from nanochat_learn.retrieval.answering import answer
from nanochat_learn.retrieval.context import ContextPart, build_context, estimate_tokens
from nanochat_learn.retrieval.corpus import Corpus
from nanochat_learn.retrieval.meaning import Meaning

__all__ = ["ContextPart", "Corpus", "Meaning", "answer", "build_context", "estimate_tokens"]
