"""Where a key comes from, where it is kept, and where it never goes."""

from __future__ import annotations

import json
import os
import stat

import pytest

from nanochat_learn import keys
from nanochat_learn.errors import BadInput, CannotRead, CannotWrite
from nanochat_learn.keys import ServerConfig, forget, keep, key_for, own_folder
from nanochat_learn.provider import OPENROUTER, provider

PLANTED = "sk-or-planted-0123456789abcdef"
ROUTER = provider(OPENROUTER)
OTHER = provider("https://models.example/v1")
HERE = provider("http://127.0.0.1:8080/v1")
FAR_PLAIN = provider("http://models.example/v1")


@pytest.fixture(autouse=True)
def data(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    return tmp_path / "jupyter/nanochat-learn"


def test_the_order_of_sources():
    config = ServerConfig(api_key="of-config")
    assert key_for(ROUTER, environment={}).source == "none"
    keep(ROUTER, "of-file")
    assert key_for(ROUTER, environment={}).value == "of-file"
    assert key_for(ROUTER, config, {}).value == "of-config"
    found = key_for(ROUTER, config, {"OPENROUTER_API_KEY": " of-environment\n"})
    assert (found.source, found.value) == ("environment", "of-environment")


@pytest.mark.parametrize(
    "environment",
    [
        {"OPENROUTER_API_KEY": PLANTED},
        {"NANOCHAT_LEARN_API_KEY": PLANTED},
        {"NANOCHAT_LEARN_API_KEY": PLANTED, "NANOCHAT_LEARN_BASE_URL": OPENROUTER},
    ],
)
def test_a_key_of_the_environment_goes_to_its_own_base_url_only(environment):
    keep(ROUTER, PLANTED)
    config = ServerConfig(api_key=PLANTED)
    assert key_for(ROUTER, config, environment).value == PLANTED
    for whom in (OTHER, FAR_PLAIN, HERE, provider("https://openrouter.ai/api/v2")):
        assert key_for(whom, config, environment).value == ""


def test_a_key_for_another_base_url():
    environment = {
        "OPENROUTER_API_KEY": "of-router",
        "NANOCHAT_LEARN_API_KEY": "of-other",
        "NANOCHAT_LEARN_BASE_URL": "https://Models.Example:443/v1/",
    }
    assert key_for(OTHER, environment=environment).value == "of-other"
    assert key_for(ROUTER, environment=environment).value == "of-router"
    config = ServerConfig(base_url=OTHER.base_url, api_key="of-config")
    assert key_for(OTHER, config, {}).value == "of-config"
    assert key_for(ROUTER, config, {}).value == ""


def test_kept_keys_are_bound_and_survive_a_change_of_the_base_url(data):
    keep(ROUTER, "one")
    keep(OTHER, "two")
    assert key_for(ROUTER, environment={}).value == "one"
    assert key_for(OTHER, environment={}).value == "two"
    forget(OTHER)
    assert key_for(OTHER, environment={}).source == "none"
    assert key_for(ROUTER, environment={}).value == "one"
    forget(ROUTER)
    assert list(data.iterdir()) == []
    forget(ROUTER)


def test_servers_on_this_machine_need_none():
    assert key_for(HERE, environment={}).source == "unneeded"
    keep(HERE, "but-may-want-one")
    assert key_for(HERE, environment={}).value == "but-may-want-one"


def test_no_key_travels_in_the_open(data):
    with pytest.raises(BadInput, match="safe"):
        keep(FAR_PLAIN, PLANTED)
    data.mkdir(parents=True)
    (data / "key").write_text(json.dumps({FAR_PLAIN.base_url: PLANTED}))
    assert key_for(FAR_PLAIN, environment={}).value == ""


@pytest.mark.skipif(os.name == "nt", reason="access lists are jupyter_core's there")
def test_only_the_owner_may_read_from_the_first_byte_on(data, monkeypatch):
    seen = []
    dump = json.dump

    def watched(value, file):
        seen.append(stat.S_IMODE(os.fstat(file.fileno()).st_mode))
        dump(value, file)

    monkeypatch.setattr(keys.json, "dump", watched)
    before = os.umask(0)
    try:
        keep(ROUTER, PLANTED)
    finally:
        os.umask(before)
    assert seen == [0o600]
    assert stat.S_IMODE((data / "key").stat().st_mode) == 0o600
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert [file.name for file in data.iterdir()] == ["key"]


@pytest.mark.skipif(os.name == "nt", reason="access lists are jupyter_core's there")
def test_a_file_that_was_opened_to_others_is_closed_again(data):
    keep(ROUTER, PLANTED)
    (data / "key").chmod(0o644)
    key_for(ROUTER, environment={})
    assert stat.S_IMODE((data / "key").stat().st_mode) == 0o600


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"\xff\xfe", b'"text"'])
def test_a_damaged_file_is_a_sentence_and_is_mended_by_a_new_key(data, damage: bytes):
    data.mkdir(parents=True)
    (data / "key").write_bytes(damage)
    with pytest.raises(CannotRead, match="Enter the key again"):
        key_for(ROUTER, environment={})
    keep(ROUTER, PLANTED)
    assert key_for(ROUTER, environment={}).value == PLANTED


def test_a_folder_that_cannot_be_written_leaves_no_rest(data, monkeypatch):
    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keys.os, "fsync", refuse)
    with pytest.raises(CannotWrite) as caught:
        keep(ROUTER, PLANTED)
    assert PLANTED not in str(caught.value)
    assert list(data.iterdir()) == []


@pytest.mark.parametrize("value", ["", "  ", "two words", "a\nb", "a\r\nX-Evil: 1", "ключ", "a\0b"])
def test_what_is_no_key(value: str):
    with pytest.raises(BadInput) as caught:
        keep(ROUTER, value)
    assert not value.strip() or value not in str(caught.value)


def test_nothing_prints_a_key():
    keep(ROUTER, PLANTED)
    config = ServerConfig(api_key=PLANTED)
    assert PLANTED not in repr(key_for(ROUTER, environment={})) + repr(config)
    assert own_folder().name == "nanochat-learn"
