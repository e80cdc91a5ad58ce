"""Code and ideas joined: the knowledge graph, its gaps, questions to it, and concept pages.

Everything here is pure: facts and knowledge come in as values, and the one look at source
text goes through the ``code_of`` the caller hands in.
"""

from nanochat_learn.graph.added import really_added, with_added
from nanochat_learn.graph.assembly import build
from nanochat_learn.graph.gaps import GapReport, gap_report
from nanochat_learn.graph.pages import concept_list, concept_page
from nanochat_learn.graph.query import GraphIndex
from nanochat_learn.graph.staleness import CodeOf, checked_hash
from nanochat_learn.graph.stored import from_bytes, to_bytes

__all__ = [
    "CodeOf",
    "GapReport",
    "GraphIndex",
    "build",
    "checked_hash",
    "concept_list",
    "concept_page",
    "from_bytes",
    "gap_report",
    "really_added",
    "to_bytes",
    "with_added",
]
