"""Everything that is sent to a model is put together here, and nowhere else.

The preview that the learner sees and the request itself are one value, ``Prompt``. System text
holds only our own words (and the course's ``TUTOR.md``); foreign text stands in fenced blocks.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from nanochat_learn.errors import BadInput, LearnError
from nanochat_learn.ports import ChatRequest
from nanochat_learn.retrieval import ContextPart, build_context, estimate_tokens
from nanochat_learn.schema.base import NodeId
from nanochat_learn.schema.graph import CodeNode
from nanochat_learn.schema.search import SearchAnswer
from nanochat_learn.schema.tutor import LearnerContext, Message, SentPart, SentPrompt
from nanochat_learn.tutor.chosen import ChosenModel
from nanochat_learn.tutor.citing import Names, linked
from nanochat_learn.tutor.exercise import OpenExercise
from nanochat_learn.tutor.fencing import Fence, Kind, clean
from nanochat_learn.tutor.material import Material

MOST_TOKENS = 8_000
"""Of a prompt, however much the model would take: free models count every token of a day."""
MOST_ANSWER = 1_500
UNKNOWN_CONTEXT = 8_192
LONGEST_POLICY = 20_000

_EXAMPLE = "folder/file.py:Name"
_FOR_LEARNER, _FOR_HISTORY = 0.3, 0.25
"""Shares of the room that is left after rules and question."""
_FOR_TOLD, _MOST_TOLD = 0.25, 6
_PER_MESSAGE = 8
_LEAST_ROOM = 200
_FOR_LONG_QUESTIONS = 1_500
"""Room for what was found, also when the question alone takes what a prompt may take."""


@dataclass(slots=True)
class Prompt:
    """Messages as they are sent; grows when the model uses tools. ``chosen`` says to whom."""

    chosen: ChosenModel
    fence: Fence
    messages: list[dict[str, Any]]
    tools: Sequence[Mapping[str, Any]]
    limit: int
    max_tokens: int
    left_out: int = 0
    """Earlier messages that found no room."""
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def tokens(self) -> int:
        """Our estimate: a third of the bytes, which is seldom too little."""
        texts = [str(message.get("content") or "") for message in self.messages]
        calls = [json.dumps(m["tool_calls"]) for m in self.messages if m.get("tool_calls")]
        return sum(estimate_tokens(text) + _PER_MESSAGE for text in texts + calls) + (
            estimate_tokens(json.dumps(list(self.tools))) if self.tools else 0
        )

    def request(self) -> ChatRequest:
        return ChatRequest(
            model=self.chosen.info.id,
            messages=tuple(self.messages),
            fallbacks=self.chosen.fallbacks,
            tools=tuple(self.tools),
            max_tokens=self.max_tokens,
            extra=dict(self.extra),
        )

    def sent(self, tokens: int | None = None, cost: float | None = None) -> SentPrompt:
        """Word by word; ``tokens`` is the provider's count where there is one."""
        price = self.chosen.info.price_in
        estimate = self.tokens
        if tokens is None and cost is None and price is not None:
            cost = estimate * price / 1e6
        return SentPrompt(
            base_url=self.chosen.base_url,
            model=self.chosen.info.id,
            parts=tuple(_part(message) for message in self.messages),
            tools=tuple(json.dumps(tool) for tool in self.tools),
            tokens=estimate if tokens is None else tokens,
            limit=self.limit,
            cost=cost,
        )

    @property
    def corpus(self) -> str:
        """All text that was sent: what a number in the answer may be drawn from."""
        return "\n".join(
            str(m.get("content") or "") for m in self.messages if m["role"] != "system"
        )


def build(
    material: Material,
    chosen: ChosenModel,
    question: str,
    found: SearchAnswer,
    *,
    history: Sequence[Message] = (),
    context: LearnerContext | None = None,
    policy: str | None = None,
    exercise: OpenExercise | None = None,
    guarded: bool = False,
    understood: str = "",
    tools: Sequence[Mapping[str, Any]] = (),
    rounds: int = 0,
) -> Prompt:
    """The prompt for one question, at most ``limit`` tokens by our estimate.

    Goes first to rules and question, then to what the learner has open, what was said before
    (newest first), and what was found. ``guarded``: the exercise is not to be solved for them.
    Raises ``BadInput`` for a question that does not fit.
    """
    fence = Fence()
    max_tokens = max(min(MOST_ANSWER, (chosen.info.context or UNKNOWN_CONTEXT) // 4), 64)
    most = (chosen.info.context or UNKNOWN_CONTEXT) - max_tokens
    system = _system(fence, policy, rounds if tools else 0, exercise if guarded else None)
    asked = f"The learner asks:\n\n{clean(question).strip()}"
    if found.absent:
        asked = f"{_NOT_FOUND}\n\n{asked}"
    prompt = Prompt(
        chosen=chosen,
        fence=fence,
        messages=[{"role": "system", "content": system}, {"role": "user", "content": asked}],
        tools=tools,
        limit=most,
        max_tokens=max_tokens,
    )
    needed = prompt.tokens
    if needed + min(_LEAST_ROOM, most // 4) > most:
        raise BadInput(
            f"Your question is too long for {chosen.info.label}: with the rules it takes about "
            f"{needed:,} tokens, and {most:,} fit.",
            "Shorten it, or choose a model with more room.",
        )
    prompt.limit = min(most, max(MOST_TOKENS, needed + _FOR_LONG_QUESTIONS))
    room = prompt.limit - needed
    own: dict[Kind, str] = {
        "exercise": exercise.told() if exercise else "",
        "what the learner has understood": understood,
    }
    blocks = _learner(fence, material, context, own, int(room * _FOR_LEARNER))
    earlier, prompt.left_out = _earlier(fence, history, int(room * _FOR_HISTORY))
    blocks += earlier
    room -= sum(estimate_tokens(block) + 1 for block in blocks)
    blocks += _found(fence, material, found, room)
    prompt.messages[1]["content"] = "\n\n".join([*blocks, asked])
    return prompt


_NOT_FOUND = (
    "The search found nothing in this code that fits the question well; the data above is only "
    "the nearest. If it does not answer the question, say that this is not in the code."
)


@cache
def _text(name: str) -> str:
    return files("nanochat_learn.tutor").joinpath("prompts", f"{name}.md").read_text("utf-8")


def _system(
    fence: Fence, policy: str | None, rounds: int, exercise: OpenExercise | None = None
) -> str:
    """Ground rules last: what stands later weighs more, and no policy may soften them."""
    taught = clean(policy)[:LONGEST_POLICY] if policy and policy.strip() else _text("policy")
    parts = [f"# Teaching policy\n\n{taught.strip()}"]
    if exercise is not None:  # its name is of letters, digits and _ only
        parts.append(_text("exercise").format(item=exercise.item).strip())
    if rounds:
        parts.append(_text("tools").format(rounds=rounds).strip())
    parts.append(_text("grounding").format(mark=fence.mark, example=_EXAMPLE).strip())
    return "\n\n".join(parts)


def _found(fence: Fence, material: Material, found: SearchAnswer, room: int) -> list[str]:
    """What retrieval found, in blocks, together at most ``room`` tokens."""
    blocks = _told(fence, material, found, int(room * _FOR_TOLD))
    room -= sum(estimate_tokens(block) + 1 for block in blocks)
    parts = build_context(found, material.index, material.code_of, material.notes, room)
    why = {hit.id: hit.why for hit in found.results}
    names = Names(material.index.nodes)
    for part in parts:
        text = linked(part.text, names) if part.kind == "note" else part.text
        block = fence.block(part.kind, text, _head(part, why))
        cost = estimate_tokens(block) + 1
        if cost <= room:  # the bars at the begin of lines may be too much for the last one
            blocks.append(block)
            room -= cost
    return blocks


def _told(fence: Fence, material: Material, found: SearchAnswer, room: int) -> list[str]:
    """What is neither code nor has a note among the best results: content added on the fly, a
    concept whose note is still to come. It says of itself what it is."""
    blocks = []
    names = Names(material.index.nodes)
    for hit in found.results[:_MOST_TOLD]:
        node = material.index.nodes.get(hit.id)
        if node is None or hit.id in material.notes:
            continue
        if isinstance(node, CodeNode) and hit.id not in material.added:
            continue
        if text := linked(material.told(node.id), names):
            head = {"id": node.id, "title": node.label}
            block = fence.block("note", _cut(text, room // 2), head)
            if estimate_tokens(block) < room:
                blocks.append(block)
                room -= estimate_tokens(block) + 1
    return blocks


def _head(part: ContextPart, why: Mapping[NodeId, str]) -> dict[str, str | int | None]:
    if part.kind == "map":
        return {"title": part.title}
    return {"id": part.id, "title": part.title, "why": why.get(part.id)}


def _learner(
    fence: Fence,
    material: Material,
    context: LearnerContext | None,
    own: Mapping[Kind, str],
    room: int,
) -> list[str]:
    if context is None:
        return []
    nodes = material.index.nodes
    lesson = f"lesson:{context.lesson}" if context.lesson else None
    place: dict[str, str | int | None] = {
        "document": context.document,
        "lesson": lesson if lesson in nodes else context.lesson,
        "asks about": context.about if context.about in nodes else None,
    }
    blocks = []
    if any(place.values()):
        blocks.append(fence.block("what the learner has open", "", place))
    wanted: list[tuple[Kind, str]] = [
        *own.items(),
        ("error output", context.error),
        ("selected text", context.selection),
        ("active cell", context.cell),
        ("newest trace", _newest_trace(material) if context.trace else ""),
    ]
    given = [(kind, text) for kind, text in wanted if text.strip()]
    for place_in_row, (kind, text) in enumerate(given):
        share = room // (len(given) - place_in_row)
        keep_end = kind == "error output"  # the message itself stands last
        block = fence.block(kind, _cut(text, share - 40, keep_end=keep_end))
        blocks.append(block)
        room -= min(estimate_tokens(block), share)
    return blocks


def _newest_trace(material: Material) -> str:
    """In words; empty where nothing is recorded or nothing can be read."""
    try:
        return material.runs.told() if material.runs and material.runs.latest() else ""
    except LearnError:
        return ""


def _earlier(fence: Fence, history: Sequence[Message], room: int) -> tuple[list[str], int]:
    """As many earlier messages as fit, the newest ones, and how many do not."""
    rows: list[str] = []
    room -= 60
    for message in reversed(history):
        who = "Learner" if message.role == "learner" else "Tutor"
        row = f"{who}: {message.text.strip()}"
        if not rows:
            row = _cut(row, room)  # of the last one at least a part
        cost = estimate_tokens(row) + row.count("\n") + 2
        if cost > room:
            break
        rows.insert(0, row)
        room -= cost
    left_out = len(history) - len(rows)
    if left_out and rows:
        rows.insert(0, f"({left_out} earlier messages are left out.)")
    return (
        [fence.block("earlier in this conversation", "\n\n".join(rows))] if rows else [],
        left_out,
    )


def _cut(text: str, tokens: int, *, keep_end: bool = False) -> str:
    """At most ``tokens``, at a line where there is one; what is missing is said."""
    most = max(tokens, 10) * 3 - 20
    raw = text.encode("utf-8", "replace")
    if len(raw) <= most:
        return text
    if keep_end:
        kept = raw[-most:].decode("utf-8", "ignore")
        return "(the begin is left out)\n" + (kept.partition("\n")[2] or kept)
    kept = raw[:most].decode("utf-8", "ignore")
    return (kept.rpartition("\n")[0] or kept) + "\n(the rest is left out)"


def _part(message: Mapping[str, Any]) -> SentPart:
    text = str(message.get("content") or "")
    if calls := message.get("tool_calls"):
        text = f"{text}\n{json.dumps(calls, ensure_ascii=False)}".strip()
    return SentPart(role=message["role"], text=text)
