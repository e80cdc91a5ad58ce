"""A note's text taken apart, for the checks: header, sections, formulas, the block that runs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from nanochat_learn.knowledge import Note
from nanochat_learn.knowledge.notes import parse_note

ROOT = Path(__file__).parents[2]
NOTES = ROOT / "docs/knowledge_base"

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)


def note_ids() -> list[str]:
    """Every note in the folder, by the name of its file."""
    return sorted(path.stem for path in NOTES.glob("*.md") if path.name != "README.md")


def text_of(note_id: str) -> str:
    return (NOTES / f"{note_id}.md").read_text(encoding="utf-8")


@dataclass(frozen=True)
class NoteText:
    """One note, whole."""

    text: str
    path: str

    @cached_property
    def note(self) -> Note:
        return parse_note(self.text, self.path)

    @cached_property
    def body(self) -> str:
        return self.note.body

    @cached_property
    def headings(self) -> list[str]:
        return re.findall(r"^## (.+)$", self.body, re.M)

    def span(self, title: str) -> tuple[int, int]:
        """Where a section stands in the body; nowhere when there is none of that title."""
        start = re.search(rf"^## {re.escape(title)}$", self.body, re.M)
        if start is None:
            return (0, 0)
        after = re.search(r"^## ", self.body[start.end() :], re.M)
        return start.end(), start.end() + after.start() if after else len(self.body)

    def section(self, title: str) -> str:
        start, end = self.span(title)
        return self.body[start:end]

    @cached_property
    def fences(self) -> list[tuple[str, str]]:
        """(language, content) of every fenced block."""
        return [(fence.group(1), fence.group(2)) for fence in _FENCE.finditer(self.body)]

    @cached_property
    def prose(self) -> str:
        """The body with every fenced block blanked, places kept."""
        return _FENCE.sub(lambda fence: re.sub(r"[^\n]", " ", fence.group()), self.body)

    @cached_property
    def code_spans(self) -> list[str]:
        """What the prose quotes from code, in backticks."""
        return re.findall(r"`([^`\n]+)`", self.prose)

    @cached_property
    def words(self) -> int:
        """As a reader counts them: a formula, a link or a quotation from code is one word."""
        spans = re.compile(r"\$\$.+?\$\$|\$[^$\n]+\$|`[^`\n]+`|\[\[.+?\]\]", re.S)
        text = re.sub(r"<[^>]+>", " ", spans.sub("x", self.prose))
        return len([word for word in text.split() if re.search(r"\w", word)])
