"""Numbers about the learner's run need something to stand on."""

from __future__ import annotations

import pytest

from nanochat_learn.tutor.evidence import MOST, RunRecord, unsupported

SENT = "Shape: (2, 7, 64). The loss is 0.50 at step 1,024; n_head = 4"


@pytest.mark.parametrize(
    ("said", "doubtful"),
    [
        ("The shape is (1, 4, 8, 64).", ["(1, 4, 8, 64)"]),
        ("It is `(1, 4, 8, 64)` here.", ["(1, 4, 8, 64)"]),
        ("It is [2,7,64] or (2, 7, 64,) or 2×7×64.", []),
        ("It is 3 × 9 here.", ["3 × 9"]),
        ("Your loss was 2.31.", ["Your loss was 2.31"]),
        ("Your loss was 0.5 at step 1024.", []),
        ("you have 4 heads and 12 layers", ["you have 4 heads and 12"]),
        ("You lost 37 % of it.", ["You lost 37"]),
        ("For example, your loss may be 9.9 with shape (8, 8).", []),
        ("Suppose the shape is (3, 3).", []),
        ("A vector of 3 numbers, 2.5 in all.", []),  # nothing is said about a run
        ("```python\nx = torch.zeros(9, 9)  # your loss: 7.7\n```", []),
        ("In RoPE, pairs (a, b) turn; f(x, 2).", []),
        ("", []),
    ],
)
def test_what_is_doubtful(said: str, doubtful: list[str]):
    found = unsupported(said, SENT)
    assert list(found) == doubtful
    assert all(piece in said for piece in found)


RUN = (
    RunRecord("blocks.0.attn.q", ((1, 4, 12, 64), (1, 4, 1, 64)), (-2.3456, 3.1)),
    RunRecord("n_head", (), (4,)),
    RunRecord("training", (), (20, 2.3149)),
)


def test_records_support_what_nothing_else_does():
    said = "Your loss was 2.31, and q has shape (1, 4, 12, 64)."
    assert len(unsupported(said, SENT)) == 2
    assert unsupported(said, SENT, RUN) == ()


@pytest.mark.parametrize(
    ("said", "doubtful"),
    [
        # (2, 7, 64) stands in a note that was sent: no support for what is said of a run
        ("In your run `q` has shape (2, 7, 64).", ["(2, 7, 64)"]),
        ("In your run blocks.0.attn.q is 2×7×64.", ["2×7×64"]),
        ("In your run q has the shape (2, 7, 64).", ["(2, 7, 64)"]),
        ("The recorded `attn.q` is (1, 4, 1, 64) while decoding.", []),
        ("In your run `q` is [1, 4, 12, 64].", []),
        ("In your run `k` is (2, 7, 64).", []),  # nothing recorded says otherwise
        ("Here `q` has shape (2, 7, 64).", []),  # of a note, not of a run
        ("Your `q` goes from -2.35 to 3.1.", []),
        ("Your `q` goes from -2.36 to 3.1.", ["Your `q` goes from -2.36"]),
        ("You have 4 heads.", []),
        ("You have 3 heads.", ["You have 3"]),  # 3 is not 3.1 rounded
        ("Your loss at step 20 was 2.315.", []),
    ],
)
def test_what_is_said_of_a_recorded_run(said: str, doubtful: list[str]):
    assert list(unsupported(said, SENT, RUN)) == doubtful


def test_the_list_is_bounded_and_fast():
    many = "".join(f"Your number was {n}.5. The shape is ({n}, 9). " for n in range(100, 2_000))
    assert len(unsupported(many, SENT)) == MOST
    for awkward in ("your ", "(1,1,1,", "(1 ", "1 x 1 x ", "1×", "```\n", "your 9", "[", "9,"):
        assert len(unsupported(awkward * (60_000 // len(awkward)), SENT)) <= MOST
