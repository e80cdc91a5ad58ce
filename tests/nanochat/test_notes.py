"""Every note in the folder keeps the contract and is true; and the checks can fail."""

from __future__ import annotations

from pathlib import Path

import pytest
from note_checks import faults, module_of
from note_text import note_ids


@pytest.mark.parametrize("note_id", note_ids())
def test_every_note_has_a_file_that_works_its_numbers_out(note_id: str) -> None:
    assert (Path(__file__).parent / f"{module_of(note_id)}.py").is_file(), (
        f"{note_id}.md has no {module_of(note_id)}.py. Write one with a function claims()."
    )


@pytest.mark.parametrize("note_id", note_ids())
def test_every_note_keeps_the_contract_and_is_true(note_id: str) -> None:
    found = faults(note_id)
    assert not found, "\n".join(found)
