"""Files that are replaced whole: also by several threads of one server at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from nanochat_learn.durable import replace_file


def test_many_threads_replace_one_file(tmp_path: Path):
    target = tmp_path / "deep" / "choice.json"
    contents = [bytes([65 + n]) * 50_000 for n in range(8)]

    def write(content: bytes) -> None:
        for _ in range(15):
            replace_file(target, content)

    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(write, content) for content in contents]:
            done.result()
    assert target.read_bytes() in contents
    assert list(target.parent.iterdir()) == [target]
