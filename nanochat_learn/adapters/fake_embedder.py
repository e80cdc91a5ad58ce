"""An embedder for tests: every word has a fixed random direction, a text is the sum of its words.

Texts that share words are near each other, the same text always gives the same vector, on every
machine. It knows no meanings. Counts what it was asked, so that tests can see what was embedded.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from nanochat_learn.ports import Embedded
from nanochat_learn.schema.search import EmbedderInfo

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


class FakeEmbedder:
    def __init__(self, dimension: int = 64, model_id: str = "fake") -> None:
        self._info = EmbedderInfo(
            kind="fake",
            model_id=model_id,
            label="words with random directions",
            dimension=dimension,
        )
        self.asked: list[str] = []
        """Every text that was embedded, questions not."""
        self.closed = False

    @property
    def info(self) -> EmbedderInfo:
        return self._info

    def texts(self, texts: Sequence[str], *, tokens: bool = False) -> Embedded:
        self.asked.extend(texts)
        return self._embedded(texts, tokens)

    def question(self, question: str, *, tokens: bool = False) -> Embedded:
        return self._embedded([question], tokens)

    def close(self) -> None:
        self.closed = True

    def _embedded(self, texts: Sequence[str], tokens: bool) -> Embedded:
        import numpy as np

        d = self._info.dimension
        words = [[word.lower() for word in _WORD.findall(text)] or [""] for text in texts]
        sums = [np.sum([_direction(word, d) for word in each], axis=0) for each in words]
        vectors = np.array([one / np.linalg.norm(one) for one in sums], np.float32).reshape(-1, d)
        if not tokens:
            return Embedded(vectors)
        distinct = [list(dict.fromkeys(each))[:64] for each in words]
        rows = (np.stack([_direction(word, d) for word in each]) for each in distinct)
        return Embedded(vectors, tuple(rows))


@lru_cache(maxsize=20_000)
def _direction(word: str, dimension: int) -> NDArray[np.float32]:
    """(dimension,), unit length."""
    import numpy as np

    seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
    drawn = np.random.default_rng(seed).standard_normal(dimension)
    unit: NDArray[np.float32] = (drawn / np.linalg.norm(drawn)).astype(np.float32)
    return unit
