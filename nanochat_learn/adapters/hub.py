"""Fetches one model from the Hugging Face hub, with the learner's consent, in a process of its own:
so that a stop really stops, and what has come so far is there when it goes on.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from nanochat_learn.adapters.choosing import hub_cache
from nanochat_learn.adapters.worker import Worker
from nanochat_learn.errors import CannotWrite, LearnError, Offline, Stopped

FILES: Final = ["*.json", "*.safetensors", "*.txt", "*.model"]
"""No code, no weights in forms that can run any."""
LOOK_EVERY: Final = 0.5
"""Seconds between two looks at how much has come."""


@dataclass(frozen=True, slots=True)
class HubSpec:
    """Opened in the worker."""

    model: str

    def open(self) -> _Fetch:
        return _Fetch(self.model)


class _Fetch:
    def __init__(self, model: str) -> None:
        self._model = model

    def size(self) -> int:
        """Bytes of the files that will be fetched."""
        import fnmatch

        from huggingface_hub import HfApi

        info = _told(lambda: HfApi().model_info(self._model, files_metadata=True))
        return sum(
            one.size or 0
            for one in info.siblings or ()
            if any(fnmatch.fnmatch(one.rfilename, pattern) for pattern in FILES)
        )

    def fetch(self) -> str:
        from huggingface_hub import snapshot_download

        return str(_told(lambda: snapshot_download(self._model, allow_patterns=FILES)))


def download(
    model: str,
    on_progress: Callable[[int, int], None],
    should_stop: Callable[[], bool],
    worker: Worker | None = None,
) -> Path:
    """Fetch ``model`` into the hub cache. ``on_progress`` gets bytes so far and in all.

    Raises ``Stopped``, ``Offline`` or ``CannotWrite``. What came stays, and is not fetched twice.
    """
    worker = worker or Worker()
    try:
        total: int = worker.call(HubSpec(model), "size")
        ended: list[Path | BaseException] = []

        def fetch() -> None:
            try:
                ended.append(Path(worker.call(HubSpec(model), "fetch")))
            except BaseException as error:  # carried over to the thread that waits
                ended.append(error)

        work = threading.Thread(target=fetch, daemon=True)
        work.start()
        stopped = False
        while work.is_alive():
            work.join(LOOK_EVERY)
            if not stopped and should_stop():
                stopped = True
                worker.kill()
            on_progress(min(_bytes_here(model), total), total)
        if stopped:
            raise Stopped("Stopped. What has come so far is kept.", "Go on whenever you like.")
        (result,) = ended
        if isinstance(result, BaseException):
            raise result
        return result
    finally:
        worker.close()


def _bytes_here(model: str) -> int:
    blobs = hub_cache() / f"models--{model.replace('/', '--')}" / "blobs"
    total = 0
    for file in blobs.glob("*"):
        try:
            total += file.stat().st_size
        except OSError:
            continue  # renamed under our hands: it is whole now, and counted next time
    return total


def _told(work: Callable[[], Any]) -> Any:
    try:
        return work()
    except LearnError:
        raise
    except OSError as error:
        # requests' and httpx's errors are OSErrors too, without a number
        if error.errno is not None and "huggingface" not in type(error).__module__:
            raise CannotWrite(
                f"The model cannot be kept: {error.strerror or error}.",
                "Make room on the disk, then try again: what came is not fetched twice.",
            ) from error
        raise _offline(error) from error
    except Exception as error:
        raise _offline(error) from error


def _offline(error: Exception) -> Offline:
    return Offline(
        f"The model could not be fetched: {type(error).__name__}.",
        "Check the connection, then try again: what came is not fetched twice. "
        "The packaged model serves meanwhile.",
    )
