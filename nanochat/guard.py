"""Builds the walls around code from inside, then runs it. ``execution.py`` starts this file as text
(``python -I -c``) in a fresh Python; nobody imports it.

There are two processes: the keeper, and the program it waits for. If Linux allows it, the program
is number 1 in a world of processes of its own, without a network: when it ends, everything it has
started ends too. Elsewhere a process that leaves its session outlives it.

The limits come as JSON, the code through the standard input. What happened goes back through the
pipe ``limits["tell"]``, a line of JSON each.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import signal
import sys
import traceback

LINUX = sys.platform.startswith("linux")

# Numbers of the Linux kernel: worlds of one's own for users, processes and the network; and two
# wishes of a process: never to gain rights, and to end when its parent ends.
NEW_USERS, NEW_PROCESSES, NEW_NETWORK = 0x10000000, 0x20000000, 0x40000000
NO_NEW_RIGHTS, END_WITH_PARENT = 38, 1

OUT_OF = {
    errno.ENOMEM: "memory",
    errno.EFBIG: "file size",
    errno.EMFILE: "open files",
    errno.ENFILE: "open files",
    errno.EAGAIN: "processes",
}
NO_WAY = (errno.ENETDOWN, errno.ENETUNREACH, errno.EADDRNOTAVAIL)


def tell(limits: dict, **what: object) -> None:
    """Report to the process that started this one."""
    if limits["tell"] is not None:
        os.write(limits["tell"], json.dumps(what).encode() + b"\n")


# @learn:inference.sandboxing
def own_world() -> bool:
    """Leave the world of the other processes and of the network, if Linux allows it."""
    import ctypes

    user, group = os.getuid(), os.getgid()
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(NO_NEW_RIGHTS, 1, 0, 0, 0)
    if libc.unshare(NEW_USERS | NEW_PROCESSES | NEW_NETWORK) != 0:
        return False
    names = {"setgroups": "deny", "uid_map": f"{user} {user} 1", "gid_map": f"{group} {group} 1"}
    for name, line in names.items():  # the same names inside as outside
        with contextlib.suppress(OSError), open(f"/proc/self/{name}", "w") as file:  # noqa: PTH123
            file.write(line)
    return True


# @learn:inference.sandboxing
def build_walls(limits: dict, root: bool, alone: bool) -> list[str]:
    """Set every limit that this system keeps; their names."""
    import resource

    most = {
        "cpu": ("RLIMIT_CPU", limits["cpu"]),
        "file size": ("RLIMIT_FSIZE", limits["file"]),
        "open files": ("RLIMIT_NOFILE", limits["files"]),
    }
    if LINUX:  # macOS accepts a limit on memory, and does not keep it
        most["memory"] = ("RLIMIT_AS", limits["memory"])
        if not root:  # the processes of root are not limited by Linux
            others = 0 if alone else tasks_of_user()
            most["processes"] = ("RLIMIT_NPROC", limits["processes"] + others)
    walls = ["network"] if alone else []
    for name, (which, limit) in most.items():
        with contextlib.suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, which), (limit, limit))
            walls.append(name)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a file too large is an error, not the end
    return walls


def tasks_of_user() -> int:
    """How many processes and threads this user has, since Linux counts them all together."""
    count = 0
    for entry in os.scandir("/proc"):
        with contextlib.suppress(OSError):
            if entry.name.isdigit() and entry.stat().st_uid == os.getuid():
                count += len(os.listdir(f"/proc/{entry.name}/task"))  # noqa: PTH208
    return count


def wall_behind(error: BaseException, walls: list[str]) -> str | None:
    """Which wall an error comes from, if any."""
    number = getattr(error, "errno", None)
    if isinstance(error, MemoryError):
        wall = "memory"
    elif "start new thread" in str(error):
        wall = "processes"
    elif number in NO_WAY:
        wall = "network"
    else:
        wall = OUT_OF.get(number)
    return wall if wall in walls else None


# @learn:inference.sandboxing
def keep(program: int, limits: dict) -> int:
    """Wait for the program; the exit code to end with."""
    os.close(1)
    os.close(2)
    _, status, used = os.wait4(program, 0)
    if not os.WIFSIGNALED(status):
        return os.WEXITSTATUS(status)
    number = os.WTERMSIG(status)
    # The system ends it like this at the limit; its two ways of counting time differ a little.
    spent = number == signal.SIGKILL and used.ru_utime + used.ru_stime > limits["cpu"] / 2
    tell(limits, stopped_by="cpu" if spent else None, error=f"It was ended by signal {number}.")
    return 1


def run(code: str, limits: dict, walls: list[str]) -> None:
    """Run the code as a program of its own; its errors look as they would anywhere."""
    try:
        exec(compile(code, "<code>", "exec"), {"__name__": "__main__"})
    except SystemExit:
        raise
    except BaseException as error:
        said = f"{type(error).__name__}: {error}"[:500]
        tell(limits, stopped_by=wall_behind(error, walls), error=said)
        inside = error.__traceback__ and error.__traceback__.tb_next  # without the line above
        traceback.print_exception(type(error), error, inside)
        sys.exit(1)


def main() -> None:
    limits = json.loads(sys.argv.pop())
    code = sys.stdin.buffer.read().decode("utf-8", "surrogatepass")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)  # from here on there is nothing to read
    os.close(nothing)
    walls: list[str] = []
    if os.name == "posix":
        os.set_inheritable(limits["tell"], False)
        root = os.getuid() == 0
        alone = LINUX and own_world()
        program = os.fork()
        if program:
            os._exit(keep(program, limits))
        if LINUX:
            import ctypes

            ctypes.CDLL(None).prctl(END_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
        walls = build_walls(limits, root, alone)
    tell(limits, walls=walls)
    run(code, limits, walls)


if __name__ == "__main__":
    main()
