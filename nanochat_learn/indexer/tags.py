"""Tags in comments: well-formed ones, what they cover, and what a mistyped one meant.

The grammar is ``schema/code.py``, shared with the editor; ``tests/contracts/tags.json`` lists
what both must read alike. Only files in which something looks like a tag come here.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple, cast

from nanochat_learn.indexer.comments import Comment, find_comments
from nanochat_learn.indexer.facts import Problem, Symbol, Tag
from nanochat_learn.schema.code import TAG_LIKE, WELL_FORMED_TAG, TagKind

MAY_HOLD_TAGS = re.compile(r"#[ \t]*@[ \t]*[A-Za-z]{2,12}[ \t]*:")
"""A quick look: without a match, a file has no tags, right or wrong."""

_WELL_FORMED = re.compile(WELL_FORMED_TAG)
_TAG_LIKE = re.compile(TAG_LIKE)
_KINDS = ("learn", "def", "viz", "todo")


class _Statement(NamedTuple):
    first: int  # decorators included
    line: int
    last: int
    compound: bool


def find_tags(
    text: str, tree: ast.Module | None, symbols: list[Symbol], cell: str | None = None
) -> tuple[list[Tag], list[Problem]]:
    """Tags of ``text``, and mistyped ones. Without a tree (broken code) each covers its line."""
    comments = find_comments(text)
    statements: list[_Statement] | None = None  # gathered when the first tag is met
    tags: list[Tag] = []
    problems: list[Problem] = []
    for number, comment in enumerate(comments):
        match = _WELL_FORMED.match(comment.text)
        if match is None:
            if (intent := likely_intent(comment.text)) is not None:
                problems.append(
                    Problem("malformed_tag", _sentence(comment, intent), comment.line, cell)
                )
            continue
        kind = cast(TagKind, match[1] or match[3])
        target = match[2] or match[4]
        words, last = "", comment.line
        if kind == "def":
            words, last = _text_below(comments, number)
            first = min(comment.line + 1, last)
            scope = _scope(symbols, comment.line, None)
        else:
            if statements is None:
                statements = list(_statements(tree)) if tree else []
            covered = _covered(statements, comment)
            first, last = (covered.line, covered.last) if covered else (comment.line, comment.line)
            scope = _scope(symbols, comment.line, covered)
        tags.append(Tag(kind, target, comment.line, first, last, scope, words, cell))
    return tags, problems


def likely_intent(comment: str) -> str | None:
    """What a mistyped tag was probably meant to be; "" when that is unclear; None for a comment
    that is no tag at all."""
    if _WELL_FORMED.match(comment):
        return None
    like = _TAG_LIKE.match(comment)
    if like is None:
        return None
    word = like[1].lower()
    kind = min(_KINDS, key=lambda one: (_distance(word, one), one))
    if _distance(word, kind) > (1 if len(kind) == 3 else 2):
        return None
    target = comment[like.end() :].strip().lower()
    if kind == "todo":
        target = target.removeprefix("explain").lstrip(": ")
        target = re.sub(r"[^a-z0-9_]+", "_", target).strip("_")
        return f"# @todo:explain:{target}" if target else ""
    target = re.sub(r"[^a-z0-9_.]+", "_", target)
    target = ".".join(part.strip("_") for part in target.split(".") if part.strip("_"))
    return f"# @{kind}:{target}" if target else ""


def _sentence(comment: Comment, intent: str) -> str:
    mend = f"Did you mean `{intent}`?" if intent else "Write for example `# @learn:attention.rope`."
    return f"`{comment.text.strip()}` is not a tag. {mend}"


def _text_below(comments: list[Comment], number: int) -> tuple[str, int]:
    """The comment lines that follow a @def, as Markdown, and the last one's line."""
    lines: list[str] = []
    last = comments[number].line
    for comment in comments[number + 1 :]:
        if not comment.own_line or comment.line != last + 1 or _TAG_LIKE.match(comment.text):
            break
        lines.append(comment.text[1:].removeprefix(" ").rstrip())
        last = comment.line
    return "\n".join(lines).strip(), last


def _statements(tree: ast.Module) -> Iterator[_Statement]:
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt):
            decorators = getattr(node, "decorator_list", [])
            first = min([node.lineno, *(one.lineno for one in decorators)])
            compound = hasattr(node, "body") or hasattr(node, "cases")
            yield _Statement(first, node.lineno, node.end_lineno or node.lineno, compound)


def _covered(statements: list[_Statement], comment: Comment) -> _Statement | None:
    line = comment.line
    if not comment.own_line:  # the line it trails
        on_line = [one for one in statements if one.first <= line <= one.last]
        begun = [one for one in on_line if one.line == line or not one.compound]
        return max(begun or on_line, key=lambda one: (one.line, -one.last), default=None)
    around = [one for one in statements if one.first <= line <= one.last]
    inner = max(around, key=lambda one: (one.line, -one.last), default=None)
    if inner is not None and (not inner.compound or line < inner.line):
        return inner  # inside a long expression, or between decorators
    limit = inner.last if inner else float("inf")
    after = [one for one in statements if line < one.first <= limit]
    return min(after, key=lambda one: (one.first, -one.last), default=None)


def _scope(symbols: list[Symbol], line: int, covered: _Statement | None) -> str:
    inside = ""
    size = float("inf")
    for symbol in symbols:
        if covered is not None and symbol.line == covered.line:
            return symbol.qualname
        if symbol.line <= line <= symbol.end_line and symbol.end_line - symbol.line < size:
            inside, size = symbol.qualname, symbol.end_line - symbol.line
    return inside


def _distance(one: str, other: str) -> int:
    """Edit distance (Levenshtein, 1966): letters to add, drop or change."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        previous, row[0] = row[0], i
        for j, b in enumerate(other, start=1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return row[-1]
