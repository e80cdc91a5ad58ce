"""The one fixture of the model's tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from random_models import random_model

from nanochat.gpt import GPT


@pytest.fixture
def make() -> Callable[..., GPT]:
    """``make("windows", n_layer=2)`` → a model of that shape with random weights."""
    return random_model
