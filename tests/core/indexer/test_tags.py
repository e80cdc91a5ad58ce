"""Tags: the shared contract, what each covers, and that no edit elsewhere loses one."""

from __future__ import annotations

import io
import json
import tokenize
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nanochat_learn.indexer import read_module
from nanochat_learn.indexer.comments import find_comments
from nanochat_learn.indexer.tags import likely_intent

CONTRACT = json.loads(
    (Path(__file__).parents[2] / "contracts" / "tags.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("example", CONTRACT["tags"], ids=lambda e: e["comment"])
def test_well_formed(example):
    (tag,) = read_module(f"{example['comment']}\nx = 1\n", "a.py").tags
    assert (tag.kind, tag.target) == (example["kind"], example["target"])


@pytest.mark.parametrize("example", CONTRACT["malformed"], ids=lambda e: e["comment"])
def test_malformed_with_the_likely_intent(example):
    facts = read_module(f"x = 1\n{example['comment']}\n", "a.py")
    assert not facts.tags
    (problem,) = facts.problems
    assert (problem.kind, problem.line) == ("malformed_tag", 2)
    assert likely_intent(example["comment"]) == example["hint"]
    assert example["hint"] in problem.message


@pytest.mark.parametrize("comment", CONTRACT["plain"])
def test_ordinary_comments_are_nobodys_tag(comment):
    facts = read_module(f"{comment}\n", "a.py")
    assert not facts.tags
    assert not facts.problems


def covered(text: str) -> list[tuple[str, int, int, str]]:
    tags = read_module(text, "a.py").tags
    return [(tag.target, tag.first_line, tag.last_line, tag.scope) for tag in tags]


def test_above_a_definition_covers_the_definition():
    text = "# @learn:a\n@decorated\n# @learn:b\ndef f():\n    return 1\n"
    assert covered(text) == [("a", 4, 5, "f"), ("b", 4, 5, "f")]


def test_above_a_statement_covers_it_and_a_compound_one_whole():
    text = (
        "def f():\n    # @learn:a\n    for x in y:\n        g(x)\n"
        "    # @learn:b\n    return (\n        1\n    )\n"
    )
    assert covered(text) == [("a", 3, 4, "f"), ("b", 6, 8, "f")]


def test_trailing_covers_its_line():
    text = (
        "class A:\n    def f(self):\n        x = g(  # @learn:a\n            1\n        )\n"
        "        y = 2  # @learn:b\n"
    )
    assert covered(text) == [("a", 3, 5, "A.f"), ("b", 6, 6, "A.f")]


def test_inside_a_long_expression_covers_the_statement():
    assert covered("x = f(\n    # @learn:a\n    1,\n)\n") == [("a", 1, 4, "")]


def test_at_the_end_of_a_block_never_reaches_into_the_next():
    text = "def f():\n    x = 1\n    # @learn:a\n\n\ndef g():\n    pass\n"
    assert covered(text) == [("a", 6, 7, "g")] or covered(text) == [("a", 3, 3, "")]


def test_a_definition_in_place_takes_the_comment_lines_below():
    text = "# @def:a.b\n# One *two*\n#   three\n#\n# four\nx = 1\n# five\n"
    (tag,) = read_module(text, "a.py").tags
    assert tag.text == "One *two*\n  three\n\nfour"
    assert (tag.first_line, tag.last_line) == (2, 5)


def test_a_definition_ends_at_the_next_tag():
    one, two = read_module("# @def:a\n# text\n# @learn:b\nx = 1\n", "a.py").tags
    assert (one.text, two.target, two.first_line) == ("text", "b", 4)


def test_tags_in_strings_are_no_tags():
    text = (
        's = "# @learn:a"\nt = """\n# @learn:b\n"""\nu = f\'# @learn:{s}\'\nv = r"\\" # @learn:c\n'
    )
    assert [tag.target for tag in read_module(text, "a.py").tags] == []
    assert read_module('v = r"\\\\"  # @learn:c\n', "a.py").tags[0].target == "c"


def test_broken_code_keeps_its_tags():
    facts = read_module("# @learn:a.b\ndef f(:\n    pass\n", "a.py")
    assert [tag.target for tag in facts.tags] == ["a.b"]
    assert [(problem.kind, problem.line) for problem in facts.problems] == [("unreadable_file", 2)]


WORD = st.from_regex(r"[a-z0-9_]{1,8}", fullmatch=True)
TARGET = st.lists(WORD, min_size=1, max_size=3).map(".".join)
LINES = st.sampled_from(
    ["x = 1", "def f():\n    return 2", "class A:\n    pass", "", "# words", "y = 'text # no'"]
)


@given(st.lists(st.tuples(st.sampled_from(["learn", "viz"]), TARGET, LINES), max_size=6))
def test_any_tags_between_any_code_are_all_found(parts):
    text = "".join(f"# @{kind}:{target}\n{code}\n" for kind, target, code in parts)
    tags = read_module(text, "a.py").tags
    assert [(tag.kind, tag.target) for tag in tags] == [(kind, t) for kind, t, _ in parts]
    lines = text.split("\n")
    for tag in tags:
        assert lines[tag.line - 1] == f"# @{tag.kind}:{tag.target}"


@given(st.text(max_size=200), st.text(max_size=200))
def test_nothing_a_person_types_below_loses_the_tag_above(before, after):
    """Whatever stands after it, a tag on its own first line is found, and nothing raises."""
    facts = read_module(f"# @learn:a.b\nx = 1\n{after}", "a.py")
    assert facts.tags
    assert facts.tags[0][:3] == ("learn", "a.b", 1)
    read_module(before + after, "b.py")


def python_says(text: str) -> list[tuple[int, str]]:
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return [(t.start[0], t.string) for t in tokens if t.type == tokenize.COMMENT]


@pytest.mark.parametrize("module", ["argparse", "dis", "inspect", "tokenize", "typing", "shutil"])
def test_comments_agree_with_pythons_own_tokenizer(module):
    path = Path(__import__(module).__file__)
    text = path.read_text(encoding="utf-8")
    assert [(c.line, c.text) for c in find_comments(text)] == python_says(text)


@given(
    st.lists(
        st.sampled_from(
            ['"a#b"', "'#'", '"""x\n#y"""', "r'\\'", "b'#'", "f'{1}#'", "1", "# end", '"\\"#"']
        ),
        max_size=8,
    )
)
def test_comments_of_random_lines_agree(parts):
    text = "".join(f"x = {part}\n" if not part.startswith("#") else f"{part}\n" for part in parts)
    try:
        wanted = python_says(text)
    except (tokenize.TokenError, SyntaxError):
        return
    assert [(c.line, c.text) for c in find_comments(text)] == wanted
