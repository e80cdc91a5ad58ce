"""Exercises of lesson 02: an address, and two tables made by broadcasting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nanochat_learn.kernel.exercise import Exercise, Wrong, expect_close, expect_tensor

if TYPE_CHECKING:
    from torch import Tensor


def last_token(answer: Any, x: Tensor) -> str:
    import torch

    given = expect_tensor(answer)
    B, T, C = x.shape
    if given.shape == x[0].shape:
        which = next((b for b in range(B) if torch.equal(given, x[b])), None)
        if which is not None:
            raise Wrong(
                f"You have all {T} tokens of text {which} (counted from 0). Add a second number to "
                "the address, to pick one token."
            )
    if given.shape == (B, C) and any(torch.equal(given, x[:, t]) for t in range(T)):
        raise Wrong(
            f"You have a token of each of the {B} texts. Pick one text with the first number of "
            "the address."
        )
    expect_tensor(given, shape=(C,))
    for b in range(B):
        for t in range(T):
            if torch.equal(given, x[b, t]):
                if (b, t) == (B - 1, T - 1):
                    return f"[{b}, {t}] it is: {C} numbers, the row of the last token."
                raise Wrong(
                    f"You have text {b}, token {t}, both counted from 0. You want the second text "
                    "and its last token."
                )
    raise Wrong("These numbers are no row of `x`. Take them out with one address: `x[…, …]`.")


def per_shelf(answer: Any, shelves: Tensor, more: Tensor) -> str:
    import torch

    given = expect_tensor(answer, shape=shelves.shape)
    if torch.equal(given, shelves + more):
        raise Wrong(
            f"Column 0 got dearer by {more[0]} on every shelf. But row 0 should, all along. Your "
            "list lies flat; it must stand upright."
        )
    if torch.equal(given, shelves * more[:, None]):
        raise Wrong("You multiplied. The prices get dearer by an amount, so add it.")
    if torch.equal(given, more[:, None].expand_as(shelves)):
        raise Wrong("These are the amounts alone. Add them to the prices.")
    expect_close(given, shelves + more[:, None], what="shelf {row}, column {column}")
    return "Each row got its own amount: (3, 3) plus (3, 1)."


def may_look(answer: Any, place: Tensor) -> str:
    import torch

    from nanochat.gpt import visible

    T = len(place)
    given = expect_tensor(answer)
    if given.shape == (T,):
        raise Wrong(
            f"You compared each place with itself and got {T} answers. You want a table of "
            f"{T} rows and {T} columns: each place with each."
        )
    expect_tensor(given, shape=(T, T))
    if given.dtype != torch.bool:
        raise Wrong(
            "Your table holds numbers. Compare places with `<=`; that gives True and False."
        )
    truth = visible(T, T, T, place.device)
    if torch.equal(given, truth):
        return "The same table as nanochat's `visible`. Lesson 12 will use it."
    if torch.equal(given, truth.T):
        raise Wrong(
            f"Row 0 says that token 0 may look at token {T - 1}: that is the future. Rows and "
            "columns are swapped."
        )
    row, column = (given != truth).nonzero()[0].tolist()
    if row == column:
        raise Wrong(f"Token {row} may not look at itself in your table. It may: use `<=`.")
    verb = "may" if bool(given[row, column]) else "may not"
    raise Wrong(f"In your table, token {row} {verb} look at token {column}. It is the other way.")


EXERCISES = {
    "last_token": Exercise(
        check=last_token,
        hints=(
            "`x` has three dimensions: text, token, number. Which two do you want to pick?",
            "An address with two numbers, such as `x[0, 2]`, picks a text and a token, and keeps all its numbers.",
            "Counting begins at 0: the second text is number 1, and the last of four tokens is number 3. You may also write −1 for the last.",
        ),
        reference="""\
x = model.wte(ids)
answer = x[1, -1]

check("last_token", answer, x=x)
""",
    ),
    "per_shelf": Exercise(
        check=per_shelf,
        hints=(
            "Which shape has `more`? Write it under (3, 3), from the right. Which dimension does it meet?",
            "One number for each row must stand upright, as a tensor of shape (3, 1).",
            "`more[:, None]` stands upright. Add it to `shelves`.",
        ),
        reference="""\
shelves = torch.tensor([[10, 20, 30], [40, 50, 60], [70, 80, 90]])
more = torch.tensor([1, 2, 3])
answer = shelves + more[:, None]

check("per_shelf", answer, shelves=shelves, more=more)
""",
    ),
    "may_look": Exercise(
        check=may_look,
        hints=(
            "The token that looks is the row, the token looked at is the column. Which of the two must be the smaller number?",
            "Make `place` upright for the rows and flat for the columns; then compare the two.",
            "`place[None, :]` is the token looked at, `place[:, None]` the one that looks. The first must be `<=` the second.",
        ),
        reference="""\
place = torch.arange(4)
answer = place[None, :] <= place[:, None]

check("may_look", answer, place=place)
""",
    ),
}
