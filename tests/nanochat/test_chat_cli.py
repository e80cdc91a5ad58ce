"""The chat in the terminal: streaming, sums, room, and what goes wrong in words."""

from __future__ import annotations

import builtins
import subprocess
import sys

import pytest
import torch
from random_models import random_model

from nanochat.checkpoint import save_checkpoint
from nanochat.engine import Engine
from nanochat.gpt import GPT
from nanochat.scripts import chat_cli
from nanochat.scripts.chat_cli import Chat
from nanochat.tokenizer import Tokenizer

TOKENIZER = Tokenizer.train(["the cat sat on the mat and the other cat sat on the hat"], 290)
V = TOKENIZER.get_vocab_size()
MARK = {
    name: TOKENIZER.encode_special(f"<|{name}|>")
    for name in ("bos", "user_start", "user_end", "assistant_start", "assistant_end")
}
ASK, ASKED = (TOKENIZER.encode_special(f"<|python_{end}|>") for end in ("start", "end"))


class Answers(GPT):
    """Writes the scripted answers one after the other; keeps the prompts it was given."""

    def follow(self, *answers: list[int]) -> Answers:
        self.answers, self.prompts, self.to_say = list(answers), [], []
        return self

    def forward(self, idx, targets=None, kv_cache=None, loss_reduction="mean", last_only=False):
        if kv_cache.pos == 0:
            self.prompts.append(idx[0].tolist())
            self.to_say = list(self.answers.pop(0))
        kv_cache.advance(idx.size(1))
        logits = torch.full((len(idx), 1, self.config.vocab_size), -50.0)
        logits[:, 0, self.to_say.pop(0)] = 50.0
        return logits


def chat_with(*answers: list[int], length: int = 64, **settings) -> tuple[Chat, Answers]:
    model = random_model(vocab_size=V, sequence_len=length)
    model.__class__ = Answers
    return Chat(Engine(model.follow(*answers), TOKENIZER), **settings), model


def ids(text: str) -> list[int]:
    return TOKENIZER.encode(text)


def turn(question: str) -> list[int]:
    return [MARK["user_start"], *ids(question), MARK["user_end"], MARK["assistant_start"]]


def test_the_second_question_carries_the_first_turn() -> None:
    end = MARK["assistant_end"]
    chat, model = chat_with([*ids("the hat"), end], [*ids("on"), MARK["bos"]], [end])
    assert "".join(chat.ask("the cat")) == "the hat"
    assert not chat.cut_off
    assert "".join(chat.ask("sat")) == "on"
    assert list(chat.ask("mat")) == []
    first = [*turn("the cat"), *ids("the hat"), end]
    second = [*turn("sat"), *ids("on"), end]
    assert model.prompts == [
        [MARK["bos"], *turn("the cat")],
        [MARK["bos"], *first, *turn("sat")],
        [MARK["bos"], *first, *second, *turn("mat")],
    ]


def test_a_sum_goes_through_the_calculator() -> None:
    told = [3] * (2 + len(ids("42")))
    answer = [ASK, *ids("17+25"), ASKED, *told, *ids(" cat"), MARK["assistant_end"]]
    chat, _ = chat_with(answer)
    assert "".join(chat.ask("the sum")) == "[17+25] = [42] cat"
    assert ids("42")[0] in chat.turns[0]


def test_the_oldest_turns_make_room() -> None:
    long = [*range(65, 85)]
    chat, model = chat_with(*[[*long, MARK["assistant_end"]]] * 4)
    left = []
    for _ in range(4):
        list(chat.ask("cat"))
        left.append(chat.left_out)
    assert left == [0, 0, 1, 1]
    assert all(len(prompt) <= 64 - 16 for prompt in model.prompts)
    assert all(
        prompt[0] == MARK["bos"] and prompt[1] == MARK["user_start"] for prompt in model.prompts
    )


def test_an_answer_without_an_end_is_cut_off_and_the_chat_goes_on() -> None:
    chat, _ = chat_with([7] * 99, [MARK["assistant_end"]], max_tokens=5)
    list(chat.ask("cat"))
    assert chat.cut_off
    assert chat.turns[0][-6:] == [7, 7, 7, 7, 7, MARK["assistant_end"]]
    list(chat.ask("mat"))
    assert not chat.cut_off


def test_a_message_that_is_too_long_is_refused() -> None:
    chat, _ = chat_with([MARK["assistant_end"]])
    with pytest.raises(ValueError, match=r"reads at most 47\. Write a shorter one"):
        chat.ask("0123456789" * 10)
    assert list(chat.ask("cat")) == []


@pytest.fixture
def folder(tmp_path):
    torch.manual_seed(0)
    save_checkpoint(tmp_path / "small", random_model(vocab_size=V), TOKENIZER, {})
    return tmp_path / "small"


def test_one_question_from_the_command_line(folder, capsys) -> None:
    asked = ["--model", str(folder), "--prompt", "the cat", "--max-tokens", "8"]
    assert chat_cli.main(asked) == 0
    first = capsys.readouterr().out
    assert first.strip()
    assert chat_cli.main(asked) == 0
    assert capsys.readouterr().out == first  # the seed is given
    assert chat_cli.main([*asked, "--seed", "5"]) == 0
    assert capsys.readouterr().out != first


def test_a_conversation_in_the_terminal(folder, capsys, monkeypatch) -> None:
    lines = iter(["the cat", "", "/new", "/what", "x" * 900, "/exit", "never read"])
    monkeypatch.setattr(builtins, "input", lambda prompt: next(lines))
    assert chat_cli.main(["--model", str(folder), "--max-tokens", "4"]) == 0
    said = capsys.readouterr().out
    assert said.count("Model: ") == 2
    assert "A new conversation begins." in said
    assert said.count(chat_cli.HELP) == 2
    assert "Write a shorter one" in said
    assert next(lines) == "never read"


def test_the_end_of_the_input_ends_the_chat(folder, monkeypatch) -> None:
    def closed(prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr(builtins, "input", closed)
    assert chat_cli.main(["--model", str(folder)]) == 0


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (["--model", "no-such-model"], "There is no checkpoint in no-such-model"),
        (["--temperature", "-1"], "temperature is -1.0; it must be 0"),
        (["--top-p", "2"], "top_p is 2.0"),
        (["--max-tokens", "0"], "max_tokens is 0"),
        (["--prompt", ""], "Message 1"),
    ],
)
def test_what_goes_wrong_is_said_in_a_sentence(folder, capsys, more: list[str], sentence) -> None:
    assert chat_cli.main(["--model", str(folder), "--prompt", "cat", *more]) == 1
    seen = capsys.readouterr()
    assert sentence in seen.err
    assert "Traceback" not in seen.err


def test_it_starts_as_a_module() -> None:
    command = [sys.executable, "-m", "nanochat.scripts.chat_cli", "--model", "/nowhere/at/all"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "There is no checkpoint in /nowhere/at/all" in done.stderr
