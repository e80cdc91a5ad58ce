"""The words of the notes: each spelling once, each meaning short, no needed one missing."""

from __future__ import annotations

import re

import pytest
import yaml
from note_text import NOTES, NoteText, note_ids, text_of

TERMS = yaml.safe_load((NOTES / "glossary.yaml").read_text(encoding="utf-8"))
CONCEPTS = {
    concept["id"]
    for concept in yaml.safe_load((NOTES / "clusters.yaml").read_text("utf-8"))["concepts"]
} | set(note_ids())
SPELLINGS = [" ".join(form.casefold().split()) for t in TERMS for form in (t["term"], *t["forms"])]

# What a reader who has never programmed must be able to look up, as the notes write it.
NEEDED = """
attention | axis | batch | byte | bytes | cache | capacity | column | columns | cosine |
dimension | dimensions | dot product | dot products | embedding | float32 | gradient | head |
heads | infinity | key | keys | layer | layers | LayerNorm | logits | loss | mask | matrix | mean |
MLP | model | overflow | parameter | position | positions | probabilities | prompt | queries |
query | radian | reshape | RMSNorm | root mean square | row | rows | score | scores | shape |
share | shares | sine | slope | softmax | square root | squares | stream | strides | temperature |
tensor | token | tokens | training | transpose | value | values | vector | view | vocabulary |
weight | weights
"""


def test_no_spelling_belongs_to_two_words() -> None:
    assert sorted(SPELLINGS) == sorted(set(SPELLINGS))


@pytest.mark.parametrize("word", [" ".join(w.split()) for w in NEEDED.split("|")])
def test_a_word_that_readers_need_has_an_entry(word: str) -> None:
    assert word.casefold() in SPELLINGS


@pytest.mark.parametrize("entry", TERMS, ids=[entry["term"] for entry in TERMS])
def test_an_entry_is_one_short_plain_sentence(entry: dict) -> None:
    assert set(entry) <= {"term", "forms", "meaning", "concept"}
    meaning = entry["meaning"]
    assert meaning.endswith(".") and not re.search(r"[.?!] ", meaning)
    assert len(meaning.split()) <= 25
    assert not re.search(r"\b(simply|just|obviously|color)\b", meaning)
    assert entry.get("concept", "foundations.tensors") in CONCEPTS


def test_most_words_stand_in_a_note() -> None:
    """A glossary of words that nobody meets would be padding."""
    prose = " ".join(NoteText(text_of(n), n).prose.casefold() for n in note_ids())
    met = [
        entry["term"]
        for entry in TERMS
        if any(
            re.search(rf"(?<!\w){re.escape(form.casefold())}(?!\w)", prose)
            for form in (entry["term"], *entry["forms"])
        )
    ]
    assert len(met) / len(TERMS) > 0.8, sorted({entry["term"] for entry in TERMS} - set(met))
