"""Prints the project's own run-time requirements, one a line, for the Makefile.

They are installed before the project itself, so that an edit of the code never
makes pip look at them again.
"""

import tomllib
from pathlib import Path

project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
print("\n".join(project["dependencies"]))
