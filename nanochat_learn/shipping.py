"""Makes a workspace: the marker, and the learner's own copies of lessons and of the model's code.

A copy the learner has edited is never overwritten. When an upgrade brings another
version of it, the new one is put beside it. What was shipped is remembered by hash,
so that a file nobody touched can follow the upgrade.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nanochat_learn._version import __version__
from nanochat_learn.durable import replace_file
from nanochat_learn.errors import CannotRead, CannotWrite, NotFound
from nanochat_learn.places import CACHE, FORMAT, MARKER, content

_MARKER_TEXT = f"""\
# This folder is a nanochat-learn workspace.
format = {FORMAT}
content_version = "{__version__}"

# What is indexed: patterns as in .gitignore, relative to this folder.
include = []
exclude = []
"""
_NOT_SHIPPED = {"__pycache__", ".ipynb_checkpoints"}
# The trained models stay where nanochat is installed; `nanochat.checkpoint.shipped` finds them.
_MODELS = "nanochat/checkpoints"


@dataclass(frozen=True, slots=True)
class Shipment:
    """What one run of ``prepare`` did; paths are relative to the workspace."""

    created: tuple[str, ...]
    upgraded: tuple[str, ...]
    """Untouched by the learner, replaced by the new version."""
    beside: tuple[str, ...]
    """New versions put beside files that the learner has edited."""

    def sentences(self) -> list[str]:
        told = []
        if self.created:
            told.append(f"{len(self.created)} files copied into the workspace.")
        if self.upgraded:
            told.append(f"{len(self.upgraded)} files that you had not changed were upgraded.")
        told += [
            f"You have changed a file that this version changes too; the new one is {path}."
            for path in self.beside
        ]
        return told


def prepare(folder: Path, lessons: bool) -> Shipment:
    """Turn ``folder`` into a workspace; with ``lessons``, copy lessons and model into it.

    Safe to run again. Raises ``CannotWrite`` when the folder refuses.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        marker = folder / MARKER
        if not marker.exists():
            marker.write_text(_MARKER_TEXT, encoding="utf-8")
        return _copy(folder) if lessons else Shipment((), (), ())
    except OSError as error:
        raise CannotWrite(
            f"The workspace {folder.name} cannot be written: {error.strerror or error}.",
            "Choose a folder of your own, or make room on the disk.",
        ) from error


def fresh(folder: Path, name: str) -> str | None:
    """Put the shipped file ``name`` back as it came, or only see that it is so. Another version
    that stood there is kept beside it: returns its name, or None when there was none.

    Raises ``NotFound`` where we ship no such file, ``CannotWrite`` when the folder refuses.
    """
    source = next((source for source, known in _shipped_files() if known == name), None)
    if source is None:
        raise NotFound(f"{name} is not one of the files that come with nanochat-learn.")
    target = folder / name
    kept = None
    try:
        new, own = source.read_bytes(), target.read_bytes() if target.exists() else None
        if own == new:
            return None
        if own is not None:
            kept = _free(target)
            replace_file(kept, own)
        replace_file(target, new)
        ledger = folder / CACHE / "shipped.json"
        replace_file(ledger, _as_ledger(_read_ledger(ledger) | {name: _hash(source)}))
    except OSError as error:
        raise CannotWrite(
            f"{name} cannot be begun anew: {error.strerror or error}.",
            "Check that the folder is yours and that the disk is not full.",
        ) from error
    return kept.relative_to(folder).as_posix() if kept else None


def _free(target: Path) -> Path:
    """``12_lesson.mine-2026-03-01.ipynb``: no lesson by its name, and nobody's yet."""
    day = datetime.now().date().isoformat()
    for number in itertools.count(1):
        again = f"-{number}" if number > 1 else ""
        name = target.with_name(f"{target.stem}.mine-{day}{again}{target.suffix}")
        if not name.exists():
            return name
    raise AssertionError  # counting never ends


def _copy(folder: Path) -> Shipment:
    ledger = folder / CACHE / "shipped.json"
    shipped = _read_ledger(ledger)
    created, upgraded, beside = [], [], []
    _remove_models(folder, shipped)
    for source, name in _shipped_files():
        new = _hash(source)
        target = folder / name
        if not target.exists():
            if name in shipped and shipped[name] == new:
                continue  # the learner deleted it: that is their decision until it changes
            _place(source, target)
            created.append(name)
        elif (old := _hash(target)) == new:
            pass
        elif shipped.get(name) == old:
            _place(source, target)
            upgraded.append(name)
        elif shipped.get(name) != new:
            newer = target.with_name(f"{target.stem}.new-{__version__}{target.suffix}")
            _place(source, newer)
            beside.append(str(newer.relative_to(folder).as_posix()))
        shipped[name] = new
    replace_file(ledger, _as_ledger(shipped))
    return Shipment(tuple(created), tuple(upgraded), tuple(beside))


def _remove_models(folder: Path, shipped: dict[str, str]) -> None:
    """Earlier versions copied the models too. Copies that nobody touched go: they would hide
    better ones. What the learner has put there stays."""
    for name in [name for name in shipped if name.startswith(f"{_MODELS}/")]:
        copy = folder / name
        if copy.is_file() and _hash(copy) == shipped[name]:
            copy.unlink()
        del shipped[name]
    homes = sorted((folder / _MODELS).rglob("*"), reverse=True)
    for home in (*homes, folder / _MODELS):
        if home.is_dir() and not any(home.iterdir()):
            home.rmdir()


def _read_ledger(ledger: Path) -> dict[str, str]:
    try:
        shipped = json.loads(ledger.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise CannotRead(
            f"{CACHE}/{ledger.name} cannot be read: {error}.",
            "Delete that file; edited lessons are then kept and new versions put beside them.",
        ) from error
    return shipped if isinstance(shipped, dict) else {}


def _as_ledger(shipped: dict[str, str]) -> bytes:
    return json.dumps(shipped, indent=1, sort_keys=True).encode()


def _shipped_files() -> Iterator[tuple[Path, str]]:
    """Every shipped file and its name in the workspace. Lessons ship as notebooks: the
    percent sources beside them are for their authors."""
    for kind in ("lessons", "nanochat"):
        home = content("lessons" if kind == "lessons" else "nanochat")
        for source in sorted(home.rglob("*")):
            inside = source.relative_to(home)
            if not source.is_file() or _NOT_SHIPPED & set(inside.parts):
                continue
            if f"{kind}/{inside.parts[0]}" == _MODELS:
                continue
            if source.suffix == ".py" and source.with_suffix(".ipynb").exists():
                continue
            yield source, f"{kind}/{inside.as_posix()}"


def _place(source: Path, target: Path) -> None:
    replace_file(target, source.read_bytes())


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:16]
