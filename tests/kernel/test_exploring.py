"""Controls that call a learner's function: what it drew stays, whatever happens to the controls."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import torch
from IPython.core.interactiveshell import InteractiveShell
from test_exercise_checks import LESSON_MIME

from nanochat_learn.kernel import explore, exploring, picture


class Page:
    """What a notebook would show: outputs in order, some of them updated later."""

    def __init__(self, shell: InteractiveShell) -> None:
        self.display_formatter = shell.display_formatter
        self.display_pub = self
        self.outputs: list[dict] = []
        self._places: dict[str, int] = {}

    def publish(self, data, metadata=None, *, transient=None, update=False):
        id = (transient or {}).get("display_id")
        if update:
            self.outputs[self._places[id]] = data
            return
        if id:
            self._places[id] = len(self.outputs)
        self.outputs.append(data)

    def controls(self) -> list:
        from ipywidgets.widgets.widget import _instances

        view = self.outputs[0]["application/vnd.jupyter.widget-view+json"]
        return list(_instances[view["model_id"]].children)


@pytest.fixture
def page(monkeypatch) -> Page:
    made = Page(InteractiveShell.instance())
    monkeypatch.setattr(exploring, "running_shell", lambda: made)
    return made


def test_what_is_drawn_first_is_there_at_once_and_follows_the_slider(page: Page):
    explore(lambda temperature: f"t = {temperature}", temperature=(0.1, 2.0, 0.1))
    assert page.outputs[-1]["text/plain"] == "t = 1.0"
    assert page.outputs[0]["text/plain"] == ("Controls: temperature from 0.1 to 2, now 1")
    (slider,) = page.controls()
    slider.value = 0.5
    assert page.outputs[-1]["text/plain"] == "t = 0.5"
    away = page.outputs[1]
    assert "run this cell again" in away["text/plain"]
    assert exploring._AWAY in away["text/html"]
    style = (Path(exploring.__file__).parents[2] / "src/style/lesson.css").read_text()
    assert f".{exploring._CONTROLS}" in style and f".{exploring._AWAY}" in style
    assert len(page.outputs) == 3


def test_menus_whole_numbers_and_boxes(page: Page):
    seen = []
    explore(lambda **v: seen.append(v), word=["a", "b"], layer=range(3), n=(0, 10), on=True)
    assert seen == [{"word": "a", "layer": 0, "n": 5, "on": True}]
    word, layer, n, on = page.controls()
    word.value, layer.value, n.value, on.value = "b", 2, 7, False
    assert seen[-1] == {"word": "b", "layer": 2, "n": 7, "on": False}
    assert type(seen[-1]["n"]) is int
    assert "The drawing gives nothing back" in page.outputs[-1]["text/plain"]


def test_a_slider_may_say_where_it_begins(page: Page):
    explore(lambda t: t, t=(0.0, 1.0, 0.25, 0.75))
    assert page.outputs[-1]["text/plain"] == "0.75"


def test_our_own_pictures_and_prints_are_shown(page: Page):
    def draw(scale):
        sys.stdout.write("hello\n")
        return picture("softmax_bars", logits=torch.ones(3) * scale)

    explore(draw, scale=[1, 2])
    assert page.outputs[-1][LESSON_MIME]["kind"] == "picture"
    assert page.outputs[-1]["text/plain"].startswith("hello\nScores into shares")


def test_a_fault_is_a_sentence_and_the_next_move_draws_again(page: Page):
    def draw(n):
        if n == 5:
            return 1 / 0
        if n == 6:
            raise SystemExit
        return n

    explore(draw, n=(0, 10, 1))
    assert "With n = 5: the drawing stopped" in page.outputs[-1]["text/plain"]
    assert "ZeroDivisionError" in page.outputs[-1]["text/plain"]
    (slider,) = page.controls()
    slider.value = 6
    assert "called `exit()`" in page.outputs[-1]["text/plain"]
    slider.value = 7
    assert page.outputs[-1]["text/plain"] == "7"


def test_a_drawing_without_an_end_is_stopped(page: Page, monkeypatch):
    monkeypatch.setattr(exploring, "MOST_SECONDS", 0.2)

    def draw(n):
        while True:
            n += 1

    explore(draw, n=(0, 10))
    assert "took more than 0.2 seconds, and was stopped" in page.outputs[-1]["text/plain"]


def test_a_slow_drawing_waits_until_the_slider_is_let_go(page: Page, monkeypatch):
    explore(lambda n: n, n=(0, 10))
    assert page.controls()[0].continuous_update
    monkeypatch.setattr(exploring, "QUICK", -1)
    page.outputs.clear()
    explore(lambda n: n, n=(0, 10))
    assert not page.controls()[0].continuous_update


@pytest.mark.parametrize(
    ("call", "fragment"),
    [
        (lambda: explore(3, n=(0, 1)), "calls a function, and this is a int"),
        (lambda: explore(lambda: 1), "There is nothing to move."),
        (lambda: explore(lambda n: n, m=(0, 1)), "cannot be called with m: "),
        (lambda: explore(lambda n: n, n=(1, 0)), "which cannot be"),
        (lambda: explore(lambda n: n, n=(0, 1, 0)), "which cannot be"),
        (lambda: explore(lambda n: n, n=(0, float("nan"))), "It needs three numbers"),
        (lambda: explore(lambda n: n, n=("a", "b")), "A list of choices has square brackets."),
        (lambda: explore(lambda n: n, n=(0, 1, 0.5, 9)), "cannot begin at 9"),
        (lambda: explore(lambda n: n, n=[]), "which is none"),
        (lambda: explore(lambda n: n, n=3), "has the range 3, which is none."),
        (lambda: explore(), "It is used like this"),
    ],
)
def test_a_wrong_call_is_a_sentence(page: Page, call, fragment):
    assert fragment in repr(call())
    assert page.outputs == []


def test_outside_a_notebook_the_first_drawing_is_printed(monkeypatch, capsys):
    monkeypatch.setattr(exploring, "running_shell", lambda: None)
    explore(lambda n: n * 2, n=(0, 10))
    assert capsys.readouterr().out == "10\n"
