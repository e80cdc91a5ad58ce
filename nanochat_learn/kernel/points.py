"""Which tensors of a model can be recorded: their names, axes, and the line that makes them.

nanochat names its own places and calls whoever looks on (``model.tap``). Every other module of
torch is known by its dotted path; what it answers is what is recorded.
"""

from __future__ import annotations

import ast
import functools
import inspect
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING, Any

from nanochat_learn.kernel.lens import LENS
from nanochat_learn.schema.base import NodeId
from nanochat_learn.schema.trace import SourcePlace

if TYPE_CHECKING:
    from torch import nn

STREAM = ("batch", "position", "width")
HEADS = ("batch", "head", "position", "head width")
KEY_HEADS = ("batch", "key head", "position", "head width")
RANKED = ("batch", "position", "rank")
WIDE = ("batch", "position", "hidden width")
IN_BLOCK: dict[str, tuple[str, ...]] = {
    "resid_pre": STREAM,
    "attn.q": HEADS,
    "attn.k": KEY_HEADS,
    "attn.v": KEY_HEADS,
    "attn.pattern": ("batch", "head", "query", "key"),
    "attn.z": HEADS,
    "attn.out": STREAM,
    "resid_mid": STREAM,
    "mlp.pre": WIDE,
    "mlp.post": WIDE,
    "mlp.out": STREAM,
    "resid_post": STREAM,
    LENS: RANKED,
}
SCORES = ("batch", "position", "token")
AFTER: dict[str, tuple[str, ...]] = {"final": STREAM, "logits_raw": SCORES, "logits": SCORES}
ON_REQUEST = (
    "resid_pre",
    "resid_mid",
    "attn.pattern",
    "attn.z",
    "mlp.pre",
    "mlp.post",
    "logits_raw",
    LENS,
)
"""Not recorded unless asked for. Some are large; the others follow from what is recorded:
``resid_pre`` is ``embed`` or the ``resid_post`` before, ``resid_mid`` is that and ``attn.out``, the
pattern follows from q and k (the reader works it out), ``z`` from the pattern and v; ``lens`` takes
one more product with the table of scores for each layer."""
BRIEF = ("logits",)
"""Without names, only of the newest position: the scores of the next token."""
TOKEN_AXES = ("position", "query")
FUSED = "scaled_dot_product_attention"
IN_FLOAT32 = ("logits", "logits_raw", "loss", "lm_head", "output")
"""Endings of names that are kept in float32 whatever is asked for."""


def has_points(model: nn.Module) -> bool:
    """Whether the model calls its own places by name, as nanochat's GPT does."""
    return hasattr(model, "tap") and hasattr(getattr(model, "config", None), "windows")


def named_points(model: Any) -> dict[str, tuple[str, ...]]:
    """Name → axes, in the order in which they happen; empty for a model without points."""
    if not has_points(model):
        return {}
    found: dict[str, tuple[str, ...]] = {"embed": STREAM, f"embed.{LENS}": RANKED}
    for layer in range(model.config.n_layer):
        found |= {f"blocks.{layer}.{name}": axes for name, axes in IN_BLOCK.items()}
    return found | AFTER


def modules(model: nn.Module) -> dict[str, nn.Module]:
    """Dotted path → module, the model itself (``output``) last; containers that never run are
    left out."""
    from torch import nn

    never_run = (nn.ModuleList, nn.ModuleDict, nn.ParameterList, nn.ParameterDict)
    inside = {
        path: module
        for path, module in model.named_modules()
        if path and not isinstance(module, never_run)
    }
    return inside | {"output": model}


def default_names(model: nn.Module) -> list[str]:
    points = named_points(model)
    if not points:
        return list(modules(model))
    return [name for name in points if not name.endswith(ON_REQUEST)]


def axes_of(shape: tuple[int, ...], tokens: tuple[int, int] | None) -> tuple[str, ...]:
    """Names for the axes of what a module answers: known only where it begins with (B, T)."""
    if tokens is not None and len(shape) == 3 and shape[:2] == tokens:
        return STREAM
    return tuple(f"axis {n}" for n in range(len(shape)))


@dataclass(frozen=True, slots=True)
class Package:
    """The package that a model's class comes from. ``folder`` is None for a class that was made
    in a notebook, or in torch itself."""

    name: str
    folder: Path | None

    def file_path(self, file: str) -> str | None:
        """``nanochat/gpt.py`` for a file of the package, else None."""
        if self.folder is None:
            return None
        path = Path(file)
        if not path.is_absolute() or not path.is_relative_to(self.folder):
            return None
        return path.relative_to(self.folder.parent).as_posix()


def package_of(model: nn.Module) -> Package:
    import sys

    name = type(model).__module__.partition(".")[0]
    if name in ("torch", "__main__"):
        return Package(name, None)
    file = getattr(sys.modules.get(name), "__file__", None)
    if file is None:
        return Package(name, None)
    path = Path(file)
    if path.name != "__init__.py":  # a single file is its own package
        return Package(name, None)
    return Package(name, path.parent)


def node_id(file_path: str, code: CodeType) -> NodeId:
    """The function's id in the graph: ``nanochat/gpt.py:GPT.forward``."""
    return NodeId(f"{file_path}:{code.co_qualname.replace('.<locals>', '')}")


def source_of_tap(
    package: Package, code: CodeType, line: int, attention: bool = False
) -> SourcePlace | None:
    """The line that made what the tap in this line was shown: the last assignment before it.

    With ``attention``, the statement with the fused call instead, which hides the pattern.
    """
    file_path = package.file_path(code.co_filename)
    if file_path is None:
        return None
    made = _made_in(code.co_filename, code.co_firstlineno, line, attention)
    return SourcePlace(id=node_id(file_path, code), file_path=file_path, line=made or line)


def source_of_module(package: Package, module: nn.Module) -> SourcePlace | None:
    """The first line of its ``forward``, for a class of the model's own package."""
    try:
        code = inspect.unwrap(type(module).forward).__code__
    except AttributeError:
        return None
    file_path = package.file_path(code.co_filename)
    if file_path is None:
        return None
    return SourcePlace(id=node_id(file_path, code), file_path=file_path, line=code.co_firstlineno)


@functools.lru_cache(maxsize=256)
def _made_in(file: str, first: int, line: int, attention: bool) -> int | None:
    try:
        tree = _tree(file)
    except (OSError, SyntaxError, ValueError):
        return None
    function = next((f for f in ast.walk(tree) if _begins(f, first)), None)
    if function is None:
        return None
    nodes = list(ast.walk(function))
    if attention:
        calls = (n.lineno for n in nodes if isinstance(n, ast.Attribute) and n.attr == FUSED)
        return min(calls, default=None)
    shown = next((name for n in nodes if (name := _shown(n, line))), None)
    made = (n.lineno for n in nodes if isinstance(n, ast.stmt) and n.lineno < line)
    return max((at for at in made if at in _assigning(nodes, shown)), default=first)


def _begins(node: ast.AST, first: int) -> bool:
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return False
    return first in (node.lineno, *(mark.lineno for mark in node.decorator_list))


def _shown(node: ast.AST, line: int) -> str | None:
    """The variable that a call ``tap(name, variable)`` in this line shows."""
    if not isinstance(node, ast.Call) or len(node.args) != 2:
        return None
    here = node.lineno <= line <= (node.end_lineno or node.lineno)
    return node.args[1].id if here and isinstance(node.args[1], ast.Name) else None


def _assigning(nodes: list[ast.AST], name: str | None) -> set[int]:
    """Lines of the statements that assign this variable."""
    return {
        node.lineno
        for node in nodes
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign)
        for part in ast.walk(node)
        if isinstance(part, ast.Name) and part.id == name and isinstance(part.ctx, ast.Store)
    }


@functools.lru_cache(maxsize=32)
def _tree(file: str) -> ast.Module:
    return ast.parse(Path(file).read_text(encoding="utf-8"))
