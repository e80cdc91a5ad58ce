"""Two small lessons in a workspace, and evidence about them, for tests of several rooms."""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path
from typing import Any

DOT, ATTENTION = "foundations.dot_product", "attention.self_attention"
_ids = count(1)

_ITEMS = {
    "03_dot_products": [
        {"id": "sign", "kind": "prediction", "concepts": [DOT]},
        {"id": "sums", "kind": "exercise", "concepts": [DOT]},
        {"id": "q1", "kind": "quiz", "concepts": [DOT]},
    ],
    "12_self_attention": [
        {"id": "mix", "kind": "exercise", "concepts": [ATTENTION]},
        {"id": "old", "kind": "quiz", "concepts": [DOT]},
    ],
}
_TITLES = {"03_dot_products": "Dot products", "12_self_attention": "Self-attention"}
_TEACHES = {"03_dot_products": DOT, "12_self_attention": ATTENTION}

QUESTIONS = """\
quizzes:
  {item}:
    question: When is the result largest?
    choices:
      - {{text: Both point the same way, right: true, feedback: Yes.}}
      - {{text: They point apart, feedback: Then it is negative.}}
"""
CHECKS = '''\
"""Exercises. Whoever runs this in the server would stop it here."""
raise SystemExit("executed")

from nanochat_learn.kernel.exercise import Exercise

EXERCISES = {
    "sums": Exercise(
        check=None,
        hints=("Multiply pair by pair.", "Then add up: " "`(a * b)` is half.", "`.sum()` adds."),
        reference="products_of_pairs = a * b\\nanswer = products_of_pairs.sum()\\n"
        'check("sums", answer, a=a, b=b)\\n',
    ),
    "mix": Exercise(check=None, hints=("Rows first.",), reference="mixed = shares @ v\\n"),
}
'''


def write_lessons(root: Path) -> None:
    """Notebooks with headers, questions and exercises, as a workspace has them."""
    checks = root / "lessons" / "checks"
    checks.mkdir(parents=True, exist_ok=True)
    for lesson, items in _ITEMS.items():
        header = {
            "id": lesson,
            "title": _TITLES[lesson],
            "concepts": [_TEACHES[lesson]],
            "minutes": 20,
            "difficulty": 2,
            "objectives": ["Say what it is."],
            "items": items,
        }
        exercise = next(one["id"] for one in items if one["kind"] == "exercise")
        cell = {
            "cell_type": "code",
            "id": exercise,
            "metadata": {"exercise": exercise},
            "source": "answer = ...  # your lines here\n",
            "outputs": [],
            "execution_count": None,
        }
        notebook = {
            "cells": [cell],
            "metadata": {"nanochat_learn": header},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
        file = root / "lessons" / f"{lesson}.ipynb"
        file.write_text(json.dumps(notebook), encoding="utf-8")
        (checks / f"{lesson}.py").write_text(CHECKS, encoding="utf-8")
        quiz = next(one["id"] for one in items if one["kind"] == "quiz")
        text = QUESTIONS.format(item=quiz)
        (checks / f"{lesson}.yaml").write_text(text, encoding="utf-8")


def deed(
    lesson: str,
    item: str | None,
    kind: str,
    outcome: str = "seen",
    at: str = "2026-03-02T09:00:00Z",
    **more: Any,
) -> dict[str, Any]:
    """A line of evidence as it stands in a journal."""
    return {
        "format": 1,
        "id": f"deed-{next(_ids):06}",
        "at": at,
        "lesson": lesson,
        "kind": kind,
        "item": item,
        "outcome": outcome,
        "answer": "",
    } | more
