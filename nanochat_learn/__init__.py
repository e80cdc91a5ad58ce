"""nanochat-learn: read, run and understand a real language model inside JupyterLab.

This file holds the version and the entry functions Jupyter looks for, and
nothing else: importing it must stay free of every heavy library.
"""

from typing import Any

from nanochat_learn._version import __version__

__all__ = ["__version__"]


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    return [{"src": "labextension", "dest": "nanochat-learn"}]


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "nanochat_learn"}]


def _load_jupyter_server_extension(server_app: Any) -> None:
    from nanochat_learn.server.extension import load

    load(server_app)
