"""Gaps of one note: its code is gone or has changed, nobody tags it, a link leads nowhere.
Links in notebooks are checked here too, by the same rule.
"""

from __future__ import annotations

from collections.abc import Iterator

from nanochat_learn.graph.draft import Draft
from nanochat_learn.graph.gap_lines import make_gap
from nanochat_learn.graph.ideas import Sayings
from nanochat_learn.graph.nearest import did_you_mean
from nanochat_learn.graph.staleness import CodeOf, hash_of
from nanochat_learn.indexer.facts import Tree
from nanochat_learn.knowledge import Note
from nanochat_learn.schema.graph import Gap


def note_gaps(note: Note, sayings: Sayings, draft: Draft, code_of: CodeOf) -> Iterator[Gap]:
    """Everything that the owner of the note can mend."""
    yield from _note_and_code(note, draft, code_of)
    yield from _note_links(note, draft)
    if note.header.id not in sayings.used:
        yield make_gap(
            "note_without_code",
            f"No code carries a tag for this note. Write `# @learn:{note.header.id}` above the "
            "lines it explains.",
            note.path,
            note.line("id"),
            f"concept:{note.header.id}",
        )


def _note_and_code(note: Note, draft: Draft, code_of: CodeOf) -> Iterator[Gap]:
    """Symbols that are gone; otherwise, code that changed since the note was checked."""
    header = note.header
    code = {symbol for symbol in header.symbols if draft.is_code(symbol)}
    for symbol in header.symbols:
        if symbol not in code:
            guess = did_you_mean(symbol, _code_ids(draft))
            yield make_gap(
                "missing_code",
                f"This note speaks about `{symbol}`, which does not exist. "
                f"{guess or 'Mend or remove it in `symbols`.'}",
                note.path,
                note.line("symbols", symbol),
                f"concept:{header.id}",
            )
    if not header.symbols or len(code) < len(set(header.symbols)):
        return
    now = hash_of(header.symbols, draft.nodes, code_of)
    if now != header.checked:
        what = (
            "The code of this note has changed since the note was last checked"
            if header.checked
            else "This note was never checked against its code"
        )
        yield make_gap(
            "stale_note",
            f"{what}. Read both side by side, mend the note, then write `checked: {now}`.",
            note.path,
            note.line("checked"),
            f"concept:{header.id}",
        )


def _code_ids(draft: Draft) -> list[str]:
    return [node_id for node_id in draft.nodes if draft.is_code(node_id)]


def _note_links(note: Note, draft: Draft) -> Iterator[Gap]:
    for target, line in note.links:
        if draft.link_target(target) is None:
            yield _unresolved(target, draft, note.path, line, f"concept:{note.header.id}")


def notebook_gaps(tree: Tree, draft: Draft) -> Iterator[Gap]:
    """Links in notebooks that lead nowhere."""
    for path, facts in tree.files.items():
        for target, line, cell in facts.wiki_links:
            if draft.link_target(target) is None:
                yield _unresolved(target, draft, path, line, path, cell)


def _unresolved(
    target: str, draft: Draft, path: str, line: int, about: str, cell: str | None = None
) -> Gap:
    concepts = [n.removeprefix("concept:") for n in draft.nodes if n.startswith("concept:")]
    is_code = "/" in target or ":" in target or target.strip().endswith(".py")
    guess = did_you_mean(target, _code_ids(draft) if is_code else concepts)
    step = guess or "Write a concept's id, or path.py:Symbol."
    return make_gap(
        "unresolved_link", f"`[[{target}]]` leads nowhere. {step}", path, line, about, cell
    )
