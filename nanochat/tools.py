"""The tool that a model may use while it writes: what it asks between marks, and what it is told.

A model writes ``<|python_start|>17+25<|python_end|>``. Then it is interrupted: the tool works the
sum out, and ``<|output_start|>42<|output_end|>`` is put into the text, token by token, in place of
what the model would have said. After that it goes on by itself.

Not here: the tool (``calculator.py``), and the loop that writes (``engine.py``).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence

from nanochat.tokenizer import Tokenizer

Tool = Callable[[str], str | None]
"""Takes what the model wrote between the marks; answers with a text, or None for no answer."""


# @learn:inference.tool_use
class ToolUse:
    """Where one row stands: writing freely, asking the tool, or being told the answer."""

    # @learn:tokenization.special_tokens
    def __init__(self, tokenizer: Tokenizer, tool: Tool) -> None:
        self.tokenizer, self.tool = tokenizer, tool
        self.ask_start = tokenizer.encode_special("<|python_start|>")
        self.ask_end = tokenizer.encode_special("<|python_end|>")
        self.answer_start = tokenizer.encode_special("<|output_start|>")
        self.answer_end = tokenizer.encode_special("<|output_end|>")
        self.asked: list[int] | None = None  # what was written since <|python_start|>
        self.forced: deque[int] = deque()  # what comes next, whatever the model says

    # @learn:inference.tool_use
    def take(self, token: int) -> None:
        """The row now ends with ``token``: see whether a question begins, grows or is complete."""
        if token == self.ask_start:
            self.asked = []
        elif token == self.ask_end and self.asked is not None:
            question, self.asked = self.tokenizer.decode(self.asked), None
            answer = self.tool(question)
            if answer is not None:
                told = self.tokenizer.encode(answer)
                # @learn:inference.tool_use
                self.forced.extend((self.answer_start, *told, self.answer_end))
        elif self.asked is not None:
            self.asked.append(token)

    def begin(self, prompt: Sequence[int]) -> None:
        """Start after ``prompt``: a question still open at its end is gone on with."""
        starts = [n for n, token in enumerate(prompt) if token == self.ask_start]
        if starts and self.ask_end not in prompt[starts[-1] : -1]:
            for token in prompt[starts[-1] :]:
                self.take(token)
