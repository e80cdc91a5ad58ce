"""Between Jupyter's root and the folders in it: what came over the wire as a path, and back."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from nanochat_learn.errors import BadInput

if TYPE_CHECKING:
    from nanochat_learn.places import Workspace


def inside(root: Path, wire: str) -> Path:
    """A path inside Jupyter's root, or ``BadInput``. Never trust what came over the wire."""
    parts = PurePosixPath(wire.replace("\\", "/")).parts
    path = root.joinpath(*parts) if parts else root
    outside = wire.startswith("/") or ".." in parts or "\0" in wire or ":" in "".join(parts[:1])
    if outside or not path.resolve().is_relative_to(root):
        raise BadInput(
            f"The path {wire!r} is not inside Jupyter's folder.",
            "Send a path relative to the folder Jupyter was started in.",
        )
    return path


def prefix_of(workspace: Workspace, root: Path) -> str:
    """The workspace's path inside Jupyter's root; ``""`` when it is the root, or elsewhere."""
    if not workspace.root.is_relative_to(root):
        return ""
    prefix = workspace.root.relative_to(root).as_posix()
    return "" if prefix == "." else prefix
