"""The exercises of lesson 8: a chat as a row of tokens, and a word cut with a finished list."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from nanochat_learn.kernel.exercise import (
    Exercise,
    Wrong,
    expect_function,
    expect_list,
    shown,
)

WORDS = {
    "hug, hugs, bug": {(117, 103): 256, (104, 256): 257},
    "bu, bud": {(98, 117): 256, (256, 100): 257},
    "bc, ab, abc": {(98, 99): 256, (97, 98): 257, (97, 256): 258},
    "aa, aaaa": {(97, 97): 256, (256, 256): 257},
}
"""A list of merges → its ranks. In the third, the smallest rank is not the first from the left."""
CUT = {
    "hug, hugs, bug": ("hugs", "mug", "bughug"),
    "bu, bud": ("hugs", "budbu"),
    "bc, ab, abc": ("abc", "ab", "cabcab"),
    "aa, aaaa": ("aaaa", "aaaaa", "a", ""),
}


def chat_row(answer: object, question: str, tokenizer: Any) -> str:
    """``answer``: the ids before the assistant's first word, for one question."""
    given = expect_list(answer)
    mark = tokenizer.encode_special
    text = tokenizer.encode(question)
    right = [
        mark("<|bos|>"),
        mark("<|user_start|>"),
        *text,
        mark("<|user_end|>"),
        mark("<|assistant_start|>"),
    ]
    for place, entry in enumerate(given):
        if isinstance(entry, list):
            raise Wrong(
                f"At place {place} of your row (counted from 0) stands a whole list, {shown(entry)}. "
                "The model needs one flat row of numbers."
            )
        if isinstance(entry, str):
            raise Wrong(
                f"At place {place} of your row stands the text {shown(entry)}. A row holds numbers: "
                "what number has it?"
            )
        if isinstance(entry, bool) or not isinstance(entry, int):
            raise Wrong(f"At place {place} of your row stands {shown(entry)}, which is no token.")
    if given != right:  # a question may spell a mark itself
        _marks_are_marks(given, tokenizer)
    for place, (mine, wanted) in enumerate(zip(given, right, strict=False)):
        if mine != wanted:
            before = (
                "at its beginning" if place == 0 else f"after {_names(right[:place], tokenizer)}"
            )
            raise Wrong(
                f"Place {place} of your row holds {_name(mine, tokenizer)}. {_belongs(place, text)} "
                f"Look at what stands {before} in the chat above."
            )
    if len(given) < len(right):
        raise Wrong(
            f"Your row ends after {_name(given[-1], tokenizer)}. The model does not know yet that "
            f"{'the user has finished' if len(given) < len(right) - 1 else 'it is its turn'}."
            if given
            else "Your row is empty."
        )
    if len(given) > len(right):
        raise Wrong(
            f"Your row goes on with {_name(given[len(right)], tokenizer)}, where the assistant's own "
            "words begin. The model writes those."
        )
    return f"Your row has {len(right)} numbers, {len(text)} of them your question. The model reads this."


def _marks_are_marks(given: list[int], tokenizer: Any) -> None:
    for name in ("<|bos|>", "<|user_start|>", "<|user_end|>", "<|assistant_start|>"):
        typed = tokenizer.encode(name)
        for place in range(len(given) - len(typed) + 1):
            if given[place : place + len(typed)] == typed:
                raise Wrong(
                    f"From place {place} on, your row holds {len(typed)} ordinary tokens that spell "
                    f"{name}. encode makes no marks; another function gives their numbers."
                )


def _belongs(place: int, text: list[int]) -> str:
    if place == 0:
        return "Every document begins with a mark."
    if place == 1:
        return "The model must know who speaks."
    if place < 2 + len(text):
        return "Here the question should stand, token by token."
    if place == 2 + len(text):
        return "The question is over here."
    return "Now it should be the assistant's turn."


def _name(id: int, tokenizer: Any) -> str:
    if not 0 <= id < tokenizer.get_vocab_size():
        return f"{id}, which is no token"
    return f"{id} ({tokenizer.decode([id])!r})"


def _names(ids: list[int], tokenizer: Any) -> str:
    return tokenizer.decode(ids[-1:])


def _spelled(tokens: list[Any], rank: dict[tuple[int, int], int]) -> list[Any]:
    """The bytes of tokens; what no list knows stays as it is."""
    made_of = {token: pair for pair, token in rank.items()}
    out: list[Any] = []
    for token in tokens:
        pair = made_of.get(token) if isinstance(token, int) else None
        out += _spelled(list(pair), rank) if pair else [token]
    return out


def _cut(ids: list[int], rank: dict[tuple[int, int], int]) -> list[int]:
    from nanochat.bpe import apply_merges

    return apply_merges(bytes(ids), rank)


def use_list(answer: object) -> str:
    """``answer(ids, rank)``: bytes of a word and the ranks of the pairs → its tokens."""
    ask = expect_function(answer, arguments=2, gives_back=True)
    for name, rank in WORDS.items():
        for word in CUT[name]:
            ids = list(word.encode())
            got = expect_list(ask(list(ids), dict(rank)))
            right = _cut(ids, rank)
            if got == right:
                continue
            where = f"“{word}” with the list {name} becomes {shown(got)}."
            if _spelled(got, rank) != ids:
                raise Wrong(f"{where} These numbers no longer spell “{word}”.")
            left = [pair for pair in pairwise(got) if pair in rank]
            if got == ids:
                raise Wrong(f"{where} Nothing was glued, although {left[0]} is in rank.")
            if left:
                raise Wrong(
                    f"{where} You stopped too early: {left[0]} still stands there, and rank knows it."
                )
            raise Wrong(
                f"{where} Nothing is left to glue, but it was glued in another order: a pair with a "
                "smaller rank had to wait."
            )
    return "“abc” with the list bc, ab, abc is one token, because bc was glued before ab."


EXERCISES = {
    "chat_row": Exercise(
        check=chat_row,
        hints=(
            "Four marks are needed. Two come before the question, two after it.",
            "The document begins, the user's turn begins; then the question; the user's turn ends, "
            "the assistant's turn begins.",
            'Each mark is a call such as `mark("<|user_start|>")`. The question is '
            "`*words.encode(question)`, with the star, so that its numbers stand in the row "
            "themselves.",
        ),
        reference=(
            "mark = words.encode_special\n"
            'question = "Who are you?"\n'
            "row = [\n"
            '    mark("<|bos|>"),\n'
            '    mark("<|user_start|>"),\n'
            "    *words.encode(question),\n"
            '    mark("<|user_end|>"),\n'
            '    mark("<|assistant_start|>"),\n'
            "]\n"
            'check("chat_row", row, question=question, tokenizer=words)\n'
        ),
    ),
    "use_list": Exercise(
        check=use_list,
        hints=(
            "Repeat: collect the pairs of neighbours that `rank` knows; when there is none, "
            "`return ids`; otherwise glue the one with the smallest rank.",
            "All neighbours are `zip(ids, ids[1:])`, as in lesson 7. `while True:` repeats until "
            "something returns.",
            "`min(known, key=rank.get)` is the pair of the list `known` whose rank is smallest. "
            "Then `ids = merge(ids, pair, rank[pair])`.",
        ),
        reference=(
            "from nanochat.bpe import merge\n"
            "\n"
            "def use_list(ids, rank):\n"
            "    while True:\n"
            "        known = [pair for pair in zip(ids, ids[1:]) if pair in rank]\n"
            "        if not known:\n"
            "            return ids\n"
            "        pair = min(known, key=rank.get)\n"
            "        ids = merge(ids, pair, rank[pair])\n"
            "\n"
            'check("use_list", use_list)\n'
        ),
    ),
}
