"""Foreign text on its way into a prompt: inside a block that nothing in it can close.

The mark of the block is drawn anew for each request, and every line inside begins with a bar,
so no line of the text can stand where a mark stands. Signs that a person would not see, and
the markers that chat templates of models are made of, are taken out.
"""

from __future__ import annotations

import json
import re
import secrets
import unicodedata
from collections.abc import Mapping
from typing import Literal

Kind = Literal[
    "map",
    "code",
    "note",
    "neighbour",
    "what the learner has open",
    "selected text",
    "active cell",
    "error output",
    "newest trace",
    "exercise",
    "what the learner has understood",
    "earlier in this conversation",
    "tool result",
]
"""All labels there are: no foreign word stands outside a block."""

_BREAKS = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_ROLE_MARKERS = re.compile(
    r"<\|(?:im_(?:start|end|sep)|eot_id|eom_id|endoftext|end|begin_of_text|end_of_text"
    r"|(?:start|end)_header_id|system|user|assistant|channel|message|start|return|call)\|>"
    r"|</?s>|\[/?INST\]|<</?SYS>>|</?(?:start|end)_of_turn>|<(?:start|end)_of_turn>"
    r"|\[/?(?:AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|SYSTEM_PROMPT)\]",
    re.I,
)


class Fence:
    """One for each request."""

    def __init__(self) -> None:
        self.mark = secrets.token_hex(8)

    def block(
        self, kind: Kind, text: str, head: Mapping[str, str | int | None] | None = None
    ) -> str:
        """``head`` (an id, a title, a place) stands as JSON in the first line inside."""
        rows = clean(text.replace(self.mark, "")).split("\n") if text else []
        if head:
            said = {key: value for key, value in head.items() if value not in (None, "")}
            rows.insert(0, clean(json.dumps(said, ensure_ascii=False)).replace("\n", " "))
        inside = "\n".join(f"| {row}".rstrip() for row in rows)
        return f"BEGIN DATA {self.mark} {kind}\n{inside}\nEND DATA {self.mark}"


def clean(text: str) -> str:
    """Text as a person sees it: one kind of line break, no invisible signs, no role markers."""
    text = _BREAKS.sub("\n", text)
    text = "".join(
        sign
        for sign in text
        if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cf", "Co", "Cs", "Cn")
    )
    return _ROLE_MARKERS.sub(lambda marker: f"({marker[0].strip('<>|[]/')})", text)
