"""A learner's files are never overwritten, whatever an upgrade brings."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from nanochat_learn import shipping
from nanochat_learn._version import __version__
from nanochat_learn.errors import CannotRead, CannotWrite
from nanochat_learn.places import MARKER, content
from nanochat_learn.shipping import prepare


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for our content, so that "an upgrade" can change it."""
    home = tmp_path / "content"
    for name, text in {
        "lessons/01_a.ipynb": "one",
        "lessons/01_a.py": "source of the notebook",
        "lessons/checks/01_a.py": "checks",
        "nanochat/gpt.py": "model",
        "nanochat/__pycache__/gpt.pyc": "cache",
        "nanochat/checkpoints/tiny/meta.json": "{}",
    }.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text)
    monkeypatch.setattr(shipping, "content", lambda kind: home / kind)
    return home


def test_copies_what_a_learner_needs_and_nothing_else(tmp_path: Path, shipped: Path):
    done = prepare(tmp_path / "w", lessons=True)
    assert set(done.created) == {"lessons/01_a.ipynb", "lessons/checks/01_a.py", "nanochat/gpt.py"}
    assert (tmp_path / "w" / MARKER).is_file()
    assert not (tmp_path / "w/lessons/01_a.py").exists()
    assert prepare(tmp_path / "w", lessons=True) == shipping.Shipment((), (), ())


def test_an_upgrade_replaces_only_what_nobody_touched(tmp_path: Path, shipped: Path):
    work = tmp_path / "w"
    prepare(work, lessons=True)
    (work / "lessons/01_a.ipynb").write_text("my own work")
    (shipped / "lessons/01_a.ipynb").write_text("two")
    (shipped / "nanochat/gpt.py").write_text("better model")

    done = prepare(work, lessons=True)
    new = f"lessons/01_a.new-{__version__}.ipynb"
    assert done.upgraded == ("nanochat/gpt.py",)
    assert done.beside == (new,)
    assert (work / "lessons/01_a.ipynb").read_text() == "my own work"
    assert (work / new).read_text() == "two"
    assert (work / "nanochat/gpt.py").read_text() == "better model"
    assert any(new in sentence for sentence in done.sentences())
    assert prepare(work, lessons=True) == shipping.Shipment((), (), ())


def test_a_file_the_learner_wrote_before_us_is_kept(tmp_path: Path, shipped: Path):
    work = tmp_path / "w"
    (work / "nanochat").mkdir(parents=True)
    (work / "nanochat/gpt.py").write_text("mine")
    prepare(work, lessons=True)
    assert (work / "nanochat/gpt.py").read_text() == "mine"


def test_a_deleted_lesson_stays_deleted(tmp_path: Path, shipped: Path):
    work = tmp_path / "w"
    prepare(work, lessons=True)
    (work / "lessons/01_a.ipynb").unlink()
    prepare(work, lessons=True)
    assert not (work / "lessons/01_a.ipynb").exists()


def test_without_lessons_only_the_marker(tmp_path: Path, shipped: Path):
    prepare(tmp_path / "w", lessons=False)
    assert [path.name for path in (tmp_path / "w").iterdir()] == [MARKER]


def test_a_marker_with_own_rules_is_kept(tmp_path: Path, shipped: Path):
    (tmp_path / MARKER).write_text('include = ["a"]\n')
    prepare(tmp_path, lessons=False)
    assert (tmp_path / MARKER).read_text() == 'include = ["a"]\n'


def test_a_damaged_ledger_is_a_sentence_and_loses_nothing(tmp_path: Path, shipped: Path):
    work = tmp_path / "w"
    prepare(work, lessons=True)
    (work / ".nanochat-learn/shipped.json").write_text("{")
    (work / "nanochat/gpt.py").write_text("mine")
    with pytest.raises(CannotRead, match="shipped"):
        prepare(work, lessons=True)
    assert (work / "nanochat/gpt.py").read_text() == "mine"


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path: Path, shipped: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWrite, match="cannot be written") as caught:
        prepare(tmp_path / "file" / "w", lessons=True)
    assert caught.value.hint


def test_models_copied_by_an_earlier_version_go_unless_touched(tmp_path: Path, shipped: Path):
    work, ledger = tmp_path / "w", tmp_path / "w/.nanochat-learn/shipped.json"
    prepare(work, lessons=True)
    models = work / "nanochat/checkpoints"
    copied = {"tiny/meta.json": "{}", "tiny/model": "old", "other/meta.json": "mine"}
    told = json.loads(ledger.read_text())
    for name, text in copied.items():
        (models / name).parent.mkdir(parents=True, exist_ok=True)
        (models / name).write_text(text)
        told[f"nanochat/checkpoints/{name}"] = shipping._hash(models / name)
    (models / "other/meta.json").write_text("trained on")
    ledger.write_text(json.dumps(told))
    assert prepare(work, lessons=True) == shipping.Shipment((), (), ())
    left = [path.relative_to(models).as_posix() for path in models.rglob("*")]
    assert sorted(left) == ["other", "other/meta.json"]
    assert not [name for name in json.loads(ledger.read_text()) if "checkpoints" in name]
    assert prepare(work, lessons=True) == shipping.Shipment((), (), ())


def test_a_workspace_talks_with_the_installed_model(tmp_path: Path):
    """The copy of the code is what runs, and it finds the models of the installed package."""
    prepare(tmp_path, lessons=True)
    assert not (tmp_path / "nanochat/checkpoints").exists()
    code = (
        "import nanochat.gpt, nanochat.checkpoint as c; c.load_model('stories-base-000000'); "
        "print(nanochat.gpt.__file__); print(c.find('stories-chat'))"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert Path(said[0]) == tmp_path / "nanochat/gpt.py"
    assert Path(said[1]).is_relative_to(content("nanochat"))


def test_the_real_content_ships(tmp_path: Path):
    done = prepare(tmp_path, lessons=True)
    assert "lessons/00_start_here.ipynb" in done.created
    assert "nanochat/gpt.py" in done.created
    assert not [name for name in done.created if "checkpoints" in name]
    assert not any(name.endswith((".pyc", ".new")) for name in done.created)
