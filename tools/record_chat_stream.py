"""Records src/viz/chat_stream/example.json: chats, and the ids and mask nanochat makes of them.

The second chat is one that our own grammar wrote, with the calculator in it. Run again, it writes
the same file.
"""

import json
from importlib.resources import files
from itertools import islice
from pathlib import Path

from nanochat import stories
from nanochat.conversation import render
from nanochat.tokenizer import Tokenizer

tokenizer = Tokenizer.load(str(files("nanochat") / "checkpoints/stories-chat/tokenizer.json"))


def turns(*said: object) -> list[dict]:
    roles = ("user", "assistant")
    return [{"role": roles[n % 2], "content": content} for n, content in enumerate(said)]


def calculates(chat: dict) -> bool:
    """Whether it is one short question, in words, that the calculator answers."""
    question, *answers = (turn["content"] for turn in chat["messages"])
    asks = question.lower().startswith("what is") and len(question) < 20
    return asks and len(answers) == 1 and isinstance(answers[0], list)


written = (chat for chat in stories.conversations(5_000, 0) if calculates(chat))
summing = next(iter(islice(written, 1)))["messages"]
greeting = turns("Hi", "Hello.")
MORE = [
    turns("<|bos|>", "Hello."),
    turns("é 🙂", "  two lines\n\nhere ", "And?", "Goodbye."),
    [{"role": "system", "content": "Be kind."}, *greeting],
    turns("Hi"),
    turns("What?", [{"type": "text", "text": "See: "}, {"type": "python", "text": "1+1"}]),
]


def described(messages: list[dict]) -> dict:
    ids, mask = render(tokenizer, {"messages": messages})
    return {"messages": messages, "ids": ids, "mask": mask}


example = {
    "greeting": greeting,
    "sum": summing,
    "samples": ["Hi", "<|bos|>", "Tell me a story."],
    "golden": [described(messages) for messages in [greeting, summing, *MORE]],
}
Path("src/viz/chat_stream/example.json").write_text(json.dumps(example, indent=2) + "\n")
