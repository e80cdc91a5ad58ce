"""The child process: what it does, and what becomes of it when somebody kills it."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from worker_specs import Broken, Echo

from nanochat_learn.adapters.worker import Worker
from nanochat_learn.errors import CannotRead, LearnError

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals")


@pytest.fixture
def worker():
    made = Worker()
    yield made
    made.kill()
    made.close()


def test_calls_travel_and_what_is_open_stays_open(worker: Worker):
    assert worker.pid is None, "nothing is started before it is needed"
    assert worker.call(Echo(), "echo", {"a": [1, 2]}, twice=True) == [{"a": [1, 2]}] * 2
    assert worker.call(Echo(), "echo", b"x" * 3_000_000) == b"x" * 3_000_000
    assert worker.call(Echo(), "count") == 2
    assert worker.call(Echo("other"), "count") == 0, "another model takes its place"
    pid, nice, heavy = worker.call(Echo(), "who")
    assert pid == worker.pid != os.getpid()
    assert nice >= 10
    assert heavy == []


def test_what_libraries_print_does_not_come_between(worker: Worker):
    assert worker.call(Echo(), "noise") == "heard"
    assert worker.call(Echo(), "echo", 1) == 1


def test_errors_come_back_as_sentences(worker: Worker, caplog):
    with pytest.raises(CannotRead, match="No such model") as caught:
        worker.call(Echo(), "refuse")
    assert caught.value.hint == "Take another."
    with pytest.raises(CannotRead, match="have changed"):
        worker.call(Broken(), "echo", 1)
    with caplog.at_level(logging.WARNING), pytest.raises(LearnError) as broken:
        worker.call(Echo(), "break_down")
    assert "secret" not in str(broken.value)
    assert "secret detail" in caplog.text
    assert worker.call(Echo(), "echo", 1) == 1


def test_a_killed_child_is_started_once_more(worker: Worker):
    first = worker.call(Echo(), "who")[0]
    os.kill(first, signal.SIGKILL)
    second = worker.call(Echo(), "who")[0]
    assert second != first
    with pytest.raises(LearnError, match="ended from outside") as caught:
        worker.call(Echo(), "die")
    assert caught.value.hint
    assert worker.call(Echo(), "echo", 1) == 1, "and later calls work again"


def test_stop_ends_a_call_under_way(worker: Worker):
    worker.call(Echo(), "echo", 1)
    threading.Timer(0.3, worker.kill).start()
    begun = time.monotonic()
    with pytest.raises(LearnError):
        worker.call(Echo(), "sleep", 60)
    assert time.monotonic() - begun < 20
    assert worker.call(Echo(), "echo", 2) == 2


def test_an_idle_child_is_stopped():
    worker = Worker(idle=0.1)
    worker.call(Echo(), "echo", 1)
    process = worker._process
    assert process is not None
    process.wait(timeout=20)
    assert worker.pid is None
    assert worker.call(Echo(), "echo", 1) == 1
    worker.close()


def test_a_question_is_not_overtaken_by_a_long_run(worker: Worker):
    """Somebody calls again and again; whoever comes between waits for one call, not for all."""
    over = threading.Event()

    def long_run() -> None:
        while not over.is_set():
            worker.call(Echo(), "sleep", 0.05)

    threads = [threading.Thread(target=long_run) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(5):
            worker.call(Echo(), "echo", 1)
        served = worker._turns._now
    finally:
        over.set()
        for thread in threads:
            thread.join()
    assert served < 5 * 4 + 4


ORPHAN = """
import sys
from worker_specs import Echo
from nanochat_learn.adapters.worker import Worker
worker = Worker()
print(worker.call(Echo(), "who")[0], flush=True)
sys.stdin.read()
"""


def test_it_does_not_outlive_its_parent():
    parent = subprocess.Popen(
        [sys.executable, "-c", ORPHAN],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    for _ in range(400):
        status = Path(f"/proc/{child}/stat")
        if not status.exists() or status.read_text().split()[2] == "Z":
            break
        time.sleep(0.05)
    else:
        pytest.fail("the child still lives")


def test_a_file_named_like_a_library_is_not_imported(worker: Worker, tmp_path: Path, monkeypatch):
    """Jupyter is started in the learner's folder, and that may hold any file."""
    (tmp_path / "pickle.py").write_text("raise SystemExit('taken')")
    monkeypatch.chdir(tmp_path)
    assert worker.call(Echo(), "echo", 1) == 1
