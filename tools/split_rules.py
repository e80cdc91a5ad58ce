"""The rules of SPLIT_PATTERN one by one, and which of them cuts a piece: for the recorders."""

import regex

from nanochat.bpe import SPLIT_PATTERN, split


def _alternatives(pattern: str) -> list[str]:
    """The alternatives of a pattern: cut at each ``|`` that stands in no bracket."""
    found, depth = [""], 0
    for sign in pattern:
        depth += (sign in "([") - (sign in ")]")
        if sign == "|" and depth == 0:
            found.append("")
        else:
            found[-1] += sign
    return found


RULES = _alternatives(SPLIT_PATTERN)
assert "|".join(RULES) == SPLIT_PATTERN
_rules = [regex.compile(rule) for rule in RULES]


def pieces(text: str) -> list[tuple[str, int]]:
    """Each piece of ``text`` and the first rule that fits at its place, counted from 0."""
    found, at = [], 0
    for piece in split(text):
        rule = next(n for n, rule in enumerate(_rules) if rule.match(text, at))
        found.append((piece, rule))
        at += len(piece)
    assert at == len(text)
    return found
