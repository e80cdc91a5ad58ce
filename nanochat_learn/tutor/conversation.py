"""What can happen to a conversation: it begins, grows, is edited, is read elsewhere. Pure.

Nothing here opens a file (``workspace/conversing.py`` does) or knows the time of day.
"""

from __future__ import annotations

import re
import unicodedata

from nanochat_learn.errors import BadInput
from nanochat_learn.schema.tutor import (
    Conversation,
    ConversationId,
    LearnerContext,
    Message,
    MessageId,
)

LONGEST_TITLE = 70
MOST_REPLACED = 200
"""Older ones than these are dropped, so that a file cannot grow for ever."""


def begin(id: ConversationId, question: str, made: str) -> Conversation:
    return Conversation(id=id, title=title_of(question), made=made, messages=())


def title_of(question: str) -> str:
    """The first line that says something, cut at a word."""
    line = next((line for line in question.splitlines() if line.strip()), "")
    words = " ".join(line.split())
    if len(words) <= LONGEST_TITLE:
        return words or "Untitled"
    return words[:LONGEST_TITLE].rpartition(" ")[0] or words[:LONGEST_TITLE]


def slug_of(question: str) -> str:
    """Letters, digits and hyphens, at most 40: the part of a file name that people read."""
    plain = unicodedata.normalize("NFKD", title_of(question)).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower())
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:40]
        if len(longer) > 40:
            break
        slug = longer
    return slug or "question"


def with_question(
    conversation: Conversation,
    id: MessageId,
    text: str,
    made: str,
    *,
    context: LearnerContext | None = None,
    replaces: MessageId | None = None,
) -> Conversation:
    """The question stands last. With ``replaces`` (a question, or the answer to be had anew),
    that question and all after it move to ``replaced``.

    Raises ``BadInput`` when the message to replace is not there.
    """
    kept: tuple[Message, ...] = conversation.messages
    moved: tuple[Message, ...] = ()
    if replaces is not None:
        at = _place_of_question(conversation, replaces)
        kept, moved = conversation.messages[:at], conversation.messages[at:]
    question = Message(id=id, role="learner", text=text, made=made, context=context)
    return conversation.model_copy(
        update={
            "messages": (*kept, question),
            "replaced": (*conversation.replaced, *moved)[-MOST_REPLACED:],
        }
    )


def with_answer(conversation: Conversation, question: MessageId, answer: Message) -> Conversation:
    """The answer stands right after its question, whatever was asked meanwhile in another tab.

    When the question was replaced meanwhile, the answer goes where the question went.
    """
    ids = [message.id for message in conversation.messages]
    if question not in ids:
        moved = (*conversation.replaced, answer)[-MOST_REPLACED:]
        return conversation.model_copy(update={"replaced": moved})
    at = ids.index(question) + 1
    messages = (*conversation.messages[:at], answer, *conversation.messages[at:])
    return conversation.model_copy(update={"messages": messages})


def before(conversation: Conversation, question: MessageId) -> tuple[Message, ...]:
    """What was said before a question."""
    ids = [message.id for message in conversation.messages]
    return conversation.messages[: ids.index(question)] if question in ids else ()


def up_to(conversation: Conversation, replaces: MessageId | None) -> tuple[Message, ...]:
    """What stays before a question that replaces another one, or that comes next."""
    if replaces is None:
        return conversation.messages
    return conversation.messages[: _place_of_question(conversation, replaces)]


def to_markdown(conversation: Conversation) -> str:
    """For reading elsewhere: ``[[id]]`` becomes the name of the thing, with its place below."""
    rows = [f"# {_one_line(conversation.title)}", "", f"Begun {conversation.made}."]
    for message in conversation.messages:
        rows += ["", f"## {'Question' if message.role == 'learner' else 'Answer'}", ""]
        rows.append(_readable(message))
        rows += [*_notes_below(message), *_sources_below(message)]
    return "\n".join(rows) + "\n"


def _place_of_question(conversation: Conversation, wanted: MessageId) -> int:
    for at, message in enumerate(conversation.messages):
        if message.id == wanted:
            while message.role == "tutor" and at > 0:  # a retry may name the answer
                at -= 1
                message = conversation.messages[at]
            return at
    raise BadInput(
        "The question to replace is not in this conversation any more.",
        "It was changed elsewhere, perhaps in another tab: open the conversation again.",
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _readable(message: Message) -> str:
    labels: dict[str, str] = {citation.id: citation.label for citation in message.citations}

    def name(match: re.Match[str]) -> str:
        label = labels.get(match.group(1))
        return f"**{label}**" if label else match.group(0)

    return re.sub(r"\[\[([^\[\]]+)\]\]", name, message.text) if labels else message.text


def _notes_below(message: Message) -> list[str]:
    said = {
        "stopped": "Stopped by the learner.",
        "broken": "The answer broke off.",
        "whole": "",
    }[message.state]
    if message.extractive:
        said = f"{said} Put together from notes and code, without a language model.".strip()
    if message.failure is not None:
        said = f"{said} {message.failure.sentence}".strip()
    return ["", f"*{said}*"] if said else []


def _sources_below(message: Message) -> list[str]:
    if not message.citations:
        return []
    rows = ["", "Sources:", ""]
    for one in message.citations:
        place = f"`{one.file_path}`" if one.file_path else f"`{one.id}`"
        line = f", line {one.line}" if one.line else ""
        rows.append(f"- {one.label}: {place}{line}")
    return rows
