"""Text → facts → links. Knows Python files and notebooks; no notes, no pictures, no graph."""

from nanochat_learn.indexer.facts import (
    FileFacts,
    Link,
    Problem,
    Reference,
    Symbol,
    Tag,
    Tree,
)
from nanochat_learn.indexer.joining import join
from nanochat_learn.indexer.notebooks import read_notebook
from nanochat_learn.indexer.reading import read_module
from nanochat_learn.indexer.scanning import ScanRules, fingerprint, list_files
from nanochat_learn.indexer.tree import index_tree

__all__ = [
    "FileFacts",
    "Link",
    "Problem",
    "Reference",
    "ScanRules",
    "Symbol",
    "Tag",
    "Tree",
    "fingerprint",
    "index_tree",
    "join",
    "list_files",
    "read_module",
    "read_notebook",
]
