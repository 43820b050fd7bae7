"""The window's threads: one single-thread runner a lane; answers come back to the GUI thread by a queued signal."""

import contextvars
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final, Literal, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

T = TypeVar("T")
Lane = Literal["writer", "reader", "work", "decode", "preview", "net"]
LANES: Final[tuple[Lane, ...]] = ("writer", "reader", "work", "decode", "preview", "net")

_log = logging.getLogger(__name__)


class Task:
    """One piece of work under way. `cancelled` is what long work asks between its steps."""

    def __init__(self) -> None:
        self._cancel = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next step; what is not started never runs."""
        self._cancel.set()

    def cancelled(self) -> bool:
        """Whether somebody asked to stop."""
        return self._cancel.is_set()


class _Answer:
    """What came of a task and who wants to know."""

    __slots__ = ("dropped", "error", "on_done", "on_error", "task", "value")

    def __init__(self, task: Task, on_done: Callable[..., None] | None, on_error: Callable[..., None] | None) -> None:
        self.task = task
        self.on_done = on_done
        self.on_error = on_error
        self.value: object = None
        self.dropped = False  # cancelled before it began
        self.error: BaseException | None = None


class Runners(QObject):
    """Runs acts off the GUI thread: `writer` and `reader` for the store, `work` for the slow, `decode` for labels,
    `preview` for the camera's picture, `net` for carriers and mail.

    No act may make classes of Qt, nor be the first to name one: up to Python 3.11, PySide looks types up without a lock
    or the GIL (`PepType_SOTP` of libshiboken), and a class that another thread makes meanwhile ends the program. Import
    modules that name Qt's classes in the window's thread; tests of the window hear of others.
    """

    _answered = Signal(object)
    failed = Signal(object)  # an exception that nobody took

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executors = {lane: ThreadPoolExecutor(1, thread_name_prefix=lane) for lane in LANES}
        self._threads: dict[Lane, int] = {}
        self._tasks: set[Task] = set()  # those whose answer has not been taken; used in the GUI thread only
        self._closed = False
        self._answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether any answer is still to come."""
        return bool(self._tasks)

    def run(
        self,
        lane: Lane,
        act: Callable[[], T],
        on_done: Callable[[T], None] | None = None,
        on_error: Callable[[BaseException], None] | None = None,
        task: Task | None = None,
    ) -> Task:
        """Run `act` in `lane`; then call `on_done(value)` or `on_error(exception)` in the GUI thread.

        Both must be bound methods of a QObject; one that was deleted meanwhile is not called.
        """
        for slot in (on_done, on_error):
            if slot is not None and not isinstance(getattr(slot, "__self__", None), QObject):
                raise TypeError("answers go to bound methods of QObjects only")
        task = task or Task()
        answer = _Answer(task, on_done, on_error)
        if self._closed:
            task.cancel()
            return task
        self._tasks.add(task)
        context = contextvars.copy_context()
        future = self._executors[lane].submit(context.run, self._perform, lane, act, answer)
        future.add_done_callback(self._drop_if_cancelled)
        return task

    def write(self, act: Callable[[], T]) -> T:
        """Run a write in the writer and wait for it: for work threads, never for the GUI thread."""
        if self._threads.get("writer") == threading.get_ident():
            return act()
        context = contextvars.copy_context()
        return self._executors["writer"].submit(context.run, act).result()

    def close(self, seconds: float = 4.0) -> bool:
        """Stop in stages: no new tasks, work told to stop, queued writes finished. True when all threads ended."""
        until = time.monotonic() + seconds
        self._closed = True
        for task in tuple(self._tasks):
            task.cancel()
        for lane in LANES[1:]:
            self._executors[lane].shutdown(wait=False, cancel_futures=True)
        ended = self._wait(LANES[1:], until - seconds / 4)
        self._executors["writer"].shutdown(wait=False)
        return self._wait(("writer",), until) and ended

    def _wait(self, lanes: tuple[Lane, ...], until: float) -> bool:
        ended = True
        for lane in lanes:
            for thread in self._executors[lane]._threads:
                thread.join(max(0.0, until - time.monotonic()))
                if thread.is_alive():
                    _log.error("the thread %s did not end in time", thread.name)
                    ended = False
        return ended

    def _perform(self, lane: Lane, act: Callable[[], Any], answer: _Answer) -> None:
        self._threads[lane] = threading.get_ident()
        if lane != "writer" and (self._closed or answer.task.cancelled()):  # the queue moves on while tasks are told
            answer.dropped = True
        else:
            try:
                answer.value = act()
            except BaseException as error:  # every fault goes to whoever asked
                answer.error = error
        if shiboken6.isValid(self):
            self._answered.emit(answer)

    def _drop_if_cancelled(self, future: "Future[None]") -> None:
        if not future.cancelled() and future.exception() is not None:
            _log.error("a runner failed", exc_info=future.exception())

    def _on_answered(self, answer: _Answer) -> None:
        self._tasks.discard(answer.task)
        if answer.dropped or self._closed:
            return
        if answer.error is not None:
            if answer.on_error is not None and _alive(answer.on_error):
                answer.on_error(answer.error)
            else:
                self.failed.emit(answer.error)
        elif answer.on_done is not None and _alive(answer.on_done):
            answer.on_done(answer.value)


def _alive(slot: Callable[..., None]) -> bool:
    return shiboken6.isValid(slot.__self__)  # type: ignore[attr-defined]
