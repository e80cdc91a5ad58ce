"""Flags that every training understands, and presets that set many at once."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from typing import Any


def common_flags(program: str, description: str) -> argparse.ArgumentParser:
    """A parser with the flags that all trainings share."""
    parser = argparse.ArgumentParser(
        prog=f"python -m nanochat.scripts.{program}",
        description=description,
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    add = parser.add_argument
    add("--preset", help="settings that fit together; flags given as well count more")
    add("--folder", help="where the run is kept; one under runs/, if not given")
    add("--fresh", action="store_true", help="delete the run that the folder holds")
    add("--device", help="cpu, cuda or mps; the best there is, if not given")
    add("--seed", type=int, default=42)
    add("--rows", type=int, default=16, help="rows a step, over all processes")
    add("--micro-rows", type=int, default=64, help="rows worked on at once by one process")
    add("--matrices", default="muon", choices=("muon", "adamw"), help="rule for the matrices")
    add("--matrix-lr", type=float, help="0.02 for muon, 0.002 for adamw, if not given")
    add("--embedding-lr", type=float, default=0.2)
    add("--lm-head-lr", type=float, default=0.004)
    add("--weight-decay", type=float, default=0.0, help="of the matrices")
    add("--coefficients", default="polar", choices=("polar", "classic"), help="of Newton–Schulz")
    add("--muon-bfloat16", action="store_true", help="Muon's products in bfloat16, also on a CPU")
    add("--compile", action="store_true", help="through torch.compile; needs a C++ compiler")
    add("--warmup-steps", type=int, default=20)
    add("--warmdown-share", type=float, default=0.4, help="last share of steps, slowing down")
    add("--drill-share", type=float, default=0.0, help="share of rows that are drills")
    add("--drill-anneal", type=float, default=0.0, help="last share of steps, drills fading out")
    add("--eval-every", type=int, default=200, help="0: only at the end")
    add("--eval-steps", type=int, default=8)
    add("--sample-every", type=int, default=0, help="0: only at the end")
    add("--save-every", type=int, default=200, help="0: only at the end")
    add("--snapshot-steps", default="", help="such as 0,500,2000: weights kept to look at")
    add("--stop-after", type=int, help="stop at this step; the same command goes on")
    return parser


def parse(
    parser: argparse.ArgumentParser,
    presets: Mapping[str, Mapping[str, Any]],
    argv: Sequence[str] | None,
    one_of: Sequence[str] = (),
) -> argparse.Namespace:
    """Settings from preset and flags. Of the settings ``one_of``, a flag replaces the preset's.

    Raises ``ValueError`` for a preset that does not exist.
    """
    flags = parser.parse_args(argv)
    if flags.preset not in (None, *presets):
        raise ValueError(f"There is no preset {flags.preset!r}; choose: {', '.join(presets)}.")
    preset = dict(presets.get(flags.preset, {}))
    if any(getattr(flags, name) is not None for name in one_of):
        preset = {name: value for name, value in preset.items() if name not in one_of}
    parser.set_defaults(**preset)
    args = parser.parse_args(argv)
    try:
        args.snapshot_steps = [int(step) for step in args.snapshot_steps.split(",") if step.strip()]
    except ValueError:
        raise ValueError(
            f"--snapshot-steps is {args.snapshot_steps!r}; write whole numbers with commas, such "
            "as 0,500,2000."
        ) from None
    return args
