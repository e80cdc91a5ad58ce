"""The set-up cell: which lesson, which workspace, which ``nanochat``, and whether that is stale.

Not the exercises, not pictures. Imports no torch: the set-up cell answers at once.
"""

from __future__ import annotations

import hashlib
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

from nanochat_learn.errors import LearnError, NoWorkspace
from nanochat_learn.kernel.opened import open_lesson
from nanochat_learn.kernel.shown import says
from nanochat_learn.places import Workspace, find_workspace

_loaded: dict[str, str] = {}
"""Hash of each package's files when this kernel first loaded it, by package folder."""


def fingerprint(package: Path) -> str:
    """Short hash over names and contents of a package's ``.py`` files."""
    digest = hashlib.sha256()
    for file in sorted(package.rglob("*.py")):
        digest.update(str(file.relative_to(package)).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


@says('set_up("12_self_attention")')
def set_up(lesson: str | None = None, *, start: Path | None = None) -> None:
    """Open a lesson, put the workspace first on ``sys.path``, say which ``nanochat`` is used.

    ``lesson`` is its id, such as ``"12_self_attention"``; ``start`` the folder to search from, by
    default the kernel's working directory (Jupyter starts a kernel beside its notebook). May be run
    again at any time. Prints sentences; raises nothing: a learner's first cell should never end in
    a traceback.
    """
    for said in _set_up(lesson, start or Path.cwd()):
        print(said)  # noqa: T201 (the set-up cell speaks to the learner)


def _set_up(lesson: str | None, start: Path) -> Iterator[str]:
    workspace = None
    try:
        workspace = find_workspace(start)
        if workspace is None:
            raise NoWorkspace(
                "This notebook does not stand in a nanochat-learn workspace.",
                "Open it from a folder that `nanochat-learn lab FOLDER` has prepared, "
                "or set NANOCHAT_LEARN_WORKSPACE to such a folder.",
            )
        yield _loading(workspace)
    except LearnError as error:
        yield str(error)
    if lesson is not None:
        try:
            open_lesson(lesson, workspace)
        except LearnError as error:
            yield str(error)


def _loading(workspace: Workspace) -> str:
    root = str(workspace.root)
    sys.path[:] = [root, *(entry for entry in sys.path if entry != root)]
    importlib.invalidate_caches()
    module = importlib.import_module("nanochat")
    package = Path(str(module.__file__)).parent.resolve()
    now = fingerprint(package)
    then = _loaded.setdefault(str(package), now)
    own = package == (workspace.root / "nanochat").resolve()
    whose = (
        "your own copy" if own else f"the installed package, not a copy in {workspace.root.name}"
    )
    if (workspace.root / "nanochat").is_dir() and not own:
        return (
            f"This kernel has loaded nanochat from another place ({package}). "
            "Restart the kernel and run this cell first, so that your own copy is used."
        )
    if then != now:
        return (
            "The files of nanochat have changed since this kernel loaded them. "
            "Restart the kernel (Kernel menu → Restart Kernel) to use the new version."
        )
    return f"Ready. nanochat is {whose} (version {now})."
