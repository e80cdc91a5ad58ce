"""Questions to a finished graph."""

from __future__ import annotations

import itertools

import pytest
from graph_builders import file, graph, link, tree
from hypothesis import given, settings
from hypothesis import strategies as st

from nanochat_learn.errors import NotFound
from nanochat_learn.graph import GraphIndex
from nanochat_learn.graph.nearest import nearest

SOURCE = "def a(): ...\ndef b(): ...\ndef c(): ...\ndef lonely(): ...\nclass K: ...\n"


@pytest.fixture
def index() -> GraphIndex:
    """a → b → c, a instantiates K, c calls a library; the file contains all."""
    links = [
        link("calls", "m.py:a", "m.py:b"),
        link("calls", "m.py:b", "m.py:c"),
        link("calls", "m.py:b", "m.py:a"),
        link("instantiates", "m.py:a", "m.py:K"),
        link("calls", "m.py:c", "external:torch.exp"),
    ]
    return GraphIndex(graph(tree(file("m.py", SOURCE), file("other.py", ""), links=links)))


def test_callers_and_callees(index: GraphIndex) -> None:
    assert index.callers("m.py:c") == ["m.py:b"]
    assert index.callers("m.py:K") == ["m.py:a"]
    assert index.callees("m.py:a") == ["m.py:K", "m.py:b"]
    assert index.callees("m.py:c") == ["external:torch.exp"]
    assert index.callers("m.py:lonely") == []


def test_neighbours_nearest_first_in_both_directions(index: GraphIndex) -> None:
    assert index.neighbours("external:torch.exp", 0) == ["external:torch.exp"]
    assert index.neighbours("external:torch.exp", 1) == ["external:torch.exp", "m.py:c"]
    assert index.neighbours("external:torch.exp", 2) == [
        "external:torch.exp",
        "m.py:c",
        "m.py",
        "m.py:b",
    ]
    assert "other.py" not in index.neighbours("m.py:a", 99)


def test_a_shortest_path_or_none(index: GraphIndex) -> None:
    assert index.path("m.py:a", "external:torch.exp") in (
        ["m.py:a", "m.py:b", "m.py:c", "external:torch.exp"],
        ["m.py:a", "m.py", "m.py:c", "external:torch.exp"],
    )
    assert index.path("m.py:a", "m.py:a") == ["m.py:a"]
    assert index.path("m.py:a", "other.py") == []


def test_edges_between_two_nodes_in_both_directions(index: GraphIndex) -> None:
    assert [(e.source, e.target) for e in index.between("m.py:a", "m.py:b")] == [
        ("m.py:a", "m.py:b"),
        ("m.py:b", "m.py:a"),
    ]
    assert index.between("m.py:a", "m.py:c") == []


def test_a_subgraph_keeps_only_edges_inside(index: GraphIndex) -> None:
    part = index.subgraph(["m.py:c", "m.py:b"])
    assert [n.data.id for n in part.nodes] == ["m.py:b", "m.py:c"]
    assert [(e.data.source, e.data.target) for e in part.edges] == [("m.py:b", "m.py:c")]


def test_search_exact_before_prefix_before_the_middle() -> None:
    source = (
        "def rope(): ...\ndef rope_table(): ...\ndef use_rope(): ...\n"
        "class C:\n    def rope(self): ...\n"
    )
    found = GraphIndex(graph(tree(file("pkg/m.py", source))))
    assert found.search("ROPE") == [
        "pkg/m.py:rope",
        "pkg/m.py:C.rope",
        "pkg/m.py:rope_table",
        "pkg/m.py:use_rope",
    ]
    assert found.search("pkg/m")[0] == "pkg/m.py"
    assert found.search("rope", limit=1) == ["pkg/m.py:rope"]
    assert found.search(" ") == found.search("nothing like it") == []


def test_an_unknown_id_names_what_may_have_been_meant(index: GraphIndex) -> None:
    for ask in (index.node, index.neighbours, index.callers, index.outgoing):
        with pytest.raises(NotFound) as caught:
            ask("m.py:lonelyx")
        assert "`m.py:lonely`" in caught.value.hint
    with pytest.raises(NotFound):
        index.path("m.py:a", "gone")
    with pytest.raises(NotFound):
        index.subgraph(["gone"])


def test_nearest_prefers_the_same_last_word() -> None:
    ids = ["nanochat/gpt.py:GPT.forward", "nanochat/gpt.py:GPT", "x.py:forwards"]
    assert nearest("gpt.py:forward", ids)[0] == "nanochat/gpt.py:GPT.forward"
    assert nearest("attention.rop", ["attention.rope", "data.rows"])[0] == "attention.rope"
    assert nearest("zzzz", ids) == nearest("x", []) == []


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=14),
    st.integers(0, 7),
    st.integers(0, 7),
)
def test_the_path_is_as_long_as_the_hop_at_which_the_goal_appears(
    pairs: list[tuple[int, int]], start: int, goal: int
) -> None:
    files = [file(f"m{n}.py", "") for n in range(8)]
    links = [link("imports", f"m{a}.py", f"m{b}.py") for a, b in pairs]
    index = GraphIndex(graph(tree(*files, links=links)))
    way = index.path(f"m{start}.py", f"m{goal}.py")
    for one, other in itertools.pairwise(way):
        assert index.between(one, other)
    hops = next((h for h in range(9) if f"m{goal}.py" in index.neighbours(f"m{start}.py", h)), None)
    assert (len(way) - 1 if way else None) == hops
