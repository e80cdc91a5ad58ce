"""Run code that a model wrote, behind walls: little time, little memory, no way to the outside.

What it is not: a security boundary. The walls keep honest mistakes from doing harm (a loop without
end, a list without end, a flood of output, a process left behind). They do not keep out somebody
who means it: the code runs as the same user on the same kernel, can read every file that you can
read, and write where you can write. For hostile code use a virtual machine.

How: a fresh Python in its own session, started without your environment, in an empty folder that
is removed afterwards. Before the code begins, ``guard.py`` sets the limits from inside. What a
system cannot do is left out, and the result says which walls stood: Linux has all of them (for
root all but the number of processes), macOS most, Windows only time and output.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

GUARD = Path(__file__).with_name("guard.py")
WALLS = ("time", "output", "memory", "cpu", "processes", "file size", "open files", "network")
OPEN_FILES = 64


# @learn:inference.sandboxing
@dataclass(frozen=True)
class ExecutionResult:
    """What came of it. ``success``: the code ran to its end, and no wall stopped it."""

    success: bool
    stdout: str
    stderr: str
    error: str | None  # in a sentence, why there was no success
    stopped_by: str | None  # the wall that was hit, one of `WALLS`
    walls: tuple[str, ...]  # those that stood on this system


# @learn:inference.sandboxing
def execute_code(
    code: str,
    timeout: float = 5.0,
    memory_bytes: int = 256 * 1024 * 1024,
    output_bytes: int = 64 * 1024,
    file_bytes: int = 16 * 1024 * 1024,
    processes: int = 16,
    cpu_seconds: int | None = None,
) -> ExecutionResult:
    """Run Python ``code`` for at most ``timeout`` seconds and say what came of it.

    ``memory_bytes`` is the address space of each process, ``output_bytes`` what is kept of both
    outputs together (more ends the program), ``file_bytes`` the size of one file, ``cpu_seconds``
    the computing of one process (None: as much as ``timeout``). Nothing is inherited: no
    variables, no input, no open files. Not a security boundary: see the head of this file.
    Raises ``ValueError`` for limits that are not positive.
    """
    cpu_seconds = math.ceil(timeout) if cpu_seconds is None and timeout < math.inf else cpu_seconds
    for name, limit in (
        ("timeout", timeout),
        ("memory_bytes", memory_bytes),
        ("output_bytes", output_bytes),
        ("file_bytes", file_bytes),
        ("processes", processes),
        ("cpu_seconds", cpu_seconds),
    ):
        if limit is None or not 0 < limit < math.inf:
            raise ValueError(f"{name} is {limit}; give a number above 0.")
    limits = {
        "memory": int(memory_bytes),
        "cpu": math.ceil(cpu_seconds),
        "file": int(file_bytes),
        "files": OPEN_FILES,
        "processes": int(processes),
    }
    folder = tempfile.mkdtemp(prefix="nanochat-")
    try:
        return _run(code, timeout, int(output_bytes), limits, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


# @learn:inference.sandboxing
def _run(
    code: str, timeout: float, output_bytes: int, limits: dict[str, int], folder: str
) -> ExecutionResult:
    told_here, told_there = os.pipe()
    windows = os.name == "nt"
    # Windows hands no open files on, so there the guard cannot report.
    limits = {**limits, "tell": None if windows else told_there}
    process = subprocess.Popen(
        [sys.executable, "-I", "-X", "utf8", "-c", GUARD.read_text("utf-8"), json.dumps(limits)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env=_environment(folder),
        start_new_session=True,
        pass_fds=() if windows else (told_there,),
    )
    os.close(told_there)
    outputs = _Outputs(output_bytes)
    readers = [
        threading.Thread(target=outputs.read, args=(name, stream), daemon=True)
        for name, stream in (("stdout", process.stdout), ("stderr", process.stderr))
    ]
    for reader in readers:
        reader.start()
    with contextlib.suppress(OSError), process.stdin:
        process.stdin.write(code.encode("utf-8", "surrogatepass"))
    stopped_by = _wait(process, outputs, time.monotonic() + timeout)
    _end(process)
    for reader in readers:
        reader.join(timeout=1.0)
    told = _told(told_here)
    walls = ("time", "output", *told.get("walls", ()))
    if stopped_by is None and process.returncode:
        stopped_by = told.get("stopped_by")
    error = _sentence(stopped_by, process.returncode, told.get("error"), timeout, limits)
    return ExecutionResult(
        success=error is None,
        stdout=outputs.text("stdout"),
        stderr=outputs.text("stderr"),
        error=error,
        stopped_by=stopped_by,
        walls=tuple(wall for wall in WALLS if wall in walls),
    )


def _environment(folder: str) -> dict[str, str]:
    """What the program finds in place of yours: enough to start, and its own folder as home."""
    needed = {"PATH": os.defpath, "HOME": folder, "TMPDIR": folder, "OMP_NUM_THREADS": "1"}
    if os.name == "nt":
        needed |= {"SYSTEMROOT": os.environ.get("SYSTEMROOT", ""), "TEMP": folder, "TMP": folder}
    return needed


class _Outputs:
    """Reads both outputs as they come, and keeps the first ``most`` bytes of them together."""

    def __init__(self, most: int) -> None:
        self.left = most
        self.too_much = False
        self.kept = {"stdout": bytearray(), "stderr": bytearray()}
        self.lock = threading.Lock()

    def read(self, name: str, stream) -> None:
        with contextlib.suppress(OSError, ValueError):
            while block := os.read(stream.fileno(), 65536):
                with self.lock:
                    self.kept[name] += block[: self.left]
                    self.too_much = self.too_much or len(block) > self.left
                    self.left -= min(len(block), self.left)

    def text(self, name: str) -> str:
        with self.lock:
            return self.kept[name].decode("utf-8", "replace")


def _wait(process: subprocess.Popen, outputs: _Outputs, deadline: float) -> str | None:
    """Until the program ends or hits a wall that stands on this side; which one, or None."""
    while True:
        try:
            process.wait(timeout=max(0.0, min(0.02, deadline - time.monotonic())))
            return "output" if outputs.too_much else None
        except subprocess.TimeoutExpired:
            if outputs.too_much:
                return "output"
            if time.monotonic() >= deadline:
                return "time"


def _end(process: subprocess.Popen) -> None:
    """End the program and everything that it started."""
    if os.name == "nt":
        process.kill()
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _told(pipe: int) -> dict:
    """What the guard has reported: which walls stand, and what went wrong."""
    told: dict = {}
    os.set_blocking(pipe, False)
    with os.fdopen(pipe, "rb") as file:
        for line in (file.read(65536) or b"").splitlines():
            with contextlib.suppress(ValueError):
                told |= json.loads(line)
    return told


def _sentence(
    stopped_by: str | None,
    returncode: int,
    said: str | None,
    timeout: float,
    limits: dict[str, int],
) -> str | None:
    if stopped_by is None:
        return (said or f"It ended with exit code {returncode}.") if returncode else None
    return {
        "time": f"It was ended after {timeout:g} seconds. Look for a loop without end.",
        "output": "It was ended because it printed too much. Print less.",
        "memory": f"It wanted more than {limits['memory'] / 2**20:.0f} MiB of memory.",
        "cpu": f"It was ended after {limits['cpu']} seconds of computing.",
        "processes": f"It started more than {limits['processes']} processes or threads.",
        "file size": f"It wrote a file of more than {limits['file'] / 2**20:.0f} MiB.",
        "open files": f"It opened more than {limits['files']} files at once.",
        "network": "It reached for the network, which is closed here.",
    }[stopped_by]
