"""The exercises of lesson 6: characters counted from their bytes, and a cut that tears none."""

from __future__ import annotations

from nanochat_learn.kernel.exercise import (
    UNTOUCHED,
    Exercise,
    NotYet,
    Wrong,
    expect_function,
    expect_number,
)

TEXTS = ("", "hug", "café", "hé🙂", "€5", "Zoë 🙂 ß", "🙂🙂", "naïve", "ÀÿŽ")


def _bytes(text: str) -> list[int]:
    return list(text.encode("utf-8"))


def _continues(byte: int) -> bool:
    return 128 <= byte < 192


def begins(answer: object) -> str:
    """``answer(byte)``: whether a character begins there."""
    ask = expect_function(answer, arguments=1, gives_back=True)
    said = {byte: ask(byte) for byte in range(256)}
    if said[0] is ... or said[0] is None:
        raise NotYet(UNTOUCHED)
    for byte in (104, 169, 195, 240, 127, 128, 191, 192, *range(256)):
        if bool(said[byte]) == (not _continues(byte)):
            continue
        if byte < 128:
            raise Wrong(f"You say no to the byte {byte}. It is below 128: a whole character.")
        if byte >= 192:
            raise Wrong(f"You say no to the byte {byte}. It is 192 or more: it opens a character.")
        raise Wrong(
            f"You say yes to the byte {byte}. It lies between 128 and 191, so it continues a "
            "character and does not begin one."
        )
    text = "hé🙂"
    count = sum(bool(said[byte]) for byte in _bytes(text))
    return f"Of the {len(_bytes(text))} bytes of “{text}” you count {count}: its characters."


def safe_cut(answer: object) -> str:
    """``answer(numbers, room)``: how many bytes can be kept, at most ``room``."""
    ask = expect_function(answer, arguments=2, gives_back=True)
    cases = [(_bytes(text), room) for text in TEXTS for room in range(len(_bytes(text)) + 2)]
    got = [int(expect_number(ask(list(numbers), room))) for numbers, room in cases]
    for (numbers, room), keep in zip(cases, got, strict=True):
        right = min(room, len(numbers))
        while right < len(numbers) and _continues(numbers[right]):
            right -= 1
        if keep == right:
            continue
        where = f"For {numbers} and room for {room} you keep {keep}"
        if keep > room:
            raise Wrong(f"{where}: more than there is room for.")
        if keep < 0 or keep > len(numbers):
            raise Wrong(f"{where}. There are {len(numbers)} bytes.")
        if keep < len(numbers) and _continues(numbers[keep]):
            raise Wrong(
                f"{where}. The next byte is {numbers[keep]}, which continues a character: that "
                "character is torn."
            )
        raise Wrong(f"{where}. That tears nothing, but {right} would do, too.")
    return "With room for 6 of the 7 bytes of “hé🙂” you keep 3: the emoji goes as a whole."


EXERCISES = {
    "begins": Exercise(
        check=begins,
        hints=(
            "Three kinds of bytes are listed above. Which two of them begin a character?",
            "The bytes that continue a character lie from 128 to 191. The others are below 128, or "
            "192 and more.",
            "Two comparisons of `byte`, one with `<`, one with `>=`, joined by `or`.",
        ),
        reference=(
            'def begins(byte):\n    return byte < 128 or byte >= 192\n\ncheck("begins", begins)\n'
        ),
    ),
    "safe_cut": Exercise(
        check=safe_cut,
        hints=(
            "A cut tears a character when the first byte that is *left out* continues one. Which "
            "byte is that, if you keep `keep` of them?",
            "Positions count from 0, so the first byte left out is `numbers[keep]`. If nothing is "
            "left out, there is nothing to ask.",
            "Begin with `keep = min(room, len(numbers))`, the smaller of both. Then `while keep < "
            "len(numbers) and …:` with `keep -= 1` below it, moved in by four spaces, and at the "
            "end `return keep`. The missing condition asks whether `numbers[keep]` continues.",
        ),
        reference=(
            "def safe_cut(numbers, room):\n"
            "    keep = min(room, len(numbers))\n"
            "    while keep < len(numbers) and 128 <= numbers[keep] < 192:\n"
            "        keep -= 1\n"
            "    return keep\n"
            "\n"
            'check("safe_cut", safe_cut)\n'
        ),
    ),
}
