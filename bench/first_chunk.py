"""Gzipped size of what JupyterLab loads before anything of ours is opened. Bar: 150 KB."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

built = Path("nanochat_learn/labextension")
entry = json.loads((built / "package.json").read_text(encoding="utf-8"))["jupyterlab"]["_build"][
    "load"
]
sizes = {
    file.name: len(gzip.compress(file.read_bytes())) / 1000
    for file in (built / "static").glob("*.js")
}
first = sizes[Path(entry).name]
print(f"remote entry {Path(entry).name}: {first:.1f} KB gzipped   (bar 150)")
for name, size in sorted(sizes.items(), key=lambda item: -item[1])[:12]:
    print(f"  {size:7.1f} KB  {name}")
sys.exit(0)
