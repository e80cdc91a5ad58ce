"""Vectors on disk: the user's columns, damage, two processes, and kill -9 at random points."""

from __future__ import annotations

import errno
import multiprocessing
import os
import random
import shutil
import signal
import time
import warnings
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from store_builders import THREE, passage

from nanochat_learn.adapters.embed_process import ProcessTables
from nanochat_learn.adapters.fake_embedder import FakeEmbedder
from nanochat_learn.adapters.lance_tables import LanceTables, table_name
from nanochat_learn.adapters.passage_store import PassageStore
from nanochat_learn.adapters.passages_file import PassagesFile, text_hash
from nanochat_learn.adapters.worker import Worker
from nanochat_learn.durable import locked
from nanochat_learn.errors import Busy, CannotWrite

COLUMNS = ["id", "text", "vector", "type", "label", "source", "library", "file_path", "docstring"]
KILLS = 24


def opened(root: Path) -> PassageStore:
    return PassageStore(PassagesFile(root / "p.sqlite"), LanceTables(root / "db"), root / "lock")


def folder(root: Path, model: str = "fake") -> Path:
    return root / "db" / f"{table_name(model)}.lance"


def test_the_users_columns_in_their_order(tmp_path: Path):
    import lancedb
    import pyarrow as pa

    store = opened(tmp_path)
    store.sync("tree", [replace(THREE[0], library="l", docstring="d"), *THREE[1:]])
    store.embed(FakeEmbedder(), tokens=True)
    table = lancedb.connect(tmp_path / "db").open_table(table_name("fake"))
    assert table.schema.names == [*COLUMNS, "owner", "text_hash", "model_id"]
    assert table.schema.field("vector").type == pa.list_(pa.float32(), 64)
    (row,) = table.search().where("id = 'a.py:cache'").to_list()
    assert (row["library"], row["docstring"], row["owner"]) == ("l", "d", "tree")
    assert row["text_hash"] == text_hash(row["text"])


def test_kept_across_sessions_and_only_changes_embedded(tmp_path: Path):
    store, fake = opened(tmp_path), FakeEmbedder()
    store.sync("tree", THREE)
    store.embed(fake, tokens=True)
    again, fake = opened(tmp_path), FakeEmbedder()
    again.sync("tree", [THREE[0], passage("a.py:norm", "multiplies"), passage("it's", "quoted")])
    again.embed(fake, tokens=True)
    assert sorted(fake.asked) == ["multiplies", "quoted"]
    ids, matrix = again.vectors("fake")
    assert sorted(ids) == ["a.py:cache", "a.py:norm", "it's"]
    at = list(ids).index("a.py:norm")
    assert np.allclose(matrix[at], fake.question("multiplies").vectors[0], atol=1e-6)
    assert set(again.tokens("fake", ["it's", "b.py:sample", "no'; DROP"])) == {"it's"}
    again.sync("tree", [THREE[0]])
    again.embed(fake, tokens=True)
    assert set(again.tokens("fake", ["it's"])) == set(), "the token vectors of what is gone too"


@pytest.mark.filterwarnings("ignore:optimize")
def test_old_versions_and_other_models_are_pruned(tmp_path: Path, monkeypatch):
    import lancedb

    monkeypatch.setattr("nanochat_learn.adapters.lance_tables.KEEP_VERSIONS", timedelta(0))
    store = opened(tmp_path)
    store.sync("tree", [passage(f"n{n}", f"word {n}") for n in range(40)])
    store.embed(FakeEmbedder(), tokens=True)
    table = lancedb.connect(tmp_path / "db").open_table(table_name("fake"))
    assert len(table.list_versions()) <= 2
    store.embed(FakeEmbedder(32, "Org/Other-Model"), tokens=False)
    assert [one.name for one in (tmp_path / "db").glob("*.lance")] == [
        folder(tmp_path, "Org/Other-Model").name
    ]
    assert store.vectors("Org/Other-Model")[1].shape == (40, 32)


@pytest.mark.parametrize("damage", ["deleted", "manifest", "data", "schema", "file"])
def test_damage_is_made_anew(tmp_path: Path, damage: str):
    store = opened(tmp_path)
    store.sync("tree", THREE)
    store.embed(FakeEmbedder(), tokens=True)
    place = folder(tmp_path)
    match damage:
        case "deleted":
            shutil.rmtree(tmp_path / "db")
        case "manifest":
            for file in (place / "_versions").iterdir():
                file.write_bytes(b"nonsense")
        case "data":
            for file in (place / "data").iterdir():
                file.write_bytes(b"")
        case "schema":
            import lancedb
            import pyarrow as pa

            strange = pa.table({"id": ["x"], "other": [1]})
            lancedb.connect(tmp_path / "db").create_table(place.stem, strange, mode="overwrite")
        case "file":
            shutil.rmtree(place)
            place.write_text("not a folder")
    for again in (store, opened(tmp_path)):
        assert len(again.passages()) == 3
        again.tokens("fake", ["a.py:cache"])
        again.embed(FakeEmbedder(), tokens=True)
    assert opened(tmp_path).missing("fake") == 0
    assert len(opened(tmp_path).vectors("fake")[0]) == 3


def test_a_full_disk_is_a_sentence_and_costs_nothing_that_was_kept(tmp_path: Path):
    store = opened(tmp_path)
    store.sync("tree", THREE)
    store.embed(FakeEmbedder(), tokens=True)
    store.sync("tree", [*THREE, passage("new", "new words")])

    class Full(LanceTables):
        def _database(self):
            raise OSError(errno.ENOSPC, "No space left on device")

    full = PassageStore(
        PassagesFile(tmp_path / "p.sqlite"), Full(tmp_path / "db"), tmp_path / "lock"
    )
    with pytest.raises(CannotWrite, match="No space") as caught:
        full.embed(FakeEmbedder(), tokens=True)
    assert "disk" in caught.value.hint
    assert "new" in {one.id for one in full.passages()}
    assert opened(tmp_path).missing("fake") == 1


def test_one_writer_at_a_time(tmp_path: Path):
    store = opened(tmp_path)
    store.sync("tree", THREE)
    with locked(tmp_path / "lock"), pytest.raises(Busy):
        store.embed(FakeEmbedder(), tokens=False)
    store.embed(FakeEmbedder(), tokens=False)


def test_a_reader_sees_what_another_process_wrote(tmp_path: Path):
    reader, writer = opened(tmp_path), opened(tmp_path)
    writer.sync("tree", THREE)
    writer.embed(FakeEmbedder(), tokens=False)
    assert reader.missing("fake") == 0
    writer.sync("tree", [*THREE, passage("new", "new words")])
    assert reader.missing("fake") == 1
    writer.embed(FakeEmbedder(), tokens=False)
    assert reader.missing("fake") == 0


def test_in_the_worker_and_when_the_worker_is_killed(tmp_path: Path):
    worker = Worker()
    try:
        tables = ProcessTables(worker, tmp_path / "db")
        store = PassageStore(PassagesFile(tmp_path / "p.sqlite"), tables, tmp_path / "lock")
        store.sync("tree", THREE)
        assert store.missing("fake") == 3
        assert worker.pid is None, "nothing was kept: no reason to start a process"
        store.embed(FakeEmbedder(), tokens=True)
        assert worker.pid is not None
        os.kill(worker.pid, signal.SIGKILL)
        store.sync("tree", THREE[:2])
        assert store.missing("fake") == 0
        assert set(store.tokens("fake", ["a.py:cache"])) == {"a.py:cache"}
        assert opened(tmp_path).vectors("fake")[1].shape == (2, 64)
    finally:
        worker.close()


def _write_for_ever(root: str, seed: int) -> None:
    """The child: edits and embeds until somebody kills it."""
    draw = random.Random(seed)
    store, fake = opened(Path(root)), FakeEmbedder(16)
    while True:
        size = draw.randrange(5, 40)
        texts = [passage(f"n{n}", f"word{n} {draw.randrange(3)}") for n in range(size)]
        store.sync("tree", texts, "v")
        store.embed(fake, tokens=True)


def test_killed_at_any_point_nothing_is_half(tmp_path: Path):
    warnings.simplefilter("ignore")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["lancedb", "pyarrow", "numpy", "test_lance_tables"])
    draw, embedded = random.Random(7), 0
    for kill in range(KILLS):
        child = context.Process(target=_write_for_ever, args=(str(tmp_path), kill), daemon=True)
        child.start()
        time.sleep((8 if kill == 0 else 0.05) + draw.random() * 0.4)
        assert child.is_alive(), "it wrote until it was killed"
        child.kill()
        child.join()

        store, fake = opened(tmp_path), FakeEmbedder(16)
        texts = {p.id: p.text for p in store.passages()}
        ids, matrix = store.vectors("fake")
        assert len(set(ids)) == len(ids)
        embedded += len(ids)
        for node, vector in zip(ids, matrix, strict=True):
            assert np.allclose(vector, fake.question(texts[node]).vectors[0], atol=1e-6)
        if kill % 6 == 5:
            store.embed(fake, tokens=True)
            assert store.missing("fake") == 0
            assert len(store.vectors("fake")[0]) == len(texts)
    assert embedded, "some of them were killed after they had written"
