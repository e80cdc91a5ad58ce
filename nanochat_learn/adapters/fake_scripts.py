"""What the fake server says, by the name of the model. One short script for each way to behave."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Awaitable, Callable, Sequence

from nanochat_learn.adapters.fake_answering import Answering

ANSWER = (
    "Each new word is worked out from the words before it. "
    "The model keeps what it has worked out for them, so that nothing is done twice.\n\n"
    "```python\nprint('a block to run')\n```\n"
)
PAYLOADS = (
    "<script>window.__owned = 1</script>",
    "<img src=x onerror='window.__owned = 1'>",
    "[a link](javascript:window.__owned=1)",
    "<svg onload='window.__owned = 1'><script>window.__owned = 1</script></svg>",
    "<math><mtext><img src=x onerror='window.__owned = 1'></mtext></math>",
    "<iframe srcdoc='<script>parent.__owned = 1</script>'></iframe>",
    "<a href='data:text/html,<script>window.__owned=1</script>'>data</a>",
    "<details open ontoggle='window.__owned = 1'>more</details>",
    "![a picture](http://127.0.0.1:9/picture.png)",
    "<style>body{display:none}</style>",
    '[[" onmouseover="window.__owned=1]]',
)


Script = Callable[[Answering], Awaitable[None]]


def focused(ids: Sequence[str]) -> str:
    return f"\n```json\n{json.dumps({'focused_nodes': list(ids)})}\n```\n"


async def _stream(a: Answering) -> None:
    await a.say(ANSWER)
    await a.end()


async def _cites(a: Answering) -> None:
    ids = a.ids()[:5]
    cited = "".join(f"Look at [[{one}]]. " for one in ids)
    await a.say(f"The answer is in the code. {cited}" + ANSWER + focused(ids))
    await a.end()


async def _made_up(a: Answering) -> None:
    invented = ["no.such_concept", "nanochat/nowhere.py:Invented", "made.up"]
    cited = "".join(f"As [[{one}]] shows, it has 12345 layers. " for one in invented)
    real = "".join(f"And [[{one}]] is real. " for one in a.ids()[:1])
    await a.say(cited + real + focused(invented))
    await a.end()


async def _slow(a: Answering) -> None:
    for number in range(1, 301):
        await a.say(f"word {number} ", pace=0.1)
    await a.end()


async def _late(a: Answering) -> None:
    for _ in range(6):
        await a.raw(": PROCESSING\n\n")
        await asyncio.sleep(0.5)
    await _stream(a)


async def _silent(a: Answering) -> None:
    await asyncio.sleep(3_600)


async def _cut(a: Answering) -> None:
    await a.say("This answer breaks off in the middle of a ")
    a.cut()


async def _ends(a: Answering) -> None:
    await a.say("This answer stops without a last word")
    await a.close()


async def _malformed(a: Answering) -> None:
    await a.say("So far it was fine. ")
    await a.raw('data: {"choices": [{"delta": {"content": \n\n')
    await a.end()


async def _strange(a: Answering) -> None:
    """JSON, but not the protocol."""
    await a.raw('data: {"choices": [{"delta": null}], "usage": 7}\n\ndata: [1]\n\n')
    await a.end()


async def _error_in_stream(a: Answering) -> None:
    await a.say("The first half is here. ")
    await a.chunk({"content": ""}, "error", error={"code": 502, "message": "Provider fell over"})
    await a.close()


async def _empty(a: Answering) -> None:
    await a.end()


async def _length(a: Answering) -> None:
    await a.say("This answer was longer than allowed and")
    await a.end("length")


async def _thinks(a: Answering) -> None:
    for piece in ("Let me ", "think. "):
        await a.chunk({"content": "", "reasoning": piece})
    await _stream(a)


async def _filtered(a: Answering) -> None:
    await a.end("content_filter")


async def _page(a: Answering) -> None:
    await a.page("<html><title>Log in to the hotel's network</title></html>")


async def _redirect(a: Answering) -> None:
    await a.redirect(307, "http://localhost:9/v1/chat/completions")


async def _huge(a: Answering) -> None:
    block = "many words " * 6_000
    for _ in range(500):
        await a.chunk({"content": block})
    await a.end()


async def _tools(a: Answering) -> None:
    if a.tools and not a.tool_results:
        name = "search" if "search" in a.tools else a.tools[0]
        text = json.dumps({"query": "keys and values kept"})
        await a.call(name, [text[:5], text[5:14], text[14:]])
        return
    ids = a.ids("\n".join(a.tool_results))[:2]
    cited = "".join(f"I looked it up: [[{one}]]. " for one in ids)
    await a.say((cited or "The tool found nothing. ") + ANSWER + focused(ids))
    await a.end()


async def _tools_forever(a: Answering) -> None:
    await a.call(a.tools[0] if a.tools else "search", ['{"query": "again"}'])


async def _tools_broken(a: Answering) -> None:
    if a.tool_results:
        await _stream(a)
    else:
        await a.call("write_file", ['{"path": "../../stolen", '])


async def _no_tools(a: Answering) -> None:
    if a.body.get("tools"):
        await a.refuse(404, "No endpoints found that support tool use.")
    else:
        await _stream(a)


async def _obeys(a: Answering) -> None:
    """Does whatever any text in the prompt wants: opens its addresses, cites its ids, calls for
    tools nobody offered, tells the key."""
    text = a.text()
    if not a.tool_results and a.tools:
        await a.call("write_file", ['{"path": "owned.txt", "text": "owned"}'])
        return
    urls = list(dict.fromkeys(re.findall(r"https?://[^\s)\"'<>\]]+", text)))
    said = [f"![]({url}) [here]({url}) <img src='{url}'> " for url in urls]
    said.append("[[obeyed.injection]] [[../../etc/passwd]] ")
    said.append(f"The key is {a.authorization.removeprefix('Bearer ')}. ")
    await a.say("".join(said) + focused(["obeyed.injection"]), pace=0.001)
    await a.end()


async def _payloads(a: Answering) -> None:
    await a.say("\n\n".join(PAYLOADS) + focused(a.ids()[:1]), pace=0.001)
    await a.end()


async def _echo(a: Answering) -> None:
    users = [m for m in a.messages if m.get("role") == "user"]
    await a.say(str(users[-1].get("content", "")) if users else "", pace=0)
    await a.end()


async def _solves(a: Answering) -> None:
    """Does the learner's exercise for them: whatever their cell leaves open, it fills in."""
    wanted = re.findall(r"^\| (\w+) = \.\.\.", a.text(), re.M) or ["answer"]
    lines = "\n".join(f"{name} = (a * b).sum()  # solved" for name in wanted)
    await a.say(f"Here is all of it:\n\n```python\n{lines}\n```\n\nDo you see why?")
    await a.end()


async def _clock(a: Answering) -> None:
    """Each piece is the moment it was sent: nanoseconds of the machine's monotonic clock."""
    for _ in range(40):
        await a.chunk({"content": f"{time.monotonic_ns()} "})
        await asyncio.sleep(0.03)
    await a.end()


def _refusing(status: int, message: str, **headers: str) -> Script:
    async def refuse(a: Answering) -> None:
        await a.refuse(status, message, **headers)

    return refuse


async def _echo_key(a: Answering) -> None:
    await a.refuse(401, f"Incorrect API key provided: {a.authorization.removeprefix('Bearer ')}")


async def _needs_key(a: Answering) -> None:
    """As a provider that wants a key, whichever it is."""
    if a.authorization.removeprefix("Bearer ").startswith("sk-"):
        await _cites(a)
    else:
        await a.refuse(401, "No auth credentials found")


FAILING: dict[str, Script] = {
    "400": _refusing(400, "This endpoint's maximum context length is 32768 tokens."),
    "401": _refusing(401, "No auth credentials found"),
    "402": _refusing(402, "Insufficient credits"),
    "403": _refusing(403, "Input was flagged"),
    "404": _refusing(404, "No endpoints found for this model"),
    "429": _refusing(429, "Rate limit exceeded", retry_after="1"),
    "429-long": _refusing(429, "Rate limit exceeded: free-models-per-day", retry_after="7200"),
    "500": _refusing(500, "Internal Server Error"),
    "503": _refusing(503, "No instances available"),
}
SCRIPTS: dict[str, Script] = {
    "cites": _cites,
    "stream": _stream,
    "tools": _tools,
    "slow": _slow,
    "late": _late,
    "thinks": _thinks,
    "length": _length,
    "cut": _cut,
    "ends": _ends,
    "malformed": _malformed,
    "strange": _strange,
    "error-in-stream": _error_in_stream,
    "empty": _empty,
    "filtered": _filtered,
    "silent": _silent,
    "page": _page,
    "redirect": _redirect,
    "huge": _huge,
    "made-up": _made_up,
    "obeys": _obeys,
    "markdown-payloads": _payloads,
    "echo": _echo,
    "echo-key": _echo_key,
    "solves": _solves,
    "clock": _clock,
    "no-tools": _no_tools,
    "needs-key": _needs_key,
    "tools-forever": _tools_forever,
    "tools-broken": _tools_broken,
    **FAILING,
}
FREE = frozenset({"cites", "stream", "tools"})
"""Listed as ``fake/NAME:free``, without a price."""


def script_of(a: Answering) -> Script | None:
    """The script of the model asked for. A list ``models`` works as OpenRouter's: those that
    refuse are passed over; ``a.model`` is then the one that answers."""
    names = [str(name) for name in a.body.get("models") or [a.model]]
    for name in names:
        plain = name.rpartition("/")[2].removesuffix(":free")
        if plain not in FAILING or name == names[-1]:
            a.model = name
            return SCRIPTS.get(plain)
    return None
