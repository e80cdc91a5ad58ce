"""A language model that says what a script says: for tests, and for trying without a provider.

Not a mock of one provider's protocol (a fake server does that): it stands in for the model
itself, at its worst. It invents sources, obeys orders it finds in data, calls tools, breaks off,
dawdles, never stops.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass, field

from nanochat_learn.errors import ModelError
from nanochat_learn.ports import ChatPiece, ChatRequest, Finished, Moved, TextPiece, ToolCall
from nanochat_learn.schema.tutor import ModelInfo
from nanochat_learn.tutor import ChosenModel

Step = str | ToolCall | Moved | ModelError | float
"""A text (cut into pieces), a tool call, another model, a failure, or seconds of silence."""
Script = Callable[[ChatRequest], Iterable[Step]]
"""What it does for one request. Read lazily: it may go on for ever."""


@dataclass
class ScriptedModel:
    script: Script
    cut: Callable[[str], Sequence[str]] = lambda text: re.findall(r"\s*\S+|\s+$", text)
    """How a text falls into pieces; word by word unless told otherwise."""
    requests: list[ChatRequest] = field(default_factory=list)
    cancelled: int = 0
    """How many streams were closed before their end."""

    async def stream(self, request: ChatRequest) -> AsyncIterator[ChatPiece]:
        self.requests.append(request)
        calls: list[ToolCall] = []
        said = 0
        ended = False
        try:
            for step in self.script(request):
                if isinstance(step, str):
                    for piece in self.cut(step):
                        said += 1
                        await asyncio.sleep(0)
                        yield TextPiece(piece)
                elif isinstance(step, float):
                    await asyncio.sleep(step)
                elif isinstance(step, ToolCall):
                    calls.append(step)
                elif isinstance(step, Moved):
                    yield step
                else:
                    ended = True
                    raise step
            ended = True
            yield Finished(
                "tools" if calls else "stop", request.model, None, said, 0.0, tuple(calls)
            )
        finally:
            self.cancelled += not ended

    def chosen(self, *, tools: bool = True, context: int = 16_000) -> ChosenModel:
        info = ModelInfo(
            id="scripted/model",
            label="a scripted model",
            free=True,
            context=context,
            tools=tools,
            price_in=0.0,
            price_out=0.0,
        )
        return ChosenModel(chat=self, base_url="scripted:", info=info)


def says(*steps: Step) -> Script:
    """The same for each request."""
    return lambda _: steps


def in_turn(*turns: Sequence[Step]) -> Script:
    """One list of steps for each request, the last again and again."""
    rest = list(turns)
    return lambda _: rest.pop(0) if len(rest) > 1 else rest[0]


def breaks_after(pieces: int, error: ModelError) -> Script:
    """So many words, then a failure. 0 fails before the first."""
    return lambda _: ["word " * pieces, error] if pieces else [error]


def asks_for(name: str, /, **arguments: str) -> ToolCall:
    """A tool call as a model writes it."""
    return ToolCall(f"call_{name}", name, json.dumps(arguments))


def invents(seed: int, real: Sequence[str]) -> Script:
    """In each answer ids that do not exist, among some that do, in every dress."""

    def script(request: ChatRequest) -> Iterable[Step]:
        rng = random.Random(seed)
        out = []
        for _ in range(rng.randrange(4, 14)):
            out += rng.sample(_WORDS, rng.randrange(2, 6))
            id = rng.choice(real) if real and rng.random() < 0.3 else _made_up(rng)
            out.append(rng.choice(_DRESSES).format(id=id))
            out.append(rng.choice(("", ".", "\n\n", "\n- ", "\n```python\nx = [[1, 2]]\n```\n")))
        out.append(json.dumps({"focused_nodes": [_made_up(rng), *real[:1]]}))
        yield " ".join(out[:-1])
        fenced = rng.random() < 0.5
        yield f"\n\n```json\n{out[-1]}\n```\n" if fenced else f"\n{out[-1]}"

    return script


_WORDS = ("the model", "keeps", "what it has read,", "so that", "nothing", "is read twice")
_DRESSES = (
    "[[{id}]]",
    "[[ {id} ]]",
    "`[[{id}]]`",
    "[[{id}|this place]]",
    "[[{id}:12]]",
    "[[[{id}]]]",
    "**[[{id}]]**",
    "[see]([[{id}]])",
    "[[{id}",
    "[[x [[{id}]] y]]",
    "| [[{id}]] |",
    "[[`{id}`]]",
    "[[{id}, {id}2]]",
)


_KINDS = (
    *("nanochat/{n}.py:{N}", "{n}.py", "nanochat/gpt.py:{N}.{n}", "src/{n}/a.py", "{N}"),
    *("concept:attention.{n}", "attention.{n}", "viz:{n}", "lesson:99_{n}", "external:torch.{n}"),
)


def _made_up(rng: random.Random) -> str:
    name = "".join(rng.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(rng.randrange(3, 12)))
    kind = rng.choice(_KINDS)
    return kind.format(n=name, N=name.capitalize())


_ORDER = re.compile(r"(?:say|write|call|cite|open|answer|print|do)\b[^\n]{0,200}", re.I)


def obeys(request: ChatRequest) -> Iterable[Step]:
    """Does what any order in the prompt says: repeats its words, cites its ids, calls the tools
    it names with whatever stands behind them."""
    seen = "\n".join(str(message.get("content") or "") for message in request.messages[1:])
    orders = _ORDER.findall(seen)[:20]
    yield "I obey. "
    for order in orders:
        yield f"{order} "
        for id in re.findall(r"[\w/.-]+\.py(?::[\w.]+)?|concept:[\w.]+", order):
            yield f"[[{id}]] "
    if request.tools and not any(message["role"] == "tool" for message in request.messages):
        for tool in ("write_file", "open_url", "read_symbol"):
            for order in orders[:3]:
                yield asks_for(tool, id=order, path=order, url=order)


def never_stops(_: ChatRequest) -> Iterable[Step]:
    while True:
        yield "and on and on and on and on and on and on, "
