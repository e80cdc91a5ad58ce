"""The verbs ``ask`` and ``preview``: connects search, graph, notes, a model and the files.

chosen = ChosenModel(chat=…, base_url=…, info=ModelInfo(…), fallbacks=(…))   # or None
async for event in ask(workspace, request, chosen): …                        # AskEvent
prompt = preview(workspace, request, chosen)                                 # SentPrompt
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from nanochat_learn.errors import LearnError, ModelError
from nanochat_learn.places import Workspace
from nanochat_learn.schema.tutor import (
    AskEvent,
    AskFailure,
    AskRequest,
    AskStatus,
    SentPrompt,
)
from nanochat_learn.schema.wire import Failure
from nanochat_learn.tutor.chosen import ChosenModel
from nanochat_learn.workspace import conversing


async def ask(
    workspace: Workspace,
    request: AskRequest,
    chosen: ChosenModel | None = None,
    *,
    ceiling: Path | None = None,
) -> AsyncIterator[AskEvent]:
    """Answer a question. The question is on disk before anything is searched or sent.

    Without ``chosen`` the answer is put together from notes and code. Never raises for what a
    learner can meet: the last event is ``done`` or ``error``. Closing the iterator (or
    cancelling the task) cancels the model's request and keeps what came. ``ceiling`` is the
    highest folder in which a ``TUTOR.md`` is looked for (Jupyter's root).
    """
    try:
        talk, question = await asyncio.to_thread(conversing.keep_question, workspace, request)
    except LearnError as error:
        yield AskFailure(failure=_failure(error))
        return
    yield AskStatus(
        phase="searching",
        sentence="Looking in the code and the notes.",
        conversation=talk.id,
        question=question,
    )
    raise ModelError("to come")


def preview(
    workspace: Workspace,
    request: AskRequest,
    chosen: ChosenModel,
    *,
    ceiling: Path | None = None,
) -> SentPrompt:
    """What ``ask`` would send first, word by word; nothing is kept or sent. Blocks while it
    searches: call it in a thread."""
    raise ModelError("to come")


def _failure(error: LearnError) -> Failure:
    return Failure(code=error.code, sentence=error.sentence, hint=error.hint)
