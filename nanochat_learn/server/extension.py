"""Hooks the routes into a running Jupyter server. Loads nothing heavy, starts nothing."""

from __future__ import annotations

from typing import Any

from jupyter_server.utils import url_path_join

from nanochat_learn._version import __version__

API = "nanochat-learn/api"


def load(server_app: Any) -> None:
    """Register every route below ``<base_url>nanochat-learn/api/``."""
    from nanochat_learn.server.routes import ROUTES

    base = url_path_join(server_app.web_app.settings["base_url"], API)
    handlers = [(url_path_join(base, route) + "$", handler) for route, handler in ROUTES]
    server_app.web_app.add_handlers(".*$", handlers)
    server_app.log.info("nanochat-learn %s is ready", __version__)
