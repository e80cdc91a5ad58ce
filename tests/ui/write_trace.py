"""Records a trace of the shipped tiny model in the working directory's workspace, and prints what
the browser test compares with: one row of a head, computed apart from the recorder. Beside it, a
notebook that ends with this trace."""

from __future__ import annotations

import json
import sys
from typing import Any

import nbformat
import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 (the field's name for it)

from nanochat.checkpoint import load_model
from nanochat.engine import Engine
from nanochat_learn.kernel import TraceContext

LAYER, HEAD = 1, 1
torch.set_num_threads(1)
model, tokenizer, _ = load_model("stories-base")
engine = Engine(model, tokenizer)
prompt = [tokenizer.get_bos_token_id(), *tokenizer.encode("The little cat sat on")]

fused = F.scaled_dot_product_attention
caught: list[tuple[Tensor, Tensor, float]] = []


def catch(q: Tensor, k: Tensor, v: Tensor, scale: float, **how: Any) -> Tensor:
    caught.append((q, k, scale))
    return fused(q, k, v, scale=scale, **how)


F.scaled_dot_product_attention = catch
with torch.inference_mode():
    model(torch.tensor([prompt]))
F.scaled_dot_product_attention = fused

with TraceContext(engine, ["default", "lens"], name=sys.argv[1], lines=True) as trace:
    written = list(engine.generate(prompt, max_tokens=20, temperature=0.0))

q, k, scale = caught[LAYER]
k = k.repeat_interleave(q.size(1) // k.size(1), dim=1)
scores = (q[0, HEAD, -1].double() @ k[0, HEAD].double().T) * scale
# a notebook whose one cell ends with this trace, as a kernel would have sent it
shown, _ = trace._repr_mimebundle_()
output = nbformat.v4.new_output("execute_result", shown, execution_count=1)
cell = nbformat.v4.new_code_cell("trace", outputs=[output], execution_count=1)
kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
notebook = nbformat.v4.new_notebook(cells=[cell], metadata={"kernelspec": kernel})
nbformat.write(notebook, f"{sys.argv[1]}.ipynb")

json.dump(
    {
        "layer": LAYER,
        "head": HEAD,
        "row": scores.softmax(-1).tolist(),
        "layers": model.config.n_layer,
        "heads": model.config.n_head,
        "prompt": len(prompt),
        "steps": len(trace.reader.steps),
        "next": [tokenizer.decode([token]) for (token,), _ in written],
        "ran": sorted({f.id for s in trace.reader.lines().sources for f in s.functions}),
    },
    sys.stdout,
)
