"""The exercises of lesson 12: causal attention by hand, and the shares of one head of a model.

Both verdicts read the learner's own table of shares, from what is most wrong to what is least.
"""

from __future__ import annotations

import torch
from torch import Tensor

from nanochat_learn.kernel.exercise import (
    Exercise,
    NotYet,
    Wrong,
    expect_close,
    expect_function,
    expect_tensor,
)

SHARE = 1e-4
"""A share above this was given on purpose; below, it is a rounding error."""


def _future_is_covered(shares: Tensor, scores: Tensor) -> None:
    """``shares``, ``scores``: (T, T). Raises ``Wrong`` with the first cell that looks ahead."""
    T = len(shares)
    later = torch.ones(T, T).triu(1) == 1
    seen = [(r, c) for r, c in later.nonzero().tolist() if shares[r, c] > SHARE]
    if not seen:
        return
    row, column = seen[0]
    if _is(shares, scores.masked_fill(later, 0.0).softmax(dim=-1)):
        raise Wrong(
            f"Row {row} gives column {column} a share of {shares[row, column]:.2f}: you covered the "
            "future with the score 0, and 0 is a score like any other."
        )
    if _is(shares, scores.masked_fill(later.T, float("-inf")).softmax(dim=-1)):
        raise Wrong(
            f"Row {row} looks at column {column}, which is the future, and row {T - 1} cannot look "
            "back at column 0: you covered the past instead."
        )
    raise Wrong(
        f"Row {row} looks at column {column} and takes {shares[row, column]:.2f} from it: that is "
        "the future."
    )


def _rows_are_whole(shares: Tensor, scores: Tensor) -> None:
    T = len(shares)
    later = torch.ones(T, T).triu(1) == 1
    sums = shares.sum(dim=-1)
    short = [row for row in range(T) if abs(sums[row] - 1) > 1e-3]
    if not short:
        return
    row = short[0]
    if _is(shares, scores.softmax(dim=-1).masked_fill(later, 0.0)):
        raise Wrong(
            f"The shares of row {row} make {sums[row]:.2f} together, not 1. You covered the future "
            "after softmax, when it had its part already."
        )
    if _is(shares.sum(dim=0), torch.ones(T)):
        raise Wrong(
            f"The shares of row {row} make {sums[row]:.2f} together, and each column makes 1. "
            "Softmax ran down the columns; every row is a token that shares out."
        )
    raise Wrong(f"The shares of row {row} make {sums[row]:.2f} together. They should make 1.")


def _is(a: Tensor, b: Tensor) -> bool:
    return a.shape == b.shape and torch.allclose(a.float(), b.float(), atol=1e-4)


def _table(shares: object, T: int) -> Tensor:
    """``shares`` as a table (T, T) of numbers."""
    bad = []
    if isinstance(shares, Tensor) and shares.shape == (T, T):
        bad = shares.isnan().any(dim=-1).nonzero().flatten().tolist()
    if bad:
        raise Wrong(
            f"Row {bad[0]} is not a number (nan): everything in this row is covered. Each token "
            "may at least see itself."
        )
    table = expect_tensor(shares, shape=(T, T))
    if table.isinf().any():
        raise Wrong(
            "The shares still hold minus infinity: this is the covered table of scores. Softmax "
            "has not been applied to it."
        )
    return table


def causal_attention(answer: object, shares: object, q: Tensor, k: Tensor, v: Tensor) -> str:
    """``answer``: the mixed values (T, D), ``shares``: (T, T)."""
    if answer is ... or shares is ...:
        raise NotYet("Some lines still hold three dots. Replace them all, then run the cell again.")
    T, scores = len(q), q @ k.T
    table = _table(shares, T)
    _future_is_covered(table, scores)
    _rows_are_whole(table, scores)
    right = _shares(scores)
    expect_close(table, right, what="row {row}, column {column} of the shares")
    mixed = expect_tensor(answer, shape=tuple(v.shape))
    if _is(mixed, table.T @ v):
        raise Wrong(
            "The mix uses the shares of a column, not of a row: rows and columns of shares4 are "
            "swapped. Row 0 sees only itself, so it should receive its own value."
        )
    if _is(mixed, v):
        raise Wrong("These are the values as they were. Nobody has taken a share of them yet.")
    expect_close(mixed, right @ v, what="row {row}, column {column} of the mix")
    return (
        f"Row 0 receives its own value alone, and row {T - 1} takes most, "
        f"{right[-1].max():.2f}, from column {right[-1].argmax()}. No row looks ahead."
    )


def head_shares(answer: object, q: Tensor, k: Tensor, scale: float) -> str:
    """``answer(q, k, scale)``: queries and keys (T, D) of a head that sees the whole past →
    (T, T)."""
    ask = expect_function(answer, arguments=3, gives_back=True)
    # A head may happen to have the scale 1, with which leaving it out would go unnoticed.
    for one in (scale, scale / 2):
        _expect_scaled(_table(ask(q, k, one), len(q)), q @ k.T, one)
    table = _shares(q @ k.T * scale)
    return (
        f"For all {len(q)} tokens, this is what the head computed. Its last token takes "
        f"most, {table[-1].max():.2f}, from place {table[-1].argmax()}."
    )


def _expect_scaled(table: Tensor, scores: Tensor, scale: float) -> None:
    """``table``, ``scores``: (T, T); the scores are not scaled yet."""
    _future_is_covered(table, scores * scale)
    if abs(scale - 1) > 1e-6:
        if _is(table, _shares(scores)):
            raise Wrong(
                f"With the scale {scale:.3g}, the largest share of row {len(table) - 1} is "
                f"{table[-1].max():.2f}. The scores were not multiplied by the scale."
            )
        if _is(table, _shares(scores) * scale):
            raise Wrong(
                f"The shares of row 0 make {table[0].sum():.3g}, not 1: the scale came after "
                "softmax. It belongs to the scores."
            )
        if _is(table, _shares(scores / scale)):
            raise Wrong("The scores were divided by the scale. They are multiplied by it.")
    _rows_are_whole(table, scores * scale)
    expect_close(table, _shares(scores * scale), what="row {row}, column {column} of the shares")


def _shares(scores: Tensor) -> Tensor:
    """Scores (T, T) → shares (T, T), the future covered."""
    later = torch.ones_like(scores).triu(1) == 1
    return scores.masked_fill(later, float("-inf")).softmax(dim=-1)


EXERCISES = {
    "causal_attention": Exercise(
        check=causal_attention,
        hints=(
            "Three steps, in the order of the lesson: cover, share out, mix. Look at the cell "
            "where `covered`, `shares` and later `mixed` were made.",
            "There are 4 tokens now, so the table of what comes later is 4 by 4: "
            "`torch.ones(4, 4).triu(1) == 1`. Give it to `scores4.masked_fill(…)`, with minus "
            "infinity.",
            "Softmax works on the covered scores, along `dim=-1`. The mix is a matrix product: "
            "shares first, values second.",
        ),
        reference=(
            "later4 = torch.ones(4, 4).triu(1) == 1\n"
            'covered4 = scores4.masked_fill(later4, float("-inf"))\n'
            "shares4 = covered4.softmax(dim=-1)\n"
            "mixed4 = shares4 @ v4\n"
            'check("causal_attention", mixed4, shares=shares4, q=q4, k=k4, v=v4)\n'
        ),
    ),
    "head_shares": Exercise(
        check=head_shares,
        hints=(
            "The function `toy` above does nearly the same. One thing is new: the scale.",
            "The number of tokens depends on your words, so do not type it: `len(q)` tells it, as "
            "in `toy`.",
            "Scores are `q @ k.T * scale`. Cover them, then softmax along `dim=-1`, and return "
            "that.",
        ),
        reference=(
            "def shares_of(q, k, scale):\n"
            "    later = torch.ones(len(q), len(k)).triu(1) == 1\n"
            "    scores = q @ k.T * scale\n"
            '    return scores.masked_fill(later, float("-inf")).softmax(dim=-1)\n'
            "\n"
            'check("head_shares", shares_of, q=head_q, k=head_k, scale=scale)\n'
        ),
    ),
}
