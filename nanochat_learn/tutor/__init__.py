"""The tutor: it answers from what was found, and may only say what it can point at.

Speaks only ports, retrieval, graph, schema and errors. Opens no file, knows no provider.
"""

from nanochat_learn.tutor.chosen import ChosenModel

__all__ = ["ChosenModel"]
