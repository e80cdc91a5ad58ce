"""The npm lock names no registry: packages resolve through whatever registry a machine uses."""

from __future__ import annotations

import json
import sys
from pathlib import Path

packages = json.loads(Path("package-lock.json").read_text(encoding="utf-8"))["packages"]
addressed = [name for name, entry in packages.items() if "resolved" in entry]
for name in addressed[:10]:
    print(f"package-lock.json: {name} records a download address")
sys.exit(1 if addressed else 0)
