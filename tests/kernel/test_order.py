"""Which cells must run again: told of each run, nothing else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nanochat_learn.kernel.cell_events import cells_of
from nanochat_learn.kernel.cell_names import names_of
from nanochat_learn.kernel.order import LessonCell, Order

SOURCES = [
    "import torch\nfrom nanochat_learn.kernel import check",
    "# queries\nq = torch.ones(3)",
    "k = q + 1",
    "def turn(x):\n    return x * k",
    "scores = turn(q)",
    'check("scores", scores, q=q)',
    "q = torch.zeros(1)",
]
CHECK = 6


@pytest.mark.parametrize(
    ("source", "makes", "needs"),
    [
        ("import torch as t, os.path", {"t", "os"}, ()),
        ("scores = q @ k", {"scores"}, ("q", "k")),
        ("x = x + 1", {"x"}, ("x",)),
        ("x += 1", {"x"}, ("x",)),
        ("x = 1\ny = x", {"x", "y"}, ()),
        ("x[0] = y", set(), ("x", "y")),
        ("for i in range(3):\n    y = i + z", {"i", "y"}, ("z",)),
        ("def f(a, b=c):\n    return a * w", {"f"}, ("c", "w")),
        ("class A(B):\n    c = d\n    def m(self):\n        return e", {"A"}, ("B", "d", "e")),
        ("[a for a in b if a]", set(), ("b",)),
        ("with T(m) as t:\n    t.run(m)", {"t"}, ("T", "m")),
        ("%matplotlib inline\n!ls\n%time x = 3\nprint(x)", {"x"}, ()),
        ("%%time\nx = 3", {"x"}, ()),
        ("y = await f(x)", {"y"}, ("f", "x")),
        ("return x", set(), ("x",)),
        ("x = (a\n  % b)", {"x"}, ("a", "b")),
        ("x = (", set(), ()),
        ("", set(), ()),
    ],
)
def test_the_names_of_a_cell(source, makes, needs):
    names = names_of(source)
    assert (set(names.makes), names.needs) == (makes, needs)


@given(st.text())
def test_any_text_is_a_cell(text):
    names_of(text)


def lesson() -> Order:
    return Order(LessonCell(n, f"id{n}", source) for n, source in enumerate(SOURCES, 1))


def run(order: Order, *numbers: int) -> None:
    for n in numbers:
        order.ran(SOURCES[n - 1], f"id{n}")


def trouble(order: Order) -> str:
    return order.trouble(SOURCES[CHECK - 1], f"id{CHECK}")


def test_in_the_lessons_order_all_is_well():
    order = lesson()
    run(order, 1, 2, 3, 4, 5)
    assert trouble(order) == ""
    run(order, 1)  # imports give the same again
    assert trouble(order) == ""


def test_a_cell_that_never_ran_is_named():
    order = lesson()
    run(order, 1, 2, 3, 5)
    told = trouble(order)
    assert told == (
        "Cell 4 (`def turn(x):`), which makes `turn`, has not run in this kernel. "
        "Run cells 4 and 5 again, in this order, then this cell."
    )
    run(order, 4, 5)
    assert trouble(order) == ""
    empty = lesson()
    run(empty, 1)
    assert "Run cells 2, 3, 4 and 5, in this order, then this cell." in trouble(empty)


def test_a_cell_that_stopped_is_named():
    order = lesson()
    run(order, 1, 2, 3, 4)
    order.ran(SOURCES[4], "id5", whole=False)
    assert "Cell 5 (`scores = turn(q)`), which makes `scores`, stopped with an error." in trouble(
        order
    )


def test_what_was_run_again_makes_the_rest_stale_through_functions_too():
    order = lesson()
    run(order, 1, 2, 3, 4, 5, 2)
    told = trouble(order)
    assert told.startswith(
        "Cell 2 (`q = torch.ones(3)`) was run again after cell 3 (`k = q + 1`), "
        "which builds on its `q`. Run cells 3, 4 and 5 again"
    )
    run(order, 3, 4, 5)
    assert trouble(order) == ""


def test_a_name_that_a_later_cell_made_is_named():
    order = lesson()
    run(order, 1, 2, 3, 4, 5, 7)
    told = trouble(order)
    assert told.startswith(
        "`q` was last made by cell 7 (`q = torch.zeros(1)`); "
        "here it should come from cell 2 (`q = torch.ones(3)`)."
    )
    assert "Run cells 2, 3, 4 and 5 again" in told
    run(order, 2, 3, 4, 5)
    assert trouble(order) == ""


def test_the_learners_own_cells_are_never_blamed():
    order = lesson()
    run(order, 1, 2, 3, 4)
    order.ran("scores = 3", "mine")
    order.ran("q = 3", "mine too")
    assert trouble(order) == ""
    assert order.trouble("print(q)", "mine") == ""


def test_an_edited_cell_is_found_without_an_id_and_an_added_one_is_not():
    order = lesson()
    assert order.find("scores = turn(q) * 2").number == 5
    assert order.find(SOURCES[1]).number == 2
    assert order.find("something = entirely.different(7)") is None
    assert order.find("scores = turn(q) * 2", "unknown") is None, "JupyterLab says it is another"
    assert order.find("scores = 1", "id5").number == 5
    assert order.find("") is None


def test_a_name_that_is_not_there_is_named_before_python_does():
    order = lesson()
    run(order, 1, 2)
    told = order.missing(SOURCES[4], "id5", {"torch", "check", "q"})
    assert told.startswith(
        "`turn` does not exist yet: cell 4 (`def turn(x):`) makes it. Run cell 4"
    )
    assert order.missing(SOURCES[4], "id5", {"turn", "q"}) == ""
    assert order.missing("print(never_made)", None, set()) == ""
    assert "cell 7" in order.missing("print(q)", None, set())


def test_a_notebook_that_was_saved_with_another_cell_keeps_its_past():
    order = lesson()
    run(order, 1, 2, 3, 4, 5)
    cells = [LessonCell(1, "new", "print('hello')")]
    cells += [LessonCell(n + 1, f"id{n}", source) for n, source in enumerate(SOURCES, 1)]
    order.read(cells)
    assert trouble(order) == ""
    run(order, 2)
    assert "Cell 3 (`q = torch.ones(3)`) was run again after cell 4" in trouble(order)


@given(st.lists(st.integers(1, 7), max_size=20))
def test_doing_what_is_said_puts_it_in_order(numbers):
    """Whatever ran before, following the advice ends, and soon."""
    order = lesson()
    run(order, *numbers)
    for _ in range(2):
        told = trouble(order)
        if not told:
            return
        advice = told.rpartition("Run cell")[2].partition(", then")[0]
        run(order, *map(int, re.findall(r"\d", advice)))
    assert not trouble(order), told


def test_cells_of_a_notebook_and_of_a_percent_file():
    percent = "# ---\n# a: b\n# ---\n\n# %% [markdown]\n# Words\n\n# %%\nx = 1\n\n"
    percent += '# %% exercise="a"\ny = x\n'
    assert [(c.number, c.source) for c in cells_of(percent, ".py")] == [(1, "x = 1"), (2, "y = x")]
    notebook = '{"cells": [{"cell_type": "markdown", "source": "a"}, {"cell_type": "code"}, '
    notebook += '{"cell_type": "code", "id": "i", "source": ["x = 1\\n", "y = 2"]}, 7]}'
    assert cells_of(notebook, ".ipynb") == [LessonCell(1, "i", "x = 1\ny = 2")]
    assert cells_of("[]", ".ipynb") == []
    with pytest.raises(ValueError, match="Expecting"):
        cells_of('{"cells": [', ".ipynb")
