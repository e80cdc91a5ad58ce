"""Whom the tutor asks: a base URL, checked. Knows no key and opens no connection."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from nanochat_learn.errors import BadInput

OPENROUTER = "https://openrouter.ai/api/v1"
OPENROUTER_SIGN_IN = "https://openrouter.ai/auth"
EXAMPLE = f"For example {OPENROUTER} or http://127.0.0.1:8080/v1."
_PORTS = {"http": 80, "https": 443}
_TAIL = "/chat/completions"


@dataclass(frozen=True, slots=True)
class Provider:
    """A server in OpenAI's chat protocol. Make it with ``provider``: one spelling for each URL."""

    base_url: str

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).hostname or ""

    @property
    def name(self) -> str:
        """For sentences."""
        return "OpenRouter" if self.openrouter else self.host

    @property
    def openrouter(self) -> bool:
        return self.base_url == OPENROUTER

    @property
    def local(self) -> bool:
        """On this machine: what is sent does not leave it."""
        address = _address(self.host)
        return self.host == "localhost" or (address is not None and address.is_loopback)

    @property
    def takes_key(self) -> bool:
        """Without TLS a key would be read on the way; on this machine there is no way."""
        return self.base_url.startswith("https:") or self.local


def provider(base_url: str) -> Provider:
    """The provider behind what somebody typed. Raises ``BadInput`` with what is wrong with it."""
    text = base_url.strip()
    blank = any(sign.isspace() or ord(sign) < 32 or ord(sign) == 127 for sign in text)
    if not text or blank or "\\" in text:
        raise BadInput("The base URL is empty or has blanks in it.", EXAMPLE)
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise BadInput("The base URL cannot be read.", EXAMPLE) from error
    _check(parts)
    host = (parts.hostname or "").lower()
    where = f"[{host}]" if ":" in host else host
    if port is not None and port != _PORTS[parts.scheme]:
        where += f":{port}"
    path = parts.path.rstrip("/").removesuffix(_TAIL).rstrip("/")
    return Provider(f"{parts.scheme}://{where}{path}")


def _check(parts: SplitResult) -> None:
    if parts.scheme not in _PORTS:
        raise BadInput("A base URL begins with https:// or http://.", EXAMPLE)
    if "@" in parts.netloc:
        raise BadInput(
            "The base URL holds a name or a password.",
            "Take out what stands before the @. A key is entered by itself, and kept apart.",
        )
    if not parts.hostname:
        raise BadInput("The base URL names no server.", EXAMPLE)
    if parts.query or parts.fragment:
        raise BadInput("The base URL goes on after a ? or #.", "Leave out that part. " + EXAMPLE)
    if any(part in ("..", ".") for part in parts.path.split("/")):
        raise BadInput("The path of the base URL has dots for folders in it.", EXAMPLE)
    address = _address(parts.hostname)
    if address is not None and (address.is_link_local or address.is_multicast):
        raise BadInput("No model answers at that address.", EXAMPLE)


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None
    mapped = getattr(address, "ipv4_mapped", None)
    return mapped or address
