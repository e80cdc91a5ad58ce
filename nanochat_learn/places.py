"""Where things are: the workspace around a folder, its caches, and the content we ship.

One function, ``find_workspace``, serves the kernel (from its working directory) and
the server (from the open document), so that both always find the same files. Nothing
here writes; ``shipping.py`` makes workspaces.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from nanochat_learn.errors import CannotRead, NotFound
from nanochat_learn.settings import Settings, read_settings

MARKER = "nanochat-learn.toml"
FORMAT = 1
CACHE = ".nanochat-learn"
Content = Literal["lessons", "knowledge_base", "viz", "nanochat"]

_PACKAGE = Path(__file__).parent
_IN_CHECKOUT: dict[Content, str] = {
    "lessons": "lessons",
    "knowledge_base": "docs/knowledge_base",
    "viz": "src/viz",
    "nanochat": "nanochat",
}


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder to be indexed. ``marked`` is False for a folder that only the command line names."""

    root: Path
    name: str
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    content_version: str = ""
    marked: bool = True

    @property
    def writable(self) -> bool:
        return os.access(self.root, os.W_OK)

    @property
    def progress(self) -> Path:
        """Where kernels and the server write down what was done. Not created by asking."""
        return self.root / "progress"

    @property
    def cache(self) -> Path:
        """Where graph, positions and file facts live. Not created by asking.

        Inside the workspace; a read-only or unmarked folder has its caches in the
        user's data folder instead, so that nothing is left in a foreign tree.
        """
        if self.marked and self.writable:
            return self.root / CACHE
        from platformdirs import user_data_path

        key = hashlib.sha256(str(self.root).encode("utf-8", "surrogateescape")).hexdigest()[:16]
        return user_data_path("nanochat-learn") / "workspaces" / key


def find_workspace(
    start: Path, ceiling: Path | None = None, settings: Settings | None = None
) -> Workspace | None:
    """The workspace that ``start`` (a folder or a file) belongs to, or None.

    ``NANOCHAT_LEARN_WORKSPACE`` wins; else the nearest ancestor with a marker, never
    above ``ceiling``. Raises ``CannotRead`` for a marker that cannot be understood.
    """
    settings = settings or read_settings()
    if settings.workspace is not None:
        return open_workspace(settings.workspace)
    top = ceiling.resolve() if ceiling else None
    here = start.resolve()
    for folder in (here, *here.parents):
        if top is not None and not folder.is_relative_to(top):
            return None
        if (folder / MARKER).is_file():
            return open_workspace(folder)
    return None


def open_workspace(folder: Path) -> Workspace:
    """Read ``folder`` as a workspace; without a marker, with the default rules."""
    root = folder.expanduser().resolve()
    if not root.is_dir():
        raise NotFound(f"There is no folder {folder}.", "Check the path for a spelling mistake.")
    marker = root / MARKER
    if not marker.is_file():
        return Workspace(root, root.name, marked=False)
    try:
        settings = tomllib.loads(marker.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CannotRead(
            f"{MARKER} in {root.name} cannot be read: {error}.",
            "Correct that line, or delete the file and prepare the workspace again.",
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise CannotRead(
            f"{MARKER} in {root.name} cannot be read: {error}.", "Check its permissions."
        ) from error
    if settings.get("format", FORMAT) != FORMAT:
        raise CannotRead(
            f"{MARKER} in {root.name} has format {settings['format']}, not {FORMAT}.",
            "Upgrade nanochat-learn, or prepare a new workspace.",
        )
    return Workspace(
        root,
        root.name,
        include=_globs(settings, "include", root),
        exclude=_globs(settings, "exclude", root),
        content_version=str(settings.get("content_version", "")),
    )


def _globs(settings: dict[str, object], key: str, root: Path) -> tuple[str, ...]:
    value = settings.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise CannotRead(
            f"`{key}` in {MARKER} of {root.name} must be a list of patterns.",
            f'For example: {key} = ["experiments/**"].',
        )
    return tuple(value)


def content(kind: Content) -> Path:
    """A folder of what we ship: the same in a checkout and in site-packages."""
    in_checkout = _PACKAGE.parent / _IN_CHECKOUT[kind]
    if (_PACKAGE.parent / "pyproject.toml").is_file() and in_checkout.is_dir():
        return in_checkout
    if kind == "nanochat":
        found = importlib.util.find_spec("nanochat")  # finds without importing
        if found is None or not found.submodule_search_locations:
            raise NotFound(
                "The package nanochat is not installed.", "Run `pip install nanochat-learn`."
            )
        return Path(next(iter(found.submodule_search_locations)))
    return _PACKAGE / "content" / kind


def own_or_shipped(workspace: Workspace, kind: Content) -> Path:
    """The workspace's own notes, pictures or lessons if it brings any, else ours."""
    own = workspace.root / _IN_CHECKOUT[kind]
    return own if own.is_dir() else content(kind)
