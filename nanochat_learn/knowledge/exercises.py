"""``lessons/checks/NN_slug.py`` → hints and reference of each exercise, read and never run.

The kernel runs these files; everybody else reads what stands there in literal strings:

    EXERCISES = {"sums": Exercise(check=sums, hints=("…", "…"), reference="answer = …")}
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import NamedTuple

from nanochat_learn.knowledge.unclear import Unclear


class ExerciseText(NamedTuple):
    """What stands in the file in plain words; empty where it is worked out by code."""

    hints: tuple[str, ...]
    reference: str


def parse_exercises(text: str) -> dict[str, ExerciseText]:
    """By item. Raises ``Unclear`` for a file that is not Python."""
    try:
        module = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = getattr(error, "lineno", None) or 0
        raise Unclear("This file is not valid Python. Correct that line.", line) from error
    values: dict[str, ast.expr] = {}
    for statement in module.body:
        if isinstance(statement, ast.Assign):
            targets, value = statement.targets, statement.value
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            targets, value = [statement.target], statement.value
        else:
            continue
        values |= {target.id: value for target in targets if isinstance(target, ast.Name)}
    listed = values.get("EXERCISES")
    found: dict[str, ExerciseText] = {}
    for key, value in (
        zip(listed.keys, listed.values, strict=True) if isinstance(listed, ast.Dict) else ()
    ):
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            found[key.value] = _exercise(value, values)
    return found


def _exercise(call: ast.expr, values: Mapping[str, ast.expr]) -> ExerciseText:
    given: dict[str | None, ast.expr] = {}
    if isinstance(call, ast.Call):
        given = dict(zip(("check", "hints", "reference"), call.args, strict=False))
        given |= {keyword.arg: keyword.value for keyword in call.keywords}
    hints = _named(given.get("hints"), values)
    listed = hints.elts if isinstance(hints, ast.Tuple | ast.List) else []
    return ExerciseText(
        tuple(text for hint in listed if (text := _string(hint, values))),
        _string(given.get("reference"), values),
    )


def _named(value: ast.expr | None, values: Mapping[str, ast.expr]) -> ast.expr | None:
    """A name at the top of the file stands for what it was given."""
    return values.get(value.id) if isinstance(value, ast.Name) else value


def _string(value: ast.expr | None, values: Mapping[str, ast.expr]) -> str:
    value = _named(value, values)
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return value.value
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add):
        left, right = _string(value.left, values), _string(value.right, values)
        return left + right if left and right else ""
    return ""
