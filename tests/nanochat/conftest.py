"""The fixtures of the model's tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import torch
from random_models import random_model

from nanochat.gpt import GPT


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    """Models this small are slower on several threads, most of all on a busy machine."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture
def make() -> Callable[..., GPT]:
    """``make("windows", n_layer=2)`` → a model of that shape with random weights."""
    return random_model
