"""Is what was asked for in this code at all? Two signs, measured on questions of our own.

*Words*: the largest share of the question's telling words that one good result holds; words that
stand nowhere in the code weigh more. *Meaning*: the largest cosine of any code with the question.
With a model both must speak against the question; without one, the words alone decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from nanochat_learn.retrieval.ranking import Ranked

_WORD_NOWHERE: Final = 0.12
"""What one word that stands nowhere costs; a second one costs as much again, a third nothing."""
_ENOUGH_WORDS: Final = 0.43
"""From here on the words speak for the question, whatever a model says."""
_ENOUGH_TOGETHER: Final = 0.44
_WORDS_BESIDE_MEANING: Final = 0.3


@dataclass(frozen=True, slots=True)
class Verdict:
    absent: bool
    reason: str = ""


def judge(ranked: Ranked) -> Verdict:
    """Whether nothing in this code answers the question, and why we think so."""
    if not ranked.asked:
        return Verdict(
            True, "The question holds no word that could be looked for. Say what it is about."
        )
    words = ranked.coverage - _WORD_NOWHERE * min(len(ranked.unknown), 2)
    absent = words < _ENOUGH_WORDS
    if ranked.nearest is not None:
        absent &= ranked.nearest + _WORDS_BESIDE_MEANING * words < _ENOUGH_TOGETHER
    if not absent:
        return Verdict(False)
    missing = [f"“{word}”" for word in ranked.unknown[:3]]
    if not missing:
        where = "nothing that is near to this question"
    elif len(missing) == 1:
        where = f"no {missing[0]}"
    else:
        where = f"neither {', '.join(missing[:-1])} nor {missing[-1]}"
    near = f", and is not near in meaning ({ranked.nearest:.2f})" if ranked.nearest else ""
    return Verdict(
        True,
        f"This code seems to have {where}: even the best match shares only "
        f"{ranked.coverage:.0%} of the question's words{near}.",
    )
