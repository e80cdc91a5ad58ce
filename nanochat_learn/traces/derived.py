"""Attention patterns that were not recorded, worked out from the queries and keys that were.

Keys are recorded where they are new: a step with a cache looks back on those of earlier steps,
which are gathered here from the trace. In numpy, in float32.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nanochat_learn.errors import CannotRead, NotFound
from nanochat_learn.traces.names import canonical

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nanochat_learn.traces.reader import TraceReader

ENDING = ".attn.pattern"


def pattern_of(trace: TraceReader, step: int, name: str) -> NDArray[Any] | None:
    """(B, H, T, S) of shares, S counting all positions from the first one that the window of the
    last query reaches; None when ``name`` is no pattern, or when queries or keys are missing."""
    import numpy as np

    name = canonical(name)
    config = trace.manifest.model.config
    if not name.endswith(ENDING) or "attention_bound" not in config:
        return None
    begin = name.removesuffix("pattern")
    try:
        q = trace.array(step, f"{begin}q").astype(np.float32)  # (B, H, T, D)
        k = np.concatenate(_keys(trace, step, f"{begin}k"), axis=2).astype(np.float32)
    except NotFound:
        return None
    layer = int(name.split(".")[1])
    window = int(config["windows"][layer])
    return shares(q, k, window, float(config["attention_bound"]) / q.shape[-1])


def shares(q: NDArray[Any], k: NDArray[Any], window: int, scale: float) -> NDArray[Any]:
    """Queries (B, H, T, D), which stand at the end of the keys (B, Hk, S, D) → (B, H, T, S).

    Key heads are shared by H/Hk query heads each; nobody looks ahead, or ``window`` or more back.
    """
    import numpy as np

    queries, keys = q.shape[2], k.shape[2]
    if (
        q.shape[1] % k.shape[1]
        or q.shape[-1] != k.shape[-1]
        or keys < queries
        or q.shape[0] != k.shape[0]
    ):
        raise CannotRead(
            "Queries and keys of this trace do not belong together: "
            f"their shapes are {q.shape} and {k.shape}.",
            "Trace again.",
        )
    scores = q @ np.repeat(k, q.shape[1] // k.shape[1], axis=1).swapaxes(-1, -2) * scale
    query, key = np.arange(keys - queries, keys)[:, None], np.arange(keys)[None, :]
    scores[..., (key > query) | (key <= query - window)] = -np.inf
    weights = np.exp(scores - scores.max(-1, keepdims=True))
    return weights / weights.sum(-1, keepdims=True)  # type: ignore[no-any-return]


def _keys(trace: TraceReader, step: int, name: str) -> list[NDArray[Any]]:
    """The new keys of this step and of those before it, back to the beginning of the text.

    Raises ``NotFound`` when a step is missing, or its numbers.
    """
    here = trace.step(step)
    parts: list[NDArray[Any]] = []
    wanted = here.position + here.length
    number = here.step
    while wanted > 0:
        earlier = trace.step(number)
        if earlier.position + earlier.length != wanted:
            raise NotFound("The steps before this one were not recorded.")
        parts.insert(0, trace.array(number, name))
        wanted, number = earlier.position, number - 1
    if len({part.shape[0] for part in parts}) > 1:
        raise NotFound("Rows have ended in between.")
    return parts
