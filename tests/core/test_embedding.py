"""How far the vectors are, and bringing them on: without a model, and with one that only counts."""

from __future__ import annotations

import http.server
import json
import threading
import time
from pathlib import Path

import pytest

from nanochat_learn import workspace as verbs
from nanochat_learn.adapters import hub
from nanochat_learn.adapters.choosing import QWEN, in_hub_cache
from nanochat_learn.adapters.fake_embedder import FakeEmbedder
from nanochat_learn.adapters.worker import Worker
from nanochat_learn.errors import CannotRead, LearnError, NotFound, Offline, Stopped
from nanochat_learn.places import open_workspace
from nanochat_learn.schema.search import AddedItem, EmbedderInfo, RetrievalState
from nanochat_learn.workspace import embedders, embedding, stores


@pytest.fixture(autouse=True)
def _fresh(monkeypatch):
    """What a server keeps between requests is not kept between tests."""
    monkeypatch.setattr(embedders, "_model", None)
    monkeypatch.setattr(embedding, "_jobs", {})
    monkeypatch.setattr(stores, "_stores", {})


@pytest.fixture
def workspace(tagged: Path):
    made = open_workspace(tagged)
    verbs.index(made)
    return made


def wait_until(ready, seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < until, "it never came"
        time.sleep(0.01)


def best(workspace, question: str) -> str:
    """The first answer by words and graph; no model is woken."""
    return verbs.search(workspace, question, 1, words=True).results[0].id


def fake_of() -> FakeEmbedder:
    timed = embedders.chosen().timed
    assert timed is not None
    assert isinstance(timed.embedder, FakeEmbedder)
    return timed.embedder


def test_before_the_first_index_run(tagged: Path):
    state = verbs.retrieval_state(open_workspace(tagged))
    assert (state.phase, state.total) == ("unindexed", 0)
    with pytest.raises(NotFound):
        verbs.embed(open_workspace(tagged))


def test_words_answer_at_once_and_vectors_follow_the_first_question(workspace):
    state = verbs.retrieval_state(workspace)
    assert (state.phase, state.embedded) == ("waiting", 0)
    assert state.total == len(verbs.graph(workspace).elements.nodes)
    assert state.estimate_seconds is None, "nothing was measured yet"
    assert best(workspace, "turn") == "pkg/model.py:turn"
    assert verbs.embedder(workspace) is None, "and the model is woken"
    wait_until(lambda: verbs.retrieval_state(workspace).phase == "ready")
    model = verbs.embedder(workspace)
    assert model is not None
    ids, matrix = verbs.store(workspace).vectors(model.info.model_id)
    assert matrix.shape == (state.total, model.info.dimension)
    assert "pkg/model.py:turn" in ids


def test_indexing_alone_embeds_nothing(workspace):
    verbs.store(workspace)
    time.sleep(0.1)
    assert fake_of().asked == []


def test_an_edit_is_embedded_as_soon_as_it_is_indexed(workspace, tagged: Path):
    verbs.embed(workspace)
    fake = fake_of()
    fake.asked.clear()
    (tagged / "pkg/model.py").write_text('def turn(x):\n    """Spin x around."""\n')
    verbs.index(workspace)
    wait_until(lambda: any("Spin x around" in text for text in fake.asked))
    wait_until(lambda: verbs.retrieval_state(workspace).phase == "ready")
    assert len(fake.asked) <= 3
    assert best(workspace, "spin") == "pkg/model.py:turn"


def test_progress_estimate_and_the_end(workspace):
    seen: list[RetrievalState] = []
    done = verbs.embed(workspace, on_progress=seen.append)
    assert [one.phase for one in seen[:1]] == ["loading"]
    middle = [one for one in seen if one.phase == "embedding"]
    assert [one.embedded for one in middle] == sorted({one.embedded for one in middle})
    estimates = [one.estimate_seconds for one in middle]
    assert all(one is not None for one in estimates)
    assert estimates[-1] == 0
    assert (done.phase, done.embedded, done.total) == ("ready", done.total, done.total)
    assert verbs.embed(workspace).phase == "ready"


def test_stop_keeps_what_was_embedded_and_nobody_goes_on_unasked(workspace):
    seen: list[RetrievalState] = []
    with pytest.raises(Stopped):
        verbs.embed(workspace, on_progress=seen.append, should_stop=lambda: len(seen) > 3)
    state = verbs.retrieval_state(workspace)
    assert state.phase == "waiting"
    assert 0 < state.embedded < state.total
    assert state.estimate_seconds is not None
    verbs.wake(workspace)
    time.sleep(0.1)
    assert verbs.retrieval_state(workspace).embedded == state.embedded
    asked = len(fake_of().asked)
    assert verbs.embed(workspace).phase == "ready"
    assert len(fake_of().asked) - asked == state.total - state.embedded


def test_a_second_watcher_sees_the_same_run_and_can_stop_it(workspace, monkeypatch):
    slow = threading.Event()
    fake = fake_of()
    real = FakeEmbedder.texts

    def texts(self, wanted, *, tokens=False):
        slow.wait(0.5)
        return real(self, wanted, tokens=tokens)

    monkeypatch.setattr(FakeEmbedder, "texts", texts)
    verbs.wake(workspace)
    wait_until(lambda: len(fake.asked) > 0)
    seen: list[RetrievalState] = []
    with pytest.raises(Stopped):
        verbs.embed(workspace, on_progress=seen.append, should_stop=lambda: len(seen) > 1)
    slow.set()
    wait_until(lambda: not embedding._job(workspace).turn.locked())
    assert len(fake.asked) < verbs.retrieval_state(workspace).total


def test_words_only_is_ready_and_loads_nothing(workspace, monkeypatch):
    monkeypatch.setenv("NANOCHAT_LEARN_EMBEDDER", "words")
    state = verbs.embed(workspace)
    assert (state.phase, state.embedder.kind, state.failure) == ("ready", "words", None)
    assert verbs.embedder(workspace) is None
    assert stores.WORKER.pid is None


class Refusing(FakeEmbedder):
    def __init__(self, kind: str) -> None:
        super().__init__()
        self._info = EmbedderInfo(kind=kind, model_id=kind, label=kind, dimension=8)

    def question(self, question, *, tokens=False):
        raise CannotRead(f"The {self.info.kind} model has changed.", "Install it again.")


def test_a_model_that_is_not_what_it_should_be_falls_to_the_next(workspace, monkeypatch):
    """Named → packaged → words: each told, and the learner's question is answered by words."""
    chosen: list[str] = []

    def choose(setting: str):
        chosen.append(setting)
        kind = "packaged" if setting == "packaged" else "named"
        return embedders.Model(setting, embedders.Timed(Refusing(kind)))

    monkeypatch.setenv("NANOCHAT_LEARN_EMBEDDER", "fake")
    monkeypatch.setattr(embedders, "_choose", choose)
    state = verbs.embed(workspace)
    assert chosen == ["fake", "packaged"]
    assert (state.embedder.kind, state.phase) == ("words", "failed")
    assert state.failure is not None
    assert "packaged model has changed" in state.failure.sentence
    assert verbs.embedder(workspace) is None
    assert best(workspace, "turn") == "pkg/model.py:turn"


def test_a_failure_is_told_and_not_tried_again_by_itself(workspace, monkeypatch):
    def dead(*_, **__):
        raise LearnError("The process was ended.", "Free some memory.")

    with monkeypatch.context() as patched:
        patched.setattr(FakeEmbedder, "texts", dead)
        with pytest.raises(LearnError):
            verbs.embed(workspace)
    state = verbs.retrieval_state(workspace)
    assert state.phase == "failed"
    assert state.failure is not None
    assert state.failure.sentence == "The process was ended."
    verbs.wake(workspace)
    assert not embedding._job(workspace).turn.locked()
    assert verbs.embed(workspace).phase == "ready"


def test_a_store_deleted_under_a_running_server_comes_back(workspace):
    verbs.embed(workspace)
    for file in workspace.cache.glob("passages.sqlite*"):
        file.unlink()
    assert best(workspace, "turn") == "pkg/model.py:turn"
    assert verbs.retrieval_state(workspace).total == len(verbs.graph(workspace).elements.nodes)


def test_a_full_disk_searches_from_memory(workspace, monkeypatch):
    from nanochat_learn.adapters.passages_file import PassagesFile
    from nanochat_learn.errors import CannotWrite

    real = PassagesFile.sync

    def full(self, *what, **more):
        if self._file is not None:
            raise CannotWrite("No space left.", "Make room.")
        return real(self, *what, **more)

    monkeypatch.setattr(PassagesFile, "sync", full)
    assert best(workspace, "turn") == "pkg/model.py:turn"
    assert verbs.embed(workspace).phase == "ready"


def test_added_items_are_embedded_too(workspace):
    verbs.embed(workspace)
    item = AddedItem(id="page", type="external", label="page", text="about zebras")
    verbs.add(workspace, [item])
    assert best(workspace, "zebra") == "page"
    wait_until(lambda: verbs.retrieval_state(workspace).phase == "ready")
    assert "about zebras" in fake_of().asked


def test_two_servers_on_one_workspace(workspace, monkeypatch):
    """The other one has its own handles on the same files."""
    verbs.store(workspace)
    mine = dict(stores._stores)
    monkeypatch.setattr(stores, "_stores", {})
    other = verbs.store(workspace)
    (workspace.root / "new.py").write_text('def zebra():\n    """Stripes."""\n')
    verbs.index(workspace)
    assert best(workspace, "stripes") == "new.py:zebra"
    monkeypatch.setattr(stores, "_stores", mine)
    assert verbs.store(workspace) is not other
    assert best(workspace, "stripes") == "new.py:zebra"


# --- fetching Qwen from a hub of our own

CONFIG = json.dumps({"hidden_size": 1024}).encode()
WEIGHTS = bytes(range(256)) * 8_000
FILES = {"config.json": CONFIG, "model.safetensors": WEIGHTS, "evil.py": b"raise SystemExit"}


class FakeHub(http.server.BaseHTTPRequestHandler):
    """As much of the hub as fetching a model asks for. ``slow``: the weights drip."""

    slow = False

    def do_HEAD(self) -> None:
        self._answer(head=True)

    def do_GET(self) -> None:
        self._answer(head=False)

    def _answer(self, head: bool) -> None:
        path = self.path.partition("?")[0]
        if "/tree/" in path:
            body = json.dumps(
                [
                    {"type": "file", "path": name, "size": len(content), "oid": name}
                    for name, content in FILES.items()
                ]
            ).encode()
        elif path.startswith("/api/models/"):
            body = json.dumps(
                {
                    "id": QWEN,
                    "sha": "c" * 40,
                    "siblings": [
                        {"rfilename": name, "size": len(content)} for name, content in FILES.items()
                    ],
                }
            ).encode()
        else:
            body = FILES[path.rpartition("/")[2]]
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", f'"{path.rpartition("/")[2]}-{len(body)}"')
        self.send_header("X-Repo-Commit", "c" * 40)
        self.end_headers()
        if head:
            return
        step = 10_000 if self.slow and body is WEIGHTS else len(body)
        for start in range(0, len(body), step):
            try:
                self.wfile.write(body[start : start + step])
            except OSError:
                return
            if self.slow:
                time.sleep(0.1)

    def log_message(self, *_) -> None:
        pass


@pytest.fixture
def fake_hub(tmp_path: Path, monkeypatch):
    handler = type("Hub", (FakeHub,), {})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setenv("HF_HUB_DISABLE_XET", "1")
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    monkeypatch.setattr(hub, "LOOK_EVERY", 0.05)
    yield handler
    server.shutdown()


def test_a_model_is_fetched_with_progress_and_without_code(fake_hub):
    seen: list[tuple[int, int]] = []
    folder = hub.download(QWEN, lambda *step: seen.append(step), lambda: False)
    assert in_hub_cache(QWEN) == folder
    assert (folder / "model.safetensors").read_bytes() == WEIGHTS
    assert not (folder / "evil.py").exists()
    assert seen[-1][1] == len(CONFIG) + len(WEIGHTS), "what is not fetched is not counted"
    assert seen[-1][0] == seen[-1][1]


def test_a_fetch_is_stopped_in_the_middle_and_goes_on_later(fake_hub):
    fake_hub.slow = True
    seen: list[int] = []
    begun = time.monotonic()
    with pytest.raises(Stopped):
        hub.download(QWEN, lambda here, _: seen.append(here), lambda: len(seen) > 20)
    assert time.monotonic() - begun < 15, "the weights alone would take longer to come"
    assert in_hub_cache(QWEN) is None
    fake_hub.slow = False
    hub.download(QWEN, lambda *_: None, lambda: False)
    assert in_hub_cache(QWEN) is not None


def test_no_network_is_a_sentence(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    with pytest.raises(Offline, match="could not be fetched") as caught:
        hub.download(QWEN, lambda *_: None, lambda: False, Worker())
    assert "packaged model" in caught.value.hint


def test_consent_fetches_qwen_and_then_it_is_chosen(workspace, fake_hub, monkeypatch):
    fetched: list[str] = []

    def choose(setting: str):
        here = in_hub_cache(QWEN) is not None
        fetched.append("qwen" if here else "fake")
        fake = FakeEmbedder(model_id=fetched[-1])
        return embedders.Model(setting, embedders.Timed(fake))

    monkeypatch.setattr(embedders, "_choose", choose)
    assert verbs.embed(workspace).qwen == "absent", "nothing is fetched without consent"
    seen: list[RetrievalState] = []
    done = verbs.embed(workspace, download=True, on_progress=seen.append)
    assert fetched == ["fake", "qwen"]
    assert "downloading" in {one.qwen for one in seen}
    assert (done.qwen, done.phase, done.embedder.model_id) == ("here", "ready", "qwen")
