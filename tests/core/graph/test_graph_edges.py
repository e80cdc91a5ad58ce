"""Every kind of node and edge, from the smallest tree that has it."""

from __future__ import annotations

from typing import get_args

import pytest
from graph_builders import (
    edges,
    file,
    graph,
    knowledge,
    lesson,
    link,
    note,
    picture,
    planned,
    tree,
)

from nanochat_learn.indexer.facts import FileFacts, Link, Symbol, Tag
from nanochat_learn.schema.graph import EdgeType, KnowledgeGraph

MODEL = """\
# @learn:attention.rope
def rotate(x):
    def half(y):
        return y
    return half(x)

class Block:
    # @viz:rope_dials
    def forward(self, x):
        # @learn:attention.rope
        return rotate(x)
    # @def:architecture.block
    # A block *mixes* tokens. Then it works on each alone.
    def mix(self, x):
        # @todo:explain:why_twice
        return x
"""


def nodes(the_graph: KnowledgeGraph) -> dict[str, object]:
    return {n.data.id: n.data for n in the_graph.elements.nodes}


@pytest.fixture
def whole() -> KnowledgeGraph:
    """One graph that has every kind of edge."""
    model = file("pkg/model.py", MODEL)
    notebook = FileFacts("lessons/01_rope.ipynb", 9, wiki_links=[("attention.rope", 4, "c1")])
    other = file("pkg/other.py", "class Sub:\n    def forward(self):\n        pass\n")
    links = [
        link("calls", "pkg/model.py:Block.forward", "pkg/model.py:rotate", 11),
        link("imports", "pkg/other.py", "external:torch.nn", 1),
        link("inherits", "pkg/other.py:Sub", "pkg/model.py:Block", 1),
        link("instantiates", "pkg/other.py", "pkg/model.py:Block", 3),
        link("overrides", "pkg/other.py:Sub.forward", "pkg/model.py:Block.forward", 2),
    ]
    said = knowledge(
        notes=(
            note(
                "attention.rope",
                "See [[pkg/model.py:rotate]].",
                needs=("data.rows",),
                pictures=("rope_dials", "later"),
            ),
        ),
        planned=(planned("data.rows"), planned("attention.rope", "architecture.block")),
        pictures=(picture("rope_dials", "attention.rope", "data.rows"),),
        lessons=(lesson("01_rope", "attention.rope"),),
    )
    return graph(tree(model, other, notebook, links=links), said)


def test_the_fixture_has_every_kind_of_edge(whole: KnowledgeGraph) -> None:
    assert {e.data.type for e in whole.elements.edges} == set(get_args(EdgeType))


def test_no_edge_lacks_an_end(whole: KnowledgeGraph) -> None:
    ids = set(nodes(whole))
    assert all({e.data.source, e.data.target} <= ids for e in whole.elements.edges)


def test_contains_goes_from_outer_to_inner_at_every_depth(whole: KnowledgeGraph) -> None:
    found = {(source, target) for source, target, *_ in edges(whole, "contains")}
    assert found == {
        ("pkg/model.py", "pkg/model.py:rotate"),
        ("pkg/model.py:rotate", "pkg/model.py:rotate.half"),
        ("pkg/model.py", "pkg/model.py:Block"),
        ("pkg/model.py:Block", "pkg/model.py:Block.forward"),
        ("pkg/model.py:Block", "pkg/model.py:Block.mix"),
        ("pkg/other.py", "pkg/other.py:Sub"),
        ("pkg/other.py:Sub", "pkg/other.py:Sub.forward"),
    }


def test_links_of_the_tree_become_edges_of_the_same_kind(whole: KnowledgeGraph) -> None:
    assert edges(whole, "calls") == [
        ("pkg/model.py:Block.forward", "pkg/model.py:rotate", "pkg/model.py", 11)
    ]
    assert edges(whole, "imports") == [("pkg/other.py", "external:torch.nn", "pkg/other.py", 1)]
    assert edges(whole, "inherits")[0][:2] == ("pkg/other.py:Sub", "pkg/model.py:Block")
    assert edges(whole, "instantiates")[0][:2] == ("pkg/other.py", "pkg/model.py:Block")
    assert edges(whole, "overrides")[0][:2] == (
        "pkg/other.py:Sub.forward",
        "pkg/model.py:Block.forward",
    )


def test_an_external_node_knows_its_library(whole: KnowledgeGraph) -> None:
    node = nodes(whole)["external:torch.nn"]
    assert (node.type, node.source, node.library, node.label) == (
        "external",
        "external",
        "torch",
        "torch.nn",
    )


def test_learn_explains_the_definition_or_the_code_around(whole: KnowledgeGraph) -> None:
    assert edges(whole, "explains") == [
        ("concept:attention.rope", "pkg/model.py:Block.forward", "pkg/model.py", 10),
        ("concept:attention.rope", "pkg/model.py:rotate", "pkg/model.py", 1),
    ]


def test_def_defines_a_concept_with_its_first_sentence(whole: KnowledgeGraph) -> None:
    assert edges(whole, "defines") == [
        ("pkg/model.py:Block.mix", "concept:architecture.block", "pkg/model.py", 12)
    ]
    concept = nodes(whole)["concept:architecture.block"]
    assert (concept.state, concept.docstring, concept.label, concept.file_path) == (
        "defined",
        "A block *mixes* tokens.",
        "Block",
        "pkg/model.py",
    )


def test_a_picture_shows_code_and_concepts(whole: KnowledgeGraph) -> None:
    assert {e[:2] for e in edges(whole, "visualizes")} == {
        ("viz:rope_dials", "pkg/model.py:Block.forward"),
        ("viz:rope_dials", "concept:attention.rope"),
        ("viz:rope_dials", "concept:data.rows"),
        ("viz:later", "concept:attention.rope"),
    }
    assert nodes(whole)["viz:rope_dials"].state == "ready"
    assert nodes(whole)["viz:later"].state == "planned"


def test_the_needs_of_a_note_beat_those_of_its_entry(whole: KnowledgeGraph) -> None:
    assert edges(whole, "prerequisite") == [
        (
            "concept:data.rows",
            "concept:attention.rope",
            "docs/knowledge_base/attention.rope.md",
            5,
        )
    ]
    assert nodes(whole)["concept:attention.rope"].label == "Attention.Rope"  # the note's title


def test_the_needs_of_an_entry_count_while_there_is_no_note() -> None:
    said = knowledge(
        planned=(planned("data.a"), planned("data.b", "data.a")), clusters_path="clusters.yaml"
    )
    assert edges(graph(tree(), said), "prerequisite") == [
        ("concept:data.a", "concept:data.b", "clusters.yaml", 1)
    ]


def test_a_lesson_teaches_and_its_notebook_speaks_as_the_lesson(whole: KnowledgeGraph) -> None:
    assert edges(whole, "teaches")[0][:2] == ("lesson:01_rope", "concept:attention.rope")
    assert {e[:2] for e in edges(whole, "references")} == {
        ("concept:attention.rope", "pkg/model.py:rotate"),
        ("lesson:01_rope", "concept:attention.rope"),
    }


def test_a_notebook_that_is_no_lesson_refers_as_a_file() -> None:
    notebook = FileFacts("notes.ipynb", 9, wiki_links=[("data.a", 4, "c1"), ("data.a", 2, "c2")])
    made = graph(tree(notebook), knowledge(planned=(planned("data.a"),)))
    assert [(e.data.source, e.data.cell) for e in made.elements.edges] == [
        ("notes.ipynb", "c1"),
        ("notes.ipynb", "c2"),
    ]


def test_todos_are_data_of_the_node_they_stand_in(whole: KnowledgeGraph) -> None:
    todos = nodes(whole)["pkg/model.py:Block.mix"].todos
    assert [(t.slug, t.line) for t in todos] == [("why_twice", 15)]
    assert nodes(whole)["pkg/model.py:Block"].todos == ()


def test_repeated_relations_become_one_edge_with_the_first_place_and_a_count() -> None:
    source = "def f():\n    # @learn:data.a\n    x = 1\n    # @learn:data.a\n    y = 2\n"
    made = graph(
        tree(
            file("m.py", source),
            links=[
                Link("calls", "m.py:f", "external:math.sqrt", "m.py", 5, None, 2),
                Link("calls", "m.py:f", "external:math.sqrt", "m.py", 3, None, 1),
            ],
        ),
        knowledge(planned=(planned("data.a"),)),
    )
    found = {e.data.type: (e.data.line, e.data.count) for e in made.elements.edges}
    assert found["calls"] == (3, 3)
    assert found["explains"] == (2, 2)


def test_a_note_explains_its_symbols_where_no_tag_says_so() -> None:
    """A clone of the original has no tags, and meets our notes by its symbols."""
    said = knowledge(notes=(note("attention.rope", symbols=("m.py:f", "m.py:gone")),))
    plain, tagged = "def f():\n    pass\n", "# @learn:attention.rope\ndef f():\n    pass\n"
    assert edges(graph(tree(file("m.py", plain)), said), "explains") == [
        ("concept:attention.rope", "m.py:f", "docs/knowledge_base/attention.rope.md", 6)
    ]
    assert edges(graph(tree(file("m.py", tagged)), said), "explains") == [
        ("concept:attention.rope", "m.py:f", "m.py", 1)
    ]


def test_cluster_by_note_then_namespace_then_entry_then_other() -> None:
    source = "# @learn:nowhere.known\nx = 1\n"
    said = knowledge(
        notes=(note("attention.rope", cluster="data"), note("attention.odd", cluster="lost")),
        planned=(planned("attention.gqa", cluster="data"), planned("free.idea", cluster="data")),
    )
    made = graph(tree(file("m.py", source)), said)
    found = {k.removeprefix("concept:"): n.cluster for k, n in nodes(made).items() if ":" in k}
    assert found == {
        "attention.rope": "data",
        "attention.odd": "architecture",
        "attention.gqa": "architecture",
        "free.idea": "data",
        "nowhere.known": "other",
    }
    assert [c.id for c in made.clusters] == ["architecture", "data", "other"]
    assert [c.id for c in graph(tree()).clusters] == ["architecture", "data"]


def test_a_name_defined_twice_is_one_node_at_its_first_place() -> None:
    first = Symbol("C.x", "function", 3, 4, "(self)", "", "", (), None)
    setter = Symbol("C.x", "function", 6, 7, "(self, v)", "", "", (), None)
    outer = Symbol("C", "class", 1, 9, "()", "", "", (), None)
    made = graph(tree(FileFacts("m.py", 9, symbols=[setter, first, outer])))
    assert nodes(made)["m.py:C.x"].line == 3
    assert len(edges(made, "contains")) == 2


def test_a_tag_whose_scope_is_unknown_falls_to_the_nearest_node_around() -> None:
    tag = Tag("learn", "data.a", 2, 3, 3, "f.ghost.inner", "", None)
    symbol = Symbol("f", "function", 1, 9, "()", "", "", (), None)
    facts = FileFacts("m.py", 9, symbols=[symbol], tags=[tag])
    assert edges(graph(tree(facts)), "explains")[0][1] == "m.py:f"


def test_links_to_nothing_are_left_out() -> None:
    made = graph(tree(file("m.py", "x = 1\n"), links=[link("calls", "m.py", "gone.py:f")]))
    assert made.elements.edges == ()


def test_file_labels_say_which_package_where_the_name_does_not() -> None:
    made = graph(tree(file("a/b/__init__.py", ""), file("a/b/gpt.py", ""), file("__main__.py", "")))
    assert [n.data.label for n in made.elements.nodes] == [
        "__main__.py",
        "b/__init__.py",
        "gpt.py",
    ]
