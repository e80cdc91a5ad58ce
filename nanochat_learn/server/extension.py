"""Hooks the routes into a running Jupyter server, and listens to its saves. Loads nothing heavy,
indexes nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jupyter_server.utils import url_path_join

from nanochat_learn._version import __version__

API = "nanochat-learn/api"


def load(server_app: Any) -> None:
    """Register every route below ``<base_url>nanochat-learn/api/``, and what follows saves."""
    from nanochat_learn.server.config import read_config
    from nanochat_learn.server.progress_news import ProgressNews
    from nanochat_learn.server.routes import ROUTES
    from nanochat_learn.server.runs import Runs
    from nanochat_learn.server.saves import CONTENTS_EVENT, Saves

    settings = server_app.web_app.settings
    root = Path(settings["server_root_dir"]).expanduser().resolve()
    settings["nanochat_learn_config"] = read_config(server_app)
    events = server_app.event_logger
    runs = settings["nanochat_learn_runs"] = Runs(root, events)
    settings["nanochat_learn_progress"] = ProgressNews(root, events)
    events.add_listener(schema_id=CONTENTS_EVENT, listener=Saves(root, runs, server_app.log).heard)

    base = url_path_join(settings["base_url"], API)
    handlers = [(url_path_join(base, route) + "$", handler) for route, handler in ROUTES]
    server_app.web_app.add_handlers(".*$", handlers)
    server_app.log.info("nanochat-learn %s is ready", __version__)
