"""Threads of the window: where slots run, what order writes keep, and an end in time."""

import threading
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from mailroom import wording
from mailroom.errors import MailroomError
from mailroom.ui.runners import Runners, Task

SECONDS = 60_000


class Asker(QObject):
    """Remembers answers, and the thread they came in."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[object] = []
        self.errors: list[BaseException] = []
        self.threads: set[int] = set()

    def on_done(self, answer: object) -> None:
        self.threads.add(threading.get_ident())
        self.answers.append(answer)

    def on_error(self, error: BaseException) -> None:
        self.threads.add(threading.get_ident())
        self.errors.append(error)


@pytest.fixture
def runners(qtbot: QtBot) -> Any:
    made = Runners()
    yield made
    made.close()


def test_work_runs_elsewhere_and_answers_come_back_here(runners: Runners, qtbot: QtBot) -> None:
    asker = Asker()
    for lane in ("writer", "reader", "work", "decode"):
        runners.run(lane, threading.get_ident, asker.on_done, asker.on_error)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: len(asker.answers) == 4, timeout=SECONDS)
    here = threading.get_ident()
    assert len(set(asker.answers)) == 4
    assert here not in asker.answers
    assert asker.threads == {here}


def test_errors_come_back_here_too(runners: Runners, qtbot: QtBot) -> None:
    asker = Asker()

    def fail() -> None:
        raise MailroomError("bad_amount", text="x")

    runners.run("work", fail, asker.on_done, asker.on_error)
    qtbot.waitUntil(lambda: bool(asker.errors), timeout=SECONDS)
    assert asker.threads == {threading.get_ident()}
    assert isinstance(asker.errors[0], MailroomError)


def test_an_error_that_nobody_takes_is_told(runners: Runners, qtbot: QtBot) -> None:
    with qtbot.waitSignal(runners.failed, timeout=SECONDS) as told:
        runners.run("work", lambda: 1 / 0)
    assert isinstance(told.args[0], ZeroDivisionError)


def test_answers_go_to_bound_methods_of_qobjects_only(runners: Runners) -> None:
    with pytest.raises(TypeError):
        runners.run("work", int, lambda _value: None)
    with pytest.raises(TypeError):
        runners.run("work", int, [].append)


def test_an_asker_that_was_deleted_meanwhile_is_not_called(runners: Runners, qtbot: QtBot) -> None:
    gate = threading.Event()
    asker = Asker()
    runners.run("work", gate.wait, asker.on_done, asker.on_error)
    shiboken6.delete(asker)
    gate.set()
    qtbot.waitUntil(lambda: not runners.busy, timeout=SECONDS)
    assert asker.answers == []


def test_a_reading_goes_between_the_chunks_of_an_import(runners: Runners, qtbot: QtBot) -> None:
    """A long task hands the writer one chunk at a time; what was asked meanwhile goes first."""
    order: list[str] = []
    started, go_on = threading.Event(), threading.Event()
    asker = Asker()

    def first_chunk() -> None:
        started.set()
        go_on.wait()
        order.append("chunk 1")

    def work() -> None:
        runners.write(first_chunk)
        runners.write(lambda: order.append("chunk 2"))

    runners.run("work", work, asker.on_done, asker.on_error)
    started.wait()
    runners.run("writer", lambda: order.append("reading"), asker.on_done, asker.on_error)
    go_on.set()
    qtbot.waitUntil(lambda: len(asker.answers) == 2, timeout=SECONDS)
    assert order == ["chunk 1", "reading", "chunk 2"]


def test_a_write_inside_a_write_does_not_wait_for_itself(runners: Runners, qtbot: QtBot) -> None:
    asker = Asker()
    runners.run("writer", lambda: runners.write(lambda: "inner"), asker.on_done, asker.on_error)
    qtbot.waitUntil(lambda: asker.answers == ["inner"], timeout=SECONDS)
    assert asker.errors == []


def test_threads_speak_the_readers_language(runners: Runners, qtbot: QtBot) -> None:
    asker = Asker()
    with wording.in_language("de"):
        runners.run("work", lambda: wording._current.get(), asker.on_done, asker.on_error)
    qtbot.waitUntil(lambda: len(asker.answers) == 1, timeout=SECONDS)
    assert asker.answers[0] is not None


@pytest.mark.parametrize("round_", range(40))
def test_closing_in_the_middle_of_work_finishes_writes_and_ends_every_thread(round_: int, qtbot: QtBot) -> None:
    # GIVEN work that asks whether to stop, queued work, and queued writes
    runners = Runners()
    asker = Asker()
    written: list[int] = []
    task, begun = Task(), threading.Event()

    def long_work() -> int:
        begun.set()
        steps = 0
        while not task.cancelled():
            steps += 1
        return steps

    runners.run("work", long_work, asker.on_done, asker.on_error, task)
    late = runners.run("work", lambda: written.append(-1))
    for number in range(round_ % 7):
        runners.run("writer", lambda number=number: written.append(number))  # type: ignore[misc]
    begun.wait()
    # WHEN the window closes
    ended = runners.close()
    # THEN every write is done, no queued work began, and nothing runs any more
    assert ended
    assert written == list(range(round_ % 7))
    assert late.cancelled()
    assert not any(thread.name.startswith(("writer", "reader", "work_", "decode")) for thread in threading.enumerate())
    runners.run("writer", lambda: written.append(99))
    assert 99 not in written


def test_a_thread_that_does_not_end_is_told_and_not_waited_for(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    runners = Runners()
    stuck = threading.Event()
    runners.run("work", stuck.wait)
    assert not runners.close(0.2)
    assert "did not end in time" in caplog.text
    stuck.set()
