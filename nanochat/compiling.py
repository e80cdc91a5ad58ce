"""Let torch rewrite the model as compiled code: faster steps after a slow start. Never needed.

Not here: anything about what the model computes. Compiled or not, it says the same, up to rounding.
"""

from __future__ import annotations

import os
import shutil

from torch import nn

COMPILERS = ("g++", "clang++", "c++", "cl")


def compile_model(model: nn.Module, backend: str = "inductor") -> None:
    """From its next call on, run ``model`` through ``torch.compile``.

    The first call of each kind takes half a minute or more, while many small steps are fused into
    a few; sizes that vary, such as the length of a cache, are left open. On a CPU, what calls the
    fused steps is compiled too: they take microseconds, and calls from Python would cost as much
    again. (A GPU is busy meanwhile, and torch 2.11 cannot do it there.)
    ``backend`` is torch's name of what does the fusing. Raises ``ValueError`` where there is no
    compiler.
    """
    wanted = (os.environ["CXX"],) if "CXX" in os.environ else COMPILERS
    if backend == "inductor" and not any(map(shutil.which, wanted)):
        raise ValueError(
            f"torch.compile needs a C++ compiler, and there is none here ({', '.join(wanted)}). "
            "Install one, or leave --compile out: everything works without it, only slower."
        )
    on_cpu = next(model.parameters()).device.type == "cpu"
    options = {"cpp_wrapper": True} if backend == "inductor" and on_cpu else None
    model.compile(backend=backend, dynamic=True, options=options)
