"""Concept pages: which lines are shown for a tag, in which order, and what stands beside them."""

from __future__ import annotations

import pytest
from graph_builders import (
    Sources,
    file,
    graph,
    knowledge,
    lesson,
    note,
    picture,
    planned,
    source_of,
    tree,
)

from nanochat_learn.errors import CannotRead, NotFound
from nanochat_learn.graph import GraphIndex, concept_list, concept_page
from nanochat_learn.graph.covered import covered, definition_text, tag_lines
from nanochat_learn.indexer.facts import FileFacts, Tag
from nanochat_learn.knowledge import Knowledge
from nanochat_learn.schema.concept import ConceptPage

SOURCE = """\
import math

# @learn:attention.rope
SCALE = (
    2 * math.pi
)

class Rotary:
    '''Text that is
less indented than the code.'''

    # @learn:attention.rope
    @staticmethod
    def turn(x):
        y = x + 1  # @learn:attention.rope
        # @learn:attention.rope
        for _ in range(3):
            y += 1
            y += 2
        return y

    def plain(self):
        # @def:attention.rope
        # Rope *turns* pairs. See [[attention.gqa]] and `[[not.this]]`.
        #
        # Second paragraph.
        # @viz:rope_dials
        return 0
"""


def page(source: str, said: Knowledge, concept: str = "attention.rope") -> ConceptPage:
    index = GraphIndex(graph(tree(file("m.py", source)), said))
    return concept_page(index, said, concept, source_of(**{"m.py": source}))


def facts_of(found: ConceptPage) -> list[tuple[str, int, int]]:
    return [(a.node, a.line, a.end_line) for a in found.anchors]


def test_anchors_definitions_first_then_by_place() -> None:
    source = SOURCE.replace("    @staticmethod\n", "")
    found = page(source, knowledge(planned=(planned("attention.rope"),)))
    assert facts_of(found) == [
        ("m.py:Rotary.plain", 22, 25),  # the @def block
        ("m.py:Rotary.turn", 13, 19),  # a whole definition
        ("m.py", 4, 6),  # single statements
        ("m.py:Rotary.turn", 14, 14),
        ("m.py:Rotary.turn", 16, 18),
    ]
    assert found.anchors[2].code == "SCALE = (\n    2 * math.pi\n)"
    assert found.anchors[4].code == "for _ in range(3):\n    y += 1\n    y += 2"
    assert found.anchors[1].code.startswith("def turn(x):\n    y = x + 1")


def test_a_concept_defined_in_the_code_shows_that_text() -> None:
    said = knowledge(planned=(planned("attention.rope"), planned("attention.gqa")))
    found = page(SOURCE, said)
    assert found.state == "defined"
    assert found.body == (
        "Rope *turns* pairs. See [[attention.gqa]] and `[[not.this]]`.\n\nSecond paragraph."
    )
    assert found.links == {"attention.gqa": "concept:attention.gqa"}
    assert found.file_path == "m.py"


def test_a_written_concept_shows_its_note_and_what_stands_beside_it() -> None:
    said = knowledge(
        notes=(
            note(
                "attention.rope",
                "Body [[m.py:f]] [[attention.gqa]] [[gone]].",
                title="Rotary",
                needs=("attention.gqa", "data.rows"),
                pictures=("later", "dials"),
                aliases=("turning",),
                symbols=("m.py:f",),
            ),
        ),
        planned=(
            planned("data.rows"),
            planned("attention.gqa"),
            planned("data.z", "attention.rope"),
        ),
        pictures=(picture("another", "attention.rope"), picture("dials")),
        lessons=(lesson("02_b", "attention.rope"), lesson("01_a", "attention.rope")),
    )
    found = page("def f():\n    return 1\n", said)
    assert (found.title, found.state, found.aliases) == ("Rotary", "written", ("turning",))
    assert found.sentence == "One sentence."
    assert found.file_path == "docs/knowledge_base/attention.rope.md"
    assert [c.id for c in found.simpler] == ["data.rows", "attention.gqa"]  # clusters.yaml's order
    assert [c.id for c in found.deeper] == ["data.z"]
    assert [p.id for p in found.pictures] == ["dials", "another"]
    assert found.planned_pictures == ("later",)
    assert [x.id for x in found.lessons] == ["01_a", "02_b"]
    assert found.links == {"m.py:f": "m.py:f", "attention.gqa": "concept:attention.gqa"}
    assert facts_of(found) == [("m.py:f", 1, 2)]  # named by the note, without a tag
    assert found.anchors[0].code == "def f():\n    return 1"


def test_a_planned_concept_has_an_empty_body() -> None:
    found = page("x = 1\n", knowledge(planned=(planned("attention.rope"),)))
    assert (found.body, found.state, found.anchors) == ("", "planned", ())


def test_long_code_is_cut_but_its_end_is_told() -> None:
    source = "# @learn:attention.rope\ndef f():\n" + "    x = 1\n" * 50
    anchor = page(source, knowledge(planned=(planned("attention.rope"),))).anchors[0]
    assert (anchor.line, anchor.end_line, anchor.code.count("\n") + 1) == (2, 52, 24)


def test_a_tag_inside_an_explained_definition_is_shown_once() -> None:
    source = (
        "# @learn:data.a\nclass C:\n    # @learn:data.a\n    def f(self):\n"
        "        x = 1  # @learn:data.a\n        return x\n"
    )
    found = page(source, knowledge(planned=(planned("data.a"),)), "data.a")
    assert facts_of(found) == [("m.py:C", 2, 6), ("m.py:C.f", 4, 6), ("m.py:C.f", 5, 5)]


def test_each_cell_of_a_notebook_is_a_place_of_its_own() -> None:
    tags = [Tag("learn", "data.a", 2, 3, 3, "", "", c) for c in ("c1", "c2")]
    book = FileFacts("n.ipynb", 9, tags=tags)
    said = knowledge(planned=(planned("data.a"),))
    index = GraphIndex(graph(tree(book), said))
    code_of = Sources(
        c1="%time\n# @learn:data.a\nx = 1\n", c2="y = 0\n# @learn:data.a\ny = (\n2)\n"
    )
    found = concept_page(index, said, "data.a", code_of)
    assert [(a.cell, a.line, a.end_line, a.code) for a in found.anchors] == [
        ("c1", 3, 3, "x = 1"),
        ("c2", 3, 4, "y = (\n2)"),
    ]


def test_code_that_is_gone_since_the_graph_was_made_does_not_stop_the_page() -> None:
    said = knowledge(planned=(planned("attention.rope"),))
    index = GraphIndex(graph(tree(file("m.py", SOURCE)), said))

    def gone(*_: object) -> str:
        raise CannotRead("m.py cannot be read.")

    for code_of in (Sources(), gone):
        found = concept_page(index, said, "attention.rope", code_of)
        assert {a.code for a in found.anchors} == {""}


def test_an_unknown_concept_suggests_a_known_one() -> None:
    with pytest.raises(NotFound) as caught:
        page("", knowledge(planned=(planned("attention.rope"),)), "attention.roap")
    assert "Did you mean `attention.rope`?" in caught.value.hint
    with pytest.raises(NotFound) as caught:
        page("", knowledge(), "x")
    assert caught.value.hint


def test_the_list_follows_clusters_then_clusters_yaml() -> None:
    said = knowledge(
        planned=(planned("data.z"), planned("data.a"), planned("attention.rope")),
        notes=(note("attention.extra"),),
    )
    found = concept_list(graph(tree(), said), said).concepts
    assert [c.id for c in found] == ["attention.rope", "attention.extra", "data.z", "data.a"]
    assert [c.state for c in found] == ["planned", "written", "planned", "planned"]


@pytest.mark.parametrize(
    ("source", "tag", "expected"),
    [
        ("# T\nx = 1\ny = 2\n", 1, (2, 2)),
        ("x = 1  # T\ny = 2\n", 1, (1, 1)),
        ("x = f(\n  1,  # T\n  2)\n", 2, (1, 3)),  # the statement, not the line
        ("# T\n\n# more\nif x:\n    y\nelse:\n    z\nw\n", 1, (4, 7)),
        ("# T\nif x: y\nz\n", 1, (2, 2)),
        ("    # T\n    x = 1\n    y = 1\n", 1, (2, 2)),
        ("  x = '''\nleft\n'''\n  # T\n  y = 1\n", 4, (5, 5)),
        ("# T\n@deco\ndef f():\n    pass\n", 1, (2, 4)),
        ("for i in x:\n    # T\n    a\n    b\n", 2, (3, 3)),
        ("# T\nnot python at all\nsecond\n\nthird\n", 1, (2, 3)),
        ("broken ( # T\n", 1, (1, 1)),
        ("# T", 1, (1, 1)),
        ("# T\nx <<<\n", 1, (2, 2)),
    ],
)
def test_what_a_tag_covers(source: str, tag: int, expected: tuple[int, int]) -> None:
    place = covered(source, 1, tag)
    assert (place.line, place.end_line) == expected
    moved = covered(source, 101, tag + 100)
    assert (moved.line - 100, moved.end_line - 100) == expected


def test_tag_lines_are_comments_that_end_with_the_tag() -> None:
    source = "# @learn:a.b\nx = 1  #@learn:a.b  \n# @learn:a.bc\n# see @learn:a.b\n# @learn:axb\n"
    assert tag_lines(source, 10, "learn", "a.b") == [10, 11]


def test_a_definition_ends_at_code_and_at_the_next_tag() -> None:
    place, text = definition_text("# @def:a\n#one\n#  two\n# @viz:x\ny\n", 5, 5)
    assert ((place.line, place.end_line), text) == ((5, 7), "one\n two")
    assert definition_text("# @def:a", 1, 1)[1] == ""
