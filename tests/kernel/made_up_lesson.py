"""A small lesson in a workspace of its own, for the tests of the lesson kit."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from nbformat import NotebookNode, write
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from nanochat_learn.shipping import prepare

LESSON = "90_made_up"
QUESTIONS = """\
predictions:
  shape_of_scores:
    question: Which shape has the table of scores?
    choices: ["(4, 4)", "(4, 8)"]
    why: One score for each pair of positions.
  how_many:
    question: How many numbers are in it?
    why: Four rows of four.
quizzes:
  q1:
    question: Why divide?
    choices:
      - {text: For speed, feedback: "A division costs time, too."}
      - {text: To keep numbers small, right: true, feedback: "Yes, long rows sum up."}
"""
EXERCISES = """\
from nanochat_learn.kernel.exercise import Exercise, Wrong, expect_close, expect_function


def scores(answer, q, k):
    expect_close(answer, q @ k.T / q.shape[-1] ** 0.5)
    return "Each row holds the scores of one position."


def twice(answer):
    double = expect_function(answer, arguments=1)
    for x in (0, 3):
        if double(x) != 2 * x:
            raise Wrong(f"For {x} your function gives {double(x)!r}.")
    return "It doubles."


def broken(answer):
    return {}["no such key"]


EXERCISES = {
    "scores": Exercise(
        check=scores,
        hints=("Which shapes?", "Turn k over.", "Divide at the end."),
        reference="scores = q @ k.T / 8 ** 0.5\\n",
    ),
    "twice": Exercise(check=twice, hints=("Times two.",), reference="def twice(x): ..."),
    "broken": Exercise(check=broken),
}
"""
SET_UP, RANDOM, PREDICT, RUN, SCORES, TWICE = range(6)
CELLS = [
    dedent(f"""\
        from nanochat_learn.kernel import check, compare, explore, hint, picture
        from nanochat_learn.kernel import predict, quiz, reveal, set_up, solution
        set_up("{LESSON}")"""),
    "import torch\nq = torch.randn(4, 8)\nk = torch.randn(4, 8)",
    'predict("shape_of_scores")',
    'raw = q @ k.T\nreveal("shape_of_scores", raw.shape)',
    '# your turn\nscores = ...\ncheck("scores", scores, q=q, k=k)',
    'def twice(x):\n    ...\ncheck("twice", twice)',
    'quiz("q1")',
    "compare(torch.softmax, lambda x, d: x.exp() / x.exp().sum(d, keepdim=True), raw, -1)",
    "explore(lambda temperature: (raw[0] / temperature).softmax(-1), temperature=(0.5, 2.0, 0.5))",
    'picture("softmax_bars", logits=raw[0])',
]


def workspace(root: Path) -> Path:
    """A marked folder with the lesson in it, and no notebook yet."""
    prepare(root, lessons=False)
    checks = root / "lessons" / "checks"
    checks.mkdir(parents=True)
    (checks / f"{LESSON}.yaml").write_text(QUESTIONS, encoding="utf-8")
    (checks / f"{LESSON}.py").write_text(EXERCISES, encoding="utf-8")
    return root


def notebook(root: Path, cells: list[str] | None = None) -> NotebookNode:
    """The lesson's notebook, also written to disk; each code cell follows one of words."""
    made = new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python"}})
    for n, source in enumerate(CELLS if cells is None else cells):
        made.cells += [new_markdown_cell("Words."), new_code_cell(source, id=f"cell-{n + 1}")]
    write(made, root / "lessons" / f"{LESSON}.ipynb")
    return made
