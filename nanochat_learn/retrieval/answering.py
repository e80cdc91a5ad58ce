"""A question → ``SearchAnswer``: by name and edges where the wording asks for them, else open."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from nanochat_learn.errors import BadInput
from nanochat_learn.graph.nearest import did_you_mean
from nanochat_learn.retrieval.absence import judge
from nanochat_learn.retrieval.corpus import Corpus, is_test
from nanochat_learn.retrieval.intents import Asked, parse
from nanochat_learn.retrieval.meaning import Meaning
from nanochat_learn.retrieval.names import Named, bare, looks_like_code
from nanochat_learn.retrieval.ranking import WEIGHTS, Ranked, Weights, rank
from nanochat_learn.retrieval.structure import Finding, nothing_found, related
from nanochat_learn.schema.base import NodeId
from nanochat_learn.schema.search import SearchAnswer, SearchHit, Way

LONGEST_QUESTION: Final = 1_000
"""Characters of a question that are read; the rest is told to be left out."""
MOST_RESULTS: Final = 100

MeaningOf = Callable[[str], Meaning | None]
"""A question's vectors, made only when they are needed; None without a model."""

_BY_PARTS: Final = 3
"""The level of ``names`` at which words of a name were found, not the name itself."""


def answer(
    corpus: Corpus,
    query: str,
    limit: int = 10,
    meaning_of: MeaningOf | None = None,
    weights: Weights = WEIGHTS,
) -> SearchAnswer:
    """The best ``limit`` nodes for ``query``. Raises ``BadInput`` for an empty question."""
    text = " ".join(query.split())
    if not text:
        raise BadInput("The question is empty.", "Write what you want to find, in a few words.")
    told = ""
    if len(text) > LONGEST_QUESTION:
        text = text[:LONGEST_QUESTION].rpartition(" ")[0] or text[:LONGEST_QUESTION]
        told = f"Only the first {len(text):,} characters of the question were read."
    limit = max(1, min(limit, MOST_RESULTS))
    return _Answering(corpus, text, limit, meaning_of, weights, told).run()


class _Answering:
    def __init__(
        self,
        corpus: Corpus,
        text: str,
        limit: int,
        meaning_of: MeaningOf | None,
        weights: Weights,
        told: str,
    ) -> None:
        self.corpus, self.text, self.limit = corpus, text, limit
        self.meaning_of, self.weights, self.told = meaning_of, weights, told

    def run(self) -> SearchAnswer:
        for asked in parse(self.text):
            if asked.intent == "open":
                break
            named = self.corpus.names.find(asked.subject)
            if asked.intent == "symbol":
                if self._surely_a_name(asked, named):
                    return self._symbol(named)
                if not named and looks_like_code(asked.subject.strip("`'\"")):
                    return self._no_such_name(asked)
            elif named and self._may_be_meant(asked, named):
                return self._related(asked, self._of_the_tree(named))
            elif asked.sure and not named:
                if looks_like_code(asked.subject.strip("`'\"")):
                    return self._no_such_name(asked)
                if asked.strict and (described := self._described(asked.subject)):
                    return self._related(asked, described)
        return self._open()

    # --- by name

    def _surely_a_name(self, asked: Asked, named: list[Named]) -> bool:
        """Whether a symbol is meant, and not an idea that shares its word: "what is softmax"."""
        if not named:
            return False
        plain, kind = bare(asked.subject)
        if looks_like_code(asked.subject.strip("`'\"? ")) or kind is not None:
            return True
        level = named[0].level
        if asked.subject == self.text.strip("?!. ") and " " not in plain:
            return level <= 1 and not self._is_idea(plain)
        if asked.place:
            return level < _BY_PARTS
        return level == 0 and plain != plain.lower() and not self._is_idea(plain)

    def _is_idea(self, plain: str) -> bool:
        """A concept bears the same name."""
        return any(
            node.type == "concept" and plain.lower() in (node.label.lower(), i.rpartition(".")[2])
            for i, node in self.corpus.index.nodes.items()
        )

    @staticmethod
    def _may_be_meant(asked: Asked, named: list[Named]) -> bool:
        """A name found only by its parts is trusted where the wording leaves no doubt."""
        return named[0].level < _BY_PARTS or asked.strict or len(named) <= 3

    def _symbol(self, named: list[Named]) -> SearchAnswer:
        hits: dict[NodeId, SearchHit] = {}
        for rank_, one in enumerate(named[: self.limit]):
            hits[one.id] = self._hit(one.id, max(1 - 0.01 * rank_ - 0.05 * one.level, 0.5), "")
        ranked = self._ranked(self.text, with_meaning=False)
        for place, total in zip(ranked.places, ranked.totals, strict=True):
            if len(hits) >= self.limit:
                break
            node_id = self.corpus.ids[place]
            if total > 0 and node_id not in hits:
                hits[node_id] = self._hit(node_id, 0.5 * _share(total), "")
        return SearchAnswer(
            query=self.text,
            results=tuple(hits.values()),
            intent="symbol",
            ways=("graph",) if len(hits) == len(named) else ("graph", "words"),
            reason=self.told,
        )

    def _no_such_name(self, asked: Asked) -> SearchAnswer:
        name = asked.subject.strip("`'\" ")
        labels = {node.label for node in self.corpus.index.nodes.values() if node.file_path}
        hint = did_you_mean(name, labels)
        ranked = self._ranked(self.text, with_meaning=False)
        reason = " ".join(filter(None, (f"There is no {name} in this code.", hint, self.told)))
        return SearchAnswer(
            query=self.text,
            results=self._hits(ranked),
            intent=asked.intent,
            ways=("graph", "words"),
            absent=True,
            reason=reason,
        )

    # --- by edges

    def _of_the_tree(self, named: list[Named]) -> list[NodeId]:
        """Without libraries, where the tree has something of the same name."""
        nodes = self.corpus.index.nodes
        own = [one.id for one in named if nodes[one.id].type != "external"]
        return own or [one.id for one in named]

    def _related(self, asked: Asked, subjects: list[NodeId]) -> SearchAnswer:
        index = self.corpus.index
        label = index.node(subjects[0]).label
        found = related(asked, subjects, index)
        if asked.intent not in ("contents", "callees"):
            found.sort(key=lambda one: self._order(one, asked.tests))
        if asked.tests:
            found = [one for one in found if is_test(index.node(one.id))]
        hits = [
            self._hit(one.id, max(1 / one.distance - 0.002 * rank_, 0.05), one.why)
            for rank_, one in enumerate(found[: self.limit])
        ]
        reason = self.told
        if not hits:
            said = nothing_found(asked, label)
            if asked.tests:
                said = f"No test calls {label} by name."
            reason = " ".join(filter(None, (said, self.told)))
        known = {hit.id for hit in hits}
        for subject in subjects[: self.limit - len(hits)]:
            if subject not in known:
                hits.append(self._hit(subject, 0.04, "is what the question is about"))
        return SearchAnswer(
            query=self.text,
            results=tuple(hits),
            intent=asked.intent,
            ways=("graph",),
            reason=reason,
        )

    def _order(self, one: Finding, tests_first: bool) -> tuple[int, bool, float, str]:
        test = is_test(self.corpus.index.node(one.id))
        return (one.distance, test != tests_first, -self.corpus.importance[one.id], one.id)

    def _described(self, phrase: str) -> list[NodeId]:
        """The one class or function that a phrase describes, when the words leave little doubt."""
        ranked = self._ranked(phrase)
        if judge(ranked).absent:
            return []
        for place in ranked.places[:5]:
            node = self.corpus.index.nodes.get(self.corpus.ids[place])
            if node is not None and node.type in ("class", "function"):
                return [node.id]
        return []

    # --- by words and meaning

    def _open(self) -> SearchAnswer:
        meaning = self.meaning_of(self.text) if self.meaning_of else None
        ranked = rank(self.corpus, self.text, meaning, self.weights)
        verdict = judge(ranked)
        ways: tuple[Way, ...] = ("words", "graph")
        if meaning is not None:
            ways = ("vectors", *ways)
        return SearchAnswer(
            query=self.text,
            results=self._hits(ranked),
            intent="open",
            ways=ways,
            absent=verdict.absent,
            reason=" ".join(filter(None, (verdict.reason, self.told))),
        )

    def _ranked(self, text: str, *, with_meaning: bool = True) -> Ranked:
        meaning = self.meaning_of(text) if with_meaning and self.meaning_of else None
        return rank(self.corpus, text, meaning, self.weights)

    def _hits(self, ranked: Ranked) -> tuple[SearchHit, ...]:
        best: Iterable[tuple[int, float]] = zip(ranked.places, ranked.totals, strict=True)
        return tuple(
            self._hit(self.corpus.ids[place], _share(total), "")
            for place, total in list(best)[: self.limit]
        )

    def _hit(self, node_id: NodeId, score: float, why: str) -> SearchHit:
        node = self.corpus.index.nodes.get(node_id)
        passage = self.corpus.passages.get(node_id)
        if node is None:
            assert passage is not None  # every id comes from the graph or from a passage
            return SearchHit(
                id=node_id,
                score=round(score, 4),
                type=passage.type,
                label=passage.label,
                file_path=passage.file_path,
                line=None,
                why=why,
            )
        return SearchHit(
            id=node_id,
            score=round(score, 4),
            type=node.type,
            label=node.label,
            file_path=node.file_path,
            line=getattr(node, "line", None),
            why=why,
        )


def _share(total: float) -> float:
    """A total in standard deviations → from 0 to below 1, larger for larger."""
    return max(total, 0.0) / (max(total, 0.0) + 8.0)
