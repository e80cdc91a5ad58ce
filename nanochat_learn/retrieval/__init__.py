"""Questions → nodes of the graph, with reasons; and what of them goes into a prompt.

Speaks only ports, graph and schema. Opens no file and loads no model.
"""

from nanochat_learn.retrieval.context import ContextPart, build_context, estimate_tokens

__all__ = ["ContextPart", "build_context", "estimate_tokens"]
