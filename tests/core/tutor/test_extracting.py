"""Answers without a model: every sentence stands somewhere, every pointer leads somewhere."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from nanochat_learn import workspace as verbs
from nanochat_learn.places import open_workspace
from nanochat_learn.schema.search import Intent, SearchAnswer, SearchHit
from nanochat_learn.shipping import prepare
from nanochat_learn.tutor import Material
from nanochat_learn.tutor.extracting import extract
from nanochat_learn.tutor.material import find
from nanochat_learn.tutor.paragraphs import first_sentence, nearest, shortened
from nanochat_learn.workspace import asking

LINK = re.compile(r"\[\[([^\[\]]+)\]\]")


def answer(material: Material, *ids: str, intent: Intent = "open", **more) -> SearchAnswer:
    hits = []
    for id in ids:
        node = material.index.node(id)
        place = {"file_path": node.file_path, "line": getattr(node, "line", None)}
        hits.append(
            SearchHit(id=node.id, score=1, type=node.type, label=node.label, why="why", **place)
        )
    return SearchAnswer(query="q", results=tuple(hits), intent=intent, ways=("graph",), **more)


@pytest.fixture(scope="module")
def nanochat(tmp_path_factory) -> Material:
    root: Path = tmp_path_factory.mktemp("ours") / "course"
    prepare(root, lessons=True)
    workspace = open_workspace(root)
    verbs.index(workspace)
    return asking._material(workspace, None)


def test_a_concept_leads_with_its_sentence_and_the_nearest_paragraph(nanochat: Material):
    found = answer(nanochat, "concept:inference.kv_cache", "nanochat/cache.py:KVCache.insert")
    text = extract(nanochat, "Does the cache change the answer?", found)
    first, second = text.split("\n\n")[:2]
    assert first.startswith("The KV cache keeps the keys and values of earlier tokens")
    assert first.endswith("[[concept:inference.kv_cache]]")
    assert second.startswith("**Does the cache change the answer?** No.")
    assert "- [[nanochat/cache.py:KVCache.insert]], line" in text


def test_why_and_how_choose_their_section(nanochat: Material):
    note = nanochat.notes["concept:inference.kv_cache"]
    assert nearest(note, "why is there a cache?").paragraph.heading == "Why it exists"
    assert nearest(note, "how does the cache work?").paragraph.heading == "How it works"
    assert nearest(note, "where in the code is the cache?").paragraph.heading == "In this code"
    for question in ("why", "how", "where", "what", "zzz"):
        text = nearest(note, question).paragraph.text
        assert not re.search(r"</?details>|```|^#|\$\$", text), text


def test_a_named_function_shows_its_lines_its_ideas_and_who_uses_it(nanochat: Material):
    id = "nanochat/sampling.py:best_shares"
    text = extract(nanochat, "What is best_shares?", answer(nanochat, id, intent="symbol"))
    node = nanochat.index.node(id)
    assert f"[[{id}]] is a function (`nanochat/sampling.py`, line {node.line})." in text
    assert "**Used by:** [[nanochat/sampling.py:all_shares]]" in text
    shown = re.search(
        r"Lines? (\d+)(?: to (\d+))? of `nanochat/sampling.py`:\n\n```python\n(.+?)\n```",
        text,
        re.S,
    )
    first, last = int(shown[1]), int(shown[2] or shown[1])
    source = Path(asking.__file__).parents[2] / "nanochat" / "sampling.py"
    real = source.read_text("utf-8").splitlines()[first - 1 : last]
    assert [row.strip() for row in shown[3].splitlines()] == [row.strip() for row in real]


def test_edges_are_listed_with_their_reasons_and_without_the_thing_itself(nanochat: Material):
    asked = find(nanochat, "Who calls best_shares?")
    assert asked.intent == "callers"
    text = extract(nanochat, "Who calls best_shares?", asked)
    assert text.startswith("These places use it:")
    assert "- [[nanochat/sampling.py:all_shares]]: calls best_shares in line" in text
    assert "[[nanochat/sampling.py:best_shares]]" not in text


def test_no_edges_are_said_to_be_none(nanochat: Material):
    found = answer(
        nanochat, "nanochat/gpt.py:GPT", intent="callers", reason="Nothing calls GPT by name."
    )
    assert extract(nanochat, "Who calls GPT?", found).startswith("Nothing calls GPT by name.")


def test_what_is_absent_is_said_to_be_absent(nanochat: Material):
    found = answer(nanochat, "nanochat/gpt.py:GPT", absent=True, reason="No “login” here.")
    text = extract(nanochat, "How does the login work?", found)
    assert text.startswith("I did not find this in the code of course, nor in its notes.")
    assert "No “login” here." in text
    assert "[[nanochat/gpt.py:GPT]]" in text
    nothing = SearchAnswer(query="q", results=(), intent="open", ways=("words",))
    assert "I did not find this" in extract(nanochat, "?", nothing)


def test_all_of_our_questions_get_an_answer_whose_pointers_lead_somewhere(nanochat: Material):
    file = Path(__file__).parents[3] / "bench" / "questions.jsonl"
    questions = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    ours = [one["question"] for one in questions if one["code"] == "nanochat"]
    assert len(ours) > 50
    for question in ours:
        text = extract(nanochat, question, find(nanochat, question))
        links = LINK.findall(text)
        assert all(id in nanochat.index.nodes for id in links), (question, links)
        assert links, question
        assert 60 < len(text) < 4_000, (question, len(text))
        assert text.count("```") % 2 == 0
        assert "``" not in text.replace("```", ""), question
        for row in text.splitlines():
            assert not row.rstrip().endswith((": ", "[[", "- ")), (question, row)


def test_a_tree_without_notes_answers_from_its_docstrings(tmp_path: Path):
    (tmp_path / "app.py").write_text(
        'def login(name):\n    """Let a person in. Then more [[fake.py]]."""\n    return name\n\n\n'
        "def bare(x):\n    return login(x)\n",
        "utf-8",
    )
    workspace = open_workspace(tmp_path)
    verbs.index(workspace)
    material = asking._material(workspace, None)
    text = extract(material, "Where does a person log in?", answer(material, "app.py:login"))
    assert text.startswith("[[app.py:login]] is a function (`app.py`, line 1). Let a person in.")
    assert LINK.findall(text) and set(LINK.findall(text)) <= set(material.index.nodes)
    bare = extract(material, "What is bare?", answer(material, "app.py:bare", intent="symbol"))
    assert "It has no description of its own." in bare


def test_sentences_are_cut_where_they_end():
    assert first_sentence("One thing, e.g. this. Another. ") == "One thing, e.g. this."
    assert first_sentence("Only one") == "Only one"
    assert first_sentence("Line one\ngoes on.\n\nNext.") == "Line one goes on."
    long = "A sentence of words. " * 100
    assert shortened(long).endswith("words.") and len(shortened(long)) <= 900
    assert shortened("x" * 2_000, 50).endswith("…")
    assert shortened("") == ""
