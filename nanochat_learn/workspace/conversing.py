"""Conversations as files: list, read, rename, delete, export; a question kept, an answer kept.

One visible JSON file each under ``conversations/``, replaced whole under a lock, so that two
tabs, two servers or kill -9 lose nothing. A file that cannot be read is listed with what is
wrong, and never written to. Folders that are not a workspace, or are read-only, keep their
conversations beside their caches.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from nanochat_learn.durable import locked, replace_file
from nanochat_learn.errors import BadInput, CannotRead, CannotWrite, LearnError, NotFound
from nanochat_learn.places import Workspace
from nanochat_learn.schema.tutor import (
    AskRequest,
    Conversation,
    ConversationHead,
    ConversationId,
    ConversationList,
    Exported,
    Message,
    MessageId,
    SentPrompt,
)
from nanochat_learn.schema.wire import Failure
from nanochat_learn.tutor import conversation as talks

FOLDER = "conversations"
LARGEST = 32 * 1024 * 1024
"""Bytes of a file that we are willing to read: some thousand long answers."""
MOST_SENT = 200
"""Prompts kept in the cache, the newest of all conversations."""

_LETTERS = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
_OF_WINDOWS = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(10))}


def conversations(workspace: Workspace) -> ConversationList:
    """All of them, last changed first."""
    folder = _folder(workspace)
    try:
        files = [file for file in folder.glob("*.json") if not file.name.startswith(".")]
    except OSError as error:
        raise CannotRead(
            f"The folder {FOLDER} cannot be read: {error.strerror}.", "Check its permissions."
        ) from error
    heads = [head for file in files if (head := _head(file)) is not None]
    return ConversationList(
        conversations=tuple(sorted(heads, key=lambda h: (h.changed, h.id), reverse=True))
    )


def conversation(workspace: Workspace, id: str) -> Conversation:
    """One, whole. Raises ``NotFound``, ``CannotRead``."""
    return _read(_file(workspace, id))


def rename(workspace: Workspace, id: str, title: str) -> Conversation:
    """Give it another title; its file keeps its name."""
    words = " ".join(title.split())
    if not words:
        raise BadInput("A title needs at least one letter.", "Write a few words.")
    with _changing(workspace):
        changed = conversation(workspace, id).model_copy(update={"title": words})
        _write(workspace, changed)
    return changed


def delete(workspace: Workspace, id: str) -> None:
    """Remove the file, also one that cannot be read, and what was kept of its prompts."""
    file = _file(workspace, id)
    with _changing(workspace):
        try:
            file.unlink()
        except FileNotFoundError as error:
            raise _gone(id) from error
        except OSError as error:
            raise CannotWrite(
                f"{file.name} cannot be deleted: {error.strerror}.", "Check its permissions."
            ) from error
        for kept in _sent_folder(workspace).glob(f"{id}.*.json"):
            kept.unlink(missing_ok=True)


def export(workspace: Workspace, id: str) -> Exported:
    """The conversation as Markdown, and a name for its file."""
    return Exported(name=f"{id}.md", markdown=talks.to_markdown(conversation(workspace, id)))


def sent(workspace: Workspace, id: str, answer: str) -> SentPrompt:
    """What was sent for one answer, word by word. Raises ``NotFound`` when nothing was sent,
    or so long ago that it is not kept any more."""
    file = _sent_file(workspace, id, answer)
    try:
        return SentPrompt.model_validate_json(file.read_bytes())
    except (OSError, ValidationError) as error:
        raise NotFound(
            "What was sent for this answer is not kept.",
            f"The last {MOST_SENT} are. An answer made without a language model sends nothing.",
        ) from error


def keep_question(workspace: Workspace, request: AskRequest) -> tuple[Conversation, MessageId]:
    """Put the question on disk, before anything is searched or sent."""
    made = now()
    question = MessageId(f"q-{secrets.token_hex(6)}")
    with _changing(workspace):
        if request.conversation is None:
            talk = talks.begin(_new_id(workspace, request.question), request.question, made)
        else:
            talk = conversation(workspace, request.conversation)
        talk = talks.with_question(
            talk,
            question,
            request.question,
            made,
            context=request.context,
            replaces=request.replaces,
        )
        _write(workspace, talk)
    return talk, question


def keep_answer(
    workspace: Workspace, id: ConversationId, question: MessageId, answer: Message
) -> None:
    """Put the answer after its question. A conversation deleted meanwhile stays deleted."""
    with _changing(workspace):
        try:
            talk = conversation(workspace, id)
        except NotFound:
            return
        _write(workspace, talks.with_answer(talk, question, answer))


def keep_sent(
    workspace: Workspace, id: ConversationId, answer: MessageId, prompt: SentPrompt
) -> None:
    """Remember in the cache what was sent. Losing it costs nothing but the view of it."""
    file = _sent_file(workspace, id, answer)
    replace_file(file, prompt.model_dump_json().encode())
    kept = sorted(file.parent.glob("*.json"), key=lambda f: f.stat().st_mtime_ns)
    for old in kept[:-MOST_SENT]:
        old.unlink(missing_ok=True)


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


# --- files -------------------------------------------------------------------------------------


def _folder(workspace: Workspace) -> Path:
    inside = workspace.marked and workspace.writable
    return (workspace.root if inside else workspace.cache) / FOLDER


def _file(workspace: Workspace, id: str) -> Path:
    """The file of an id. An id that could name anything else is refused."""
    if not _is_safe(id):
        raise BadInput(
            "This is not the name of a conversation.", "Choose one from the list of conversations."
        )
    return _folder(workspace) / f"{id}.json"


def _sent_folder(workspace: Workspace) -> Path:
    return workspace.cache / "sent"


def _sent_file(workspace: Workspace, id: str, answer: str) -> Path:
    if not (_is_safe(id) and _is_safe(answer)):
        raise BadInput("This is not the name of an answer.", "Open the conversation again.")
    return _sent_folder(workspace) / f"{id}.{answer}.json"


def _is_safe(name: str) -> bool:
    return (
        0 < len(name) <= 120
        and set(name) <= _LETTERS
        and name[0] not in "-_"
        and name.lower() not in _OF_WINDOWS
    )


def _new_id(workspace: Workspace, question: str) -> ConversationId:
    """Day, words and a few random signs: readable in a file browser, never taken."""
    day = datetime.now(UTC).date().isoformat()
    while True:
        id = f"{day}-{talks.slug_of(question)}-{secrets.token_hex(3)}"
        if not _file(workspace, id).exists():
            return ConversationId(id)


@contextmanager
def _changing(workspace: Workspace) -> Iterator[None]:
    """One writer at a time, over all processes."""
    try:
        workspace.cache.mkdir(parents=True, exist_ok=True)
        lock = workspace.cache / "conversations.lock"
        with locked(lock):
            yield
    except OSError as error:
        raise CannotWrite(
            f"The conversations cannot be written: {error.strerror or error}.",
            "Check that the folder is yours and that the disk is not full.",
        ) from error


def _write(workspace: Workspace, talk: Conversation) -> None:
    replace_file(_file(workspace, talk.id), talk.model_dump_json(indent=1).encode() + b"\n")


def _read(file: Path) -> Conversation:
    try:
        if file.stat().st_size > LARGEST:
            raise CannotRead(f"{file.name} is too large to be a conversation.", "Move it away.")
        talk = Conversation.model_validate_json(file.read_bytes())
    except FileNotFoundError as error:
        raise _gone(file.stem) from error
    except OSError as error:
        raise CannotRead(
            f"{file.name} cannot be read: {error.strerror}.", "Check its permissions."
        ) from error
    except ValidationError as error:
        if any(detail["loc"] == ("format",) for detail in error.errors()):
            raise CannotRead(
                f"{file.name} was written by another version of nanochat-learn.",
                "Upgrade nanochat-learn, or begin a new conversation: this file stays as it is.",
            ) from error
        raise CannotRead(
            f"{file.name} is damaged and cannot be read.",
            "Mend it in the editor, or begin a new conversation: this file stays as it is.",
        ) from error
    return talk.model_copy(update={"id": ConversationId(file.stem)})  # a copied file is its own


def _head(file: Path) -> ConversationHead | None:
    """What the list shows of one file; None when it vanished meanwhile."""
    problem: Failure | None = None
    title, messages = file.stem, 0
    try:
        changed = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    except OSError:
        return None
    if not _is_safe(file.stem):
        problem = Failure(
            code="bad_input",
            sentence=f"{file.name} has a name that cannot be opened here.",
            hint="Rename the file: letters, digits and hyphens.",
        )
    else:
        try:
            talk = _read(file)
            title, messages = talk.title, len(talk.messages)
        except NotFound:
            return None
        except LearnError as error:
            problem = Failure(code=error.code, sentence=error.sentence, hint=error.hint)
    return ConversationHead(
        id=ConversationId(file.stem),
        title=title,
        changed=changed.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        messages=messages,
        problem=problem,
    )


def _gone(id: str) -> NotFound:
    return NotFound(
        f"There is no conversation {id} any more.", "Begin a new one, or choose from the list."
    )
