"""A part of the graph in a notebook: what ran is lit, and a click says where a node stands."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest
import torch

from nanochat_learn import workspace as verbs
from nanochat_learn.errors import BadInput, NotFound, NoWorkspace
from nanochat_learn.kernel.graph_widget import ran_in, show_graph
from nanochat_learn.kernel.trace import TraceContext
from nanochat_learn.places import open_workspace

NET = '''"""A net."""

from torch import nn


def turn(x):
    """Turn it."""
    return -x


def never(x):
    return x


class Net(nn.Module):
    """A net."""

    def forward(self, x):
        y = turn(turn(x))
        return y
'''


@pytest.fixture
def net(tagged: Path, monkeypatch: pytest.MonkeyPatch):
    (tagged / "mynet").mkdir()
    (tagged / "mynet/__init__.py").write_text(NET)
    verbs.index(open_workspace(tagged))
    monkeypatch.chdir(tagged)
    monkeypatch.syspath_prepend(str(tagged))
    sys.modules.pop("mynet", None)
    return importlib.import_module("mynet").Net()


def lit(widget) -> dict[str, str]:
    graph = widget.children[0].graph
    return {n.data["id"]: n.data["label"] for n in graph.nodes if "ran" in n.classes.split()}


def test_exactly_the_functions_that_ran_are_lit(net):
    with TraceContext(net, lines=True) as trace:
        net(torch.ones(2))
    assert (trace.folder.parent.name, trace.folder.parent.parent) == ("traces", Path.cwd())
    widget = show_graph("mynet/__init__.py", trace, hops=2)
    shown = {node.data["id"] for node in widget.children[0].graph.nodes}
    assert "mynet/__init__.py:never" in shown
    assert lit(widget) == {
        "mynet/__init__.py:Net.forward": "Net.forward ×1",
        "mynet/__init__.py:turn": "turn ×2",
    }
    assert len(show_graph(trace=trace).children[0].graph.nodes) == 2
    with TraceContext(net) as bare:
        net(torch.ones(2))
    assert ran_in(bare) == {"mynet/__init__.py:Net.forward": 0}


def test_a_click_and_a_choice_tell_where_it_stands(net):
    widget = show_graph("mynet/__init__.py:turn")
    graph, listed, told = widget.children
    node = {"data": {"id": "mynet/__init__.py:Net.forward"}}
    graph._handle_interaction(graph, {"widget": "node", "event": "click", "data": node}, [])
    assert told.value == "Net.forward (function): mynet/__init__.py, line 18"
    listed.value = "mynet/__init__.py:turn"
    assert told.value == "turn (function): mynet/__init__.py, line 6 — Turn it."


def test_never_more_than_asked_for_and_sentences(net, tmp_path_factory, monkeypatch):
    assert len(show_graph("mynet/__init__.py", hops=5, most=3).children[0].graph.nodes) == 3
    with pytest.raises(NotFound):
        show_graph("nobody")
    with pytest.raises(BadInput, match="not clear"):
        show_graph()
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    with pytest.raises(NoWorkspace):
        show_graph("mynet/__init__.py:turn")
