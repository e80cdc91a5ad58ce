"""One lesson run in this process, as far as an exercise and no further, with any model in it.

What a lesson is made of comes from ``tools/lesson_parts.py``; fresh kernels are in the test.
"""

from __future__ import annotations

import ast
import contextlib
import io
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import torch

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))
from lesson_parts import Cell, LessonParts, read_lesson  # noqa: E402

LESSONS = ROOT / "lessons"
WRONG = Path(__file__).parent
MODELS = {
    "shipped": None,
    "wide": {"n_layer": 2, "n_head": 4, "n_kv_head": 2, "n_embd": 48},
    "deep": {"n_layer": 5, "n_head": 1, "n_kv_head": 1, "n_embd": 16},
}
"""The shipped tiny model, and two of other sizes with random weights and its tokenizer."""


class Verdict(NamedTuple):
    right: bool
    message: str
    attempts: int


class Exercise(NamedTuple):
    lesson: str
    name: str


@cache
def lesson(name: str) -> LessonParts:
    return read_lesson(LESSONS / f"{name}.py")


def names() -> list[str]:
    return sorted(path.stem for path in LESSONS.glob("[0-9][0-9]_*.py"))


def exercises() -> list[Exercise]:
    return [
        Exercise(name, item)
        for name in names()
        for kind, item, _ in lesson(name).done()
        if kind == "exercise"
    ]


def wrong_solutions() -> list[Path]:
    return sorted(WRONG.glob("[0-9][0-9]_*/wrong_*.py"))


def exercise_of(wrong: Path) -> Exercise:
    """``wrong_<exercise>_<what>.py``: the longest exercise that the name begins with."""
    rest = wrong.stem.removeprefix("wrong_")
    of = [one for one in exercises() if one.lesson == wrong.parent.name]
    fitting = [one for one in of if rest.startswith(f"{one.name}_")]
    assert fitting, f"{wrong} belongs to no exercise of {wrong.parent.name}"
    return max(fitting, key=lambda one: len(one.name))


def takes_a_model(name: str) -> bool:
    return any("load_model" in cell.source for cell in lesson(name).cells if cell.is_code)


def reference(exercise: Exercise) -> str:
    """The source of the solved cell, from ``checks/`` as the kernel reads it."""
    scope: dict[str, Any] = {"__name__": f"checks_{exercise.lesson}"}
    path = LESSONS / "checks" / f"{exercise.lesson}.py"
    exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), scope)
    return str(scope["EXERCISES"][exercise.name].reference)


def other_model(sizes: dict[str, int], vocab_size: int) -> Any:
    """Every weight random, or all scores were 0 and no check of them could fail."""
    from nanochat.gpt import GPT, GPTConfig

    model = GPT(GPTConfig(sequence_len=64, vocab_size=vocab_size, **sizes))
    generator = torch.Generator().manual_seed(5)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            size = 1.0 if name.startswith("wte") else 2.0 / weight.size(1) ** 0.5
            weight.copy_(torch.randn(weight.shape, generator=generator) * size)
    return model.eval()


@contextlib.contextmanager
def model_in_place(which: str) -> Iterator[None]:
    """While this lasts, ``load_model`` hands out the model of that name."""
    from nanochat import checkpoint

    sizes, load = MODELS[which], checkpoint.load_model
    if sizes is None:
        yield
        return

    def load_other(name: str, *more: Any, **named: Any) -> Any:
        _, tokenizer, meta = load(name, *more, **named)
        return other_model(sizes, tokenizer.get_vocab_size()), tokenizer, meta

    checkpoint.load_model = load_other
    try:
        yield
    finally:
        checkpoint.load_model = load


def run(code: str, scope: dict[str, Any]) -> Any:
    """Run a cell; the value of its last line, if that is an expression. Printing is swallowed."""
    tree = ast.parse(code)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(tree, "<cell>", "exec"), scope)
        if last is None:
            return None
        return eval(compile(ast.Expression(last.value), "<cell>", "eval"), scope)


def before(name: str, which: str) -> dict[str, dict[str, Any]]:
    """The names that a learner has when each exercise begins; earlier exercises are solved."""
    scope: dict[str, Any] = {"__name__": "__main__"}
    kept: dict[str, dict[str, Any]] = {}
    with model_in_place(which):
        for cell in lesson(name).cells:
            if cell.exercise:
                kept[cell.exercise] = dict(scope)
                run(reference(Exercise(name, cell.exercise)), scope)
            elif cell.is_code:
                run(cell.source, scope)
    return kept


def judge(exercise: Exercise, solution: str, scope: dict[str, Any]) -> Verdict:
    """Run ``solution`` in place of the exercise cell, then the cell that checks it."""
    from nanochat_learn.schema.learner import LESSON_MIME

    own = dict(scope)
    said = run(solution, own)
    if not hasattr(said, "_repr_mimebundle_") or f'check("{exercise.name}"' not in solution:
        said = run(_checking(exercise).source, own)
    bundle = said._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    assert LESSON_MIME in data, f"no verdict, but: {data.get('text/plain')}"
    shown = data[LESSON_MIME]
    assert (shown["kind"], shown["item"]) == ("check", exercise.name)
    return Verdict(shown["right"], shown["message"], shown["attempts"])


def _checking(exercise: Exercise) -> Cell:
    """The first cell that checks it."""
    return next(
        cell for cell in lesson(exercise.lesson).cells if ("check", exercise.name) in cell.calls
    )


def expected_message(wrong: Path) -> str:
    first = wrong.read_text(encoding="utf-8").split("\n", 1)[0]
    assert first.startswith("# says: "), f"{wrong} must begin with `# says: …`"
    return first.removeprefix("# says: ").strip()


def models_of(name: str, solution: str = "") -> list[str]:
    """Which models to judge with. A wrong solution may be one for the shipped model alone: its
    second line then is ``# only: shipped``."""
    every = takes_a_model(name) and "\n# only: shipped\n" not in solution
    return list(MODELS) if every else ["shipped"]
