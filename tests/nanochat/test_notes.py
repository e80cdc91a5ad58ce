"""Every note in the folder keeps the contract and is true; and each check can fail."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest
import torch
from note_checks import Claim, claim_faults, faults, loose_faults, run
from note_text import NoteText, note_ids, text_of

from nanochat.gpt import GPTConfig

ROPE, TENSORS, SOFTMAX = "attention.rope", "foundations.tensors", "foundations.softmax"
ATTENTION, RMSNORM, CACHE = (
    "attention.self_attention",
    "architecture.rmsnorm",
    "inference.kv_cache",
)


@pytest.mark.parametrize("note_id", note_ids())
def test_every_note_keeps_the_contract_and_is_true(note_id: str) -> None:
    found = faults(note_id)
    assert not found, "\n".join(found)


# Notes that are wrong in one place: (note, what stands there, what the wrong note says, message).
WRONG = {
    "number in a table": (ROPE, "(0.54, 0.84)", "(0.54, 0.48)", "Wrong number .*0.84.*0.48"),
    "number in a sum": (ATTENTION, "= 7.9, the", "= 7.8, the", "Wrong number .*= 7.9"),
    "number in an answer": (CACHE, "60 without, 14", "60 without, 15", "Wrong number .*14 with"),
    "sign of a number": (RMSNORM, "(−1.00, 1.00) |", "(1.00, 1.00) |", "Wrong number .*−1.00"),
    "share": (SOFTMAX, "| 1 | 2.72 | 0.24 |", "| 1 | 2.72 | 0.25 |", "Wrong number .*0.24"),
    "count of calls": (
        RMSNORM,
        "14 times in",
        "10 times in",
        "Wrong number .*14",
    ),
    "shape": (TENSORS, "to $(2, 2, 3, 2)$", "to $(2, 3, 2, 2)$", "Wrong shape .*2, 2, 3, 2"),
    "shape in letters": (ATTENTION, "$(B, H, T, D)$,", "$(B, T, H, D)$,", "Wrong shape .*B, H, T"),
    "shape in an answer": (CACHE, "$(2, 4, 100, 64)$", "$(2, 100, 4, 64)$", "Wrong shape"),
    "sign of a formula": (ROPE, r"a\cos\varphi - b", r"a\cos\varphi + b", "Wrong formula .*- b"),
    "sign of a slope": (SOFTMAX, r"(\delta_{ij} - p_j)", r"(p_j - \delta_{ij})", "Wrong formula"),
    "formula": (CACHE, "it is $P + N - 1$", "it is $P + N + 1$", "Wrong formula .*N - 1"),
    "claim that stands twice": (
        RMSNORM,
        "it is $(1, 7)$ ten",
        "it is $(1, 7)$ 3. 6, one for each token of each text. ten",
        "stands 2 times",
    ),
    "number that nobody worked out": (
        SOFTMAX,
        "the shares are the same.",
        "the shares are the same, 12 times faster.",
        "Unbound number “12”",
    ),
    "shape that nobody worked out": (
        TENSORS,
        "goes back.",
        "goes back to $(B, T, V)$.",
        r"Unbound shape “\$\(B, T, V\)\$”",
    ),
    "formula that nobody worked out": (
        TENSORS,
        "goes back.",
        "goes back. $$a = b + c$$",
        "Unbound formula",
    ),
    "output": (SOFTMAX, "tensor([693,", "tensor([694,", "Output: .*693.*694"),
    "code that fails": (SOFTMAX, "(1000, 3), rng)", "(1000, 3))", "Output: .*TypeError"),
    "block too slow": (
        TENSORS,
        "import torch\n",
        "import time, torch; end = time.process_time() + 1.1\nwhile time.process_time() < end: 1\n",
        "more than a second",
    ),
    "block too long": (TENSORS, "import torch\n", "import torch\nx = 1\ny = 2\n", "Block: 9 lines"),
    "no block": (TENSORS, "```python", "```", "Block: "),
    "symbol that is gone": (
        CACHE,
        "cache.py:KVCache\n",
        "cache.py:KVCaches\n",
        "`nanochat/cache.py:KVCaches`, which does not exist",
    ),
    "link to code that is gone": (
        CACHE,
        "[[nanochat/cache.py:KVCache.insert]]",
        "[[nanochat/cache.py:KVCache.shrink]]",
        "leads nowhere",
    ),
    "link to an idea that is not there": (
        CACHE,
        "[[attention.gqa]]",
        "[[attention.gqua]]",
        "leads nowhere",
    ),
    "quotation that is none": (
        RMSNORM,
        "is one line.",
        "is one line, `F.layer_norm(x)`.",
        "`F.layer_norm.x.` is quoted, but stands nowhere",
    ),
    "code has changed": (ROPE, 'checked: "a', 'checked: "b', "has changed since"),
    "never checked": (ROPE, 'checked: "afbae50b3670"', 'checked: ""', "never checked"),
    "voice": (ROPE, "Both work.", "Both simply work.", "Voice: “simply”"),
    "spelling": (ROPE, "Both work.", "Both behaviors work.", "Voice: “behaviors”"),
    "heading": (ROPE, "## See it", "## Look", "Headings: .*Look"),
    "two sentences": (ROPE, "grows with position.\n", "grows. It is.\n", "is not one sentence"),
    "fold": (ROPE, "ematics</summary>\n\n", "ematics</summary>\n", "Fold: "),
    "answers": (ROPE, "2. $(6, 4)$: a row", "3. $(6, 4)$: a row", "Questions: "),
    "picture": (ROPE, "*rope_dials*", "*dials*", "See it: .*rope_dials"),
    "too long": (ROPE, "It turns counter-clockwise.", "It turns. " * 60, "Length: "),
    "confusions": (
        ROPE,
        "- **Are values turned too?**",
        "- Are values turned too?",
        "Confusions: ",
    ),
}


@pytest.mark.parametrize(("note_id", "right", "wrong", "message"), WRONG.values(), ids=WRONG)
def test_a_note_that_is_wrong_is_told_so(
    note_id: str, right: str, wrong: str, message: str
) -> None:
    text = text_of(note_id)
    assert right in text
    found = faults(note_id, text.replace(right, wrong, 1))
    assert any(re.search(message, fault) for fault in found), found or "nothing was found"


def test_a_note_without_a_test_of_its_own_is_told_so() -> None:
    text = text_of(ROPE).replace("id: attention.rope", "id: attention.gqa")
    assert faults("attention.gqa", text) == [
        "No test_note_attention_gqa.py works the note's numbers out. Write one with a function "
        "claims()."
    ]


def test_code_that_changes_makes_its_note_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    layer_norm = torch.nn.functional.layer_norm
    monkeypatch.setattr(torch.nn.functional, "rms_norm", lambda x, shape: layer_norm(x, shape))
    found = "\n".join(faults(RMSNORM))
    assert "Wrong number" in found and "Output: " in found


def test_another_default_makes_every_note_wrong_that_tells_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = [field.name for field in fields(GPTConfig)]
    more_layers = list(GPTConfig.__init__.__defaults__)
    more_layers[names.index("n_layer")] = 6
    monkeypatch.setattr(GPTConfig.__init__, "__defaults__", tuple(more_layers))
    assert any("Wrong" in fault for fault in faults(CACHE))


def test_a_number_is_bound_by_its_place_not_by_its_value() -> None:
    """That 7 is worked out somewhere does not make every other 7 true."""
    note = NoteText("---\nid: a.b\ntitle: t\ncluster: c\n---\n## How\n\nIt is 7. Or 7.\n", "a.md")
    claims = [Claim("How", "It is 7.")]
    assert not [*claim_faults(note, claims)]
    assert [fault.split("(")[0] for fault in loose_faults(note, claims)] == ["Unbound number “7” "]


def test_a_block_runs_alone_and_leaves_no_trace() -> None:
    torch.manual_seed(3)
    torch.set_num_threads(2)
    before = torch.random.get_rng_state()
    assert run("import torch\nx = torch.randn(2)\nprint(torch.get_num_threads())\n") == "1\n"
    assert torch.equal(torch.random.get_rng_state(), before)
    assert torch.get_num_threads() == 2
    assert run("print(x)") == "NameError: name 'x' is not defined\n"
