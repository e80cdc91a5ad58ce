"""Fetch one file from an address that somebody gave. No address is known here."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlsplit

TRIES = 4
CHUNK = 1 << 20
WAIT = 1.0  # seconds before the second try; then twice as long each time


def download(
    url: str, folder: Path, say: Callable[[str], None] | None = None, wait: float = WAIT
) -> Path:
    """Fetch ``url`` into ``folder``; the file appears whole or not at all.

    ``say`` hears every two seconds how far it is. Tries again when the connection breaks. Raises
    ``ValueError`` for an address that is none, and ``OSError`` when it cannot be fetched.
    """
    parts = urlsplit(url)
    name = Path(parts.path).name
    if parts.scheme not in ("http", "https") or not parts.netloc or not name:
        raise ValueError(f"{url!r} is no address of a file; it must begin with https://")
    file = folder / name
    unfinished = folder / f"{name}.part"
    for attempt in range(TRIES):
        try:
            _fetch(url, unfinished, say)
            return unfinished.replace(file)
        except urllib.error.HTTPError as error:
            if error.code < 500:  # asking again will not change it
                raise OSError(f"{url} cannot be fetched: {error}. Check the address.") from None
            reason = str(error)
        except (OSError, HTTPException) as error:
            reason = str(getattr(error, "reason", "") or error)
        finally:
            unfinished.unlink(missing_ok=True)
        if attempt + 1 < TRIES:
            time.sleep(wait * 2**attempt)
    raise OSError(
        f"{url} cannot be fetched after {TRIES} tries: {reason}. Check the address and the network."
    )


def _fetch(url: str, to: Path, say: Callable[[str], None] | None) -> None:
    with urllib.request.urlopen(url, timeout=30) as answer, to.open("wb") as out:
        size = int(answer.headers.get("Content-Length") or 0)
        got, shown = 0, time.monotonic()
        while chunk := answer.read(CHUNK):
            out.write(chunk)
            got += len(chunk)
            if say and time.monotonic() - shown > 2:
                shown = time.monotonic()
                say(f"{got / 1e6:.0f} of {size / 1e6:.0f} MB" if size else f"{got / 1e6:.0f} MB")
    if size and got < size:
        raise OSError(f"only {got} of {size} bytes came")
