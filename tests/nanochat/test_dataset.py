"""Documents on disk: every one once an epoch, shared by ranks, found again, errors that help."""

from __future__ import annotations

import json
from collections import Counter
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nanochat.dataset import Documents, Place, documents, write_parquet
from nanochat.parquet_files import parquet_files

TEXTS = [f"document number {n}" for n in range(230)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """230 documents: 5 for validation, 225 for training in 33 groups and 4 files."""
    made = tmp_path_factory.mktemp("data") / "texts"
    counts = write_parquet(TEXTS, made, rows_per_group=7, groups_per_file=10)
    assert counts == {"train": 225, "validation": 5}
    return made


def stream(folder: Path, how_many: int, split: str = "train", **options: object) -> list[str]:
    return [text for text, _ in islice(documents(folder, split, **options), how_many)]


def write(file: Path, texts: list[str | None], rows: int = 10, column: str = "text") -> None:
    file.parent.mkdir(exist_ok=True)
    table = pa.table({column: pa.array(texts, pa.string())})
    pq.write_table(table, file, row_group_size=rows)


def test_the_files_and_what_is_in_them(folder: Path) -> None:
    names = [file.name for file in sorted(folder.iterdir())]
    assert names == [
        "train_00000.parquet", "train_00001.parquet", "train_00002.parquet", "train_00003.parquet",
        "validation_00000.parquet",
    ]  # fmt: skip
    rows = [pq.read_table(folder / name).column("text").to_pylist() for name in names]
    assert rows[4] == TEXTS[::50]
    assert [text for some in rows[:4] for text in some] == [
        text for n, text in enumerate(TEXTS) if n % 50
    ]
    assert pq.ParquetFile(folder / names[0]).num_row_groups == 10


@pytest.mark.parametrize("world", [1, 2, 3])
def test_every_rank_together_shows_every_document_once_an_epoch(folder: Path, world: int) -> None:
    for seed in (0, 5, None):
        ranks = [Documents(folder, "train", rank, world, seed) for rank in range(world)]
        for epoch in range(3):
            shown: list[str] = []
            for rank in ranks:
                start = rank.start_at(Place(epoch, 0, 0))
                shown += [t for place, t in islice(start, 300) if place.epoch == epoch]
            assert Counter(shown) == Counter(t for n, t in enumerate(TEXTS) if n % 50)


def test_epochs_come_in_different_orders_and_a_seed_repeats_them(folder: Path) -> None:
    two = stream(folder, 450)
    assert sorted(two[:225]) == sorted(two[225:])
    assert two[:225] != two[225:]
    assert two == stream(folder, 450)
    assert two != stream(folder, 450, seed=1)
    in_order = [text for n, text in enumerate(TEXTS) if n % 50]
    assert stream(folder, 450, seed=None) == in_order * 2
    moved = sum(abs(in_order.index(text) - n) > 60 for n, text in enumerate(two[:225]))
    assert moved > 60  # shuffled across the files, not only inside a group


@settings(max_examples=60)
@given(cut=st.integers(1, 500), rank=st.integers(0, 1), seed=st.sampled_from([None, 0, 9]))
def test_a_state_continues_where_it_was_saved(folder: Path, cut: int, rank: int, seed) -> None:
    both = {"rank": rank, "world": 2, "seed": seed}
    whole = list(islice(documents(folder, "train", **both), cut + 30))
    state = json.loads(json.dumps(whole[cut - 1][1]))
    again = stream(folder, 30, state=state, **both)
    assert again == [text for text, _ in whole[cut:]]


def test_places_are_found_again(folder: Path) -> None:
    reader = Documents(folder, "train")
    shown = list(islice(reader.start_at(), 400))
    picked = shown[3:390:17]
    assert Documents(folder, "train").texts(p for p, _ in picked) == [t for _, t in picked]
    with pytest.raises(ValueError, match="not what they were"):
        reader.texts([Place(0, 0, 10_000)])


def test_empty_rows_are_left_out(tmp_path: Path) -> None:
    write(tmp_path / "a.parquet", ["one", "", None, "two"], rows=2)
    write(tmp_path / "b.parquet", [None, ""])
    assert sorted(stream(tmp_path, 2)) == ["one", "two"]
    with pytest.raises(ValueError, match=r"no text at all in .*b\.parquet"):
        stream(tmp_path, 1, split="validation")
    write(tmp_path / "b.parquet", [])
    with pytest.raises(ValueError, match=r"no text at all in .*b\.parquet\. Put files"):
        Documents(tmp_path, "validation")


def test_a_state_of_other_data_is_refused(folder: Path, tmp_path: Path) -> None:
    (_, state) = next(documents(folder, "train"))
    write_parquet(TEXTS[:60], tmp_path / "other")
    with pytest.raises(ValueError, match=r"saved with other files\. Use the same"):
        next(documents(tmp_path / "other", "train", state=state))
    with pytest.raises(ValueError, match="saved with seed 0, not 3"):
        next(documents(folder, "train", state=state, seed=3))
    with pytest.raises(ValueError, match="saved with world 1, not 2"):
        next(documents(folder, "train", state=state, world=2))


def test_folders_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"no folder .*gone\. Make one .*make_data .*gone"):
        parquet_files(tmp_path / "gone", "train")
    with pytest.raises(ValueError, match=r"holds no parquet file\. Write some"):
        parquet_files(tmp_path, "train")
    write(tmp_path / "only.parquet", ["one"])
    with pytest.raises(ValueError, match=r"holds only only\.parquet.*Put a second file"):
        parquet_files(tmp_path, "train")
    with pytest.raises(ValueError, match="no split 'test'; choose one of: train, validation"):
        parquet_files(tmp_path, "test")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    write(tmp_path / "b.parquet", ["fine"])
    write(tmp_path / "a.parquet", ["words"], column="body")
    with pytest.raises(ValueError, match=r"a\.parquet has no column 'text', only: body\. Rename"):
        Documents(tmp_path, "train")
    pq.write_table(pa.table({"text": [1, 2]}), tmp_path / "a.parquet")
    with pytest.raises(ValueError, match=r"column 'text' of .*a\.parquet holds int64, not text"):
        Documents(tmp_path, "train")
    for content in (b"", b"PAR1 nonsense PAR1", (tmp_path / "b.parquet").read_bytes()[:-20]):
        (tmp_path / "a.parquet").write_bytes(content)
        with pytest.raises(ValueError, match=r"a\.parquet cannot be read as parquet"):
            Documents(tmp_path, "train")


def test_damage_in_the_middle_of_a_file(tmp_path: Path) -> None:
    write(tmp_path / "b.parquet", ["fine"])
    file = tmp_path / "a.parquet"
    write(file, [f"text {n} " * 20 for n in range(100)])
    whole = file.read_bytes()
    file.write_bytes(whole[:4] + bytes(len(whole) // 2) + whole[4 + len(whole) // 2 :])
    with pytest.raises(ValueError, match=r"a\.parquet cannot be read as parquet"):
        stream(tmp_path, 100)


def test_more_ranks_than_row_groups(folder: Path) -> None:
    with pytest.raises(ValueError, match=r"have 33 row groups for 34 ranks.*rows-per-group"):
        Documents(folder, "train", 0, 34)
    assert stream(folder, 5, rank=32, world=33)
    with pytest.raises(ValueError, match="no rank 2 among 2; ranks count from 0"):
        Documents(folder, "train", 2, 2)


def test_nothing_is_overwritten_and_nothing_half_written(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("keep")
    with pytest.raises(ValueError, match="mine holds something already"):
        write_parquet(TEXTS, tmp_path / "mine")

    def breaks() -> object:
        yield from TEXTS
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        write_parquet(breaks(), tmp_path / "new", rows_per_group=3)
    with pytest.raises(ValueError, match="There are 1 texts, but it takes two"):
        write_parquet(["one"], tmp_path / "new")
    with pytest.raises(ValueError, match="half a character"):
        write_parquet(["fine", "not \ud83d"], tmp_path / "new")
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
    (tmp_path / "new").mkdir()
    assert write_parquet(TEXTS[:2], tmp_path / "new") == {"train": 1, "validation": 1}


@pytest.mark.parametrize("option", ["rows_per_group", "groups_per_file", "validation_every"])
def test_sizes_that_make_no_sense(tmp_path: Path, option: str) -> None:
    with pytest.raises(ValueError, match=f"{option} must be . or more, not 0"):
        write_parquet(TEXTS, tmp_path / "new", **{option: 0})
