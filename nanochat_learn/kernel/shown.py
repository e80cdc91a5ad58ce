"""What a cell of a lesson shows: our MIME body, a plain picture, words. All three say the same.

With the extension JupyterLab draws the first; everybody else has the picture or the words.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any, ParamSpec

from nanochat_learn.errors import LearnError
from nanochat_learn.schema.learner import LESSON_MIME, LessonOutput

Parameters = ParamSpec("Parameters")


def legible(text: str) -> str:
    """Without halves of signs, which no file and no browser takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


class Shown:
    """The last value of a cell."""

    def __init__(self, body: LessonOutput, words: str, svg: str) -> None:
        self.body = body
        self.words = words
        self.svg = svg

    def __repr__(self) -> str:
        return self.words

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """(what to show by MIME type, words for those who do not see the picture)."""
        data = {
            LESSON_MIME: self.body.model_dump(mode="json"),
            "image/svg+xml": self.svg,
            "text/plain": self.words,
        }
        return data, {"image/svg+xml": {"alt": self.words.split("\n", 1)[0]}}


class Said:
    """A sentence instead: something was asked for in a way that cannot be answered."""

    def __init__(self, words: str) -> None:
        self.words = words

    def __repr__(self) -> str:
        return self.words

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {"text/plain": self.words}


def says(example: str) -> Callable[[Callable[Parameters, Any]], Callable[Parameters, Any]]:
    """A function of the kit never ends in a traceback: what is wrong with the call is said.

    ``example`` is a call that works, told to whoever calls with other values than it takes.
    """

    def dress(function: Callable[Parameters, Any]) -> Callable[Parameters, Any]:
        signature = inspect.signature(function)

        @functools.wraps(function)
        def call(*args: Parameters.args, **named: Parameters.kwargs) -> Any:
            try:
                signature.bind(*args, **named)
            except TypeError as error:
                return Said(
                    f"`{function.__name__}` cannot be called like this: {error}. "
                    f"It is used like this: `{example}`."
                )
            try:
                return function(*args, **named)
            except LearnError as error:
                return Said(legible(str(error)))

        return call

    return dress
