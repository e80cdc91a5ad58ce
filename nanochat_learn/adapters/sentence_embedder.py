"""Embedding with sentence-transformers. Loads torch: opened in the worker, never in the server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from nanochat_learn.errors import CannotRead
from nanochat_learn.ports import Embedded
from nanochat_learn.schema.search import EmbedderInfo

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TOKENS: Final = 64
"""Token vectors kept of one text."""


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """Which model, and how to ask it. ``place`` is a folder, or an id in the local hub cache."""

    info: EmbedderInfo
    place: str
    question_prompt: str = ""
    """Put before questions where the model's own files name none."""
    pinned: tuple[tuple[str, str], ...] = ()
    """(file, sha256) of every file in the folder that is read; checked before anything is."""

    def open(self) -> SentenceEmbedder:
        from nanochat_learn.adapters.packaged_embedder import verify

        verify(Path(self.place), self.pinned)
        return SentenceEmbedder(self)


class SentenceEmbedder:
    """An ``Embedder``. Full dimension, nothing truncated; nodes plain, questions with a prompt."""

    def __init__(self, spec: ModelSpec) -> None:
        from sentence_transformers import SentenceTransformer

        self._spec = spec
        try:
            # no code of a model's folder is run, and nothing is fetched
            self._model: Any = SentenceTransformer(
                spec.place, device="cpu", local_files_only=True, trust_remote_code=False
            )
        except Exception as error:
            raise CannotRead(
                f"The embedding model {spec.info.label} cannot be loaded: {_first_line(error)}",
                "Check its folder, or take another model in the settings.",
            ) from error
        prompts = getattr(self._model, "prompts", None) or {}
        self._question_prompt = prompts.get("query") or spec.question_prompt
        self._text_prompt = prompts.get("document") or prompts.get("passage") or ""

    @property
    def info(self) -> EmbedderInfo:
        dimension = self._model.get_embedding_dimension() or self._spec.info.dimension
        return self._spec.info.model_copy(update={"dimension": dimension})

    def texts(self, texts: Sequence[str], *, tokens: bool = False) -> Embedded:
        return self._embedded(list(texts), self._text_prompt, tokens)

    def question(self, question: str, *, tokens: bool = False) -> Embedded:
        return self._embedded([question], self._question_prompt, tokens)

    def close(self) -> None:
        self._model = None

    def _embedded(self, texts: list[str], prompt: str, tokens: bool) -> Embedded:
        import numpy as np

        asked: dict[str, Any] = {
            "prompt": prompt,  # "" too: else a default prompt of the model would be put before
            "batch_size": max(len(texts), 1),
            "show_progress_bar": False,
            "normalize_embeddings": True,
        }
        if not texts:
            return Embedded(np.zeros((0, self.info.dimension), np.float32), () if tokens else None)
        if not tokens:
            made = np.asarray(self._model.encode(texts, **asked), np.float32)
            return Embedded(made)
        rows = self._model.encode(texts, output_value=None, **asked)
        vectors = np.stack([_array(row["sentence_embedding"]) for row in rows])
        lengths = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        skip = len(
            self._model.tokenizer(prompt, add_special_tokens=False)["input_ids"] if prompt else ()
        )
        return Embedded(vectors / lengths, tuple(self._tokens(row, skip) for row in rows))

    def _tokens(self, row: dict[str, Any], skip: int) -> NDArray[np.float32]:
        """(≤ 64, d): the first of each distinct word piece, without special signs, punctuation
        and prompt. The form repeats its words; a second "Type" would only take room."""
        import numpy as np

        tokenizer = self._model.tokenizer
        mask = np.asarray(_array(row["attention_mask"]), bool)
        ids = np.asarray(_array(row["input_ids"]), np.int64)[mask]
        vectors = _array(row["token_embeddings"])[: len(mask)][mask]
        special = set(tokenizer.all_special_ids)
        seen: set[int] = set()
        keep: list[int] = []
        words = 0
        for at, (piece, name) in enumerate(
            zip(ids.tolist(), tokenizer.convert_ids_to_tokens(ids.tolist()), strict=True)
        ):
            if piece in special:
                continue
            words += 1
            if words <= skip or piece in seen or not any(sign.isalnum() for sign in name):
                continue
            seen.add(piece)
            keep.append(at)
        chosen = vectors[keep[:TOKENS] or [0]]
        unit: NDArray[np.float32] = chosen / np.maximum(
            np.linalg.norm(chosen, axis=1, keepdims=True), 1e-12
        )
        return unit


def _array(tensor: Any) -> NDArray[np.float32]:
    import numpy as np

    if hasattr(tensor, "detach"):
        tensor = tensor.detach().float().cpu().numpy()
    return np.asarray(tensor, np.float32)


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return (lines[0][:300] if lines else type(error).__name__).rstrip(".") + "."
