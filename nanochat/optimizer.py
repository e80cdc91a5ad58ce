"""Which weights move by which rule: tables of words by AdamW, matrices in the blocks by Muon.

``setup_optimizer`` makes the groups, ``Optimizer`` takes the steps, on one process or several. Of
several, each works out and remembers its share of every step and passes the result on.

Not here: the rules (``adamw.py``, ``muon.py``), and how fast to learn when (``schedule.py``).
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from nanochat.adamw import AdamW
from nanochat.distributed import Ranks
from nanochat.muon import Muon

if TYPE_CHECKING:
    from nanochat.gpt import GPT


@dataclass(frozen=True)
class Part:
    """Some rows of a parameter. Queries, keys and values share one table, yet move apart."""

    parameter: nn.Parameter
    first: int
    last: int

    @property
    def weights(self) -> Tensor:
        """(rows, columns), a view."""
        return self.parameter.data[self.first : self.last]

    @property
    def slopes(self) -> Tensor:
        """The gradient of these rows; zeros where nothing has flowed back."""
        if self.parameter.grad is None:
            return torch.zeros_like(self.weights)
        return self.parameter.grad[self.first : self.last]


@dataclass
class Bundle:
    """Parts that take their step together, and what is remembered about them."""

    parts: list[Part]
    state: dict[str, Tensor] = field(default_factory=dict)


class Group:
    """A rule and the parts that move by it."""

    def __init__(self, name: str, rule: AdamW | Muon, parts: Sequence[Part]) -> None:
        self.name, self.rule = name, rule
        if not rule.stacks:
            self.bundles = [Bundle([part]) for part in parts]
            return
        by_shape: dict[torch.Size, list[Part]] = {}
        for part in parts:
            by_shape.setdefault(part.weights.shape, []).append(part)
        self.bundles = [Bundle(alike) for alike in by_shape.values()]

    def rows(self, bundle: Bundle) -> int:
        """How long the first direction of a bundle is: its matrices, or the rows of its table."""
        return len(bundle.parts) if self.rule.stacks else len(bundle.parts[0].weights)


class Optimizer:
    """Takes one step after each backward pass.

    ``multiplier`` scales every learning rate (see ``schedule.py``), ``steps`` counts from 0.
    """

    def __init__(self, groups: Sequence[Group], ranks: Ranks | None = None) -> None:
        self.groups = list(groups)
        self.ranks = ranks or Ranks()
        self.multiplier = 1.0
        self.steps = 0

    def _each(self) -> Iterator[tuple[Group, Bundle]]:
        for group in self.groups:
            for bundle in group.bundles:
                yield group, bundle

    def set_momentum(self, momentum: float) -> None:
        """Muon's momentum for the next step."""
        for group in self.groups:
            if isinstance(group.rule, Muon):
                group.rule.momentum = momentum

    # @learn:optimization.adamw
    # @learn:optimization.muon
    @torch.no_grad()
    def step(self) -> None:
        """Move every weight. The slopes stay as they are; ``zero_grad`` forgets them."""
        self.steps += 1
        # All messages are sent before the first answer is waited for, so that they overlap.
        # @learn:optimization.ddp
        waits = []
        for group, bundle in self._each():
            slopes = [part.slopes for part in bundle.parts]
            waits.append(
                self.ranks.scatter_mean(torch.stack(slopes) if group.rule.stacks else slopes[0])
            )
        gathers = []
        for (group, bundle), wait in zip(self._each(), waits, strict=True):
            # Each process knows the mean slope of its share only, and remembers only that.
            own = group.rule.direction(wait(), bundle.state, self.steps)
            gathers.append(self.ranks.gather(own, group.rows(bundle)))
        for (group, bundle), gathered in zip(self._each(), gathers, strict=True):
            directions = gathered() if group.rule.stacks else [gathered()]
            lr = group.rule.lr * self.multiplier
            for part, direction in zip(bundle.parts, directions, strict=True):
                group.rule.apply(part.weights, direction, lr)

    def zero_grad(self) -> None:
        """Forget the slopes, so that the next backward pass begins anew."""
        for _, bundle in self._each():
            for part in bundle.parts:
                part.parameter.grad = None

    def state_dict(self) -> dict[str, Tensor]:
        """What is remembered, whole, by name: every process must ask, since each has a share."""
        whole = {"steps": torch.tensor(self.steps)}
        for group in self.groups:
            for n, bundle in enumerate(group.bundles):
                for key, share in bundle.state.items():
                    name = f"{group.name}.{n}.{key}"
                    whole[name] = self.ranks.gather(share, group.rows(bundle))()
        return whole

    def load_state_dict(self, whole: dict[str, Tensor]) -> None:
        """Take up what ``state_dict`` gave, on as many processes as there are now.

        Raises ``ValueError`` when it belongs to another model or to other rules.
        """
        left = dict(whole)
        steps = left.pop("steps", None)
        fresh: list[tuple[Bundle, dict[str, Tensor]]] = []
        for group in self.groups:
            keys = ("m",) if isinstance(group.rule, Muon) else ("m", "v")
            for n, bundle in enumerate(group.bundles):
                weights = bundle.parts[0].weights
                shape = (len(bundle.parts), *weights.shape) if group.rule.stacks else weights.shape
                state = {}
                for key in keys if steps else ():
                    stored = left.pop(f"{group.name}.{n}.{key}", None)
                    if stored is None or stored.shape != shape:
                        steps = None
                        break
                    state[key] = self.ranks.share_of(stored.to(weights.device))
                fresh.append((bundle, state))
        if steps is None or left:
            raise ValueError(
                "The stored optimiser belongs to another model or another optimiser. Continue with "
                "the settings of the run that wrote it, or begin a run of its own."
            )
        self.steps = int(steps)
        for bundle, state in fresh:
            bundle.state = state


# @learn:optimization.adamw
# @learn:optimization.muon
def setup_optimizer(
    model: GPT,
    matrices: str = "muon",
    matrix_lr: float | None = None,
    embedding_lr: float = 0.2,
    lm_head_lr: float = 0.004,
    weight_decay: float = 0.0,
    coefficients: str = "polar",
    muon_dtype: torch.dtype | None = None,
    ranks: Ranks | None = None,
) -> Optimizer:
    """Three groups: ``embedding`` and ``lm_head`` by AdamW, ``matrices`` by Muon or "adamw".

    Learning rates of AdamW are meant for a model 768 wide and grow as models get narrower, by
    (C/768)^−½; Muon's needs no such scaling. ``weight_decay`` is for the matrices alone.
    """
    if matrices not in ("muon", "adamw"):
        raise ValueError(f'matrices is {matrices!r}; choose "muon" or "adamw".')
    scale = (model.config.n_embd / 768) ** -0.5
    inside = list(_matrices(model))
    rule: AdamW | Muon
    if matrices == "muon":
        # @learn:optimization.muon
        lr = 0.02 if matrix_lr is None else matrix_lr
        rule = Muon(lr, weight_decay=weight_decay, coefficients=coefficients, dtype=muon_dtype)
    else:
        lr = 0.002 if matrix_lr is None else matrix_lr
        rule = AdamW(lr * scale, betas=(0.9, 0.95), eps=1e-8, weight_decay=weight_decay)
        inside = [_whole(p) for p in dict.fromkeys(part.parameter for part in inside)]
    return Optimizer(
        [
            Group("lm_head", AdamW(lm_head_lr * scale), [_whole(model.lm_head.weight)]),
            Group("embedding", AdamW(embedding_lr * scale), [_whole(model.wte.weight)]),
            Group("matrices", rule, inside),
        ],
        ranks,
    )


def _whole(parameter: nn.Parameter) -> Part:
    return Part(parameter, 0, len(parameter))


def _matrices(model: GPT) -> Iterator[Part]:
    """Every matrix of the blocks. Tables that hold several matrices are cut."""
    config = model.config
    heads = [n * config.head_width for n in (config.n_head, config.n_kv_head, config.n_kv_head)]
    for block in model.blocks:
        # @learn:attention.self_attention
        at = 0
        for rows in heads:  # queries, keys, values
            yield Part(block.attn.c_qkv.weight, at, at + rows)
            at += rows
        yield _whole(block.attn.c_proj.weight)
        wide = block.mlp.c_fc.weight
        pieces = 2 if block.mlp.gated else 1  # gate, and what passes it
        for n in range(pieces):
            each = len(wide) // pieces
            yield Part(wide, n * each, (n + 1) * each)
        yield _whole(block.mlp.c_proj.weight)


# @learn:optimization.mixed_precision
def fast_dtype(device: torch.device) -> torch.dtype:
    """bfloat16 where this machine multiplies it clearly faster than float32, else float32.

    Tried out for a few milliseconds, because no name of a chip tells it reliably.
    """
    if device.type == "cuda":
        return torch.bfloat16
    seconds = {}
    for dtype in (torch.float32, torch.bfloat16):
        square = torch.ones(256, 256, device=device, dtype=dtype)
        tries = []
        for _ in range(5):
            began = time.perf_counter()
            square @ square
            tries.append(time.perf_counter() - began)
        seconds[dtype] = min(tries)
    faster = seconds[torch.bfloat16] < 0.7 * seconds[torch.float32]
    return torch.bfloat16 if faster else torch.float32
