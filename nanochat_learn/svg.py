"""Parts of a static picture: a card with its own background, words, wrapped text.

SVG without fonts, scripts or links, so that it reads alike on a light and on a dark page, in a
plain viewer and without a network. What is drawn on the card is the caller's business.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from html import escape

WIDTH, PAD, ROW = 640, 16, 18
INK, FAINT, BLUE, ORANGE = "#1f2430", "#6b7280", "#1d5fb4", "#b45f06"
GREEN, RED, LINE = "#2e7d4f", "#a4262c", "#d0d5dd"
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


def _legal(words: str) -> str:
    """XML has no place for control signs."""
    return "".join(sign if sign >= " " or sign in "\t\n" else "�" for sign in words)
