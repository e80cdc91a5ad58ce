"""One frozen ``Settings``, read once at the edge (``cli``, ``server``, a lesson's set-up cell).

Not the learner's preferences in JupyterLab: those live in JupyterLab's own settings.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ASK_ABOVE = 5_000


@dataclass(frozen=True, slots=True)
class Settings:
    workspace: Path | None = None
    """``NANOCHAT_LEARN_WORKSPACE``: this folder is the workspace, wherever one stands."""
    ask_above: int = ASK_ABOVE
    """``NANOCHAT_LEARN_ASK_ABOVE``: more files than this are indexed only when confirmed."""
    base_url: str = ""
    """``NANOCHAT_LEARN_BASE_URL``: the tutor asks this server, whatever was chosen in the panel."""
    embedder: str = ""
    """``NANOCHAT_LEARN_EMBEDDER``: a model's folder or its id in the hub cache, ``packaged``,
    ``words`` for none; empty takes Qwen3-Embedding where it is here, else the packaged one."""


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    folder = environment.get("NANOCHAT_LEARN_WORKSPACE", "").strip()
    limit = environment.get("NANOCHAT_LEARN_ASK_ABOVE", "").strip()
    base_url = environment.get("NANOCHAT_LEARN_BASE_URL", "").strip()
    return Settings(
        workspace=Path(folder).expanduser() if folder else None,
        ask_above=int(limit) if limit.isdecimal() else ASK_ABOVE,
        base_url=base_url,
        embedder=environment.get("NANOCHAT_LEARN_EMBEDDER", "").strip(),
    )
