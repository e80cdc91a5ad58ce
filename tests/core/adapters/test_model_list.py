"""Lists of models as providers send them, and as nobody should."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nanochat_learn.adapters import model_list
from nanochat_learn.adapters.model_list import ANY_FREE, BUILT_IN, preferred, read, unknown
from nanochat_learn.provider import OPENROUTER, provider
from nanochat_learn.schema.tutor import ModelInfo

ROUTER = provider(OPENROUTER)
HERE = provider("http://127.0.0.1:8080/v1")


def entry(id: str, prompt: str = "0.0000005", tools: bool = True, context: int = 32_000) -> dict:
    return {
        "id": id,
        "name": f"The {id}",
        "context_length": context,
        "pricing": {"prompt": prompt, "completion": prompt},
        "supported_parameters": ["tools"] if tools else [],
        "architecture": {"output_modalities": ["text"]},
    }


def test_free_first_then_by_name():
    listed = [entry("b/paid"), entry("z:free", "0"), entry("a/paid"), entry("a:free", "0")]
    listed.append(entry(ANY_FREE, "0"))
    assert [m.id for m in read(listed, ROUTER)] == [
        ANY_FREE,
        "a:free",
        "z:free",
        "a/paid",
        "b/paid",
    ]


def test_prices_are_for_a_million_tokens():
    by_id = {m.id: m for m in read([entry("p"), entry("f:free", "0"), entry("r", "-1")], ROUTER)}
    assert (by_id["p"].price_in, by_id["p"].free) == (0.5, False)
    assert (by_id["f:free"].price_in, by_id["f:free"].free) == (0.0, True)
    assert by_id["r"].price_in is None


def test_a_server_of_ones_own_costs_nothing_and_keeps_its_order():
    listed = [{"id": "zeta", "meta": {"n_ctx": 4096, "n_ctx_train": 8192}}, {"id": "alpha"}]
    first, second = read(listed, HERE)
    assert (first.id, first.context, first.price_in, first.free) == ("zeta", 4096, 0.0, True)
    assert (second.id, second.label, second.context) == ("alpha", "alpha", 8_192)
    assert preferred((first, second), HERE) == ("zeta",)


@pytest.mark.parametrize(
    "bad",
    [
        {},
        {"id": 5},
        {"id": ""},
        {"id": "x" * 201},
        {"id": "two\nlines"},
        entry("draws") | {"architecture": {"output_modalities": ["image"]}},
    ],
)
def test_entries_that_make_no_sense_are_left_out(bad: dict):
    assert [m.id for m in read([bad, entry("good")], ROUTER)] == ["good"]


text = st.text(max_size=20)
json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=8,
)
FIELDS = ("name", "pricing", "context_length", "supported_parameters", "architecture", "meta")


@given(
    st.lists(
        st.fixed_dictionaries(
            {"id": st.text(min_size=1, max_size=20)},
            optional=dict.fromkeys(FIELDS, json_like),
        ),
        max_size=5,
    )
)
def test_whatever_is_listed(listed: list[dict]):
    for whom in (ROUTER, HERE):
        for model in read(listed, whom):
            assert model.context > 0
            assert model.price_in is None or model.price_in >= 0
            assert ModelInfo.model_validate_json(model.model_dump_json()) == model


def test_what_is_asked_where_nothing_was_chosen():
    listed = read(
        [
            entry(ANY_FREE, "0"),
            entry(model_list.WANTED[1], "0"),
            entry("huge:free", "0", context=1_000_000),
            entry("no-tools:free", "0", tools=False),
            entry("paid"),
        ],
        ROUTER,
    )
    assert preferred(listed, ROUTER) == (model_list.WANTED[1], ANY_FREE)


def test_when_the_wanted_ones_are_gone_the_roomy_ones_are_asked():
    listed = read(
        [
            entry("small:free", "0", context=4_000),
            entry("mid:free", "0", context=64_000),
            entry("huge:free", "0", context=1_000_000),
            entry(ANY_FREE, "0"),
        ],
        ROUTER,
    )
    assert preferred(listed, ROUTER) == ("huge:free", "mid:free", ANY_FREE)


def test_nothing_paid_is_ever_asked_unchosen():
    assert preferred(read([entry("paid"), entry("more")], ROUTER), ROUTER) == ()


def test_the_short_list_of_our_own():
    assert all(m.free for m in BUILT_IN)
    assert preferred(BUILT_IN, ROUTER)[-1] == ANY_FREE
    assert len(preferred(BUILT_IN, ROUTER)) <= 3
    assert unknown("x/y:free", ROUTER).price_in == 0.0
    assert unknown("x/y", ROUTER).price_in is None
