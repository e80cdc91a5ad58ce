"""What an administrator may set in Jupyter's configuration: ``c.NanochatLearn.…``."""

from __future__ import annotations

from typing import Any

from traitlets import Unicode
from traitlets.config import Configurable

from nanochat_learn.keys import ServerConfig


class NanochatLearn(Configurable):
    base_url = Unicode(
        "", help="Server that the tutor asks, in OpenAI's protocol; learners cannot change it."
    ).tag(config=True)
    api_key = Unicode("", help="Key for that server (for OpenRouter where base_url is empty).").tag(
        config=True
    )


def read_config(server_app: Any) -> ServerConfig:
    given = NanochatLearn(parent=server_app)
    return ServerConfig(base_url=given.base_url.strip(), api_key=given.api_key.strip())
