"""What vectors say: nearness of whole texts, and late interaction of single words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nanochat_learn.ports import Embedded
from nanochat_learn.schema.base import NodeId

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Tokens = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Meaning:
    """A question as vectors, beside the vectors of the store.

    ``matrix`` (n, d) belongs to ``ids``; ``asked`` is the embedded question (one row);
    ``tokens_of`` yields token vectors of rows, where they were kept.
    """

    ids: Sequence[NodeId]
    matrix: NDArray[np.float32]
    asked: Embedded
    tokens_of: Callable[[Sequence[NodeId]], Mapping[NodeId, Tokens]] | None = None

    def nearness(self, place: Mapping[NodeId, int], size: int) -> NDArray[np.float64]:
        """Cosine of the question with every passage, (size,); NaN where there is no vector."""
        import numpy as np

        found = np.full(size, np.nan)
        if len(self.ids):
            cosines = self.matrix @ self.asked.vectors[0]
            places = [place.get(node_id, -1) for node_id in self.ids]
            for at, cosine in zip(places, cosines.tolist(), strict=True):
                if at >= 0:
                    found[at] = cosine
        return found

    def interaction(self, ids: Sequence[NodeId]) -> dict[NodeId, float]:
        """Late interaction: the mean over the question's words of the nearest word of a passage.

        Only for rows whose token vectors were kept, and where the question has some.
        """
        if self.tokens_of is None or not self.asked.tokens or not ids:
            return {}
        asked = self.asked.tokens[0]
        return {
            node_id: float((tokens @ asked.T).max(axis=0).mean())
            for node_id, tokens in self.tokens_of(ids).items()
            if len(tokens)
        }
