"""How wrong the model is: from the stream to the scores to one number, the loss.

Two ways to the same number. ``next_token_loss`` reads like the formula and needs every score of
every position at once. ``loss_in_strips`` works through the positions a strip at a time and writes
the slopes down as it goes, so a large table of scores never exists; training uses it.

Not here: bits per byte (see ``evaluate.py``), which measures on text the model has not seen.

Shapes in comments: B batch, T time, C width, V vocabulary, N = B·T positions, n those of a strip.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 (the field's name for it)

# How many scores a strip holds: few enough for a CPU's cache, many enough to keep a GPU busy.
STRIP_SCORES = {"cpu": 1 << 20, "cuda": 1 << 26}


# @learn:architecture.logit_softcap
# @viz:softcap_curve
def softcap(logits: Tensor, cap: float) -> Tensor:
    """Bend every score smoothly into ±cap; scores near 0 stay almost as they are."""
    return cap * torch.tanh(logits / cap)


# @learn:optimization.loss
# @viz:loss_drag
def next_token_loss(logits: Tensor, targets: Tensor, loss_reduction: str = "mean") -> Tensor:
    """How surprised the model is by the right answers, in nats: −ln of the share each one got.

    ``logits``: (B, T, V), ``targets``: (B, T), −1 where there is no answer → one number for
    "mean" (over the answers; 0 when there are none), (B, T) for "none".
    """
    if loss_reduction not in ("mean", "none"):
        raise ValueError(f'loss_reduction must be "mean" or "none", not {loss_reduction!r}.')
    flat = logits.reshape(-1, logits.size(-1))  # (N, V)
    answers = targets.reshape(-1).long()  # (N,)
    # @learn:foundations.probability
    nats = F.cross_entropy(flat, answers, ignore_index=-1, reduction="none")  # (N,)
    if loss_reduction == "none":
        return nats.view(targets.shape)
    return nats.sum() / (answers != -1).sum().clamp(min=1)


# @learn:optimization.loss
def loss_in_strips(x: Tensor, table: Tensor, targets: Tensor, cap: float) -> Tensor:
    """The mean of ``next_token_loss(softcap(x @ tableᵀ, cap), targets)``, with less memory.

    ``x``: (B, T, C) the stream, ``table``: (V, C) the weights of the scores, ``targets``: (B, T)
    with −1 where there is no answer → one number, 0 when nothing has an answer.
    """
    slopes = torch.is_grad_enabled() and (x.requires_grad or table.requires_grad)
    flat, answers = x.reshape(-1, x.size(-1)), targets.reshape(-1).long()  # (N, C), (N,)
    return _LossInStrips.apply(flat, table, answers, cap, slopes)


# @learn:optimization.backprop
class _LossInStrips(torch.autograd.Function):
    """Softcap and cross-entropy with a backward pass of our own.

    The slope of cross-entropy is simple: (share − 1) for the right token, the share itself for
    every other. So each strip can work its slopes out at once, while its scores are at hand.
    """

    @staticmethod
    def forward(
        ctx: Any, x: Tensor, table: Tensor, answers: Tensor, cap: float, slopes: bool
    ) -> Tensor:
        N, V = x.size(0), table.size(0)
        words = table.to(x.dtype)  # (V, C): one number format for the products
        counted = answers != -1  # (N,)
        count = counted.sum().clamp(min=1)
        nats = x.new_zeros((), dtype=torch.float32)
        if slopes:
            dx = torch.empty_like(x)
            dtable = torch.zeros_like(table, dtype=torch.float32)
        rows = max(1, STRIP_SCORES.get(x.device.type, 1 << 22) // V)
        for at in range(0, N, rows):
            part, answer = x[at : at + rows], answers[at : at + rows]  # (n, C), (n,)
            mask = counted[at : at + rows, None]  # (n, 1)
            # @learn:inference.logits
            # @learn:foundations.matmul
            bend = (part @ words.T).float().div_(cap).tanh_()  # (n, V), within ±1
            # @learn:architecture.logit_softcap
            logs = torch.log_softmax(bend * cap, dim=-1)  # (n, V): ln of each share
            right = answer.clamp(min=0)[:, None]  # (n, 1)
            nats -= (logs.gather(1, right) * mask).sum()
            if not slopes:
                continue
            # @learn:foundations.softmax
            slope = logs.exp_()  # (n, V): the shares
            slope.scatter_add_(1, right, slope.new_full((1, 1), -1.0).expand_as(right))
            slope *= mask / count
            # The bend is flatter far from 0: its own slope is 1 − tanh².
            slope = torch.ops.aten.tanh_backward(slope, bend).to(x.dtype)
            torch.mm(slope, words, out=dx[at : at + rows])
            if x.dtype == torch.float32:
                dtable.addmm_(slope.T, part)
            else:
                dtable += slope.T @ part  # summed in float32: strips of bfloat16 would wear away
        if slopes:
            ctx.save_for_backward(dx, dtable.to(table.dtype))
        return nats / count

    @staticmethod
    def backward(ctx: Any, upstream: Tensor) -> tuple[Tensor | None, ...]:
        dx, dtable = ctx.saved_tensors
        return dx * upstream.to(dx.dtype), dtable * upstream.to(dtable.dtype), None, None, None
