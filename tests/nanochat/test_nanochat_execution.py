"""Bad programs, each against its wall: it is stopped, the result says by what, nothing is left."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest

from nanochat import execution
from nanochat.execution import WALLS, ExecutionResult, execute_code

LINUX = sys.platform.startswith("linux")


def standing(wall: str) -> None:
    """Skip where this system cannot build the wall."""
    if wall not in execute_code("pass", timeout=30).walls:
        pytest.skip(f"no wall against {wall} on this system")


def stopped(result: ExecutionResult, wall: str) -> bool:
    assert not result.success
    assert result.error
    return result.stopped_by == wall


def test_a_good_program() -> None:
    result = execute_code("import math\nprint('π is', round(math.pi, 2))", timeout=30)
    assert result.success, result
    assert (result.stdout, result.stderr) == ("π is 3.14\n", "")
    assert (result.error, result.stopped_by) == (None, None)
    assert {"time", "output"} <= set(result.walls) <= set(WALLS)


def test_functions_classes_and_imports_see_each_other() -> None:
    code = (
        "import json\nfrom dataclasses import dataclass\n@dataclass\nclass A:\n    n: int\n"
        "def f(n): return A(n) if n == 0 else f(n - 1)\n"
        "if __name__ == '__main__': print(json.dumps(f(3).n))"
    )
    assert execute_code(code, timeout=30).stdout == "0\n"


@pytest.mark.parametrize(
    ("code", "error", "seen"),
    [
        ("1/0", "ZeroDivisionError: division by zero", 'File "<code>", line 1'),
        ("def f(:", "SyntaxError", "def f(:"),
        ("raise SystemExit(3)", "exit code 3", ""),
        ("input()", "EOFError", "EOFError"),
        ("print('half: \ud800')", "UnicodeEncodeError", ""),
    ],
)
def test_errors_of_the_program_itself(code: str, error: str, seen: str) -> None:
    result = execute_code(code, timeout=30)
    assert not result.success
    assert error in (result.error or "")
    assert seen in result.stderr
    assert "guard" not in result.stderr and "exec(compile" not in result.stderr
    assert result.stopped_by is None


def test_a_loop_without_end() -> None:
    began = time.monotonic()
    result = execute_code("print('on', flush=True)\nwhile True: pass", timeout=1.5)
    assert stopped(result, "time")
    assert time.monotonic() - began < 10
    assert result.stdout in ("on\n", "")  # what was said before is kept
    assert "after 1.5 seconds" in (result.error or "")


def test_sleeping_is_no_way_around_the_time() -> None:
    code = "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(600)"
    assert stopped(execute_code(code, timeout=1), "time")


def test_computing_too_long() -> None:
    standing("cpu")
    assert stopped(execute_code("while True: pass", timeout=60, cpu_seconds=1), "cpu")


def test_a_gigabyte_of_memory() -> None:
    standing("memory")
    result = execute_code("print(len(bytearray(1 << 30)))", timeout=30)
    assert stopped(result, "memory")
    assert result.stdout == ""
    assert "256 MiB" in (result.error or "")
    assert stopped(execute_code("a = []\nwhile True: a.append(b'x' * 10**6)", timeout=30), "memory")
    assert execute_code("len(bytearray(1 << 27))", timeout=30).success


def test_a_flood_of_output() -> None:
    for stream in ("stdout", "stderr"):
        code = f"import sys\nfor _ in range(60): sys.{stream}.write('x' * 10**6)"
        result = execute_code(code, timeout=30)
        assert stopped(result, "output")
        assert len(result.stdout) + len(result.stderr) == 64 * 1024
    assert execute_code("print('x' * 1000)", timeout=30, output_bytes=1001).success
    assert stopped(execute_code("print('x' * 1000)", timeout=30, output_bytes=1000), "output")


def test_a_file_of_a_gigabyte() -> None:
    standing("file size")
    code = "with open('big', 'wb') as f:\n for _ in range(1024): f.write(bytes(1 << 20))"
    assert stopped(execute_code(code, timeout=30), "file size")
    assert execute_code("open('small', 'wb').write(bytes(1 << 20))", timeout=30).success


def test_too_many_open_files() -> None:
    standing("open files")
    code = "import os\nkeep = [open(os.devnull) for _ in range(1000)]"
    assert stopped(execute_code(code, timeout=30), "open files")


# Bounded by itself too: should every wall fail, sixty processes end after twenty seconds.
FORKS = """
import os, time
for n in range(60):
    if os.fork() == 0:
        time.sleep(20)
        os._exit(0)
    print(os.getpid(), flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="no fork here")
def test_a_fork_bomb() -> None:
    result = execute_code(FORKS, timeout=10, cpu_seconds=977)  # a mark to find them by
    if "processes" in result.walls:
        assert stopped(result, "processes")
        assert result.stdout.count("\n") < 30
    if LINUX:
        assert not left_behind('"cpu": 977')


CHILD = """
import subprocess, sys
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(30.0625)"]{more})
print("left", flush=True)
"""


def left_behind(mark: str) -> list[str]:
    """Command lines that are still running (not merely waiting to be counted out)."""
    time.sleep(0.2)
    listed = subprocess.run(["ps", "-eo", "stat,args"], capture_output=True, text=True, check=True)
    return [
        line for line in listed.stdout.splitlines() if mark in line and not line.startswith("Z")
    ]


@pytest.mark.skipif(os.name != "posix", reason="sessions are of POSIX")
def test_a_child_does_not_outlive_the_program() -> None:
    result = execute_code(CHILD.format(more=""), timeout=30)
    assert result.success and result.stdout == "left\n"
    assert not left_behind("sleep(30.0625)")
    began = time.monotonic()
    hanging = execute_code(CHILD.format(more="") + "import time; time.sleep(60)", timeout=2)
    assert stopped(hanging, "time") and time.monotonic() - began < 15
    assert not left_behind("sleep(30.0625)")


def test_not_even_a_child_that_leaves_the_session() -> None:
    standing("network")  # comes together with a world of processes of its own
    for code in (CHILD, CHILD + "\nimport time; time.sleep(60)"):
        execute_code(code.format(more=", start_new_session=True"), timeout=2)
        assert not left_behind("sleep(30.0625)")


def test_the_network_is_closed_even_to_this_machine() -> None:
    standing("network")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        code = f"import socket\nsocket.create_connection(('127.0.0.1', {port}), 2)"
        assert stopped(execute_code(code, timeout=30), "network")


def test_nothing_is_inherited(monkeypatch) -> None:
    monkeypatch.setenv("NANOCHAT_SECRET", "17")
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    code = "import os, sys\nprint(sorted(os.environ)); print(sys.path)"
    result = execute_code(code, timeout=30)
    assert result.success
    assert "NANOCHAT_SECRET" not in result.stdout and "/nowhere" not in result.stdout
    with tempfile.TemporaryFile() as file:
        os.set_inheritable(file.fileno(), True)
        seen = execute_code(f"import os\nos.fstat({file.fileno()})", timeout=30)
    assert "Bad file descriptor" in (seen.error or "")


def test_the_folder_is_its_own_and_is_removed() -> None:
    result = execute_code(
        "import os\nopen('x', 'w').write('1')\nos.mkdir('d')\nprint(os.getcwd(), os.listdir())",
        timeout=30,
    )
    folder = result.stdout.split(" [")[0]
    assert "'x'" in result.stdout
    assert Path(folder) != Path.cwd()
    assert not Path(folder).exists()


def test_no_open_ends_are_left_here() -> None:
    execute_code("pass", timeout=30)
    if LINUX:
        before = len(list(Path("/proc/self/fd").iterdir()))
        for _ in range(3):
            execute_code("print(1)", timeout=30)
        assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_works_in_a_thread() -> None:
    got: list[str] = []
    thread = threading.Thread(target=lambda: got.append(execute_code("print(2)", 30).stdout))
    thread.start()
    thread.join()
    assert got == ["2\n"]


@pytest.mark.parametrize(
    "limits", [{"timeout": 0}, {"timeout": float("inf")}, {"memory_bytes": -1}, {"cpu_seconds": 0}]
)
def test_odd_limits_are_refused(limits: dict) -> None:
    name = next(iter(limits))
    with pytest.raises(ValueError, match=f"{name} is"):
        execute_code("pass", **limits)


def test_the_head_says_what_it_is_not() -> None:
    assert "not: a security boundary" in (execution.__doc__ or "")
    assert "Not a security boundary" in (execute_code.__doc__ or "")
