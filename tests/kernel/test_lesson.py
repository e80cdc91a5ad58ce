"""The set-up cell in real kernels: the learner's own copy is used, and a stale one is named."""

from __future__ import annotations

import queue
from pathlib import Path

import pytest
from jupyter_client.manager import KernelManager

from nanochat_learn.shipping import prepare

SET_UP = "from nanochat_learn.kernel.lesson import set_up\nset_up()"


@pytest.fixture
def kernels():
    started = []

    def start(folder: Path):
        manager = KernelManager(kernel_name="python3")
        manager.start_kernel(cwd=str(folder))
        client = manager.client()
        client.start_channels()
        client.wait_for_ready(timeout=60)
        started.append((manager, client))
        return client

    yield start
    for manager, client in started:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def says(client, code: str) -> str:
    """What a cell prints; an error becomes its last line."""
    sent = client.execute(code)
    printed = []
    while True:
        try:
            message = client.get_iopub_msg(timeout=60)
        except queue.Empty:
            pytest.fail("the kernel said nothing")
        if message["parent_header"].get("msg_id") != sent:
            continue
        content = message["content"]
        if message["msg_type"] == "stream":
            printed.append(content["text"])
        elif message["msg_type"] == "error":
            printed.append(f"{content['ename']}: {content['evalue']}")
        elif message["msg_type"] == "status" and content["execution_state"] == "idle":
            return "".join(printed).strip()


def test_two_notebooks_of_one_lab_use_the_workspaces_own_copy(tmp_path: Path, kernels):
    """Jupyter was started in the parent folder; each kernel starts beside its notebook."""
    course = tmp_path / "jupyter root" / "course"
    prepare(course, lessons=True)
    (course / "lessons/deeper").mkdir()
    one, two = kernels(course / "lessons"), kernels(course / "lessons/deeper")
    for client in (one, two):
        said = says(client, SET_UP)
        assert said.startswith("Ready. nanochat is your own copy")
        assert says(client, "import nanochat; print(nanochat.__file__)").startswith(str(course))

    # the learner edits the model: the kernel that has loaded it says so, a new one does not
    with (course / "nanochat/gpt.py").open("a") as file:
        file.write("\n# my own idea\n")
    assert "Restart the kernel" in says(one, SET_UP)
    assert says(kernels(course), SET_UP).startswith("Ready.")


def test_a_kernel_that_loaded_another_nanochat_says_so(tmp_path: Path, kernels):
    course = tmp_path / "course"
    prepare(course, lessons=True)
    client = kernels(course)
    elsewhere = "import os, sys; sys.path.insert(0, os.environ['ELSEWHERE']); import nanochat"
    other = tmp_path / "other"
    (other / "nanochat").mkdir(parents=True)
    (other / "nanochat/__init__.py").write_text("")
    says(client, f"import os; os.environ['ELSEWHERE'] = {str(other)!r}")
    says(client, elsewhere)
    assert "from another place" in says(client, SET_UP)


def test_outside_any_workspace_it_is_a_sentence(tmp_path: Path, kernels):
    said = says(kernels(tmp_path), SET_UP)
    assert said.startswith("This notebook does not stand in a nanochat-learn workspace.")
    assert "Traceback" not in said
