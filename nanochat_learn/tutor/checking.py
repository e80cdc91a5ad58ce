"""From the pieces a model streams to what may be shown: the one way of text to the learner."""

from __future__ import annotations

from collections.abc import Iterator

from nanochat_learn.schema.base import NodeId
from nanochat_learn.tutor.citing import Citations, Cited, Names
from nanochat_learn.tutor.exercise import Withheld
from nanochat_learn.tutor.focusing import Focus


class Checked:
    """Feed pieces; yields text and, before a citation stands in it for the first time, the id.

    The same text comes out however it was cut.
    """

    def __init__(self, names: Names, withheld: Withheld | None = None) -> None:
        """``withheld`` leaves out first what would solve the exercise the learner is in."""
        self._names = names
        self._withheld = withheld
        self._focus = Focus()
        self._citations = Citations(names)
        self._shown: list[str] = []
        self.received = 0
        """Signs read so far, also those that are never shown."""

    def feed(self, piece: str) -> Iterator[str | Cited]:
        """Neighbouring texts come as one."""
        self.received += len(piece)
        clean = "".join(sign for sign in piece if sign >= " " or sign in "\n\t")
        allowed = (clean,) if self._withheld is None else self._withheld.feed(clean)
        yield from self._joined(
            out
            for given in allowed
            for text in self._focus.feed(given)
            for out in self._citations.feed(text)
        )

    def finish(self) -> Iterator[str | Cited]:
        def rest() -> Iterator[str | Cited]:
            for given in () if self._withheld is None else self._withheld.finish():
                for text in self._focus.feed(given):
                    yield from self._citations.feed(text)
            for text in self._focus.finish():
                yield from self._citations.feed(text)
            yield from self._citations.finish()

        yield from self._joined(rest())

    @property
    def text(self) -> str:
        """What was shown so far, without space at its ends."""
        return "".join(self._shown).strip()

    @property
    def cited(self) -> tuple[NodeId, ...]:
        return tuple(self._citations.cited)

    @property
    def focused(self) -> tuple[NodeId, ...]:
        """What the model wants to be looked at, of what exists; else what it cited."""
        wished = (self._names.resolve(written) for written in self._focus.ids or ())
        real = tuple(dict.fromkeys(id for id in wished if id is not None))
        return real or self.cited

    @property
    def struck(self) -> int:
        wished = self._focus.ids or ()
        return self._citations.struck + sum(self._names.resolve(id) is None for id in wished)

    def _joined(self, outs: Iterator[str | Cited]) -> Iterator[str | Cited]:
        run: list[str] = []
        for out in outs:
            if isinstance(out, Cited):
                if run:
                    yield self._kept(run)
                    run = []
                yield out
            elif out:
                run.append(out)
        if run:
            yield self._kept(run)

    def _kept(self, run: list[str]) -> str:
        text = "".join(run)
        self._shown.append(text)
        return text
