"""``picture(id, …)``: a picture with the kernel's own numbers, and a plain drawing of these."""

from __future__ import annotations

import base64
import math
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from nanochat_learn.errors import BadInput, CannotRead, NotFound
from nanochat_learn.kernel.answer_words import axes, kind, number
from nanochat_learn.kernel.shown import Shown, says
from nanochat_learn.knowledge.pictures import parse_picture
from nanochat_learn.knowledge.unclear import Unclear, read_text
from nanochat_learn.places import content, find_workspace, own_or_shipped
from nanochat_learn.schema.concept import PictureInput, PictureMeta
from nanochat_learn.schema.learner import InlineTensor, PictureOutput
from nanochat_learn.svg import FAINT, INK, PAD, ROW, WIDTH, bars, card, heatmap, paragraph, text

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_INLINE = 256_000
"""Signs of an output: a notebook is not the place for megabytes."""
CELL = 46.0
"""Width of a cell that has its number in it."""
MOST_NUMBERED, MOST_BARS, MOST_NAMES = 8, 64, 24
_WORDS = ("str", "string")
_MODEL = "model"
Format = Literal["float32", "float64", "int32"]


@says('picture("softmax_bars", logits=scores)')
def picture(id: str, /, *, params: dict[str, float] | None = None, **inputs: Any) -> Shown:
    """The picture ``id`` with these tensors; ``params`` sets its controls. What is left out comes
    from the picture's own example."""
    meta = _meta(id)
    _names(id, "input", inputs, meta.inputs)
    given = params or {}
    _names(id, "control", given, meta.params)
    body = PictureOutput(
        picture=meta.id,
        title=meta.title,
        inputs={name: _inline(name, value, meta.inputs[name]) for name, value in inputs.items()},
        params={name: _control(name, value, meta) for name, value in given.items()},
    )
    size = len(body.model_dump_json())
    if size > MOST_INLINE:
        raise BadInput(
            f"These tensors need {size / 1000:,.0f} KB, and a notebook keeps at most "
            f"{MOST_INLINE // 1000} KB of a picture.",
            "Take a part: one head, one layer, or the first rows, such as x[:16].",
        )
    words = "\n".join([meta.title, *(_in_words(n, v) for n, v in inputs.items()), meta.alt])
    return Shown(body, words, _drawn(meta, inputs))


# --- what the picture takes ------------------------------------------------------------------


def _meta(id: str) -> PictureMeta:
    workspace = find_workspace(Path.cwd())
    homes = [content("viz")] if workspace is None else [own_or_shipped(workspace, "viz")]
    if homes[0] != content("viz"):
        homes.append(content("viz"))
    file = next((f for home in homes if (f := home / str(id) / "meta.json").is_file()), None)
    if file is None:
        known = sorted({f.parent.name for home in homes for f in home.glob("*/meta.json")})
        near = get_close_matches(str(id), known, 1, 0.4)
        raise NotFound(
            f"There is no picture `{id}`.",
            f'Did you mean picture("{near[0]}")?' if near else f"There are: {', '.join(known)}.",
        )
    try:
        return parse_picture(read_text(file), file.parent.name)
    except Unclear as unclear:
        raise CannotRead(f"The picture {id} cannot be read.", unclear.sentence) from unclear


def _names(id: str, what: str, given: dict[str, Any], known: dict[str, Any]) -> None:
    for name in given:
        if name not in known:
            raise BadInput(
                f"The picture {id} has no {what} `{name}`.",
                f"It has: {', '.join(known)}." if known else "It takes none.",
            )


def _control(name: str, value: object, meta: PictureMeta) -> float:
    control = meta.params[name]
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise BadInput(
            f"`{name}` must be a number.", f"It can be from {control.min:g} to {control.max:g}."
        )
    if not control.min <= value <= control.max:
        raise BadInput(
            f"`{name}` is {number(float(value))}.",
            f"It can be from {number(control.min)} to {number(control.max)}.",
        )
    return float(value)


def _inline(name: str, value: object, wanted: PictureInput) -> InlineTensor | tuple[str, ...]:
    if wanted.dtype == _MODEL:
        if not isinstance(value, str) or not value:
            raise BadInput(
                f"`{name}` must be the name of a model, not {kind(value)}.",
                'For example "stories-chat", or the folder of a training in runs/.',
            )
        return (value,)  # the page fetches its files itself
    if wanted.dtype in _WORDS:
        if isinstance(value, str) or not hasattr(value, "__iter__"):
            raise BadInput(f"`{name}` must be a list of words.", 'For example ["the", "cat"].')
        return tuple(str(word) for word in value)
    array = _array(name, value)
    if array.ndim != len(wanted.axes):
        more = f"{name}[0]" if array.ndim > len(wanted.axes) else f"{name}[None]"
        raise BadInput(
            f"`{name}` has shape {array.shape}, so {axes(array.ndim)}. The picture takes "
            f"{axes(len(wanted.axes))}: {', '.join(wanted.axes)}.",
            f"Take a part, such as {more}."
            if array.ndim > len(wanted.axes)
            else f"Add one, such as {more}.",
        )
    name_of: Format = _as_format(wanted.dtype)
    data = array.astype(f"<{_FORMATS[name_of]}").tobytes()
    return InlineTensor(
        dtype=name_of, shape=array.shape, data=base64.b64encode(data).decode("ascii")
    )


def _as_format(dtype: str) -> Format:
    return "int32" if dtype == "int32" else "float64" if dtype == "float64" else "float32"


_FORMATS: dict[Format, str] = {"float32": "f4", "float64": "f8", "int32": "i4"}


def _array(name: str, value: object) -> NDArray[Any]:
    """Numbers of a tensor, an array or a list; bfloat16 as float32."""
    import numpy as np

    if hasattr(value, "detach"):
        tensor: Any = value.detach().cpu()
        value = tensor.float().numpy() if tensor.is_floating_point() else tensor.numpy()
    try:
        array = np.asarray(value)
    except (TypeError, ValueError):
        array = np.empty(0, dtype=object)
    if array.dtype.kind not in "fiub":
        raise BadInput(
            f"`{name}` is of type {kind(value)}, and has no numbers to draw.", "Hand over a tensor."
        )
    return array


# --- the plain drawing -----------------------------------------------------------------------


def _in_words(name: str, value: Any) -> str:
    if not (hasattr(value, "shape") and math.prod(value.shape)):
        return f"{name}: {str(value)[:200]}"
    array = _array(name, value).astype(float)
    if array.size == 1:
        return f"{name}: {number(array.item())}"
    return f"{name}: shape {array.shape}, from {number(array.min())} to {number(array.max())}"


def _drawn(meta: PictureMeta, inputs: dict[str, Any]) -> str:
    """The tensors below one another; without any, the committed still of the picture's example."""
    top, parts = PAD + 1.6 * ROW, list[str]()
    if not inputs:
        still = content("lessons") / "pictures" / f"{meta.id}.svg"
        if still.is_file():  # stills are clear, for the page of a note; here none is known
            head, _, rest = still.read_text(encoding="utf-8").partition(">")
            return f'{head}><rect width="100%" height="100%" rx="6" fill="#ffffff"/>{rest}'
        parts, top = paragraph(meta.alt, top)
    for name, value in inputs.items():
        if meta.inputs[name].dtype in (*_WORDS, _MODEL):
            listed = [value] if isinstance(value, str) else list(value)
            told = " · ".join(str(word) for word in listed[:MOST_NAMES])
            more, top = paragraph(f"{name}: {told}", top)
            parts += more
            continue
        more, top = _tensor(name, _array(name, value), top)
        parts += more
    return card(meta.title, parts, top)


def _tensor(name: str, array: NDArray[Any], top: float) -> tuple[list[str], float]:
    """One tensor from ``top`` on: bars for one axis, cells for more; numbers where they fit."""
    import numpy as np

    whole = array.astype(np.float64)
    told = f"{name}, shape {array.shape}"
    while whole.ndim > 2:
        whole, told = whole[0], f"{told}; the first of {whole.shape[0]} is shown"
    if whole.ndim == 0 or not whole.size:
        line = f"{told}: {number(float(whole))}" if whole.size else f"{told}: empty"
        return [text(PAD, top + 12, line, INK)], top + ROW
    parts = [text(PAD, top + 12, told, INK)]
    finite = whole[np.isfinite(whole)]
    most = float(np.abs(finite).max()) if finite.size else 1.0
    top += ROW
    if whole.ndim == 1:
        more, top = _row(whole, top, most)
    else:
        more, top = _table(whole, name, top, most)
    return [*parts, *more], top + ROW / 2


def _short(value: float, most: float) -> str:
    """Two digits after the point, where the numbers of a table are of a size for that."""
    if value == 0 or value.is_integer() or not 0.1 <= most < 1000:
        return number(float(f"{value:.2g}") if abs(value) < 0.1 else value)
    return number(round(value, 2))


def _row(values: NDArray[Any], top: float, most: float) -> tuple[list[str], float]:
    some = [float(value) for value in values[:MOST_BARS]]
    wide = min(WIDTH - 2 * PAD, 60 * len(some))
    parts = [bars(some, PAD, top, wide, 80, most)]
    top += 80
    if len(some) <= 12:
        each = wide / len(some)
        parts += [
            text(PAD + (n + 0.5) * each, top + 13, number(v), INK, 10, anchor="middle")
            for n, v in enumerate(some)
        ]
        top += ROW
    if len(values) > len(some):
        parts.append(text(PAD, top + 13, f"the first {len(some)} of {len(values)}", FAINT, 11))
        top += ROW
    return parts, top


def _table(values: NDArray[Any], name: str, top: float, most: float) -> tuple[list[str], float]:
    rows, columns = values.shape
    numbered = rows <= MOST_NUMBERED and columns <= MOST_NUMBERED
    side = CELL if numbered else min(14.0, (WIDTH - 2 * PAD) / min(columns, 24))
    wide = side * (columns if numbered else min(columns, 24))
    tall = (26.0 if numbered else side) * (rows if numbered else min(rows, 24))
    parts = [heatmap(values, PAD, top, wide, tall, most * (2 if numbered else 1), name)]
    if numbered:
        parts += [
            text(
                PAD + (c + 0.5) * CELL, top + r * 26 + 17, _short(v, most), INK, 11, anchor="middle"
            )
            for r, row in enumerate(values.tolist())
            for c, v in enumerate(row)
        ]
    return parts, top + tall
