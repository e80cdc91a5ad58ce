"""The tutor: it answers from what was found, and may only say what it can point at.

Speaks only ports, retrieval, graph, schema and errors. Opens no file, knows no provider.
"""

from nanochat_learn.tutor.answering import Question, answer, first_prompt
from nanochat_learn.tutor.chosen import ChosenModel
from nanochat_learn.tutor.material import Material, Search
from nanochat_learn.tutor.tools import Tool

__all__ = ["ChosenModel", "Material", "Question", "Search", "Tool", "answer", "first_prompt"]
