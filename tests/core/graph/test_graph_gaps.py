"""Every kind of gap: reported where it is, and not where it is not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import get_args

import pytest
from graph_builders import (
    file,
    gaps,
    graph,
    knowledge,
    lesson,
    link,
    note,
    picture,
    planned,
    source_of,
    tree,
)

from nanochat_learn.errors import CannotRead
from nanochat_learn.graph import build, checked_hash, gap_report
from nanochat_learn.graph.cycles import cycles
from nanochat_learn.indexer.facts import FileFacts, Problem, Tree
from nanochat_learn.schema.graph import Gap, GapKind

F = "def f():\n    return 1\n"
TAGGED = "# @learn:attention.rope\n" + F


def test_malformed_tags_keep_the_indexers_words_and_name_the_cell() -> None:
    plain = FileFacts("m.py", 3, problems=[Problem("malformed_tag", "Write @learn.", 2)])
    cell = FileFacts("n.ipynb", 3, problems=[Problem("malformed_tag", "Write @learn.", 1, "c7")])
    made = graph(tree(plain, cell))
    assert gaps(made, "malformed_tag") == [
        ("error", "m.py", 2, "m.py"),
        ("error", "n.ipynb", 1, "n.ipynb"),
    ]
    assert made.gaps[0].message == "Write @learn."
    assert [gap.cell for gap in made.gaps[:2]] == [None, "c7"]


def test_unreadable_files_from_the_tree_once_each() -> None:
    @dataclass
    class WithUnreadable(Tree):
        unreadable: list[tuple[str, Problem]] = field(default_factory=list)

    lost = WithUnreadable({}, [], 0, [("lessons/01_a.ipynb", Problem("unreadable_file", "A.", 0))])
    same = Gap(
        severity="error",
        kind="unreadable_file",
        message="B.",
        file_path="lessons/01_a.ipynb",
        line=0,
        id="x",
    )
    made = graph(lost, knowledge(problems=(same,)))
    assert [(g.kind, g.file_path) for g in made.gaps] == [("unreadable_file", "lessons/01_a.ipynb")]


def test_problems_of_the_knowledge_are_passed_on() -> None:
    broken = Gap(
        severity="error", kind="broken_note", message="No.", file_path="n.md", line=3, id="n.md"
    )
    assert graph(tree(), knowledge(problems=(broken,))).gaps == (broken,)


def test_a_concept_defined_twice_in_code() -> None:
    once = "# @def:data.a\n# Text.\nx = 1\n"
    made = graph(tree(file("a.py", once), file("b.py", once)))
    assert gaps(made, "duplicate_concept") == [("error", "b.py", 1, "concept:data.a")]
    assert "a.py, line 1" in made.gaps[0].message
    assert gaps(graph(tree(file("a.py", once))), "duplicate_concept") == []


def test_links_that_lead_nowhere_in_notes_and_notebooks() -> None:
    said = knowledge(notes=(note("attention.rope", "[[m.py:f]] [[m.py:g]] [[attention.rop]]"),))
    notebook = FileFacts("n.ipynb", 5, wiki_links=[("attention.rope", 2, "c"), ("no.such", 3, "c")])
    made = graph(tree(file("m.py", TAGGED), notebook), said)
    path = "docs/knowledge_base/attention.rope.md"
    assert gaps(made, "unresolved_link") == [
        ("error", path, 12, "concept:attention.rope"),
        ("error", path, 12, "concept:attention.rope"),
        ("error", "n.ipynb", 3, "n.ipynb"),
    ]
    messages = " ".join(g.message for g in made.gaps if g.kind == "unresolved_link")
    assert "`[[attention.rop]]` leads nowhere. Did you mean `attention.rope`?" in messages


def test_prerequisite_cycle_once_with_its_way_round() -> None:
    said = knowledge(
        planned=(
            planned("data.a", "data.b"),
            planned("data.b", "data.c"),
            planned("data.c", "data.a"),
            planned("data.d", "data.a"),
        )
    )
    made = graph(tree(), said)
    assert [g[0] for g in gaps(made, "prerequisite_cycle")] == ["error"]
    assert "`data.a` needs `data.b` needs `data.c` needs `data.a`" in made.gaps[0].message


@pytest.mark.parametrize(
    ("needs", "expected"),
    [
        ({}, []),
        ({"a": ["b"], "b": []}, []),
        ({"a": ["a"]}, [["a"]]),
        ({"a": ["b"], "b": ["a"], "c": ["d"], "d": ["c"]}, [["a", "b"], ["c", "d"]]),
        ({"x": ["a"], "a": ["b"], "b": ["a"]}, [["a", "b"]]),
        ({"a": ["b", "c"], "b": ["a"], "c": ["a"]}, [["a", "b"]]),  # one knot, one line
    ],
)
def test_cycles(needs: dict[str, list[str]], expected: list[list[str]]) -> None:
    assert cycles(needs) == expected


def test_a_note_about_code_that_does_not_exist() -> None:
    said = knowledge(notes=(note("attention.rope", symbols=("m.py:f", "m.py:ff", "data.a")),))
    made = graph(tree(file("m.py", TAGGED)), said)
    found = gaps(made, "missing_code")
    assert [(g[0], g[2]) for g in found] == [("error", 6), ("error", 6)]
    assert "Did you mean `m.py:f`?" in " ".join(g.message for g in made.gaps)
    assert gaps(made, "stale_note") == []  # first the symbols, then the hash


def checked_against(source: str, checked: str) -> list[tuple[str, str, int, str]]:
    said = knowledge(notes=(note("attention.rope", symbols=("m.py:f",), checked=checked),))
    return gaps(
        graph(tree(file("m.py", source)), said, source_of(**{"m.py": source})), "stale_note"
    )


def test_a_note_is_stale_until_it_was_checked_against_the_code_of_today() -> None:
    good = checked_hash([F.rstrip()])
    path = "docs/knowledge_base/attention.rope.md"
    assert checked_against(TAGGED, good) == []
    for stale in ("", "0" * 12):
        assert checked_against(TAGGED, stale) == [("error", path, 8, "concept:attention.rope")]
    assert checked_against(TAGGED.replace("return 1", "return 2"), good) != []
    assert checked_against(TAGGED.replace("    return", "    # why\n    return"), good) == []


def test_the_stale_message_tells_the_hash_to_write() -> None:
    said = knowledge(notes=(note("attention.rope", symbols=("m.py:f",), checked="0" * 12),))
    code_of = source_of(**{"m.py": TAGGED})
    made = graph(tree(file("m.py", TAGGED)), said, code_of)
    assert f"`checked: {checked_hash([F.rstrip()])}`" in made.gaps[0].message
    assert code_of.asked == [("m.py", 2, 3, None)]  # nothing else is read


def test_a_file_that_vanishes_while_it_is_checked_makes_its_note_stale_and_no_more() -> None:
    def gone(*_: object) -> str:
        raise CannotRead("m.py cannot be read.")

    said = knowledge(notes=(note("attention.rope", symbols=("m.py:f",), checked="0" * 12),))
    made = build(tree(file("m.py", TAGGED)), said, gone, generated_by="test 1")
    assert [g.kind for g in made.gaps] == ["stale_note"]


def test_checked_hash_sees_code_and_not_comments() -> None:
    base = checked_hash(["x = 1\ny = 2"])
    assert len(base) == 12
    assert checked_hash(["x = 1  \n  # a word\ny = 2\t"]) == base
    assert checked_hash(["x = 1\r\ny = 2"]) == base
    for other in (["x = 1\ny = 3"], ["x = 1", "y = 2"], ["x = 1\n y = 2"], ["x = 1\ny = 2 # a"]):
        assert checked_hash(other) != base


def test_unknown_concepts_wherever_they_are_named() -> None:
    source = "# @learn:data.typo\nx = 1\n# @def:data.here\n# Text.\n# @learn:data.here\ny = 1\n"
    said = knowledge(
        notes=(note("attention.rope", needs=("data.need",)),),
        planned=(planned("data.a", "data.gone"), planned("data.type")),
        pictures=(picture("p", "data.pic"),),
        lessons=(lesson("01_a", "data.taught"),),
        clusters_path="kb/clusters.yaml",
    )
    made = graph(tree(file("m.py", source)), said)
    assert gaps(made, "unknown_concept") == [
        ("error", "docs/knowledge_base/attention.rope.md", 5, "concept:data.need"),
        ("error", "kb/clusters.yaml", 1, "concept:data.gone"),
        ("error", "lessons/01_a.ipynb", 2, "concept:data.taught"),
        ("error", "m.py", 1, "concept:data.typo"),
        ("error", "src/viz/p/meta.json", 1, "concept:data.pic"),
    ]
    typo = next(g for g in made.gaps if g.file_path == "m.py")
    assert "Did you mean `data.type`?" in typo.message


def test_a_planned_concept_in_code_lacks_a_note_unless_it_is_defined_there() -> None:
    use = "# @learn:data.a\nx = 1\n# @learn:data.a\ny = 1\n"
    said = knowledge(planned=(planned("data.a"),))
    assert gaps(graph(tree(file("m.py", use)), said), "concept_without_note") == [
        ("warning", "m.py", 1, "concept:data.a")
    ]
    defined = use + "# @def:data.a\n# Text.\nz = 1\n"
    assert gaps(graph(tree(file("m.py", defined)), said), "concept_without_note") == []
    written = knowledge(planned=said.planned, notes=(note("data.a"),))
    assert gaps(graph(tree(file("m.py", use)), written), "concept_without_note") == []


def test_a_note_that_no_code_carries() -> None:
    said = knowledge(notes=(note("attention.rope"), note("data.a")))
    made = graph(tree(file("m.py", TAGGED)), said)
    assert gaps(made, "note_without_code") == [
        ("warning", "docs/knowledge_base/data.a.md", 2, "concept:data.a")
    ]


def test_pictures_that_are_only_planned() -> None:
    source = "# @viz:rope_dials\nx = 1\n# @viz:rope_dial\ny = 1\n"
    said = knowledge(
        notes=(note("data.a", pictures=("rope_dials", "later")),), pictures=(picture("rope_dials"),)
    )
    made = graph(tree(file("m.py", source)), said)
    assert gaps(made, "planned_picture") == [
        ("warning", "docs/knowledge_base/data.a.md", 7, "viz:later"),
        ("warning", "m.py", 3, "viz:rope_dial"),
    ]


def test_a_todo_in_the_code() -> None:
    source = "def f():\n    # @todo:explain:why_here\n    pass\n"
    made = graph(tree(file("m.py", source)))
    assert gaps(made, "todo_explain") == [("warning", "m.py", 2, "m.py:f")]
    assert "“why here”" in made.gaps[0].message


REACH = """\
# @learn:data.a
def start():
    return used()
def used():
    return deeper()
def deeper(): ...
def forgotten(): ...
def _private(): ...
class Around:
    # @learn:data.a
    def told(self): ...
    def untold(self): ...
    def __len__(self): ...
class Whole:
    # @learn:data.a
    x = 1
    def inside(self): ...
class Lost:
    def also_lost(self): ...
    class Inner: ...
def outer():
    def inner(): ...
class Made(Base): ...
class Base: ...
class Imported: ...
"""


def unexplained(*files: FileFacts) -> list[str]:
    links = [
        link("calls", "pkg/m.py:start", "pkg/m.py:used"),
        link("calls", "pkg/m.py:used", "pkg/m.py:deeper"),
        link("calls", "pkg/m.py", "pkg/m.py:forgotten"),
        link("instantiates", "pkg/m.py:used", "pkg/m.py:Made"),
        link("inherits", "pkg/m.py:Made", "pkg/m.py:Base"),
        link("imports", "pkg/m.py", "pkg/m.py:Imported"),
    ]
    made = graph(tree(*files, links=links), knowledge(planned=(planned("data.a"),)))
    assert all(g[0] == "warning" for g in gaps(made, "unexplained_symbol"))
    return [g[3] for g in gaps(made, "unexplained_symbol")]


def test_what_no_concept_leads_to() -> None:
    assert unexplained(file("pkg/m.py", REACH)) == [
        "pkg/m.py:forgotten",
        "pkg/m.py:Around.untold",
        "pkg/m.py:Lost",
        "pkg/m.py:outer",
        "pkg/m.py:Imported",
    ]


def test_a_tag_on_a_statement_of_the_module_does_not_explain_the_module() -> None:
    source = "# @learn:data.a\nx = 1\ndef f(): ...\n"
    assert unexplained(file("pkg/m.py", source)) == ["pkg/m.py:f"]


@pytest.mark.parametrize(
    ("path", "listed"),
    [
        ("pkg/other.py", True),
        ("pkg/sub/deep/other.py", True),
        ("pkg/tests/other.py", False),
        ("pkg/bench/other.py", False),
        ("pkg/test_other.py", False),
        ("pkg/other_test.py", False),
        ("pkg/conftest.py", False),
        ("pkg/_private.py", False),
        ("pkg/_sub/other.py", False),
        ("pkg/__init__.py", True),
        ("pkg/notes.ipynb", False),
        ("elsewhere/other.py", False),
        ("other.py", False),
    ],
)
def test_only_folders_that_carry_tags_are_expected_to_be_explained(path: str, listed: bool) -> None:
    tagged = file("pkg/m.py", "# @learn:data.a\nx = 1\n")
    assert unexplained(tagged, file(path, F)) == ([f"{path}:f"] if listed else [])


def test_a_tagged_file_at_the_root_speaks_for_the_root_alone() -> None:
    tagged = file("m.py", "# @learn:data.a\nx = 1\n")
    assert unexplained(tagged, file("n.py", F), file("pkg/n.py", F)) == ["n.py:f"]


def test_without_any_tag_nothing_is_expected() -> None:
    assert unexplained(file("pkg/n.py", F)) == []


def test_a_symbol_named_by_a_note_counts_as_explained() -> None:
    tagged = file("m.py", "# @learn:attention.rope\nx = 1\n" + F)
    said = knowledge(notes=(note("attention.rope", symbols=("m.py:f",)),))
    assert gaps(graph(tree(tagged), said), "unexplained_symbol") == []


def test_borrowed_notes_are_not_held_against_a_foreign_tree() -> None:
    said = knowledge(
        notes=(note("attention.rope", "[[gone.py:f]]", symbols=("gone.py:f",)),), borrowed=True
    )
    assert graph(tree(file("m.py", F)), said).gaps == ()
    own = knowledge(notes=said.notes)
    assert {g.kind for g in graph(tree(file("m.py", F)), own).gaps} == {
        "missing_code",
        "unresolved_link",
        "note_without_code",
    }


def test_a_typo_in_the_readers_own_tag_is_reported_beside_borrowed_notes() -> None:
    said = knowledge(notes=(note("attention.rope"),), borrowed=True)
    made = graph(tree(file("m.py", "# @learn:attention.rop\nx = 1\n")), said)
    assert [g.kind for g in made.gaps] == ["unknown_concept"]


def test_errors_stand_before_warnings_and_the_report_counts_both() -> None:
    source = "# @viz:a\nx = 1\n# @learn:data.typo\ny = 1\n"
    made = graph(tree(file("m.py", source)))
    assert [g.severity for g in made.gaps] == ["error", "warning"]
    report = gap_report(made)
    assert (report.errors, report.warnings, report.gaps) == (1, 1, made.gaps)


def test_every_kind_of_gap_has_a_test_here() -> None:
    text = __import__("pathlib").Path(__file__).read_text(encoding="utf-8")
    assert [kind for kind in get_args(GapKind) if f'"{kind}"' not in text] == []


def test_every_message_is_a_sentence_with_a_next_step() -> None:
    source = (
        "# @learn:data.typo\nx = 1\n# @def:data.d\n# T.\nx = 1\n# @def:data.d\n# T.\n"
        "# @viz:v\nx = 1\n# @todo:explain:why\n# @learn:data.a\nx = 1\ndef lost(): ...\n"
    )
    said = knowledge(
        notes=(
            note("attention.a", "[[x.y]]", symbols=("no.py",)),
            note("attention.b", symbols=("m.py",)),
        ),
        planned=(planned("data.a", "data.a"),),
    )
    made = graph(tree(file("m.py", source)), said)
    from_indexer = {"malformed_tag", "unreadable_file", "broken_note"}
    assert {g.kind for g in made.gaps} == set(get_args(GapKind)) - from_indexer
    for gap in made.gaps:
        first, *steps = gap.message.split(". ")
        assert first[0].isupper() or first[0] in "`", gap
        assert gap.message[-1] in ".?"
        assert steps, f"no next step: {gap.message}"
