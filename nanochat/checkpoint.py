"""A model on disk: weights as safetensors, everything else as JSON.

A checkpoint is a folder: ``model.safetensors``, ``tokenizer.json``, ``meta.json``, and
``optimizer.safetensors`` if training is to go on from it. It is written beside its place and
renamed into it, so a crash or a full disk leaves the old one whole. No pickle anywhere: nothing
that is loaded can run code.

Not here: which checkpoints of a run to keep (``run_folder.py``).
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import Tensor

from nanochat.common import compute_dtype
from nanochat.config import GPTConfig
from nanochat.gpt import GPT
from nanochat.tokenizer import Tokenizer

FORMAT = "nanochat.checkpoint/1"
MODEL, OPTIMIZER = "model.safetensors", "optimizer.safetensors"
TOKENIZER, META = "tokenizer.json", "meta.json"
SHIPPED = Path(__file__).parent / "checkpoints"  # beside this code; a copy of it may have none


def save_checkpoint(
    folder: str | os.PathLike[str],
    model: GPT,
    tokenizer: Tokenizer,
    meta: Mapping[str, Any],
    optimizer_state: Mapping[str, Tensor] | None = None,
    dtype: torch.dtype | None = None,
) -> Path:
    """Write a checkpoint as ``folder``; an older one there is replaced at the very end.

    ``meta`` is anything that JSON can hold; the sizes of the model are added to it. ``dtype``
    stores the weights in another format, such as half as large in ``torch.bfloat16``.
    Raises ``OSError`` with a sentence when it cannot be written; what was there stays.
    """
    folder = Path(folder)
    unfinished = folder.with_name(f".{folder.name}.{os.getpid()}.tmp")
    weights = {
        name: weight.detach().to("cpu", dtype).contiguous()
        for name, weight in model.state_dict().items()
    }
    files = {MODEL: save(weights)}
    if optimizer_state is not None:
        files[OPTIMIZER] = save(
            {name: value.detach().cpu().contiguous() for name, value in optimizer_state.items()}
        )
    content = {
        **meta,
        "format": FORMAT,
        "config": asdict(model.config),
        # A file that was damaged on its way is noticed before it is used.
        "sha256": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
    }
    files[META] = json.dumps(content, indent=1).encode()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir()
        tokenizer.save(unfinished / TOKENIZER)
        for name, data in files.items():
            _write(unfinished / name, data)
        _put_in_place(unfinished, folder)
    except OSError as error:
        megabytes = sum(map(len, files.values())) / 1e6
        raise OSError(
            error.errno,
            f"The checkpoint {folder} could not be written ({error.strerror or error}). It needs "
            f"{megabytes:.1f} MB; make room, or choose another folder. What was there before is "
            "untouched.",
        ) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return folder


def _write(path: Path, data: bytes) -> None:
    """Write and make sure that it is on the disk, not only on its way there."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _put_in_place(finished: Path, folder: Path) -> None:
    """Rename the new folder to its place. An old one steps aside and goes last."""
    aside = _aside(folder)
    if folder.exists():
        shutil.rmtree(aside, ignore_errors=True)
        folder.rename(aside)
    finished.rename(folder)
    shutil.rmtree(aside, ignore_errors=True)


def _aside(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.old")


def shipped() -> dict[str, Path]:
    """The models that come with nanochat: name → folder.

    A workspace holds a learner's own copy of this code, but not of the models: they are found
    where nanochat is installed. Models beside the copy come first.
    """
    installed = (Path(entry) / "nanochat" / "checkpoints" for entry in sys.path)
    found: dict[str, Path] = {}
    for home in (SHIPPED, *installed):
        for meta in sorted(home.glob(f"*/{META}")):
            found.setdefault(meta.parent.name, meta.parent)
    return found


def find(name_or_folder: str | os.PathLike[str]) -> Path:
    """The folder of a checkpoint: a folder, the last one of a run, or a name that ships.

    Raises ``FileNotFoundError`` with a sentence when there is none.
    """
    folder = Path(name_or_folder)
    if len(folder.parts) == 1 and not folder.exists():
        folder = shipped().get(folder.name, folder)
    if not folder.exists() and _aside(folder).exists():
        return _aside(folder)  # a crash came between two renames: the old one is still whole
    if not (folder / META).exists():
        steps = sorted(folder.glob("checkpoints/step-*/" + META))
        if steps:
            return steps[-1].parent
        names = ", ".join(sorted(shipped()))
        raise FileNotFoundError(
            f"There is no checkpoint in {name_or_folder}. Give the folder of a run or of a "
            f"checkpoint{', or one of ' + names if names else ''}; "
            "`python -m nanochat.scripts.base_train --preset laptop` makes one."
        )
    return folder


def load_model(
    name_or_folder: str | os.PathLike[str], device: str | torch.device = "cpu"
) -> tuple[GPT, Tokenizer, dict[str, Any]]:
    """The model, its tokenizer and what was noted about it, ready to write text.

    Weights take the number format of the device (``common.compute_dtype``). Raises
    ``FileNotFoundError`` or ``ValueError`` with a sentence that says what is missing or wrong.
    """
    model, tokenizer, meta, _ = load_checkpoint(name_or_folder, device, with_optimizer=False)
    # @learn:optimization.mixed_precision
    return model.to(compute_dtype(torch.device(device).type)).eval(), tokenizer, meta


def load_checkpoint(
    name_or_folder: str | os.PathLike[str],
    device: str | torch.device = "cpu",
    with_optimizer: bool = True,
) -> tuple[GPT, Tokenizer, dict[str, Any], dict[str, Tensor] | None]:
    """Everything a training needs to go on: weights in float32, and the optimiser's state.

    The last is None when none was stored. Raises what ``load_model`` raises.
    """
    folder = find(name_or_folder)
    meta = read_meta(folder)
    tokenizer = Tokenizer.load(_present(folder / TOKENIZER))
    config = read_config(meta, folder)
    check_vocabulary(tokenizer, config, folder)
    model = GPT(config)
    load_weights(model, _tensors(folder / MODEL, meta))
    state = None
    if with_optimizer and (folder / OPTIMIZER).exists():
        state = _tensors(folder / OPTIMIZER, meta)
    return model.to(device), tokenizer, meta, state


def read_meta(folder: Path) -> dict[str, Any]:
    """What was noted about a checkpoint. ``ValueError`` for a file that is not ours."""
    try:
        meta = json.loads(_present(folder / META).read_text(encoding="utf-8"))
    except ValueError as error:
        raise _damaged(folder / META, f"it is not JSON ({error})") from None
    if not isinstance(meta, dict) or meta.get("format") != FORMAT:
        raise _damaged(folder / META, f"it does not say that its format is {FORMAT}")
    return meta


def read_config(meta: Mapping[str, Any], folder: Path) -> GPTConfig:
    """The sizes of the stored model; settings that an older file lacks have their defaults."""
    sizes = meta.get("config")
    known = {field.name for field in fields(GPTConfig)}
    if not isinstance(sizes, dict):
        raise _damaged(folder / META, "the sizes of the model are missing")
    if strange := sorted(set(sizes) - known):
        raise ValueError(
            f"{folder} was written by a newer version: it knows {', '.join(strange)}, which this "
            "one does not. Update nanochat-learn, or train the model again."
        )
    return GPTConfig(**sizes)


def check_vocabulary(tokenizer: Tokenizer, config: GPTConfig, folder: Path) -> None:
    """Raise ``ValueError`` when tokenizer and model do not belong together."""
    ours, theirs = tokenizer.get_vocab_size(), config.vocab_size
    if ours != theirs:
        raise ValueError(
            f"In {folder} the tokenizer has {ours} tokens, but the model was trained for {theirs}. "
            f"One of the files belongs to another run: copy {TOKENIZER} and {MODEL} from the same "
            "folder."
        )


def load_weights(model: GPT, weights: Mapping[str, Tensor]) -> None:
    """Copy stored weights into the model. ``ValueError`` names the first that does not fit."""
    wanted = model.state_dict()
    for name, weight in wanted.items():
        if name not in weights:
            raise ValueError(_unfit(f"{name} is missing in the file"))
        if weights[name].shape != weight.shape:
            raise ValueError(
                _unfit(
                    f"{name} is {tuple(weights[name].shape)} in the file, but this model needs "
                    f"{tuple(weight.shape)}"
                )
            )
    if strange := sorted(set(weights) - set(wanted)):
        raise ValueError(
            _unfit(f"the file also holds {strange[0]}, which this model has no use for")
        )
    model.load_state_dict(dict(weights))


def _unfit(reason: str) -> str:
    return (
        f"These weights belong to a model of another shape: {reason}. Build the model with the "
        "sizes in meta.json beside them, or use checkpoint.load_model."
    )


def _tensors(path: Path, meta: Mapping[str, Any]) -> dict[str, Tensor]:
    data = _present(path).read_bytes()
    if hashlib.sha256(data).hexdigest() != meta.get("sha256", {}).get(path.name):
        raise _damaged(path, "its contents are not what was written")
    try:
        return load(data)
    except SafetensorError as error:
        raise _damaged(path, str(error)) from None


def _present(path: Path) -> Path:
    if not path.exists():
        raise FileNotFoundError(
            f"{path.name} is missing in {path.parent}. Copy the whole folder again, or use an "
            "earlier checkpoint."
        )
    return path


def _damaged(path: Path, reason: str) -> ValueError:
    return ValueError(
        f"{path} is damaged: {reason}. Copy the whole folder again, or use an earlier checkpoint."
    )
