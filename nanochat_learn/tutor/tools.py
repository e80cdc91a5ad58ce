"""What a model may ask for while it answers: reading only, inside the graph only.

A tool is a name, a definition in the form of the OpenAI API and a function; another one (see
``runs.py``) is another ``Tool`` in the list that ``Toolbox`` is given.
Whatever the model writes into the arguments is checked; what is wrong comes back as a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from nanochat_learn.errors import LearnError
from nanochat_learn.graph.staleness import lines_or_nothing
from nanochat_learn.ports import ToolCall
from nanochat_learn.schema.graph import CodeNode, ConceptNode, EdgeType
from nanochat_learn.tutor.citing import Names, linked
from nanochat_learn.tutor.fencing import Fence
from nanochat_learn.tutor.material import Material
from nanochat_learn.tutor.runs import Runs

MOST_ROUNDS = 4
MOST_CALLS = 6
"""In one round."""
MOST_LINES = 120
LONGEST_RESULT = 6_000
"""Characters of one result."""
LONGEST_SUM = 24_000
"""Characters of all results for one question."""
_HITS = 8
_CALLERS = 30


class _Arguments(BaseModel):
    model_config = ConfigDict(extra="ignore")


class _Query(_Arguments):
    query: Annotated[str, Field(min_length=1, max_length=500)]


class _Id(_Arguments):
    id: Annotated[str, Field(min_length=1, max_length=400)]


@dataclass(frozen=True, slots=True)
class Tool:
    name: str
    does: str
    """For the model: our own words, nothing of the workspace."""
    arguments: type[BaseModel]
    run: Callable[[Any], str]
    """Checked arguments → text. May block and may raise ``LearnError``."""

    @property
    def definition(self) -> dict[str, Any]:
        schema = self.arguments.model_json_schema()
        properties = {
            name: {"type": "string", "description": _MEANS[name]} for name in schema["properties"]
        }
        return {
            "type": "function",
            "function": {
                "name": self.name,
                "description": self.does,
                "parameters": {
                    "type": "object",
                    "properties": properties,
                    "required": list(properties),
                },
            },
        }


_DOES: Mapping[EdgeType, str] = {
    "calls": "calls it",
    "instantiates": "makes one",
    "inherits": "builds on it",
    "overrides": "overrides it",
}
_MEANS = {
    "query": "What to look for, in plain words or as the name of a thing.",
    "id": "An id exactly as it stands in the data.",
    "name": "Name of a trace; empty for the list of traces and the newest one.",
}


def reading_tools(material: Material) -> tuple[Tool, ...]:
    """The four that need nothing but the material."""
    names = Names(material.index.nodes)
    code_of = lines_or_nothing(material.code_of)

    def search(wanted: _Query) -> str:
        answer = material.search(wanted.query)
        rows = ["Nothing fits well; the nearest:"] if answer.absent else []
        for hit in answer.results[:_HITS]:
            node = material.index.nodes.get(hit.id)
            about = _first_line(material.told(hit.id)) if node else ""
            place = f" (line {hit.line})" if hit.line else ""
            reason = f" [{hit.why}]" if hit.why else ""
            rows.append(f"{hit.id}{place}{reason}: {about}".rstrip(": "))
        return "\n".join(rows) if answer.results else "Nothing was found."

    def read_symbol(wanted: _Id) -> str:
        node = material.index.node(names.resolve(wanted.id) or wanted.id)
        if isinstance(node, ConceptNode):
            return read_note(wanted)
        if not isinstance(node, CodeNode) or node.id in material.added:
            return f"{node.id} is not code of this workspace. {material.told(node.id)}".strip()
        last = min(node.end_line, node.line + MOST_LINES - 1)
        text = code_of(node.file_path, node.line, last, node.cell)
        numbered = [f"{n:4} {row}" for n, row in enumerate(text.splitlines(), node.line)]
        if last < node.end_line:
            numbered.append(f"… {node.end_line - last} more lines")
        return "\n".join([f"{node.id}, lines {node.line} to {node.end_line}", *numbered])

    def callers(wanted: _Id) -> str:
        id = names.resolve(wanted.id) or wanted.id
        edges = material.index.incoming(id, *_DOES)
        rows = [f"{e.source} {_DOES[e.type]} ({e.file_path}, line {e.line})" for e in edges]
        if len(rows) > _CALLERS:
            rows = [*rows[:_CALLERS], f"… and {len(rows) - _CALLERS} more"]
        return "\n".join(rows) if rows else "Nothing in this code calls or makes it."

    def read_note(wanted: _Id) -> str:
        node = material.index.node(names.resolve(wanted.id) or wanted.id)
        note = material.notes.get(node.id, "")
        if note:
            return f"{node.id}\n{linked(note, names)}"
        said = material.told(node.id)
        return f"There is no note on {node.id} yet. {said}".strip()

    return (
        Tool("search", "Find code and concepts by meaning or by name.", _Query, search),
        Tool("read_symbol", "The source lines of a class, function or file.", _Id, read_symbol),
        Tool("callers", "Who calls, makes, extends or overrides a thing.", _Id, callers),
        Tool("read_note", "The note that explains a concept.", _Id, read_note),
    )


class _Name(_Arguments):
    name: Annotated[str, Field(max_length=200)] = ""


def trace_tool(runs: Runs) -> Tool:
    """What the learner recorded of their model: only with their consent."""
    does = (
        "What the learner recorded of their own model's run: names of tensors, shapes, ranges, "
        "settings. Use it before you say a number or a shape of their run."
    )
    return Tool("trace_summary", does, _Name, lambda wanted: runs.told(wanted.name))


class Toolbox:
    """The tools of one question, and how much they may still say."""

    def __init__(self, tools: Sequence[Tool], fence: Fence, budget: int = LONGEST_SUM) -> None:
        self._tools = {tool.name: tool for tool in tools}
        self._fence = fence
        self.budget = min(budget, LONGEST_SUM)

    def run(self, call: ToolCall) -> str:
        """The result as a fenced block. Never raises for what a model can write."""
        text = self._result(call)
        room = min(LONGEST_RESULT, max(self.budget, 0))
        if len(text) > room:
            text = text[:room].rpartition("\n")[0] + "\n(the rest is left out: there is no room)"
        self.budget -= len(text)
        return self._fence.block("tool result", text)

    def _result(self, call: ToolCall) -> str:
        tool = self._tools.get(call.name)
        if tool is None:
            return f"There is no such tool. There are: {', '.join(self._tools)}."
        try:
            arguments = tool.arguments.model_validate_json(call.arguments or "{}")
        except ValidationError as error:
            wrong = error.errors()[0]
            field = ".".join(str(part) for part in wrong["loc"]) or "arguments"
            return f"The arguments cannot be used: {field}: {wrong['msg']}."
        try:
            return tool.run(arguments)
        except LearnError as error:
            return str(error)


def _first_line(text: str) -> str:
    return " ".join(text.strip().partition("\n\n")[0].split())[:200]
