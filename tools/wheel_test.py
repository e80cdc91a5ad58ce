"""Builds the wheel from a clean checkout, installs it in an empty environment without node,
and walks it with the browser tests. Part of `make check-all`: it installs everything once more.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

HERE = Path.cwd()


def run(*command: str, cwd: Path = HERE, env: dict[str, str] | None = None) -> None:
    print("+", " ".join(command), flush=True)
    subprocess.run(command, cwd=cwd, env=env, check=True)


def without_node(python: Path) -> str:
    """A PATH with the new environment first and no folder that holds node or npm."""
    folders = [str(python.parent), *os.environ["PATH"].split(os.pathsep)]
    return os.pathsep.join(
        folder
        for folder in folders
        if not any((Path(folder) / tool).exists() for tool in ("node", "npm", "nanochat-learn"))
        or folder == str(python.parent)
    )


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="nanochat-learn-wheel-") as name:
        scratch = Path(name)
        checkout = scratch / "checkout"
        run("git", "clone", "--quiet", "--no-hardlinks", str(HERE), str(checkout))
        run("python", "-m", "build", "--wheel", "--outdir", str(scratch), cwd=checkout)
        (wheel,) = scratch.glob("*.whl")
        print(f"{wheel.name}: {wheel.stat().st_size / 1e6:.1f} MB")

        venv.create(scratch / "env", with_pip=True)
        python = scratch / "env" / "bin" / "python"
        pip = (str(python), "-m", "pip", "install", "-q", "-c", str(HERE / "tools/constraints.txt"))
        run(*pip, "torch", cwd=scratch)
        run(*pip, str(wheel), cwd=scratch)

        environment = os.environ | {
            "NANOCHAT_LEARN_TEST_PYTHON": str(python),
            "NANOCHAT_LEARN_TEST_PATH": without_node(python),
            "NANOCHAT_LEARN_TEST_PORT": "18889",
        }
        tests = sys.argv[1:] or ["walk"]
        run("npx", "--no-install", "playwright", "test", *tests, env=environment)
    return 0


if __name__ == "__main__":
    sys.exit(main())
