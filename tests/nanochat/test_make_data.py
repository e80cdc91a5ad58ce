"""Making data: from stories, from a folder of texts, from an address, and what stops it."""

from __future__ import annotations

import http.server
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nanochat import stories
from nanochat.download import download
from nanochat.parquet_files import read_documents
from nanochat.scripts.make_data import main
from nanochat.text_files import cut


def made(folder: Path) -> set[str]:
    return {text for file in folder.glob("*.parquet") for text in read_documents(file)}


def test_stories(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "deep" / "stories"
    assert main([str(out), "--stories", "120", "--seed", "7"]) == 0
    assert made(out) == set(stories.documents(120, seed=7))
    assert "holds 117 documents to learn from and 3 for validation" in capsys.readouterr().out
    about = pq.read_schema(out / "train_00000.parquet").metadata[b"made_by"].decode()
    assert about.startswith("make_data ")
    assert about.endswith("--stories 120 --seed 7")


def test_a_folder_of_texts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = tmp_path / "mine"
    (mine / "below").mkdir(parents=True)
    (mine / "one.txt").write_text("﻿First.\n\nSecond.", encoding="utf-8")
    (mine / "below" / "two.MD").write_text("# Title\n\n" + "A long line. " * 300)
    (mine / "latin.txt").write_bytes("café".encode("latin-1"))
    (mine / "picture.txt").write_bytes(b"\x89PNG\x00\x00")
    (mine / "code.py").write_text("never read")
    assert main([str(tmp_path / "out"), "--folder", str(mine), "--stories", "3", "--quiet"]) == 0
    texts = made(tmp_path / "out")
    assert "First.\n\nSecond." in texts
    assert sum("A long line." in text for text in texts) == 2
    assert len(texts) == 3 + 1 + 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "latin.txt is left out: it is no text in UTF-8" in said.err
    assert "picture.txt is left out" in said.err


@given(st.text(alphabet="ab. \n", max_size=400), st.integers(3, 60))
def test_cutting_loses_nothing_but_white_space(text: str, longest: int) -> None:
    pieces = list(cut(text, longest))
    assert all(0 < len(piece) <= longest for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_cutting_prefers_paragraphs_then_sentences_then_words() -> None:
    assert list(cut("one\n\ntwo\n \nthree", 9)) == ["one\n\ntwo", "three"]
    assert list(cut('He said "No." Then he went on', 16)) == ['He said "No."', "Then he went on"]
    assert list(cut("several words here", 10)) == ["several", "words here"]
    assert list(cut("Title\n\nsome long words here", 16)) == ["Title\n\nsome long", "words here"]
    assert list(cut("abcdefgh", 3)) == ["abc", "def", "gh"]
    assert list(cut(" \n\n ", 10)) == []


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A web server on this machine, and the folder it shows; busy.txt fails twice first."""
    root = tmp_path / "site"
    root.mkdir()
    failures = {"left": 2}

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args: object) -> None:
            super().__init__(*args, directory=str(root))

        def do_GET(self) -> None:
            if self.path == "/busy.txt" and failures["left"]:
                failures["left"] -= 1
                self.send_error(503)
            elif self.path == "/short.txt":
                self.send_response(200)
                self.send_header("Content-Length", "1000")
                self.end_headers()
                self.wfile.write(b"only this")
            else:
                super().do_GET()

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", root
        server.shutdown()


def test_downloads(site: tuple[str, Path], tmp_path: Path) -> None:
    url, root = site
    main([str(root / "data"), "--stories", "60", "--quiet"])
    (root / "letter.txt").write_text("Dear reader.")
    sources = [f"{url}/data/train_00000.parquet", f"{url}/letter.txt"]
    asked = [word for source in sources for word in ("--download", source)]
    assert main([str(tmp_path / "out"), *asked, "--quiet"]) == 0
    learned = set(read_documents(root / "data" / "train_00000.parquet"))
    assert made(tmp_path / "out") == learned | {"Dear reader."}


def test_a_server_that_is_busy_is_asked_again(site: tuple[str, Path], tmp_path: Path) -> None:
    url, root = site
    (root / "busy.txt").write_text("at last")
    assert download(f"{url}/busy.txt", tmp_path, wait=0.01).read_text() == "at last"
    with pytest.raises(OSError, match="Check the address"):
        download(f"{url}/gone.txt", tmp_path, wait=0.01)
    with pytest.raises(OSError, match="after 4 tries: only 9 of 1000 bytes came"):
        download(f"{url}/short.txt", tmp_path, wait=0.01)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["busy.txt", "site"]


NO_ADDRESSES = ["file:///etc/passwd", "letter.txt", "https://example.org", "ftp://a/b"]


@pytest.mark.parametrize("url", NO_ADDRESSES)
def test_what_is_no_address_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no address of a file; it must begin with https://"):
        download(url, tmp_path)


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ([], "Say where the documents come from: --stories, --folder or --download"),
        (["--stories", "-1"], "--stories must be 0 or more"),
        (["--stories", "1"], "takes two at least"),
        (["--folder", "{tmp}/gone"], "There is no folder"),
        (["--folder", "{tmp}/empty"], "holds no text file; the names must end in .txt or .md"),
        (["--stories", "5", "--rows-per-group", "0"], "rows_per_group must be 1 or more"),
    ],
)
def test_what_stops_it_is_said(
    options: list[str], reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    options = [option.format(tmp=tmp_path) for option in options]
    assert main([str(tmp_path / "out"), *options]) == 2
    assert reason in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path, capsys) -> None:
    assert main([str(tmp_path / "out"), "--stories", "5", "--quiet"]) == 0
    before = made(tmp_path / "out")
    assert main([str(tmp_path / "out"), "--stories", "9", "--quiet"]) == 2
    assert "out holds something already" in capsys.readouterr().err
    assert made(tmp_path / "out") == before


def test_it_runs_as_a_program() -> None:
    command = [sys.executable, "-m", "nanochat.scripts.make_data", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "--stories N" in done.stdout
    assert "torch" not in done.stderr
