"""The loop: search → prompt → stream → tools → check → events, and what is kept at the end.

However it ends (whole, stopped by the learner, broken off, answered from the notes because no
model could), ``keep`` is called at most once, with what the learner has seen.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from nanochat_learn.errors import BrokenStream, LearnError, ModelError
from nanochat_learn.ports import Finished, Moved, TextPiece
from nanochat_learn.schema.search import SearchAnswer
from nanochat_learn.schema.tutor import (
    AskCitation,
    AskDelta,
    AskDone,
    AskEvent,
    AskFailure,
    AskFocus,
    AskRetrieved,
    AskStatus,
    AskUsage,
    ConversationId,
    LearnerContext,
    Message,
    MessageId,
    SentPrompt,
)
from nanochat_learn.schema.wire import Failure
from nanochat_learn.tutor.checking import Checked
from nanochat_learn.tutor.chosen import ChosenModel
from nanochat_learn.tutor.citing import Cited, Names
from nanochat_learn.tutor.evidence import RunRecord, unsupported
from nanochat_learn.tutor.exercise import OpenExercise, Withheld
from nanochat_learn.tutor.extracting import extract
from nanochat_learn.tutor.material import Material, find
from nanochat_learn.tutor.prompting import Prompt, build
from nanochat_learn.tutor.rounds import stream, told, use_tools
from nanochat_learn.tutor.spending import Spent
from nanochat_learn.tutor.tools import (
    LONGEST_SUM,
    MOST_ROUNDS,
    Tool,
    Toolbox,
    reading_tools,
    trace_tool,
)

LONGEST_ANSWER = 60_000
"""Signs that are read. A model that does not come to an end is stopped here."""

_State = Literal["whole", "stopped", "broken"]
_TOO_LONG = Failure(
    code="too_long",
    sentence="The answer reached the length it may have, and stops here.",
    hint="Ask it to go on.",
)
_log = logging.getLogger("nanochat_learn")

Keep = Callable[[Message, SentPrompt | None], None]
"""Puts the answer on disk, and what was sent for it. Blocks."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and where it stands."""

    text: str
    conversation: ConversationId
    id: MessageId
    history: tuple[Message, ...] = ()
    context: LearnerContext | None = None
    policy: str | None = None
    """The course's ``TUTOR.md`` where there is one."""
    exercise: OpenExercise | None = None
    """The one they ask from, while it is not solved."""
    understood: str = ""
    """What they have understood and what is shaky, in words, if they agreed to send it."""

    @property
    def guarded(self) -> OpenExercise | None:
        """The exercise whose solution is not to be given: a policy of the course's own decides
        that for itself."""
        return None if self.policy and self.policy.strip() else self.exercise


async def answer(
    question: Question,
    material: Material,
    chosen: ChosenModel | None,
    keep: Keep,
) -> AsyncGenerator[AskEvent, None]:
    """Events in the order of the schema, from ``retrieved`` on (the first ``status`` comes from
    whoever has kept the question); the last is ``done`` or ``error``.

    Raises nothing that a learner can meet. Closing it closes the model's stream and keeps what
    came, with state ``stopped``.
    """
    run = _Run(question, material, keep)
    try:
        async with aclosing(run.events(chosen)) as events:
            async for event in events:
                yield event
    except (asyncio.CancelledError, GeneratorExit):
        if not run.kept:
            run.keep_what_came("stopped")
        raise


@dataclass
class _Run:
    question: Question
    material: Material
    keep: Keep
    kept: bool = False
    prompt: Prompt | None = None
    found: SearchAnswer | None = None
    usage: Spent = field(default_factory=Spent)

    def __post_init__(self) -> None:
        self.names = Names(self.material.index.nodes)
        self.checked = Checked(self.names, _withheld(self.question))
        self.extractive = False
        self.ending: tuple[_State, Failure | None] = ("whole", None)
        self.records: tuple[RunRecord, ...] = ()
        self.id = MessageId(f"a-{secrets.token_hex(6)}")

    async def events(self, chosen: ChosenModel | None) -> AsyncGenerator[AskEvent, None]:
        asked = self.question
        try:
            self.found = await asyncio.to_thread(
                find, self.material, asked.text, asked.history, asked.context
            )
        except LearnError as error:
            yield AskFailure(failure=_failure(error))
            return
        yield AskRetrieved(answer=self.found)
        try:
            async with aclosing(self._answered(chosen)) as events:
                async for event in events:
                    yield event
            message = self._message(*self.ending)
            self.kept = True
            await asyncio.to_thread(self.keep, message, self._sent())
        except LearnError as error:
            failure = _failure(error)
            came = await asyncio.to_thread(self.keep_what_came, "broken", failure)
            yield AskFailure(failure=failure, message=came)
        else:
            yield AskDone(message=message)

    async def _answered(self, chosen: ChosenModel | None) -> AsyncGenerator[AskEvent, None]:
        """By the model; from the notes when there is none, or when it says nothing at all."""
        failure = None
        if chosen is not None:
            try:
                async with aclosing(self._from_model(chosen)) as events:
                    async for event in events:
                        yield event
                return
            except ModelError as error:
                if self.checked.text:
                    raise
                failure = _failure(error)
                words = f"{error.sentence} Answering from the notes instead."
                yield self._status("retrying", words)
        for event in await self._from_notes(failure):
            yield event

    # --- with a model ---------------------------------------------------------------------------

    async def _from_model(self, chosen: ChosenModel) -> AsyncGenerator[AskEvent, None]:
        assert self.found is not None  # searched before
        if self.material.runs is not None:
            self.records = await asyncio.to_thread(self.material.runs.records)
        tools = _tools(self.question, self.material, chosen)
        prompt = self.prompt = await asyncio.to_thread(
            _prompt, self.question, self.material, chosen, self.found, tools
        )
        room = (chosen.info.context or prompt.limit) - prompt.max_tokens - prompt.tokens
        toolbox = Toolbox(tools, prompt.fence, min(LONGEST_SUM, max(room, 0) * 3))
        forgotten = (
            f" The {prompt.left_out} oldest messages find no room and are not sent."
            if prompt.left_out
            else ""
        )
        yield self._status("asking", f"Asking {chosen.info.label}.{forgotten}")
        self.usage = Spent(chosen)
        for turn in range(MOST_ROUNDS + 1):
            if tools and turn == MOST_ROUNDS:
                prompt.extra["tool_choice"] = "none"
            said: list[str] = []
            last: Finished | None = None
            async with aclosing(stream(chosen, prompt)) as pieces:
                async for piece in pieces:
                    if isinstance(piece, TextPiece):
                        said.append(piece.text)
                        for event in self._shown(piece.text):
                            yield event
                        if self.checked.received > LONGEST_ANSWER:
                            raise BrokenStream(
                                "The answer did not come to an end and was stopped.",
                                "Ask again, or choose another model.",
                            )
                    elif isinstance(piece, Moved):
                        self.usage.model = piece.model
                        yield self._status("retrying", piece.sentence)
                    else:
                        last = piece
            if last is None:
                raise BrokenStream("The answer broke off.", "Try again.")
            self.usage.add(last, prompt, "".join(said))
            if not last.calls or turn == MOST_ROUNDS or not tools:
                if last.reason == "length":
                    self.ending = ("broken", _TOO_LONG)
                break
            yield self._status("reading", told(last.calls))
            await asyncio.to_thread(use_tools, prompt, toolbox, "".join(said), last)
            if "".join(said).strip():
                for event in self._shown("\n\n"):
                    yield event
        for event in self._rest():
            yield event
        if not self.checked.text:
            raise BrokenStream(
                f"{self.usage.model} answered nothing.", "Try again, or choose another model."
            )
        yield self._focus("what the answer points at")
        yield AskUsage(usage=self.usage.total())

    # --- without ---------------------------------------------------------------------------------

    async def _from_notes(self, failure: Failure | None) -> list[AskEvent]:
        assert self.found is not None  # searched before
        self.extractive, self.checked = True, Checked(self.names)
        self.ending = ("whole", failure)
        text = await asyncio.to_thread(extract, self.material, self.question.text, self.found)
        if (exercise := self.question.guarded) is not None:
            text = f"{exercise.next_hint()}\n\n{text}"
        events: list[AskEvent] = []
        for paragraph in text.split("\n\n"):
            events += self._shown(f"{paragraph}\n\n")
        return [*events, *self._rest(), self._focus("what the notes and the code say about it")]

    # --- what both share --------------------------------------------------------------------------

    def _status(
        self, phase: Literal["searching", "asking", "reading", "retrying", "checking"], words: str
    ) -> AskStatus:
        return AskStatus(
            phase=phase,
            sentence=words,
            conversation=self.question.conversation,
            question=self.question.id,
        )

    def _shown(self, piece: str) -> list[AskEvent]:
        return [self._event(out) for out in self.checked.feed(piece)]

    def _rest(self) -> list[AskEvent]:
        return [self._event(out) for out in self.checked.finish()]

    def _event(self, out: str | Cited) -> AskEvent:
        if isinstance(out, Cited):
            return AskCitation(citation=self.material.citation(out.id))
        return AskDelta(text=out)

    def _focus(self, reason: str) -> AskFocus:
        return AskFocus(ids=self.checked.focused, reason=reason)

    def _message(
        self,
        state: _State,
        failure: Failure | None,
    ) -> Message:
        checked = self.checked
        by_model = self.prompt is not None and not self.extractive
        absent = self.found is not None and self.found.absent
        return Message(
            id=self.id,
            role="tutor",
            text=checked.text,
            made=datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            citations=tuple(self.material.citation(id) for id in checked.cited),
            focused=checked.focused,
            struck=checked.struck,
            unsupported=(
                unsupported(
                    checked.text, f"{self.prompt.corpus}\n{self.question.text}", self.records
                )
                if by_model and self.prompt
                else ()
            ),
            extractive=self.extractive,
            absent=absent and (self.extractive or not checked.cited),
            usage=self.usage.total() if by_model and self.usage.rounds else None,
            state=state,
            failure=failure,
        )

    def _sent(self) -> SentPrompt | None:
        if self.prompt is None:
            return None
        total = self.usage.total() if self.usage.rounds else None
        return self.prompt.sent(total.prompt_tokens, total.cost) if total else self.prompt.sent()

    def keep_what_came(
        self, state: Literal["stopped", "broken"], failure: Failure | None = None
    ) -> Message | None:
        """The answer as far as it came, also what was still held back; None for nothing.

        Also when the disk refuses it: then the learner at least sees it.
        """
        for _ in self.checked.finish():
            pass
        if not self.checked.text:
            return None
        message = self._message(state, failure)
        if not self.kept:
            self.kept = True
            try:
                self.keep(message, self._sent())
            except LearnError as error:
                _log.warning("an answer could not be kept: %s", error)
        return message


def first_prompt(question: Question, material: Material, chosen: ChosenModel) -> Prompt:
    """What ``answer`` sends first. Blocks while it searches."""
    found = find(material, question.text, question.history, question.context)
    return _prompt(question, material, chosen, found, _tools(question, material, chosen))


def _tools(question: Question, material: Material, chosen: ChosenModel) -> tuple[Tool, ...]:
    if not chosen.info.tools:
        return ()
    agreed = question.context is not None and question.context.trace
    runs = (trace_tool(material.runs),) if agreed and material.runs is not None else ()
    return (*reading_tools(material), *runs)


def _prompt(
    question: Question,
    material: Material,
    chosen: ChosenModel,
    found: SearchAnswer,
    tools: Sequence[Tool],
) -> Prompt:
    return build(
        material,
        chosen,
        question.text,
        found,
        history=question.history,
        context=question.context,
        policy=question.policy,
        exercise=question.exercise,
        guarded=question.guarded is not None,
        understood=question.understood,
        tools=[tool.definition for tool in tools],
        rounds=MOST_ROUNDS,
    )


def _withheld(question: Question) -> Withheld | None:
    exercise, context = question.guarded, question.context
    if exercise is None:
        return None
    own = (context.cell, context.selection, context.error) if context else ()
    return Withheld(exercise, (question.text, *own))


def _failure(error: LearnError) -> Failure:
    return Failure(code=error.code, sentence=error.sentence, hint=error.hint)
