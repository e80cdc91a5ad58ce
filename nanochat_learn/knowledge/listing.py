"""Which files the knowledge consists of, how they are called on the wire, and whether
any of them changed. Opens none of them.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

from nanochat_learn.knowledge.lessons import LESSON_NAME
from nanochat_learn.knowledge.records import KnowledgePlaces
from nanochat_learn.knowledge.unclear import Unclear
from nanochat_learn.schema.graph import Gap

CLUSTERS = "clusters.yaml"
GLOSSARY = "glossary.yaml"
CHECKS = "checks"
_ABOUT_THE_FOLDER = "README.md"


class Found(NamedTuple):
    path: Path
    wire: str
    """Relative to the indexed root when it lies inside it, else ``knowledge_base/<file>`` …"""


class Listing(NamedTuple):
    """Sorted by name, so that the same folders are always read in the same order."""

    clusters: Found
    glossary: Found
    notes: list[Found]
    pictures: list[Found]
    """One ``meta.json`` each; the folder's name is the picture's id."""
    lessons: list[Found]
    questions: list[Found]
    """``checks/NN_slug.yaml`` of the lessons."""
    problems: list[Gap]
    """Folders that could not be listed."""


def list_files(places: KnowledgePlaces) -> Listing:
    """What is there now. A folder that does not exist is empty."""
    problems: list[Gap] = []

    def names(folder: Path, elsewhere: str) -> list[str]:
        try:
            return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            fault = Unclear(
                f"This folder cannot be listed ({error.strerror}). Check its permissions.",
                kind="unreadable_file",
            )
            problems.append(fault.gap(wire_path(folder, places.root, elsewhere)))
            return []

    def found(folder: Path, name: str, elsewhere: str) -> Found:
        return Found(folder / name, wire_path(folder / name, places.root, f"{elsewhere}/{name}"))

    notes = [
        found(places.notes, name, "knowledge_base")
        for name in names(places.notes, "knowledge_base")
        if name.endswith(".md") and name != _ABOUT_THE_FOLDER
    ]
    pictures = [
        found(places.pictures / name, "meta.json", f"viz/{name}")
        for name in names(places.pictures, "viz")
        if _is_there(places.pictures / name / "meta.json")
    ]
    lessons, questions = [], []
    if places.lessons is not None:
        lessons = [
            found(places.lessons, name, "lessons")
            for name in names(places.lessons, "lessons")
            if LESSON_NAME.fullmatch(name)
        ]
        checks = places.lessons / CHECKS
        questions = [
            found(checks, name, f"lessons/{CHECKS}")
            for name in names(checks, f"lessons/{CHECKS}")
            if name.endswith(".yaml")
        ]
    clusters = found(places.notes, CLUSTERS, "knowledge_base")
    glossary = found(places.notes, GLOSSARY, "knowledge_base")
    return Listing(clusters, glossary, notes, pictures, lessons, questions, problems)


def _is_there(path: Path) -> bool:
    """Also true for what is there but may not be looked at: reading it then says why."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def fingerprint(places: KnowledgePlaces) -> str:
    """Changes when a file that ``load`` would read was added, removed or written."""
    listing = list_files(places)
    digest = hashlib.sha256()
    single = (listing.clusters, listing.glossary)
    many = (*listing.notes, *listing.pictures, *listing.lessons, *listing.questions)
    for found in (*single, *many):
        try:
            stat = found.path.stat()
            facts = f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ino}"
        except OSError as error:
            facts = f"unreadable {error.errno}"
        digest.update(f"{found.path}\n{facts}\n".encode("utf-8", "surrogateescape"))
    for problem in listing.problems:
        digest.update(f"{problem.file_path}\n{problem.message}\n".encode())
    return digest.hexdigest()


def is_inside(path: Path, root: Path | None) -> bool:
    return root is not None and path.resolve().is_relative_to(root.resolve())


def wire_path(path: Path, root: Path | None, elsewhere: str) -> str:
    """Relative to the indexed root, or ``elsewhere`` for what lies outside it."""
    name = elsewhere
    if root is not None and is_inside(path.parent, root):
        # the parent is resolved, not the file: a linked note keeps the name it has here
        name = (path.parent.resolve() / path.name).relative_to(root.resolve()).as_posix()
    # file names may hold bytes that are no text; the wire cannot
    return name.encode("utf-8", "replace").decode("utf-8")
