"""What runs in the learner's kernel, beside the model. Never in the server process.

A notebook takes everything from here: ``from nanochat_learn.kernel import TraceContext``. Each name
is loaded when it is first asked for, so that a lesson's set-up cell answers at once.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nanochat_learn.kernel.asking import predict, quiz, reveal
    from nanochat_learn.kernel.checking import check, hint, solution
    from nanochat_learn.kernel.comparing import compare
    from nanochat_learn.kernel.exploring import explore
    from nanochat_learn.kernel.graph_widget import show_graph
    from nanochat_learn.kernel.interventions import ablate, patch, side_by_side
    from nanochat_learn.kernel.lesson import set_up
    from nanochat_learn.kernel.output import open_trace
    from nanochat_learn.kernel.picturing import picture
    from nanochat_learn.kernel.trace import TraceContext
    from nanochat_learn.kernel.training_trace import TrainingTrace

__all__ = [
    "TraceContext",
    "TrainingTrace",
    "ablate",
    "check",
    "compare",
    "explore",
    "hint",
    "open_trace",
    "patch",
    "picture",
    "predict",
    "quiz",
    "reveal",
    "set_up",
    "show_graph",
    "side_by_side",
    "solution",
]
_ROOMS = {
    "TraceContext": "trace",
    "TrainingTrace": "training_trace",
    "ablate": "interventions",
    "check": "checking",
    "compare": "comparing",
    "explore": "exploring",
    "hint": "checking",
    "open_trace": "output",
    "patch": "interventions",
    "picture": "picturing",
    "predict": "asking",
    "quiz": "asking",
    "reveal": "asking",
    "set_up": "lesson",
    "show_graph": "graph_widget",
    "side_by_side": "interventions",
    "solution": "checking",
}


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
