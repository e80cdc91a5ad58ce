"""``nanochat-learn progress show | export | import | reset``: the command line on progress."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from nanochat_learn.durable import replace_file
from nanochat_learn.errors import BadInput
from nanochat_learn.places import Workspace

if TYPE_CHECKING:
    from nanochat_learn.schema.learner import ClusterState, LessonState, Progress

FINE, FINDINGS = 0, 1
VERBS = ("show", "export", "import", "reset")
_SHOWN = ("understood", "shaky", "started")
"""States of concepts that are listed one by one; what was never seen is counted."""


def with_verb(words: list[str]) -> list[str]:
    """``progress`` and ``progress DIR`` mean ``progress show``."""
    if words[:1] != ["progress"] or (words[1:2] and words[1] in (*VERBS, "-h", "--help")):
        return words
    return ["progress", "show", *words[1:]]


def add_to(verb: argparse.ArgumentParser) -> None:
    """Give the verb its own verbs."""
    inner = verb.add_subparsers(dest="progress_verb", required=True, metavar="WHAT")

    def one(name: str, does: str) -> argparse.ArgumentParser:
        return inner.add_parser(name, help=does, description=does)

    show = one("show", "What you have understood, and the next step; also without `show`.")
    show.add_argument("dir", nargs="?", metavar="DIR", help="folder (default: the one around you)")
    show.add_argument("--json", action="store_true", help="print JSON for other programs")
    export = one("export", "Write all you have answered into one file, to take along.")
    export.add_argument("file", metavar="FILE", type=Path, help="for example progress.json")
    bring = one("import", "Add the answers of such a file to those here; removes nothing.")
    bring.add_argument("file", metavar="FILE", type=Path, help="what `progress export` has written")
    reset = one("reset", "Begin a lesson anew: a fresh notebook; your own is kept beside it.")
    reset.add_argument("lesson", metavar="LESSON", help="for example 03_dot_products")


def run(workspace: Workspace, arguments: argparse.Namespace) -> int:
    verbs = {"show": _show, "export": _export, "import": _import, "reset": _reset}
    return verbs[arguments.progress_verb](workspace, arguments)


def _show(workspace: Workspace, arguments: argparse.Namespace) -> int:
    from nanochat_learn import workspace as verbs

    found = verbs.progress(workspace)
    if arguments.json:
        print(found.model_dump_json(indent=1))
    else:
        _print(workspace, found)
    for place in found.damaged:
        print(f"progress/{place} cannot be read; it was left as it is.", file=sys.stderr)
    return FINDINGS if found.damaged else FINE


def _export(workspace: Workspace, arguments: argparse.Namespace) -> int:
    from nanochat_learn import workspace as verbs

    found = verbs.export_progress(workspace)
    replace_file(arguments.file, found.model_dump_json(indent=1).encode() + b"\n")
    print(f"Written: {arguments.file} ({_count(len(found.evidence), 'answer')})")
    return FINE


def _import(workspace: Workspace, arguments: argparse.Namespace) -> int:
    from nanochat_learn import workspace as verbs

    try:
        content = arguments.file.read_bytes()
    except OSError as error:
        raise BadInput(
            f"{arguments.file} cannot be read: {error.strerror}.", "Check its name and permissions."
        ) from error
    report = verbs.import_progress(workspace, content)
    print(f"{_count(report.added, 'answer')} added, {report.known} were here already.")
    return FINE


def _reset(workspace: Workspace, arguments: argparse.Namespace) -> int:
    from nanochat_learn import workspace as verbs

    report = verbs.reset_lesson(workspace, arguments.lesson)
    print(f"{report.file_path} is as it came, and its answers no longer count.")
    if report.kept:
        print(f"Your own version is kept: {report.kept}")
    return FINE


def _print(workspace: Workspace, found: Progress) -> None:
    concepts = [one for cluster in found.clusters for one in cluster.concepts]
    understood = sum(one.state == "understood" for one in concepts)
    print(
        f"{workspace.name}: {understood} of {_count(len(concepts), 'idea')} understood, "
        f"{_count(found.minutes_left, 'minute')} left in the lessons that are written"
    )
    if found.next is None:
        print("next: nothing; everything that is written is done")
    else:
        at = f", at `{found.next.item}`" if found.next.item else ""
        print(f"next: {found.next.lesson}{at}. {found.next.reason}")
    for review in found.reviews:
        print(f"again: {review.lesson}, `{review.item}`: {review.question.question}")
    for cluster in found.clusters:
        _print_cluster(cluster)


def _print_cluster(cluster: ClusterState) -> None:
    unseen = sum(one.state == "unseen" for one in cluster.concepts)
    print(f"\n{cluster.title}")
    for lesson in cluster.lessons:
        print(f"  {lesson.state:10}  {lesson.id}: {lesson.title}{_left(lesson)}")
    for concept in cluster.concepts:
        if concept.state in _SHOWN:
            print(f"  {concept.state:10}  {concept.title}: {concept.reason}")
    if unseen:
        print(f"  {'unseen':10}  {_count(unseen, 'idea')}")


def _left(lesson: LessonState) -> str:
    return f" ({_count(lesson.minutes_left, 'minute')} left)" if lesson.minutes_left else ""


def _count(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number} {noun}s"
