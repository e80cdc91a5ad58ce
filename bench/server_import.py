"""CPU seconds of importing the server extension, above jupyter_server alone. Bar: 0.1 s."""

from __future__ import annotations

import json
import subprocess
import sys

PROBE = """
import json, resource
import jupyter_server.serverapp
before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
import nanochat_learn.server.extension
after = resource.getrusage(resource.RUSAGE_SELF).ru_utime
print(json.dumps([before, after - before]))
"""

runs = [
    json.loads(
        subprocess.run([sys.executable, "-c", PROBE], capture_output=True, check=True).stdout
    )
    for _ in range(5)
]
floor, ours = min(run[0] for run in runs), min(run[1] for run in runs)
print(f"jupyter_server alone        {floor:.3f} CPU s")
print(f"our extension above it      {ours:.3f} CPU s   (bar 0.100)   ratio {ours / floor:.3f}")
