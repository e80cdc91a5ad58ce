"""The tutor on wire and disk: what is asked, what streams back, conversations, models, the key.

No field anywhere holds a key except ``KeyRequest``, which travels once, one way.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal, NewType

from pydantic import Field, WithJsonSchema

from nanochat_learn.schema.base import Frozen, LessonId, NodeId
from nanochat_learn.schema.learner import ItemId, LessonIdField
from nanochat_learn.schema.search import EmbedderInfo, NodeType, SearchAnswer
from nanochat_learn.schema.wire import Failure

CONVERSATION_FORMAT: Final = "nanochat-learn.conversation/1"

ConversationId = NewType(
    "ConversationId", Annotated[str, WithJsonSchema({"type": "string", "tsType": "ConversationId"})]
)
"""The stem of the file under ``conversations/``."""
MessageId = NewType(
    "MessageId", Annotated[str, WithJsonSchema({"type": "string", "tsType": "MessageId"})]
)


class ExercisePlace(Frozen):
    """The exercise whose cell the learner asks from."""

    lesson: LessonIdField
    item: ItemId


class LearnerContext(Frozen):
    """What the learner looks at, as far as they agreed to send it. All of it is data, never
    instruction."""

    document: str | None = None
    """Path inside the workspace."""
    lesson: LessonId | None = None
    about: NodeId | None = None
    """The tag, node or line that "ask about this" was pressed on."""
    selection: Annotated[str, Field(max_length=20_000)] = ""
    cell: Annotated[str, Field(max_length=20_000)] = ""
    """Source of the active cell."""
    error: Annotated[str, Field(max_length=20_000)] = ""
    """Last error output, without colours."""
    trace: bool = False
    """They agreed that recorded runs go along: a summary of the newest trace, and a tool with
    which the model may ask for the summary of another."""
    exercise: ExercisePlace | None = None
    """While it is not solved, hints come before solutions."""
    progress: bool = False
    """They agreed that the titles of what they understood, and of what is shaky, go along."""


class AskRequest(Frozen):
    """Body of ``POST ask`` and of ``POST ask/preview``."""

    question: Annotated[str, Field(max_length=20_000)]
    conversation: ConversationId | None = None
    """None begins a new one."""
    replaces: MessageId | None = None
    """Retry, or edit and resend: this question and all after it are replaced."""
    context: LearnerContext | None = None
    model: str | None = None
    """None takes the chosen model and its fallbacks."""


class Citation(Frozen):
    """A node an answer points at. In the text it stands as ``[[id]]``."""

    id: NodeId
    type: NodeType
    label: str
    file_path: str | None
    line: int | None


class Usage(Frozen):
    model: str
    prompt_tokens: int
    answer_tokens: int
    cost: float | None
    """US dollars; None where no price is known, 0 where the model is free."""
    seconds: float


class Message(Frozen):
    """A question (``learner``) or an answer (``tutor``)."""

    id: MessageId
    role: Literal["learner", "tutor"]
    text: str
    """Markdown; every ``[[id]]`` in it is one of ``citations``."""
    made: str
    """ISO 8601, UTC."""
    context: LearnerContext | None = None
    citations: tuple[Citation, ...] = ()
    focused: tuple[NodeId, ...] = ()
    struck: int = 0
    """How many ids the model named that do not exist; none of them is in ``text``."""
    unsupported: tuple[str, ...] = ()
    """Numbers or shapes said about the learner's run that no record supports."""
    extractive: bool = False
    """Put together from notes and code, without a language model."""
    absent: bool = False
    usage: Usage | None = None
    state: Literal["whole", "stopped", "broken"] = "whole"
    failure: Failure | None = None


class Conversation(Frozen):
    """One file under ``conversations/``, replaced atomically at each change."""

    format: Literal["nanochat-learn.conversation/1"] = CONVERSATION_FORMAT
    id: ConversationId
    title: str
    made: str
    messages: tuple[Message, ...]
    replaced: tuple[Message, ...] = ()
    """What a retry or an edit took the place of, oldest first: nothing written is lost."""


class ConversationHead(Frozen):
    id: ConversationId
    title: str
    changed: str
    messages: int
    problem: Failure | None = None
    """Set where the file cannot be read; it is never overwritten."""


class ConversationList(Frozen):
    conversations: tuple[ConversationHead, ...]
    """Last changed first."""


class RenameRequest(Frozen):
    title: Annotated[str, Field(min_length=1, max_length=200)]


class Exported(Frozen):
    """A conversation as Markdown, for reading elsewhere."""

    name: str
    markdown: str


class AskStatus(Frozen):
    """The first event of a stream, and whenever the work changes."""

    type: Literal["status"] = "status"
    phase: Literal["searching", "asking", "reading", "retrying", "checking"]
    sentence: str
    conversation: ConversationId
    question: MessageId


class AskRetrieved(Frozen):
    type: Literal["retrieved"] = "retrieved"
    answer: SearchAnswer


class AskDelta(Frozen):
    type: Literal["delta"] = "delta"
    text: str


class AskCitation(Frozen):
    """Sent before the delta in which the id stands for the first time."""

    type: Literal["citation"] = "citation"
    citation: Citation


class AskFocus(Frozen):
    type: Literal["focus"] = "focus"
    ids: tuple[NodeId, ...]
    reason: str


class AskUsage(Frozen):
    type: Literal["usage"] = "usage"
    usage: Usage


class AskDone(Frozen):
    """``message`` is the answer as it was kept: it replaces what the deltas built."""

    type: Literal["done"] = "done"
    message: Message


class AskFailure(Frozen):
    """``message`` is what came before the failure, kept with its state; None when nothing did."""

    type: Literal["error"] = "error"
    failure: Failure
    message: Message | None = None


AskEvent = Annotated[
    AskStatus | AskRetrieved | AskDelta | AskCitation | AskFocus | AskUsage | AskDone | AskFailure,
    Field(discriminator="type"),
]


class SentPart(Frozen):
    role: Literal["system", "user", "assistant", "tool"]
    text: str


class SentPrompt(Frozen):
    """What leaves the machine, word by word. ``tokens`` is our estimate before, the
    provider's count after."""

    base_url: str
    model: str
    parts: tuple[SentPart, ...]
    tools: tuple[str, ...]
    tokens: int
    limit: int
    cost: float | None


class ModelInfo(Frozen):
    id: str
    label: str
    free: bool
    context: int
    """Tokens that fit."""
    tools: bool
    price_in: float | None
    """US dollars for a million tokens."""
    price_out: float | None


class ModelList(Frozen):
    """``live``: fetched now; ``kept``: from the last time; ``built-in``: never fetched."""

    models: tuple[ModelInfo, ...]
    source: Literal["live", "kept", "built-in"]
    failure: Failure | None = None


class TutorState(Frozen):
    """Whom the tutor asks. ``key`` says where the key comes from, never what it is."""

    base_url: str
    key: Literal["environment", "config", "file", "none", "unneeded"]
    model: str
    fallbacks: tuple[str, ...]
    embedder: EmbedderInfo
    policy: Literal["ours", "TUTOR.md"]
    sign_in: bool
    """Whether the base URL offers sign-in (OpenRouter's PKCE)."""


class TutorChoice(Frozen):
    """Body of ``PUT tutor``. A key goes only to the base URL it was given for."""

    base_url: Annotated[str, Field(max_length=500)]
    model: Annotated[str, Field(max_length=200)]
    fallbacks: Annotated[tuple[str, ...], Field(max_length=20)]


class KeyRequest(Frozen):
    """Body of ``POST key``: the only place where a key travels."""

    key: Annotated[str, Field(min_length=1, max_length=1_000)]


class SignIn(Frozen):
    """Answer of ``POST signin``: open ``url`` in a new tab; the server hears the rest itself."""

    url: str
