"""Is a note true? Its numbers, shapes and formulas, its block of code, and the code it names.

A note's own test file works the values out with the running package and hands them over as
claims: phrases that must stand in the note. What no claim covers is a fault too, so no number
can be added, or changed, without being worked out.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache

import torch
from note_form import form_faults
from note_text import NOTES, ROOT, NoteText, text_of

from nanochat_learn.graph import build, gap_report
from nanochat_learn.indexer import ScanRules, Tree, index_tree
from nanochat_learn.knowledge import Knowledge, KnowledgePlaces, load
from nanochat_learn.sources import Sources


@dataclass(frozen=True)
class Claim:
    """A phrase built from worked-out values, which must stand exactly once in a section."""

    section: str
    says: str
    kind: str = "number"


def faults(note_id: str, text: str | None = None) -> list[str]:
    """Everything wrong with a note, one sentence each; ``text`` stands in for the file's."""
    note = NoteText(text or text_of(note_id), f"docs/knowledge_base/{note_id}.md")
    module = f"test_note_{note_id.replace('.', '_')}"
    if importlib.util.find_spec(module) is None:
        return [f"No {module}.py works the note's numbers out. Write one with a function claims()."]
    claims = importlib.import_module(module).claims()
    wrong = [*claim_faults(note, claims)]
    # A wrong phrase leaves its numbers unbound: to say so as well would only distract.
    loose = () if wrong else loose_faults(note, claims)
    return [*form_faults(note), *wrong, *loose, *run_faults(note), *code_faults(note)]


def shape(tensor: torch.Tensor | Sequence[int], letters: Mapping[str, int] | None = None) -> str:
    """``(2, 3)``; with ``letters``, each size by its name: ``(B, T)``. Sizes must differ."""
    sizes = tuple(tensor.shape) if isinstance(tensor, torch.Tensor) else tuple(tensor)
    if letters is None:
        return str(sizes)
    names = {size: letter for letter, size in letters.items()}
    assert len(names) == len(letters), "two letters stand for the same size"
    return f"({', '.join(names[size] for size in sizes)})"


def signed(number: float, digits: int = 2) -> str:
    """As the notes write it: a true minus sign, no minus before a zero."""
    text = f"{number:.{digits}f}"
    return text.replace("-", "−") if float(text) else f"{0:.{digits}f}"


def claim_faults(note: NoteText, claims: Sequence[Claim]) -> Iterator[str]:
    for claim in claims:
        times = note.section(claim.section).count(claim.says)
        if times == 0:
            yield (
                f"Wrong {claim.kind} in “{claim.section}”: worked out is “{claim.says}”, "
                f"the note has “{_nearest(claim.says, note.section(claim.section))}”."
            )
        elif times > 1:
            yield f"Claim: “{claim.says}” stands {times} times in “{claim.section}”: say more."


def _nearest(phrase: str, section: str) -> str:
    """The stretch of the section that looks most like the phrase."""

    def likeness(start: int) -> float:
        return SequenceMatcher(None, phrase, section[start : start + len(phrase)]).ratio()

    starts = [0, *(word.start() + 1 for word in re.finditer(r"\s", section))]
    best = max(starts, key=likeness)
    return " ".join(section[best : best + len(phrase)].split())


_LOOSE = {
    # A digit that belongs to a name (float32, x_1) is no number of its own.
    "number": re.compile(r"(?<![A-Za-z_\d.,])\d[\d,.]*(?<=\d)"),
    "shape": re.compile(r"\$\([A-Z][^$]*\)\$"),
    "formula": re.compile(r"\$\$.+?\$\$", re.S),
}
# Checked elsewhere (code, links), or no claim of ours (the counting of a list).
_NOT_LOOSE = re.compile(r"`[^`\n]+`|\[\[.*?\]\]|^\d\. ", re.M)


def loose_faults(note: NoteText, claims: Sequence[Claim]) -> Iterator[str]:
    """What looks checkable in the note, but no claim covers it."""
    free = [match.span() for match in _NOT_LOOSE.finditer(note.prose)]
    free.append(note.span("Go further"))  # sources: years, numbers of papers
    for claim in claims:
        start, end = note.span(claim.section)
        at = note.body.find(claim.says, start, end)
        if at >= 0:
            free.append((at, at + len(claim.says)))
    for kind, pattern in _LOOSE.items():
        for found in pattern.finditer(note.prose):
            if not any(a <= found.start() and found.end() <= b for a, b in free):
                line = note.body.count("\n", 0, found.start()) + 1
                around = note.body[max(found.start() - 30, 0) : found.end() + 20].split()
                yield (
                    f"Unbound {kind} “{found.group()}” (line {line} of the body, "
                    f"“{' '.join(around)}”): no test works it out."
                )


def run_faults(note: NoteText) -> Iterator[str]:
    """The block under "In this code": run, and its output compared with what is quoted."""
    kinds = [kind for kind, _ in note.fences]
    here = re.findall(r"^```(\w+)$", note.section("In this code"), re.M)
    if kinds != ["python", "text"] or here != kinds:
        yield f"Block: {kinds}; under “In this code” stand one python block and its text output."
        return
    code, quoted = (content for _, content in note.fences)
    lines = [line for line in code.splitlines() if line.strip()]
    if not 3 <= len(lines) <= 8 or max(map(len, lines)) > 80:
        yield f"Block: {len(lines)} lines; 3 to 8 of at most 80 signs fit."
    if not re.search(r"^(from|import) (nanochat|torch)\b", code, re.M):
        yield "Block: it imports neither nanochat nor torch."
    began = time.process_time()
    printed = run(code)
    if time.process_time() - began > 1:
        yield "Block: it computes for more than a second."
    if printed != quoted:
        yield f"Output: the block prints {printed!r}, but the note quotes {quoted!r}."


def run(code: str) -> str:
    """What the code prints in a fresh namespace, on one thread; an error is printed as well."""
    threads, out = torch.get_num_threads(), io.StringIO()
    torch.set_num_threads(1)
    try:
        with torch.random.fork_rng(devices=[]), contextlib.redirect_stdout(out):
            exec(compile(code, "<note>", "exec"), {"__name__": "__main__"})
    except Exception as error:  # whatever the learner would see
        out.write(f"{type(error).__name__}: {error}\n")
    finally:
        torch.set_num_threads(threads)
    return out.getvalue()


def code_faults(note: NoteText) -> Iterator[str]:
    """Code that is gone or changed, links that lead nowhere, quotations that are none."""
    if not note.note.header.symbols:
        yield "Code: the note names no symbol it speaks about."
    tree, knowledge = _resident()
    others = [other for other in knowledge.notes if other.header.id != note.note.header.id]
    report = gap_report(
        build(
            tree,
            replace(knowledge, notes=(*others, note.note)),
            Sources(ROOT).lines,
            generated_by="tests",
        )
    )
    for gap in report.gaps:
        here = gap.file_path == note.path
        if here and (gap.severity == "error" or gap.kind == "note_without_code"):
            yield f"Code: {gap.message}"
    sources = " ".join(
        " ".join(path.read_text(encoding="utf-8").split())
        for path in sorted((ROOT / "nanochat").glob("*.py"))
    )
    own = " ".join(content for _, content in note.fences)
    for span in note.code_spans:
        if span not in sources and span not in own:
            yield f"Code: `{span}` is quoted, but stands nowhere in nanochat/."


@lru_cache(maxsize=1)
def _resident() -> tuple[Tree, Knowledge]:
    """What is in the repository: code of nanochat/, and everything written about it."""
    places = KnowledgePlaces(notes=NOTES, pictures=ROOT / "src/viz", root=ROOT)
    return index_tree(ROOT, ScanRules(include=("nanochat/**",))), load(places)
