"""What a worker opens in tests: imported by the child too."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from typing import Any

from nanochat_learn.errors import CannotRead


@dataclass(frozen=True)
class Echo:
    name: str = "echo"

    def open(self) -> _Opened:
        return _Opened(self.name)


class _Opened:
    def __init__(self, name: str) -> None:
        self.name = name
        self.calls = 0

    def echo(self, value: Any, *, twice: bool = False) -> Any:
        self.calls += 1
        return [value, value] if twice else value

    def count(self) -> int:
        return self.calls

    def who(self) -> tuple[int, int, list[str]]:
        heavy = {"torch", "lancedb", "numpy"} & set(sys.modules)
        return os.getpid(), os.nice(0) if hasattr(os, "nice") else 0, sorted(heavy)

    def sleep(self, seconds: float) -> str:
        time.sleep(seconds)
        return self.name

    def noise(self) -> str:
        sys.stdout.write("a library prints")
        os.write(1, b"and writes")
        return "heard"

    def refuse(self) -> None:
        raise CannotRead("No such model.", "Take another.")

    def break_down(self) -> None:
        raise RuntimeError("secret detail")

    def die(self) -> None:
        os.kill(os.getpid(), 9)


@dataclass(frozen=True)
class Broken:
    def open(self) -> Any:
        raise CannotRead("Its files have changed.", "Install it again.")
