"""A small program, read by the real indexer, and what retrieval needs to know of it."""

from __future__ import annotations

from nanochat_learn.adapters.fake_embedder import FakeEmbedder
from nanochat_learn.graph import GraphIndex, build
from nanochat_learn.indexer import join, read_module
from nanochat_learn.indexer.facts import Tree
from nanochat_learn.knowledge import Knowledge, Note
from nanochat_learn.ports import Passage
from nanochat_learn.retrieval import Corpus, Meaning
from nanochat_learn.retrieval.passages import passages
from nanochat_learn.schema.base import NodeId
from nanochat_learn.schema.concept import NoteHeader
from nanochat_learn.schema.graph import Cluster

SHOP = {
    "shop/__init__.py": '"""A shop that sells tea."""\n',
    "shop/basket.py": '''"""What a customer wants to buy."""

from shop.money import Price, total_of


class Box:
    """Holds things."""

    def open(self):
        """Lift the lid."""


class Basket(Box):
    """Keeps the chosen goods until they are paid for."""

    def __init__(self):
        self.lines = []

    def put(self, name, price):
        """Add one more article."""
        self.lines.append(Price(price))

    def open(self):
        return list(self.lines)

    # @learn:data.adding_up
    def total(self):
        """How much the customer owes."""
        # the reduction comes off before the tax
        return total_of(self.lines)


class GiftBasket(Basket):
    """A basket with a ribbon."""
''',
    "shop/money.py": '''"""Amounts of money."""

import math


class Price:
    """An amount in cents."""

    def __init__(self, cents):
        self.cents = cents


def total_of(prices):
    """Add amounts up."""
    return rounded(sum(price.cents for price in prices))


def rounded(cents):
    """To whole cents."""
    return math.floor(cents)
''',
    "shop/till.py": '''"""Where customers pay."""

from shop.basket import Basket, GiftBasket


def pay(basket: Basket):
    """Take the money for a basket."""
    return basket.total()


def send_parcel():
    """A gift on its way."""
    gift = GiftBasket()
    gift.put("tea", 300)
    return pay(gift)
''',
    "tests/test_money.py": '''"""Is money counted right?"""

from shop.money import Price, rounded, total_of


def test_total_of():
    assert total_of([Price(1), Price(2)]) == 3


def test_rounded():
    assert rounded(2.5) == 2
''',
}

ADDING = """## In one sentence

Adding up makes one number of many.

## Why it exists

A customer wants to know what all of it costs, not each piece.

## How it works

Take the numbers one after the other and keep a running sum.
"""


def knowledge() -> Knowledge:
    note = Note(
        NoteHeader(
            id="data.adding_up",
            title="Adding up",
            cluster="data",
            symbols=("shop/money.py:total_of",),
            aliases=("sum", "grand total", "what everything costs together"),
        ),
        ADDING,
        "notes/data.adding_up.md",
        "Adding up makes one number of many.",
        (),
        {},
    )
    far = Note(
        NoteHeader(id="data.volcano", title="Volcano", cluster="data"),
        "## In one sentence\n\nA volcano spits lava.\n",
        "notes/data.volcano.md",
        "A volcano spits lava.",
        (),
        {},
    )
    return Knowledge(
        clusters=(Cluster(id="data", title="Data", colour="#a45928", order=0),),
        namespaces={"data": "data"},
        notes=(note, far),
    )


def shop(files: dict[str, str] = SHOP) -> GraphIndex:
    facts = {path: read_module(text, path) for path, text in files.items()}
    tree = Tree(files=facts, links=join(facts), parsed=len(facts))
    return GraphIndex(build(tree, knowledge(), code_of(files), generated_by="test"))


def corpus(files: dict[str, str] = SHOP, added: tuple[Passage, ...] = ()) -> Corpus:
    index = shop(files)
    return Corpus(index, [*passages(index.graph, code_of(files), knowledge()), *added])


def meaning_of(the_corpus: Corpus, *, tokens: bool = True):
    """Meaning by the fake embedder, as a store would give it."""
    embedder = FakeEmbedder()
    texts = [passage.text for passage in the_corpus.passages.values()]
    made = embedder.texts(texts, tokens=tokens)
    kept = dict(zip(the_corpus.ids, made.tokens or (), strict=False))

    def of(question: str) -> Meaning:
        return Meaning(
            the_corpus.ids,
            made.vectors,
            embedder.question(question, tokens=tokens),
            (lambda ids: {i: kept[i] for i in ids if i in kept}) if tokens else None,
        )

    return of


def code_of(files: dict[str, str] = SHOP):
    def read(path: str, line: int, end_line: int, cell: str | None) -> str:
        return "\n".join(files.get(path, "").split("\n")[line - 1 : end_line])

    return read


NOTES = {NodeId("concept:data.adding_up"): ADDING}
