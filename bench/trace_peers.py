"""The same tensors of the same kind of model, recorded by us, by TransformerLens and by nnsight.

HF GPT-2 with random weights, 4 layers, 256 wide, 256 tokens, one thread, CPU time, smallest of N,
all taking turns. Twenty tensors: of each layer what it hands on, what attention and MLP add, and
the MLP's numbers before and after the bend; all kept in float16. Ours are on disk at the end, those
of the peers in memory, and once more, as "saved", in a safetensors file like ours. Each way is
compared with the plain forward pass of the model it needs: TransformerLens has its own. Bar: ahead
of both, in milliseconds.

The peers get an environment of their own in ``bench/out/peers`` (made at the first run, or given as
the first argument); without a package index this bench says so and ends.
"""

from __future__ import annotations

import copy
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PEERS = ("transformer-lens", "nnsight")
ROUNDS, LAYERS, WIDTH, HEADS, T, V = 15, 4, 256, 4, 256, 4096


def environment(folder: Path) -> Path | None:
    """The Python of the peers' environment; None when it cannot be made."""
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", *PEERS]
        if subprocess.run(pip, check=False).returncode:
            shutil.rmtree(folder)
            return None
    return python


def inside() -> None:
    """Runs in the peers' environment, with our package beside it."""
    import torch
    from safetensors.torch import save_file
    from transformers import GPT2Config, GPT2LMHeadModel

    from nanochat_learn.kernel import TraceContext

    torch.set_num_threads(1)
    torch.manual_seed(0)
    config = GPT2Config(vocab_size=V, n_positions=T, n_embd=WIDTH, n_layer=LAYERS, n_head=HEADS)
    model = GPT2LMHeadModel(config).eval()
    ids = torch.randint(0, V, (1, T))
    place = Path(tempfile.mkdtemp())
    parts = [f"transformer.h.{n}{p}" for n in range(LAYERS) for p in ("", ".attn", ".mlp")]
    parts += [f"transformer.h.{n}.mlp.{p}" for n in range(LAYERS) for p in ("c_fc", "act")]

    def timed(run: Callable[[], object]) -> Callable[[], float]:
        def once() -> float:
            began = time.process_time()
            run()
            return time.process_time() - began

        return once

    def ours() -> float:
        wanted = set(parts)
        with TraceContext(model, lambda name: name in wanted, folder=place) as trace:
            model(ids)
            began = time.process_time()
            model(ids)
            took = time.process_time() - began
        assert len(trace.reader.steps[1].tensors) == len(parts)
        shutil.rmtree(trace.folder)
        return took

    def saving(run: Callable[[], Any]) -> Callable[[], object]:
        def work() -> None:
            kept = run()
            named = kept if isinstance(kept, dict) else {str(n): x for n, x in enumerate(kept)}
            save_file(named, place / "theirs.safetensors")

        return work

    ways = {"plain": timed(lambda: model(ids)), "ours": ours}
    for name, add in (("TransformerLens", _lens), ("nnsight", _nnsight)):
        try:
            runs = add(model, ids)
            runs[f"{name}, saved"] = saving(runs[name])
            theirs = {key: timed(run) for key, run in runs.items()}
            with torch.inference_mode():
                for way in theirs.values():
                    way()
            ways |= theirs
        except Exception as error:
            print(f"{name} could not be measured: {type(error).__name__}: {str(error)[:300]}")
    best = dict.fromkeys(ways, float("inf"))
    with torch.inference_mode():
        for turn in range(ROUNDS + 1):
            for name, way in ways.items():
                took = way()
                if turn:
                    best[name] = min(best[name], took)
    print(f"torch {torch.__version__}, smallest of {ROUNDS}")
    for name, took in best.items():
        base = "TransformerLens plain" if name.startswith("TransformerLens") else "plain"
        print(
            f"{name:22} {took * 1e3:6.1f} ms  {took / best[base]:5.3f} of its plain forward pass, "
            f"ours takes {best['ours'] / took:.2f} of it"
        )
    shutil.rmtree(place)


def _lens(model: Any, ids: object) -> dict[str, Callable[[], object]]:
    """TransformerLens 4 sets its hooks into a copy of the very same model; it runs attention by
    single steps, so that patterns can be seen. It wants a tokenizer, which is never used."""
    from tokenizers import Tokenizer, models
    from transformer_lens.model_bridge import TransformerBridge
    from transformers import PreTrainedTokenizerFast

    words = Tokenizer(models.WordLevel({"a": 0, "b": 1}, unk_token="a"))
    marks = dict.fromkeys(("unk_token", "bos_token", "eos_token", "pad_token"), "b")
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=words, **marks)
    tokenizer.init_kwargs.update(add_bos_token=True, name_or_path="here")
    lens = TransformerBridge.boot_transformers(
        "gpt2", hf_model=copy.deepcopy(model), tokenizer=tokenizer
    )
    ends = ("hook_resid_post", "hook_attn_out", "hook_mlp_out", "mlp.hook_pre", "mlp.hook_post")
    names = {f"blocks.{n}.{end}" for n in range(LAYERS) for end in ends}

    def run() -> object:
        _, cache = lens.run_with_cache(ids, names_filter=lambda name: name in names)
        assert len(cache) == len(names)
        return {name: cache[name].half() for name in names}

    return {"TransformerLens plain": lambda: lens(ids), "TransformerLens": run}


def _nnsight(model: Any, ids: object) -> dict[str, Callable[[], object]]:
    from nnsight import NNsight

    seen = NNsight(model)

    def run() -> object:
        kept = []
        with seen.trace(ids):
            for layer in seen.transformer.h:
                kept.append(layer.attn.output[0].half().save())
                kept.append(layer.mlp.c_fc.output.half().save())
                kept.append(layer.mlp.act.output.half().save())
                kept.append(layer.mlp.output.half().save())
                kept.append(layer.output[0].half().save())
        assert len(kept) == 5 * LAYERS
        return kept

    return {"nnsight": run}


if __name__ == "__main__":
    if sys.argv[1:] == ["--inside"]:
        inside()
        sys.exit()
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "bench/out/peers"
    found = environment(folder)
    if found is None:
        print(f"{' and '.join(PEERS)} cannot be installed here: nothing was measured.")
        sys.exit()
    paths = os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1"}
    sys.exit(subprocess.run([str(found), __file__, "--inside"], env=paths, check=False).returncode)
