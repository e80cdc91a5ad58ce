"""Whom the tutor asks: a language model, what it can do, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from nanochat_learn.ports import ChatModel
from nanochat_learn.schema.tutor import ModelInfo


@dataclass(frozen=True, slots=True)
class ChosenModel:
    chat: ChatModel
    base_url: str
    """Shown to the learner with what is sent. Never holds a key."""
    info: ModelInfo
    fallbacks: tuple[str, ...] = ()
    """Ids of models that may answer when the first cannot."""
