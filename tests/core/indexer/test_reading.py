"""Definitions, and every kind of link between files."""

from __future__ import annotations

import pytest

from nanochat_learn.indexer import join, read_module, read_notebook

MODEL = '''"""The model."""
# First lines.
import torch
import torch.nn as nn
from torch.nn import functional as F
from . import tools
from .tools import helper as help_me


class Base(nn.Module):
    def run(self):
        return self.step()

    def step(self):
        return 1


# What the net does.
# @learn:attention.rope
@decorated
class Net(Base, Generic[T]):
    """A net.

        Indented.
    """

    def __init__(self, size: int = 3, *, deep=False) -> None:
        self.part = tools.Part(size)
        self.rows = torch.zeros(size)

    def step(self):
        def inner(x):
            return help_me(x)

        return F.softmax(self.part.turn(inner(2)))


def make(
    size,
    deep=True,
) -> Net:
    """Make one."""
    return Net(size, deep=deep)
'''
TOOLS = """
def helper(x):
    return x


class Part:
    def turn(self, x):
        return helper(x)
"""


@pytest.fixture(scope="module")
def links() -> set[tuple[str, str, str]]:
    files = {
        "pkg/__init__.py": read_module("from .model import Net\n", "pkg/__init__.py"),
        "pkg/model.py": read_module(MODEL, "pkg/model.py"),
        "pkg/tools.py": read_module(TOOLS, "pkg/tools.py"),
        "use.py": read_module("import pkg\nnet = pkg.Net(1)\nnet2 = pkg.Net(2)\n", "use.py"),
    }
    return {(link.kind, link.source, link.target) for link in join(files)}


M, T = "pkg/model.py", "pkg/tools.py"


@pytest.mark.parametrize(
    "link",
    [
        ("imports", M, T),
        ("imports", M, "external:torch"),
        ("imports", M, "external:torch.nn"),
        ("imports", "use.py", "pkg/__init__.py"),
        ("imports", "pkg/__init__.py", M),
        ("inherits", f"{M}:Base", "external:torch.nn.Module"),
        ("inherits", f"{M}:Net", f"{M}:Base"),
        ("overrides", f"{M}:Net.step", f"{M}:Base.step"),
        ("calls", f"{M}:Base.run", f"{M}:Base.step"),
        ("calls", f"{M}:Net.step", f"{M}:Net.step.inner"),
        ("calls", f"{M}:Net.step", f"{T}:Part.turn"),
        ("calls", f"{M}:Net.step", "external:torch.nn.functional.softmax"),
        ("calls", f"{M}:Net.step.inner", f"{T}:helper"),
        ("calls", f"{M}:Net.__init__", "external:torch.zeros"),
        ("calls", f"{T}:Part.turn", f"{T}:helper"),
        ("instantiates", f"{M}:Net.__init__", f"{T}:Part"),
        ("instantiates", f"{M}:make", f"{M}:Net"),
        ("instantiates", "use.py", f"{M}:Net"),
    ],
)
def test_link(links, link):
    assert link in links


def test_nothing_is_guessed(links):
    targets = {target for _, _, target in links}
    assert not any(target.startswith("external:size") for target in targets)
    assert ("calls", f"{M}:make", f"{M}:Net") not in links


def test_one_link_per_relation_with_first_line_and_count():
    facts = read_module("def f(): pass\n\nf()\nf()\nf()\n", "a.py")
    (link,) = join({"a.py": facts})
    assert (link.kind, link.line, link.count) == ("calls", 3, 3)


def test_definitions_as_they_are_written():
    symbols = {symbol.qualname: symbol for symbol in read_module(MODEL, M).symbols}
    net = symbols["Net"]
    assert (net.kind, net.line, net.signature) == ("class", 21, "(Base, Generic[T])")
    assert net.bases == ("Base", "Generic")
    assert net.docstring == "A net.\n\nIndented."
    assert net.comment == "What the net does."
    assert symbols["Net.__init__"].signature == "(self, size: int = 3, *, deep=False) -> None"
    assert symbols["make"].signature == "(size, deep=True) -> Net"
    assert symbols["Net.step.inner"].kind == "function"
    facts = read_module(MODEL, M)
    assert facts.docstring == "The model."


def test_a_head_comment_is_the_files_own():
    assert read_module("#!/bin/env python\n# What it is.\n# More.\nx = 1\n", "a.py").comment == (
        "What it is.\nMore."
    )


def test_getters_setters_and_overloads_are_one_symbol():
    text = (
        "class A:\n    @property\n    def x(self): ...\n    @x.setter\n    def x(self, v): ...\n"
        "@overload\ndef f(x: int): ...\ndef f(x): return x\n"
    )
    symbols = read_module(text, "a.py").symbols
    assert [(symbol.qualname, symbol.line) for symbol in symbols] == [
        ("A", 1),
        ("A.x", 3),
        ("f", 8),
    ]


def test_cycles_of_imports_and_bases_end():
    files = {
        "a.py": read_module("from b import X\nclass Y(X): pass\nY().go()\n", "a.py"),
        "b.py": read_module("from a import Y as X\nclass Z(Z): pass\n", "b.py"),
        "c.py": read_module("class A:\n    def f(self):\n        self.f = self.f()\n", "c.py"),
    }
    assert join(files)


def test_order_of_files_does_not_matter():
    files = {path: read_module(text, path) for path, text in ((M, MODEL), (T, TOOLS))}
    assert join(files) == join(dict(reversed(files.items())))


def test_crlf_and_form_feeds_keep_line_numbers():
    facts = read_module("x = 1\r\n\x0c\r\n# @learn:a\r\ndef f():\r\n    pass\r\n", "a.py")
    assert (facts.symbols[0].line, facts.tags[0].line) == (4, 3)


@pytest.mark.parametrize(
    "text", ["x = (" * 300, "\x00", "def f(:", "x = " + "-" * 100_000 + "1", "match x:\n  case"]
)
def test_text_python_cannot_read_is_one_problem(text):
    facts = read_module(text, "a.py")
    assert [problem.kind for problem in facts.problems] == ["unreadable_file"]


NOTEBOOK = """{
 "cells": [
  {"cell_type": "markdown", "id": "m", "metadata": {},
   "source": ["See\\n", "[[a.b]] and [[x.py:f]]"]},
  {"cell_type": "code", "id": "c1", "metadata": {}, "outputs": [], "execution_count": null,
   "source": ["%time x = 1\\n!ls\\nprint?\\n", "# @learn:a.b\\ndef f():\\n",
              "    %cd x\\n    return g()"]},
  {"cell_type": "code", "id": "c2", "metadata": {}, "outputs": [], "execution_count": null,
   "source": "%%bash\\nthis is not python\\n# @learn:no"},
  {"cell_type": "code", "id": "c3", "metadata": {}, "outputs": [], "execution_count": null,
   "source": "def g(:"},
  {"cell_type": "code", "id": "c4", "metadata": {}, "outputs": [], "execution_count": null,
   "source": "def g(): pass\\ndef f(): pass"}
 ],
 "metadata": {}, "nbformat": 4, "nbformat_minor": 5
}"""


def test_a_notebook_cell_by_cell():
    facts = read_notebook(NOTEBOOK, "n.ipynb")
    assert [(s.qualname, s.cell, s.line) for s in facts.symbols] == [("f", "c1", 5), ("g", "c4", 1)]
    assert [(tag.target, tag.cell, tag.line) for tag in facts.tags] == [("a.b", "c1", 4)]
    assert facts.wiki_links == [("a.b", 2, "m"), ("x.py:f", 2, "m")]
    assert [(problem.cell, problem.line) for problem in facts.problems] == [("c3", 1)]
    assert ("calls", "n.ipynb:f", "n.ipynb:g") in {link[:3] for link in join({"n.ipynb": facts})}


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"cells": 1}', '{"nbformat": 99}'])
def test_what_is_no_notebook_is_one_problem(text):
    (problem,) = read_notebook(text, "n.ipynb").problems
    assert problem.kind == "unreadable_file"
    assert "notebook" in problem.message
