"""Exercises of lesson 03: a dot product by loop, a cell of a product, the nearest word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nanochat_learn.kernel.exercise import (
    Exercise,
    NotYet,
    Wrong,
    expect_close,
    expect_function,
    expect_number,
    number,
)

if TYPE_CHECKING:
    from torch import Tensor


def dot(answer: Any, a: list[float], b: list[float]) -> str:
    function = expect_function(answer, arguments=2)
    _value(function, a, b)
    four, five = ([2, 1, 3, -1], [1, 4, -1, 5]), ([1, 0, 2, 3, 1], [3, 2, 1, -1, 2])
    if all(function(*_copies(pair)) == _sum(pair, 3) for pair in ((a, b), four, five)):
        raise Wrong(
            "Right for lists of 3 numbers, but the rest of a longer list is left out. Let "
            "`len(a)` say how many there are."
        )
    for one, two in (four, (a, b), five, ([2], [-3])):
        _one_dot(function, one, two)
    return f"For {a} and {b} it gives {number(function(a, b))}, and it works for any length."


def _copies(pair: tuple[list[float], list[float]]) -> tuple[list[float], list[float]]:
    return list(pair[0]), list(pair[1])


def _sum(pair: tuple[list[float], list[float]], first: int) -> float:
    return sum(x * y for x, y in list(zip(*pair, strict=True))[:first])


def _value(function: Any, a: list[float], b: list[float]) -> float:
    given = function(list(a), list(b))
    called = f"For {a} and {b} your function gives"
    if given is None:
        raise Wrong(f"{called} nothing back. End it with `return` and the name of your result.")
    if isinstance(given, list):
        raise Wrong(
            f"{called} a list, {given}. The dot product is one number: add the products up."
        )
    return expect_number(given)


def _one_dot(function: Any, a: list[float], b: list[float]) -> None:
    value = _value(function, a, b)
    products = [x * y for x, y in zip(a, b, strict=True)]
    if abs(value - sum(products)) < 1e-6:
        return
    told = f"For {a} and {b} your function gives {number(value)}."
    if value == products[0]:
        raise Wrong(
            f"{told} That is the first product alone. `return` ends the work at once: it must not "
            "be set in as far as the loop's own lines."
        )
    if value == products[-1]:
        raise Wrong(
            f"{told} That is the last product alone. Each round must add to `total`, not replace it."
        )
    if abs(value - sum(a) - sum(b)) < 1e-6:
        raise Wrong(f"{told} You added the two numbers of a pair. Multiply them, then add up.")
    if abs(value - sum(products[:-1])) < 1e-6:
        raise Wrong(f"{told} The last pair is missing. `range(len(a))` goes through every index.")
    if abs(value - sum(products[1:])) < 1e-6:
        raise Wrong(f"{told} The first pair is missing. Its index is 0.")
    raise Wrong(f"{told} Print the products one by one, as in the loop under “Loops”, and compare.")


def multiply(answer: Any, x: Tensor, w: Tensor) -> str:
    import torch

    function = expect_function(answer, arguments=2)
    square = torch.tensor([[1.0, 2.0, 0.0], [0.0, 1.0, 3.0], [2.0, 1.0, 1.0]])
    other = torch.tensor([[1.0, 0.0, 2.0], [4.0, 1.0, 0.0], [0.0, 3.0, 1.0]])
    for one, two in ((square, other), (x, w)):
        given = _filled(function, one, two)
        if isinstance(given, torch.Tensor) and not bool(given.any()):
            raise NotYet("Every cell is still 0. Put row i and column j in its place.")
        _one_product(given, one, two)
    y = function(x, w)
    return f"All {y.numel()} cells are right: shape {tuple(x.shape)} @ {tuple(w.shape)}."


def _filled(function: Any, x: Tensor, w: Tensor) -> Any:
    try:
        return function(x.clone(), w.clone())
    except Wrong as wrong:
        if "expand(" not in str(wrong):  # what torch says when a cell is given many numbers
            raise
        raise Wrong(
            "A cell holds one number, but you put several there: the products are not added up."
        ) from wrong


def _one_product(given: Any, x: Tensor, w: Tensor) -> None:
    import torch

    truth = x @ w
    if isinstance(given, torch.Tensor) and given.shape == truth.shape and x.shape == w.shape:
        if torch.equal(given, x @ w.T):
            raise Wrong(
                "You took rows of both tables. The second one gives columns: `w[:, j]` is column j."
            )
        if torch.equal(given, x.T @ w):
            raise Wrong(
                "You took columns of both tables. The first one gives rows: `x[i]` is row i."
            )
        if torch.equal(given, x * w):
            raise Wrong(
                "You multiplied place by place. A cell needs a whole row and a whole column, and "
                "the sum of their products."
            )
        if torch.equal(given, w @ x):
            raise Wrong("You took rows of `w` and columns of `x`. It is the other way round.")
    expect_close(given, truth, what="row {row}, column {column} of your result")


def nearest(answer: Any, table: Tensor, target: Tensor, words: list[str]) -> str:
    results = (table @ target).detach()
    best = int(results.argmax())
    value = expect_number(answer)
    if abs(value - float(results[best])) < 1e-4 * max(1.0, abs(float(results[best]))):
        raise Wrong(
            f"{number(value)} is the largest dot product itself. You want its place: `.argmax()` "
            "instead of `.max()`."
        )
    if value != int(value) or value < 0:
        raise Wrong(f"Your answer is {number(value)}. A place is a whole number from 0 on.")
    place = int(value)
    if place >= len(words):
        raise Wrong(
            f"Your answer is {place}, but there are {len(words)} words. With `*` nothing is added "
            "up, so you searched all the products. Use `@`."
        )
    if place == best:
        return (
            f"“{words[best]}”, with {number(float(results[best]))}. One multiplication compared "
            "all the words."
        )
    told = f"Your answer is {place}, “{words[place]}”, with {number(float(results[place]))}."
    if place == int(results.argmin()):
        raise Wrong(f"{told} That word points least like the target: you took the smallest.")
    raise Wrong(f"{told} Another word has a larger dot product with the target.")


EXERCISES = {
    "dot": Exercise(
        check=dot,
        hints=(
            "Copy the lines of the loop under “Loops” into the function, all set in by four spaces. Which line is not needed any more?",
            "The function must make its own `total`, begin with 0, and go through every index.",
            "After the loop, set in as far as `for` itself, stands `return total`.",
        ),
        reference="""\
def dot(a, b):
    total = 0
    for i in range(len(a)):
        total = total + a[i] * b[i]
    return total

check("dot", dot, a=a, b=b)
""",
    ),
    "multiply": Exercise(
        check=multiply,
        hints=(
            "How did lesson 02 take one row out of a table, and how one column?",
            "`x[i]` is row i. A column needs a colon: all rows, and one place in each.",
            "Row i is `x[i]`, column j is `w[:, j]`. Put `@` between them.",
        ),
        reference="""\
def multiply(x, w):
    y = torch.zeros(len(x), w.shape[1])
    for i in range(len(x)):
        for j in range(w.shape[1]):
            y[i, j] = x[i] @ w[:, j]
    return y

check("multiply", multiply, x=amounts, w=prices)
""",
    ),
    "nearest": Exercise(
        check=nearest,
        hints=(
            "Print the shapes of `table` and `target`. Which sign makes one number for each row?",
            "`table @ target` gives six dot products at once. You want the index of the largest.",
            "`.argmax()` works on what stands before it, so put brackets around `table @ target` first.",
        ),
        reference="""\
words = [" Monday", " had", " Lily", " green", " drum", " to"]
table = norm(model.wte(torch.tensor([tokenizer.encode(w)[0] for w in words])))
target = norm(model.wte(torch.tensor(tokenizer.encode(" red")[0])))
answer = (table @ target).argmax()

check("nearest", answer, table=table, target=target, words=words)
""",
    ),
}
