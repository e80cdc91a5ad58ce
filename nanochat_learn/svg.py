"""Parts of a static picture: a card with its own background, words, heatmaps, bars.

SVG without fonts, scripts or links, so that it reads alike on a light and on a dark page, in a
plain viewer and without a network. What is drawn on the card is the caller's business.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

WIDTH, PAD, ROW = 640, 16, 18
INK, FAINT, BLUE, ORANGE = "#1f2430", "#6b7280", "#1d5fb4", "#b45f06"
GREEN, RED, LINE = "#2e7d4f", "#a4262c", "#d0d5dd"
FINE = 24
"""Cells of a heatmap along one side; more are merged."""
FAINTEST = 0.02
_PER_LINE = 88
"""Signs of 12 px sans-serif that fit between the two pads, with room for wide ones."""


def card(title: str, parts: Iterable[str], height: float, colour: str = INK) -> str:
    """A white card of ``WIDTH`` × ``height`` + one pad, with a heading."""
    head = text(PAD, PAD + ROW - 6, title, colour, 14, bold=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height + PAD:.0f}" '
        f'width="{WIDTH}" height="{height + PAD:.0f}" role="img" font-family="sans-serif">'
        f"<title>{escape(_legal(title))}</title>"
        f'<rect width="100%" height="100%" rx="6" fill="#ffffff" stroke="{LINE}"/>'
        f"{head}{''.join(parts)}</svg>"
    )


def text(
    x: float,
    y: float,
    words: str,
    fill: str = INK,
    size: int = 12,
    bold: bool = False,
    anchor: str = "",
    code: bool = False,
) -> str:
    """One line; ``anchor`` is ``middle`` or ``end``; ``code`` keeps spaces and signs in step."""
    more = ' font-weight="bold"' if bold else ""
    more += f' text-anchor="{anchor}"' if anchor else ""
    more += ' font-family="monospace" xml:space="preserve"' if code else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{fill}"{more}>'
        f"{escape(_legal(words))}</text>"
    )


def paragraph(
    words: str, top: float, fill: str = INK, code: bool = False
) -> tuple[list[str], float]:
    """Wrapped lines from ``top`` on, and where they end. Line ends in ``words`` are kept."""
    width = 76 if code else _PER_LINE
    parts = []
    for line in words.split("\n"):
        for piece in textwrap.wrap(line, width, drop_whitespace=not code) or [""]:
            parts.append(text(PAD, top + 12, piece, fill, code=code))
            top += ROW
    return parts, top


def words_card(title: str, words: str, colour: str = INK, code: str = "") -> str:
    """A card of words, and of code under them."""
    parts, top = paragraph(words, PAD + 1.6 * ROW)
    if code:
        more, top = paragraph(code.rstrip("\n"), top + 6, code=True)
        parts += more
    return card(title, parts, top, colour)


def heatmap(
    values: NDArray[Any], x: float, y: float, wide: float, high: float, most: float, told: str
) -> str:
    """A table of numbers as cells: blue above 0, orange below, the stronger the larger.

    ``values`` has two axes; ``most`` is the size that has the full colour. More than ``FINE`` rows
    or columns are merged: each patch shows its largest size. NaN is red, infinity grey.
    """
    import numpy as np

    rows, columns = (min(FINE, n) for n in values.shape)
    row_edges = np.linspace(0, values.shape[0], rows + 1).astype(int)
    column_edges = np.linspace(0, values.shape[1], columns + 1).astype(int)
    tall, broad = high / max(rows, 1), wide / max(columns, 1)
    cells = []
    for r in range(rows):
        for c in range(columns):
            patch = values[row_edges[r] : row_edges[r + 1], column_edges[c] : column_edges[c + 1]]
            colour, share = _shade(float(patch.flat[int(np.abs(patch).argmax())]), most)
            if share >= FAINTEST:
                cells.append(
                    f'<rect x="{x + c * broad:.1f}" y="{y + r * tall:.1f}" '
                    f'width="{broad + 0.3:.1f}" height="{tall + 0.3:.1f}"'
                    f'{colour} fill-opacity="{share:.2f}"/>'
                )
    return (
        f'<g fill="{BLUE}"><title>{escape(_legal(told))}</title><rect x="{x:.1f}" y="{y:.1f}" '
        f'width="{wide}" height="{high}" fill="none" stroke="{LINE}"/>{"".join(cells)}</g>'
    )


def bars(values: Sequence[float], x: float, y: float, wide: float, high: float, most: float) -> str:
    """A row of numbers as columns, up from a line when above 0 and down when below."""
    finite = [value for value in values if math.isfinite(value)]
    up, down = max([0.0, *finite]), min([0.0, *finite])
    span = (up - down) or 1.0
    zero = y + up / span * high
    broad = wide / max(len(values), 1)
    columns = []
    for n, value in enumerate(values):
        left = f'x="{x + n * broad + broad * 0.1:.1f}" width="{max(broad * 0.8, 0.5):.1f}"'
        if not math.isfinite(value):
            colour, _ = _shade(value, most)
            columns.append(f'<rect {left} y="{y:.1f}" height="{high}"{colour} fill-opacity="0.3"/>')
            continue
        top = zero - max(value, 0.0) / span * high
        colour = "" if value >= 0 else f' fill="{ORANGE}"'
        columns.append(
            f'<rect {left} y="{top:.1f}" height="{abs(value) / span * high:.1f}"{colour}/>'
        )
    return (
        f'<g fill="{BLUE}">{"".join(columns)}</g><line x1="{x}" x2="{x + wide}" y1="{zero:.1f}" '
        f'y2="{zero:.1f}" stroke="{FAINT}"/>'
    )


def _shade(value: float, most: float) -> tuple[str, float]:
    """(attribute for the colour when it is not blue, opacity)."""
    if math.isnan(value):
        return f' fill="{RED}"', 1.0
    if math.isinf(value):
        return f' fill="{FAINT}"', 0.5
    return ("" if value >= 0 else f' fill="{ORANGE}"'), min(abs(value) / (most or 1.0), 1.0)


def _legal(words: str) -> str:
    """XML has no place for control signs."""
    return "".join(sign if sign >= " " or sign in "\t\n" else "�" for sign in words)
