"""A folder on disk: what is read, what is remembered, what is refused."""

from __future__ import annotations

import os
import sysconfig
from pathlib import Path

import pytest

from nanochat_learn.errors import Stopped
from nanochat_learn.indexer import ScanRules, cache, fingerprint, index_tree, list_files, tree


def write(root: Path, **files: str) -> None:
    for name, text in files.items():
        path = root / name.replace("__", "/").replace("_py", ".py").replace("_nb", ".ipynb")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def paths(root: Path, rules: ScanRules | None = None) -> list[str]:
    return [entry.path for entry in list_files(root, rules)[0]]


def test_what_is_scanned(tmp_path: Path):
    write(
        tmp_path,
        a_py="",
        pkg__b_py="",
        lessons__one_nb="{}",
        lessons__one_py="twin",
        node_modules__x_py="",
        checkpoints__x_py="",
        secret__x_py="",
        env__lib__x_py="",
        generated__keep_py="",
        generated__no_py="",
    )
    (tmp_path / "secret").rename(tmp_path / ".secret")
    (tmp_path / "env/pyvenv.cfg").write_text("")
    (tmp_path / ".gitignore").write_text("/generated/*\n!/generated/keep.py\n")
    (tmp_path / "pkg/.gitignore").write_text("ignored.py\n")
    write(tmp_path, pkg__ignored_py="")
    (tmp_path / "notes.txt").write_text("")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert paths(tmp_path) == ["a.py", "generated/keep.py", "lessons/one.ipynb", "pkg/b.py"]


def test_include_and_exclude(tmp_path: Path):
    write(tmp_path, a_py="", pkg__b_py="", pkg__c_py="")
    assert paths(tmp_path, ScanRules(include=("pkg/**",), exclude=("c.py",))) == ["pkg/b.py"]


def test_a_fingerprint_changes_with_every_change(tmp_path: Path):
    write(tmp_path, a_py="x = 1\n")
    seen = {fingerprint(tmp_path)}
    write(tmp_path, b_py="")
    seen.add(fingerprint(tmp_path))
    write(tmp_path, a_py="x = 12\n")
    seen.add(fingerprint(tmp_path))
    (tmp_path / "b.py").unlink()
    seen.add(fingerprint(tmp_path))
    seen.add(fingerprint(tmp_path, ScanRules(exclude=("a.py",))))
    assert len(seen) == 5
    assert fingerprint(tmp_path) == fingerprint(tmp_path)


def test_only_what_changed_is_read_again(tmp_path: Path):
    write(tmp_path, a_py="def f(): pass\n", b_py="from a import f\nf()\n")
    kept = tmp_path / ".cache" / "facts.sqlite"
    first = index_tree(tmp_path, cache=kept)
    again = index_tree(tmp_path, cache=kept)
    assert (first.parsed, again.parsed) == (2, 0)
    assert (again.files, again.links) == (first.files, first.links)

    write(tmp_path, a_py="def g(): pass\n")
    edited = index_tree(tmp_path, cache=kept)
    assert edited.parsed == 1
    assert edited.links != first.links

    os.utime(tmp_path / "a.py", ns=(1, 1))  # touched, not changed: known by its content
    assert index_tree(tmp_path, cache=kept).parsed == 0

    (tmp_path / "a.py").unlink()
    assert set(index_tree(tmp_path, cache=kept).files) == {"b.py"}


def test_a_cache_of_another_version_or_a_damaged_one_is_thrown_away(tmp_path, monkeypatch):
    write(tmp_path, a_py="x = 1\n")
    kept = tmp_path / ".cache" / "facts.sqlite"
    index_tree(tmp_path, cache=kept)
    monkeypatch.setattr(cache, "_LAYOUT", "another")
    assert index_tree(tmp_path, cache=kept).parsed == 1
    kept.write_bytes(b"SQLite format 3\x00 but not really")
    assert index_tree(tmp_path, cache=kept).parsed == 1
    assert index_tree(tmp_path, cache=kept).parsed == 0


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path):
    write(tmp_path, a_py="x = 1\n")
    (tmp_path / "file").write_text("")
    assert index_tree(tmp_path, cache=tmp_path / "file" / "facts.sqlite").parsed == 1


def test_progress_and_stop(tmp_path: Path):
    write(tmp_path, a_py="", b_py="", c_py="")
    told: list[tuple[int, int, str]] = []
    index_tree(tmp_path, on_progress=lambda *step: told.append(step))
    assert told == [(0, 3, "a.py"), (1, 3, "b.py"), (2, 3, "c.py"), (3, 3, "")]
    with pytest.raises(Stopped):
        index_tree(tmp_path, should_stop=lambda: len(told) > 0)


def test_a_file_written_by_a_program_is_named_and_left_out(tmp_path: Path):
    write(tmp_path, a_py="x = 1\n")
    with (tmp_path / "big.py").open("w") as file:
        file.write("data = [\n" + "    1,\n" * 800_000 + "]\n")
    found = index_tree(tmp_path)
    assert set(found.files) == {"a.py"}
    ((path, problem),) = found.unreadable
    assert path == "big.py"
    assert "6 MB" in problem.message


def test_encodings(tmp_path: Path):
    (tmp_path / "latin.py").write_bytes("# coding: latin-1\ndef é(): pass\n".encode("latin-1"))
    (tmp_path / "bom.py").write_bytes(b"\xef\xbb\xbfdef f(): pass\r\n")
    (tmp_path / "wrong.py").write_bytes(b"x = '\xff'\n")
    (tmp_path / "unknown.py").write_bytes(b"# coding: no-such-thing\n")
    files = index_tree(tmp_path).files
    assert files["latin.py"].symbols[0].qualname == "é"
    assert files["bom.py"].symbols[0].qualname == "f"
    for name in ("wrong.py", "unknown.py"):
        (problem,) = files[name].problems
        assert "UTF-8" in problem.message


def test_a_file_that_vanishes_meanwhile_is_a_sentence(tmp_path: Path, monkeypatch):
    write(tmp_path, a_py="", b_py="")
    listed = list_files(tmp_path)
    monkeypatch.setattr(tree, "list_files", lambda *_: listed)
    (tmp_path / "a.py").unlink()
    found = index_tree(tmp_path)
    assert set(found.files) == {"b.py"}
    assert found.unreadable[0][0] == "a.py"


def test_the_whole_standard_library(tmp_path: Path):
    """Hundreds of other people's files: nothing raises, and broken ones are named."""
    found = index_tree(Path(sysconfig.get_path("stdlib")))
    assert len(found.files) > 500
    assert "argparse.py:ArgumentParser" in {
        f"{path}:{symbol.qualname}"
        for path, facts in found.files.items()
        for symbol in facts.symbols
    }
    broken = [path for path, facts in found.files.items() if facts.problems]
    assert all("bad" in path or "test" in path or "lib2to3" in path for path in broken), broken
