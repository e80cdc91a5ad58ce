"""What people wrote about the code: notes, planned concepts, pictures and lessons.

``load`` reads them from disk, once; everything after that works on the values it returns.
Nothing here knows the code itself: the two meet in ``nanochat_learn.graph``.
"""

from nanochat_learn.knowledge.listing import fingerprint
from nanochat_learn.knowledge.loading import load
from nanochat_learn.knowledge.notes import wiki_links
from nanochat_learn.knowledge.records import (
    Knowledge,
    KnowledgePlaces,
    Lesson,
    Note,
    Picture,
    PlannedConcept,
    Term,
    WikiLink,
)

__all__ = [
    "Knowledge",
    "KnowledgePlaces",
    "Lesson",
    "Note",
    "Picture",
    "PlannedConcept",
    "Term",
    "WikiLink",
    "fingerprint",
    "load",
    "wiki_links",
]
