"""The set-up cell of a lesson: which workspace, which ``nanochat``, and whether it is stale.

Not the exercises, not pictures. Imports no torch: the set-up cell answers at once.
"""

from __future__ import annotations

import hashlib
import importlib
import sys
from pathlib import Path

from nanochat_learn.errors import LearnError, NoWorkspace
from nanochat_learn.places import find_workspace

_loaded: dict[str, str] = {}
"""Hash of each package's files when this kernel first loaded it, by package folder."""


def fingerprint(package: Path) -> str:
    """Short hash over names and contents of a package's ``.py`` files."""
    digest = hashlib.sha256()
    for file in sorted(package.rglob("*.py")):
        digest.update(str(file.relative_to(package)).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def set_up(start: Path | None = None) -> None:
    """Put the workspace first on ``sys.path`` and say which ``nanochat`` this kernel uses.

    ``start`` is the folder to search from, by default the kernel's working
    directory (Jupyter starts a kernel beside its notebook). Prints sentences;
    raises nothing: a learner's first cell should never end in a traceback.
    """
    try:
        print(_set_up(start or Path.cwd()))  # noqa: T201 (the set-up cell speaks to the learner)
    except LearnError as error:
        print(error)  # noqa: T201


def _set_up(start: Path) -> str:
    workspace = find_workspace(start)
    if workspace is None:
        raise NoWorkspace(
            "This notebook does not stand in a nanochat-learn workspace.",
            "Open it from a folder that `nanochat-learn lab FOLDER` has prepared, "
            "or set NANOCHAT_LEARN_WORKSPACE to such a folder.",
        )
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
