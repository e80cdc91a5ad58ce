"""The header of a lesson → ``Lesson``. Pure; cells, checks and outputs are none of its business.

A percent file carries it in the comment lines between two ``# ---`` at its head, a notebook
in its metadata; in both it stands under ``nanochat_learn`` (in the percent file also
under ``jupyter``, where jupytext puts it). A file without one is not a lesson.
"""

from __future__ import annotations

import json
import re
from typing import Any

from pydantic import ConfigDict, Field

from nanochat_learn.knowledge.records import Lesson
from nanochat_learn.knowledge.unclear import Unclear, checked_model
from nanochat_learn.knowledge.yaml_lines import read_yaml
from nanochat_learn.schema.base import ConceptId, Frozen, LessonId

LESSON_NAME = re.compile(r"(\d\d_[a-z0-9_]+)\.(py|ipynb)")
_KEY = "nanochat_learn"


class _Header(Frozen):
    """Only what the graph shows; the runner reads the rest."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: LessonId
    title: str = Field(min_length=1)
    concepts: tuple[ConceptId, ...] = ()


def parse_lesson(text: str, name: str, path: str) -> Lesson | None:
    """``text`` of the file ``name``; None when it has no header; raises ``Unclear``."""
    stem, _, kind = name.rpartition(".")
    header, line = _notebook_header(text) if kind == "ipynb" else _percent_header(text)
    if header is None:
        return None
    read = checked_model(_Header, header, "The header of this lesson is not complete", {}, line)
    if read.id != stem:
        raise Unclear(
            f"The file is named `{stem}`, but the lesson's id is `{read.id}`. Make them the same.",
            line,
        )
    return Lesson(id=read.id, title=read.title, concepts=read.concepts, path=path, line=line)


def _percent_header(text: str) -> tuple[dict[str, Any] | None, int]:
    rows = text.split("\n")
    if rows[0].rstrip() != "# ---":
        return None, 1
    end = next((n for n, row in enumerate(rows[1:], 1) if row.rstrip() == "# ---"), 0)
    if not end:
        raise Unclear("The header of this lesson never ends. Close it with a line `# ---`.", 1)
    front = read_yaml("\n".join(row[2:] for row in rows[1:end]), first_line=2)
    for prefix in ((), ("jupyter",)):
        here: Any = front.value
        for part in prefix:
            here = here.get(part) if isinstance(here, dict) else None
        if isinstance(here, dict) and isinstance(here.get(_KEY), dict):
            return here[_KEY], front.lines[(*prefix, _KEY)]
    return None, 1


def _notebook_header(text: str) -> tuple[dict[str, Any] | None, int]:
    try:
        notebook = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 0
        raise Unclear(
            "This notebook is not valid JSON. Open it in JupyterLab and save it again.",
            line,
            kind="unreadable_file",
        ) from error
    metadata = notebook.get("metadata") if isinstance(notebook, dict) else None
    header = metadata.get(_KEY) if isinstance(metadata, dict) else None
    return (header if isinstance(header, dict) else None), 1
