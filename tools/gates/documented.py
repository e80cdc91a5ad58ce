"""The documents name what exists: commands, settings, routes, command-line verbs, the tree.

Also: every route answers only to an authenticated user (read from the route table itself).
"""

from __future__ import annotations

import inspect
import json
import re
import sys
from pathlib import Path

wrong: list[str] = []

# every command of the lab extension and every setting stands in docs/commands.md
reference = Path("docs/commands.md").read_text(encoding="utf-8")
for command in re.findall(r"'(nanochat-learn:[a-z-]+)'", Path("src/tokens.ts").read_text("utf-8")):
    if command not in reference:
        wrong.append(f"docs/commands.md does not name the command {command}")
for schema in sorted(Path("src/settings").glob("*.json")):
    for setting in json.loads(schema.read_text(encoding="utf-8")).get("properties", {}):
        if f"`{setting}`" not in reference:
            wrong.append(f"docs/commands.md does not name the setting {setting} of {schema.name}")

# every verb of the command line
from nanochat_learn.cli import parser  # noqa: E402

for action in parser()._subparsers._group_actions:  # type: ignore[union-attr]
    for verb in action.choices:
        if f"nanochat-learn {verb}" not in reference:
            wrong.append(f"docs/commands.md does not name `nanochat-learn {verb}`")

# every route, and that each of its verbs asks who is there
from nanochat_learn.server.routes import ROUTES  # noqa: E402

for route, handler in ROUTES:
    if f"`{route.split('(')[0].rstrip('/')}" not in reference:
        wrong.append(f"docs/commands.md does not name the route {route}")
    for verb in ("get", "post", "put", "patch", "delete"):
        method = handler.__dict__.get(verb)
        if method and "authenticated" not in inspect.getsource(method).split("def ")[0]:
            wrong.append(f"{handler.__name__}.{verb} is not @authenticated")

# the annotated tree of docs/architecture.md names exactly the top level that git tracks
from tree import difference  # noqa: E402

wrong += difference()

print("\n".join(wrong))
sys.exit(1 if wrong else 0)
