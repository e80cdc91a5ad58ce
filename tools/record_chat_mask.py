"""Records src/viz/chat_mask/example.json: a row of two chats, and what a model finds hard in it.

Row and targets are those of ``chat_sft.ChatRows``. The losses are of every token of the row, also
of those whose target is −1: of the base model as learning to chat begins, and of the chat model.
Run again, it writes the same file.
"""

import json
from pathlib import Path

import torch

from nanochat import stories
from nanochat.checkpoint import load_model
from nanochat.conversation import render
from nanochat.scripts.chat_sft import ChatRows, forget_unmet
from nanochat.tokenizer import Tokenizer

T, MANY = 47, 5_000


def row_of(tokenizer: Tokenizer, chats: list[dict], places: int) -> dict:
    """A row as training gets it; ``ids`` has the last token too, which only the targets know of."""
    streams = [render(tokenizer, chat)[0] for chat in chats]
    short = [n for n, stream in enumerate(streams) if len(stream) <= places + 1]
    rows = ChatRows(tokenizer, places, ((n, chats[n]) for n in short))
    inputs, targets = rows.row()
    ids = [id for n in short if n < rows.place for id in streams[n]]
    ids += [tokenizer.get_bos_token_id()] * (places + 1 - len(ids))
    assert ids[:-1] == inputs
    return {"ids": ids, "targets": targets}


def sums(chat: dict) -> bool:
    """Whether it is one very short question that the calculator answers."""
    question, *answers = (turn["content"] for turn in chat["messages"])
    return len(question) < 13 and len(answers) == 1 and isinstance(answers[0], list)


base, tokenizer, _ = load_model("stories-base")
forget_unmet(base, tokenizer)
chat, _, meta = load_model("stories-chat")
written = list(stories.conversations(MANY, 0))
thanks = {
    "messages": [
        {"role": "user", "content": "Thank you."},
        {"role": "assistant", "content": "You are welcome."},
    ]
}
room = T - len(render(tokenizer, thanks)[0])
fitting = (found for found in written if sums(found) and "what" in str(found))
summing = next(found for found in fitting if len(render(tokenizer, found)[0]) <= room)
example = row_of(tokenizer, [summing, thanks, thanks], T)  # the third does not fit
asked = torch.tensor(example["ids"][1:])


@torch.no_grad()
def losses(model: torch.nn.Module) -> list[float]:
    shares = model(torch.tensor([example["ids"][:-1]]))[0].float().log_softmax(-1)
    return [round(-float(row[id]), 3) for row, id in zip(shares, asked, strict=True)]


example |= {
    "losses": {"before": losses(base), "after": losses(chat)},
    "steps": meta["step"],
    "golden": [
        row_of(tokenizer, written[n : n + 40], width)
        for n, width in [(0, 120), (40, 200), (80, 96), (120, 256)]
    ],
}
Path("src/viz/chat_mask/example.json").write_text(json.dumps(example) + "\n")
