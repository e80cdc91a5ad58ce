"""Base URLs: one spelling for each, and those that are refused."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nanochat_learn.errors import BadInput
from nanochat_learn.provider import OPENROUTER, provider


@pytest.mark.parametrize(
    "typed",
    [
        OPENROUTER,
        "  https://openrouter.ai/api/v1/ ",
        "HTTPS://OpenRouter.AI:443/api/v1",
        "https://openrouter.ai/api/v1/chat/completions",
    ],
)
def test_one_spelling(typed: str):
    assert provider(typed).base_url == OPENROUTER
    assert provider(typed).openrouter


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "openrouter.ai/api/v1",
        "file:///etc/passwd",
        "ftp://models.example/v1",
        "javascript:alert(1)",
        "data:text/plain,x",
        "gopher://127.0.0.1:70/",
        "unix:///var/run/docker.sock",
        "https://",
        "https:///v1",
        "http://:8080/v1",
        "https://name:password@models.example/v1",
        "https://openrouter.ai@evil.example/v1",
        "https://evil.example\\@openrouter.ai/v1",
        "https://models.example/v1?key=1",
        "https://models.example/v1#part",
        "https://models.example/v1/../admin",
        "https://models.example:99999/v1",
        "https://models.example:x/v1",
        "https://[::1/v1",
        "https://models.example/v1\r\nX-Evil: 1",
        "https://mod els.example/v1",
        "http://169.254.169.254/latest/meta-data",
        "http://[fe80::1]/v1",
        "http://[::ffff:169.254.169.254]/v1",
    ],
)
def test_refused_with_a_sentence(typed: str):
    with pytest.raises(BadInput) as caught:
        provider(typed)
    assert caught.value.sentence.endswith(".")
    assert caught.value.hint
    assert "password" not in str(caught.value) or "a password" in str(caught.value)


@pytest.mark.parametrize(
    ("typed", "local"),
    [
        ("http://127.0.0.1:8080/v1", True),
        ("http://localhost:1234/v1", True),
        ("http://LOCALHOST/v1", True),
        ("http://[::1]:8080/v1", True),
        ("http://127.8.9.1/v1", True),
        ("http://localhost.evil.example/v1", False),
        ("http://127.0.0.1.evil.example/v1", False),
        ("https://openrouter.ai.evil.example/api/v1", False),
        ("http://192.168.1.7:8080/v1", False),
    ],
)
def test_what_is_on_this_machine(typed: str, local: bool):
    assert provider(typed).local is local
    assert not provider(typed).openrouter


@given(st.text(max_size=60))
@example("\x85#")
def test_whatever_is_typed(typed: str):
    """A provider whose spelling is stable, or a sentence."""
    for text in (typed, f"https://{typed}", f"http://h.example/{typed}"):
        try:
            found = provider(text)
        except BadInput:
            continue
        assert provider(found.base_url) == found
