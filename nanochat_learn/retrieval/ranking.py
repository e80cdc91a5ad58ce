"""Open questions: by words, by meaning, and by the ideas that the graph ties to code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nanochat_learn.retrieval.corpus import Corpus
from nanochat_learn.retrieval.fusion import Scale, fuse
from nanochat_learn.retrieval.meaning import Meaning
from nanochat_learn.retrieval.words import parts, stem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each signal counts, in its own standard deviations. Developed on the half of
    ``bench/questions.jsonl`` that is marked ``develop``."""

    meaning: float = 1.0
    words: float = 0.6
    named: float = 0.8
    ideas: float = 0.5
    interaction: float = 0.8
    holder: float = 0.15
    """How much of its holder's score a node inherits."""
    held: float = 0.1
    """How much of its best part's score a class or file inherits."""
    note_loses: float = 0.3
    file_loses: float = 0.3
    importance: float = 1.0
    reranked: int = 30


WEIGHTS: Final = Weights()
_PLACE: Final = re.compile(
    r"\s*(?:where|who|(?:in )?(?:which|what) (?:file|function|class|line))\b", re.I
)
"""Who asks for a place wants code before a note about it."""
_IDEA: Final = re.compile(
    r"\s*(?:what(?: is| are|'s) (?!it\b)|explain|define|what does .* mean)", re.I
)
"""Who asks what something is wants the note too."""
_OTHER_LOSES: Final = 1.5
"""What a note without code here loses, and a library, a picture or a lesson, which loses half
besides."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """Places of the corpus, best first, with their totals; and what abstention looks at."""

    places: list[int]
    totals: list[float]
    asked: tuple[str, ...]
    """Stems of the question's telling words."""
    nearest: float | None
    """The largest cosine of any code, or note that code stands for; None without vectors."""
    coverage: float
    """The largest share of the question's words that one good result holds."""
    unknown: tuple[str, ...]
    """Words of the question that stand nowhere in this tree."""


def rank(
    corpus: Corpus, question: str, meaning: Meaning | None, weights: Weights = WEIGHTS
) -> Ranked:
    import numpy as np

    asked = corpus.lexicon.question(question)
    size = len(corpus.ids)
    background = corpus.is_code
    lexical = corpus.lexicon.scores(asked)
    signals = {
        "words": Scale.of(lexical, background)(lexical),
        "named": 4 * corpus.lexicon.named(asked),
    }
    near = meaning.nearness(corpus.place, size) if meaning is not None else None
    if near is not None:
        signals["meaning"] = Scale.of(near, background)(near)
    weighted = {
        "words": weights.words if near is not None else weights.words + weights.meaning,
        "named": weights.named,
        "meaning": weights.meaning,
    }
    first = fuse(signals, weighted)
    signals["ideas"] = _ideas(corpus, first)
    total = first + weights.ideas * signals["ideas"]
    total = total + weights.importance * corpus.prior
    total = total - _OTHER_LOSES * ~corpus.is_here
    total = np.where(corpus.is_aside, np.minimum(total, 0.5 * total), total)
    notes = weights.note_loses * (2 if _PLACE.match(question) else not _IDEA.match(question))
    total = total - notes * corpus.is_concept - weights.file_loses * corpus.is_file
    upper = np.maximum(total[corpus.holder], 0) * corpus.is_code
    held = np.zeros(size)
    np.maximum.at(held, corpus.holder, total * (corpus.holder != np.arange(size)))
    total = total + weights.holder * upper + weights.held * held
    order = np.argsort(-total, kind="stable")
    if meaning is not None and weights.interaction:
        order, total = _reranked(corpus, meaning, order, total, weights)
    best = [place for place in order[: 2 * weights.reranked].tolist() if corpus.is_here[place]]
    covered = corpus.lexicon.coverage(asked)
    here = near[corpus.is_here] if near is not None else np.array([])
    return Ranked(
        places=order.tolist(),
        totals=total[order].tolist(),
        asked=tuple(asked),
        nearest=float(np.nanmax(here)) if len(here) and not np.isnan(here).all() else None,
        coverage=float(covered[best].max()) if best else 0.0,
        unknown=tuple(
            word
            for word in dict.fromkeys(parts(question))
            if stem(word) in asked and not corpus.lexicon.knows(stem(word), corpus.is_here)
        ),
    )


def _ideas(corpus: Corpus, first: Floats) -> Floats:
    """What each node gains from the concepts that explain it and that fit the question."""
    import numpy as np

    gained = np.zeros(len(first))
    for concept, codes in corpus.explained.items():
        fits = max(float(first[concept]) - 1.0, 0.0)
        for code, closeness in codes:
            gained[code] = max(gained[code], fits * closeness)
    return gained


def _reranked(
    corpus: Corpus, meaning: Meaning, order: NDArray[np.int64], total: Floats, weights: Weights
) -> tuple[NDArray[np.int64], Floats]:
    """The first of the order once more, with late interaction; a row without token vectors
    counts as the mean of the others."""
    import numpy as np

    head = order[: weights.reranked]
    scores = meaning.interaction([corpus.ids[place] for place in head.tolist()])
    if not scores:
        return order, total
    values = np.array([scores.get(corpus.ids[p], np.nan) for p in head.tolist()])
    everyone = np.ones(len(values), bool)
    refined = total.copy()
    refined[head] += weights.interaction * Scale.of(values, everyone)(values)
    # what was behind the first thirty stays behind them
    floor = float(refined[head].min())
    rest = order[weights.reranked :]
    refined[rest] = np.minimum(refined[rest], floor)
    again = head[np.argsort(-refined[head], kind="stable")]
    return np.concatenate((again, rest)), refined
