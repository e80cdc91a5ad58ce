"""Lines of a workspace's files and notebook cells. The one place that opens code to show it."""

from __future__ import annotations

import io
import json
import tokenize
from pathlib import Path

from nanochat_learn.errors import CannotRead, NotFound


class Sources:
    """Lines by place. Keeps what it has read: make a new one for each request."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._texts: dict[tuple[str, str | None], list[str]] = {}

    def lines(self, file_path: str, line: int, end_line: int, cell: str | None = None) -> str:
        """Lines ``line`` to ``end_line`` (1-based, both included) of a file or of a cell."""
        key = (file_path, cell)
        if key not in self._texts:
            self._texts[key] = self._read(file_path, cell)
        return "\n".join(self._texts[key][max(line, 1) - 1 : end_line])

    def _read(self, file_path: str, cell: str | None) -> list[str]:
        path = (self._root / file_path).resolve()
        if not path.is_relative_to(self._root):
            raise NotFound(f"{file_path} is not in this workspace.")
        try:
            content = path.read_bytes()
        except OSError as error:
            raise CannotRead(
                f"{file_path} cannot be read: {error.strerror}.", "Index the workspace again."
            ) from error
        return _text(content).splitlines() if cell is None else _cell(content, file_path, cell)


def _text(content: bytes) -> str:
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        return content.decode(encoding)
    except (SyntaxError, UnicodeDecodeError):
        return content.decode("utf-8", "replace")


def _cell(content: bytes, file_path: str, cell: str) -> list[str]:
    try:
        cells = json.loads(content)["cells"]
        source = next(one["source"] for one in cells if one.get("id") == cell)
    except (ValueError, KeyError, TypeError, StopIteration) as error:
        raise NotFound(
            f"{file_path} has no cell {cell} any more.", "Index the workspace again."
        ) from error
    return ("".join(source) if isinstance(source, list) else str(source)).splitlines()
