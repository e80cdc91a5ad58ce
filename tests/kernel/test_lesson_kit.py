"""A made-up lesson in real kernels: run whole, run out of order, and run with bad habits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jupyter_client.manager import KernelManager
from made_up_lesson import CELLS, LESSON, RANDOM, RUN, SCORES, SET_UP, notebook, workspace
from nbclient import NotebookClient
from running_notebook import Notebook

from nanochat_learn.journal import read
from nanochat_learn.schema.learner import LESSON_MIME, CheckResult, PictureOutput

SOLVED = 'scores = q @ k.T / 8 ** 0.5\ncheck("scores", scores, q=q, k=k)'
TURNED = 'scores = k @ q.T / 8 ** 0.5\ncheck("scores", scores, q=q, k=k)'


def words(outputs: list) -> str:
    return "\n".join(o.get("text") or o.get("evalue") or o.data["text/plain"] for o in outputs)


def body(outputs: list) -> dict:
    return next(o.data[LESSON_MIME] for o in outputs if LESSON_MIME in o.get("data", {}))


def kept(root: Path) -> list[tuple[str, str]]:
    return [(line["kind"], line["outcome"]) for line in read(root / "progress").entries]


def test_restart_and_run_all_raises_nothing_and_counts_nothing(tmp_path: Path):
    root = workspace(tmp_path / "course")
    made = notebook(root)
    NotebookClient(
        made, timeout=60, resources={"metadata": {"path": str(root / "lessons")}}
    ).execute()
    outputs = {n: cell.outputs for n, cell in enumerate(made.cells[1::2])}
    assert not [o for n in outputs for o in outputs[n] if o.output_type == "error"]
    assert "Not yet." in words(outputs[SCORES])
    assert CheckResult.model_validate(body(outputs[SCORES])).attempts == 0
    controls, _, drawn = outputs[8]
    assert "application/vnd.jupyter.widget-view+json" in controls.data
    assert "temperature from 0.5 to 2" in controls.data["text/plain"]
    assert set(drawn.data) == {"text/plain"}, "what was drawn needs no widget"
    assert drawn.data["text/plain"].startswith("tensor([")
    assert PictureOutput.model_validate(body(outputs[9])).inputs["logits"].shape == (4,)
    for n in (2, 3, 4, 5, 6, 7, 9):
        (output,) = outputs[n]
        assert set(output.data) == {LESSON_MIME, "image/svg+xml", "text/plain"}
        assert len(json.dumps(output.data[LESSON_MIME])) <= 256_000
    assert kept(root) == [], "nothing was answered, so nothing is written down"


@pytest.fixture
def lesson(tmp_path: Path):
    root = workspace(tmp_path / "course")
    notebook(root)
    started = []

    def start() -> Notebook:
        manager = KernelManager(kernel_name="python3")
        manager.start_kernel(cwd=str(root / "lessons"))
        client = manager.client()
        client.start_channels()
        client.wait_for_ready(timeout=60)
        started.append((manager, client))
        return Notebook(client)

    yield root, start
    for manager, client in started:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def test_cells_out_of_order_are_named_and_are_no_attempt(lesson):
    root, start = lesson
    book = start()

    def run(n: int, source: str | None = None) -> str:
        return words(book.run(source or CELLS[n], f"cell-{n + 1}"))

    # a cell that never ran
    run(SET_UP)
    told = run(SCORES, SOLVED)
    assert "`q` does not exist yet: cell 2 (`import torch`) makes it. Run cell 2" in told
    run(RANDOM)
    assert "Right. Each row" in run(SCORES, SOLVED)
    assert kept(root) == [("check", "right")]

    # the exercise is split in two cells; the first is not run again after its numbers changed
    cells = [*CELLS[:SCORES], *SOLVED.split("\n"), *CELLS[SCORES + 1 :]]
    notebook(root, cells)
    run(SCORES, cells[SCORES])
    run(RANDOM)
    told = run(SCORES + 1, cells[SCORES + 1])
    assert "Not yet. Cell 2 (`import torch`) was run again after cell 5 (`scores = q @ k.T" in told
    assert "Run cell 5 again, then this cell." in told
    run(SCORES, cells[SCORES])
    assert "Right." in run(SCORES + 1, cells[SCORES + 1])
    assert kept(root) == [("check", "right")] * 2

    # a wrong answer in the right order is a wrong answer
    run(SCORES, "scores = k @ q.T / 8 ** 0.5")
    told = run(SCORES + 1, cells[SCORES + 1])
    assert "Not right yet. Your tensor has rows and columns swapped" in told
    assert kept(root)[-1] == ("check", "wrong")

    # a scratch cell of one's own is nobody's business, and neither is the set-up cell run again
    assert words(book.run("2 + 2", "cell-of-my-own")) == "4"
    assert run(SET_UP).startswith("Ready.")
    run(SCORES, cells[SCORES])
    assert "Right." in run(SCORES + 1, cells[SCORES + 1])


def test_two_kernels_and_a_restart_know_the_same_evidence(lesson):
    root, start = lesson
    one, two = start(), start()
    for book in (one, two):
        book.run(CELLS[SET_UP], "cell-1")
        book.run(CELLS[RANDOM], "cell-2")
    one.run('predict("shape_of_scores", guess="(4, 8)")', "cell-3")
    told = words(two.run(CELLS[RUN], "cell-4"))
    assert "Your guess was (4, 8)." in told
    assert body(one.run(TURNED, "cell-5"))["attempts"] == 1
    result = body(two.run(TURNED, "cell-5"))
    assert (result["attempts"], result["solution"]) == (2, "scores = q @ k.T / 8 ** 0.5\n")
    assert len(list((root / "progress").glob("*.jsonl"))) == 2
    again = start()
    again.run(CELLS[SET_UP], "cell-1")
    assert "One way to do it." in words(again.run('solution("scores")', "cell-8"))
    form = body(again.run(CELLS[2], "cell-3"))
    assert form["guess"] == "(4, 8)"


def test_a_cell_that_floods_or_runs_on_is_told_and_the_kernel_lives(lesson):
    _, start = lesson
    book = start()
    book.run(CELLS[SET_UP], "cell-1")
    outputs = book.run("for n in range(1_000_000):\n    print(n)", "cell-2")
    told = words(outputs)
    assert len(told) < 30_000
    assert "2,000 lines are enough" in told
    book.run(
        "from nanochat_learn.kernel import cell_events, guarding\n"
        "cell_events._followed[0]._brakes._long = 0.2\n"
        "guarding.SECONDS = 0.5",
        "cell-3",
    )
    told = words(book.run("import time\ntime.sleep(0.6)\nprint('done')", "cell-4"))
    assert "has been running for 0.2 seconds. Is there a loop that never ends?" in told
    assert told.rstrip().endswith("done")
    assert words(book.run("print('quick')", "cell-5")) == "quick\n"
    assert "ran for more than 0.5 seconds" in words(
        book.run('def twice(x):\n    while True:\n        x += 1\ncheck("twice", twice)', "cell-6")
    )
    assert "Right. It doubles." in words(
        book.run('def twice(x):\n    return 2 * x\ncheck("twice", twice)', "cell-6")
    )
    other = words(book.run(f'set_up("{LESSON}x")', "cell-7"))
    assert f'There is no lesson `{LESSON}x`. Did you mean set_up("{LESSON}")?' in other
