"""The files of small models, for a browser that runs one itself: by name only.

A name is that of a model that ships, of a folder in the workspace's own ``nanochat/checkpoints/``,
or of a training in ``runs/`` or ``lessons/runs/``, whose newest checkpoint counts. Nothing is
loaded here, and nothing outside these folders can be reached.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from nanochat_learn.errors import BadInput, CannotRead, NotFound
from nanochat_learn.places import Workspace, content

META, TOKENIZER, WEIGHTS = FILES = ("meta.json", "tokenizer.json", "model.safetensors")
"""What a model consists of, as ``nanochat/checkpoint.py`` writes it."""
MOST_BYTES = 64_000_000
"""A page would need twice as much memory as this, and some patience."""
_OWN = ("nanochat/checkpoints", "runs", "lessons/runs")
"""In a workspace. A training started in a lesson's notebook leaves its run beside it."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


def model_file(workspace: Workspace | None, name: str, file: str) -> bytes:
    """One file of a model; without a workspace, of a model that ships.

    Raises ``NotFound``; ``BadInput`` for weights that are too large for a page; ``CannotRead``.
    """
    if file not in FILES:
        raise NotFound(f"A model has no file {file[:80]!r}.", f"It consists of {', '.join(FILES)}.")
    folder = _folder(workspace, name)
    if folder is None:
        known = sorted({home.name for home in _folders(workspace)})
        raise NotFound(
            f"There is no model {name[:80]!r}.",
            f"There are: {', '.join(known)}." if known else "Install nanochat-learn again.",
        )
    try:
        size = (folder / file).stat().st_size
        if size > MOST_BYTES:
            raise BadInput(
                f"The weights of {name} are {size / 1e6:,.0f} MB, and a page takes at most "
                f"{MOST_BYTES // 1_000_000} MB.",
                "Run this model in a notebook: nanochat.checkpoint.load_model.",
            )
        return (folder / file).read_bytes()
    except FileNotFoundError as error:
        raise NotFound(
            f"{file} of the model {name} is missing.", "Copy the whole folder again."
        ) from error
    except OSError as error:
        raise CannotRead(
            f"{file} of the model {name} cannot be read: {error.strerror or error}.",
            "Check its permissions.",
        ) from error


def _folder(workspace: Workspace | None, name: str) -> Path | None:
    if not _NAME.fullmatch(name):
        return None
    return next((_newest(home) for home in _folders(workspace) if home.name == name), None)


def _folders(workspace: Workspace | None) -> Iterator[Path]:
    """Every folder with a model in it; the learner's own first."""
    own = [] if workspace is None else [workspace.root / home for home in _OWN]
    for home in (*own, content("nanochat") / "checkpoints"):
        whole = home.resolve()
        for folder in sorted(home.iterdir()) if home.is_dir() else ():
            # a link may lead anywhere: what it leads to must lie here too
            newest = _newest(folder)
            files = (newest / file for file in FILES)
            if (newest / META).is_file() and all(
                file.resolve().is_relative_to(whole) for file in files
            ):
                yield folder


def _newest(folder: Path) -> Path:
    """The folder itself, or the last checkpoint of a training."""
    if (folder / META).is_file():
        return folder
    steps = sorted(folder.glob(f"checkpoints/step-*/{META}"))
    return steps[-1].parent if steps else folder
