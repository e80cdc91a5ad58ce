"""Prerequisites that lead back to where they started."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence


def cycles(needs: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """One shortest round trip per knot, ``[a, b, c]`` for a → b → c → a.

    Each begins with the smallest name that is on a round trip; a name that an
    earlier trip reaches and that leads back to it belongs to the same knot.
    """
    found: list[list[str]] = []
    reported: set[str] = set()
    for start in sorted(needs):
        if start in reported:
            continue
        trip = _back_to(start, needs)
        if trip:
            found.append(trip)
            onward = _reach(start, needs)
            reported |= {name for name in onward if start in _reach(name, needs)}
    return found


def _back_to(start: str, needs: Mapping[str, Sequence[str]]) -> list[str]:
    """A shortest walk from ``start`` to itself; empty when there is none."""
    came_from: dict[str, str] = {}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        for there in sorted(needs.get(here, ())):
            if there == start:
                trip = [here]
                while trip[-1] != start:
                    trip.append(came_from[trip[-1]])
                return trip[::-1]
            if there not in came_from:
                came_from[there] = here
                queue.append(there)
    return []


def _reach(start: str, needs: Mapping[str, Sequence[str]]) -> set[str]:
    """Everything ``start`` needs, directly or not; with ``start`` itself only on a round trip."""
    seen: set[str] = set()
    queue = list(needs.get(start, ()))
    while queue:
        here = queue.pop()
        if here not in seen:
            seen.add(here)
            queue += needs.get(here, ())
    return seen
