"""What is installed and active, and the mend for each thing that is not.

Looks, and never changes anything. Imports none of the packages it reports on.
"""

from __future__ import annotations

import importlib.metadata
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from nanochat_learn.errors import LearnError
from nanochat_learn.places import content, find_workspace

_REINSTALL = "pip install --force-reinstall nanochat-learn (in a checkout: make lab)"


class Finding(NamedTuple):
    name: str
    ok: bool
    says: str
    mend: str = ""


def examine(start: Path) -> list[Finding]:
    return [
        *_python(),
        *_packages(),
        _lab_extension(),
        _server_extension(),
        *_contents(),
        _workspace(start),
    ]


def _python() -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding("Python", sys.version_info >= (3, 11), version, "Install Python 3.11 or later.")


def _packages() -> Iterator[Finding]:
    from packaging.requirements import Requirement

    try:
        lines = importlib.metadata.requires("nanochat-learn") or []
    except importlib.metadata.PackageNotFoundError:
        yield Finding("nanochat-learn", False, "not installed", "pip install nanochat-learn")
        return
    for requirement in sorted(map(Requirement, lines), key=lambda one: one.name.lower()):
        if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
            continue
        mend = f"pip install '{requirement}'"
        try:
            version = importlib.metadata.version(requirement.name)
        except importlib.metadata.PackageNotFoundError:
            yield Finding(requirement.name, False, "not installed", mend)
            continue
        fits = requirement.specifier.contains(version, prereleases=True)
        says = version if fits else f"{version}, but {requirement.specifier} is needed"
        yield Finding(requirement.name, fits, says, mend)


def _lab_extension() -> Finding:
    from jupyter_core.paths import jupyter_path

    name = "lab extension"
    for folder in jupyter_path("labextensions"):
        manifest = Path(folder) / "nanochat-learn" / "package.json"
        if not manifest.is_file():
            continue
        try:
            described = json.loads(manifest.read_text(encoding="utf-8"))
            entry = manifest.parent / described["jupyterlab"]["_build"]["load"]
        except (OSError, ValueError, KeyError):
            return Finding(name, False, f"{manifest} cannot be read", _REINSTALL)
        if not entry.is_file():
            return Finding(name, False, "its JavaScript is missing", _REINSTALL)
        if _switched_off():
            mend = "jupyter labextension enable nanochat-learn"
            return Finding(name, False, "installed, but switched off", mend)
        return Finding(name, True, f"{described.get('version', '?')}, installed and enabled")
    return Finding(name, False, "not installed", _REINSTALL)


def _switched_off() -> bool:
    from jupyter_core.paths import jupyter_config_path

    for folder in jupyter_config_path():
        try:
            page = json.loads((Path(folder) / "labconfig" / "page_config.json").read_text("utf-8"))
        except (OSError, ValueError):
            continue
        disabled = page.get("disabledExtensions", {})
        if isinstance(disabled, dict) and disabled.get("nanochat-learn"):
            return True
    return False


def _server_extension() -> Finding:
    from jupyter_core.paths import jupyter_config_path

    name = "server extension"
    for folder in jupyter_config_path():
        for file in (Path(folder) / "jupyter_server_config.d").glob("*.json"):
            try:
                switches = json.loads(file.read_text(encoding="utf-8"))
                enabled = switches["ServerApp"]["jpserver_extensions"].get("nanochat_learn")
            except (OSError, ValueError, KeyError, TypeError, AttributeError):
                continue
            if enabled is not None:
                mend = "jupyter server extension enable nanochat_learn"
                return Finding(name, bool(enabled), "enabled" if enabled else "switched off", mend)
    return Finding(name, False, "not installed", _REINSTALL)


def _contents() -> Iterator[Finding]:
    for kind in ("lessons", "knowledge_base", "viz", "nanochat"):
        try:
            folder = content(kind)
            count = sum(1 for path in folder.rglob("*") if path.is_file())
        except LearnError as error:
            yield Finding(f"content: {kind}", False, error.sentence, error.hint)
            continue
        yield Finding(f"content: {kind}", count > 0, f"{count} files", _REINSTALL)
    built = Path(__file__).parent / "static" / "viz"
    pictures = sorted(file.stem for file in built.glob("*.js")) if built.is_dir() else []
    yield Finding("pictures", bool(pictures), f"{len(pictures)} built", _REINSTALL)


def _workspace(start: Path) -> Finding:
    name = "workspace"
    mend = "nanochat-learn lab FOLDER prepares one"
    try:
        found = find_workspace(start)
    except LearnError as error:
        return Finding(name, False, error.sentence, error.hint)
    if found is None:
        return Finding(name, True, f"none here; {mend}")
    writable = os.access(found.root, os.W_OK)
    says = f"{found.root}" + ("" if writable else ", read-only: caches go to your data folder")
    return Finding(name, True, says)
