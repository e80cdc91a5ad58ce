"""What is kept when not everything fits: one rule, in words and in code."""

from __future__ import annotations

import re
from collections.abc import Mapping

from nanochat_learn.errors import BadInput

POLICY = (
    "When a step does not fit into what is left of the budget, its largest tensors lose their "
    "numbers first; shape and range of every tensor stay. Once not even those fit, steps are only "
    "counted."
)
_UNITS = {"": 1, "B": 1, "KB": 1_000, "MB": 1_000_000, "GB": 1_000_000_000}


def bytes_of(budget: int | str) -> int:
    """``"32MB"`` → 32,000,000. Raises ``BadInput`` for anything else than a size from 1 kB on."""
    if isinstance(budget, str):
        found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([KMG]?B)?\s*", budget, re.IGNORECASE)
        size = int(float(found[1]) * _UNITS[(found[2] or "").upper()]) if found else 0
    else:
        size = budget if type(budget) is int else 0
    if size < 1_000:
        raise BadInput(
            f"A budget of {budget!r} holds no trace.",
            'Give bytes or a size such as "32MB"; the smallest is 1 KB.',
        )
    return size


def fitting(sizes: Mapping[str, int], left: int) -> set[str]:
    """The names whose numbers are kept: small tensors before large ones."""
    kept = set()
    for name in sorted(sizes, key=lambda name: (sizes[name], name)):
        left -= sizes[name]
        if left < 0:
            break
        kept.add(name)
    return kept
