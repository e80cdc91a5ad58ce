"""``GET search``: asked well, badly, and a hundred times at once."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from tornado.httpclient import HTTPClientError

TURN = "pkg/model.py:turn"


async def test_a_question_is_answered(ask, indexed: Path):
    answer = json.loads((await ask("search", params={"q": "turn x", "k": "3"})).body)
    assert answer["results"][0]["id"] == TURN
    assert answer["results"][0]["line"] == 2
    assert len(answer["results"]) <= 3
    assert answer["absent"] is False


async def test_what_is_not_there_is_said(ask, indexed: Path):
    answer = json.loads((await ask("search", params={"q": "how do robot arms move?"})).body)
    assert answer["absent"] is True
    assert answer["reason"]


@pytest.mark.parametrize(
    ("params", "status", "code"),
    [
        ({}, 400, "bad_input"),
        ({"q": "   "}, 400, "bad_input"),
        ({"q": "turn", "k": "many"}, 400, "bad_input"),
        ({"q": "turn", "k": "-1"}, 400, "bad_input"),
        ({"q": "turn", "k": "²"}, 400, "bad_input"),
    ],
)
async def test_bad_questions_are_refused_in_a_sentence(ask, indexed, params, status, code):
    with pytest.raises(HTTPClientError) as caught:
        await ask("search", params=params)
    failure = json.loads(caught.value.response.body)
    assert (caught.value.code, failure["code"]) == (status, code)
    assert failure["hint"]


async def test_before_the_first_index_run(ask, course: Path):
    with pytest.raises(HTTPClientError) as caught:
        await ask("search", params={"q": "turn"})
    assert caught.value.code == 404


async def test_a_huge_k_is_bounded(ask, indexed: Path):
    answer = json.loads((await ask("search", params={"q": "turn", "k": "9" * 40})).body)
    assert len(answer["results"]) <= 100


async def test_a_long_question_is_cut_and_told(ask, indexed: Path):
    answer = json.loads((await ask("search", params={"q": "turn " * 5_000})).body)
    assert "Only the first" in answer["reason"]


async def test_a_hundred_questions_at_once_are_all_answered(ask, indexed: Path):
    asked = (ask("search", params={"q": f"turn x {n}"}) for n in range(100))
    answers = await asyncio.gather(*asked)
    assert {json.loads(one.body)["results"][0]["id"] for one in answers} == {TURN}
