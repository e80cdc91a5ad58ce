"""The header of a lesson → ``Lesson``. Pure; cells, checks and outputs are none of its business.

A percent file carries it in the comment lines between two ``# ---`` at its head, a notebook
in its metadata; in both it stands under ``nanochat_learn`` (in the percent file also
under ``jupyter``, where jupytext puts it). A file without one is not a lesson. Only ``id`` and
``title`` must be there: the learner's own copies may be older than the other fields.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Annotated, Any, TypeAlias

from pydantic import ConfigDict, Field

from nanochat_learn.knowledge.records import Lesson
from nanochat_learn.knowledge.unclear import Unclear, checked_model
from nanochat_learn.knowledge.yaml_lines import read_yaml
from nanochat_learn.schema.base import ClusterId, ConceptId, Frozen, LessonId
from nanochat_learn.schema.learner import LessonItem

LESSON_NAME = re.compile(r"(\d\d_[a-z0-9_]+)\.(py|ipynb)")
_KEY = "nanochat_learn"
_Lines: TypeAlias = "Mapping[tuple[str | int, ...], int]"
"""Path below the header → line in the file; ``()`` is the header itself."""


class _Header(Frozen):
    model_config = ConfigDict(frozen=True, extra="ignore")

    id: LessonId
    title: str = Field(min_length=1)
    cluster: ClusterId | None = None
    concepts: tuple[ConceptId, ...] = ()
    needs: tuple[ConceptId, ...] = ()
    minutes: Annotated[int, Field(ge=0, le=600)] = 0
    difficulty: Annotated[int, Field(ge=1, le=5)] | None = None
    objectives: tuple[str, ...] = ()


def parse_lesson(text: str, name: str, path: str) -> Lesson | None:
    """``text`` of the file ``name``; None when it has no header; raises ``Unclear``."""
    stem, _, kind = name.rpartition(".")
    header, lines = _notebook_header(text) if kind == "ipynb" else _percent_header(text)
    if header is None:
        return None
    line = lines[()]
    fields = {str(path[0]): at for path, at in lines.items() if len(path) == 1}
    given = {key: value for key, value in header.items() if value not in ("", None)}
    if isinstance(given.get("objectives"), str):
        given["objectives"] = [given["objectives"]]
    read = checked_model(_Header, given, "The header of this lesson is not right", fields, line)
    if read.id != stem:
        raise Unclear(
            f"The file is named `{stem}`, but the lesson's id is `{read.id}`. Make them the same.",
            line,
        )
    return Lesson(
        id=read.id,
        title=read.title,
        concepts=read.concepts,
        path=path,
        line=line,
        cluster=read.cluster,
        needs=read.needs,
        minutes=read.minutes,
        difficulty=read.difficulty or 0,
        objectives=read.objectives,
        items=_items(given.get("items", []), lines),
    )


def _items(given: Any, lines: _Lines) -> tuple[LessonItem, ...]:
    line = lines.get(("items",), lines[()])
    if not isinstance(given, list):
        raise Unclear("`items` must be a list: entries such as `- {id: …, kind: …}`.", line)
    items: dict[str, LessonItem] = {}
    for place, entry in enumerate(given):
        at = lines.get(("items", place), line)
        name = entry.get("id", "") if isinstance(entry, dict) else ""
        what = f"The item `{name}` is not right" if name else "This item is not right"
        item = checked_model(LessonItem, entry, what, {}, at)
        if not item.concepts:
            raise Unclear(f"{what}: `concepts` is empty, name what doing it shows.", at)
        if items.setdefault(item.id, item) is not item:
            raise Unclear(f"`{item.id}` is the name of another item. Rename one of them.", at)
    return tuple(items.values())


def _percent_header(text: str) -> tuple[dict[str, Any] | None, _Lines]:
    rows = text.split("\n")
    if rows[0].rstrip() != "# ---":
        return None, {}
    end = next((n for n, row in enumerate(rows[1:], 1) if row.rstrip() == "# ---"), 0)
    if not end:
        raise Unclear("The header of this lesson never ends. Close it with a line `# ---`.", 1)
    front = read_yaml("\n".join(row[2:] for row in rows[1:end]), first_line=2)
    for prefix in ((), ("jupyter",)):
        here: Any = front.value
        for part in prefix:
            here = here.get(part) if isinstance(here, dict) else None
        if isinstance(here, dict) and isinstance(here.get(_KEY), dict):
            start = (*prefix, _KEY)
            lines = {
                path[len(start) :]: line
                for path, line in front.lines.items()
                if path[: len(start)] == start
            }
            return here[_KEY], lines
    return None, {}


def _notebook_header(text: str) -> tuple[dict[str, Any] | None, _Lines]:
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
    return (header if isinstance(header, dict) else None), {(): 1}
