"""Runs every gate and every test suite, then prints one line that counts the tests.

A failing stage does not stop the later ones: one run shows everything that is
wrong. The counts come from the runners' machine-readable reports, never from
their prose.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

REPORTS = Path(".build/reports")


def pytest_counts(report: Path) -> Counter[str]:
    suite = ET.parse(report).getroot().find("testsuite")
    assert suite is not None
    total, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
    failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
    return Counter(passed=total - failed - skipped, failed=failed, skipped=skipped)


def vitest_counts(report: Path) -> Counter[str]:
    found = json.loads(report.read_text(encoding="utf-8"))
    return Counter(
        passed=found["numPassedTests"],
        failed=found["numFailedTests"],
        skipped=found["numPendingTests"] + found["numTodoTests"],
    )


def playwright_counts(report: Path) -> Counter[str]:
    found = json.loads(report.read_text(encoding="utf-8"))["stats"]
    return Counter(
        passed=found["expected"] + found["flaky"],
        failed=found["unexpected"],
        skipped=found["skipped"],
    )


class Stage(NamedTuple):
    name: str
    command: list[str]
    report: Path | None = None
    count: Callable[[Path], Counter[str]] | None = None


GATES = Stage("gates", ["python", "tools/check.py"])


def python_tests(of: str, *which: str) -> Stage:
    report = REPORTS / f"pytest-{of.replace(' ', '-')}.xml"
    command = ["python", "-m", "pytest", f"--junitxml={report}", *which]
    return Stage(f"python tests of {of}", command, report, pytest_counts)


# Two processes; what is in neither folder is in the second.
CORE = ("tests/core", "tests/contracts")
PYTHON_CORE = python_tests("the core", *CORE)
PYTHON_REST = python_tests("everything else", *(f"--ignore={folder}" for folder in CORE))
TYPESCRIPT = Stage(
    "typescript tests",
    [
        *("npx", "--no-install", "vitest", "run"),
        *("--reporter=default", "--reporter=json", f"--outputFile={REPORTS}/vitest.json"),
    ],
    REPORTS / "vitest.json",
    vitest_counts,
)
BROWSER = Stage(
    "browser tests",
    ["npx", "--no-install", "playwright", "test"],
    REPORTS / "playwright.json",
    playwright_counts,
)
CHAINS = [[BROWSER, PYTHON_CORE], [GATES, TYPESCRIPT, PYTHON_REST]]
"""Side by side, each one stage after the other: as many as there are cores, of about the same
length. A third would only make all of them wait."""


def run(stage: Stage, first: bool) -> int:
    """The exit code. The first chain prints as it goes, the others when a stage is done."""
    print(f"\n== {stage.name} ==", flush=True)
    if stage.report:
        stage.report.unlink(missing_ok=True)
    started = time.monotonic()
    done = subprocess.run(
        stage.command,
        stdin=subprocess.DEVNULL,
        stdout=None if first else subprocess.PIPE,
        stderr=None if first else subprocess.STDOUT,
        check=False,
    )
    if done.stdout:
        sys.stdout.buffer.write(done.stdout)
    seconds = time.monotonic() - started
    print(f"== {stage.name}: {seconds:.0f} s, exit {done.returncode}", flush=True)
    return done.returncode


def run_chain(stages: list[Stage]) -> list[int]:
    return [run(stage, stages is CHAINS[0]) for stage in stages]


def main() -> int:
    REPORTS.mkdir(parents=True, exist_ok=True)
    totals: Counter[str] = Counter(passed=0, failed=0, skipped=0)
    broken: list[str] = []
    with ThreadPoolExecutor() as pool:
        codes = list(pool.map(run_chain, CHAINS))
    for stages, ended in zip(CHAINS, codes, strict=True):
        for stage, code in zip(stages, ended, strict=True):
            if code:
                broken.append(stage.name)
            if stage.report and stage.count and stage.report.exists():
                totals += stage.count(stage.report)
    for name in broken:
        print(f"FAILED: {name}")
    print(f"{totals['passed']} passed, {totals['failed']} failed, {totals['skipped']} skipped")
    return 1 if broken or not totals["passed"] else 0


if __name__ == "__main__":
    sys.exit(main())
