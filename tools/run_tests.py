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
from pathlib import Path

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


STAGES = [
    ("gates", ["python", "tools/check.py"], None, None),
    (
        "python tests",
        ["python", "-m", "pytest", f"--junitxml={REPORTS}/pytest.xml"],
        REPORTS / "pytest.xml",
        pytest_counts,
    ),
    (
        "typescript tests",
        [
            *("npx", "--no-install", "vitest", "run"),
            *("--reporter=default", "--reporter=json", f"--outputFile={REPORTS}/vitest.json"),
        ],
        REPORTS / "vitest.json",
        vitest_counts,
    ),
    (
        "browser tests",
        ["npx", "--no-install", "playwright", "test"],
        REPORTS / "playwright.json",
        playwright_counts,
    ),
]


def main() -> int:
    REPORTS.mkdir(parents=True, exist_ok=True)
    totals: Counter[str] = Counter(passed=0, failed=0, skipped=0)
    broken: list[str] = []
    for name, command, report, count in STAGES:
        print(f"\n== {name} ==", flush=True)
        if report:
            report.unlink(missing_ok=True)
        started = time.monotonic()
        code = subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode
        print(f"== {name}: {time.monotonic() - started:.0f} s, exit {code}", flush=True)
        if code:
            broken.append(name)
        if report and count and report.exists():
            totals += count(report)
    for name in broken:
        print(f"FAILED: {name}")
    print(f"{totals['passed']} passed, {totals['failed']} failed, {totals['skipped']} skipped")
    return 1 if broken or not totals["passed"] else 0


if __name__ == "__main__":
    sys.exit(main())
