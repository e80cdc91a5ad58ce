"""The provider's key: where it comes from, and the one file that keeps it.

A key belongs to the base URL it was given for and goes to no other, also when the base URL
is changed later. The file lies outside every workspace, so that no foreign folder can name
the place a key is sent to. Nothing here prints, logs or quotes a key.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from nanochat_learn.errors import BadInput, CannotRead, CannotWrite
from nanochat_learn.provider import OPENROUTER, Provider, provider

KeyFrom = Literal["environment", "config", "file", "none", "unneeded"]


@dataclass(frozen=True, slots=True)
class ServerConfig:
    """What the administrator wrote into Jupyter's configuration. Empty: nothing."""

    base_url: str = ""
    api_key: str = field(default="", repr=False)
    """Belongs to ``base_url``, or to OpenRouter where that is empty."""


@dataclass(frozen=True, slots=True)
class Key:
    """``value`` is empty where there is none; ``repr`` hides it."""

    source: KeyFrom
    value: str = field(default="", repr=False)


def own_folder() -> Path:
    """``<jupyter data dir>/nanochat-learn``: key, choice of the model, list of models."""
    from jupyter_core.paths import jupyter_data_dir

    return Path(jupyter_data_dir()) / "nanochat-learn"


def key_for(
    whom: Provider,
    config: ServerConfig | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Key:
    """The key to send to ``whom``. Raises ``CannotRead`` when the file of keys is damaged."""
    if not whom.takes_key:
        return Key("unneeded")
    config = config or ServerConfig()
    own_url = environment.get("NANOCHAT_LEARN_BASE_URL", "").strip() or OPENROUTER
    given = [
        ("environment", OPENROUTER, environment.get("OPENROUTER_API_KEY", "")),
        ("environment", own_url, environment.get("NANOCHAT_LEARN_API_KEY", "")),
        ("config", config.base_url or OPENROUTER, config.api_key),
    ]
    for source, base_url, value in given:
        if value.strip() and _is_same(base_url, whom):
            return Key(source, value.strip())  # type: ignore[arg-type]
    kept = _read().get(whom.base_url)
    return Key("file", kept) if kept else Key("unneeded" if whom.local else "none")


def keep(whom: Provider, value: str) -> None:
    """Keep a key for ``whom``. Raises ``BadInput`` or ``CannotWrite``."""
    value = value.strip()
    if not whom.takes_key:
        raise BadInput(
            f"A key would not be safe on its way to {whom.base_url}.",
            "Choose a base URL that begins with https://.",
        )
    if not value or not value.isascii() or not value.isprintable() or " " in value:
        raise BadInput(
            "This does not look like a key: a key is one word of plain letters and signs.",
            "Copy it again from the provider's page, without the text around it.",
        )
    try:
        kept = _read()
    except CannotRead:
        kept = {}  # a damaged file is of no use to anybody, and the learner holds a new key
    _write(kept | {whom.base_url: value})


def forget(whom: Provider) -> None:
    """Forget the kept key of ``whom``; the file goes with the last one."""
    try:
        kept = _read()
    except CannotRead:
        kept = {}
    kept.pop(whom.base_url, None)
    if kept:
        _write(kept)
    else:
        with contextlib.suppress(FileNotFoundError):
            _file().unlink()


def _is_same(base_url: str, whom: Provider) -> bool:
    try:
        return provider(base_url) == whom
    except BadInput:
        return False


def _file() -> Path:
    return own_folder() / "key"


def _read() -> dict[str, str]:
    file = _file()
    try:
        if os.name != "nt" and file.stat().st_mode & 0o077:
            file.chmod(0o600)  # copied or restored from somewhere that did not mind
        kept = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise CannotRead(
            f"The file with your key cannot be read: {file}.", "Enter the key again."
        ) from error
    if not isinstance(kept, dict):
        raise CannotRead(f"The file with your key is damaged: {file}.", "Enter the key again.")
    return {str(url): str(value) for url, value in kept.items()}


def _write(kept: dict[str, str]) -> None:
    """Replace the file whole. It is the owner's alone from its first byte on."""
    from jupyter_core.paths import secure_write  # also knows Windows' access lists

    file = _file()
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with secure_write(str(part)) as writing:
            json.dump(kept, writing)
            writing.flush()
            os.fsync(writing.fileno())
        part.replace(file)
    except (OSError, RuntimeError) as error:
        with contextlib.suppress(OSError):
            part.unlink()
        raise CannotWrite(
            f"Your key cannot be kept in {file}.",
            "Check that the folder is yours. Or set the variable OPENROUTER_API_KEY "
            "before Jupyter starts.",
        ) from error
