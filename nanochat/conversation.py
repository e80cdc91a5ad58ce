"""A chat as one stream of tokens, and which of them the assistant has to learn to write.

A conversation is ``{"messages": [{"role": "user", "content": "…"}, {"role": "assistant",
"content": …}, …]}``. What the assistant says is a text, or a list of parts ``{"type": …, "text":
…}``: ``text``; ``python``, a line for a tool; and ``python_output``, what the tool answered. A
first message may have the role ``system``; it is put before the first question.

Not here: running a tool (``tools.py``), training (``scripts/chat_sft.py``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nanochat.tokenizer import Tokenizer

Conversation = dict[str, Any]
ROLES = ("user", "assistant")

# part → the special tokens around it, and whether the assistant writes it itself
# @learn:inference.tool_use
PARTS: dict[str, tuple[tuple[str, ...], int]] = {
    "text": ((), 1),
    "python": (("<|python_start|>", "<|python_end|>"), 1),
    "python_output": (("<|output_start|>", "<|output_end|>"), 0),  # the tool wrote it
}


# @learn:tokenization.special_tokens
# @learn:inference.chat_finetuning
# @viz:chat_stream
def render(
    tokenizer: Tokenizer, conversation: Conversation, max_tokens: int | None = None
) -> tuple[list[int], list[int]]:
    """The ids of a whole chat and a mask of the same length, cut off after ``max_tokens``.

    The mask is 1 on each token that the assistant writes: its texts, its lines for the tool with
    their two marks, and the mark that ends its turn. It is 0 on everything that is given to it:
    the user, the mark that opens its turn, all that a tool answers. Only tokens with a 1 count in
    the loss: the assistant must not learn to ask the questions, or to invent the tool's answers.
    Raises ``ValueError`` for a conversation that is not one.
    """
    if max_tokens is not None and max_tokens < 1:
        raise ValueError(f"max_tokens must be 1 or more, not {max_tokens}.")
    ids: list[int] = []
    mask: list[int] = []
    special = tokenizer.encode_special

    def add(tokens: list[int], learned: int) -> None:
        ids.extend(tokens)
        mask.extend([learned] * len(tokens))

    add([tokenizer.get_bos_token_id()], 0)
    for role, parts in _turns(conversation):
        add([special(f"<|{role}_start|>")], 0)
        for kind, text in parts:
            marks, written = PARTS[kind]
            learned = written if role == "assistant" else 0
            add([special(mark) for mark in marks[:1]], learned)
            add(tokenizer.encode(text), learned)
            add([special(mark) for mark in marks[1:]], learned)
        add([special(f"<|{role}_end|>")], int(role == "assistant"))
    return ids[:max_tokens], mask[:max_tokens]


# @learn:tokenization.special_tokens
def render_for_completion(tokenizer: Tokenizer, conversation: Conversation) -> list[int]:
    """The ids up to where the assistant's next words would begin.

    The conversation ends with a user's message; if it ends with an assistant's, that one is left
    out, so that the model can be asked to write it anew.
    """
    messages = list(_messages(conversation))
    if messages[-1].get("role") == "assistant":
        messages = messages[:-1]
    ids, _ = render(tokenizer, {"messages": messages})
    return [*ids, tokenizer.encode_special("<|assistant_start|>")]


def _turns(conversation: Conversation) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Role and parts of each message, once it is clear that they are right."""
    messages = _messages(conversation)
    before = ""
    if messages[0].get("role") == "system":
        before = _text(messages[0].get("content"), 1, "system") + "\n\n"
        messages = messages[1:]
        if not messages:
            raise ValueError("The conversation has a system message and no question after it.")
    for n, message in enumerate(messages):
        number = n + 1 + bool(before)
        role, expected = message.get("role"), ROLES[n % 2]
        if role != expected:
            raise ValueError(
                f"Message {number} has the role {role!r}, but it must be {expected!r}: user and "
                "assistant take turns, and the user begins."
            )
        content = message.get("content")
        if role == "user" or isinstance(content, str):
            text = _text(content, number, role)
            yield role, [("text", before + text if n == 0 else text)]
        else:
            yield role, list(_parts(content, number))


def _messages(conversation: Conversation) -> list[dict[str, Any]]:
    messages = conversation.get("messages") if isinstance(conversation, dict) else None
    if not isinstance(messages, list) or not messages:
        raise ValueError(
            'A conversation is {"messages": [{"role": "user", "content": "Hello"}, …]} with at '
            f"least one message, not {str(conversation)[:80]}."
        )
    for n, message in enumerate(messages):
        if not isinstance(message, dict):
            raise ValueError(
                f"Message {n + 1} is {str(message)[:80]}, but it must be like "
                '{"role": "user", "content": "Hello"}.'
            )
    return messages


def _text(content: object, number: int, role: str) -> str:
    if not isinstance(content, str):
        raise ValueError(f"Message {number} ({role}) must hold a text, not {str(content)[:80]}.")
    if not content:
        raise ValueError(f"Message {number} ({role}) is empty. Write something or leave it out.")
    return content


def _parts(content: object, number: int) -> Iterator[tuple[str, str]]:
    if not isinstance(content, list) or not content:
        raise ValueError(
            f"Message {number} (assistant) must hold a text or a list of parts, not "
            f"{str(content)[:80]}."
        )
    for part in content:
        kind = part.get("type") if isinstance(part, dict) else None
        if not isinstance(kind, str) or kind not in PARTS:
            raise ValueError(
                f"Message {number} has a part of the type {kind!r}; there are: {', '.join(PARTS)}."
            )
        if not isinstance(part.get("text"), str) or not part["text"]:
            raise ValueError(
                f"Message {number} has a part {kind} without text. Fill it or leave it out."
            )
        yield kind, part["text"]
