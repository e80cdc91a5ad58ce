"""A learner's code can run on, print on and fall over; nothing else is hurt."""

from __future__ import annotations

import signal
import sys
import threading
import time

import pytest

from nanochat_learn.kernel.brakes import LINES, Brake, Brakes
from nanochat_learn.kernel.guarding import TooLong, in_words, quietly, within


def forever() -> None:
    while True:
        pass


def test_an_endless_loop_ends_and_the_alarm_is_put_back():
    before = signal.getsignal(signal.SIGALRM)
    began = time.monotonic()
    with pytest.raises(TooLong):
        within(0.2, forever)
    assert 0.15 < time.monotonic() - began < 2
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    time.sleep(0.05)  # a late alarm would end the test run


def test_a_loop_that_swallows_everything_ends_too():
    def greedy():
        while True:
            try:
                sum(range(10))
            except BaseException:
                continue

    with pytest.raises(TooLong):
        within(0.1, greedy)


def test_one_limit_inside_another_and_time_is_left_over():
    def outer():
        with pytest.raises(TooLong):
            within(0.1, forever)
        return within(5, lambda: "fine")

    assert within(3, outer) == "fine"
    with pytest.raises(TooLong):
        within(0.2, lambda: within(5, forever))
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_beside_the_main_thread_it_is_a_thread():
    seen: list[object] = []

    def work():
        seen.append(within(5, lambda: "fine"))
        for run in (forever, lambda: 1 / 0):
            try:
                within(0.2, run)
            except BaseException as error:
                seen.append(type(error))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(10)
    assert seen == ["fine", TooLong, ZeroDivisionError]
    deadline = time.monotonic() + 5
    while any(t.name.endswith("(work)") for t in threading.enumerate()):
        assert time.monotonic() < deadline, "the loop was asked to end, and did not"
        time.sleep(0.05)


def test_a_million_lines_are_counted_and_cut():
    with quietly() as printed:
        for n in range(1_000_000):
            sys.stdout.write(f"{n}\n")
    told = printed.in_words()
    assert told.startswith("Your code printed 1,000,000 lines; it begins with:\n0\n1\n")
    assert len(told) < 1_000
    with quietly() as printed:
        sys.stdout.write("x")
    assert printed.in_words() == "Your code printed 1 line:\nx"
    with quietly() as printed:
        pass
    assert printed.in_words() == ""


def test_a_fault_names_the_line_of_the_cell():
    import linecache

    cell = "a = 1\nb = a / 0\n"
    name = "/tmp/ipykernel_1/77.py"
    linecache.cache[name] = (len(cell), None, cell.splitlines(True), name)
    try:
        exec(compile(cell, name, "exec"), {})
    except ZeroDivisionError as error:
        told = in_words(error)
    assert told.startswith("Your code stopped in line 2 (`b = a / 0`) with ZeroDivisionError")
    assert told.endswith("Look at what stands under the division.")


class Stream:
    def __init__(self):
        self.text = ""

    def write(self, text):
        self.text += text

    def flush(self):
        pass


def test_a_flood_is_cut_once_and_later_cells_print(monkeypatch):
    stream = Stream()
    monkeypatch.setattr("sys.stdout", stream)
    brakes = Brakes()
    brakes.press()
    for n in range(LINES * 3):
        sys.stdout.write(f"{n}\n")
    brakes.release()
    sys.stdout.write("after\n")
    assert stream.text.count("lines are enough") == 1
    assert stream.text.endswith("after\n")
    assert stream.text.count("\n") < LINES + 10
    one_line = Brake(Stream())
    one_line.write("x" * 10_000_000)
    assert len(one_line.stream.text) < 300_000


def test_somebody_elses_stream_in_between_stays(monkeypatch):
    first, other = Stream(), Stream()
    monkeypatch.setattr("sys.stdout", first)
    brakes = Brakes()
    brakes.press()
    monkeypatch.setattr("sys.stdout", other)
    brakes.release()
    sys.stdout.write("mine\n")
    assert other.text == "mine\n"
