"""The verbs ``ask`` and ``preview``: connects search, graph, notes, a model and the files.

chosen = ChosenModel(chat=…, base_url=…, info=ModelInfo(…), fallbacks=(…))   # or None
async for event in ask(workspace, request, chosen): …                        # AskEvent
prompt = preview(workspace, request, chosen)                                 # SentPrompt
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from functools import partial
from pathlib import Path
from weakref import WeakKeyDictionary

from nanochat_learn.errors import BadInput, Busy, LearnError
from nanochat_learn.graph import really_added
from nanochat_learn.places import Workspace
from nanochat_learn.schema.base import NodeId
from nanochat_learn.schema.tutor import (
    AskEvent,
    AskFailure,
    AskRequest,
    AskStatus,
    ConversationId,
    Message,
    MessageId,
    SentPrompt,
)
from nanochat_learn.schema.wire import Failure
from nanochat_learn.sources import Sources
from nanochat_learn.traces.catalog import open_trace
from nanochat_learn.traces.summary import summary
from nanochat_learn.tutor import ChosenModel, Material, Question, answer, first_prompt
from nanochat_learn.tutor import conversation as talks
from nanochat_learn.tutor.material import Search
from nanochat_learn.tutor.runs import Runs
from nanochat_learn.workspace import conversing, exercising, searching, tracing
from nanochat_learn.workspace.added import read_added
from nanochat_learn.workspace.known import knowledge
from nanochat_learn.workspace.reading import graph_index

AT_ONCE = 4
"""Answers that are made at the same time in one process."""
MOST_WAITING = 16
POLICY = "TUTOR.md"

_log = logging.getLogger("nanochat_learn")


async def ask(
    workspace: Workspace,
    request: AskRequest,
    chosen: ChosenModel | None = None,
    *,
    ceiling: Path | None = None,
    search: Search | None = None,
) -> AsyncGenerator[AskEvent, None]:
    """Answer a question. The question is on disk before anything is searched or sent.

    Without ``chosen`` the answer is put together from notes and code. Never raises for what a
    learner can meet: the last event is ``done`` or ``error``. Closing the iterator (or
    cancelling the task) cancels the model's request and keeps what came. ``ceiling`` is the
    highest folder in which a ``TUTOR.md`` is looked for (Jupyter's root).
    """
    try:
        request = _meant(request)
        talk, id = await asyncio.to_thread(conversing.keep_question, workspace, request)
        yield AskStatus(
            phase="searching",
            sentence="Looking in the code and the notes.",
            conversation=talk.id,
            question=id,
        )
        async with _turn():
            material = await asyncio.to_thread(_material, workspace, search)
            question = await asyncio.to_thread(
                _question, workspace, request, talk.id, id, talks.before(talk, id), ceiling
            )

            def keep(message: Message, sent: SentPrompt | None) -> None:
                conversing.keep_answer(workspace, talk.id, id, message)
                if sent is not None:
                    _keep_sent(workspace, talk.id, message, sent)

            async with aclosing(answer(question, material, chosen, keep)) as events:
                async for event in events:
                    yield event
    except LearnError as error:
        yield AskFailure(failure=_failure(error))


def preview(
    workspace: Workspace,
    request: AskRequest,
    chosen: ChosenModel,
    *,
    ceiling: Path | None = None,
    search: Search | None = None,
) -> SentPrompt:
    """What ``ask`` would send first, word by word; nothing is kept or sent. Blocks while it
    searches: call it in a thread. The mark of the data blocks is drawn anew each time."""
    request = _meant(request)
    history: tuple[Message, ...] = ()
    if request.conversation is not None:
        talk = conversing.conversation(workspace, request.conversation)
        history = talks.up_to(talk, request.replaces)
    id = request.conversation or ConversationId("")
    question = _question(workspace, request, id, MessageId(""), history, ceiling)
    return first_prompt(question, _material(workspace, search), chosen).sent()


def _question(
    workspace: Workspace,
    request: AskRequest,
    conversation: ConversationId,
    id: MessageId,
    history: tuple[Message, ...],
    ceiling: Path | None,
) -> Question:
    """What is asked, with what is known of the learner's work. Reads files."""
    context = request.context
    return Question(
        text=request.question,
        conversation=conversation,
        id=id,
        history=history,
        context=context,
        policy=policy(workspace, ceiling),
        exercise=(
            exercising.open_exercise(workspace, context.exercise)
            if context and context.exercise
            else None
        ),
        understood=exercising.understood(workspace) if context and context.progress else "",
    )


def policy(workspace: Workspace, ceiling: Path | None = None) -> str | None:
    """The nearest ``TUTOR.md`` in the workspace or above it, not above ``ceiling``."""
    top = ceiling.resolve() if ceiling else None
    for folder in (workspace.root, *workspace.root.parents):
        if folder != workspace.root and top is not None and not folder.is_relative_to(top):
            return None
        file = folder / POLICY
        try:
            if file.is_file() and _is_ours(file):
                return file.read_text(encoding="utf-8", errors="replace")
        except OSError as error:
            _log.warning("%s is ignored, it cannot be read: %s", POLICY, error)
            return None
    return None


def _is_ours(file: Path) -> bool:
    """Not left by somebody else in a folder that all may write to, like ``/tmp``."""
    return not hasattr(os, "getuid") or file.stat().st_uid in (os.getuid(), 0)


def _meant(request: AskRequest) -> AskRequest:
    """An empty question about something asks to explain it; about nothing, it is none."""
    if request.question.strip():
        return request
    context = request.context
    if context is not None and context.error.strip():
        return request.model_copy(update={"question": "What does this error mean?"})
    if context is not None and (context.about or context.selection.strip() or context.cell.strip()):
        return request.model_copy(update={"question": "What is this?"})
    raise BadInput("There is no question.", "Write what you want to know, in your own words.")


def _material(workspace: Workspace, search: Search | None) -> Material:
    index = graph_index(workspace)
    added = really_added(index.graph, read_added(workspace).items)
    notes = {NodeId(f"concept:{note.header.id}"): note.body for note in knowledge(workspace).notes}
    return Material(
        name=workspace.name,
        index=index,
        code_of=Sources(workspace.root).lines,
        notes={id: body for id, body in notes.items() if id in index.nodes},
        search=search or _search(workspace),
        added={item.id: item.text for item in added},
        runs=_runs(workspace),
    )


def _runs(workspace: Workspace) -> Runs:
    """By name only, never by path: names come from a language model."""
    one = partial(open_trace, workspace.root)
    return Runs(
        latest=lambda: tracing.traces(workspace)[0],
        one=lambda name: summary(one(name)),
        lines=lambda name: one(name).lines(),
        training=lambda name: one(name).training(),
    )


def _search(workspace: Workspace) -> Search:
    return partial(searching.search, workspace)


def _keep_sent(
    workspace: Workspace, id: ConversationId, message: Message, sent: SentPrompt
) -> None:
    try:
        conversing.keep_sent(workspace, id, message.id, sent)
    except LearnError as error:
        _log.warning("what was sent could not be kept: %s", error)


# --- many at once ------------------------------------------------------------------------------


class _Turns:
    def __init__(self) -> None:
        self.free = asyncio.Semaphore(AT_ONCE)
        self.waiting = 0


_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, _Turns] = WeakKeyDictionary()


@asynccontextmanager
async def _turn() -> AsyncIterator[None]:
    """Wait for a turn, behind at most ``MOST_WAITING`` others."""
    turns = _turns.setdefault(asyncio.get_running_loop(), _Turns())
    if turns.free.locked() and turns.waiting >= MOST_WAITING:
        raise Busy(
            f"More than {AT_ONCE + MOST_WAITING} questions are being answered at once.",
            "Your question is kept: press “Ask again” when some are answered.",
        )
    turns.waiting += 1
    try:
        await turns.free.acquire()
    finally:
        turns.waiting -= 1
    try:
        yield
    finally:
        turns.free.release()


def _failure(error: LearnError) -> Failure:
    return Failure(code=error.code, sentence=error.sentence, hint=error.hint)
