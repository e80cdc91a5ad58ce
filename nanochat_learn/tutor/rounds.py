"""One round with a model: its stream, closed with us, and the tools it asks for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

from nanochat_learn.errors import BrokenStream, LearnError
from nanochat_learn.ports import ChatPiece, Finished, ToolCall
from nanochat_learn.tutor.chosen import ChosenModel
from nanochat_learn.tutor.prompting import Prompt
from nanochat_learn.tutor.tools import MOST_CALLS, Toolbox

_DOING = {
    "search": "searching again",
    "read_symbol": "reading code",
    "callers": "finding who uses it",
    "read_note": "reading a note",
    "trace_summary": "looking at a recorded run",
}


async def stream(chosen: ChosenModel, prompt: Prompt) -> AsyncGenerator[ChatPiece, None]:
    """The model's stream, closed with us also where it is a plain iterator; what an adapter
    did not foresee is a broken stream and no traceback."""
    upstream = chosen.chat.stream(prompt.request())
    try:
        async for piece in upstream:
            yield piece
    except (LearnError, asyncio.CancelledError, GeneratorExit):
        raise
    except Exception as error:
        raise BrokenStream(
            f"The answer broke off ({type(error).__name__}).", "Try again, or choose another model."
        ) from error
    finally:
        close = getattr(upstream, "aclose", None)
        if close is not None:
            await close()


def use_tools(prompt: Prompt, toolbox: Toolbox, said: str, last: Finished) -> None:
    """Run what the model asked for; question and results join the messages."""
    calls = last.calls[:MOST_CALLS]
    prompt.messages.append(
        {
            "role": "assistant",
            "content": said or None,
            "tool_calls": [
                {
                    "id": call.id,
                    "type": "function",
                    "function": {"name": call.name, "arguments": call.arguments},
                }
                for call in calls
            ],
        }
    )
    for call in calls:
        prompt.messages.append(
            {"role": "tool", "tool_call_id": call.id, "content": toolbox.run(call)}
        )


def told(calls: tuple[ToolCall, ...]) -> str:
    """What the learner reads while tools run."""
    doing = list(dict.fromkeys(_DOING.get(call.name, "looking") for call in calls))
    return f"Looking further: {', '.join(doing)}."
