"""The verbs ``retrieval_state`` and ``embed``: how far the vectors are, and bringing them on.

Nobody waits for a model who did not ask to: words and graph answer in every phase. Vectors are
computed when the learner first asks (``wake``), not when a tree is indexed.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

from nanochat_learn.adapters import hub
from nanochat_learn.adapters.choosing import (
    QWEN,
    QWEN_BYTES,
    in_hub_cache,
)
from nanochat_learn.adapters.passage_store import PassageStore
from nanochat_learn.errors import Busy, LearnError, NotFound, Stopped
from nanochat_learn.places import Workspace
from nanochat_learn.ports import Embedder, Store
from nanochat_learn.schema.search import RetrievalState
from nanochat_learn.schema.wire import Failure
from nanochat_learn.workspace import following, stores
from nanochat_learn.workspace.embedders import FAKE, Model, chosen, forget, loaded

LOOK_EVERY: Final = 0.2
"""Seconds between two looks of somebody who watches a run that is under way."""

Phase = Literal["waiting", "loading", "embedding"]
OnState = Callable[[RetrievalState], None]
_log = logging.getLogger("nanochat_learn")


@dataclass(slots=True)
class _Job:
    """The embedding of one workspace: at most one run at a time, watched by whoever likes."""

    turn: threading.Lock = field(default_factory=threading.Lock)
    stop: threading.Event = field(default_factory=threading.Event)
    phase: Phase = "waiting"
    done: int = 0
    total: int = 0
    failure: Failure | None = None
    unwanted: bool = False
    """The learner stopped it: it goes on only when they say so."""
    download: tuple[int, int] | None = None


_turn = threading.RLock()
_jobs: dict[Path, _Job] = {}


def retrieval_state(workspace: Workspace) -> RetrievalState:
    """Never loads a model. May start the worker to read how many vectors there are."""
    model, job = chosen(), _job(workspace)
    said: dict[str, Any] = {
        "embedder": model.info,
        "qwen": "downloading" if job.download else "here" if in_hub_cache(QWEN) else "absent",
        "qwen_bytes": job.download[1] if job.download else QWEN_BYTES,
        "failure": job.failure or _failure(model),
    }
    try:
        store = _store(workspace, model)
    except NotFound:
        return RetrievalState(phase="unindexed", embedded=0, total=0, **said)
    total = len(store.passages())
    if job.turn.locked():
        if job.download:
            here, size = job.download
            return RetrievalState(phase="loading", embedded=here, total=size, **said)
        rest = _estimate(model, store, job.done) if job.phase == "embedding" else None
        done = job.done if job.phase == "embedding" else 0
        return RetrievalState(
            phase=job.phase, embedded=done, total=total, estimate_seconds=rest, **said
        )
    if model.timed is None:
        phase = "failed" if said["failure"] else "ready"
        return RetrievalState(phase=phase, embedded=0, total=total, **said)
    try:
        missing = store.missing(model.info.model_id)
    except LearnError as error:  # no process can be started: words and graph answer all the same
        said["failure"] = _failure_of(error)
        return RetrievalState(phase="failed", embedded=0, total=total, **said)
    return RetrievalState(
        phase="failed" if job.failure else "waiting" if missing else "ready",
        embedded=total - missing,
        total=total,
        estimate_seconds=_estimate(model, store, total - missing) if missing else None,
        **said,
    )


def embed(
    workspace: Workspace,
    *,
    download: bool = False,
    on_progress: OnState | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> RetrievalState:
    """Bring the vectors up to date; waits until they are. ``download`` is the learner's consent
    to fetch Qwen3-Embedding first.

    A run that is under way is watched instead. Raises ``Stopped`` (what was done is kept),
    ``NotFound`` before the first index run, ``Busy`` while another process embeds, ``Offline``.
    """
    job = _job(workspace)
    if not job.turn.acquire(blocking=False):
        return _watch(workspace, job, on_progress, should_stop)
    try:
        job.stop.clear()
        job.failure, job.unwanted = None, False
        _run(workspace, job, download, on_progress, should_stop)
    except Stopped:
        job.unwanted = True
        raise
    except Busy:  # another server embeds the same folder: its vectors are ours too
        raise
    except LearnError as error:
        job.failure = _failure_of(error)
        raise
    finally:
        job.phase, job.download = "waiting", None
        job.turn.release()
    return retrieval_state(workspace)


def wake(workspace: Workspace) -> None:
    """Load the model and embed what is missing, in the background. Returns at once.

    Does nothing while it is done already, after a failure, or when the learner stopped it.
    """
    job = _job(workspace)
    if job.turn.locked() or job.failure or job.unwanted or chosen().timed is None:
        return
    threading.Thread(target=_quietly, args=(workspace,), daemon=True, name="embed").start()


def store(workspace: Workspace) -> Store:
    """The workspace's store, up to date with its graph; vectors as far as they are."""
    return _store(workspace, chosen())


def embedder(workspace: Workspace) -> Embedder | None:
    """The model for a question, or None as long as words must do: it is then woken. Never waits.

    Also None while most vectors are missing: a ranking by the few that are there would mislead.
    """
    model, job = chosen(), _job(workspace)
    if model.timed is None:
        return None
    if model.warm:
        kept = _store(workspace, model)
        total = len(kept.passages())
        try:
            missing = kept.missing(model.info.model_id)
        except LearnError as error:
            _log.warning("nanochat-learn: words must do: %s", error)
            return None
        if missing:
            wake(workspace)
        return model.timed if 2 * missing <= total and total else None
    if not job.turn.locked():
        wake(workspace)
    return None


# --- inside


def _run(
    workspace: Workspace,
    job: _Job,
    download: bool,
    on_progress: OnState | None,
    should_stop: Callable[[], bool] | None,
) -> None:
    def tell() -> None:
        if on_progress is not None:
            on_progress(retrieval_state(workspace))

    def stop() -> bool:
        return job.stop.is_set() or (should_stop is not None and should_stop())

    job.phase, job.done = "loading", 0
    _store(workspace, chosen())  # raises before anything long where there is no graph
    if download and in_hub_cache(QWEN) is None:

        def came(here: int, size: int) -> None:
            job.download = here, size
            tell()

        job.download = 0, QWEN_BYTES
        tell()
        hub.download(QWEN, came, stop)
        job.download = None
        forget()
    tell()
    model = loaded(stop)
    if model.timed is None:
        return
    job.phase = "embedding"
    kept = _store(workspace, model)

    def step(done: int, total: int, _: str) -> None:
        job.done, job.total = done, total
        tell()

    job.done = len(kept.passages()) - kept.missing(model.info.model_id)
    kept.embed(model.timed, tokens=True, on_progress=step, should_stop=stop)


def _watch(
    workspace: Workspace,
    job: _Job,
    on_progress: OnState | None,
    should_stop: Callable[[], bool] | None,
) -> RetrievalState:
    while not job.turn.acquire(timeout=LOOK_EVERY):
        if should_stop is not None and should_stop():
            job.stop.set()
            raise Stopped("Stopped. What was done so far is kept.", "Go on whenever you like.")
        if on_progress is not None:
            on_progress(retrieval_state(workspace))
    job.turn.release()
    if job.failure is not None:
        raise LearnError(job.failure.sentence, job.failure.hint)
    return retrieval_state(workspace)


def _quietly(workspace: Workspace) -> None:
    try:
        embed(workspace)
    except LearnError as error:
        _log.info("nanochat-learn: vectors of %s: %s", workspace.name, error)
    except Exception:
        _log.exception("nanochat-learn: embedding %s failed", workspace.name)


def _follow(workspace: Workspace) -> None:
    """After an edit: where questions are asked, passages and vectors follow at once."""
    if not stores.is_open(workspace):
        return

    def work() -> None:
        try:
            store(workspace)
        except LearnError as error:
            _log.info("nanochat-learn: passages of %s: %s", workspace.name, error)
        if chosen().warm:
            wake(workspace)

    threading.Thread(target=work, daemon=True, name="follow").start()


following.listen(_follow)


def _job(workspace: Workspace) -> _Job:
    with _turn:
        return _jobs.setdefault(workspace.cache, _Job())


def _store(workspace: Workspace, model: Model) -> PassageStore:
    return stores.store(workspace, fake=model.setting == FAKE)


def _failure_of(error: LearnError) -> Failure:
    return Failure(code=error.code, sentence=error.sentence, hint=error.hint)


def _failure(model: Model) -> Failure | None:
    if not model.problem:
        return None
    hint = f"{model.info.label} serves instead."
    return Failure(code="cannot_read", sentence=model.problem, hint=hint)


def _estimate(model: Model, store: Store, done: int) -> float | None:
    """Seconds for what is left: the longest texts, for the shortest are embedded first."""
    if model.timed is None or model.timed.pace is None:
        return None
    efforts = sorted(model.timed.effort(one.text) for one in store.passages())
    return round(model.timed.pace * sum(efforts[done:]), 1)
