"""What reading one Python file or notebook yields. Plain values, no behaviour, no pydantic:
tens of thousands of these are made in one run. Not the graph: nothing here knows other files,
except ``Link``, which is what joining the files yields.
"""

from __future__ import annotations

import marshal
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal, NamedTuple

from nanochat_learn.schema.code import TagKind
from nanochat_learn.schema.graph import GapKind

SymbolKind = Literal["class", "function"]
LinkKind = Literal["calls", "imports", "inherits", "instantiates", "overrides"]


class Symbol(NamedTuple):
    """A function, method or class as it is written."""

    qualname: str  # "GPT.forward"; a function g inside f is "f.g"
    kind: SymbolKind
    line: int  # of the def/class keyword, 1-based
    end_line: int
    signature: str  # "(self, idx, targets=None) -> Tensor"; "(Base, Other)" for a class
    docstring: str
    comment: str  # the comment block directly above (tags left out), as text
    bases: tuple[str, ...]  # dotted names as written, classes only
    cell: str | None  # nbformat cell id in a notebook; lines then count inside the cell


class Reference(NamedTuple):
    """A call, or an import, as seen from one scope; not yet joined with other files."""

    kind: Literal["call", "import"]
    scope: str  # qualname of the innermost def/class around it, "" at module level
    name: str  # dotted, as written: "F.softmax", "self.attn"; imports: the module, made absolute
    line: int  # of the first one
    times: int
    cell: str | None


class Tag(NamedTuple):
    """One well-formed tag and what it covers."""

    kind: TagKind
    target: str  # concept id, picture id, or todo slug
    line: int  # where the tag stands
    first_line: int  # the covered statement (for @def: the text's own lines)
    last_line: int
    scope: (
        str  # the symbol covered (when it stands above a def/class), else the innermost around it
    )
    text: str  # Markdown of a @def block, else ""
    cell: str | None


class Problem(NamedTuple):
    """Something in a file that the learner should know; ``line`` 0 means the whole file."""

    kind: GapKind
    message: str
    line: int
    cell: str | None = None


@dataclass(slots=True)
class FileFacts:
    """All that one file says. ``path`` is relative to the root, with ``/``."""

    path: str
    lines: int
    docstring: str = ""
    comment: str = ""  # the comment block at the head of the file
    symbols: list[Symbol] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    wiki_links: list[tuple[str, int, str | None]] = field(default_factory=list)
    """Notebooks: each ``[[target]]`` in a Markdown cell, its line and cell."""
    aliases: dict[str, str] = field(default_factory=dict)
    """Names bound by imports → dotted targets (relative imports made absolute)."""
    attributes: dict[str, str] = field(default_factory=dict)
    """``Class.attribute`` → dotted name of the class it is made from (``self.mlp = MLP(…)``)."""
    problems: list[Problem] = field(default_factory=list)


# A NamedTuple's own constructor takes three times as long, and these are made by ten thousands.
new_symbol: Any = partial(tuple.__new__, Symbol)
new_reference: Any = partial(tuple.__new__, Reference)


_ROWS = ("symbols", "references", "tags", "problems")
_REST = [name for name in FileFacts.__slots__ if name not in _ROWS]


def moved_together(facts: FileFacts) -> FileFacts:
    """The same facts in memory of their own; to be called when the syntax tree is gone.

    Facts are made while the tree lives and lie scattered among its nodes. Kept there, they
    hold its pages, and reading the files after it takes a tenth longer (measured on the
    standard library). ``marshal`` copies at the speed of C; it knows plain tuples only.
    """
    symbols, references, tags, problems, rest = marshal.loads(
        marshal.dumps(
            (
                list(map(tuple, facts.symbols)),
                list(map(tuple, facts.references)),
                list(map(tuple, facts.tags)),
                list(map(tuple, facts.problems)),
                {name: getattr(facts, name) for name in _REST},
            )
        )
    )
    return FileFacts(
        symbols=list(map(new_symbol, symbols)),
        references=list(map(new_reference, references)),
        tags=[Tag(*row) for row in tags],
        problems=[Problem(*row) for row in problems],
        **rest,
    )


class Link(NamedTuple):
    """A code-to-code relation between node ids, after all files were joined."""

    kind: LinkKind
    source: str
    target: str  # a node id of the tree, or "external:torch.nn.Linear"
    path: str
    line: int
    cell: str | None
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody needs here


new_link: Any = partial(tuple.__new__, Link)


@dataclass(slots=True)
class Tree:
    """The result of indexing a folder."""

    files: dict[str, FileFacts]
    links: list[Link]
    parsed: int  # files read anew in this run
    unreadable: list[tuple[str, Problem]] = field(default_factory=list)
    """Files and folders that could not be opened at all, by path."""
