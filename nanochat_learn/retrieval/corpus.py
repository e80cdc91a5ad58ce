"""Everything about a tree that questions need again and again, worked out once. Pure.

Nodes are numbered: place i of every array belongs to ``ids[i]``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Final

from nanochat_learn.graph import GraphIndex
from nanochat_learn.ports import Passage
from nanochat_learn.retrieval.lexicon import Lexicon
from nanochat_learn.retrieval.names import Names
from nanochat_learn.retrieval.words import stems
from nanochat_learn.schema.base import NodeId
from nanochat_learn.schema.graph import CodeNode, NodeData

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_FORM: Final = re.compile(
    r"^(?:(?:Type|Source):.*|(?:Name|File|Description|Signature|Words|Holds|Idea|Also called): )",
    re.M,
)
"""Titles of the lines of a passage: every passage has them, so they tell nothing."""
_TEST: Final = re.compile(r"(?:^|/)(?:tests?|testing)/|(?:^|/)(?:test_[^/]*|[^/]*_test|conftest)\.")
_ASIDE: Final = re.compile(
    r"(?:^|/)(?:scripts?|bench|benchmarks?|examples?|demos?|tools|docs?|\.ci|setup\.py)(?:/|$)"
)
# What a node that is found only aside loses, in units of one standard deviation.
_TEST_LOSES: Final = 1.2
_ASIDE_LOSES: Final = 0.25
_PRIVATE_LOSES: Final = 0.5
_DUNDER_LOSES: Final = 0.5
_IMPORTANCE: Final = 0.12
"""What each doubling of the users of a node gains."""
_BEARS_ITS_NAME: Final = 1.0
"""How much closer to a concept the code is that bears its name."""


class Corpus:
    """A graph and its passages, ready for questions. Content added on the fly (``added``, and
    passages that are no node of the graph) counts as part of this code, whatever its type."""

    def __init__(
        self, index: GraphIndex, passages: Sequence[Passage], added: Collection[NodeId] = ()
    ) -> None:
        import numpy as np

        self.index = index
        self.passages = {passage.id: passage for passage in passages}
        self.ids: list[NodeId] = list(self.passages)
        self.place = {node_id: place for place, node_id in enumerate(self.ids)}
        self.lexicon = Lexicon(
            [_name(passage) for passage in passages],
            [_FORM.sub("", passage.text) for passage in passages],
        )
        self.importance = {i: _importance(i, index) for i in index.nodes}
        self.prior: Floats = np.array([self._prior(i) for i in self.ids], dtype=float)
        self.names = Names(
            index.nodes.values(),
            {i: value - 4 * is_test(index.nodes[i]) for i, value in self.importance.items()},
        )
        self.is_code = np.array([p.type in ("file", "class", "function") for p in passages], bool)
        self.is_file = np.array([p.type == "file" for p in passages], bool)
        nodes = [index.nodes.get(p.id) for p in passages]
        self.is_aside = np.array(
            [n and n.type in ("external", "viz", "lesson") for n in nodes], bool
        )
        """Libraries, pictures, lessons, and notes about nothing in this tree."""
        self.is_concept = np.array([p.type == "concept" for p in passages], bool)
        self.holder: NDArray[np.int64] = np.array([self._holder(i) for i in self.ids], dtype=int)
        """Place of what contains the node; its own place where nothing does."""
        self.explained: dict[int, list[tuple[int, float]]] = self._explained()
        """Place of a concept → the code it explains, each with how closely."""
        self.is_here = self.is_code.copy()
        """Code, content added by the learner, and concepts that code of this tree stands for: a
        note about something else does not make it part of this code."""
        for place, codes in self.explained.items():
            self.is_here[place] = bool(codes)
        for place, node_id in enumerate(self.ids):
            own = node_id in added or node_id not in index.nodes
            self.is_here[place] |= own
            self.is_aside[place] &= not own
        self.is_aside |= ~self.is_here

    def _prior(self, node_id: NodeId) -> float:
        node = self.index.nodes.get(node_id)
        if not isinstance(node, CodeNode):
            return 0.0
        last = node.label.rpartition(".")[2]
        loss = 0.0
        if is_test(node):
            loss += _TEST_LOSES
        elif _ASIDE.search(node.file_path):
            loss += _ASIDE_LOSES
        if last.startswith("__") and node.type == "function":
            loss += _DUNDER_LOSES
        elif last.startswith("_") and node.type != "file":
            loss += _PRIVATE_LOSES
        return _IMPORTANCE * self.importance[node_id] - loss

    def _holder(self, node_id: NodeId) -> int:
        if node_id in self.index.nodes:
            for edge in self.index.incoming(node_id, "contains"):
                if edge.source in self.place:
                    return self.place[edge.source]
        return self.place[node_id]

    def _explained(self) -> dict[int, list[tuple[int, float]]]:
        found: dict[int, list[tuple[int, float]]] = {}
        for place, node_id in enumerate(self.ids):
            node = self.index.nodes.get(node_id)
            if node is None or node.type != "concept":
                continue
            codes = [e.target for e in self.index.outgoing(node_id, "explains")]
            codes += [e.source for e in self.index.incoming(node_id, "defines")]
            places = [self.place[code] for code in dict.fromkeys(codes) if code in self.place]
            # an idea that is everywhere points nowhere
            closeness = 1 / math.sqrt(1 + len(places) / 4)
            title = set(stems(node.label))
            found[place] = [
                (code, closeness * (1 + _BEARS_ITS_NAME * self._shared(title, code)))
                for code in places
            ]
        return found

    def _shared(self, title: set[str], place: int) -> float:
        """The share of a concept's title that the name of a node says."""
        name = set(stems(_name(self.passages[self.ids[place]])))
        return len(title & name) / len(title) if title else 0.0


def is_test(node: NodeData) -> bool:
    return bool(node.file_path and _TEST.search(node.file_path))


def _importance(node_id: NodeId, index: GraphIndex) -> float:
    """log2 of one and how many places of the tree use the node; tests do not count."""
    edges = index.incoming(node_id, "calls", "instantiates", "inherits", "imports", "overrides")
    users = {
        edge.source
        for edge in edges
        if (source := index.nodes.get(edge.source)) is not None and not is_test(source)
    }
    return math.log2(1 + len(users))


def _name(passage: Passage) -> str:
    if passage.type == "file" and passage.file_path:
        return passage.file_path.rpartition("/")[2].partition(".")[0]
    return passage.label
