"""Prints the project's own run-time requirements, one shell word each, for the Makefile.

They are installed before the project itself, so that an edit of the code never
makes pip look at them again.
"""

import shlex
import tomllib
from pathlib import Path

project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
print(shlex.join(project["dependencies"]))
