"""The loop: events in their order, whatever the model does; nothing that came is lost."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from small_course import all_of, run, word_search

from nanochat_learn import workspace as verbs
from nanochat_learn.adapters.scripted_model import (
    ScriptedModel,
    asks_for,
    breaks_after,
    in_turn,
    invents,
    never_stops,
    says,
)
from nanochat_learn.errors import BrokenStream, NeedsKey, Offline, RateLimited
from nanochat_learn.ports import Moved, ToolCall
from nanochat_learn.schema.tutor import AskEvent, AskRequest, LearnerContext
from nanochat_learn.tutor import answering
from nanochat_learn.workspace import asking

QUESTION = "Where does it keep the values of earlier words?"
CACHE, INSERT = "pkg/memory.py:Cache", "pkg/memory.py:Cache.insert"


def kinds(events: list[AskEvent]) -> list[str]:
    """The types, each once in a row."""
    types = [event.type for event in events]
    return [t for t, before in zip(types, [None, *types], strict=False) if t != before]


def text_of(events: list[AskEvent]) -> str:
    return "".join(event.text for event in events if event.type == "delta")


def test_events_come_in_their_order(ask):
    model = ScriptedModel(
        says(
            f"It keeps them in [[{CACHE}]], and [[{CACHE}]] again.",
            f'\n\n```json\n{{"focused_nodes": ["{INSERT}"]}}\n```',
        )
    )
    events = ask(QUESTION, model)
    assert kinds(events) == [
        *("status", "retrieved", "status", "delta", "citation", "delta"),
        *("focus", "usage", "done"),
    ]
    first, last = events[0], events[-1]
    assert first.conversation and first.question
    message = last.message
    assert (
        message.text
        == text_of(events).strip()
        == f"It keeps them in [[{CACHE}]], and [[{CACHE}]] again."
    )
    assert [one.id for one in message.citations] == [CACHE]
    assert (message.citations[0].file_path, message.citations[0].line) == ("pkg/memory.py", 4)
    assert message.focused == (INSERT,)
    assert next(e for e in events if e.type == "focus").ids == (INSERT,)
    assert (message.state, message.extractive, message.struck) == ("whole", False, 0)
    assert message.usage is not None and message.usage.prompt_tokens > 100
    assert message.usage.cost == 0


def test_question_and_answer_are_on_disk(ask, course):
    model = ScriptedModel(lambda _: _nothing_lost_yet(course))
    done = ask(QUESTION, model)[-1].message
    (head,) = verbs.conversations(course).conversations
    talk = verbs.conversation(course, head.id)
    assert [m.role for m in talk.messages] == ["learner", "tutor"]
    assert talk.messages[1] == done
    assert talk.title == QUESTION
    sent = verbs.sent(course, head.id, done.id)
    assert sent.parts[0].role == "system"
    assert QUESTION in sent.parts[1].text


def _nothing_lost_yet(course) -> list[str]:
    """While the model is asked, the question is in the file already."""
    (head,) = verbs.conversations(course).conversations
    assert verbs.conversation(course, head.id).messages[0].text == QUESTION
    return ["It does."]


def test_200_answers_full_of_inventions_show_none(material, course):
    """The whole way, not only the filter: text, citations, focus, and what is kept."""
    ids = set(material.index.nodes)
    real = sorted(ids)[:20]

    async def ask_all() -> None:
        for seed in range(200):
            model = ScriptedModel(invents(seed, real))
            request = AskRequest(question=QUESTION)
            events = await all_of(
                asking.ask(course, request, model.chosen(), search=material.search)
            )
            message = events[-1].message
            assert message.struck > 0
            assert set(message.focused) <= ids
            assert {one.id for one in message.citations} <= ids
            shown = text_of(events)
            assert shown.strip() == message.text
            for invented in (
                "nanochat/gpt.py:",
                "/a.py",
                "concept:attention.",
                "lesson:99",
                "torch.",
            ):
                for word in shown.split():
                    if invented in word:
                        assert any(id in word for id in ids), (seed, word)

    run(ask_all())


# --- tools ---


def test_tools_are_run_and_their_results_are_fenced_data(ask):
    model = ScriptedModel(
        in_turn(
            ["Let me look. ", asks_for("read_symbol", id=INSERT), asks_for("callers", id=CACHE)],
            [f"It is called by [[pkg/memory.py:write]] and stands in [[{INSERT}]]."],
        )
    )
    events = ask(QUESTION, model)
    reading = [e.sentence for e in events if e.type == "status" and e.phase == "reading"]
    assert reading == ["Looking further: reading code, finding who uses it."]
    first, second = model.requests
    assert {t["function"]["name"] for t in first.tools} == {
        *("search", "read_symbol", "callers", "read_note")
    }
    asked, code, callers = second.messages[-3:]
    ids = [call["id"] for call in asked["tool_calls"]]
    assert ids == [code["tool_call_id"], callers["tool_call_id"]]
    assert code["content"].startswith("BEGIN DATA ") and "raise ValueError" in code["content"]
    assert "pkg/memory.py:Small builds on it (pkg/memory.py, line 26)" in callers["content"]
    message = events[-1].message
    assert message.text.startswith("Let me look. \n\nIt is called by")
    assert {c.id for c in message.citations} == {"pkg/memory.py:write", INSERT}


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (asks_for("read_symbol", id="pkg/nope.py:X"), "There is no node"),
        (asks_for("read_symbol", id="../../etc/passwd"), "There is no node"),
        (ToolCall("1", "read_symbol", "{not json"), "cannot be used"),
        (ToolCall("1", "read_symbol", '{"id": 5}'), "cannot be used: id"),
        (ToolCall("1", "read_symbol", ""), "cannot be used: id"),
        (asks_for("search", query=""), "cannot be used: query"),
        (asks_for("search", query="x" * 10_000), "cannot be used: query"),
        (asks_for("open_url", url="http://x"), "There is no such tool"),
        (asks_for("read_note", id="concept:inference.kv_cache"), "In one sentence"),
        (asks_for("read_note", id=INSERT), "There is no note on"),
        (asks_for("read_symbol", id="inference.kv_cache"), "In one sentence"),
        (asks_for("callers", id="pkg/memory.py"), "Nothing in this code calls"),
        (asks_for("search", query="zzzz"), "Nothing fits well"),
    ],
)
def test_whatever_the_model_writes_into_a_call(ask, call: ToolCall, said: str):
    model = ScriptedModel(in_turn([call], ["Well."]))
    events = ask(QUESTION, model)
    assert events[-1].message.text == "Well."
    assert said in model.requests[1].messages[-1]["content"]


def test_a_model_that_only_calls_tools_is_stopped(ask):
    model = ScriptedModel(says(*[asks_for("read_symbol", id=CACHE)] * 50))
    events = ask(QUESTION, model)
    assert len(model.requests) == answering.MOST_ROUNDS + 1
    assert model.requests[-1].extra == {"tool_choice": "none"}
    size = sum(len(str(m["content"])) for m in model.requests[-1].messages if m["role"] == "tool")
    assert size < 40_000
    assert events[-1].message.extractive
    assert events[-1].message.failure.code == "broken_stream"


def test_a_model_without_tools_gets_none(course):
    model = ScriptedModel(says("It does."))
    events = run(
        all_of(
            verbs.ask(
                course,
                AskRequest(question=QUESTION),
                model.chosen(tools=False),
                search=word_search(course),
            )
        )
    )
    assert events[-1].type == "done"
    assert not model.requests[0].tools
    assert "# Tools" not in model.requests[0].messages[0]["content"]


# --- failures ---


def test_a_stream_that_breaks_keeps_what_came(ask, course):
    model = ScriptedModel(breaks_after(5, BrokenStream("The line is dead.", "Try again.")))
    events = ask(QUESTION, model)
    last = events[-1]
    assert last.type == "error"
    assert (last.failure.sentence, last.message.state) == ("The line is dead.", "broken")
    assert last.message.text == "word word word word word"
    (head,) = verbs.conversations(course).conversations
    assert verbs.conversation(course, head.id).messages[1] == last.message


@pytest.mark.parametrize("error", [NeedsKey("No key."), Offline("No net."), RateLimited("Slow.")])
def test_a_model_that_fails_before_its_first_word_is_replaced_by_the_notes(ask, error):
    events = ask(QUESTION, ScriptedModel(breaks_after(0, error)))
    message = events[-1].message
    assert events[-1].type == "done"
    assert message.extractive and message.citations
    assert message.failure.code == error.code
    retrying = [e.sentence for e in events if e.type == "status" and e.phase == "retrying"]
    assert retrying == [f"{error.sentence} Answering from the notes instead."]


def test_an_empty_answer_counts_as_a_failure(ask):
    for nothing in ("", "  \n", '```json\n{"focused_nodes": ["x"]}\n```'):
        message = ask(QUESTION, ScriptedModel(says(nothing)))[-1].message
        assert message.extractive
        assert "answered nothing" in message.failure.sentence


def test_what_no_adapter_foresaw_is_a_sentence_too(ask):
    def broken(_: Any) -> Any:
        yield "Some words. "
        raise ZeroDivisionError

    last = ask(QUESTION, ScriptedModel(broken))[-1]
    assert (last.type, last.message.text) == ("error", "Some words.")
    assert "ZeroDivisionError" in last.failure.sentence


def test_another_model_takes_over_visibly(ask):
    moved = Moved("other/model", "The first is busy; the next answers.")
    events = ask(QUESTION, ScriptedModel(says(moved, "Yes.")))
    told = [e.sentence for e in events if e.type == "status" and e.phase == "retrying"]
    assert told == [moved.sentence]


def test_an_answer_without_end_is_ended(ask):
    model = ScriptedModel(never_stops)
    last = ask(QUESTION, model)[-1]
    assert last.type == "error"
    longest = answering.LONGEST_ANSWER
    assert longest - 100 < len(last.message.text) < longest + 100
    assert model.cancelled == 1
    unseen = ScriptedModel(says(*['\n{"focused_nodes": []}\n'] * 10_000))
    assert ask(QUESTION, unseen)[-1].message.extractive
    assert unseen.cancelled == 1


def test_before_the_index_there_is_a_next_step(tmp_path):
    from nanochat_learn.places import open_workspace
    from nanochat_learn.shipping import prepare

    prepare(tmp_path / "new", lessons=False)
    workspace = open_workspace(tmp_path / "new")
    events = run(all_of(verbs.ask(workspace, AskRequest(question="Why?"), None)))
    assert [e.type for e in events] == ["status", "error"]
    assert "not been indexed" in events[-1].failure.sentence
    (head,) = verbs.conversations(workspace).conversations
    assert verbs.conversation(workspace, head.id).messages[0].text == "Why?"


# --- stopping ---


def test_closing_stops_the_model_and_keeps_what_came(course):
    model = ScriptedModel(never_stops)

    async def stop_soon() -> None:
        events = verbs.ask(
            course, AskRequest(question=QUESTION), model.chosen(), search=word_search(course)
        )
        count = 0
        async for event in events:
            count += event.type == "delta"
            if count == 7:
                break
        await events.aclose()

    run(stop_soon())
    _stopped(course, model)


def test_cancelling_the_task_does_the_same(course):
    model = ScriptedModel(says("Seven words stand here before it waits. ", 60.0, "Never."))

    async def cancel_soon() -> None:
        request = AskRequest(question=QUESTION)
        events = verbs.ask(course, request, model.chosen(), search=word_search(course))
        heard = asyncio.Event()

        async def listen() -> None:
            async for event in events:
                if event.type == "delta" and "waits" in event.text:
                    heard.set()

        task = asyncio.ensure_future(listen())
        await heard.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    run(cancel_soon())
    assert _stopped(course, model).text == "Seven words stand here before it waits."


def _stopped(course, model: ScriptedModel):
    assert model.cancelled == 1
    (head,) = verbs.conversations(course).conversations
    question, answer = verbs.conversation(course, head.id).messages
    assert (question.text, answer.state) == (QUESTION, "stopped")
    assert answer.text
    return answer


def test_stopped_before_the_first_word_keeps_the_question_alone(course):
    async def stop_at_once() -> None:
        events = verbs.ask(course, AskRequest(question=QUESTION), search=word_search(course))
        async for _ in events:
            break
        await events.aclose()

    run(stop_at_once())
    (head,) = verbs.conversations(course).conversations
    assert [m.role for m in verbs.conversation(course, head.id).messages] == ["learner"]


# --- questions ---


def test_an_empty_question_is_told(ask, course):
    for nothing in ("", " \n\t"):
        (only,) = ask(nothing, ScriptedModel(says("x")))
        assert only.failure.code == "bad_input"
    assert not verbs.conversations(course).conversations


def test_an_empty_question_about_something_asks_for_it(ask):
    model = ScriptedModel(says("x"))
    events = ask("", model, context=LearnerContext(about=INSERT))
    assert events[1].answer.results[0].id == INSERT
    assert events[0].conversation.split("-", 3)[3].startswith("what-is-this")
    ask("", model, context=LearnerContext(error="ValueError: no room"))
    assert "What does this error mean?" in model.requests[-1].messages[1]["content"]


def test_a_question_that_does_not_fit_is_told_and_kept(ask, course):
    long = "why " * 4_900
    model = ScriptedModel(says("x"))
    events = ask(long, model.chosen(context=4_000))
    assert events[-1].failure.code == "bad_input"
    assert "too long" in events[-1].failure.sentence
    assert not model.requests
    (head,) = verbs.conversations(course).conversations
    assert verbs.conversation(course, head.id).messages[0].text == long
    assert ask(long, model)[-1].type == "done"  # where there is room, it goes through


def test_a_hundred_at_once_are_bounded(course):
    model = ScriptedModel(says("Word.", 0.05))
    request = AskRequest(question=QUESTION)

    async def all_at_once() -> list[Any]:
        search = word_search(course)
        return await asyncio.gather(
            *(all_of(verbs.ask(course, request, model.chosen(), search=search)) for _ in range(100))
        )

    ends = [events[-1] for events in run(all_at_once())]
    done = [end for end in ends if end.type == "done"]
    refused = [end for end in ends if end.type == "error"]
    assert len(done) >= asking.AT_ONCE + asking.MOST_WAITING
    assert refused
    assert {end.failure.code for end in refused} == {"busy"}
    assert len(done) + len(refused) == 100
    heads = verbs.conversations(course).conversations
    assert len(heads) == 100  # each question is kept, also those that were refused


def test_numbers_about_the_run_that_nothing_supports_are_marked(ask):
    said = "Your loss was 2.31 and your cache has room for 8. The shape is (1, 4, 8, 64)."
    message = ask(QUESTION, ScriptedModel(says(said)))[-1].message
    assert message.unsupported == ("Your loss was 2.31", "(1, 4, 8, 64)")
    message = ask(f"{QUESTION} My loss was 2.31.", ScriptedModel(says(said)))[-1].message
    assert message.unsupported == ("(1, 4, 8, 64)",)
