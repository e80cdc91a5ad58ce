"""The stored form: the same for the same content, and readable again."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from graph_builders import edges, file, graph, knowledge, link, note, picture, planned, tree
from hypothesis import given, settings
from hypothesis import strategies as st

from nanochat_learn.errors import CannotRead
from nanochat_learn.graph import build, from_bytes, to_bytes
from nanochat_learn.indexer.facts import FileFacts, Link, Symbol, Tag, Tree
from nanochat_learn.knowledge import Knowledge
from nanochat_learn.schema.export import TARGET
from nanochat_learn.schema.graph import Elements, NodeElement, Position

names = st.sampled_from(["f", "g", "C", "C.f", "C.g", "C.f.inner"])
concepts = st.sampled_from(["data.a", "data.b", "attention.rope", "lost.x"])
texts = st.text(max_size=12)  # surrogates are not among them; they have a test of their own
cells = st.sampled_from([None, "c1", "c2"])
lines = st.integers(1, 30)

symbols = st.builds(
    Symbol, names, st.sampled_from(["class", "function"]), lines, lines, texts, texts, texts,
    st.just(()), cells,
)  # fmt: skip
tags = st.builds(
    Tag, st.sampled_from(["learn", "def", "viz", "todo"]), concepts, lines, lines, lines, names,
    texts, cells,
)  # fmt: skip
paths = st.sampled_from(["a.py", "pkg/b.py", "pkg/ü.py", "n.ipynb"])
ids = st.one_of(paths, st.builds("{}:{}".format, paths, names), st.just("external:torch.nn.Linear"))
links = st.builds(
    Link, st.sampled_from(["calls", "imports", "inherits"]), ids, ids, paths, lines, cells,
    st.integers(1, 3),
)  # fmt: skip


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    found = {}
    for path in draw(st.sets(paths)):
        found[path] = FileFacts(
            path=path,
            lines=30,
            docstring=draw(texts),
            symbols=draw(st.lists(symbols, max_size=6, unique_by=lambda s: s.qualname)),
            tags=draw(st.lists(tags, max_size=6)),
            wiki_links=draw(st.lists(st.tuples(concepts, lines, cells), max_size=3)),
        )
    return Tree(found, draw(st.lists(links, max_size=8)), len(found))


@st.composite
def said(draw: st.DrawFn) -> Knowledge:
    own = st.lists(concepts, max_size=2).map(tuple)
    return knowledge(
        notes=tuple(
            note(c, needs=draw(own), pictures=("p",), symbols=("a.py:f",))
            for c in sorted(draw(st.sets(concepts)))
        ),
        planned=tuple(planned(c, *draw(own)) for c in sorted(draw(st.sets(concepts)))),
        pictures=(picture("p", *draw(own)),),
    )


def shuffled(given_tree: Tree, seed: int) -> Tree:
    """The same facts in another order, at every level."""
    chance = random.Random(seed)

    def mixed(items: list) -> list:
        return chance.sample(items, len(items))

    files = {
        path: FileFacts(
            path=facts.path,
            lines=facts.lines,
            docstring=facts.docstring,
            symbols=mixed(facts.symbols),
            tags=mixed(facts.tags),
            wiki_links=mixed(facts.wiki_links),
        )
        for path, facts in mixed(list(given_tree.files.items()))
    }
    return Tree(files, mixed(given_tree.links), given_tree.parsed)


@settings(max_examples=60)
@given(trees(), said(), st.integers(0, 10_000))
def test_the_order_of_arrival_does_not_change_a_byte(
    given_tree: Tree, given_knowledge: Knowledge, seed: int
) -> None:
    one = to_bytes(graph(given_tree, given_knowledge))
    assert to_bytes(graph(shuffled(given_tree, seed), given_knowledge)) == one


@settings(max_examples=60)
@given(trees(), said())
def test_what_was_written_is_read_back_equal(given_tree: Tree, given_knowledge: Knowledge) -> None:
    made = graph(given_tree, given_knowledge)
    assert from_bytes(to_bytes(made)) == made
    ids = {n.data.id for n in made.elements.nodes}
    assert all({e.data.source, e.data.target} <= ids for e in made.elements.edges)


@settings(max_examples=30)
@given(trees(), said())
def test_nodes_and_edges_stand_in_order(given_tree: Tree, given_knowledge: Knowledge) -> None:
    made = graph(given_tree, given_knowledge)
    ids = [n.data.id for n in made.elements.nodes]
    assert ids == sorted(set(ids))
    keys = [
        (e.data.source, e.data.target, e.data.type, e.data.cell or "") for e in made.elements.edges
    ]
    assert keys == sorted(set(keys))


def test_two_processes_make_the_same_bytes() -> None:
    """Sets are walked in an order that differs from process to process."""
    code = (
        "import sys; from graph_builders import *; from nanochat_learn.graph import to_bytes\n"
        "tags = ''.join(f'# @learn:lost.{n}\\nx = {n}\\n# @viz:p{n}\\ny = 1\\n' for n in (7, 8))\n"
        "sys.stdout.buffer.write(to_bytes(graph(tree(file('m.py', tags)))))"
    )
    here = Path(__file__).parent
    path = os.pathsep.join([str(here), str(here.parents[2])])
    made = {
        subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(made) == 1
    assert b"concept:lost.8" in made.pop()


def small() -> Tree:
    return tree(file("m.py", "def f(): ...\n"), links=[link("calls", "m.py", "m.py:f")])


def test_the_hash_follows_the_content_and_not_who_made_it() -> None:
    one = build(small(), knowledge(), lambda *_: "", generated_by="a 1")
    other = build(small(), knowledge(), lambda *_: "", generated_by="b 2")
    changed = graph(tree(file("m.py", "def g(): ...\n")))
    assert one.content_hash == other.content_hash != changed.content_hash
    assert len(one.content_hash) == 64
    assert to_bytes(one) != to_bytes(other)


def test_stored_form_is_cytoscape_elements_without_positions() -> None:
    made = graph(small())
    placed = tuple(
        NodeElement(data=n.data, position=Position(x=1, y=2)) for n in made.elements.nodes
    )
    moved = made.model_copy(update={"elements": Elements(nodes=placed, edges=made.elements.edges)})
    assert to_bytes(moved) == to_bytes(made)
    stored = json.loads(to_bytes(made))
    assert stored["elements"]["nodes"][0]["data"]["id"] == "m.py"
    assert stored["elements"]["edges"][0]["data"]["type"] == "calls"
    assert b"position" not in to_bytes(made)


@settings(max_examples=30)
@given(trees(), said())
def test_the_file_has_every_field_that_the_schema_requires(
    given_tree: Tree, given_knowledge: Knowledge
) -> None:
    definitions = json.loads(TARGET.read_text(encoding="utf-8"))["$defs"]

    def check(value: Any, schema: dict[str, Any]) -> None:
        if "$ref" in schema:
            schema = definitions[schema["$ref"].rpartition("/")[2]]
        if "oneOf" in schema:
            kinds = schema["discriminator"]["mapping"]
            schema = definitions[kinds[value["type"]].rpartition("/")[2]]
        if schema.get("type") == "array":
            for item in value:
                check(item, schema["items"])
        elif schema.get("type") == "object":
            assert set(schema["required"]) <= set(value) <= set(schema["properties"])
            for name, field in value.items():
                check(field, schema["properties"][name])

    check(json.loads(to_bytes(graph(given_tree, given_knowledge))), {"$ref": "/KnowledgeGraph"})


@pytest.mark.parametrize("spoil", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"format": "x"}'])
def test_a_damaged_file_says_what_to_do(spoil: bytes) -> None:
    with pytest.raises(CannotRead) as caught:
        from_bytes(spoil)
    assert "index" in caught.value.hint.lower()


def test_a_truncated_file_is_damaged_and_another_format_is_another_version() -> None:
    stored = to_bytes(graph(small()))
    with pytest.raises(CannotRead, match="damaged"):
        from_bytes(stored[: len(stored) // 2])
    with pytest.raises(CannotRead, match="another version"):
        from_bytes(stored.replace(b"graph/1", b"graph/2"))
    with pytest.raises(CannotRead, match="damaged"):
        from_bytes(stored.replace(b'"function"', b'"procedure"'))


def test_half_a_surrogate_pair_in_a_docstring_does_not_stop_the_graph() -> None:
    odd = Symbol("f", "function", 1, 2, "(x='\ud800')", "\udcff text", "é", (), None)
    made = graph(tree(FileFacts("m.py", 2, symbols=[odd], docstring="fine")))
    node = next(n.data for n in made.elements.nodes if n.data.id == "m.py:f")
    assert (node.docstring, node.comment) == ("? text", "é")
    assert from_bytes(to_bytes(made)) == made


def test_a_large_tree_is_put_together_in_reasonable_time() -> None:
    """Not a bench: it fails when something becomes quadratic."""
    files = {}
    all_links = []
    for n in range(200):
        path = f"pkg/m{n}.py"
        many = [
            Symbol(f"f{k}", "function", k + 1, k + 1, "()", "doc", "", (), None) for k in range(50)
        ]
        files[path] = FileFacts(path, 60, symbols=many)
        all_links += [
            Link("calls", f"{path}:f{k}", f"pkg/m{(n + 1) % 200}.py:f{k}", path, k, None, 1)
            for k in range(50)
        ]
    made = graph(Tree(files, all_links, 200))
    assert len(edges(made, "calls")) == 10_000
    assert len(made.elements.nodes) == 10_200
