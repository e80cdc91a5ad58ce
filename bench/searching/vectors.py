"""Vectors of texts by the packaged model, kept in ``bench/out`` by the hash of the text."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from nanochat_learn.adapters.choosing import PACKAGED_ONLY, choose
from nanochat_learn.ports import Embedded

OUT = Path(__file__).parents[1] / "out"
BATCH = 16


class Vectors:
    """``None`` where the packaged model is not installed is the caller's case: see ``model``."""

    def __init__(self) -> None:
        chosen = choose(PACKAGED_ONLY).spec
        assert chosen is not None, "the packaged model is not installed"
        self._spec, self._model = chosen, None
        self._file = OUT / f"vectors-{chosen.info.model_id.replace('@', '-')}.npz"
        self._kept: dict[str, tuple[np.ndarray, np.ndarray]] = {}
        if self._file.exists():
            kept = np.load(self._file)
            ends = np.cumsum(kept["lengths"])[:-1]
            rows = zip(kept["hashes"], kept["vectors"], np.split(kept["tokens"], ends), strict=True)
            self._kept = {str(h): (v, t) for h, v, t in rows}

    def of(self, texts: Sequence[str], *, questions: bool = False) -> Embedded:
        """Vectors and token vectors of texts (or of questions, with the model's prompt)."""
        keys = [hashlib.sha256(f"{questions} {text}".encode()).hexdigest() for text in texts]
        new = sorted(
            {
                key: text for key, text in zip(keys, texts, strict=True) if key not in self._kept
            }.items(),
            key=lambda item: len(item[1]),
        )
        if new and self._model is None:
            self._model = self._spec.open()
        for start in range(0, len(new), BATCH):
            batch = new[start : start + BATCH]
            if questions:
                made = [self._model.question(text, tokens=True) for _, text in batch]
                pairs = [(m.vectors[0], m.tokens[0]) for m in made]
            else:
                whole = self._model.texts([text for _, text in batch], tokens=True)
                pairs = list(zip(whole.vectors, whole.tokens, strict=True))
            self._kept |= {key: pair for (key, _), pair in zip(batch, pairs, strict=True)}
            if start // BATCH % 20 == 19:
                print(f"  embedding: {start + len(batch)} of {len(new)}", flush=True)
                self._save()
        if new:
            self._save()
        found = [self._kept[key] for key in keys]
        return Embedded(np.array([v for v, _ in found]), tuple(t for _, t in found))

    def _save(self) -> None:
        OUT.mkdir(exist_ok=True)
        np.savez(
            self._file,
            hashes=np.array(list(self._kept)),
            vectors=np.array([v for v, _ in self._kept.values()], np.float32),
            lengths=np.array([len(t) for _, t in self._kept.values()]),
            tokens=np.concatenate([t for _, t in self._kept.values()]).astype(np.float16),
        )
