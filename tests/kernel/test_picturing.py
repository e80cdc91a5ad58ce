"""A picture with the kernel's numbers, and a plain drawing that needs nothing of ours."""

from __future__ import annotations

import base64
import math
import xml.etree.ElementTree as ET

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from test_checking import body

from nanochat_learn.kernel import picture
from nanochat_learn.schema.learner import PictureOutput
from nanochat_learn.svg import bars, heatmap, words_card

SVG = "{http://www.w3.org/2000/svg}"
LOGITS = torch.tensor([2.0, -1.0, 0.5])


def shown(*args, **named) -> PictureOutput:
    return PictureOutput.model_validate(body(picture(*args, **named)))


def test_the_numbers_travel_bit_by_bit():
    told = shown("softmax_bars", logits=LOGITS, names=["a", "b", "c"], params={"temperature": 2})
    assert told.title == "Scores into shares: softmax"
    assert told.params == {"temperature": 2.0}
    assert told.inputs["names"] == ("a", "b", "c")
    logits = told.inputs["logits"]
    assert (logits.dtype, logits.shape) == ("float32", (3,))
    assert np.frombuffer(base64.b64decode(logits.data), "<f4").tolist() == [2.0, -1.0, 0.5]


@pytest.mark.parametrize(
    "logits",
    [
        LOGITS.bfloat16(),
        LOGITS.double(),
        LOGITS.clone().requires_grad_(),
        torch.stack([LOGITS, LOGITS], 1)[:, 0],
        LOGITS.numpy(),
        [2, -1.0, 0.5],
    ],
)
def test_every_make_of_tensor(logits):
    data = shown("softmax_bars", logits=logits).inputs["logits"].data
    assert np.frombuffer(base64.b64decode(data), "<f4").tolist() == [2.0, -1.0, 0.5]


def test_one_number_is_a_picture_s_size():
    told = shown("tensor_shapes", n_head=torch.tensor(4), n_embd=32)
    assert told.inputs["n_head"].shape == ()
    assert told.inputs["n_embd"].dtype == "int32"
    assert "n_head: 4\n" in repr(picture("tensor_shapes", n_head=torch.tensor(4)))


@pytest.mark.parametrize(
    ("call", "fragment"),
    [
        (lambda: picture("softmax_bar"), 'Did you mean picture("softmax_bars")?'),
        (lambda: picture("../kit"), "There is no picture `../kit`."),
        (lambda: picture(), "It is used like this: `picture("),
        (
            lambda: picture("softmax_bars", scores=LOGITS),
            "no input `scores`. It has: logits",
        ),
        (
            lambda: picture("softmax_bars", params={"heat": 1}),
            "no control `heat`. It has: add",
        ),
        (lambda: picture("softmax_bars", params={"temperature": 99}), "can be from 0.1 to 5."),
        (lambda: picture("softmax_bars", params={"temperature": "hot"}), "must be a number"),
        (lambda: picture("softmax_bars", logits=LOGITS[None]), "Take a part, such as logits[0]."),
        (lambda: picture("softmax_bars", logits=LOGITS[0]), "Add one, such as logits[None]."),
        (lambda: picture("softmax_bars", logits="abc"), "is of type str, and has no numbers"),
        (lambda: picture("softmax_bars", logits=[[1], [1, 2]]), "is of type list, and has no numb"),
        (lambda: picture("softmax_bars", names="abc"), "must be a list of words"),
        (lambda: picture("next_token_game", model=LOGITS), "must be the name of a model"),
        (
            lambda: picture("softmax_bars", logits=torch.ones(60_000)),
            "at most 256 KB of",
        ),
    ],
)
def test_what_cannot_be_shown_is_a_sentence(call, fragment):
    assert fragment in repr(call())


def test_a_drawing_of_the_tensors_with_their_numbers():
    q = torch.arange(24.0).view(2, 4, 3) - 5
    tree = ET.fromstring(picture("attention_heatmap", q=q, tokens=["a", "b"] * 2).svg)
    texts = [node.text for node in tree.iter(f"{SVG}text")]
    assert "q, shape (2, 4, 3); the first of 2 is shown" in texts[1]
    assert {"−5", "0", "6"} <= set(texts)
    assert "tokens: a · b · a · b" in texts
    one = ET.fromstring(picture("softmax_bars", logits=torch.arange(100.0)).svg)
    assert "the first 64 of 100" in [node.text for node in one.iter(f"{SVG}text")]
    odd = picture("softmax_bars", logits=torch.tensor([math.nan, math.inf, 1.0]))
    assert {"NaN", "∞", "1"} <= {node.text for node in ET.fromstring(odd.svg).iter(f"{SVG}text")}
    assert picture("softmax_bars", logits=torch.ones(0)).svg.count("empty") == 1


def test_a_model_is_named_and_the_page_fetches_it():
    assert shown("next_token_game", model="stories-chat").inputs == {"model": ("stories-chat",)}
    assert "stories-chat" in picture("next_token_game", model="stories-chat").svg


def test_without_tensors_it_is_the_still_of_its_example_on_a_ground_of_its_own():
    tree = ET.fromstring(picture("softmax_bars").svg)
    assert tree[0].get("fill") == "#ffffff"
    assert len(list(tree.iter())) > 20


@given(st.text(), st.text())
def test_any_words_make_a_picture(title, words):
    ET.fromstring(words_card(title, words, code=words))


@given(
    st.integers(0, 40),
    st.integers(0, 40),
    st.floats(),
    st.floats(min_value=0, allow_infinity=False),
)
def test_any_numbers_make_a_picture(rows, columns, value, most):
    table = np.full((rows, columns), value)
    svg = heatmap(table, 0, 0, 100, 100, most, "told") + bars([value] * columns, 0, 0, 9, 9, most)
    ET.fromstring(f"<svg>{svg}</svg>")
    assert "nan" not in svg
