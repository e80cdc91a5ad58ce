"""The settings of ``base_train``: presets, flags, and what may change when a run goes on."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import Any

# What is set by --preset; every flag that is given as well counts more.
PRESETS: dict[str, dict[str, Any]] = {
    # A few seconds: to see that everything works.
    "smoke": {"depth": 1, "width": 32, "heads": 2, "context": 32, "vocab_size": 280, "rows": 4,
              "steps": 10, "stories": 1500, "eval_steps": 2, "save_every": 5, "drill_share": 0.5},
    # Two cores, under five minutes: stories that read well, and heads that copy.
    "laptop": {"depth": 2, "width": 128, "heads": 2, "context": 96, "vocab_size": 512, "rows": 16,
               "steps": 1600, "stories": 20_000, "matrix_lr": 0.006, "embedding_lr": 0.06,
               "lm_head_lr": 0.0012, "drill_share": 0.5, "drill_anneal": 0.1},
    # The small model that ships: a few minutes on a GPU, an hour on two cores.
    "tiny": {"depth": 3, "width": 128, "heads": 2, "context": 256, "vocab_size": 1024, "rows": 16,
             "steps": 12_000, "stories": 200_000, "matrix_lr": 0.006, "embedding_lr": 0.06,
             "lm_head_lr": 0.0012, "drill_share": 0.5, "drill_anneal": 0.2,
             "eval_every": 500, "save_every": 1000},
}  # fmt: skip

# These may change when a run goes on: they do not touch what is learned.
MAY_CHANGE = {"folder", "data", "device", "fresh", "micro_rows", "eval_every", "eval_steps",
              "preset", "sample_every", "save_every", "snapshot_steps", "stories", "steps", "flops",
              "ratio", "stop_after"}  # fmt: skip


def read_arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """The settings, from a preset and from flags."""
    say = argparse.ArgumentParser(
        prog="python -m nanochat.scripts.base_train",
        description="Train a model from nothing. Run it again to go on.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    add = say.add_argument
    add("--preset", choices=sorted(PRESETS), help="sizes and length that fit together")
    add("--folder", default=None, help="where the run is kept; runs/PRESET, if not given")
    add("--data", default="data/stories", help="folder of parquet files; made if missing")
    add("--stories", type=int, default=20_000, help="how many stories to make if data are missing")
    add("--fresh", action="store_true", help="delete the run that the folder holds")
    add("--device", default=None, help="cpu, cuda or mps; the best there is, if not given")
    add("--seed", type=int, default=42)
    for name, default, meaning in (
        ("depth", 4, "layers"),
        ("width", 256, "width of the stream"),
        ("heads", 4, "query heads"),
        ("kv-heads", None, "key/value heads; as many as heads, if not given"),
        ("context", 256, "tokens in a row"),
        ("vocab-size", 4096, "tokens in the vocabulary"),
        ("rows", 16, "rows a step, over all processes"),
        ("micro-rows", 64, "rows worked on at once by one process"),
    ):
        add(f"--{name}", type=int, default=default, help=meaning)
    add("--activation", default="relu2", choices=("relu2", "swiglu"))
    add("--window-pattern", default="L", help="L: a layer sees all, S: a quarter; such as SSSL")
    # @learn:optimization.chinchilla
    length = say.add_argument_group("how long to train; give exactly one")
    length.add_argument("--steps", type=int)
    length.add_argument("--flops", type=float, help="products to spend in all")
    length.add_argument("--ratio", type=float, help="tokens for each weight that multiplies")
    add("--matrices", default="muon", choices=("muon", "adamw"), help="rule for the matrices")
    add("--matrix-lr", type=float, default=None, help="0.02 for muon, 0.002 for adamw")
    add("--embedding-lr", type=float, default=0.2)
    add("--lm-head-lr", type=float, default=0.004)
    add("--weight-decay", type=float, default=0.0)
    add("--coefficients", default="polar", choices=("polar", "classic"))
    add("--muon-bfloat16", action="store_true", help="Muon's products in bfloat16, also on a CPU")
    add("--warmup-steps", type=int, default=20)
    add("--warmdown-share", type=float, default=0.4)
    add("--drill-share", type=float, default=0.0, help="share of rows that are drills")
    add("--drill-anneal", type=float, default=0.0, help="last share of steps, drills fading out")
    add("--eval-every", type=int, default=200, help="0: only at the end")
    add("--eval-steps", type=int, default=8)
    add("--sample-every", type=int, default=0, help="0: only at the end")
    add("--save-every", type=int, default=200)
    add("--snapshot-steps", default="", help="such as 0,500,2000: weights kept to look at")
    add("--stop-after", type=int, default=None, help="stop early; run again to go on")
    known, _ = say.parse_known_args(argv)
    say.set_defaults(**PRESETS.get(known.preset, {}))
    args = say.parse_args(argv)
    given = {flag for flag in ("steps", "flops", "ratio") if f"--{flag}" in _flags(argv)}
    if given:  # a wish of one's own replaces the preset's
        for flag in {"steps", "flops", "ratio"} - given:
            setattr(args, flag, None)
    args.folder = args.folder or f"runs/{args.preset or 'base'}"
    args.kv_heads = args.kv_heads or args.heads
    args.snapshot_steps = [int(step) for step in args.snapshot_steps.split(",") if step.strip()]
    return args


def _flags(argv: Sequence[str] | None) -> set[str]:
    return {word.split("=")[0] for word in (sys.argv[1:] if argv is None else argv)}
