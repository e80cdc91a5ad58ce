"""The tutor and what the learner recorded: told with consent, checked always."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from nanochat_learn import workspace as verbs
from nanochat_learn.adapters.scripted_model import ScriptedModel, asks_for, in_turn, says
from nanochat_learn.places import Workspace
from nanochat_learn.schema.trace import (
    TRACE_FORMAT,
    LineRecord,
    LineValue,
    TensorRecord,
    TracedModel,
    TracedSource,
    TraceLines,
    TraceManifest,
    TraceStep,
)
from nanochat_learn.schema.tutor import AskRequest, LearnerContext
from nanochat_learn.traces import TraceWriter

AGREED = LearnerContext(trace=True)


def record(root: Path, name: str, shape: tuple[int, ...], top: float) -> None:
    model = TracedModel(kind="Net", config={"n_head": shape[1]}, parameters=7, device="cpu")
    manifest = TraceManifest(format=TRACE_FORMAT, name=name, model=model)
    writer = TraceWriter(root / "traces", manifest)
    q = TensorRecord(name="blocks.0.attn.q", shape=shape, dtype="F32", min=-1.0, max=top)
    step = TraceStep(step=0, phase="forward", position=0, length=0, tensors=(q,))
    writer.add(step, {"blocks.0.attn.q": np.zeros(shape, "<f4")})
    value = LineValue(name="scores", shape=(shape[1], 9), dtype="float32", min=0.0, max=0.75)
    line = LineRecord(line=12, text="scores = f(q)", hits=1, values=(value,))
    source = TracedSource(file_path="net.py", source_hash="0", functions=(), lines=(line,))
    writer.write_lines(TraceLines(sources=(source,)))
    writer.finish()


@pytest.fixture
def recorded(course: Workspace) -> Workspace:
    record(course.root, "first", (1, 4, 12, 64), 3.1416)
    return course


def tool_texts(model: ScriptedModel) -> list[str]:
    return [m["content"] for m in model.requests[-1].messages if m["role"] == "tool"]


def test_a_made_up_shape_is_marked_and_a_right_one_is_not(ask, recorded):
    said = "In your run `q` has shape (1, 4, 12, 64), from -1.0 to 3.14."
    made_up = "In your run `scores` has shape (6, 9)."
    done = ask("What shape has q?", ScriptedModel(says(f"{said} {made_up}")))[-1].message
    assert done.unsupported == ("(6, 9)",)
    assert done.text == f"{said} {made_up}"


def test_without_a_record_both_are_doubtful(ask):
    done = ask("What shape has q?", ScriptedModel(says("`q` has shape (1, 4, 12, 64).")))[-1]
    assert done.message.unsupported == ("(1, 4, 12, 64)",)


def test_the_summary_goes_along_only_when_they_agreed(ask, recorded):
    for context, told in ((None, False), (LearnerContext(), False), (AGREED, True)):
        model = ScriptedModel(says("Yes."))
        ask("What shape has q?", model, context=context)
        request = model.requests[0]
        names = [tool["function"]["name"] for tool in request.tools]
        sent = "\n".join(str(m["content"]) for m in request.messages)
        assert ("trace_summary" in names, "1×4×12×64" in sent) == (told, told)
        if told:
            assert "net.py, line 12: scores (4, 9) float32, 0 to 0.75" in sent
            question = AskRequest(question="What shape has q?", context=context)
            shown = verbs.preview(recorded, question, model.chosen())
            assert any("1×4×12×64" in part.text for part in shown.parts)


def test_the_model_asks_for_another_trace(ask, recorded):
    record(recorded.root, "second", (1, 2, 5, 8), 1.0)
    model = ScriptedModel(in_turn([asks_for("trace_summary", name="first")], ["Four heads."]))
    events = ask("How many heads had I?", model, context=AGREED)
    assert "looking at a recorded run" in " ".join(
        event.sentence for event in events if event.type == "status"
    )
    (text,) = tool_texts(model)
    assert "BEGIN DATA" in text and "1×4×12×64" in text


@pytest.mark.parametrize("name", ["../../traces/first", "gone", "/", "traces/first", "."])
def test_a_name_leads_nowhere_else(ask, recorded, name):
    record(recorded.root.parent, "outside", (1, 99, 1, 1), 1.0)
    model = ScriptedModel(in_turn([asks_for("trace_summary", name=name)], ["No."]))
    ask("And there?", model, context=AGREED)
    (text,) = tool_texts(model)
    assert "There is no trace" in text


def test_nothing_recorded_and_a_damaged_trace(ask, course):
    (course.root / "traces" / "torn").mkdir(parents=True)
    (course.root / "traces" / "torn" / "trace.json").write_text("{", encoding="utf-8")
    model = ScriptedModel(in_turn([asks_for("trace_summary")], ["Nothing yet."]))
    done = ask("What shape has q?", model, context=AGREED)[-1].message
    assert "The learner has recorded nothing yet." in tool_texts(model)[0]
    assert done.state == "whole"
