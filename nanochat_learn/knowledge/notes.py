"""One note's text → a ``Note``. Pure; which notes there are is decided in ``loading``."""

from __future__ import annotations

import re

from nanochat_learn.knowledge.records import Note, WikiLink, line_key
from nanochat_learn.knowledge.unclear import Unclear, checked_model
from nanochat_learn.knowledge.yaml_lines import YamlText, read_yaml
from nanochat_learn.schema.concept import NoteHeader

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_CODE_SPAN = re.compile(r"(`+)(?:(?!\1).)*\1")
# A target starts like a name, so that a matrix [[1, 2]] in a formula is none.
_LINK = re.compile(r"\[\[([A-Za-z_][^\[\]\n,;|]*)\]\]")
_ONE_SENTENCE = re.compile(r"^(?:#{1,6}\s+|\*\*)in one sentence[.:]?(?:\*\*)?[.:]?\s*(.*)$", re.I)
_HEADING = re.compile(r"^#{1,6}\s")


def parse_note(text: str, path: str) -> Note:
    """``text`` of the note at ``path``; raises ``Unclear`` with the line of the fault."""
    rows = text.split("\n")
    if rows[0].rstrip() != "---":
        raise Unclear(
            "This note has no front matter. Begin it with a line `---`, then id, title and "
            "cluster, then another `---`.",
            1,
        )
    end = next((n for n, row in enumerate(rows[1:], 1) if row.rstrip() == "---"), 0)
    if not end:
        raise Unclear("The front matter never ends. Close it with a line `---`.", 1)
    front = read_yaml("\n".join(rows[1:end]), first_line=2)
    if not isinstance(front.value, dict):
        raise Unclear("The front matter must be lines of `name: value`.", 2)
    lines = header_lines(front)
    # `needs:` with nothing behind it means an empty list
    given = {
        key: value
        for key, value in front.value.items()
        if value != "" or key in ("id", "title", "cluster")
    }
    header = checked_model(NoteHeader, given, "The front matter is not complete", lines)
    for name in ("title", "cluster"):
        if not getattr(header, name).strip():
            raise Unclear(f"`{name}` is empty. Write it.", lines[name])
    body = rows[end + 1 :]
    return Note(
        header=header,
        body="\n".join(body).strip("\n") + "\n",
        path=path,
        sentence=one_sentence(body),
        links=tuple(wiki_links(body, end + 2)),
        lines=lines,
    )


def header_lines(front: YamlText, prefix: tuple[str | int, ...] = ()) -> dict[str, int]:
    """Line of every field below ``prefix``, and of every value in a field that is a list."""
    here: object = front.value
    for part in prefix:
        here = here[part]  # type: ignore[index]  # the caller walked this path already
    found: dict[str, int] = {}
    for key, value in here.items() if isinstance(here, dict) else ():
        found[key] = front.lines[(*prefix, key)]
        if isinstance(value, list):
            for index, item in enumerate(value):
                if isinstance(item, str):
                    found.setdefault(line_key(key, item), front.lines[(*prefix, key, index)])
    return found


def one_sentence(body: list[str]) -> str:
    """The paragraph of the section "In one sentence"; without one, the first paragraph."""
    start = next((n for n, row in enumerate(body) if _ONE_SENTENCE.match(row)), None)
    if start is None:
        return _paragraph(body)
    matched = _ONE_SENTENCE.match(body[start])
    rest = matched.group(1) if matched else ""
    if rest:  # "**In one sentence.** RoPE turns …"
        return _paragraph([rest, *body[start + 1 :]])
    return _paragraph(body[start + 1 :])


def _paragraph(rows: list[str]) -> str:
    """The first run of text lines, as one line without Markdown marks."""
    words: list[str] = []
    for row in rows:
        text = row.strip()
        if not text or _HEADING.match(text):
            if words:
                break
            continue
        words.append(text)
    return plain_text(" ".join(words))


def plain_text(markdown: str) -> str:
    """Markdown of one paragraph without emphasis, code marks and link brackets."""
    text = re.sub(r"\[\[([^\[\]]+)\]\]", r"\1", markdown)
    text = re.sub(r"!?\[([^\[\]]*)\]\([^()]*\)", r"\1", text)
    return re.sub(r"\*\*|`|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?![\w{])", "", text).strip()


def wiki_links(rows: list[str], first_line: int) -> list[WikiLink]:
    """Every ``[[…]]`` outside code blocks and code spans."""
    found: list[WikiLink] = []
    fence = ""
    for line, row in enumerate(rows, first_line):
        mark = _FENCE.match(row)
        if fence:
            if mark and mark.group(1).startswith(fence) and not row.strip(" `~"):
                fence = ""
            continue
        if mark:
            fence = mark.group(1)
            continue
        found += [WikiLink(m.group(1), line) for m in _LINK.finditer(_CODE_SPAN.sub("", row))]
    return found
