"""The verbs of progress on a real folder: nothing lost, nothing counted twice, faults in words."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from lesson_files import ATTENTION, DOT, deed, write_lessons

from nanochat_learn import journal
from nanochat_learn import workspace as verbs
from nanochat_learn.errors import BadInput, CannotWrite, NotFound
from nanochat_learn.places import Workspace, content, open_workspace
from nanochat_learn.schema.learner import Evidence, Progress
from nanochat_learn.shipping import prepare
from nanochat_learn.workspace import learning


@pytest.fixture
def course(tmp_path: Path) -> Workspace:
    root = tmp_path / "course"
    prepare(root, lessons=False)
    write_lessons(root)
    return open_workspace(root)


def states(found: Progress) -> dict[str, str]:
    return {one.id: one.state for cluster in found.clusters for one in cluster.concepts}


def lessons(found: Progress) -> dict[str, str]:
    return {one.id: one.state for cluster in found.clusters for one in cluster.lessons}


def evidence(*lines: dict) -> list[Evidence]:
    return [Evidence.model_validate(line) for line in lines]


def kept(course: Workspace, writer: str, *lines: dict) -> None:
    journal.append(course.root / "progress", *lines, writer=writer)


def test_the_whole_course_in_its_clusters_without_an_index(course):
    found = verbs.progress(course)
    assert [cluster.id for cluster in found.clusters] == [
        "foundations",
        "tokenization",
        "data",
        "architecture",
        "optimization",
        "inference",
    ]
    assert set(states(found).values()) == {"unseen"}
    assert len(states(found)) > 40
    first = found.clusters[0].lessons[0]
    assert (first.id, first.file_path) == ("03_dot_products", "lessons/03_dot_products.ipynb")
    assert (found.minutes_left, found.next.lesson) == (40, "03_dot_products")


def test_evidence_of_two_processes_counts_once(course):
    lines = [
        deed("03_dot_products", "sums", "check", "right"),
        deed("03_dot_products", "q1", "quiz", "right"),
    ]
    kept(course, "101", *lines)
    kept(course, "202", lines[1])
    found = verbs.progress(course)
    assert states(found)[DOT] == "understood"
    assert states(found)[ATTENTION] == "unseen"
    report = verbs.add_evidence(course, evidence(*lines, deed("12_self_attention", "old", "quiz")))
    assert (report.added, report.known) == (1, 2)
    assert len(verbs.export_progress(course).evidence) == 3


def test_damaged_lines_are_told_and_cost_no_other(course):
    kept(course, "7", deed("03_dot_products", "sums", "check", "right"))
    file = course.root / "progress" / "7.jsonl"
    strange = [
        '{"half": ',
        json.dumps(deed("03_dot_products", "q1", "quiz", "right", format=2)),
        json.dumps(deed("03_dot_products", "q1", "quiz", "right", at="2026-13-40T09:00:00Z")),
        "[" * 100_000,
    ]
    before = file.read_text() + "\n".join(strange) + "\n"
    file.write_text(before)
    kept(course, "7", deed("03_dot_products", "q1", "quiz", "right"))
    found = verbs.progress(course)
    assert found.damaged == tuple(f"7.jsonl, line {n}" for n in (2, 5, 3, 4))
    assert states(found)[DOT] == "understood"
    assert file.read_text().startswith(before), "nothing was deleted"


def test_only_what_changed_is_read_again(course, monkeypatch):
    for writer in ("1", "2", "3"):
        kept(course, writer, deed("03_dot_products", "q1", "quiz", "wrong"))
    verbs.progress(course)
    read: list[str | None] = []
    real = journal.read
    monkeypatch.setattr(
        journal, "read", lambda folder, writer: read.append(writer) or real(folder, writer)
    )
    mark = verbs.evidence_mark(course)
    verbs.progress(course)
    assert read == []
    assert verbs.evidence_mark(course) == mark
    kept(course, "2", deed("03_dot_products", "sums", "check", "right"))
    assert verbs.evidence_mark(course) != mark
    verbs.progress(course)
    assert read == ["2"]


def test_a_line_that_says_nothing_is_refused_whole(course):
    good = deed("03_dot_products", "q1", "quiz", "right")
    for bad in (
        deed("03_dot_products", None, "quiz", "right"),
        deed("03_dot_products", "q1", "reset"),
        deed("03_dot_products", "q1", "quiz", "right", at="2026-02-30T09:00:00Z"),
    ):
        with pytest.raises(BadInput):
            verbs.add_evidence(course, evidence(good, bad))
    assert not (course.root / "progress").exists()


# --- taking along --------------------------------------------------------------------------------


def test_progress_can_be_carried_to_another_workspace(course, tmp_path):
    kept(course, "1", deed("03_dot_products", "sums", "check", "right"))
    kept(course, "2", deed("03_dot_products", "q1", "quiz", "right"))
    carried = verbs.export_progress(course).model_dump_json().encode()
    other = tmp_path / "other"
    prepare(other, lessons=False)
    write_lessons(other)
    there = open_workspace(other)
    kept(there, "9", deed("12_self_attention", "mix", "check", "right"))
    report = verbs.import_progress(there, carried)
    assert (report.added, report.known) == (2, 0)
    assert states(verbs.progress(there))[DOT] == "understood"
    assert states(verbs.progress(there))[ATTENTION] == "understood", "nothing was taken away"
    again = verbs.import_progress(there, carried)
    assert (again.added, again.known) == (0, 2)


LINE = json.dumps(deed("03_dot_products", "q1", "quiz", "right"))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "breaks off"),
        (f'{{"format":1,"evidence":[{LINE},{LINE[:40]}'.encode(), "breaks off"),
        (b"PK\x03\x04", "not JSON"),
        (b'{"format":2,"evidence":[]}', "has format 2"),
        (b'{"format":1,"evidence":{}}', "is no progress file"),
        (b'[{"a": 1}]', "is no progress file"),
        (b'{"cells": [], "metadata": {}}', "is no progress file"),
        (f'{{"evidence":[{LINE},{{"id":"x"}}]}}'.encode(), "damaged (evidence.1."),
        (
            f'{{"evidence":[{LINE.replace("2026-03-02T", "2026-99-02T")}]}}'.encode(),
            "no point in time",
        ),
        (b" " * (learning.LARGEST + 1), "larger than 50 MB"),
    ],
)
def test_a_file_that_cannot_be_used_is_a_sentence_and_changes_nothing(course, content, says):
    kept(course, "1", deed("03_dot_products", "sums", "check", "right"))
    before = verbs.export_progress(course)
    with pytest.raises(BadInput) as caught:
        verbs.import_progress(course, content)
    assert says in caught.value.sentence
    assert caught.value.hint
    assert verbs.export_progress(course) == before


# --- beginning anew ------------------------------------------------------------------------------


@pytest.fixture
def shipped(tmp_path: Path) -> Workspace:
    root = tmp_path / "shipped"
    prepare(root, lessons=True)
    return open_workspace(root)


def test_reset_brings_the_notebook_back_and_keeps_the_learners_own(shipped):
    name = "lessons/00_start_here.ipynb"
    file = shipped.root / name
    original = file.read_bytes()
    assert original == (content("lessons") / "00_start_here.ipynb").read_bytes()
    report = verbs.reset_lesson(shipped, "00_start_here")
    assert (report.file_path, report.kept) == (name, None)
    names = set()
    for own in (b'{"mine": 1}', b'{"mine": 2}'):
        file.write_bytes(own)
        report = verbs.reset_lesson(shipped, "00_start_here")
        assert file.read_bytes() == original
        assert (shipped.root / report.kept).read_bytes() == own
        assert report.kept.startswith("lessons/00_start_here.mine-")
        names.add(report.kept)
    assert len(names) == 2, "an earlier copy is never overwritten"
    file.unlink()
    assert verbs.reset_lesson(shipped, "00_start_here").kept is None
    assert file.read_bytes() == original
    kinds = [line.kind for line in verbs.export_progress(shipped).evidence]
    assert kinds == ["reset"] * 4
    assert prepare(shipped.root, lessons=True).beside == (), "an upgrade knows it as untouched"
    assert [one for one in lessons(verbs.progress(shipped)) if "mine" in one] == []


def test_reset_begins_anew_and_forgets_no_other_lesson(course):
    for lesson, item in (("03_dot_products", "sums"), ("12_self_attention", "mix")):
        kept(course, "1", deed(lesson, item, "check", "right"))
    report = verbs.reset_lesson(course, "03_dot_products")
    assert (report.file_path, report.kept) == ("lessons/03_dot_products.ipynb", None)
    found = lessons(verbs.progress(course))
    assert found == {"03_dot_products": "unseen", "12_self_attention": "started"}
    assert len(verbs.export_progress(course).evidence) == 3, "the lines are still there"


@pytest.mark.parametrize("name", ["04_nothing", "../secret", "00_start_here/../x", ""])
def test_a_lesson_that_does_not_exist(course, name):
    with pytest.raises(NotFound, match="There are: 03_dot_products, 12_self_attention"):
        verbs.reset_lesson(course, name)
    assert not (course.root / "progress").exists()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs permissions that bind")
def test_a_folder_that_refuses(course):
    course.root.chmod(0o555)
    try:
        with pytest.raises(CannotWrite):
            verbs.add_evidence(course, evidence(deed("03_dot_products", "q1", "quiz", "right")))
    finally:
        course.root.chmod(0o755)


def test_a_file_in_the_way_is_a_sentence(course):
    (course.root / "progress").write_text("mine")
    with pytest.raises(CannotWrite):
        verbs.add_evidence(course, evidence(deed("03_dot_products", "q1", "quiz", "right")))
    assert verbs.progress(course).damaged == ()
