"""The text of ``glossary.yaml`` → terms. Pure.

One wrong entry is left out with a line of its own; the others are used. Whether a term's
concept exists is decided where concepts and code meet, in ``nanochat_learn.graph``.
"""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

from pydantic import Field, StringConstraints

from nanochat_learn.knowledge.notes import header_lines
from nanochat_learn.knowledge.records import Term, line_key
from nanochat_learn.knowledge.unclear import Unclear, checked_model
from nanochat_learn.knowledge.yaml_lines import read_yaml
from nanochat_learn.schema.base import Frozen
from nanochat_learn.schema.concept import ConceptIdField, GlossaryTerm
from nanochat_learn.schema.graph import Gap

_Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class GlossaryPlan(NamedTuple):
    """What ``glossary.yaml`` says, and what is wrong in it."""

    terms: list[Term]
    problems: list[Gap]


class _Entry(Frozen):
    term: _Word
    forms: tuple[_Word, ...] = ()
    meaning: Annotated[str, StringConstraints(strip_whitespace=True), Field(min_length=1)]
    concept: ConceptIdField | None = None


def parse_glossary(text: str, path: str) -> GlossaryPlan:
    """Never raises: what is wrong stands in ``problems``."""
    plan = GlossaryPlan([], [])
    try:
        read = read_yaml(text)
        if read.value == "":
            return plan
        if not isinstance(read.value, list):
            raise Unclear(
                "glossary.yaml must be a list: entries that begin with `- term:`.",
                min(read.lines.values(), default=1),
            )
    except Unclear as fault:
        plan.problems.append(fault.gap(path))
        return plan
    owners: dict[str, str] = {}
    for index, entry in enumerate(read.value):
        line = read.lines[(index,)]
        try:
            if not isinstance(entry, dict):
                raise Unclear("This entry must be lines of `name: value`.", line)
            given = {key: value for key, value in entry.items() if value != ""}
            lines = header_lines(read, (index,))
            term = _term(given, lines, line)
            owners |= _spellings(term.entry, lines, line, owners)
        except Unclear as fault:
            plan.problems.append(fault.gap(path))
        else:
            plan.terms.append(term)
    return plan


def _term(given: dict[str, Any], lines: dict[str, int], line: int) -> Term:
    name = given.get("term", "")
    what = f"The word `{name}` is not complete" if name else "This word is not complete"
    read = checked_model(_Entry, given, what, lines, line)
    return Term(GlossaryTerm(**read.model_dump()), lines.get("concept", line))


def _spellings(
    entry: GlossaryTerm, lines: dict[str, int], line: int, owners: dict[str, str]
) -> dict[str, str]:
    """Every spelling of the entry, as it is compared → the term. None may belong to another."""
    own: dict[str, str] = {}
    for form in (entry.term, *entry.forms):
        spelling = " ".join(form.casefold().split())
        place = lines.get(line_key("forms", form), line)
        if spelling in owners:
            owner = owners[spelling]
            raise Unclear(
                f"`{form}` belongs to the word `{owner}` already. Keep it in one of the two.", place
            )
        if spelling in own:
            raise Unclear(f"`{form}` stands twice in `{entry.term}`. Keep one of them.", place)
        own[spelling] = entry.term
    return own
