"""Names of tensors: which are meant by a glob, and what other libraries call them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import Final

from nanochat_learn.errors import BadInput, NotFound

Names = str | Sequence[str] | Callable[[str], bool]
"""Globs, or a function that says yes or no to a name."""

# What TransformerLens calls our points, for one block and outside the blocks.
IN_BLOCK: Final = {
    "hook_resid_pre": "resid_pre",
    "hook_resid_mid": "resid_mid",
    "hook_resid_post": "resid_post",
    "hook_attn_out": "attn.out",
    "hook_mlp_out": "mlp.out",
    "attn.hook_q": "attn.q",
    "attn.hook_k": "attn.k",
    "attn.hook_rot_q": "attn.q",
    "attn.hook_rot_k": "attn.k",
    "attn.hook_v": "attn.v",
    "attn.hook_pattern": "attn.pattern",
    "attn.hook_z": "attn.z",
    "mlp.hook_pre": "mlp.pre",
    "mlp.hook_post": "mlp.post",
}
OUTSIDE: Final = {"hook_embed": "embed", "ln_final.hook_normalized": "final"}


def canonical(name: str) -> str:
    """Our name for a point that another library calls ``name``; other names stay."""
    if name in OUTSIDE:
        return OUTSIDE[name]
    begin, dot, rest = name.partition(".")
    number, other_dot, point = rest.partition(".")
    if begin == "blocks" and dot and other_dot and point in IN_BLOCK:
        return f"blocks.{number}.{IN_BLOCK[point]}"
    return name


def aliases_of(names: Iterable[str]) -> dict[str, str]:
    """Other libraries' names → ours, for the points that are there."""
    there = set(names)
    blocks = {name.split(".")[1] for name in there if name.startswith("blocks.")}
    all_of_them = dict(OUTSIDE) | {
        f"blocks.{number}.{theirs}": f"blocks.{number}.{ours}"
        for number in sorted(blocks)
        for theirs, ours in IN_BLOCK.items()
    }
    return {theirs: ours for theirs, ours in all_of_them.items() if ours in there}


def matches(glob: str, name: str) -> bool:
    """Whether the glob fits the name, or what is left of it after some dots: ``attn.*`` fits
    ``blocks.0.attn.q``. A glob may be written with another library's name."""
    globs = {glob, canonical(glob), _loosely(glob)}
    parts = name.split(".")
    endings = [".".join(parts[n:]) for n in range(len(parts))]
    return any(fnmatchcase(ending, one) for one in globs for ending in endings)


def _loosely(glob: str) -> str:
    """``blocks.*.hook_resid_pre`` and ``hook_q``: a foreign ending, with anything before it."""
    for theirs, ours in {**IN_BLOCK, **OUTSIDE}.items():
        if glob == theirs or glob.endswith(f".{theirs}"):
            return glob[: len(glob) - len(theirs)] + ours
        short = theirs.rpartition(".")[2]
        if glob == short:
            return ours
    return glob


def choose(names: Names, there: Sequence[str]) -> list[str]:
    """Which of the names that are there are meant, in their order.

    Raises ``NotFound`` for a glob that fits nothing, with the nearest names.
    """
    if callable(names):
        return [name for name in there if names(name)]
    globs = [names] if isinstance(names, str) else list(names)
    if not all(isinstance(glob, str) and glob for glob in globs):
        raise BadInput(
            "Names are given as text, as a list of texts, or as a function.",
            'For example names="attn.*", or names=["resid_post", "logits"].',
        )
    for glob in globs:
        if not any(matches(glob, name) for name in there):
            raise NotFound(f"No tensor of this model is called `{glob}`.", _nearest(glob, there))
    return [name for name in there if any(matches(glob, name) for glob in globs)]


def find(name: str, there: Iterable[str]) -> str:
    """The one name that is meant: itself, an alias, or an ending that only one name has."""
    all_names = list(there)
    if name in all_names:
        return name
    ours = canonical(name)
    if ours in all_names:
        return ours
    fitting = [one for one in all_names if matches(name, one)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        shown = ", ".join(fitting[:6]) + (" …" if len(fitting) > 6 else "")
        raise NotFound(f"`{name}` fits {len(fitting)} tensors.", f"Choose one of them: {shown}.")
    raise NotFound(f"This trace holds no tensor `{name}`.", _nearest(name, all_names))


def _nearest(name: str, there: Sequence[str]) -> str:
    plain = name.replace("*", "")
    near = get_close_matches(plain, there, 3, 0.4) or list(there[:3])
    return f"There is, for example: {', '.join(near)}." if near else "It records nothing."
