"""A key that must turn up nowhere, a tool, and all that one request brought."""

from __future__ import annotations

from nanochat_learn.ports import Finished, Moved, TextPiece

PLANTED = "sk-or-planted-0123456789abcdef"
SEARCH = {"type": "function", "function": {"name": "search", "parameters": {"type": "object"}}}


class Said:
    """Everything one request brought."""

    def __init__(self, pieces: list) -> None:
        self.text = "".join(piece.text for piece in pieces if isinstance(piece, TextPiece))
        self.moved = [piece for piece in pieces if isinstance(piece, Moved)]
        self.finished = next((piece for piece in pieces if isinstance(piece, Finished)), None)
        assert not any(isinstance(piece, Finished) for piece in pieces[:-1]), "it comes last"
