"""BM25 over passages with two fields, and what share of a question's words a passage knows.

Kept in memory: the numbers of a passage are worked out once, a question only adds them up.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from nanochat_learn.retrieval.words import alike, stems

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

_K1: Final = 1.0
_B: Final = 0.6
_IN_A_NAME: Final = 3.0
"""A word of the name counts like so many words of the text."""
_ALIKE: Final = 0.5
"""A word that means nearly the same counts less than the word itself."""


class Lexicon:
    """Scores of all passages for a question. ``names[i]`` and ``texts[i]`` are passage i."""

    def __init__(self, names: Sequence[str], texts: Sequence[str]) -> None:
        import numpy as np

        self.size = len(texts)
        postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        lengths = []
        self._names = [frozenset(stems(name)) for name in names]
        for place, (name, text) in enumerate(zip(names, texts, strict=True)):
            found = stems(text)
            lengths.append(len(found))
            counts: dict[str, float] = Counter(found)  # type: ignore[assignment]
            for word in stems(name):
                counts[word] = counts.get(word, 0) + _IN_A_NAME
            for word, count in counts.items():
                postings[word].append((place, count))
        mean = (sum(lengths) / len(lengths)) if lengths else 1.0
        stretch = 1 - _B + _B * np.array(lengths or [0], dtype=float) / max(mean, 1.0)
        self._weights: dict[str, tuple[NDArray[np.int64], Floats]] = {}
        self._rarity: dict[str, float] = {}
        for word, entries in postings.items():
            places = np.array([place for place, _ in entries])
            counted = np.array([count for _, count in entries])
            rarity = math.log(1 + (self.size - len(entries) + 0.5) / (len(entries) + 0.5))
            strength = counted * (_K1 + 1) / (counted + _K1 * stretch[places])
            self._weights[word] = (places, strength)
            self._rarity[word] = rarity

    def question(self, text: str) -> dict[str, float]:
        """The stems of a question, each with its rarity; a word that stands nowhere counts as
        one that stands in a single passage."""
        once = math.log(1 + (self.size + 0.5) / 1.5)
        return {word: self._rarity.get(word, once) for word in stems(text)}

    def knows(self, word: str, among: Flags) -> bool:
        """Whether the word, or one that means nearly the same, stands in a passage of ``among``."""
        return any(
            bool(among[self._weights[one][0]].any())
            for one in (word, *alike(word))
            if one in self._weights
        )

    def scores(self, question: Mapping[str, float]) -> Floats:
        """BM25 of every passage, words that mean nearly the same included; (size,)."""
        import numpy as np

        total = np.zeros(self.size)
        for word, rarity in question.items():
            best = np.zeros(self.size)
            if word in self._weights:
                places, strength = self._weights[word]
                best[places] = rarity * strength
            for other in alike(word):
                if other in self._weights and other not in question:
                    places, strength = self._weights[other]
                    other_worth = _ALIKE * min(rarity, self._rarity[other])
                    best[places] = np.maximum(best[places], other_worth * strength)
            total += best
        return total

    def coverage(self, question: Mapping[str, float]) -> Floats:
        """The share of the question's words, by rarity, that each passage holds; a word that
        means nearly the same counts for half. (size,), 0 to 1."""
        import numpy as np

        total = np.zeros(self.size)
        for word, rarity in question.items():
            held = np.zeros(self.size)
            for other in alike(word):
                if other in self._weights:
                    held[self._weights[other][0]] = 0.5
            if word in self._weights:
                held[self._weights[word][0]] = 1.0
            total += rarity * held
        whole = sum(question.values())
        return total / whole if whole else total

    def named(self, question: Mapping[str, float]) -> Floats:
        """How well each passage's name and the question say the same: the share of the name
        that is asked for times the share of the question that is named, by rarity. 0 to 1."""
        import numpy as np

        told = np.zeros(self.size)
        asked = sum(question.values())
        for place, name in enumerate(self._names):
            said = name & question.keys()
            if said:
                heard = sum(question[word] for word in said)
                whole = sum(self._rarity[word] for word in name)
                told[place] = heard / whole * heard / asked
        return told
