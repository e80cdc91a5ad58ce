"""Starts JupyterLab for the browser tests as a learner would: ``nanochat-learn lab FOLDER``.

Everything a person may have configured is shut out by fresh folders. Token and
XSRF check stay on; the base URL is that of a hub. Exits with the server.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

port, token = sys.argv[1:3]
home = Path(tempfile.mkdtemp(prefix="nanochat-learn-ui-"))
fresh = {
    "HOME": home / "home",
    "JUPYTER_CONFIG_DIR": home / "config",
    "JUPYTER_DATA_DIR": home / "data",
    "JUPYTER_RUNTIME_DIR": home / "runtime",
    "IPYTHONDIR": home / "ipython",
    "JUPYTERLAB_SETTINGS_DIR": home / "settings",
    "JUPYTERLAB_WORKSPACES_DIR": home / "workspaces",
}
for folder in fresh.values():
    folder.mkdir(parents=True)
environment = os.environ | {name: str(folder) for name, folder in fresh.items()}
environment.pop("NANOCHAT_LEARN_WORKSPACE", None)
environment.setdefault("NANOCHAT_LEARN_EMBEDDER", "words")  # no test waits for a model
if path := environment.get("NANOCHAT_LEARN_TEST_PATH"):  # tools/wheel_test.py: a PATH without node
    environment["PATH"] = path

server = subprocess.Popen(
    [
        *(sys.executable, "-m", "nanochat_learn.cli", "lab", str(home / "workspace")),
        *("--no-browser", "--"),
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        "--ServerApp.base_url=/user/x/",
        f"--IdentityProvider.token={token}",
        "--LabApp.expose_app_in_browser=True",
        "--JupyterNotebookApp.expose_app_in_browser=True",
    ],
    env=environment,
    cwd=home,  # not the checkout: the installed package is what is tested
)
try:
    code = server.wait()
except KeyboardInterrupt:
    server.terminate()
    code = server.wait()
finally:
    shutil.rmtree(home, ignore_errors=True)
sys.exit(code)
