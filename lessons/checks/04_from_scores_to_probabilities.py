"""Exercises of lesson 04: one score by dot product, softmax, and the dart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nanochat_learn.kernel.exercise import (
    Exercise,
    NotYet,
    Wrong,
    expect_close,
    expect_function,
    expect_number,
    expect_tensor,
    number,
)

if TYPE_CHECKING:
    from torch import Tensor


def score(answer: Any, final: Tensor, weights: Tensor, token: int) -> str:
    import torch

    scores = (weights @ final).detach()
    shape = tuple(getattr(answer, "shape", ()))
    if shape == tuple(scores.shape):
        raise Wrong(
            f"You have {len(scores):,} numbers, a score for every token. Take the row of one token "
            "first, or pick its score at the end."
        )
    if shape == tuple(final.shape) and torch.equal(answer, weights[token]):
        raise Wrong("That is the row of weights alone. Its dot product with `final` is the score.")
    if shape == tuple(final.shape):
        raise Wrong(
            f"You have {len(final)} numbers. A dot product is one: the products are still to be "
            "added up."
        )
    value = expect_number(answer)
    truth = float(scores[token])
    if abs(value - truth) <= 1e-3 * max(1.0, abs(truth)):
        return f"{number(value)}. The model bends it, and softmax does the rest."
    if abs(value - 15 * float(torch.tanh(scores[token] / 15))) < 1e-3:
        raise Wrong(
            f"{number(value)} is the score after the model has bent it. Work it out from `final` "
            "and `weights`."
        )
    near = int((scores - value).abs().argmin())
    if abs(float(scores[near]) - value) < 1e-4:
        raise Wrong(
            f"{number(value)} is the score of token {near}. You want token {token}, whose number "
            "is called `walk`."
        )
    raise Wrong(f"{number(value)} is no dot product of `final` with a row of `weights`.")


def softmax(answer: Any, scores: Tensor) -> str:
    import torch

    function = expect_function(answer, arguments=1)
    small = torch.tensor([2.0, 1.0, 0.0])
    given = expect_tensor(function(small.clone()), shape=(3,))
    total = float(given.sum())
    told = f"For the scores 2, 1 and 0 your shares are {_listed(given)}."
    if torch.allclose(given, small / small.sum()):
        raise Wrong(
            f"{told} You divided the scores themselves by their sum. With 1, 0 and −1 that fails: "
            "use e to the power of each."
        )
    if abs(total - 1) > 1e-4:
        raise Wrong(f"{told} Together they make {number(total)}, not 1. Divide by the sum of all.")
    if given[0] < given[2]:
        raise Wrong(f"{told} The highest score got the smallest share.")
    ratio = float(given[0] / given[1])
    if abs(ratio - 2) < 1e-3:
        raise Wrong(f"{told} A lead of one point counts 2 times as much; with e it is 2.72 times.")
    expect_close(given, small.softmax(dim=-1), what="place {row} of your shares")
    for large in ([1000.0, 999.0, 998.0], [500.0, 0.0, -500.0]):
        far = function(torch.tensor(large))
        if not bool(expect_shares(far).isfinite().all()):
            raise Wrong(
                f"Right for small scores. But for {large} your shares are {_listed(far)}: the "
                "powers are too large. Subtract the largest score from all first."
            )
        expect_close(far, torch.tensor(large).softmax(dim=-1), what=f"place {{row}}, for {large},")
    expect_close(function(scores.clone()), scores.softmax(dim=-1), what="token {row}")
    return f"Right, also for scores of 1,000 and for all {len(scores):,} scores of the model."


def expect_shares(given: Any) -> Tensor:
    """A tensor that may hold NaN: the caller has more to say about it."""
    if not hasattr(given, "isfinite"):
        expect_tensor(given)
    return given


def _listed(values: Tensor) -> str:
    return ", ".join(number(float(value)) for value in values)


def hit(answer: Any, shares: list[float]) -> str:
    function = expect_function(answer, arguments=2)
    darts = {0.1: 0, 0.6: 1, 0.9: 2, 0.79: 1}
    given = {dart: function(list(shares), dart) for dart in darts}
    if all(value is None for value in given.values()):
        raise NotYet("Your function gives nothing back yet. Fill the loop, with a `return` in it.")
    if all(value == darts[dart] + 1 for dart, value in given.items()):
        raise Wrong("Your pieces are counted from 1. Return `i` as it is: counting begins at 0.")
    if all(value == shares[darts[dart]] for dart, value in given.items()):
        raise Wrong("You return the length of the piece that is hit. You want its index, `i`.")
    for dart, place in darts.items():
        value = given[dart]
        told = f"A dart at {dart} on {shares}: your function gives {value}."
        if value == place:
            continue
        if value is None:
            raise Wrong(
                f"{told} No piece was hit. Compare the dart with the end of the piece on the line, "
                "not with its length."
            )
        if value == 0:
            raise Wrong(
                f"{told} The first piece reaches from 0 to {shares[0]} only. A `return` that "
                "does not wait for its `if` ends the work in the first round."
            )
        raise Wrong(f"{told} Write down where each piece ends, and look again.")
    if function([0.1] * 10, 0.95) != 9:
        raise Wrong("With ten equal pieces a dart at 0.95 misses the last one.")
    return "Each dart finds its piece. nanochat's `throw` does this for many rows at once."


EXERCISES = {
    "score": Exercise(
        check=score,
        hints=(
            "Lesson 03 made one number of two vectors. Which sign did it?",
            "The row of token number `walk` is `weights[walk]`.",
            "Put `@` between `final` and that row.",
        ),
        reference="""\
walk = tokenizer.encode(" walk")[0]
weights = model.lm_head.weight.detach()
answer = final @ weights[walk]

check("score", answer, final=final, weights=weights, token=walk)
""",
    ),
    "softmax": Exercise(
        check=softmax,
        hints=(
            "Three steps: make the scores safe, take the powers, divide. All three stand in cells above.",
            "`scores - scores.max()` makes them safe, `.exp()` takes e to the power of each.",
            "Give the powers a name. The last line is `return powers / powers.sum()`.",
        ),
        reference="""\
def softmax(scores):
    powers = (scores - scores.max()).exp()
    return powers / powers.sum()

check("softmax", softmax, scores=last)
""",
    ),
    "hit": Exercise(
        check=hit,
        hints=(
            "The pieces 0.5, 0.3 and 0.2 end at 0.5, 0.8 and 1.0. How do you get from one end to the next?",
            "In each round, `end = end + shares[i]`. Then ask whether the dart lies before `end`.",
            "Under `if dart < end:`, set in once more, stands `return i`.",
        ),
        reference="""\
def hit(shares, dart):
    end = 0
    for i in range(len(shares)):
        end = end + shares[i]
        if dart < end:
            return i

check("hit", hit, shares=[0.5, 0.3, 0.2])
""",
    ),
}
