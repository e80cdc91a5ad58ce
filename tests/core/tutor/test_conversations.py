"""Conversations are files that nobody loses: two tabs, kill -9, damage, foreign names."""

from __future__ import annotations

import json
import os
import signal
import threading
from pathlib import Path

import pytest

from nanochat_learn import workspace as verbs
from nanochat_learn.errors import BadInput, CannotRead, CannotWrite, LearnError, NotFound
from nanochat_learn.places import Workspace, open_workspace
from nanochat_learn.schema.tutor import (
    AskRequest,
    Citation,
    Conversation,
    ConversationId,
    Message,
    MessageId,
    SentPrompt,
)
from nanochat_learn.tutor import conversation as talks
from nanochat_learn.workspace import conversing


def asked(workspace: Workspace, text: str, **more) -> tuple[Conversation, MessageId]:
    return conversing.keep_question(workspace, AskRequest(question=text, **more))


def answered(workspace: Workspace, text: str, **more) -> tuple[Conversation, MessageId]:
    talk, id = asked(workspace, text, **more)
    conversing.keep_answer(workspace, talk.id, id, answer(f"a {text}"))
    return verbs.conversation(workspace, talk.id), id


def answer(text: str, id: str = "") -> Message:
    return Message(
        id=MessageId(id or f"a-{abs(hash(text)):x}"), role="tutor", text=text, made=conversing.now()
    )


def texts(talk: Conversation) -> list[str]:
    return [message.text for message in talk.messages]


def test_a_conversation_is_one_visible_file(course: Workspace):
    talk, _ = answered(course, "Where does it remember\nearlier words? Tell me!")
    file = course.root / "conversations" / f"{talk.id}.json"
    assert json.loads(file.read_text("utf-8"))["format"] == "nanochat-learn.conversation/1"
    assert talk.id[11:].startswith("where-does-it-remember-")
    assert talk.title == "Where does it remember"
    (head,) = verbs.conversations(course).conversations
    assert (head.id, head.title, head.messages, head.problem) == (talk.id, talk.title, 2, None)


def test_titles_and_names_of_any_question():
    for text in (
        "",
        "\n\n  ",
        "???",
        "日本語の質問",
        "../../etc/passwd",
        "CON",
        "a" * 500,
        "é/ü\\:*",
    ):
        slug = talks.slug_of(text)
        assert conversing._is_safe(f"2026-01-01-{slug}-abc"), text
        assert 0 < len(talks.title_of(text)) <= talks.LONGEST_TITLE


def test_the_next_question_joins_the_conversation(course: Workspace):
    talk, _ = answered(course, "one")
    talk, _ = answered(course, "two", conversation=talk.id)
    assert texts(talk) == ["one", "a one", "two", "a two"]


def test_edit_and_retry_replace_from_there_on_and_lose_nothing(course: Workspace):
    talk, first = answered(course, "one")
    talk, second = answered(course, "two", conversation=talk.id)
    talk, _ = answered(course, "two again", conversation=talk.id, replaces=second)
    assert texts(talk) == ["one", "a one", "two again", "a two again"]
    assert [m.text for m in talk.replaced] == ["two", "a two"]
    last_answer = talk.messages[-1].id
    talk, _ = answered(course, "three", conversation=talk.id, replaces=last_answer)
    assert texts(talk) == ["one", "a one", "three", "a three"]
    talk, _ = answered(course, "all anew", conversation=talk.id, replaces=first)
    assert texts(talk) == ["all anew", "a all anew"]
    assert len(talk.replaced) == 8


def test_replacing_what_is_gone_is_told_and_changes_nothing(course: Workspace):
    talk, first = answered(course, "one")
    answered(course, "one anew", conversation=talk.id, replaces=first)
    before = verbs.conversation(course, talk.id)
    with pytest.raises(BadInput, match="not in this conversation any more"):
        asked(course, "again", conversation=talk.id, replaces=first)
    assert verbs.conversation(course, talk.id) == before


def test_two_tabs_ask_at_once(course: Workspace):
    talk, one = asked(course, "one")
    _, two = asked(course, "two", conversation=talk.id)
    conversing.keep_answer(course, talk.id, two, answer("a two"))
    conversing.keep_answer(course, talk.id, one, answer("a one"))
    assert texts(verbs.conversation(course, talk.id)) == ["one", "a one", "two", "a two"]


def test_an_answer_to_a_question_replaced_meanwhile_is_not_lost(course: Workspace):
    talk, one = asked(course, "one")
    asked(course, "one anew", conversation=talk.id, replaces=one)
    conversing.keep_answer(course, talk.id, one, answer("late"))
    talk = verbs.conversation(course, talk.id)
    assert (texts(talk), [m.text for m in talk.replaced]) == (["one anew"], ["one", "late"])


def test_a_conversation_deleted_meanwhile_stays_deleted(course: Workspace):
    talk, one = asked(course, "one")
    verbs.delete(course, talk.id)
    conversing.keep_answer(course, talk.id, one, answer("late"))
    assert not verbs.conversations(course).conversations
    with pytest.raises(NotFound):
        verbs.delete(course, talk.id)


def test_many_writers_lose_nothing(course: Workspace):
    talk, _ = asked(course, "begin")

    def write(name: int) -> None:
        for turn in range(5):
            answered(course, f"{name}-{turn}", conversation=talk.id)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    talk = verbs.conversation(course, talk.id)
    assert len(talk.messages) == 1 + 2 * 30
    for at, message in enumerate(talk.messages):
        if message.role == "tutor":
            assert message.text == f"a {talk.messages[at - 1].text}"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 is of Unix")
def test_kill_9_between_question_and_answer_loses_nothing(course: Workspace):
    talk, _ = asked(course, "begin")
    promised = ["begin"]
    for turn in range(20):
        read, write = os.pipe()
        writer = os.fork()
        if not writer:
            for count in range(1_000):
                asked(course, f"{turn}-{count}", conversation=talk.id)
                os.write(write, f"{turn}-{count}\n".encode())
            os._exit(0)
        os.close(write)
        with os.fdopen(read) as lines:
            said = [lines.readline() for _ in range(1 + turn % 3)]
            os.kill(writer, signal.SIGKILL)
            said += lines.readlines()
        os.waitpid(writer, 0)
        kept = texts(verbs.conversation(course, talk.id))
        promised += [line.strip() for line in said if line.endswith("\n")]
        assert kept[: len(promised)] == promised
        promised = kept  # one more may have been written than was told
    asked(course, "goes on", conversation=talk.id)  # no lock was left behind


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "damaged"),
        (b"{", "damaged"),
        (b"\xff\xfe\x00", "damaged"),
        (b'{"format": "nanochat-learn.conversation/1"}', "damaged"),
        (b'{"format": "nanochat-learn.conversation/9", "id": "x"}', "another version"),
        (b"[" * 100_000, "damaged"),
    ],
)
def test_a_file_that_cannot_be_read_is_listed_and_never_written(
    course: Workspace, content: bytes, words: str
):
    good, _ = answered(course, "good")
    file = course.root / "conversations" / "bad.json"
    file.write_bytes(content)
    heads = {head.id: head for head in verbs.conversations(course).conversations}
    assert heads[good.id].problem is None
    problem = heads[ConversationId("bad")].problem
    assert problem is not None and words in problem.sentence and problem.hint
    for use in (
        lambda: verbs.conversation(course, "bad"),
        lambda: verbs.rename(course, "bad", "x"),
        lambda: verbs.export(course, "bad"),
        lambda: asked(course, "x", conversation="bad"),
    ):
        with pytest.raises(CannotRead):
            use()
    assert file.read_bytes() == content
    verbs.delete(course, "bad")
    assert not file.exists()


def test_a_huge_file_is_not_read(course: Workspace, monkeypatch):
    talk, _ = answered(course, "x" * 500)
    monkeypatch.setattr(conversing, "LARGEST", 400)
    with pytest.raises(CannotRead, match="too large"):
        verbs.conversation(course, talk.id)
    assert verbs.conversations(course).conversations[0].problem is not None


@pytest.mark.parametrize(
    "id",
    [
        *("", ".", "..", "../lessons/x", "a/b", "a\\b", "/etc/passwd", "con", "a.b", "x\0y", "é"),
        *("-x", "a" * 200, "nul", "LPT1", "x\n"),
    ],
)
def test_names_that_could_mean_another_file_are_refused(course: Workspace, id: str):
    for use in (
        lambda: verbs.conversation(course, id),
        lambda: verbs.rename(course, id, "t"),
        lambda: verbs.delete(course, id),
        lambda: verbs.export(course, id),
        lambda: verbs.sent(course, id, "a-1"),
        lambda: verbs.sent(course, "x", f"../{id}"),
        lambda: asked(course, "q", conversation=id),
    ):
        with pytest.raises(LearnError) as caught:
            use()
        assert isinstance(caught.value, BadInput | NotFound)


def test_a_file_with_a_foreign_name_is_listed_with_its_problem(course: Workspace):
    talk, _ = answered(course, "good")
    folder = course.root / "conversations"
    (folder / "mein Gespräch.json").write_bytes((folder / f"{talk.id}.json").read_bytes())
    heads = {head.id: head for head in verbs.conversations(course).conversations}
    assert "Rename" in heads[ConversationId("mein Gespräch")].problem.hint


def test_a_copied_file_is_a_conversation_of_its_own(course: Workspace):
    talk, _ = answered(course, "one")
    folder = course.root / "conversations"
    (folder / "my-copy.json").write_bytes((folder / f"{talk.id}.json").read_bytes())
    answered(course, "two", conversation="my-copy")
    assert len(verbs.conversation(course, "my-copy").messages) == 4
    assert len(verbs.conversation(course, talk.id).messages) == 2


def test_rename(course: Workspace):
    talk, _ = answered(course, "one")
    assert verbs.rename(course, talk.id, "  How it\nremembers ").title == "How it remembers"
    assert verbs.conversations(course).conversations[0].title == "How it remembers"
    with pytest.raises(BadInput):
        verbs.rename(course, talk.id, " \n ")


def test_export(course: Workspace):
    talk, id = asked(course, "Where?")
    cited = Citation(
        id="pkg/memory.py:Cache", type="class", label="Cache", file_path="pkg/memory.py", line=4
    )
    reply = answer("In [[pkg/memory.py:Cache]].").model_copy(
        update={"citations": (cited,), "state": "stopped"}
    )
    conversing.keep_answer(course, talk.id, id, reply)
    exported = verbs.export(course, talk.id)
    assert exported.name == f"{talk.id}.md"
    assert "## Question\n\nWhere?\n" in exported.markdown
    assert "## Answer\n\nIn **Cache**.\n\n*Stopped by the learner.*" in exported.markdown
    assert "- Cache: `pkg/memory.py`, line 4" in exported.markdown


def test_what_was_sent_is_kept_for_a_while(course: Workspace, monkeypatch):
    monkeypatch.setattr(conversing, "MOST_SENT", 3)
    prompt = SentPrompt(
        base_url="http://x", model="m", parts=(), tools=(), tokens=1, limit=2, cost=None
    )
    talk, _ = asked(course, "q")
    for n in range(5):
        conversing.keep_sent(course, talk.id, MessageId(f"a-{n}"), prompt)
    assert verbs.sent(course, talk.id, "a-4") == prompt
    with pytest.raises(NotFound):
        verbs.sent(course, talk.id, "a-0")
    verbs.delete(course, talk.id)
    with pytest.raises(NotFound):
        verbs.sent(course, talk.id, "a-4")
    assert not list((course.cache / "sent").iterdir())


def test_a_full_disk_is_a_sentence_and_keeps_the_old_file(course: Workspace, monkeypatch):
    talk, _ = answered(course, "one")

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotWrite, match="No space left"):
        asked(course, "two", conversation=talk.id)
    monkeypatch.undo()
    assert len(verbs.conversation(course, talk.id).messages) == 2


def test_a_folder_that_is_no_workspace_keeps_nothing_inside(tmp_path: Path):
    (tmp_path / "code").mkdir()
    workspace = open_workspace(tmp_path / "code")
    talk, _ = asked(workspace, "q")
    assert not list((tmp_path / "code").iterdir())
    assert verbs.conversation(workspace, talk.id).messages[0].text == "q"
