"""An exercise that the learner asks from and has not solved: a hint comes before a solution.

The reference never goes into a prompt. It only lets us see when an answer gives it away: such a
block of code, or such a line, is left out before anybody reads it. Words about the way are free.

The solution has its own place, ``solution("…")`` in the notebook, where opening it is written
down as help. An answer that holds it would leave the path believing that nothing was given away.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nanochat_learn.tutor.codeblocks import CodeBlocks

ENOUGH = 0.6
"""So much of the reference, in runs of four signs, gives it away."""
_RUN = 4

_TOKEN = re.compile(
    r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|\d+\.?\d*(?:[eE][-+]?\d+)?|[^\W\d]\w*"
    r"|[-+*/@=<>!]=|\*\*|//|->|[^\w\s]"
)
_COMMENT = re.compile(r"#[^\n]*")
_SPAN = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_MARKS = r"^[ \t]*(?:(?:[-*+]|>+|\d+[.)]|>>>|\.\.\.)[ \t]+)*"
"""What may stand before code in a list, a quotation, a session."""
_CHECK = re.compile(r"""\bcheck\(\s*["'][^"']*["']\s*,\s*([A-Za-z_]\w*)""")
_ASSIGNED = re.compile(r"(?m)^([A-Za-z_]\w*)[ \t]*=(?!=)")


@dataclass(frozen=True, slots=True)
class OpenExercise:
    """``reference`` stays on this machine; the rest may be sent."""

    lesson: str
    item: str
    question: str
    """The words before its cell."""
    hints: tuple[str, ...]
    hints_seen: int
    attempts: int
    reference: str
    begun: str = ""
    """The cell as it is given to the learner."""

    def told(self) -> str:
        """For the prompt: what is asked, and where the learner stands on the ladder of hints. Of
        the hints to come only the next one."""
        rows = [self.question.strip()] if self.question.strip() else []
        rows.append(f"Attempts so far: {self.attempts}. Hints: {len(self.hints)}.")
        for number, hint in enumerate(self.hints[: self.hints_seen + 1], start=1):
            state = "seen already" if number <= self.hints_seen else "the next one"
            rows.append(f"Hint {number}, {state}: {hint}")
        return "\n\n".join(rows)

    def next_hint(self) -> str:
        """Where help is, for an answer that no model made."""
        if self.hints_seen < len(self.hints):
            return f'You are at the exercise `{self.item}`: `hint("{self.item}")` helps you on.'
        return (
            f"You are at the exercise `{self.item}` and have seen its hints: after an attempt, "
            f'`solution("{self.item}")` shows one way.'
        )

    def left_out(self) -> str:
        """What stands in place of a solution."""
        way = (
            f'the next hint is there: run `hint("{self.item}")`'
            if self.hints_seen < len(self.hints)
            else f'you have seen all hints: `solution("{self.item}")` shows one way'
        )
        return f"*(Left out: this would solve the exercise. Try a line yourself, or {way}.)*"


class Withheld:
    """Feed pieces, get pieces without what gives the solution away. Text comes line by line, code
    block by block, so the result does not depend on how it was cut."""

    def __init__(self, exercise: OpenExercise, said: Iterable[str] = ()) -> None:
        """``said``: what the learner wrote themselves; repeating it gives nothing away."""
        self._exercise = exercise
        wanted = _runs(_CHECK_LINE.sub("", exercise.reference))
        shown = exercise.hints[: exercise.hints_seen + 1]
        known = set().union(*map(_runs, (*said, *shown, exercise.begun)))
        self._wanted = wanted - known if len(wanted - known) > 1 else wanted
        self._answers = _answers(exercise.reference)
        self._seen: set[tuple[str, ...]] = set()
        self._held = ""
        self._block: list[str] = []
        self._blocks = CodeBlocks()
        self.count = 0

    def feed(self, text: str) -> Iterator[str]:
        self._held += text
        while "\n" in self._held:
            line, _, self._held = self._held.partition("\n")
            yield from self._line(f"{line}\n")

    def finish(self) -> Iterator[str]:
        if self._held:
            line, self._held = self._held, ""
            yield from self._line(line)
        if self._block:  # never closed
            yield from self._end_of_block()

    def _line(self, line: str) -> Iterator[str]:
        self._blocks.see(line if line.endswith("\n") else f"{line}\n")
        if self._blocks.inside:
            self._block.append(line)
        elif self._block:
            self._block.append(line)
            yield from self._end_of_block()
        else:
            spans = [span[2] for span in _SPAN.finditer(line)]
            bare = re.sub(_MARKS, "", line)
            yield self._unless_given_away(line, "\n".join(spans) if spans else bare)

    def _end_of_block(self) -> Iterator[str]:
        block, self._block = self._block, []
        inside = block[1:] if len(block) == 1 or self._blocks.inside else block[1:-1]
        code = "".join(re.sub(_MARKS, _keep_indent, row) for row in inside)
        yield self._unless_given_away("".join(block), code)

    def _unless_given_away(self, text: str, code: str) -> str:
        runs = _runs(code) & self._wanted
        share = len(self._seen | runs) / len(self._wanted) if self._wanted else 0.0
        if (runs and share >= ENOUGH) or any(answer.search(code) for answer in self._answers):
            self.count += 1
            ending = "\n" if text.endswith("\n") else ""
            return (self._exercise.left_out() if self.count == 1 else "*(Left out.)*") + ending
        self._seen |= runs
        return text


_CHECK_LINE = re.compile(r"(?m)^\s*(?:check|print)\(.*\)\s*$")


def _keep_indent(match: re.Match[str]) -> str:
    """Marks of a session go, the indentation of code stays."""
    return "" if match[0].strip() else match[0]


def _runs(code: str) -> set[tuple[str, ...]]:
    """Runs of signs, with the names of variables made alike: what is said, not how it is called."""
    signs: list[str] = []
    tokens = _TOKEN.findall(_COMMENT.sub("", code))
    for place, token in enumerate(tokens):
        after = tokens[place + 1] if place + 1 < len(tokens) else ""
        before = tokens[place - 1] if place else ""
        if token[0] in "\"'":
            signs.append("text")
        elif token.isidentifier() and not (
            keyword.iskeyword(token) or before == "." or after == "("
        ):
            signs.append("name")
        else:
            signs.append(token)
    return {tuple(signs[at : at + _RUN]) for at in range(len(signs) - _RUN + 1)}


def _answers(reference: str) -> list[re.Pattern[str]]:
    """How the thing that is checked would be made, by whatever way."""
    names = _CHECK.findall(reference) or _ASSIGNED.findall(reference)[-1:]
    patterns = []
    for name in dict.fromkeys(names):
        assigned = (  # at the begin of a line, or inside one as people write it: `name = …`
            rf"(?m)(?:^[ \t]*{name}[ \t]*(?::[^=\n]+)?|(?<![\w.]){name}[ \t])=(?!=)[ \t]*"
            r"(?!\.\.\.|None\b)\S"
        )
        made = rf"(?ms)^[ \t]*def {name}\(.*?^[ \t]+return[ \t]+(?!\.\.\.|None\b)\S"
        patterns += [re.compile(assigned), re.compile(made)]
    return patterns
