"""Which workspace a folder belongs to, and where the shipped content is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from nanochat_learn.errors import CannotRead, NotFound
from nanochat_learn.places import MARKER, content, find_workspace, open_workspace, own_or_shipped


def marked(folder: Path, text: str = "format = 1\n") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARKER).write_text(text, encoding="utf-8")
    return folder


def test_the_nearest_marked_ancestor_wins(tmp_path: Path):
    outer, inner = marked(tmp_path / "outer"), marked(tmp_path / "outer/inner")
    deep = inner / "lessons"
    deep.mkdir()
    assert find_workspace(deep).root == inner.resolve()
    assert find_workspace(deep / "not_there_yet.ipynb").root == inner.resolve()
    assert find_workspace(outer / "other").root == outer.resolve()


def test_never_above_jupyters_root(tmp_path: Path):
    marked(tmp_path)
    root = tmp_path / "jupyter"
    (root / "a").mkdir(parents=True)
    assert find_workspace(root / "a", ceiling=root) is None
    assert find_workspace(root / "a") is not None


def test_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    marked(tmp_path / "here")
    there = marked(tmp_path / "there")
    monkeypatch.setenv("NANOCHAT_LEARN_WORKSPACE", str(there))
    assert find_workspace(tmp_path / "here").root == there.resolve()


def test_an_environment_that_points_nowhere_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("NANOCHAT_LEARN_WORKSPACE", str(tmp_path / "nowhere"))
    with pytest.raises(NotFound, match="no folder"):
        find_workspace(tmp_path)


def test_a_link_leads_to_the_real_workspace(tmp_path: Path):
    real = marked(tmp_path / "real")
    (tmp_path / "link").symlink_to(real)
    assert find_workspace(tmp_path / "link").root == real.resolve()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("format = =\n", "line 1"),
        ("format = 2\n", "format 2"),
        ('include = "lessons"\n', "list of patterns"),
        ("exclude = [1]\n", "list of patterns"),
    ],
)
def test_a_broken_marker_is_a_sentence(tmp_path: Path, text: str, said: str):
    marked(tmp_path, text)
    with pytest.raises(CannotRead, match=said) as caught:
        find_workspace(tmp_path)
    assert caught.value.hint


def test_rules_come_from_the_marker(tmp_path: Path):
    marked(tmp_path, 'format = 1\ninclude = ["a/**"]\nexclude = ["a/b.py"]\n')
    workspace = open_workspace(tmp_path)
    assert (workspace.include, workspace.exclude) == (("a/**",), ("a/b.py",))


def test_caches_of_read_only_and_unmarked_folders_go_elsewhere(tmp_path: Path, monkeypatch):
    mine = open_workspace(marked(tmp_path / "mine"))
    assert mine.cache == mine.root / ".nanochat-learn"
    foreign = open_workspace(tmp_path)
    assert not foreign.cache.is_relative_to(tmp_path)
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert not mine.cache.is_relative_to(mine.root)
    assert mine.cache != foreign.cache


def test_all_content_is_found_and_a_workspaces_own_notes_win(tmp_path: Path):
    for kind in ("lessons", "knowledge_base", "viz", "nanochat"):
        assert content(kind).is_dir(), kind
    workspace = open_workspace(marked(tmp_path))
    assert own_or_shipped(workspace, "knowledge_base") == content("knowledge_base")
    (tmp_path / "docs/knowledge_base").mkdir(parents=True)
    assert own_or_shipped(workspace, "knowledge_base") == tmp_path.resolve() / "docs/knowledge_base"
