"""The text of one ``meta.json`` → ``PictureMeta``. Pure; the picture itself is drawn elsewhere."""

from __future__ import annotations

import json

from nanochat_learn.knowledge.unclear import Unclear, checked_model
from nanochat_learn.schema.concept import PictureMeta


def parse_picture(text: str, folder: str) -> PictureMeta:
    """The meta of the picture in ``folder``; raises ``Unclear``."""
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise Unclear(
            f"This is not valid JSON: {error.msg.lower()} in column {error.colno}. Mend it there.",
            error.lineno,
            kind="unreadable_file",
        ) from error
    except RecursionError as error:
        raise Unclear("This JSON is nested too deeply. Flatten it.", 1) from error
    if not isinstance(value, dict):
        raise Unclear("The description of a picture must be a JSON object { … }.", 1)
    lines = {key: _line_of(text, key) for key in value}
    meta = checked_model(PictureMeta, value, "The description of this picture is not right", lines)
    if meta.id != folder:
        raise Unclear(
            f"The folder is named `{folder}`, but the id is `{meta.id}`. Make them the same.",
            lines["id"],
        )
    return meta


def _line_of(text: str, key: str) -> int:
    """The first line on which the key is written; 1 when it is written with escapes."""
    place = text.find(json.dumps(key, ensure_ascii=False))
    return text.count("\n", 0, place) + 1 if place >= 0 else 1
