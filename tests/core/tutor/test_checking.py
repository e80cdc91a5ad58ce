"""Nothing that does not exist is ever shown as a source, however the text is cut."""

from __future__ import annotations

import random
import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nanochat_learn.adapters.scripted_model import invents
from nanochat_learn.ports import ChatRequest
from nanochat_learn.schema.base import NodeId
from nanochat_learn.tutor.checking import Checked
from nanochat_learn.tutor.citing import LONGEST_ID, STRUCK, Cited, Names

GPT = NodeId("nanochat/gpt.py:GPT")
ROPE = NodeId("concept:attention.rope")
IDS = frozenset({NodeId("nanochat/gpt.py"), GPT, ROPE, NodeId("viz:rope_dials")})
BRACKETS = re.compile(r"\[\[([^\[\]\n]*)\]\]")


def checked(text: str, cuts: list[int] | None = None) -> Checked:
    """Read in pieces that end at ``cuts``; asserts that a citation comes before its text."""
    it = Checked(Names(IDS))
    places = sorted({min(cut, len(text)) for cut in cuts or []} | {0, len(text)})
    pieces = [text[a:b] for a, b in pairwise(places)] or [""]
    known: set[str] = set()
    shown = ""
    for outs in (*map(it.feed, pieces), it.finish()):
        for out in outs:
            if isinstance(out, Cited):
                assert f"[[{out.id}]]" not in shown
                known.add(out.id)
            else:
                shown += out
                assert {id for id in BRACKETS.findall(shown) if id in IDS} <= known
    assert it.text == shown.strip()
    return it


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (f"see [[{GPT}]].", f"see [[{GPT}]]."),
        (f"see [[ {GPT} ]]", f"see [[{GPT}]]"),
        (f"[[`{GPT}`]]", f"[[{GPT}]]"),
        (f"[[{GPT}|the model]]", f"[[{GPT}]]"),
        (f"[[{GPT}:33]] [[{GPT}#L3-L9]] [[{GPT} (line 4)]]", f"[[{GPT}]] [[{GPT}]] [[{GPT}]]"),
        ("[[attention.rope]]", f"[[{ROPE}]]"),
        (f"[[{GPT}, attention.rope; nope.py]]", f"[[{GPT}]] [[{ROPE}]] {STRUCK}"),
        ("a [[nanochat/gpt.py:Fake]] b", f"a {STRUCK} b"),
        ("[[attention.flash]]", STRUCK),
        ("[[KVCache]]", STRUCK),
        ("`[[KVCache]]`", f"`{STRUCK}`"),
        (f"[[[{GPT}]]]", f"[[[{GPT}]]]"),
        (f"[[ a [[{GPT}]] b ]]", f"[[ a [[{GPT}]] b ]]"),
        ("[[fake.py [[fake.py]]", f"{STRUCK} {STRUCK}"),
        ("[[nanochat/fake.py:F is\nlong", f"{STRUCK} is\nlong"),
        ("[[nanochat/fake.py", STRUCK),
        ("[[concept:a.b](http://x)", f"{STRUCK}](http://x)"),
        ("[[" + "a" * 5_000 + ".py]]", "[[" + "a" * 5_000 + ".py]]"),  # no id is so long
        ("[[1, 2], [3, 4]] and [[5]]", "[[1, 2], [3, 4]] and [[5]]"),
        ("[[[1, 2], [3, 4]]]", "[[[1, 2], [3, 4]]]"),
        ("$[[a, b], [c, d]]$", "$[[a, b], [c, d]]$"),
        (f"[{GPT}](nanochat/nope.py:X) `nope.py:X`", f"[{GPT}](nanochat/nope.py:X) `nope.py:X`"),
        ("a[i]] [] [[]] [[ ]]", "a[i]] [] [[]] [[ ]]"),
    ],
)
def test_what_is_shown(written: str, shown: str):
    it = checked(written)
    assert it.text == shown
    assert it.struck == shown.count(STRUCK)
    assert set(it.cited) == {id for id in BRACKETS.findall(shown) if id in IDS}


def test_code_in_fences_stays_code_but_hides_no_source():
    text = (
        f"```python\nx = torch.tensor([[bos_id]])\ny = [['a', 'b']]\n# [[fake.py]]\n```\n[[{GPT}]]"
    )
    it = checked(text)
    assert it.text == text.replace("[[fake.py]]", STRUCK)
    assert (it.struck, it.cited) == (1, (GPT,))


def test_after_a_fence_that_closed_bare_words_are_struck_again():
    for text in (
        "```\n[[x_y]]\n```\n[[Fake]]",
        "~~~\n```\n[[x_y]]\n~~~\n[[Fake]]",
        "    ```\n[[Fake]]",
    ):
        assert checked(text).struck == 1, text


@pytest.mark.parametrize(
    "block",
    [
        '```json\n{"focused_nodes": ["%s", "nope"]}\n```\n',
        '\n**Focused nodes (JSON)**\n\n```json\n{\n "focused_nodes": [\n "%s",\n "nope"]\n}\n```',
        '### Focused nodes (JSON):\n```\n{"focused_nodes": ["%s", "nope"], "why": "x"}\n```',
        '{"focused_nodes": ["%s", "nope"]}',
        'Focused nodes: ["%s", "nope"]',
        '```json\n{"focused_nodes": ["%s", "nope"]}',
        '```json\n{"focused_nodes": ["%s", "nope"]}\n``',
    ],
)
def test_the_focus_block_is_taken_out(block: str):
    it = checked(f"Text [[attention.rope]].\n{block % GPT}")
    assert it.text == f"Text [[{ROPE}]]."
    assert (it.focused, it.struck) == ((GPT,), 1)
    assert it.cited == (ROPE,)


@pytest.mark.parametrize(
    "text",
    [
        '```json\n{"a": 1}\n```',
        "Focused nodes are those that\nshine.",
        'A line with {"focused_nodes": ["x"]} in the middle.',
        '```python\n{"focused_nodes": []}\n```',
        "{not json\n\n\n- a\n- b",
    ],
)
def test_what_only_looks_like_a_focus_block_stays(text: str):
    it = checked(text)
    assert it.text == text
    assert it.focused == ()


def test_the_last_block_counts_and_an_empty_one_means_what_was_cited():
    one, two = '{"focused_nodes": ["viz:rope_dials"]}', f'{{"focused_nodes": ["{GPT}"]}}'
    assert checked(f"{one}\nText\n{two}").focused == (GPT,)
    assert checked(f'[[{GPT}]]\n{{"focused_nodes": ["nope"]}}').focused == (GPT,)


_PIECES = st.sampled_from(
    [
        *(f"[[{GPT}]]", "[[attention.rope]]", "[[nanochat/fake.py:X]]", "[[Fake]]", "[[1, 2]]"),
        *("[", "]", "[[", "]]", "[[[", "`", "```", "```json\n", "~~~\n", "\n", "\n\n", "|", " "),
        *('{"focused_nodes": ["', GPT, '"]}', "**Focused nodes (JSON)**\n", "Focus", "word ", "é✓"),
        *("    ", "nanochat/", ".py", "concept:", ",", ";", "\r\n", "\u2028", "a" * LONGEST_ID),
    ]
)


@settings(max_examples=400)
@given(st.lists(_PIECES, max_size=24), st.lists(st.integers(0, 400), max_size=12))
def test_cuts_change_nothing(pieces: list[str], cuts: list[int]):
    text = "".join(pieces)
    whole, in_pieces, by_sign = (
        checked(text),
        checked(text, cuts),
        checked(text, [*range(len(text))]),
    )
    for it in (in_pieces, by_sign):
        assert (it.text, it.cited, it.focused, it.struck) == (
            whole.text,
            whole.cited,
            whole.focused,
            whole.struck,
        )
    assert set(whole.cited) <= IDS
    assert set(whole.focused) <= IDS
    for inside in BRACKETS.findall(whole.text):
        assert inside in IDS or ".py" not in inside


@pytest.mark.parametrize("seed", range(200))
def test_a_model_that_invents_sources_in_every_answer_shows_none(seed: int):
    request = ChatRequest("m", [])
    text = "".join(str(step) for step in invents(seed, sorted(IDS))(request))
    rng = random.Random(seed)
    it = checked(text, [rng.randrange(len(text)) for _ in range(40)])
    assert it.struck > 0
    for inside in BRACKETS.findall(it.text):
        harmless = re.fullmatch(r"[\d, ]+", inside) or STRUCK in inside
        assert inside in IDS or harmless, (inside, text)
    for id in re.findall(r"[\w/]+\.py:\w+|concept:[\w.]+", it.text):
        assert id in IDS, (id, text)
    assert "focused_nodes" not in it.text


def test_ordinary_text_is_not_held_back():
    it = Checked(Names(IDS))
    shown = "".join(str(out) for word in ["The ", "cache ", "keeps"] for out in it.feed(word))
    assert shown == "The cache keeps"


@pytest.mark.parametrize(
    "piece",
    ["[[a [[b {\n", "\n", '{"focused_nodes": [', "```json\n{", "[", "Focused nodes\n", "` ["],
)
def test_huge_answers_of_awkward_pieces_are_read_in_linear_time(piece: str):
    it = Checked(Names(IDS))
    for _ in range(60_000 // len(piece)):
        for _ in it.feed(piece):
            pass
    assert len(list(it.finish())) <= 2
    assert it.received <= 60_000
