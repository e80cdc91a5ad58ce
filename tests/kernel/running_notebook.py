"""Runs cells as JupyterLab does, which tells the kernel the id of each."""

from __future__ import annotations

import queue

import pytest
from nbformat.v4 import output_from_msg


class Notebook:
    def __init__(self, client) -> None:
        self.client = client

    def run(self, code: str, cell: str) -> list:
        content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}}
        content |= {"allow_stdin": False, "stop_on_error": True}
        message = self.client.session.msg("execute_request", content, metadata={"cellId": cell})
        self.client.shell_channel.send(message)
        outputs = []
        while True:
            try:
                got = self.client.get_iopub_msg(timeout=120)
            except queue.Empty:
                pytest.fail("the kernel said nothing")
            if got["parent_header"].get("msg_id") != message["header"]["msg_id"]:
                continue
            if got["msg_type"] in ("execute_result", "display_data", "stream", "error"):
                outputs.append(output_from_msg(got))
            if got["msg_type"] == "status" and got["content"]["execution_state"] == "idle":
                return outputs
