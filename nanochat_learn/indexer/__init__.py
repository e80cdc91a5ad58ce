"""Text → facts → links. Knows Python files and notebooks, no notes and no pictures."""

from nanochat_learn.indexer.joining import join
from nanochat_learn.indexer.reading import read_module
