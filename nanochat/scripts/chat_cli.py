"""Chat with a model in the terminal: ``python -m nanochat.scripts.chat_cli``.

The answer appears while it is written. Sums go through the calculator; they stand in brackets:
``[17+25] = [42]``. When the chat grows longer than the model can read, its oldest turns are left
out, and you are told.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence

from nanochat.engine import Engine
from nanochat.sampling import check_sampling

HELP = "Write something and press Enter. /new begins anew, /exit (or Ctrl-D) ends."


# @learn:inference.tool_use
# @learn:tokenization.special_tokens
class Chat:
    """One conversation: what was said so far, as token ids, turn by turn."""

    def __init__(
        self,
        engine: Engine,
        temperature: float = 0.7,
        top_k: int | None = 50,
        top_p: float | None = None,
        seed: int = 42,
        max_tokens: int | None = None,
    ) -> None:
        check_sampling(temperature, top_k, top_p)
        if max_tokens is not None and max_tokens < 1:
            raise ValueError(f"max_tokens is {max_tokens}; an answer needs 1 or more.")
        self.engine = engine
        self.sampling = (temperature, top_k)
        self.top_p = top_p
        self.seed = seed
        self.max_tokens = max_tokens
        self.turns: list[list[int]] = []  # a question and its answer each
        self.left_out = 0  # turns of the last question that no longer fitted
        self.cut_off = False  # whether the last answer stopped for want of room

    def ask(self, question: str) -> Iterator[str]:
        """The answer, piece by piece. Raises ``ValueError`` for a question that is too long."""
        from nanochat.conversation import render_for_completion

        engine, tokenizer = self.engine, self.engine.tokenizer
        said = {"messages": [{"role": "user", "content": question}]}
        opening, *turn = render_for_completion(tokenizer, said)  # <|bos|> stands only once
        longest = engine.model.config.sequence_len
        reserve = min(64, longest // 4)  # for the answer
        if 1 + len(turn) + reserve > longest:
            raise ValueError(
                f"Your message has {len(turn)} tokens, but with room for an answer this model "
                f"reads at most {longest - reserve - 1}. Write a shorter one."
            )
        before = len(self.turns)
        while 1 + sum(map(len, self.turns)) + len(turn) + reserve > longest:
            self.turns.pop(0)
        self.left_out = before - len(self.turns)
        prompt = [opening, *(token for turn in self.turns for token in turn), *turn]
        room = engine.check_length(prompt, None)
        most = min(room, self.max_tokens or room)
        self.seed += 1  # or the same question would always get the same answer
        return self._answer(prompt, turn, most)

    def _answer(self, prompt: list[int], turn: list[int], most: int) -> Iterator[str]:
        answer: list[int] = []

        def written() -> Iterator[int]:
            columns = self.engine.generate(
                prompt, 1, most, *self.sampling, seed=self.seed, top_p=self.top_p
            )
            for (token,), _ in columns:
                if token is not None:
                    answer.append(token)
                    yield token

        yield from self.engine.pieces(written())
        self.cut_off = not answer or answer[-1] not in self.engine.terminals
        if not self.cut_off:
            answer.pop()
        end = self.engine.tokenizer.encode_special("<|assistant_end|>")
        self.turns.append([*turn, *answer, end])


def say(chat: Chat, question: str) -> None:
    """Ask, and print the answer as it comes."""
    pieces = chat.ask(question)
    if chat.left_out:
        print(f"({chat.left_out} older turns no longer fit and were left out.)")
    for piece in pieces:
        print(piece, end="", flush=True)
    print(" … (no room for more)" if chat.cut_off else "")


def talk(chat: Chat) -> None:
    """Question and answer in turns, until the person has had enough."""
    print(HELP)
    while True:
        try:
            question = input("\nYou: ").strip()
        except (EOFError, KeyboardInterrupt):
            print()
            return
        if question == "/exit":
            return
        if question == "/new":
            chat.turns.clear()
            print("A new conversation begins.")
        elif question.startswith("/"):
            print(HELP)
        elif question:
            print("Model: ", end="")
            try:
                say(chat, question)
            except KeyboardInterrupt:
                print(" … (stopped)")
            except ValueError as error:
                print(error)


def default_model() -> str:
    """The model that ships and was taught to chat, or else the one that training makes first."""
    from nanochat.checkpoint import shipped

    chats = sorted(name for name in shipped() if name.endswith("-chat"))
    return chats[0] if chats else "runs/laptop"


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="nanochat.scripts.chat_cli", description=__doc__)
    add = parser.add_argument
    add(
        "--model",
        help="a model that ships, or a folder; if not given, the one that ships for chats",
    )
    add("--prompt", help="ask this, print the answer and end")
    add("--temperature", type=float, default=0.7, help="0: always the likeliest token")
    add("--top-k", type=int, default=50, help="choose among so many tokens; 0: all")
    add("--top-p", type=float, help="choose among the best that together have this share")
    add("--max-tokens", type=int, help="the longest answer, in tokens")
    add("--seed", type=int, default=42)
    add("--device", default="cpu")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    given = arguments(argv)
    from nanochat.checkpoint import load_model

    try:
        model, tokenizer, _ = load_model(given.model or default_model(), given.device)
        chat = Chat(
            Engine(model, tokenizer),
            given.temperature,
            given.top_k,
            given.top_p,
            given.seed,
            given.max_tokens,
        )
        if given.prompt is None:
            talk(chat)
        else:
            say(chat, given.prompt)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
