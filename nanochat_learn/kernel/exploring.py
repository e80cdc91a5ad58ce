"""``explore(draw, …)``: sliders and lists that call a learner's function; what it drew last stays.

The controls are widgets and live as long as the kernel. What was drawn stands beside them as a
plain output of the cell, so that a reload, a restart or a viewer without widgets loses nothing.
"""

from __future__ import annotations

import inspect
import math
import time
import uuid
from collections.abc import Callable, Iterable
from typing import Any

from nanochat_learn.errors import BadInput
from nanochat_learn.kernel.answer_words import kind, number
from nanochat_learn.kernel.cells import running_shell
from nanochat_learn.kernel.guarding import TooLong, in_words, quietly, within
from nanochat_learn.kernel.shown import says

QUICK = 0.15
"""Seconds. A slower drawing waits until the slider is let go."""
MOST_SECONDS = 30.0
LINES, SIGNS = 200, 20_000
"""Of what a drawing prints that are shown."""
_Bundle = tuple[dict[str, Any], dict[str, Any]]
"""(what to show by MIME type, words about it), as a notebook takes them."""
_ALIVE = "The controls end with the kernel. To have them back, run this cell again."
_CONTROLS, _AWAY = "jp-NanochatLearn-controls", "jp-NanochatLearn-controlsAway"
"""Classes, for src/style/lesson.css: it shows the line above only where the controls are not."""
_EXAMPLE = "explore(draw, temperature=(0.1, 2.0, 0.1))"


@says(_EXAMPLE)
def explore(draw: Callable[..., Any], /, **ranges: Any) -> None:
    """Show controls for ``ranges``, and what ``draw`` gives for their values.

    ``(min, max, step)`` is a slider that begins in the middle, ``(min, max, step, value)`` one that
    begins at ``value``, a list a choice of its entries, True or False a tick box. ``draw`` is
    called with the values by name and returns what to show.
    """
    _fits(draw, ranges)
    controls = {name: _control(name, given) for name, given in ranges.items()}
    values = {name: control.value for name, control in controls.items()}
    began = time.monotonic()
    first = _drawn(draw, values)
    slow = time.monotonic() - began > QUICK
    if running_shell() is None:
        print(first[0].get("text/plain", ""))  # noqa: T201 (a plain Python has nothing else to show)
        return
    _show(draw, controls, first, slow)


def _show(draw: Callable[..., Any], controls: dict[str, Any], first: _Bundle, slow: bool) -> None:
    from ipywidgets import VBox

    publish = running_shell().display_pub.publish
    shown, metadata = _bundle(VBox(list(controls.values()), _dom_classes=[_CONTROLS]))
    told = "; ".join(_in_words(name, control) for name, control in controls.items())
    shown["text/plain"] = f"Controls: {told}"
    publish(shown, metadata)
    # Without the controls JupyterLab says "model not found", and no more.
    publish({"text/html": f'<p class="{_AWAY}">{_ALIVE}</p>', "text/plain": _ALIVE}, {})
    place = {"display_id": uuid.uuid4().hex}
    publish(*first, transient=place)

    def again(_: Any) -> None:
        values = {name: control.value for name, control in controls.items()}
        publish(*_drawn(draw, values), transient=place, update=True)

    for control in controls.values():
        if slow and hasattr(control, "continuous_update"):
            control.continuous_update = False
        control.observe(again, names="value")


def _drawn(draw: Callable[..., Any], values: dict[str, Any]) -> _Bundle:
    """What ``draw`` gives; what it printed stands above. A fault is a sentence."""
    with quietly(LINES, SIGNS) as printed:
        try:
            result = within(MOST_SECONDS, lambda: draw(**values))
            fault = ""
        except KeyboardInterrupt:
            result, fault = None, "The drawing was stopped. Move a control to draw again."
        except TooLong:
            result, fault = None, f"The drawing took more than {MOST_SECONDS:g} seconds, and was "
            fault += "stopped. Look for a loop that never ends."
        except (Exception, SystemExit) as error:
            at = ", ".join(f"{name} = {value!r}" for name, value in values.items())
            result, fault = None, f"With {at}: {in_words(error, 'the drawing')}"
    text = printed.whole()
    if fault or result is None:
        told = fault or text or "The drawing gives nothing back: end it with `return …`."
        return {"text/plain": "\n".join(filter(None, (told, text * bool(fault))))}, {}
    data, metadata = _bundle(result)
    if text:
        data["text/plain"] = f"{text}\n{data.get('text/plain', '')}"
    return data, metadata


def _bundle(value: Any) -> _Bundle:
    """As a notebook would show it, but text as it reads, without quotes."""
    shell = running_shell()
    if isinstance(value, str):
        return {"text/plain": value}, {}
    if shell is None:
        return {"text/plain": repr(value)}, {}
    data, metadata = shell.display_formatter.format(value)
    return dict(data), dict(metadata)


# --- controls --------------------------------------------------------------------------------


def _fits(draw: Any, ranges: dict[str, Any]) -> None:
    if not callable(draw):
        raise BadInput(
            f"`explore` calls a function, and this is a {kind(draw)}.",
            f"Hand over its name alone, without brackets: {_EXAMPLE}.",
        )
    if not ranges:
        raise BadInput("There is nothing to move.", f"Name a value and its range: {_EXAMPLE}.")
    try:
        inspect.signature(draw).bind(**ranges)
    except TypeError as error:
        name = getattr(draw, "__name__", "the function")
        raise BadInput(
            f"{name} cannot be called with {', '.join(ranges)}: {error}.",
            "Give each of its values a range of the same name.",
        ) from None
    except ValueError:  # made in C: it does not tell
        pass


def _control(name: str, given: Any) -> Any:
    from ipywidgets import Checkbox, Dropdown, FloatSlider, IntSlider

    look: dict[str, Any] = {
        "description": name.replace("_", " "),
        "style": {"description_width": "initial"},
        "layout": {"width": "auto", "max_width": "420px"},
    }
    if isinstance(given, bool):
        return Checkbox(value=given, indent=False, **look)
    if isinstance(given, tuple):
        low, high, step, value = _slider(name, given)
        whole = all(isinstance(n, int) for n in given)
        slider = IntSlider if whole else FloatSlider
        more = {} if whole else {"readout_format": f".{_digits(step)}f"}
        return slider(value=value, min=low, max=high, step=step, **more, **look)
    choices = list(given) if isinstance(given, Iterable) and not isinstance(given, str) else []
    if not choices:
        raise BadInput(
            f"`{name}` has the range {given!r}, which is none.",
            "A tuple (min, max, step) makes a slider, a list of choices a menu.",
        )
    return Dropdown(options=[(str(choice), choice) for choice in choices], **look)


def _slider(name: str, given: tuple[Any, ...]) -> tuple[Any, Any, Any, Any]:
    numbers = all(
        isinstance(n, int | float) and not isinstance(n, bool) and math.isfinite(n) for n in given
    )
    if not (numbers and len(given) in (2, 3, 4)):
        raise BadInput(
            f"`{name}` has the range {given!r}, which is none.",
            "It needs three numbers: (min, max, step). A list of choices has square brackets.",
        )
    low, high = given[0], given[1]
    whole = all(isinstance(n, int) for n in given)
    step = given[2] if len(given) > 2 else (1 if whole else (high - low) / 20)
    if low >= high or step <= 0 or step > high - low:
        raise BadInput(
            f"`{name}` goes from {low} to {high} in steps of {step}, which cannot be.",
            "The first number must be smaller than the second, and the step fit between them.",
        )
    middle = round(low + round((high - low) / 2 / step) * step, 10)
    value = given[3] if len(given) > 3 else middle
    if not low <= value <= high:
        raise BadInput(f"`{name}` cannot begin at {value}.", f"It goes from {low} to {high}.")
    return low, high, step, value


def _digits(step: float) -> int:
    """After the point, as many as a step has."""
    return min(max(0, -math.floor(math.log10(step) + 1e-9)), 6)


def _in_words(name: str, control: Any) -> str:
    if hasattr(control, "options"):
        return f"{name} is one of {', '.join(text for text, _ in control.options)}"
    if hasattr(control, "min"):
        low, high = number(float(control.min)), number(float(control.max))
        return f"{name} from {low} to {high}, now {number(float(control.value))}"
    return f"{name} is on or off"
