"""The exercises of lesson 6: characters counted from their bytes, and a cut that tears none."""

from __future__ import annotations

from nanochat_learn.kernel.exercise import Exercise, NotYet, Wrong, expect_function, expect_number

TEXTS = ("", "hug", "café", "hé🙂", "€5", "Zoë 🙂 ß", "🙂🙂", "naïve", "ÀÿŽ")


def _bytes(text: str) -> list[int]:
    return list(text.encode("utf-8"))


def _continues(byte: int) -> bool:
    return 128 <= byte < 192


def count_characters(answer: object) -> str:
    """``answer(numbers)``: a list of bytes → how many characters."""
    ask = expect_function(answer)
    got = {}
    for text in TEXTS:
        got[text] = int(expect_number(ask(_bytes(text))))
    everything = {text: len(_bytes(text)) for text in TEXTS}
    if got == everything and _still_dots(answer):
        raise NotYet("The condition is still `...`. Replace it, then run the cell again.")
    for text in TEXTS:
        numbers = _bytes(text)
        if got[text] == len(text):
            continue
        for byte in numbers:
            alone = int(expect_number(ask([byte])))
            if alone == 1 and _continues(byte):
                raise Wrong(
                    f"In {numbers} you counted the byte {byte}. It lies between 128 and 191, so it "
                    "continues a character and does not begin one."
                )
            if alone == 0 and byte < 128:
                raise Wrong(
                    f"In {numbers} you left out the byte {byte}. It is below 128: a whole character."
                )
            if alone == 0 and not _continues(byte):
                raise Wrong(
                    f"In {numbers} you left out the byte {byte}. It is 192 or more, so it opens a "
                    "character."
                )
        raise Wrong(f"For {numbers} you count {got[text]}. The text is “{text}”: {len(text)}.")
    for edge in (127, 128, 191, 192):
        alone = int(expect_number(ask([edge])))
        if alone != int(not _continues(edge)):
            does = "continues" if _continues(edge) else "does not continue"
            raise Wrong(f"You count {alone} for the byte {edge}, but it {does} a character.")
    return f"Right: “hé🙂” has {len(_bytes('hé🙂'))} bytes, and you count {got['hé🙂']} characters."


def _still_dots(answer: object) -> bool:
    code = getattr(answer, "__code__", None)
    # `if ...:` is always true, so Python drops the question: no comparison is left in the code.
    return code is not None and "COMPARE_OP" not in {i.opname for i in _instructions(code)}


def _instructions(code: object) -> list:  # type: ignore[type-arg]
    import dis

    return list(dis.get_instructions(code))  # type: ignore[arg-type]


def safe_cut(answer: object) -> str:
    """``answer(numbers, room)``: how many bytes can be kept, at most ``room``."""
    ask = expect_function(answer)
    cases = [(_bytes(text), room) for text in TEXTS for room in range(len(_bytes(text)) + 2)]
    got = [int(expect_number(ask(list(numbers), room))) for numbers, room in cases]
    if got == [min(room, len(numbers)) for numbers, room in cases] and _still_dots(answer):
        raise NotYet("The line with `...` is still there. Replace it, then run the cell again.")
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
    return "Right. With room for 6 of the 7 bytes of “hé🙂” you keep 3: the emoji goes as a whole."


EXERCISES = {
    "count_characters": Exercise(
        check=count_characters,
        hints=(
            "Three kinds of bytes are listed above. Which two of them should count?",
            "The bytes that continue a character lie from 128 to 191. The others are below 128, or "
            "192 and more.",
            "Two comparisons of `byte`, one with `<`, one with `>=`, joined by `or`.",
        ),
        reference=(
            "def count_characters(numbers):\n"
            "    count = 0\n"
            "    for byte in numbers:\n"
            "        if byte < 128 or byte >= 192:\n"
            "            count += 1\n"
            "    return count\n"
            "\n"
            'check("count_characters", count_characters)\n'
        ),
    ),
    "safe_cut": Exercise(
        check=safe_cut,
        hints=(
            "A cut tears a character when the first byte that is *left out* continues one. Which "
            "byte is that, if you keep `keep` of them?",
            "Positions count from 0, so the first byte left out is `numbers[keep]`. If nothing is "
            "left out, there is nothing to ask.",
            "`while keep < len(numbers) and …:` with the line `keep -= 1` below it, moved in by "
            "four spaces. The second condition asks whether `numbers[keep]` lies from 128 to 191.",
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
