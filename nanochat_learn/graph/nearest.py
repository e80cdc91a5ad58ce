"""What somebody probably meant by an id that does not exist."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable


def nearest(wanted: str, ids: Iterable[str], limit: int = 3) -> list[str]:
    """Up to ``limit`` ids: those that end with the same word first, then those spelled alike.

    Looks at every id once; the costly comparison sees only ids with a similar last word.
    """
    known = sorted(set(ids))
    last = _last_word(wanted)
    words = sorted({_last_word(name) for name in known})
    alike = difflib.get_close_matches(last, words, n=limit, cutoff=0.6) if last else []
    found: list[str] = []
    for group in ([last], [word for word in alike if word != last]):
        names = [name for name in known if _last_word(name) in group][:200]
        found += sorted(names, key=lambda name: -_likeness(wanted, name))
    return (found or difflib.get_close_matches(wanted, known[:5_000], n=limit))[:limit]


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other).ratio()


def _last_word(name: str) -> str:
    return re.split(r"[.:/]", name.removesuffix(".py"))[-1].lower()


def did_you_mean(wanted: str, ids: Iterable[str]) -> str:
    """ "Did you mean a or b?", or nothing."""
    found = nearest(wanted, ids)
    return f"Did you mean {' or '.join(f'`{name}`' for name in found)}?" if found else ""
