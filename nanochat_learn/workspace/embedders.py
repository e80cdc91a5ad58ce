"""The embedding model of this server: chosen once, loaded when somebody asks, shared by all
workspaces. Which models there are to choose from, ``adapters/choosing.py`` knows.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from nanochat_learn.adapters.choosing import PACKAGED_ONLY, WORDS, choose
from nanochat_learn.adapters.embed_process import ProcessEmbedder
from nanochat_learn.adapters.fake_embedder import FakeEmbedder
from nanochat_learn.errors import CannotRead, Stopped
from nanochat_learn.ports import Embedded, Embedder
from nanochat_learn.schema.search import EmbedderInfo
from nanochat_learn.settings import read_settings
from nanochat_learn.workspace import stores

FAKE: Final = "fake"
"""``NANOCHAT_LEARN_EMBEDDER=fake``: for tests of what stands above."""


class Timed:
    """An ``Embedder`` that measures how fast it is on this machine."""

    def __init__(self, embedder: Embedder) -> None:
        self.embedder = embedder
        self.pace: float | None = None
        """Seconds for one unit of ``effort``; None before the first texts."""
        self._seconds = 0.0
        self._effort = 0

    @property
    def info(self) -> EmbedderInfo:
        return self.embedder.info

    def texts(self, texts: Sequence[str], *, tokens: bool = False) -> Embedded:
        begun = time.perf_counter()
        made = self.embedder.texts(texts, tokens=tokens)
        self._seconds += time.perf_counter() - begun
        self._effort += sum(map(self.effort, texts))
        self.pace = self._seconds / max(self._effort, 1)
        return made

    def effort(self, text: str) -> int:
        """About in proportion to the time for ``text``: some for each, and for each character
        that the model reads. The packaged one reads 256 word pieces."""
        reads = 1_000 if self.info.kind == "packaged" else 4_000
        return 50 + min(len(text), reads)

    def question(self, question: str, *, tokens: bool = False) -> Embedded:
        return self.embedder.question(question, tokens=tokens)

    def close(self) -> None:
        self.embedder.close()


@dataclass(slots=True)
class Model:
    """The chosen embedder, shared by all workspaces of this server. None: words only."""

    setting: str
    timed: Timed | None
    problem: str = ""
    loaded: bool = False

    @property
    def info(self) -> EmbedderInfo:
        return self.timed.info if self.timed else WORDS

    @property
    def warm(self) -> bool:
        """Loaded, and its process is still there: a question costs milliseconds."""
        fake = self.timed is not None and isinstance(self.timed.embedder, FakeEmbedder)
        return self.loaded and (fake or stores.WORKER.pid is not None)


_turn = threading.RLock()
_model: Model | None = None


def chosen() -> Model:
    """By the settings as they are now."""
    global _model
    setting = read_settings().embedder
    with _turn:
        if _model is None or _model.setting != setting:
            _model = _choose(setting)
        return _model


def forget() -> None:
    """Choose anew when next asked: a model has come."""
    global _model
    with _turn:
        _model = None


def _choose(setting: str) -> Model:
    if setting == FAKE:
        return Model(setting, Timed(FakeEmbedder()))
    spec, problem = choose(setting)
    if spec is None:
        return Model(setting, None, problem)
    return Model(setting, Timed(ProcessEmbedder(stores.WORKER, spec)), problem)


def loaded(stop: Callable[[], bool]) -> Model:
    """The chosen model, ready; one whose files are not what they should be is passed over:
    for the packaged one, and that for words only."""
    global _model
    while True:
        model = chosen()
        if stop():
            raise Stopped("Stopped.", "Go on whenever you like.")
        if model.warm or model.timed is None:
            return model
        try:
            model.timed.question("hello")
        except CannotRead as error:
            instead = Model(model.setting, None)
            if model.info.kind != "packaged":
                instead = _choose(PACKAGED_ONLY)
            instead.setting, instead.problem = model.setting, error.sentence
            with _turn:
                _model = instead
            continue
        model.loaded = True
        return model
