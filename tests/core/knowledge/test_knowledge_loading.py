"""Reading notes, pictures and lessons from disk: the good ones, and every kind of bad one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nanochat_learn.knowledge import Knowledge, KnowledgePlaces, fingerprint, load
from nanochat_learn.knowledge.notes import parse_note
from nanochat_learn.knowledge.unclear import Unclear

NOTE = """\
---
id: attention.rope
title: Rotary position embedding
cluster: architecture
needs: [attention.self_attention]
symbols:
  - nanochat/gpt.py:apply_rotary_emb
pictures: [rope_dials]
checked: 012345678901
aliases: [turning, yes]
---

# RoPE

## In one sentence

RoPE *turns* pairs by an `angle`,
see [[attention.gqa]].

## Why it exists

[[nanochat/gpt.py:GPT]] and `[[not.a.link]]` and a matrix [[1, 2]].

```python
x[[index]]
```
"""
META = {
    "api": 1,
    "id": "rope_dials",
    "title": "Dials",
    "concepts": ["attention.rope"],
    "size": {"width": 400, "height": 300},
    "alt": "Two dials.",
}
CLUSTERS = (
    'clusters:\n  - {id: architecture, title: Architecture, colour: "#112233", '
    "namespaces: [attention]}\nconcepts:\n  - {id: attention.rope, title: R, sentence: S.}\n"
)


@pytest.fixture
def places(tmp_path: Path) -> KnowledgePlaces:
    """A whole small repository, in which nothing is wrong."""
    notes, pictures, lessons = (tmp_path / n for n in ("docs/kb", "src/viz", "lessons"))
    for folder in (notes, pictures / "rope_dials", pictures / "kit", lessons):
        folder.mkdir(parents=True)
    (notes / "attention.rope.md").write_text(NOTE, encoding="utf-8")
    (notes / "README.md").write_text("About this folder.", encoding="utf-8")
    (notes / "clusters.yaml").write_text(CLUSTERS, encoding="utf-8")
    (pictures / "rope_dials/meta.json").write_text(json.dumps(META), encoding="utf-8")
    return KnowledgePlaces(notes, pictures, lessons, root=tmp_path)


def complaints(found: Knowledge) -> list[tuple[str, str, int]]:
    return [(p.kind, p.file_path, p.line) for p in found.problems]


def write(places: KnowledgePlaces, name: str, text: str | bytes) -> Path:
    path = places.notes / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_everything_good_is_read(places: KnowledgePlaces) -> None:
    found = load(places)
    assert found.problems == ()
    [note] = found.notes
    assert note.header.title == "Rotary position embedding"
    assert note.header.checked == "012345678901"  # a hash, not a number
    assert note.header.aliases == ("turning", "yes")  # a word, not a truth value
    assert note.sentence == "RoPE turns pairs by an angle, see attention.gqa."
    assert [tuple(link) for link in note.links] == [
        ("attention.gqa", 18),
        ("nanochat/gpt.py:GPT", 22),
    ]
    assert note.body.startswith("# RoPE\n")
    assert note.path == "docs/kb/attention.rope.md"
    assert note.line("needs", "attention.self_attention") == 5
    assert note.line("symbols", "nanochat/gpt.py:apply_rotary_emb") == 7
    assert [(p.meta.id, p.path) for p in found.pictures] == [
        ("rope_dials", "src/viz/rope_dials/meta.json")
    ]
    assert found.clusters_path == "docs/kb/clusters.yaml"
    assert not found.borrowed
    assert [entry.id for entry in found.planned] == ["attention.rope"]  # the entry may stay


def test_outside_the_root_paths_say_only_what_kind_of_file(
    places: KnowledgePlaces, tmp_path: Path
) -> None:
    (places.notes / "bad.md").write_text("", encoding="utf-8")
    for root in (None, tmp_path / "elsewhere"):
        found = load(KnowledgePlaces(places.notes, places.pictures, places.lessons, root))
        assert found.borrowed
        assert found.notes[0].path == "knowledge_base/attention.rope.md"
        assert found.pictures[0].path == "viz/rope_dials/meta.json"
        assert found.clusters_path == "knowledge_base/clusters.yaml"
        assert [p.file_path for p in found.problems] == ["knowledge_base/bad.md"]


def test_folders_that_do_not_exist_are_empty(tmp_path: Path) -> None:
    found = load(KnowledgePlaces(tmp_path / "a", tmp_path / "b", tmp_path / "c", tmp_path))
    assert (found.notes, found.pictures, found.problems, found.clusters) == ((), (), (), ())
    assert fingerprint(KnowledgePlaces(tmp_path / "a", tmp_path / "b"))


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "no front matter"),
        ("# Title\n", 1, "no front matter"),
        ("---\nid: x\n", 1, "never ends"),
        ("---\njust words\n---\n", 2, "`name: value`"),
        ("---\nid: x\ntitle: 'y\n---\n", 3, "not valid YAML"),
        ("---\nid: x\n\ttitle: y\n---\n", 3, "not valid YAML"),
        ("---\nid: x\ntitle: y\n---\n", 1, "`cluster` is missing"),
        ("---\nid: x\ncluster: architecture\ntitle:\n---\n", 4, "`title` is empty"),
        ("---\nid: A B\ntitle: y\ncluster: architecture\n---\n", 2, "lower-case words"),
        ("---\nid: x\ntitle: y\ncluster: architecture\nneeds: z\n---\n", 5, "must be a list"),
        ("---\nid: x\ntitle: y\ncluster: architecture\npicture: [z]\n---\n", 5, "`picture`"),
        ("---\nid: x\nid: y\ntitle: y\ncluster: architecture\n---\n", 3, "stands twice"),
        ("---\nid: x\ntitle: y\ncluster: architecture\nneeds: [[a]]\n---\n", 5, "`needs.0`"),
    ],
)
def test_a_broken_note_is_one_line_and_the_rest_is_read(
    places: KnowledgePlaces, text: str, line: int, words: str
) -> None:
    write(places, "x.md", text)
    found = load(places)
    assert complaints(found) == [("broken_note", "docs/kb/x.md", line)]
    assert words in found.problems[0].message
    assert [n.header.id for n in found.notes] == ["attention.rope"]


def test_a_note_that_is_not_utf8_names_the_line(places: KnowledgePlaces) -> None:
    write(places, "x.md", b"---\nid: x\ntitle: \xe9\n---\n")
    found = load(places)
    assert complaints(found) == [("unreadable_file", "docs/kb/x.md", 3)]
    assert "UTF-8" in found.problems[0].message


def test_bom_and_crlf_do_not_disturb(places: KnowledgePlaces) -> None:
    write(places, "attention.rope.md", b"\xef\xbb\xbf" + NOTE.replace("\n", "\r\n").encode())
    found = load(places)
    assert found.problems == ()
    assert "\r" not in found.notes[0].body
    assert found.notes[0].links[0].line == 18


def test_what_cannot_be_opened_is_one_line(places: KnowledgePlaces) -> None:
    (places.notes / "loop.md").symlink_to(places.notes / "loop.md")
    (places.notes / "gone.md").symlink_to(places.notes / "nowhere")
    (places.notes / "folder.md").mkdir()
    write(places, "huge.md", b"---\n" + b"x" * 1_000_001)
    found = load(places)
    assert complaints(found) == [
        ("unreadable_file", f"docs/kb/{name}.md", 0) for name in ("folder", "gone", "huge", "loop")
    ]
    assert [n.header.id for n in found.notes] == ["attention.rope"]


def test_a_folder_that_cannot_be_listed(
    places: KnowledgePlaces, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = Path.iterdir

    def refuse(folder: Path) -> object:
        if folder == places.pictures:
            raise PermissionError(13, "Permission denied")
        return listed(folder)

    monkeypatch.setattr(Path, "iterdir", refuse)
    before = fingerprint(places)
    found = load(places)
    assert complaints(found) == [("unreadable_file", "src/viz", 0)]
    assert len(found.notes) == 1
    monkeypatch.undo()
    assert fingerprint(places) != before


def test_of_two_notes_with_one_id_the_one_named_after_it_stays(places: KnowledgePlaces) -> None:
    write(places, "a.md", NOTE.replace("Rotary position embedding", "Wrong"))
    write(places, "z.md", NOTE.replace("Rotary position embedding", "Wrong"))
    found = load(places)
    assert complaints(found) == [
        ("duplicate_concept", "docs/kb/a.md", 2),
        ("duplicate_concept", "docs/kb/z.md", 2),
    ]
    assert "docs/kb/attention.rope.md" in found.problems[0].message
    assert [n.header.title for n in found.notes] == ["Rotary position embedding"]


def test_a_note_under_another_name_is_told_and_read(places: KnowledgePlaces) -> None:
    (places.notes / "attention.rope.md").rename(places.notes / "rope.md")
    found = load(places)
    assert complaints(found) == [("broken_note", "docs/kb/rope.md", 2)]
    assert "Rename the file to `attention.rope.md`" in found.problems[0].message
    assert [n.header.id for n in found.notes] == ["attention.rope"]


def test_a_note_in_a_cluster_that_does_not_exist(places: KnowledgePlaces) -> None:
    write(places, "attention.rope.md", NOTE.replace("cluster: arch", "cluster: ark"))
    found = load(places)
    assert complaints(found) == [("broken_note", "docs/kb/attention.rope.md", 4)]
    assert "Choose one of: architecture" in found.problems[0].message
    assert len(found.notes) == 1


def test_broken_clusters_do_not_take_the_notes_with_them(places: KnowledgePlaces) -> None:
    write(places, "clusters.yaml", "clusters: [\n")
    found = load(places)
    assert [p.file_path for p in found.problems] == ["docs/kb/clusters.yaml"]
    assert len(found.notes) == 1
    write(places, "clusters.yaml", b"\xff")
    assert complaints(load(places)) == [("unreadable_file", "docs/kb/clusters.yaml", 1)]


@pytest.mark.parametrize(
    ("text", "kind", "line", "words"),
    [
        ("{", "unreadable_file", 1, "not valid JSON"),
        ('{\n "api": 1,\n}', "unreadable_file", 3, "not valid JSON"),
        ("[]", "broken_note", 1, "must be a JSON object"),
        ("[" * 100_000, "broken_note", 1, "nested too deeply"),
        (json.dumps({**META, "id": "other"}, indent=1), "broken_note", 3, "folder is named"),
        (json.dumps({**META, "api": 2}, indent=1), "broken_note", 2, "`api`"),
        (json.dumps({**META, "extra": 2}, indent=1), "broken_note", 13, "`extra`"),
        (json.dumps({"api": 1}), "broken_note", 1, "`alt` is missing"),
    ],
)
def test_a_bad_picture_is_one_line(
    places: KnowledgePlaces, text: str, kind: str, line: int, words: str
) -> None:
    meta = places.pictures / "rope_dials/meta.json"
    meta.write_text(text, encoding="utf-8")
    found = load(places)
    assert complaints(found) == [(kind, "src/viz/rope_dials/meta.json", line)]
    assert words in found.problems[0].message
    assert found.pictures == ()
    assert len(found.notes) == 1


PERCENT = """\
# ---
# jupyter:
#   kernelspec: {name: python3}
#   nanochat_learn:
#     id: 07_bpe
#     title: "Byte-pair: merging"
#     concepts: [tokenization.bpe]
#     minutes: 20
# ---

# %% [markdown]
"""


def test_a_lesson_is_read_from_its_percent_file_and_opened_as_its_notebook(
    places: KnowledgePlaces,
) -> None:
    assert places.lessons is not None
    (places.lessons / "07_bpe.py").write_text(PERCENT, encoding="utf-8")
    (places.lessons / "07_bpe.ipynb").write_text("not even JSON", encoding="utf-8")
    (places.lessons / "helper.py").write_text("x = 1", encoding="utf-8")
    [lesson] = load(places).lessons
    assert (lesson.id, lesson.title) == ("07_bpe", "Byte-pair: merging")
    assert lesson.concepts == ("tokenization.bpe",)
    assert (lesson.path, lesson.line) == ("lessons/07_bpe.ipynb", 4)


def test_a_lesson_is_read_from_a_notebook_alone(places: KnowledgePlaces) -> None:
    assert places.lessons is not None
    header = {"id": "01_a", "title": "A", "concepts": ["foundations.next_token"]}
    notebook = {"cells": [], "metadata": {"nanochat_learn": header}}
    (places.lessons / "01_a.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    (places.lessons / "02_scratch.ipynb").write_text('{"metadata": {}}', encoding="utf-8")
    (places.lessons / "03_scratch.py").write_text("print()", encoding="utf-8")
    found = load(places)
    assert [(x.id, x.path) for x in found.lessons] == [("01_a", "lessons/01_a.ipynb")]
    assert found.problems == ()


WHOLE = PERCENT.replace(
    "#     minutes: 20\n",
    """\
#     cluster: tokenization
#     needs: [tokenization.unicode_bytes]
#     minutes: 20
#     difficulty: 2
#     objectives: [Merge by hand., Say when to stop.]
#     items:
#       - {id: first_pair, kind: prediction, concepts: [tokenization.bpe]}
#       - {id: merge, kind: exercise, concepts: [tokenization.bpe], stretch: true}
#       - id: q1
#         kind: quiz
#         concepts: [tokenization.bpe]
""",
)


def test_the_whole_header_and_the_questions_beside_it(places: KnowledgePlaces) -> None:
    assert places.lessons is not None
    (places.lessons / "07_bpe.py").write_text(WHOLE, encoding="utf-8")
    checks = places.lessons / "checks"
    checks.mkdir()
    choices = "    choices: [{text: a, right: true}, {text: b, feedback: No.}]\n"
    text = f"quizzes:\n  q1:\n    question: Which?\n{choices}  q2:\n    question: And?\n"
    state = fingerprint(places)
    (checks / "07_bpe.yaml").write_text(text, encoding="utf-8")
    assert fingerprint(places) != state
    found = load(places)
    [lesson] = found.lessons
    assert (lesson.cluster, lesson.minutes, lesson.difficulty) == ("tokenization", 20, 2)
    assert lesson.needs == ("tokenization.unicode_bytes",)
    assert lesson.objectives == ("Merge by hand.", "Say when to stop.")
    assert [(one.id, one.kind, one.stretch) for one in lesson.items] == [
        ("first_pair", "prediction", False),
        ("merge", "exercise", True),
        ("q1", "quiz", False),
    ]
    assert [form.question for form in lesson.quizzes.values()] == ["Which?"]
    [problem] = found.problems
    assert (problem.file_path, problem.line) == ("lessons/checks/07_bpe.yaml", 5)
    assert "The quiz `q2` is not complete: `choices` is missing" in problem.message


def test_objectives_may_be_one_text_and_numbers_may_be_numbers(places: KnowledgePlaces) -> None:
    assert places.lessons is not None
    header = {"id": "01_a", "title": "A", "minutes": 15, "objectives": "Try it.", "needs": ""}
    notebook = {"cells": [], "metadata": {"nanochat_learn": header}, "pad": " " * 2_000_000}
    (places.lessons / "01_a.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    [lesson] = load(places).lessons
    assert (lesson.minutes, lesson.objectives, lesson.needs) == (15, ("Try it.",), ())
    assert (lesson.items, lesson.quizzes, lesson.difficulty, lesson.cluster) == ((), {}, 0, None)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("difficulty: 2", "difficulty: 9", 11, "`difficulty` is not right"),
        ("minutes: 20", "minutes: long", 10, "`minutes` is not right"),
        ("kind: exercise,", "kind: game,", 15, "The item `merge` is not right: `kind`"),
        ("id: merge, ", "", 15, "This item is not right: `id` is missing"),
        ("id: merge,", "id: first_pair,", 15, "the name of another item"),
        ("stretch: true", "stretched: true", 15, "`stretched` is not a field here"),
        ("kind: quiz\n#         concepts: [tokenization.bpe]", "kind: quiz", 16, "`concepts`"),
        (
            "kind: quiz\n#         concepts: [tokenization.bpe]",
            "kind: quiz\n#         concepts: []",
            16,
            "`concepts` is empty",
        ),
    ],
)
def test_a_header_that_is_wrong_names_its_line(
    places: KnowledgePlaces, old: str, new: str, line: int, words: str
) -> None:
    assert places.lessons is not None
    assert old in WHOLE
    (places.lessons / "07_bpe.py").write_text(WHOLE.replace(old, new), encoding="utf-8")
    found = load(places)
    assert [(p.file_path, p.line) for p in found.problems] == [("lessons/07_bpe.py", line)]
    assert words in found.problems[0].message


@pytest.mark.parametrize(
    ("name", "text", "line", "words"),
    [
        ("07_bpe.py", PERCENT.replace("id: 07_bpe", "id: 08_bpe"), 4, "Make them the same"),
        ("07_bpe.py", PERCENT.replace("    title", "    heading"), 4, "`title` is missing"),
        ("07_bpe.py", PERCENT.replace('merging"', "merging"), 6, "not valid YAML"),
        ("07_bpe.py", "# ---\n# id: x\n", 1, "never ends"),
        ("07_bpe.ipynb", "{\n", 2, "not valid JSON"),
    ],
)
def test_a_bad_lesson_is_one_line(
    places: KnowledgePlaces, name: str, text: str, line: int, words: str
) -> None:
    assert places.lessons is not None
    (places.lessons / name).write_text(text, encoding="utf-8")
    found = load(places)
    assert [(p.file_path, p.line) for p in found.problems] == [(f"lessons/{name}", line)]
    assert words in found.problems[0].message
    assert found.lessons == ()


def test_the_fingerprint_follows_the_files(places: KnowledgePlaces) -> None:
    def changed(before: str) -> str:
        now = fingerprint(places)
        assert now != before
        return now

    assert places.lessons is not None
    state = fingerprint(places)
    assert state == fingerprint(places)
    path = write(places, "new.md", "x")
    state = changed(state)
    path.write_text("y", encoding="utf-8")
    os.utime(path, ns=(1, 1))
    state = changed(state)
    path.unlink()
    state = changed(state)
    (places.lessons / "01_a.py").write_text("", encoding="utf-8")
    state = changed(state)
    (places.pictures / "rope_dials/meta.json").unlink()
    state = changed(state)
    write(places, "clusters.yaml", "clusters: []\n")
    state = changed(state)
    write(places, "README.md", "longer than before, but not read")
    (places.lessons / "progress.json").write_text("{}", encoding="utf-8")
    assert fingerprint(places) == state


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("## In one sentence\nIt is.\n\nMore.", "It is."),
        ("**In one sentence**\n\nIt is\nso.\n## Next", "It is so."),
        ("**In one sentence.** It is `x_1`.\n\nMore.", "It is x_1."),
        ("# In One Sentence:\n\nA **bold** [link](u) and qk_norm.", "A bold link and qk_norm."),
        ("# Title\n\nFirst paragraph.\n\nSecond.", "First paragraph."),
        ("", ""),
    ],
)
def test_the_one_sentence(body: str, sentence: str) -> None:
    head = "---\nid: x\ntitle: X\ncluster: c\n---\n"
    assert parse_note(head + body, "x.md").sentence == sentence


def test_links_in_code_are_no_links() -> None:
    body = "[[a]]\n~~~\n[[b]]\n```\n[[c]]\n~~~\n``[[d]] ` ``\n````\n```\n[[e]]\n````\n[[f.py:G]]"
    note = parse_note("---\nid: x\ntitle: X\ncluster: c\n---\n" + body, "x.md")
    assert [tuple(link) for link in note.links] == [("a", 6), ("f.py:G", 17)]


@settings(max_examples=150)
@example("\x85\x85\x85*")
@example("[\u2028\x85\u2029")
@given(st.text(alphabet="-:#[]{}&*!|>'\"%@`\t \nabid,.?\x85\u2028é", max_size=60))
def test_whatever_stands_in_front_matter_is_read_or_refused_with_a_line(front: str) -> None:
    try:
        parse_note(f"---\n{front}\n---\nbody", "x.md")
    except Unclear as fault:
        assert fault.sentence
        assert 1 <= fault.line <= front.count("\n") + 4


def test_importing_the_package_loads_no_yaml() -> None:
    code = "import sys, nanochat_learn.knowledge; assert 'yaml' not in sys.modules"
    root = Path(__file__).parents[3]
    subprocess.run([sys.executable, "-c", code], check=True, cwd=root)
